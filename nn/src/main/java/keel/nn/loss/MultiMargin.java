package keel.nn.loss;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// `Σ w[label]·max(0, margin − x[label] + x[i])ᵖ/classes` over all other classes `i`, `(n, classes), (n) → (n)`, then reduced
/// (Crammer and Singer 2001).
public record MultiMargin(int p, double margin, NdArray weight, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public MultiMargin {
        if (p != 1 && p != 2) throw new IllegalArgumentException("multiMargin: p is " + p + "; give 1 or 2");
        Same.finite("multiMargin", "margin", margin);
    }

    /// PyTorch's defaults: p 1, margin 1, no weights, the mean.
    public static MultiMargin defaults() {
        return new MultiMargin(1, 1, null, Reduction.MEAN);
    }

    /// Power of each term, 1 or 2.
    public MultiMargin p(int p) {
        return new MultiMargin(p, margin, weight, reduction);
    }

    /// By how much the right class should lead.
    public MultiMargin margin(double margin) {
        return new MultiMargin(p, margin, weight, reduction);
    }

    /// What each class counts, (classes); null for 1.
    public MultiMargin weight(NdArray weight) {
        return new MultiMargin(p, margin, weight, reduction);
    }

    /// With this reduction.
    public MultiMargin reduction(Reduction reduction) {
        return new MultiMargin(p, margin, weight, reduction);
    }

    /// The loss of the scores `x` `(n, classes)` or `(classes)` against labels `(n)` or `()`, I32.
    ///
    /// @throws IllegalArgumentException if shapes do not fit or a label is no class
    public Tensor loss(Tensor x, NdArray labels) {
        if (x.rank() < 1 || x.rank() > 2 || labels.size() * x.extent(-1) != x.size()) {
            throw new IllegalArgumentException("multiMargin: scores " + x.shape() + " and labels " + labels.shape()
                + " do not fit; give (n, classes) and (n)");
        }
        int classes = x.extent(-1);
        Labels.checkWeight("multiMargin", weight, classes);
        var l = Labels.of("multiMargin", labels, classes, Labels.NONE);
        var rows = x.reshape(l.size(), classes);
        var each = rows.sub(rows.gather(1, l.index())).add(margin).relu();
        if (p == 2) each = each.square();
        var others = NdArray.ones(x.dtype(), l.size(), classes);
        for (int i = 0; i < l.size(); i++) others.set(0, i, l.values()[i]);
        var sum = each.mul(Tensor.of(others)).sum(false, 1).div(classes).mul(l.weights(weight, x.dtype()));
        return reduction.of("multiMargin", sum.reshape(x.rank() == 1 ? Shape.of() : Shape.of(l.size())));
    }
}
