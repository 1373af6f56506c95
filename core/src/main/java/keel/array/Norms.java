package keel.array;

import keel.kernel.Reduce;

/// Norms over axes. Squares are summed in the type of the elements; a sum that may have lost something to overflow or to
/// denormal numbers is taken again in double and scaled by a power of two, so that a norm overflows only if its true value does.
final class Norms {
    private Norms() {}

    static NdArray norm(NdArray x, double p, boolean keepAxes, int... axes) {
        x.requireFloat("norm");
        if (Double.isNaN(p)) {
            throw new IllegalArgumentException("norm: the order is NaN; give a number or an infinity");
        }
        var flags = Reductions.flags("norm", x.shape(), axes);
        if (p < 0 || p == Double.POSITIVE_INFINITY) {
            Reductions.requireElements("norm", x.shape(), flags);
        }
        if (p == 0) {
            return x.countNonZero(keepAxes, axes).cast(x.dtype());
        }
        if (p == 1 || Double.isInfinite(p)) {
            var a = x.abs();
            var y = Reductions.reduce("norm", p == 1 ? Reduce.SUM : p > 0 ? Reduce.MAX : Reduce.MIN, a, keepAxes, axes);
            a.release();
            return y;
        }
        var kept = x.shape().reduced("norm", axes);
        var y = p == 2 ? euclidean(x, kept, flags, axes) : powers(x, p, axes);
        return y.reshape(keepAxes ? kept : Reductions.drop(x.shape(), flags));
    }

    private static NdArray euclidean(NdArray x, Shape kept, boolean[] flags, int... axes) {
        var y = Reductions.reduce("norm", Reduce.SUM_SQUARES, x, true, axes);
        var k = x.kernels();
        boolean safe = true;
        for (int i = 0; i < y.size() && safe; i++) {
            safe = isSafe(x.dtype(), k.get(y.data(), i));
        }
        if (safe) {
            return y.sqrtInPlace();
        }
        var rows = reducedLast(x, flags);
        var line = new double[x.size() / kept.size()];
        for (int i = 0; i < y.size(); i++) {
            double s = k.get(y.data(), i);
            k.set(y.data(), i, isSafe(x.dtype(), s) ? Math.sqrt(s) : norm(line(rows, i, line)));
        }
        return y;
    }

    /// Whether a sum of squares, or a mean of some, is neither infinite nor so small that squares which vanished could matter.
    static boolean isSafe(DType dtype, double squares) {
        return squares >= (dtype == DType.F32 ? 0x1p-90 : 0x1p-960) && squares < Double.POSITIVE_INFINITY;
    }

    // Powers of what is at most 1: magnitudes by the largest, or, where the order is negative, the smallest by them.
    private static NdArray powers(NdArray x, double p, int... axes) {
        if (x.size() == 0) {
            return NdArray.zeros(x.dtype(), x.shape().reduced("norm", axes));
        }
        var a = x.abs();
        var extreme = p > 0 ? a.max(true, axes) : a.min(true, axes);
        var one = NdArray.ones(x.dtype());
        var scale = NdArray.where(extreme.gt(0).and(extreme.lt(Double.POSITIVE_INFINITY)), extreme, one);
        return a.div(scale).pow(p).sum(true, axes).pow(1 / p).mul(scale);
    }

    /// The elements of x with the axes that are reduced behind the others: a row for each element of the result.
    static NdArray reducedLast(NdArray x, boolean... reduced) {
        var order = new int[reduced.length];
        int n = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < order.length; i++) {
                if (reduced[i] == (pass == 1)) {
                    order[n++] = i;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            if (order[i] != i) {
                return x.permute(order);
            }
        }
        return x;
    }

    /// Row `i` of as many elements as `to` holds.
    static double[] line(NdArray rows, int i, double... to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = Elements.element(rows, i * to.length + j);
        }
        return to;
    }

    /// `√Σx²`, scaled.
    static double norm(double... v) {
        double largest = 0;
        for (double x : v) {
            largest = Math.max(largest, Math.abs(x));
        }
        boolean scaled = largest > 0 && largest < Double.POSITIVE_INFINITY;
        double scale = scaled ? Math.scalb(1.0, Math.max(Math.getExponent(largest), Double.MIN_EXPONENT)) : 1;
        double sum = 0;
        for (double x : v) {
            sum += x / scale * (x / scale);
        }
        return scale * Math.sqrt(sum);
    }
}
