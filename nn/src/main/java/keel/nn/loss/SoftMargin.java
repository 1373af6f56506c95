package keel.nn.loss;

import keel.autograd.Tensor;

/// The logistic loss `ln(1 + e^(−t·x))` for labels `t` of 1 or −1, `(…), (…) → ()`.
public record SoftMargin(Reduction reduction) {
    /// The mean, as in PyTorch.
    public static SoftMargin defaults() {
        return new SoftMargin(Reduction.MEAN);
    }

    /// With this reduction.
    public SoftMargin reduction(Reduction reduction) {
        return new SoftMargin(reduction);
    }

    /// The loss of the scores `x` against labels of 1 or −1, equal shapes.
    public Tensor loss(Tensor x, Tensor target) {
        Same.target("softMargin", x, target);
        return reduction.of("softMargin", Errors.SOFT_MARGIN, x, target);
    }
}
