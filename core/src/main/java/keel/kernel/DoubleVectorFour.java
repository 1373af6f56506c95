// Generated from FloatVectorFour.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The sums in pairs of [DoubleVectorDeviations] for four lines at once, single sums and extremes of eight, at most a block
/// each: for vectors of 16 lanes only, where one line is one chain of additions that the adders wait for. The eight vectors of
/// sums fold together, half of them into the lanes that the other half has done with; each sum has the bits it has alone.
///
/// Whole vectors, what is left of a line, and the folds are methods of their own that hand the vectors over in memory: in one,
/// they are too large for the first compiler, and the second never sees them. What is left is the beginning of a vector that
/// reaches on, beyond the end of the array over a copy: loads under a mask have two ways, and where the compiler has seen but one
/// of them it makes objects of what they load.
final class DoubleVectorFour {
    private DoubleVectorFour() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int LANES = DoubleNorms.LANES;
    /// Lane `j` takes the lane that differs in one bit: both then hold the same sum.
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.fromOp(S, j -> (j ^ 8) % V);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.fromOp(S, j -> (j ^ 4) % V);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.fromOp(S, j -> (j ^ 2) % V);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.fromOp(S, j -> (j ^ 1) % V);
    /// Lanes with this bit.
    private static final VectorMask<Double> UPPER_8 = VectorMask.fromLong(S, 0xff00L);
    private static final VectorMask<Double> UPPER_4 = VectorMask.fromLong(S, 0xf0f0L);
    private static final VectorMask<Double> UPPER_2 = VectorMask.fromLong(S, 0xccccL);
    /// Both sums of line `r` lie in the lanes `4·(r & 1) + 2·(r >> 1)` and 8 on, and go to `2 r` and `2 r + 1`.
    private static final VectorShuffle<Double> ORDER = VectorShuffle.fromOp(S,
        j -> ((j & 1) * 8 + (j >> 1 & 1) * 4 + (j >> 2 & 1) * 2) % V);

    /// `Σ (x − a)`, `Σ (x − a)²`.
    static void deviations(double[] a, int ao, int da, double[] x, int xo, int step, int n, double[] out, int at) {
        deviationsWhole(a, ao, da, x, xo, step, n, out);
        if ((n & 15) != 0) deviationsEnds(a, ao, da, x, xo, step, n, out);
        fold(out, at);
    }

    private static void deviationsWhole(double[] a, int ao, int da, double[] x, int xo, int step, int n, double[] out) {
        double a0 = a[ao];
        double a1 = a[ao + da];
        double a2 = a[ao + 2 * da];
        double a3 = a[ao + 3 * da];
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var d0 = fromArray(S, x, xo + i).sub(a0);
            s0 = s0.add(d0);
            q0 = d0.fma(d0, q0);
            var d1 = fromArray(S, x, xo + i + step).sub(a1);
            s1 = s1.add(d1);
            q1 = d1.fma(d1, q1);
            var d2 = fromArray(S, x, xo + i + 2 * step).sub(a2);
            s2 = s2.add(d2);
            q2 = d2.fma(d2, q2);
            var d3 = fromArray(S, x, xo + i + 3 * step).sub(a3);
            s3 = s3.add(d3);
            q3 = d3.fma(d3, q3);
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    private static void deviationsEnds(double[] a, int ao, int da, double[] x, int xo, int step, int n, double[] out) {
        double count = n & 15;
        var rest = fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, count);
        for (int r = 0, i = n & -16; r < 4; r++, i += step) {
            double[] e = x;
            int p = xo + i;
            if (p > x.length - 16) {
                e = DoubleSums.end(x, p, n & 15, 0);
                p = 0;
            }
            var d = fromArray(S, e, p).sub(a[ao + r * da]);
            var s = fromArray(S, out, LANES + 32 * r);
            s.blend(s.add(d), rest).intoArray(out, LANES + 32 * r);
            var q = fromArray(S, out, LANES + 32 * r + 16);
            q.blend(d.fma(d, q), rest).intoArray(out, LANES + 32 * r + 16);
        }
    }

    /// `Σ z`, `Σ (x − a)·z`.
    static void slopes(double[] a, int ao, int da, double[] x, int xo, double[] z, int zo, int step, int n,
            double[] out, int at) {
        slopesWhole(a, ao, da, x, xo, z, zo, step, n, out);
        if ((n & 15) != 0) slopesEnds(a, ao, da, x, xo, z, zo, step, n, out);
        fold(out, at);
    }

    private static void slopesWhole(double[] a, int ao, int da, double[] x, int xo, double[] z, int zo, int step,
            int n, double[] out) {
        double a0 = a[ao];
        double a1 = a[ao + da];
        double a2 = a[ao + 2 * da];
        double a3 = a[ao + 3 * da];
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var z0 = fromArray(S, z, zo + i);
            var d0 = fromArray(S, x, xo + i).sub(a0);
            s0 = s0.add(z0);
            q0 = d0.fma(z0, q0);
            var z1 = fromArray(S, z, zo + i + step);
            var d1 = fromArray(S, x, xo + i + step).sub(a1);
            s1 = s1.add(z1);
            q1 = d1.fma(z1, q1);
            var z2 = fromArray(S, z, zo + i + 2 * step);
            var d2 = fromArray(S, x, xo + i + 2 * step).sub(a2);
            s2 = s2.add(z2);
            q2 = d2.fma(z2, q2);
            var z3 = fromArray(S, z, zo + i + 3 * step);
            var d3 = fromArray(S, x, xo + i + 3 * step).sub(a3);
            s3 = s3.add(z3);
            q3 = d3.fma(z3, q3);
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    private static void slopesEnds(double[] a, int ao, int da, double[] x, int xo, double[] z, int zo, int step, int n,
            double[] out) {
        double count = n & 15;
        var rest = fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, count);
        for (int r = 0, i = n & -16; r < 4; r++, i += step) {
            double[] e = x;
            int p = xo + i;
            if (p > x.length - 16) {
                e = DoubleSums.end(x, p, n & 15, 0);
                p = 0;
            }
            double[] f = z;
            int o = zo + i;
            if (o > z.length - 16) {
                f = DoubleSums.end(z, o, n & 15, 16);
                o = 16;
            }
            var g = fromArray(S, f, o);
            var d = fromArray(S, e, p).sub(a[ao + r * da]);
            var s = fromArray(S, out, LANES + 32 * r);
            s.blend(s.add(g), rest).intoArray(out, LANES + 32 * r);
            var q = fromArray(S, out, LANES + 32 * r + 16);
            q.blend(d.fma(g, q), rest).intoArray(out, LANES + 32 * r + 16);
        }
    }

    /// `Σ z·w`, `Σ (x − a)·(z·w)` of four rows.
    static void weighted(double[] a, int ao, double[] x, int xo, double[] w, int wo, double[] z, int zo, int n,
            double[] out, int at) {
        weightedWhole(a, ao, x, xo, w, wo, z, zo, n, out);
        if ((n & 15) != 0) weightedEnds(a, ao, x, xo, w, wo, z, zo, n, out);
        fold(out, at);
    }

    private static void weightedWhole(double[] a, int ao, double[] x, int xo, double[] w, int wo, double[] z, int zo,
            int n, double[] out) {
        double a0 = a[ao];
        double a1 = a[ao + 1];
        double a2 = a[ao + 2];
        double a3 = a[ao + 3];
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var f = fromArray(S, w, wo + i);
            var z0 = fromArray(S, z, zo + i).mul(f);
            var d0 = fromArray(S, x, xo + i).sub(a0);
            s0 = s0.add(z0);
            q0 = d0.fma(z0, q0);
            var z1 = fromArray(S, z, zo + i + n).mul(f);
            var d1 = fromArray(S, x, xo + i + n).sub(a1);
            s1 = s1.add(z1);
            q1 = d1.fma(z1, q1);
            var z2 = fromArray(S, z, zo + i + 2 * n).mul(f);
            var d2 = fromArray(S, x, xo + i + 2 * n).sub(a2);
            s2 = s2.add(z2);
            q2 = d2.fma(z2, q2);
            var z3 = fromArray(S, z, zo + i + 3 * n).mul(f);
            var d3 = fromArray(S, x, xo + i + 3 * n).sub(a3);
            s3 = s3.add(z3);
            q3 = d3.fma(z3, q3);
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    private static void weightedEnds(double[] a, int ao, double[] x, int xo, double[] w, int wo, double[] z, int zo, int n,
            double[] out) {
        double count = n & 15;
        var rest = fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, count);
        double[] h = w;
        int ho = wo + (n & -16);
        if (ho > w.length - 16) {
            h = DoubleSums.end(w, ho, n & 15, 32);
            ho = 32;
        }
        var v = fromArray(S, h, ho);
        for (int r = 0, i = n & -16; r < 4; r++, i += n) {
            double[] e = x;
            int p = xo + i;
            if (p > x.length - 16) {
                e = DoubleSums.end(x, p, n & 15, 0);
                p = 0;
            }
            double[] f = z;
            int o = zo + i;
            if (o > z.length - 16) {
                f = DoubleSums.end(z, o, n & 15, 16);
                o = 16;
            }
            var g = fromArray(S, f, o).mul(v);
            var d = fromArray(S, e, p).sub(a[ao + r]);
            var s = fromArray(S, out, LANES + 32 * r);
            s.blend(s.add(g), rest).intoArray(out, LANES + 32 * r);
            var q = fromArray(S, out, LANES + 32 * r + 16);
            q.blend(d.fma(g, q), rest).intoArray(out, LANES + 32 * r + 16);
        }
    }

    /// `Σ x·z` of eight lines, of at least a vector each.
    static void dots(double[] x, int xo, double[] z, int zo, int step, int n, double[] out, int at) {
        dotsWhole(x, xo, z, zo, step, n, out);
        if ((n & 15) != 0) dotsEnds(x, xo, z, zo, step, n, out);
        fold(out, at);
    }

    private static void dotsWhole(double[] x, int xo, double[] z, int zo, int step, int n, double[] out) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            s0 = fromArray(S, x, xo + i).fma(fromArray(S, z, zo + i), s0);
            q0 = fromArray(S, x, xo + i + step).fma(fromArray(S, z, zo + i + step), q0);
            s1 = fromArray(S, x, xo + i + 2 * step).fma(fromArray(S, z, zo + i + 2 * step), s1);
            q1 = fromArray(S, x, xo + i + 3 * step).fma(fromArray(S, z, zo + i + 3 * step), q1);
            s2 = fromArray(S, x, xo + i + 4 * step).fma(fromArray(S, z, zo + i + 4 * step), s2);
            q2 = fromArray(S, x, xo + i + 5 * step).fma(fromArray(S, z, zo + i + 5 * step), q2);
            s3 = fromArray(S, x, xo + i + 6 * step).fma(fromArray(S, z, zo + i + 6 * step), s3);
            q3 = fromArray(S, x, xo + i + 7 * step).fma(fromArray(S, z, zo + i + 7 * step), q3);
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    /// `Σ x²` of eight lines, of at least a vector each: their [#dots] with themselves, but no number is loaded twice.
    static void squares(double[] x, int xo, int step, int n, double[] out, int at) {
        squaresWhole(x, xo, step, n, out);
        if ((n & 15) != 0) dotsEnds(x, xo, x, xo, step, n, out);
        fold(out, at);
    }

    private static void squaresWhole(double[] x, int xo, int step, int n, double[] out) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + step);
            var v2 = fromArray(S, x, xo + i + 2 * step);
            var v3 = fromArray(S, x, xo + i + 3 * step);
            var v4 = fromArray(S, x, xo + i + 4 * step);
            var v5 = fromArray(S, x, xo + i + 5 * step);
            var v6 = fromArray(S, x, xo + i + 6 * step);
            var v7 = fromArray(S, x, xo + i + 7 * step);
            s0 = v0.fma(v0, s0);
            q0 = v1.fma(v1, q0);
            s1 = v2.fma(v2, s1);
            q1 = v3.fma(v3, q1);
            s2 = v4.fma(v4, s2);
            q2 = v5.fma(v5, q2);
            s3 = v6.fma(v6, s3);
            q3 = v7.fma(v7, q3);
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    private static void dotsEnds(double[] x, int xo, double[] z, int zo, int step, int n, double[] out) {
        double count = n & 15;
        var rest = fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, count);
        for (int r = 0, i = n & -16; r < 8; r++, i += step) {
            var q = fromArray(S, out, LANES + 16 * r);
            double[] e = x;
            int p = xo + i;
            if (p > x.length - 16) {
                e = DoubleSums.end(x, p, n & 15, 0);
                p = 0;
            }
            double[] f = z;
            int o = zo + i;
            if (o > z.length - 16) {
                f = DoubleSums.end(z, o, n & 15, 16);
                o = 16;
            }
            q.blend(fromArray(S, e, p).fma(fromArray(S, f, o), q), rest).intoArray(out, LANES + 16 * r);
        }
    }

    /// `Σ x` of eight lines, of at least a vector each.
    static void sums(double[] x, int xo, int step, int n, double[] out, int at) {
        sumsWhole(x, xo, step, n, out);
        if ((n & 15) != 0) sumsEnds(x, xo, step, n, out);
        fold(out, at);
    }

    private static void sumsWhole(double[] x, int xo, int step, int n, double[] out) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            s0 = s0.add(fromArray(S, x, xo + i));
            q0 = q0.add(fromArray(S, x, xo + i + step));
            s1 = s1.add(fromArray(S, x, xo + i + 2 * step));
            q1 = q1.add(fromArray(S, x, xo + i + 3 * step));
            s2 = s2.add(fromArray(S, x, xo + i + 4 * step));
            q2 = q2.add(fromArray(S, x, xo + i + 5 * step));
            s3 = s3.add(fromArray(S, x, xo + i + 6 * step));
            q3 = q3.add(fromArray(S, x, xo + i + 7 * step));
        }
        s0.intoArray(out, LANES + 0);
        q0.intoArray(out, LANES + 16);
        s1.intoArray(out, LANES + 32);
        q1.intoArray(out, LANES + 48);
        s2.intoArray(out, LANES + 64);
        q2.intoArray(out, LANES + 80);
        s3.intoArray(out, LANES + 96);
        q3.intoArray(out, LANES + 112);
    }

    private static void sumsEnds(double[] x, int xo, int step, int n, double[] out) {
        double count = n & 15;
        var rest = fromArray(S, DoubleSums.NUMBERS, 0).compare(LT, count);
        for (int r = 0, i = n & -16; r < 8; r++, i += step) {
            var s = fromArray(S, out, LANES + 16 * r);
            double[] e = x;
            int p = xo + i;
            if (p > x.length - 16) {
                e = DoubleSums.end(x, p, n & 15, 0);
                p = 0;
            }
            s.blend(s.add(fromArray(S, e, p)), rest).intoArray(out, LANES + 16 * r);
        }
    }

    private static void fold(double[] out, int at) {
        var s0 = fromArray(S, out, LANES + 0);
        var q0 = fromArray(S, out, LANES + 16);
        var s1 = fromArray(S, out, LANES + 32);
        var q1 = fromArray(S, out, LANES + 48);
        var s2 = fromArray(S, out, LANES + 64);
        var q2 = fromArray(S, out, LANES + 80);
        var s3 = fromArray(S, out, LANES + 96);
        var q3 = fromArray(S, out, LANES + 112);
        var t0 = s0.add(s0.rearrange(BY_8)).blend(q0.add(q0.rearrange(BY_8)), UPPER_8);
        var t1 = s1.add(s1.rearrange(BY_8)).blend(q1.add(q1.rearrange(BY_8)), UPPER_8);
        var t2 = s2.add(s2.rearrange(BY_8)).blend(q2.add(q2.rearrange(BY_8)), UPPER_8);
        var t3 = s3.add(s3.rearrange(BY_8)).blend(q3.add(q3.rearrange(BY_8)), UPPER_8);
        var u0 = t0.add(t0.rearrange(BY_4)).blend(t1.add(t1.rearrange(BY_4)), UPPER_4);
        var u1 = t2.add(t2.rearrange(BY_4)).blend(t3.add(t3.rearrange(BY_4)), UPPER_4);
        var v = u0.add(u0.rearrange(BY_2)).blend(u1.add(u1.rearrange(BY_2)), UPPER_2);
        v.add(v.rearrange(BY_1)).rearrange(ORDER).intoArray(out, at);
    }

    /// The largest (`sign` 1) or smallest (−1) of each of eight rows of `n` elements, to eight of sixteen places of `y`; false
    /// as for [DoubleVectorExtremes#ofRows]. One row alone is a few loops that end at once, and a fold as long.
    static boolean extremes(double sign, double[] x, int xo, int n, double[] y, int yo) {
        int p0 = xo;
        int p1 = xo + n;
        int p2 = xo + 2 * n;
        int p3 = xo + 3 * n;
        int p4 = xo + 4 * n;
        int p5 = xo + 5 * n;
        int p6 = xo + 6 * n;
        int p7 = xo + 7 * n;
        var a0 = broadcast(S, Double.NEGATIVE_INFINITY);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var a4 = a0;
        var a5 = a0;
        var a6 = a0;
        var a7 = a0;
        var s0 = zero(S);
        var s1 = s0;
        for (int i = 0; i < n; i += V) {
            int j = Math.min(i, n - V);
            var v0 = fromArray(S, x, p0 + j).mul(sign);
            var v1 = fromArray(S, x, p1 + j).mul(sign);
            var v2 = fromArray(S, x, p2 + j).mul(sign);
            var v3 = fromArray(S, x, p3 + j).mul(sign);
            var v4 = fromArray(S, x, p4 + j).mul(sign);
            var v5 = fromArray(S, x, p5 + j).mul(sign);
            var v6 = fromArray(S, x, p6 + j).mul(sign);
            var v7 = fromArray(S, x, p7 + j).mul(sign);
            a0 = a0.blend(v0, v0.compare(GT, a0));
            a1 = a1.blend(v1, v1.compare(GT, a1));
            a2 = a2.blend(v2, v2.compare(GT, a2));
            a3 = a3.blend(v3, v3.compare(GT, a3));
            a4 = a4.blend(v4, v4.compare(GT, a4));
            a5 = a5.blend(v5, v5.compare(GT, a5));
            a6 = a6.blend(v6, v6.compare(GT, a6));
            a7 = a7.blend(v7, v7.compare(GT, a7));
            s0 = v0.fma(v1, s0);
            s1 = v2.fma(v3, s1);
            s0 = v4.fma(v5, s0);
            s1 = v6.fma(v7, s1);
        }
        DoubleVector t;
        t = a1.blend(a0, UPPER_8).rearrange(BY_8);
        a0 = a0.blend(a1, UPPER_8);
        a0 = a0.blend(t, t.compare(GT, a0));
        t = a3.blend(a2, UPPER_8).rearrange(BY_8);
        a2 = a2.blend(a3, UPPER_8);
        a2 = a2.blend(t, t.compare(GT, a2));
        t = a5.blend(a4, UPPER_8).rearrange(BY_8);
        a4 = a4.blend(a5, UPPER_8);
        a4 = a4.blend(t, t.compare(GT, a4));
        t = a7.blend(a6, UPPER_8).rearrange(BY_8);
        a6 = a6.blend(a7, UPPER_8);
        a6 = a6.blend(t, t.compare(GT, a6));
        t = a2.blend(a0, UPPER_4).rearrange(BY_4);
        a0 = a0.blend(a2, UPPER_4);
        a0 = a0.blend(t, t.compare(GT, a0));
        t = a6.blend(a4, UPPER_4).rearrange(BY_4);
        a4 = a4.blend(a6, UPPER_4);
        a4 = a4.blend(t, t.compare(GT, a4));
        t = a4.blend(a0, UPPER_2).rearrange(BY_2);
        a0 = a0.blend(a4, UPPER_2);
        a0 = a0.blend(t, t.compare(GT, a0));
        t = a0.rearrange(BY_1);
        a0 = a0.blend(t, t.compare(GT, a0));
        a0.mul(sign).rearrange(ORDER).intoArray(y, yo);
        s0 = s0.add(s1);
        return !s0.compare(NE, s0).or(a0.compare(EQ, 0.0)).anyTrue();
    }
}
