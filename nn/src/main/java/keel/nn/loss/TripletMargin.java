package keel.nn.loss;

import keel.autograd.Tensor;

/// `max(0, d(anchor, positive) − d(anchor, negative) + margin)` with the [pairwise distance][Distance#pairwise] of order `p`,
/// `(…, d), (…, d), (…, d) → ()`. `swap` takes the positive's distance to the negative where that is smaller (Balntas et al.
/// 2016, "Learning local feature descriptors with triplets").
public record TripletMargin(double margin, double p, double eps, boolean swap, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public TripletMargin {
        Same.positive("tripletMargin", "margin", margin);
        Same.notNegative("tripletMargin", "eps", eps);
    }

    /// PyTorch's defaults: margin 1, p 2, eps 1e-6, no swap, the mean.
    public static TripletMargin defaults() {
        return new TripletMargin(1, 2, 1e-6, false, Reduction.MEAN);
    }

    /// How much farther the negative should be, above 0.
    public TripletMargin margin(double margin) {
        return new TripletMargin(margin, p, eps, swap, reduction);
    }

    /// Order of the norm.
    public TripletMargin p(double p) {
        return new TripletMargin(margin, p, eps, swap, reduction);
    }

    /// Added to each difference, ≥ 0.
    public TripletMargin eps(double eps) {
        return new TripletMargin(margin, p, eps, swap, reduction);
    }

    /// Whether the positive may stand in for the anchor.
    public TripletMargin swap(boolean swap) {
        return new TripletMargin(margin, p, eps, swap, reduction);
    }

    /// With this reduction.
    public TripletMargin reduction(Reduction reduction) {
        return new TripletMargin(margin, p, eps, swap, reduction);
    }

    /// The loss of triplets of rows, equal shapes.
    public Tensor loss(Tensor anchor, Tensor positive, Tensor negative) {
        Same.shape("tripletMargin", "positive", anchor, positive);
        Same.shape("tripletMargin", "negative", anchor, negative);
        var near = Distance.pairwise(anchor, positive, p, eps);
        var far = Distance.pairwise(anchor, negative, p, eps);
        if (swap) far = far.minimum(Distance.pairwise(positive, negative, p, eps));
        return reduction.of("tripletMargin", near.sub(far).add(margin).clamp(0, Double.POSITIVE_INFINITY));
    }
}
