package keel.nn.loss;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// The negative log-likelihood of classes: `−w[k]·y[k]` for log-probabilities `y` and the class `k`,
/// `(n, classes), (n) → ()`; also `(n, classes, …), (n, …)` and `(classes), ()`. The mean divides by the sum of the weights
/// of what is not ignored. [CrossEntropy] is this behind a log-softmax.
public record Nll(NdArray weight, int ignore, Reduction reduction) {
    private static final String NAME = "nll";

    /// PyTorch's defaults: no weights, -100 is ignored, the mean.
    public static Nll defaults() {
        return new Nll(null, CrossEntropy.IGNORE, Reduction.MEAN);
    }

    /// What each class counts, (classes); null for 1.
    public Nll weight(NdArray weight) {
        return new Nll(weight, ignore, reduction);
    }

    /// The label that does not count.
    public Nll ignore(int ignore) {
        return new Nll(weight, ignore, reduction);
    }

    /// With this reduction.
    public Nll reduction(Reduction reduction) {
        return new Nll(weight, ignore, reduction);
    }

    /// The loss of log-probabilities against I32 classes.
    ///
    /// @throws IllegalArgumentException if shapes do not fit, or a label is neither a class nor ignored
    public Tensor loss(Tensor logp, NdArray labels) {
        var axis = new ClassAxis(logp.shape());
        axis.checkLabels(NAME, labels.shape());
        Labels.checkWeight(NAME, weight, axis.classes());
        var l = Labels.of(NAME, labels, axis.classes(), ignore);
        return reduce(NAME, reduction, picked(axis.rows(logp), l, weight), axis, l, weight);
    }

    /// `(rows, classes) → (rows)`: `−w·y[label]`.
    static Tensor picked(Tensor logp, Labels l, NdArray weight) {
        return logp.gather(1, l.index()).squeeze(1).mul(l.weights(weight, logp.dtype())).neg();
    }

    /// Reduces losses of rows, those that are ignored being 0 whatever they hold, with no gradient.
    static Tensor reduce(String name, Reduction reduction, Tensor rows, ClassAxis axis, Labels l, NdArray weight) {
        var each = l.anyIgnored() ? Tensor.where(l.mask(), Tensor.scalar(rows.dtype(), 0), rows) : rows;
        if (reduction != Reduction.MEAN || l.size() == 0) return reduction.of(name, each.reshape(axis.labels()));
        double count = 0;
        for (double w : l.weights(weight)) count += w;
        return each.sum().div(each.dtype() == DType.F32 ? (float) count : count);
    }
}
