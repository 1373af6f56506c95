package keel.nn.clip;

import keel.autograd.Gradients;

/// A bound on gradients, applied between backward and the optimizer's step: `optimizer.step(clip.apply(grads), rate)`. Any lambda
/// is one.
///
/// Those made here measure themselves: [Clipper#stats] says how often they were active and what to make of it.
@FunctionalInterface
public interface Clip {
    /// The bounded gradients; the ones given stay as they are.
    Gradients apply(Gradients gradients);

    /// No bound.
    static Clip none() {
        return gradients -> gradients;
    }

    /// Scales all gradients alike, so that their common norm is at most `max`; the direction stays. 1.0 is usual for recurrent
    /// nets and transformers, 0.5 … 5 for deep convolutional ones.
    ///
    /// `g ← g·min(1, max/(‖g‖ + 1e-6))` with `‖g‖ = √Σg²` over all parameters (Pascanu, Mikolov and Bengio 2012, arXiv:1211.5063,
    /// algorithm 1), PyTorch's `clip_grad_norm_` but for the norm: it is accumulated in F64 and scaled, so that it neither
    /// overflows nor vanishes. PyTorch's becomes infinite for a hundred gradients of 1e20, and then every gradient becomes 0.
    ///
    /// Throws [IllegalArgumentException] unless `max` ≥ 0.
    static Clipper globalNorm(double max) {
        Clipper.check("globalNorm", "max", max);
        return Clipper.of("Clip.globalNorm(" + max + ")", (gradients, norm) -> {
            double coefficient = Math.min(1, max / (norm + Clipper.NORM_FLOOR));
            // Not a number, or 0 for an infinite norm: it would wipe out the finite gradients too.
            if (coefficient == 1 || !Double.isFinite(norm)) return Clipper.Clipped.unchanged(gradients);
            return new Clipper.Clipped(Clipper.scaled(gradients, coefficient), true, coefficient, 1);
        });
    }

    /// Cuts each element to [−limit, limit]: PyTorch's `clip_grad_value_`. It changes the direction; [ClipStats#cosine] says how
    /// much.
    ///
    /// Throws [IllegalArgumentException] unless `limit` ≥ 0.
    static Clipper value(double limit) {
        Clipper.check("value", "limit", limit);
        return Clipper.of("Clip.value(" + limit + ")", (gradients, norm) -> {
            if (!Clipper.exceeds(gradients, limit)) return Clipper.Clipped.unchanged(gradients);
            var cut = gradients.map((t, g) -> t.isLeaf() ? g.clamp(-limit, limit) : g);
            double after = Clipper.norm(cut);
            return new Clipper.Clipped(cut, true, after / norm, Clipper.cosine(gradients, norm, cut, after));
        });
    }
}
