package keel.array;

import keel.kernel.Parallel;

/// Operations on whole rows: the last axis, all others merged.
public final class Rows {
    private Rows() {}

    static NdArray softmax(String name, boolean log, NdArray x, int axis) {
        x.requireFloat(name);
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

    /// ∂loss/∂x of softmax (or log-softmax) along the last axis, from its output `y` and `dy`.
    public static NdArray softmaxGrad(boolean log, NdArray y, NdArray dy) {
        Elementwise.requireSame("softmaxGrad", y, dy);
        var dx = NdArray.empty(y.dtype(), y.shape());
        int n = y.extent(-1);
        var k = y.kernels();
        Parallel.ranges(y.size() * 8L, n == 0 ? 0 : y.size() / n, 1,
            (lo, hi) -> k.softmaxGrad(log, y.data(), lo * n, dy.data(), lo * n, dx.data(), lo * n, hi - lo, n));
        return dx;
    }

    /// Normalized rows with what their derivative needs: `mean` and `rstd = 1/√(var + eps)` of each row, shape (rows).
    public record Normalized(NdArray y, NdArray mean, NdArray rstd) {}

    /// Normalizes rows of `n` elements (the trailing axes, merged): `(x − mean)·rstd·w + b`; `w` and `b` have `n` elements or are null.
    public static Normalized layerNorm(NdArray x, int n, NdArray w, NdArray b, double eps) {
        x.requireFloat("layerNorm");
        int rows = n == 0 ? 0 : x.size() / n;
        var y = NdArray.empty(x.dtype(), x.shape());
        var mean = NdArray.empty(x.dtype(), Shape.of(rows));
        var rstd = NdArray.empty(x.dtype(), Shape.of(rows));
        var k = x.kernels();
        Object wd = w == null ? null : w.data();
        Object bd = b == null ? null : b.data();
        Parallel.ranges(x.size() * 4L, rows, 1,
            (lo, hi) -> k.layerNorm(x.data(), lo * n, wd, bd, eps, y.data(), lo * n, mean.data(), rstd.data(), lo, hi - lo, n));
        return new Normalized(y, mean, rstd);
    }

    /// ∂loss/∂x of [#layerNorm].
    public static NdArray layerNormGrad(NdArray x, int n, NdArray w, NdArray mean, NdArray rstd, NdArray dy) {
        var dx = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object wd = w == null ? null : w.data();
        Parallel.ranges(x.size() * 4L, mean.size(), 1,
            (lo, hi) -> k.layerNormGrad(x.data(), lo * n, wd, mean.data(), rstd.data(), lo, dy.data(), lo * n, dx.data(), lo * n, hi - lo, n));
        return dx;
    }
}
