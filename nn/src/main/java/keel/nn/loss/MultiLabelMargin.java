package keel.nn.loss;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// `Σ max(0, 1 − (x[j] − x[i]))/classes` over all right classes `j` and all others `i`, `(n, classes) → (n)`, then reduced.
///
/// Labels are lists of classes `(n, classes)` in I32, each ended by −1 or by the extent; a class named twice counts twice.
public record MultiLabelMargin(Reduction reduction) {
    /// The mean, as in PyTorch.
    public static MultiLabelMargin defaults() {
        return new MultiLabelMargin(Reduction.MEAN);
    }

    /// With this reduction.
    public MultiLabelMargin reduction(Reduction reduction) {
        return new MultiLabelMargin(reduction);
    }

    /// The loss of the scores `x` `(n, classes)` or `(classes)` against lists of classes of the same shape.
    ///
    /// @throws IllegalArgumentException if shapes do not fit or a label is not in −1 … classes − 1
    public Tensor loss(Tensor x, NdArray labels) {
        if (x.rank() > 2 || !x.shape().equals(labels.shape()) || labels.dtype() != DType.I32) {
            throw new IllegalArgumentException("multiLabelMargin: scores " + x.shape() + " and labels " + labels.dtype() + " "
                + labels.shape() + " do not fit; give (n, classes) and I32 lists of classes (n, classes), ended by -1");
        }
        if (x.rank() == 0) return loss(x.unsqueeze(0), labels.unsqueeze(0));
        int classes = x.extent(-1);
        var right = Tensor.of(right(labels.ints(), classes, x)); // how often a class is named
        var gap = x.unsqueeze(-2).sub(x.unsqueeze(-1)).add(1).relu(); // (…, j, i): 1 − (x[j] − x[i])
        var others = Tensor.where(right.eq(0), Tensor.scalar(x.dtype(), 1), Tensor.scalar(x.dtype(), 0));
        var pairs = right.unsqueeze(-1).mul(others.unsqueeze(-2));
        return reduction.of("multiLabelMargin", gap.mul(pairs).sum(false, -2, -1).div(classes));
    }

    private static NdArray right(int[] labels, int classes, Tensor x) {
        var y = new double[labels.length];
        for (int row = 0; row < labels.length; row += classes) {
            for (int i = row; i < row + classes && labels[i] != -1; i++) {
                if (labels[i] < 0 || labels[i] >= classes) {
                    throw new IllegalArgumentException("multiLabelMargin: label " + labels[i] + " is not in 0 … " + (classes - 1)
                        + "; end a list with -1");
                }
                y[row + labels[i]]++;
            }
        }
        return NdArray.of(x.shape(), y).cast(x.dtype());
    }
}
