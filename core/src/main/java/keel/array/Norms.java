package keel.array;

import java.util.Arrays;

/// Norms over axes, accumulated in double and scaled by a power of two, so that one overflows only if its true value does.
final class Norms {
    private Norms() {}

    static NdArray norm(NdArray x, double p, boolean keepAxes, int... axes) {
        x.requireFloat("norm");
        if (Double.isNaN(p)) {
            throw new IllegalArgumentException("norm: the order is NaN; give a number or an infinity");
        }
        var flags = Reductions.flags("norm", x.shape(), axes);
        var kept = x.shape().reduced("norm", axes);
        if (p < 0 || p == Double.POSITIVE_INFINITY) {
            Reductions.requireElements("norm", x.shape(), flags);
        }
        var v = x.toDoubles();
        var to = Reductions.targets(x.shape(), kept);
        var y = Double.isInfinite(p) ? extreme(v, to, kept.size(), p > 0) : sum(v, to, kept.size(), p);
        return NdArray.rounded(x.dtype(), keepAxes ? kept : Reductions.drop(x.shape(), flags), y);
    }

    /// `√(Σ(x − mean)²/(n − correction))`, the mean in double too.
    static NdArray deviation(NdArray x, double correction, boolean keepAxes, int... axes) {
        x.requireFloat("std");
        var kept = x.shape().reduced("std", axes);
        var v = x.toDoubles();
        var to = Reductions.targets(x.shape(), kept);
        double n = x.shape().countOver("std", axes);
        var mean = new double[kept.size()];
        for (int i = 0; i < v.length; i++) {
            mean[to[i]] += v[i] / n; // a share each: the sum of what can be stored may overflow
        }
        for (int i = 0; i < v.length; i++) {
            v[i] -= mean[to[i]];
        }
        var y = sum(v, to, kept.size(), 2);
        for (int i = 0; i < y.length; i++) {
            y[i] /= Math.sqrt(Math.max(0, n - correction));
        }
        var shape = keepAxes ? kept : Reductions.drop(x.shape(), Reductions.flags("std", x.shape(), axes));
        return NdArray.rounded(x.dtype(), shape, y);
    }

    private static double[] extreme(double[] v, int[] to, int size, boolean largest) {
        var y = new double[size];
        Arrays.fill(y, largest ? 0 : Double.POSITIVE_INFINITY);
        for (int i = 0; i < v.length; i++) {
            y[to[i]] = largest ? Math.max(y[to[i]], Math.abs(v[i])) : Math.min(y[to[i]], Math.abs(v[i]));
        }
        return y;
    }

    private static double[] sum(double[] v, int[] to, int size, double p) {
        var largest = extreme(v, to, size, true);
        var scale = new double[size];
        for (int i = 0; i < size; i++) {
            boolean scaled = p > 0 && largest[i] > 0 && largest[i] < Double.POSITIVE_INFINITY;
            scale[i] = scaled ? Math.scalb(1.0, Math.max(Math.getExponent(largest[i]), Double.MIN_EXPONENT)) : 1;
        }
        var y = new double[size];
        for (int i = 0; i < v.length; i++) {
            y[to[i]] += power(Math.abs(v[i]) / scale[to[i]], p);
        }
        for (int i = 0; i < size && p != 0; i++) {
            y[i] = scale[i] * (p == 2 ? Math.sqrt(y[i]) : p == 1 ? y[i] : StrictMath.pow(y[i], 1 / p));
        }
        return y;
    }

    // |x|ᵖ, for p = 0 whether it is not 0
    private static double power(double a, double p) {
        return p == 2 ? a * a : p == 1 ? a : p == 0 ? a == 0 ? 0 : 1 : StrictMath.pow(a, p);
    }
}
