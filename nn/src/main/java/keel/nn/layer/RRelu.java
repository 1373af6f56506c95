package keel.nn.layer;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// `x` right of 0 and `a·x` left of it, `(…) → (…)`: in training each `a` is drawn from U(low, high), from [Pass#random]; in
/// inference it is their mean (Xu et al. 2015, arXiv:1505.00853).
public record RRelu(double low, double high) implements Layer {
    /// @throws IllegalArgumentException if `low` ≤ `high` does not hold
    public RRelu {
        if (!(low <= high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("RRelu: slopes from " + low + " to " + high + "; give finite low ≤ high");
        }
    }

    /// Slopes from ⅛ to ⅓, PyTorch's.
    public static RRelu of() {
        return of(1.0 / 8, 1.0 / 3);
    }

    /// Slopes from `low` to `high`.
    public static RRelu of(double low, double high) {
        return new RRelu(low, high);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (!pass.isTraining()) return x.leakyRelu((low + high) / 2);
        var slopes = NdArray.uniform(x.dtype(), x.shape(), low, high, pass.random());
        return Tensor.where(x.gt(0), x, x.mul(Tensor.of(slopes)));
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return "RRelu(" + low + ", " + high + ")";
    }
}
