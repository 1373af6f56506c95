package keel.nn.optim;

import java.util.List;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// Momentum whose direction is made orthogonal, so that every singular direction of a weight matrix moves alike: PyTorch's
/// `Muon`. For the matrices of hidden layers only; give biases, embeddings and the last layer to [AdamW], by
/// [Optimizer#groups].
///
/// ```
/// m ← momentum·m + (1 − momentum)·g
/// X = nesterov ? (1 − momentum)·g + momentum·m : m
/// X ← X/max(‖X‖, eps), then `steps` times: A = X·Xᵀ, X ← a·X + (b·A + c·A²)·X        (of the transpose where that is wider)
/// p ← p·(1 − rate·weightDecay)
/// p ← p − rate·s·X             s = √max(1, rows/columns), or 0.2·√max(rows, columns)
/// ```
/// After five steps the singular values lie between about 0.7 and 1.2: a, b and c are chosen for speed. Jordan et al. 2024,
/// "Muon: An optimizer for hidden layers in neural networks"; the second s: Liu et al. 2025, arXiv:2502.16982.
///
/// PyTorch computes X in bfloat16. `rounded` does so too, with one rounding a product, and gives its numbers; without it X has
/// the digits of the parameter's type.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0.1 by default
/// @param momentum    memory of the direction, 0 ≤ momentum ≤ 1, 0.95 by default
/// @param nesterov    whether the gradient is taken as if one step ahead; so by default
/// @param a           factor of X, 3.4445 by default
/// @param b           factor of A·X, −4.775 by default
/// @param c           factor of A²·X, 2.0315 by default
/// @param eps         least norm to divide by; ≥ 0, 1e-7 by default
/// @param steps       products of the orthogonalization, 0 … 99, 5 by default
/// @param adjust      how the rate follows from the shape
/// @param rounded     whether X is rounded to bfloat16 as PyTorch does; so by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Muon(
    double rate, double weightDecay, double momentum, boolean nesterov, double a, double b, double c, double eps,
    int steps, Adjust adjust, boolean rounded, boolean maximize) {
    /// How the rate follows from the shape of a matrix.
    public enum Adjust {
        /// `√max(1, rows/columns)`: Jordan et al.
        ORIGINAL,
        /// `0.2·√max(rows, columns)`: steps of the size of AdamW's, whose rate and weight decay then fit.
        MATCH_RMS_ADAMW
    }

    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Muon {
        Check.notNegative("Muon", "rate", rate);
        Check.notNegative("Muon", "weightDecay", weightDecay);
        Check.share("Muon", "momentum", momentum);
        Check.finite("Muon", "a", a);
        Check.finite("Muon", "b", b);
        Check.finite("Muon", "c", c);
        Check.notNegative("Muon", "eps", eps);
        Check.require(steps >= 0 && steps < 100, "Muon", "steps", steps, "a number from 0 to 99");
    }

    /// PyTorch's defaults: rate 1e-3, weight decay 0.1, momentum 0.95 with Nesterov, five steps, in bfloat16.
    public static Muon defaults() {
        return new Muon(1e-3, 0.1, 0.95, true, 3.4445, -4.775, 2.0315, 1e-7, 5, Adjust.ORIGINAL, true, false);
    }

    /// With this rate.
    public Muon rate(double rate) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With this weight decay.
    public Muon weightDecay(double weightDecay) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With this momentum.
    public Muon momentum(double momentum) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With or without Nesterov's look-ahead.
    public Muon nesterov(boolean nesterov) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With these coefficients of the orthogonalization.
    public Muon coefficients(double a, double b, double c) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With this `eps`.
    public Muon eps(double eps) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With so many steps of the orthogonalization.
    public Muon steps(int steps) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// With this dependence of the rate on the shape.
    public Muon adjust(Adjust adjust) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// Orthogonalized in bfloat16, as PyTorch, or in the type of the parameter.
    public Muon rounded(boolean rounded) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Muon maximize(boolean maximize) {
        return new Muon(rate, weightDecay, momentum, nesterov, a, b, c, eps, steps, adjust, rounded, maximize);
    }

    /// The optimizer of these parameters.
    ///
    /// Throws [IllegalArgumentException] if there are none, or if one is no matrix.
    public Optimizer over(Parameters parameters) {
        for (var p : parameters) {
            if (p.tensor().rank() == 2) continue;
            throw new IllegalArgumentException("Muon.over: " + p.name() + " is " + p.tensor().shape()
                + ", no matrix; give it to another optimizer, and both to Optimizer.groups");
        }
        var slots = Slot.means(eps, "momentum_buffer");
        return new Stepper("Muon", rate, parameters, maximize, slots, (p, g, memory, rate, _) -> {
            var m = memory[0].blendInPlace(momentum, 1 - momentum, g);
            var x = NewtonSchulz.orthogonal(nesterov ? m.copy().blendInPlace(momentum, 1 - momentum, g) : m, this);
            p.mulInPlace(1 - rate * weightDecay).axpyInPlace(-rate * factor(p.shape()), x);
        });
    }

    private double factor(Shape shape) {
        double rows = shape.extent(0);
        double columns = shape.extent(1);
        return switch (adjust) {
            case ORIGINAL -> Math.sqrt(Math.max(1, rows / columns));
            case MATCH_RMS_ADAMW -> 0.2 * Math.sqrt(Math.max(rows, columns));
        };
    }
}
