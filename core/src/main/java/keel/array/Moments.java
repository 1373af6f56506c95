package keel.array;

import keel.kernel.Parallel;

/// Variance and standard deviation over axes: sums of deviations from a guess of the mean, one pass, as normalization takes
/// them. What they overflow on or lose to denormal numbers is taken again in double, scaled.
final class Moments {
    private Moments() {}

    static NdArray variance(NdArray x, double correction, boolean keepAxes, int... axes) {
        return spread("variance", false, x, correction, keepAxes, axes);
    }

    static NdArray deviation(NdArray x, double correction, boolean keepAxes, int... axes) {
        return spread("std", true, x, correction, keepAxes, axes);
    }

    private static NdArray spread(String name, boolean root, NdArray x, double correction, boolean keepAxes, int... axes) {
        x.requireFloat(name);
        var flags = Reductions.flags(name, x.shape(), axes);
        var kept = x.shape().reduced(name, axes);
        int n = x.shape().countOver(name, axes);
        double freedom = Math.max(0, n - correction);
        var y = NdArray.zeros(x.dtype(), kept);
        if (n > 0 && y.size() > 0) {
            biased(x, y, flags);
        }
        if (!finish(root, y, n, freedom)) {
            again(root, x, y, flags, freedom);
        }
        return y.reshape(keepAxes ? kept : Reductions.drop(x.shape(), flags));
    }

    // The kernels take one run of axes, or the first and the last axes; other choices are moved behind the rest.
    private static void biased(NdArray x, NdArray y, boolean... flags) {
        int rank = flags.length;
        int lo = 0;
        while (lo < rank && !flags[lo]) {
            lo++;
        }
        int hi = lo;
        while (hi < rank && flags[hi]) {
            hi++;
        }
        int next = hi;
        while (next < rank && !flags[next]) {
            next++;
        }
        int last = next;
        while (last < rank && flags[last]) {
            last++;
        }
        var shape = x.shape();
        int n = shape.product(lo, hi);
        int inner = shape.product(hi, rank);
        if (next == rank) {
            int outer = shape.product(0, lo);
            if (inner == 1) {
                moments(x, 1, n, y);
            } else {
                moments(x, outer, n, inner, y);
            }
        } else if (lo == 0 && last == rank) {
            moments(x, n, shape.product(next, rank), y);
        } else {
            moments(Norms.reducedLast(x, flags), 1, x.size() / y.size(), y);
        }
    }

    /// Of each channel of `(outer, channels, inner)`.
    private static void moments(NdArray x, int outer, int inner, NdArray y) {
        var mean = NdArray.empty(x.dtype(), y.shape());
        var k = x.kernels();
        if (outer > 1) {
            k.moments(x.data(), 0, outer, y.size(), inner, mean.data(), y.data(), 0);
        } else {
            Parallel.ranges(x.size(), y.size(), 1, (from, to) -> k.moments(x.data(), from * inner, 1, to - from, inner,
                mean.data(), y.data(), from));
        }
    }

    /// Of each column of `outer` blocks of `(n, inner)`.
    private static void moments(NdArray x, int outer, int n, int inner, NdArray y) {
        var mean = NdArray.empty(x.dtype(), y.shape());
        var k = x.kernels();
        Parallel.ranges(x.size(), outer, 1, (from, to) -> {
            for (int i = from; i < to; i++) {
                k.moments(x.data(), i * n * inner, n, inner, 1, mean.data(), y.data(), i * inner);
            }
        });
    }

    // Biased variances become what is wanted; false, and nothing done, if some cannot be trusted.
    private static boolean finish(boolean root, NdArray y, int n, double freedom) {
        var k = y.kernels();
        for (int i = 0; i < y.size() && n > 1; i++) {
            if (!Norms.isSafe(y.dtype(), k.get(y.data(), i))) {
                return false;
            }
        }
        double factor = n == 0 ? 1 / freedom : n / freedom;
        for (int i = 0; i < y.size(); i++) {
            double v = k.get(y.data(), i) * factor;
            k.set(y.data(), i, root ? Math.sqrt(v) : v);
        }
        return true;
    }

    private static void again(boolean root, NdArray x, NdArray y, boolean[] flags, double freedom) {
        var rows = Norms.reducedLast(x, flags);
        var line = new double[x.size() / y.size()];
        for (int i = 0; i < y.size(); i++) {
            double biased = Elements.element(y, i);
            if (Norms.isSafe(x.dtype(), biased)) {
                double v = biased * (line.length / freedom);
                Elements.set(y, i, root ? Math.sqrt(v) : v);
            } else {
                double s = deviation(freedom, Norms.line(rows, i, line));
                Elements.set(y, i, root ? s : s * s);
            }
        }
    }

    /// `√(Σ(x − mean)²/freedom)`, written over `v`.
    private static double deviation(double freedom, double... v) {
        boolean differ = false;
        for (int i = 1; i < v.length && !differ; i++) {
            differ = v[i] != v[0];
        }
        double mean = differ ? 0 : v[0]; // the mean of equals, which a sum might miss
        for (int i = 0; i < v.length && differ; i++) {
            mean += v[i] / v.length; // a share each: the sum of what can be stored may overflow
        }
        for (int i = 0; i < v.length; i++) {
            v[i] -= mean;
        }
        return Norms.norm(v) / Math.sqrt(freedom);
    }
}
