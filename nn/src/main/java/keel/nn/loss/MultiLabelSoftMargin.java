package keel.nn.loss;

import keel.autograd.Tensor;

/// The mean over classes of the [binary cross-entropy of logits][BinaryCrossEntropyWithLogits], `(…, classes) → (…)`, then
/// reduced: any number of classes may be right.
public record MultiLabelSoftMargin(Tensor weight, Reduction reduction) {
    /// PyTorch's defaults, the mean.
    public static MultiLabelSoftMargin defaults() {
        return new MultiLabelSoftMargin(null, Reduction.MEAN);
    }

    /// What each class counts, (classes); null for 1.
    public MultiLabelSoftMargin weight(Tensor weight) {
        return new MultiLabelSoftMargin(weight, reduction);
    }

    /// With this reduction.
    public MultiLabelSoftMargin reduction(Reduction reduction) {
        return new MultiLabelSoftMargin(weight, reduction);
    }

    /// The loss of the logits `x` against targets in 0 … 1, equal shapes, classes in the last axis.
    public Tensor loss(Tensor x, Tensor target) {
        Same.target("multiLabelSoftMargin", x, target);
        Same.weight("multiLabelSoftMargin", weight, x);
        if (x.rank() == 0) {
            throw new IllegalArgumentException("multiLabelSoftMargin: the output has no axis; give (…, classes)");
        }
        var each = target.neg().add(1).mul(x).add(x.neg().softplus());
        return reduction.of("multiLabelSoftMargin", (weight == null ? each : each.mul(weight)).mean(false, -1));
    }
}
