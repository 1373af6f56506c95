package keel.nn.loss;

import keel.autograd.Tensor;

/// `max(0, −t·(a − b) + margin)`: `a` should be above `b` by a margin where `t = 1`, below where `t = −1`,
/// `(…), (…), (…) → ()`.
public record MarginRanking(double margin, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public MarginRanking {
        Same.finite("marginRanking", "margin", margin);
    }

    /// PyTorch's defaults: margin 0, the mean.
    public static MarginRanking defaults() {
        return new MarginRanking(0, Reduction.MEAN);
    }

    /// By how much.
    public MarginRanking margin(double margin) {
        return new MarginRanking(margin, reduction);
    }

    /// With this reduction.
    public MarginRanking reduction(Reduction reduction) {
        return new MarginRanking(margin, reduction);
    }

    /// The loss of scores `a` and `b` against the order that `target` asks for, equal shapes.
    public Tensor loss(Tensor a, Tensor b, Tensor target) {
        Same.shape("marginRanking", "the other", a, b);
        Same.target("marginRanking", a, target);
        var each = target.neg().mul(a.sub(b)).add(margin).clamp(0, Double.POSITIVE_INFINITY);
        return reduction.of("marginRanking", each);
    }
}
