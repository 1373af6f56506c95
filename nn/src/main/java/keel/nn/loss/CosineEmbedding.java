package keel.nn.loss;

import keel.autograd.Tensor;

/// For pairs of rows that point the same way (`t = 1`): `1 − cos`, or not (`t = −1`): `max(0, cos − margin)`,
/// `(n, d), (n, d), (n) → ()` or `(d), (d), () → ()`.
public record CosineEmbedding(double margin, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public CosineEmbedding {
        Same.finite("cosineEmbedding", "margin", margin);
    }

    /// PyTorch's defaults: margin 0, the mean.
    public static CosineEmbedding defaults() {
        return new CosineEmbedding(0, Reduction.MEAN);
    }

    /// Which cosine is different enough, −1 … 1.
    public CosineEmbedding margin(double margin) {
        return new CosineEmbedding(margin, reduction);
    }

    /// With this reduction.
    public CosineEmbedding reduction(Reduction reduction) {
        return new CosineEmbedding(margin, reduction);
    }

    private static final double EPS = 1e-12; // PyTorch's, added to each squared length

    /// The loss of pairs of rows against labels of 1 or −1, one a pair.
    public Tensor loss(Tensor a, Tensor b, Tensor target) {
        Same.shape("cosineEmbedding", "the other", a, b);
        if (a.rank() < 1 || a.rank() > 2 || target.rank() != a.rank() - 1 || a.rank() == 2 && target.size() != a.extent(0)) {
            throw new IllegalArgumentException("cosineEmbedding: rows " + a.shape() + " and labels " + target.shape()
                + " do not fit; give (n, d), (n, d) and (n)");
        }
        var lengths = a.square().sum(false, -1).add(EPS).mul(b.square().sum(false, -1).add(EPS));
        var cos = a.mul(b).sum(false, -1).div(lengths.sqrt());
        var zero = Tensor.scalar(a.dtype(), 0);
        var alike = Tensor.where(target.eq(1), cos.neg().add(1), zero);
        var unlike = Tensor.where(target.eq(-1), cos.sub(margin).clamp(0, Double.POSITIVE_INFINITY), zero);
        return reduction.of("cosineEmbedding", alike.add(unlike));
    }
}
