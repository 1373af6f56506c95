package keel.nn.loss;

import keel.array.DType;
import keel.autograd.Tensor;

/// Squared near 0 and linear beyond: `½d²/β` where `|d| < β`, else `|d| − ½β`, with `d = y − target`, `(…), (…) → ()`
/// (Girshick 2015, arXiv:1504.08083, eq. 3). β = 0 is [L1]. It is [Huber] divided by β.
public record SmoothL1(double beta, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public SmoothL1 {
        Same.notNegative("smoothL1", "beta", beta);
    }

    /// PyTorch's defaults: β 1, the mean.
    public static SmoothL1 defaults() {
        return new SmoothL1(1, Reduction.MEAN);
    }

    /// Where it turns linear, ≥ 0.
    public SmoothL1 beta(double beta) {
        return new SmoothL1(beta, reduction);
    }

    /// With this reduction.
    public SmoothL1 reduction(Reduction reduction) {
        return new SmoothL1(beta, reduction);
    }

    /// The loss of `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("smoothL1", y, target);
        boolean linear = beta == 0 || y.dtype() == DType.F32 && (float) beta == 0;
        return reduction.of("smoothL1", linear ? Errors.ABSOLUTE : Errors.smoothL1(beta), y, target);
    }
}
