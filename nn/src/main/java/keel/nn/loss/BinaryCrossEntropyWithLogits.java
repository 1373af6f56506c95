package keel.nn.loss;

import keel.autograd.Tensor;

/// `−w·(c·t·ln σ(x) + (1 − t)·ln(1 − σ(x)))` of logits `x`, computed as `(1 − t)·x + (1 + (c − 1)t)·ln(1 + e^−x)`: no
/// overflow, no lost tail, `(…), (…) → ()`. `c` is what a positive counts, broadcast over the last axes.
public record BinaryCrossEntropyWithLogits(Tensor weight, Tensor positiveWeight, Reduction reduction) {
    private static final String NAME = "binaryCrossEntropyWithLogits";

    /// PyTorch's defaults, the mean.
    public static BinaryCrossEntropyWithLogits defaults() {
        return new BinaryCrossEntropyWithLogits(null, null, Reduction.MEAN);
    }

    /// What each loss is multiplied by, broadcast; null for 1.
    public BinaryCrossEntropyWithLogits weight(Tensor weight) {
        return new BinaryCrossEntropyWithLogits(weight, positiveWeight, reduction);
    }

    /// What positives count: above 1 for recall, below for precision; broadcast, null for 1.
    public BinaryCrossEntropyWithLogits positiveWeight(Tensor positiveWeight) {
        return new BinaryCrossEntropyWithLogits(weight, positiveWeight, reduction);
    }

    /// With this reduction.
    public BinaryCrossEntropyWithLogits reduction(Reduction reduction) {
        return new BinaryCrossEntropyWithLogits(weight, positiveWeight, reduction);
    }

    /// The loss of the logits `x` against targets in 0 … 1, equal shapes.
    public Tensor loss(Tensor x, Tensor target) {
        Same.target(NAME, x, target);
        Same.weight(NAME, weight, x);
        Same.weight(NAME, positiveWeight, x);
        if (weight == null && positiveWeight == null) return reduction.of(NAME, Errors.LOGISTIC, x, target);
        Tensor each;
        if (positiveWeight == null) {
            each = Errors.LOGISTIC.apply(x, target);
        } else {
            var tail = x.neg().softplus().mul(positiveWeight.sub(1).mul(target).add(1)); // −ln σ(x)
            each = target.neg().add(1).mul(x).add(tail);
        }
        return reduction.of(NAME, weight == null ? each : each.mul(weight));
    }
}
