package keel.nn.clip;

import java.util.Map;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.internal.Saved;

/// The bound itself. One that remembers earlier steps says what, so that it can be saved.
@FunctionalInterface
interface Rule {
    /// PyTorch's: keeps a norm of 0 from dividing.
    double NORM_FLOOR = 1e-6;

    /// Bounds the gradients of the parameters that count, whose common norm is `norm`; where that is not finite, what cannot be
    /// bounded stays as it is.
    Clipped clip(Gradients gradients, double norm);

    default Map<String, NdArray> state() {
        return Map.of();
    }

    default void load(Saved state) {
        state.requireSound();
    }

    /// What one application did: the gradients after, whether they changed, the share of the norm that is left, and the cosine
    /// between before and after.
    record Clipped(Gradients gradients, boolean active, double coefficient, double cosine) {
        static Clipped unchanged(Gradients gradients) {
            return new Clipped(gradients, false, 1, 1);
        }

        /// Measures what a rule did that treats parts differently.
        static Clipped measured(Gradients before, Gradients after, double norm, double p) {
            return new Clipped(after, true, Magnitude.norm(after, p) / norm, Magnitude.cosine(before, after));
        }
    }

    /// All gradients scaled alike, so that the norm becomes `max`: `g·min(1, max/(norm + 1e-6))`.
    static Clipped toNorm(Gradients gradients, double norm, double max) {
        double coefficient = Math.min(1, max / (norm + NORM_FLOOR));
        // Not a number, or 0 for an infinite norm: it would wipe out the finite gradients too.
        if (coefficient == 1 || !Double.isFinite(norm)) return Clipped.unchanged(gradients);
        return new Clipped(Magnitude.scaled(gradients, coefficient), true, coefficient, 1);
    }
}
