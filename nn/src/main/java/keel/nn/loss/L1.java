package keel.nn.loss;

import keel.autograd.Tensor;

/// The distance `|y − target|`, `(…), (…) → ()`, or `(…)` without a reduction. Its derivative is ±1 however large the error is,
/// and 0 at 0.
public record L1(Reduction reduction) {
    /// The mean, as in PyTorch.
    public static L1 defaults() {
        return new L1(Reduction.MEAN);
    }

    /// With this reduction.
    public L1 reduction(Reduction reduction) {
        return new L1(reduction);
    }

    /// The loss of `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("l1", y, target);
        return reduction.of("l1", Errors.ABSOLUTE, y, target);
    }
}
