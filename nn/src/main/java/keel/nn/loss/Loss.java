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
        Same.target("meanSquaredError", y, target);
        return Reduction.MEAN.of("meanSquaredError", Errors.SQUARED, y, target);
    }

    /// As [#meanSquaredError(Tensor, Tensor)], against values.
    public static Tensor meanSquaredError(Tensor y, NdArray target) {
        return meanSquaredError(y, Tensor.of(target));
    }

    // ---- each with its defaults and the mean; options are in the record that is named

    /// Mean of `|y − target|`: [L1].
    public static Tensor l1(Tensor y, Tensor target) {
        return L1.defaults().loss(y, target);
    }

    /// Squared near 0, linear beyond β = 1: [SmoothL1].
    public static Tensor smoothL1(Tensor y, Tensor target) {
        return SmoothL1.defaults().loss(y, target);
    }

    /// Squared near 0, linear beyond δ = 1: [Huber].
    public static Tensor huber(Tensor y, Tensor target) {
        return Huber.defaults().loss(y, target);
    }

    /// Mean of `ln cosh(y − target)`: [LogCosh].
    public static Tensor logCosh(Tensor y, Tensor target) {
        return LogCosh.defaults().loss(y, target);
    }

    /// Of counts, `y` the logarithm of their rate: [PoissonNll].
    public static Tensor poissonNll(Tensor y, Tensor target) {
        return PoissonNll.defaults().loss(y, target);
    }

    /// Of probabilities against targets in 0 … 1: [BinaryCrossEntropy].
    public static Tensor binaryCrossEntropy(Tensor p, Tensor target) {
        return BinaryCrossEntropy.defaults().loss(p, target);
    }

    /// Of logits against targets in 0 … 1: [BinaryCrossEntropyWithLogits].
    public static Tensor binaryCrossEntropyWithLogits(Tensor x, Tensor target) {
        return BinaryCrossEntropyWithLogits.defaults().loss(x, target);
    }

    /// Of log-probabilities against probabilities: [KlDivergence].
    public static Tensor klDivergence(Tensor y, Tensor target) {
        return KlDivergence.defaults().loss(y, target);
    }

    /// Of distances against labels of 1 or −1: [HingeEmbedding].
    public static Tensor hingeEmbedding(Tensor x, Tensor target) {
        return HingeEmbedding.defaults().loss(x, target);
    }

    /// Mean of `ln(1 + e^(−t·x))` for labels of 1 or −1: [SoftMargin].
    public static Tensor softMargin(Tensor x, Tensor target) {
        return SoftMargin.defaults().loss(x, target);
    }

    /// Of logits, any number of classes may be right: [MultiLabelSoftMargin].
    public static Tensor multiLabelSoftMargin(Tensor x, Tensor target) {
        return MultiLabelSoftMargin.defaults().loss(x, target);
    }

    /// Of probabilities against masks in 0 … 1: [Dice].
    public static Tensor dice(Tensor p, Tensor target) {
        return Dice.defaults().loss(p, target);
    }

    /// Of logits against targets in 0 … 1, turned away from the easy ones: [Focal].
    public static Tensor focal(Tensor x, Tensor target) {
        return Focal.defaults().loss(x, target);
    }

    /// Of means and variances: [GaussianNll].
    public static Tensor gaussianNll(Tensor y, Tensor target, Tensor variance) {
        return GaussianNll.defaults().loss(y, target, variance);
    }

    /// Of log-probabilities against classes: [Nll].
    public static Tensor nll(Tensor logp, NdArray labels) {
        return Nll.defaults().loss(logp, labels);
    }

    /// Of log-probabilities `(steps, n, classes)` against sequences of classes: [Ctc].
    public static Tensor ctc(Tensor logp, NdArray targets, int[] steps, int... lengths) {
        return Ctc.defaults().loss(logp, targets, steps, lengths);
    }

    /// Of pairs of rows against labels of 1 or −1: [CosineEmbedding].
    public static Tensor cosineEmbedding(Tensor a, Tensor b, Tensor target) {
        return CosineEmbedding.defaults().loss(a, b, target);
    }

    /// Of pairs of scores against their order: [MarginRanking].
    public static Tensor marginRanking(Tensor a, Tensor b, Tensor target) {
        return MarginRanking.defaults().loss(a, b, target);
    }

    /// Of triplets of rows: [TripletMargin].
    public static Tensor tripletMargin(Tensor anchor, Tensor positive, Tensor negative) {
        return TripletMargin.defaults().loss(anchor, positive, negative);
    }

    /// Of scores against classes, each other class a margin below: [MultiMargin].
    public static Tensor multiMargin(Tensor x, NdArray labels) {
        return MultiMargin.defaults().loss(x, labels);
    }

    /// Of scores against lists of classes: [MultiLabelMargin].
    public static Tensor multiLabelMargin(Tensor x, NdArray labels) {
        return MultiLabelMargin.defaults().loss(x, labels);
    }
}
