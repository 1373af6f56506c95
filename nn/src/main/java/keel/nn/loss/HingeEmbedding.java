package keel.nn.loss;

import keel.autograd.Tensor;

/// For distances `x` of pairs that are alike (`t = 1`): `x`, or not (`t = −1`): `max(0, margin − x)`, `(…), (…) → ()`.
public record HingeEmbedding(double margin, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public HingeEmbedding {
        Same.finite("hingeEmbedding", "margin", margin);
    }

    /// PyTorch's defaults: margin 1, the mean.
    public static HingeEmbedding defaults() {
        return new HingeEmbedding(1, Reduction.MEAN);
    }

    /// How far apart unlike pairs should be.
    public HingeEmbedding margin(double margin) {
        return new HingeEmbedding(margin, reduction);
    }

    /// With this reduction.
    public HingeEmbedding reduction(Reduction reduction) {
        return new HingeEmbedding(margin, reduction);
    }

    /// The loss of the distances `x` against labels of 1 or −1, equal shapes.
    public Tensor loss(Tensor x, Tensor target) {
        Same.target("hingeEmbedding", x, target);
        var zero = Tensor.scalar(x.dtype(), 0);
        var unlike = Tensor.where(target.ne(1), x.neg().add(margin).clamp(0, Double.POSITIVE_INFINITY), zero);
        return reduction.of("hingeEmbedding", unlike.add(Tensor.where(target.ne(-1), x, zero)));
    }
}
