package keel.array;

import keel.kernel.Parallel;

/// Operations on whole rows: the last axis, all others merged.
public final class Rows {
    private Rows() {}

    static NdArray softmax(String name, boolean log, NdArray x, int axis) {
        x.requireFloat(name);
        if (x.rank() == 0 && (axis == 0 || axis == -1)) {
            return softmax(name, log, x.reshape(1), 0).reshape();
        }
        int a = x.shape().axis(name, axis);
        if (a != x.rank() - 1) {
            return softmax(name, log, x.transpose(a, -1), -1).transpose(a, -1);
        }
        var y = NdArray.empty(x.dtype(), x.shape());
        int n = x.extent(-1);
        var k = x.kernels();
        Parallel.ranges(x.size() * 8L, n == 0 ? 0 : x.size() / n, 1,
            (lo, hi) -> k.softmax(log, x.data(), lo * n, y.data(), lo * n, hi - lo, n));
        return y;
    }

    /// ∂loss/∂x of softmax (or log-softmax) along the last axis, from its output `y` and `dy`, of one shape.
    public static NdArray softmaxGrad(boolean log, NdArray y, NdArray dy) {
        requireAlike("softmaxGrad", y, dy);
        var dx = NdArray.empty(y.dtype(), y.shape());
        int n = y.extent(-1);
        var k = y.kernels();
        Parallel.ranges(y.size() * 8L, n == 0 ? 0 : y.size() / n, 1,
            (lo, hi) -> k.softmaxGrad(log, y.data(), lo * n, dy.data(), lo * n, dx.data(), lo * n, hi - lo, n));
        return dx;
    }

    /// Normalized rows with what their derivative needs: `mean` and `rstd = 1/√(var + eps)` of each row, shape (rows).
    public record Normalized(NdArray y, NdArray mean, NdArray rstd) {}

    /// Normalizes over the last `axes` axes: `(x − mean)·rstd·w + b`; `w` and `b` have the shape of those axes or are null.
    public static Normalized layerNorm(NdArray x, int axes, NdArray w, NdArray b, double eps) {
        int n = rowLength("layerNorm", x, axes, w);
        rowLength("layerNorm", x, axes, b);
        int rows = x.shape().product(0, x.rank() - axes);
        var y = NdArray.empty(x.dtype(), x.shape());
        var mean = NdArray.empty(x.dtype(), Shape.of(rows));
        var rstd = NdArray.empty(x.dtype(), Shape.of(rows));
        var k = x.kernels();
        Object wd = w == null ? null : w.data();
        Object bd = b == null ? null : b.data();
        Parallel.ranges(x.size() * 4L, n == 0 ? 0 : rows, 1,
            (lo, hi) -> k.layerNorm(x.data(), lo * n, wd, bd, eps, y.data(), lo * n, mean.data(), rstd.data(), lo, hi - lo, n));
        return new Normalized(y, mean, rstd);
    }

    /// ∂loss/∂x of [#layerNorm] from its `mean` and `rstd`, and `dy`.
    public static NdArray layerNormGrad(NdArray x, int axes, NdArray w, NdArray mean, NdArray rstd, NdArray dy) {
        int n = rowLength("layerNormGrad", x, axes, w);
        requireAlike("layerNormGrad", x, dy);
        int rows = x.shape().product(0, x.rank() - axes);
        requireAlike("layerNormGrad", mean, rstd);
        if (mean.dtype() != x.dtype() || !mean.shape().equals(Shape.of(rows))) {
            throw new IllegalArgumentException("layerNormGrad: statistics " + mean.dtype() + " " + mean.shape()
                + " do not fit the " + rows + " rows of " + x.dtype() + " " + x.shape() + "; give those of layerNorm");
        }
        var dx = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object wd = w == null ? null : w.data();
        Parallel.ranges(x.size() * 4L, n == 0 ? 0 : rows, 1,
            (lo, hi) -> k.layerNormGrad(x.data(), lo * n, wd, mean.data(), rstd.data(), lo, dy.data(), lo * n, dx.data(), lo * n,
            hi - lo, n));
        return dx;
    }

    // Elements of the last `axes` axes; `parameter`, unless null, must have their shape.
    private static int rowLength(String name, NdArray x, int axes, NdArray parameter) {
        x.requireFloat(name);
        if (axes < 1 || axes > x.rank()) {
            throw new IllegalArgumentException(name + ": " + axes + " axes to normalize of " + x.shape() + "; "
                + (x.rank() == 0 ? "unsqueeze it" : "give 1 … " + x.rank()));
        }
        var row = x.shape().trailing(axes);
        if (parameter != null && (parameter.dtype() != x.dtype() || !parameter.shape().equals(row))) {
            throw new IllegalArgumentException(name + ": parameter " + parameter.dtype() + " " + parameter.shape()
                + " does not fit the last " + axes
                + " axes of " + x.dtype() + " " + x.shape() + "; give " + x.dtype() + " " + row);
        }
        return row.size();
    }

    private static void requireAlike(String name, NdArray a, NdArray b) {
        Elementwise.requireSame(name, a, b);
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(name + ": shapes differ, " + a.shape() + " and " + b.shape()
                + "; give one for each element");
        }
    }
}
