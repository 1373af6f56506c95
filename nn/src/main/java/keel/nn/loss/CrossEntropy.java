package keel.nn.loss;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// The cross-entropy of `softmax(logits)` in nats, against classes or against probabilities,
/// `(n, classes), (n) → ()`; also `(n, classes, …), (n, …)` and `(classes), ()`.
///
/// ```
/// class k:          w[k]·−ln p[k]
/// probabilities t:  −Σ w[c]·t[c]·ln p[c]
/// smoothing s:      the target is (1 − s)·target + s/classes
/// ```
/// The mean over classes is weighted: it divides by the sum of `w[label]` over what is not ignored (0 of them give NaN and no
/// gradient, as in PyTorch); that over probabilities divides by the number of rows. With smoothing and weights PyTorch's
/// definition holds: every class's share is weighted by its own weight, the divisor is that of the labels.
public record CrossEntropy(NdArray weight, int ignore, double smoothing, Reduction reduction) {
    /// PyTorch's mark for a label that does not count.
    static final int IGNORE = -100;
    private static final String NAME = "crossEntropy";

    /// @throws IllegalArgumentException if the smoothing is not in 0 … 1
    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("crossEntropy: label smoothing " + smoothing + " is not in 0 … 1");
        }
    }

    /// PyTorch's defaults: no weights, -100 is ignored, no smoothing, the mean.
    public static CrossEntropy defaults() {
        return new CrossEntropy(null, IGNORE, 0, Reduction.MEAN);
    }

    /// What each class counts, (classes); null for 1.
    public CrossEntropy weight(NdArray weight) {
        return new CrossEntropy(weight, ignore, smoothing, reduction);
    }

    /// The label that does not count.
    public CrossEntropy ignore(int ignore) {
        return new CrossEntropy(weight, ignore, smoothing, reduction);
    }

    /// The share of the target that is spread over all classes, 0 … 1 (Szegedy et al. 2016, arXiv:1512.00567).
    public CrossEntropy smoothing(double smoothing) {
        return new CrossEntropy(weight, ignore, smoothing, reduction);
    }

    /// With this reduction.
    public CrossEntropy reduction(Reduction reduction) {
        return new CrossEntropy(weight, ignore, smoothing, reduction);
    }

    /// The loss of logits against I32 classes.
    ///
    /// @throws IllegalArgumentException if shapes do not fit, or a label is neither a class nor ignored
    public Tensor loss(Tensor logits, NdArray labels) {
        var axis = new ClassAxis(logits.shape());
        axis.checkLabels(NAME, labels.shape());
        Labels.checkWeight(NAME, weight, axis.classes());
        var l = Labels.of(NAME, labels, axis.classes(), ignore);
        if (reduction == Reduction.MEAN && weight == null && logits.rank() == 2 && l.size() > 0 && !l.anyIgnored()) {
            return logits.crossEntropy(labels, smoothing); // fused
        }
        var logp = axis.rows(logits).logSoftmax(-1);
        var each = Nll.picked(logp, l, weight);
        if (smoothing > 0) {
            var spread = classWeighted(logp).sum(false, 1).mul(-smoothing / axis.classes());
            each = each.mul(1 - smoothing).add(spread);
        }
        return Nll.reduce(NAME, reduction, each, axis, l, weight);
    }

    /// The loss of logits against probabilities of the same shape.
    public Tensor loss(Tensor logits, Tensor probabilities) {
        var axis = new ClassAxis(logits.shape());
        Same.shape(NAME, "probabilities", logits, probabilities);
        Labels.checkWeight(NAME, weight, axis.classes());
        var target = axis.rows(probabilities);
        if (smoothing > 0) target = target.mul(1 - smoothing).add(smoothing / axis.classes());
        var each = classWeighted(axis.rows(logits).logSoftmax(-1)).mul(target).sum(false, 1).neg();
        return reduction.of(NAME, each.reshape(axis.labels()));
    }

    private Tensor classWeighted(Tensor logp) {
        return weight == null ? logp : logp.mul(Tensor.of(weight.cast(logp.dtype()).reshape(Shape.of(1, weight.size()))));
    }
}
