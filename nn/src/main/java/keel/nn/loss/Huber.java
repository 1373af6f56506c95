package keel.nn.loss;

import keel.autograd.Tensor;

/// Squared near 0 and linear beyond: `½d²` where `|d| ≤ δ`, else `δ(|d| − ½δ)`, with `d = y − target`, `(…), (…) → ()`
/// (Huber 1964): the gradient is that of the squared error, clipped to ±δ.
public record Huber(double delta, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public Huber {
        Same.positive("huber", "delta", delta);
    }

    /// PyTorch's defaults: δ 1, the mean.
    public static Huber defaults() {
        return new Huber(1, Reduction.MEAN);
    }

    /// Where it turns linear, above 0.
    public Huber delta(double delta) {
        return new Huber(delta, reduction);
    }

    /// With this reduction.
    public Huber reduction(Reduction reduction) {
        return new Huber(delta, reduction);
    }

    /// The loss of `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("huber", y, target);
        return reduction.of("huber", Errors.huber(delta), y, target);
    }
}
