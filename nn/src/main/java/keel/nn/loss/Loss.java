package keel.nn.loss;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// What training minimizes: functions of an output and a target, to one number.
public final class Loss {
    private Loss() {}

    /// Mean over the rows of `−log softmax(logits)[label]`, in nats: `logits (n, classes)`, `labels (n)` in I32, each in 0 …
    /// classes − 1.
    /// A net that knows nothing has a loss of `ln classes`.
    ///
    /// @throws IllegalArgumentException if the shapes do not fit, the batch is empty, or a label is no class: NaN, a fraction
    /// or out of range
    public static Tensor crossEntropy(Tensor logits, NdArray labels) {
        return crossEntropy(logits, labels, 0);
    }

    /// As [#crossEntropy(Tensor, NdArray)], against the target `(1 − s)·onehot(label) + s/classes` with the smoothing `s` in
    /// 0 … 1
    /// (Szegedy et al. 2016, arXiv:1512.00567, sec. 7).
    public static Tensor crossEntropy(Tensor logits, NdArray labels, double smoothing) {
        if (labels.dtype().isFloat()) throw new IllegalArgumentException(notClasses(labels));
        return logits.crossEntropy(labels, smoothing);
    }

    // Whole numbers in floats are refused too: where labels are floats, NaN and fractions are never far.
    private static String notClasses(NdArray labels) {
        var values = labels.toDoubles();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != StrictMath.rint(values[i])) {
                return "crossEntropy: label " + i + " is " + values[i] + ", labels are I32 classes; mend it or leave it out";
            }
        }
        return "crossEntropy: the labels are " + labels.dtype() + " " + labels.shape() + ", classes are I32; use cast(DType.I32)";
    }

    /// Mean over all elements of `(y − target)²`, equal shapes.
    ///
    /// @throws IllegalArgumentException if there are no elements, or the shapes differ: nothing broadcasts here, because a
    /// target `(n)` for an
    ///     output `(n, 1)` is a mistake that trains without a word
    public static Tensor meanSquaredError(Tensor y, Tensor target) {
        if (!y.shape().equals(target.shape()) || y.dtype() != target.dtype()) {
            throw new IllegalArgumentException("meanSquaredError: output " + y.dtype() + " " + y.shape() + " and target "
                + target.dtype() + " " + target.shape() + " differ; reshape or cast one of them");
        }
        if (y.size() == 0) {
            throw new IllegalArgumentException("meanSquaredError: the batch is empty, " + y.shape() + "; a mean needs elements");
        }
        return y.sub(target).square().mean();
    }

    /// As [#meanSquaredError(Tensor, Tensor)], against values.
    public static Tensor meanSquaredError(Tensor y, NdArray target) {
        return meanSquaredError(y, Tensor.of(target));
    }
}
