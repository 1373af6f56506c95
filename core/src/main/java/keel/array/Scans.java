package keel.array;

import keel.kernel.Parallel;

/// Running sums, products and extremes along an axis: in double, rounded once an element; in index order, but for sums of floats
/// that are neighbours, see [keel.kernel.Kernels#scan].
final class Scans {
    private Scans() {}

    static NdArray cumsum(NdArray x, int axis, boolean backward) { return scan("cumsum", false, x, axis, backward); }

    static NdArray cumprod(NdArray x, int axis) { return scan("cumprod", true, x, axis, false); }

    private static NdArray scan(String name, boolean product, NdArray x, int axis, boolean backward) {
        x.requireFloat(name);
        var lines = Lines.of(name, x.shape(), axis);
        var y = NdArray.empty(x.dtype(), x.shape());
        int inner = lines.stride();
        Parallel.ranges(4L * x.size(), inner == 0 ? 0 : lines.count() / inner, 4,
            (lo, hi) -> x.kernels().scan(product, backward, lo, hi, lines.n(), inner, x.data(), y.data()));
        return y;
    }

    /// ∂loss/∂x of [#cumprod]: `Σ_{i ≥ k} dyᵢ·Π_{j ≤ i, j ≠ k} xⱼ`. Before the first zero that is a running sum over `xₖ`, at
    /// the zero a second walk, behind it 0.
    static NdArray cumprodGrad(NdArray x, NdArray dy, int axis) {
        Elementwise.requireSame("cumprodGrad", x, dy);
        if (!dy.shape().equals(x.shape())) {
            throw new IllegalArgumentException("cumprodGrad: shapes differ, " + x.shape() + " and " + dy.shape()
                + "; they must agree");
        }
        var lines = Lines.of("cumprodGrad", x.shape(), axis);
        var v = x.toDoubles();
        var d = dy.toDoubles();
        var dx = new double[v.length];
        var y = new double[lines.n()];
        for (int i = 0; i < lines.count(); i++) {
            int start = lines.start(i);
            double product = 1;
            int zero = lines.n();
            for (int j = 0; j < lines.n(); j++) {
                double f = v[start + j * lines.stride()];
                zero = f == 0 && zero == lines.n() ? j : zero;
                y[j] = product *= f;
            }
            double sum = 0;
            for (int j = zero - 1; j >= 0; j--) {
                int at = start + j * lines.stride();
                sum += d[at] * y[j];
                dx[at] = sum / v[at];
            }
            if (zero < lines.n()) {
                double others = zero == 0 ? 1 : y[zero - 1];
                sum = 0;
                for (int j = zero; j < lines.n(); j++) {
                    others *= j == zero ? 1 : v[start + j * lines.stride()];
                    sum += d[start + j * lines.stride()] * others;
                }
                dx[start + zero * lines.stride()] = sum;
            }
        }
        return NdArray.rounded(x.dtype(), x.shape(), dx);
    }

    /// `ln Σ_{j ≤ i} e^xⱼ` (`j ≥ i` backward).
    static NdArray logCumsumExp(NdArray x, int axis, boolean backward) {
        x.requireFloat("logCumsumExp");
        var lines = Lines.of("logCumsumExp", x.shape(), axis);
        var y = NdArray.empty(x.dtype(), x.shape());
        Parallel.ranges(32L * x.size(), lines.count(), 1,
            (lo, hi) -> x.kernels().logScan(backward, lo, hi, lines.n(), lines.stride(), x.data(), y.data()));
        return y;
    }

    /// Index of the largest (smallest) element so far, the latest of equals; NaN wins.
    static NdArray argExtremeSoFar(String name, NdArray x, int axis, boolean largest) {
        x.requireFloat(name);
        var lines = Lines.of(name, x.shape(), axis);
        var y = NdArray.empty(DType.I32, x.shape());
        for (int i = 0; i < lines.count(); i++) {
            if (x.dtype() == DType.F32) {
                soFar(largest, x.floats(), lines.start(i), lines.n(), lines.stride(), y.ints());
            } else {
                soFar(largest, x.doubles(), lines.start(i), lines.n(), lines.stride(), y.ints());
            }
        }
        return y;
    }

    private static void soFar(boolean largest, float[] x, int start, int n, int stride, int... y) {
        float best = largest ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        int of = 0;
        for (int j = 0; j < n; j++) {
            float v = x[start + j * stride];
            if (v != v || (largest ? v >= best : v <= best)) {
                best = v;
                of = j;
            }
            y[start + j * stride] = of;
        }
    }

    private static void soFar(boolean largest, double[] x, int start, int n, int stride, int... y) {
        double best = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        int of = 0;
        for (int j = 0; j < n; j++) {
            double v = x[start + j * stride];
            if (v != v || (largest ? v >= best : v <= best)) {
                best = v;
                of = j;
            }
            y[start + j * stride] = of;
        }
    }
}
