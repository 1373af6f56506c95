package keel.nn.loss;

import keel.autograd.Tensor;

/// The squared distance `(y − target)²`, `(…), (…) → ()`, or `(…)` without a reduction: PyTorch's `mse_loss`.
public record SquaredError(Reduction reduction) {
    /// The mean, as in PyTorch.
    public static SquaredError defaults() {
        return new SquaredError(Reduction.MEAN);
    }

    /// With this reduction.
    public SquaredError reduction(Reduction reduction) {
        return new SquaredError(reduction);
    }

    /// The loss of `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("squaredError", y, target);
        return reduction.of("squaredError", Errors.SQUARED, y, target);
    }
}
