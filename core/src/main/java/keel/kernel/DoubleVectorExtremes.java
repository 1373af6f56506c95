// Generated from FloatVectorExtremes.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.DoubleVectorSums.HEAD;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The largest and smallest elements, as of [DoubleSums]. Java's `max`, which orders zeros and lets NaN win, takes several
/// instructions; a comparison and a blend are two. So numbers are compared that way first, and once more only where that may
/// have given something else. `DoubleVectorExtremes` is generated from this file.
final class DoubleVectorExtremes {
    private DoubleVectorExtremes() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// Lane `j` takes lane `j + 8`, `+ 4`, `+ 2`, `+ 1` (modulo the length, where the result is not used).
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);
    /// Elements of a row that [DoubleVectorFour#extremes] is for: longer ones make up for what they cost beside them.
    private static final int SHORT = 256;

    /// Largest element; NaN wins, and +0 is larger than −0.
    static double max(double[] x, int xo, int n) {
        if (n < V) return DoubleSums.max(x, xo, n);
        double m = quickMax(x, xo, n);
        return m == m && m != 0 ? m : exactMax(x, xo, n);
    }

    /// Largest element; NaN where there is one, or perhaps one: sums of products of neighbours tell, with half an instruction a
    /// vector. The last vector reaches back over what was compared before. Where it is a zero, it may be the wrong one.
    private static double quickMax(double[] x, int xo, int n) {
        var a0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var s0 = DoubleVector.zero(S);
        var s1 = s0;
        int i = Math.min(HEAD, n);
        for (int j = 0; j < i; j += V) {
            var v = fromArray(S, x, xo + Math.min(j, n - V));
            a0 = a0.blend(v, v.compare(GT, a0));
            s0 = v.fma(v, s0);
        }
        int apart = (n - i) / 4 / V * V;
        for (int end = i + apart; i < end; i += V) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + apart);
            var v2 = fromArray(S, x, xo + i + 2 * apart);
            var v3 = fromArray(S, x, xo + i + 3 * apart);
            a0 = a0.blend(v0, v0.compare(GT, a0));
            a1 = a1.blend(v1, v1.compare(GT, a1));
            a2 = a2.blend(v2, v2.compare(GT, a2));
            a3 = a3.blend(v3, v3.compare(GT, a3));
            s0 = v0.fma(v1, s0);
            s1 = v2.fma(v3, s1);
        }
        for (i += 3 * apart; i < n; i += V) {
            var v = fromArray(S, x, xo + Math.min(i, n - V));
            a0 = a0.blend(v, v.compare(GT, a0));
            s0 = v.fma(v, s0);
        }
        s0 = s0.add(s1);
        if (s0.compare(NE, s0).anyTrue()) return Double.NaN;
        a0 = a0.blend(a1, a1.compare(GT, a0));
        a2 = a2.blend(a3, a3.compare(GT, a2));
        a0 = a0.blend(a2, a2.compare(GT, a0));
        if (V == 16) a0 = a0.blend(a0.rearrange(BY_8), a0.rearrange(BY_8).compare(GT, a0));
        if (V >= 8) a0 = a0.blend(a0.rearrange(BY_4), a0.rearrange(BY_4).compare(GT, a0));
        if (V >= 4) a0 = a0.blend(a0.rearrange(BY_2), a0.rearrange(BY_2).compare(GT, a0));
        return a0.blend(a0.rearrange(BY_1), a0.rearrange(BY_1).compare(GT, a0)).lane(0);
    }

    /// Smallest element; NaN wins, and +0 is larger than −0.
    static double min(double[] x, int xo, int n) {
        if (n < V) return DoubleSums.min(x, xo, n);
        double m = quickMin(x, xo, n);
        return m == m && m != 0 ? m : exactMin(x, xo, n);
    }

    /// Smallest element; NaN where there is one, or perhaps one: sums of products of neighbours tell, with half an instruction a
    /// vector. The last vector reaches back over what was compared before. Where it is a zero, it may be the wrong one.
    private static double quickMin(double[] x, int xo, int n) {
        var a0 = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var s0 = DoubleVector.zero(S);
        var s1 = s0;
        int i = Math.min(HEAD, n);
        for (int j = 0; j < i; j += V) {
            var v = fromArray(S, x, xo + Math.min(j, n - V));
            a0 = a0.blend(v, v.compare(LT, a0));
            s0 = v.fma(v, s0);
        }
        int apart = (n - i) / 4 / V * V;
        for (int end = i + apart; i < end; i += V) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + apart);
            var v2 = fromArray(S, x, xo + i + 2 * apart);
            var v3 = fromArray(S, x, xo + i + 3 * apart);
            a0 = a0.blend(v0, v0.compare(LT, a0));
            a1 = a1.blend(v1, v1.compare(LT, a1));
            a2 = a2.blend(v2, v2.compare(LT, a2));
            a3 = a3.blend(v3, v3.compare(LT, a3));
            s0 = v0.fma(v1, s0);
            s1 = v2.fma(v3, s1);
        }
        for (i += 3 * apart; i < n; i += V) {
            var v = fromArray(S, x, xo + Math.min(i, n - V));
            a0 = a0.blend(v, v.compare(LT, a0));
            s0 = v.fma(v, s0);
        }
        s0 = s0.add(s1);
        if (s0.compare(NE, s0).anyTrue()) return Double.NaN;
        a0 = a0.blend(a1, a1.compare(LT, a0));
        a2 = a2.blend(a3, a3.compare(LT, a2));
        a0 = a0.blend(a2, a2.compare(LT, a0));
        if (V == 16) a0 = a0.blend(a0.rearrange(BY_8), a0.rearrange(BY_8).compare(LT, a0));
        if (V >= 8) a0 = a0.blend(a0.rearrange(BY_4), a0.rearrange(BY_4).compare(LT, a0));
        if (V >= 4) a0 = a0.blend(a0.rearrange(BY_2), a0.rearrange(BY_2).compare(LT, a0));
        return a0.blend(a0.rearrange(BY_1), a0.rearrange(BY_1).compare(LT, a0)).lane(0);
    }

    /// Rows for [DoubleVectorFour#extremes].
    static boolean fit(int n) {
        return V == 16 && n >= V && n <= SHORT;
    }

    /// The largest (`sign` 1) or smallest (−1) of each of `width` columns of some rows. False where one of them is zero, or
    /// perhaps NaN, which products of neighbours tell, and where there are too few columns: then they are to be found in another
    /// way.
    static boolean ofRows(double sign, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        int last = width - V;
        if (last < 0) return false;
        for (int j = 0; j < width; j += 4 * V) {
            int j0 = Math.min(j, last);
            int j1 = Math.min(j + V, last);
            int j2 = Math.min(j + 2 * V, last);
            int j3 = Math.min(j + 3 * V, last);
            if (!ofFour(sign, x, xo, rows, inner, y, yo, j0, j1, j2, j3)) return false;
        }
        return true;
    }

    private static boolean ofFour(double sign, double[] x, int xo, int rows, int inner, double[] y, int yo, int j0, int j1, int j2,
            int j3) {
        var a0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var s0 = DoubleVector.zero(S);
        var s1 = s0;
        for (int i = 0; i < rows; i++) {
            int p = xo + i * inner;
            var v0 = fromArray(S, x, p + j0).mul(sign);
            var v1 = fromArray(S, x, p + j1).mul(sign);
            var v2 = fromArray(S, x, p + j2).mul(sign);
            var v3 = fromArray(S, x, p + j3).mul(sign);
            a0 = a0.blend(v0, v0.compare(GT, a0));
            a1 = a1.blend(v1, v1.compare(GT, a1));
            a2 = a2.blend(v2, v2.compare(GT, a2));
            a3 = a3.blend(v3, v3.compare(GT, a3));
            s0 = v0.fma(v1, s0);
            s1 = v2.fma(v3, s1);
        }
        a0.mul(sign).intoArray(y, yo + j0);
        a1.mul(sign).intoArray(y, yo + j1);
        a2.mul(sign).intoArray(y, yo + j2);
        a3.mul(sign).intoArray(y, yo + j3);
        s0 = s0.add(s1);
        var zero = a0.compare(EQ, 0.0).or(a1.compare(EQ, 0.0)).or(a2.compare(EQ, 0.0))
            .or(a3.compare(EQ, 0.0));
        return !s0.compare(NE, s0).or(zero).anyTrue();
    }

    /// Largest element; NaN wins, and +0 is larger than −0. `lanewise(MAX, …)` is called here and not inside `DoubleVector.max`,
    /// for its receiver is known by the profile of the caller: that of the rarely used `max` is sometimes not taken, and then
    /// each vector is an object.
    private static double exactMax(double[] x, int xo, int n) {
        var a0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        int i = 0;
        for (; i <= n - 4 * V; i += 4 * V) {
            a0 = a0.lanewise(MAX, fromArray(S, x, xo + i));
            a1 = a1.lanewise(MAX, fromArray(S, x, xo + i + V));
            a2 = a2.lanewise(MAX, fromArray(S, x, xo + i + 2 * V));
            a3 = a3.lanewise(MAX, fromArray(S, x, xo + i + 3 * V));
        }
        for (; i <= n - V; i += V) a0 = a0.lanewise(MAX, fromArray(S, x, xo + i));
        if (i < n) a1 = a1.lanewise(MAX, fromArray(S, x, xo + n - V));
        return a0.lanewise(MAX, a1).lanewise(MAX, a2.lanewise(MAX, a3)).reduceLanes(MAX);
    }

    /// Smallest element; NaN wins.
    private static double exactMin(double[] x, int xo, int n) {
        var a0 = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        int i = 0;
        for (; i <= n - 4 * V; i += 4 * V) {
            a0 = a0.lanewise(MIN, fromArray(S, x, xo + i));
            a1 = a1.lanewise(MIN, fromArray(S, x, xo + i + V));
            a2 = a2.lanewise(MIN, fromArray(S, x, xo + i + 2 * V));
            a3 = a3.lanewise(MIN, fromArray(S, x, xo + i + 3 * V));
        }
        for (; i <= n - V; i += V) a0 = a0.lanewise(MIN, fromArray(S, x, xo + i));
        if (i < n) a1 = a1.lanewise(MIN, fromArray(S, x, xo + n - V));
        return a0.lanewise(MIN, a1).lanewise(MIN, a2.lanewise(MIN, a3)).reduceLanes(MIN);
    }

    /// Largest element; passes over NaN, and does not tell zeros apart: a comparison and a blend a vector.
    static double largest(double[] x, int xo, int n) {
        var a0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
        var a1 = a0;
        int i = 0;
        for (; i <= n - 2 * V; i += 2 * V) {
            var v = fromArray(S, x, xo + i);
            a0 = a0.blend(v, v.compare(GT, a0));
            var w = fromArray(S, x, xo + i + V);
            a1 = a1.blend(w, w.compare(GT, a1));
        }
        if (n >= V) {
            if (i <= n - V) {
                var v = fromArray(S, x, xo + i);
                a0 = a0.blend(v, v.compare(GT, a0));
            }
            var w = fromArray(S, x, xo + n - V);
            a1 = a1.blend(w, w.compare(GT, a1));
        } else {
            double rest = n;
            double[] e = x;
            int eo = xo;
            if (eo > x.length - 16) {
                e = DoubleSums.end(x, eo, n, 0);
                eo = 0;
            }
            var v = fromArray(S, e, eo);
            a0 = a0.blend(v, v.compare(GT, a0).and(fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, rest)));
        }
        a0 = a0.blend(a1, a1.compare(GT, a0));
        if (V == 16) {
            var b = a0.rearrange(BY_8);
            a0 = a0.blend(b, b.compare(GT, a0));
        }
        if (V >= 8) {
            var b = a0.rearrange(BY_4);
            a0 = a0.blend(b, b.compare(GT, a0));
        }
        if (V >= 4) {
            var b = a0.rearrange(BY_2);
            a0 = a0.blend(b, b.compare(GT, a0));
        }
        var b = a0.rearrange(BY_1);
        return a0.blend(b, b.compare(GT, a0)).lane(0);
    }
}
