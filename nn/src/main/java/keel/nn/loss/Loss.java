package keel.nn.loss;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// What training minimizes: functions of an output and a target, to one number.
public final class Loss {
    private Loss() {}

    /// Mean over the rows of `−log softmax(logits)[label]`; `logits (n, classes)`, `labels (n)` in I32, each in 0 … classes −
    /// 1. In nats: a net that knows nothing has `ln classes`.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit, the batch is empty, or a label is not a class, which names it
    public static Tensor crossEntropy(Tensor logits, NdArray labels) {
        return crossEntropy(logits, labels, 0);
    }

    /// As [#crossEntropy(Tensor, NdArray)] against the target `(1 − s)·onehot(label) + s/classes`, `s` the smoothing in 0 … 1
    /// (Szegedy et al. 2015, arXiv:1512.00567).
    public static Tensor crossEntropy(Tensor logits, NdArray labels, double smoothing) {
        if (logits.rank() != 2 || !labels.shape().equals(logits.shape().removed(1))) {
            throw new IllegalArgumentException("crossEntropy: logits " + logits.shape() + " and labels " + labels.shape()
                + " do not fit; give (n, classes) and (n)");
        }
        requireNotEmpty("crossEntropy", logits);
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("crossEntropy: smoothing is " + smoothing + "; give a share in 0 … 1");
        }
        requireClasses(labels, logits.extent(1));
        return logits.crossEntropy(labels, smoothing);
    }

    /// Mean over all elements of `(y − target)²`, equal shapes.
    ///
    /// @throws IllegalArgumentException if the shapes differ (nothing broadcasts here: a target `(n)` for an output `(n, 1)`
    /// is a mistake), or there are no elements
    public static Tensor meanSquaredError(Tensor y, Tensor target) {
        if (!y.shape().equals(target.shape()) || y.dtype() != target.dtype()) {
            throw new IllegalArgumentException("meanSquaredError: output " + y.dtype() + " " + y.shape() + " and target "
                + target.dtype() + " " + target.shape() + " differ; reshape or cast one of them");
        }
        requireNotEmpty("meanSquaredError", y);
        return y.sub(target).square().mean();
    }

    /// As [#meanSquaredError(Tensor, Tensor)], against values.
    public static Tensor meanSquaredError(Tensor y, NdArray target) {
        return meanSquaredError(y, Tensor.of(target));
    }

    private static void requireNotEmpty(String name, Tensor y) {
        if (y.size() == 0) {
            throw new IllegalArgumentException(name + ": the batch is empty, " + y.shape()
                + ", and has no mean; leave empty batches out");
        }
    }

    private static void requireClasses(NdArray labels, int classes) {
        boolean whole = labels.dtype() == DType.I32;
        for (int i = 0; i < labels.size(); i++) {
            double label = labels.get(i);
            if (whole ? label < 0 || label >= classes : Double.isNaN(label)) {
                throw new IllegalArgumentException("crossEntropy: label " + i + " is "
                    + (whole ? String.valueOf((int) label) : "NaN") + ", no class; give I32 labels in 0 … " + (classes - 1));
            }
        }
        if (!whole) {
            throw new IllegalArgumentException("crossEntropy: the labels are " + labels.dtype()
                + ", classes are I32; use cast(DType.I32)");
        }
    }
}
