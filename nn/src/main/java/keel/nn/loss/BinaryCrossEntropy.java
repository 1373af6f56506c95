package keel.nn.loss;

import keel.autograd.Tensor;

/// `−w·(t·ln p + (1 − t)·ln(1 − p))` of probabilities `p` in 0 … 1, `(…), (…) → ()`. The logarithms are bounded by −100, and
/// the derivative's denominator `p(1 − p)` by 1e-12, as in PyTorch: a wrong certainty costs 100, not ∞.
///
/// A net should end in logits and use [BinaryCrossEntropyWithLogits], which loses nothing at either end.
public record BinaryCrossEntropy(Tensor weight, Reduction reduction) {
    /// PyTorch's defaults, the mean.
    public static BinaryCrossEntropy defaults() {
        return new BinaryCrossEntropy(null, Reduction.MEAN);
    }

    /// What each loss is multiplied by, broadcast; null for 1.
    public BinaryCrossEntropy weight(Tensor weight) {
        return new BinaryCrossEntropy(weight, reduction);
    }

    /// With this reduction.
    public BinaryCrossEntropy reduction(Reduction reduction) {
        return new BinaryCrossEntropy(weight, reduction);
    }

    /// The loss of the probabilities `p` against targets in 0 … 1, equal shapes.
    ///
    /// @throws IllegalArgumentException if shapes do not fit or a probability is outside 0 … 1
    public Tensor loss(Tensor p, Tensor target) {
        Same.target("binaryCrossEntropy", p, target);
        Same.weight("binaryCrossEntropy", weight, p);
        if (p.size() > 0 && (p.value().min().item() < 0 || p.value().max().item() > 1)) {
            throw new IllegalArgumentException("binaryCrossEntropy: probabilities from " + p.value().min().item() + " to "
                + p.value().max().item() + "; give 0 … 1, or give logits to binaryCrossEntropyWithLogits");
        }
        if (weight == null) return reduction.of("binaryCrossEntropy", Errors.LIKELIHOOD, p, target);
        return reduction.of("binaryCrossEntropy", Errors.LIKELIHOOD.apply(p, target).mul(weight));
    }
}
