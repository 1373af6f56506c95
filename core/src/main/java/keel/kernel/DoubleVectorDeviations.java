// Generated from FloatVectorDeviations.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The sums in pairs that normalization is made of, each with the bits of [DoubleSums], made as those of [DoubleVectorSums]: two
/// chains side by side in one loop cost what one of them costs. `out[at]` and `out[at + 1]` take a pair, what follows is for
/// pairs of the tree that wait.
final class DoubleVectorDeviations {
    private DoubleVectorDeviations() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int BLOCK = Kernels.BLOCK;
    private static final double[] NUMBERS = DoubleSums.NUMBERS;
    /// Lane `j` takes lane `j + 8`, `+ 4`, `+ 2`, `+ 1`: the halves that fold (modulo the length, where the result is not used).
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);

    /// `Σ (x − a)`, `Σ (x − a)²`.
    static void deviations(double a, double[] x, int xo, int n, double[] out, int at) {
        if (n <= BLOCK) {
            deviationsBlock(a, x, xo, n, out, at);
            return;
        }
        int left = DoubleSums.leftHalf(n);
        deviations(a, x, xo, left, out, at);
        deviations(a, x, xo + left, n - left, out, at + 2);
        join(out, at);
    }

    /// `Σ z`, `Σ (x − a)·z`.
    static void slopes(double a, double[] x, int xo, double[] z, int zo, int n, double[] out, int at) {
        if (n <= BLOCK) {
            slopesBlock(a, x, xo, z, zo, n, out, at);
            return;
        }
        int left = DoubleSums.leftHalf(n);
        slopes(a, x, xo, z, zo, left, out, at);
        slopes(a, x, xo + left, z, zo + left, n - left, out, at + 2);
        join(out, at);
    }

    /// `Σ z·w`, `Σ (x − a)·(z·w)`.
    static void slopes(double a, double[] x, int xo, double[] w, int wo, double[] z, int zo, int n, double[] out, int at) {
        if (n <= BLOCK) {
            weightedBlock(a, x, xo, w, wo, z, zo, n, out, at);
            return;
        }
        int left = DoubleSums.leftHalf(n);
        slopes(a, x, xo, w, wo, z, zo, left, out, at);
        slopes(a, x, xo + left, w, wo + left, z, zo + left, n - left, out, at + 2);
        join(out, at);
    }

    private static void join(double[] out, int at) {
        out[at] += out[at + 2];
        out[at + 1] += out[at + 3];
    }

    /// `Σ (x − a)`, `Σ (x − a)²`, at most one block.
    private static void deviationsBlock(double a, double[] x, int xo, int n, double[] out, int at) {
        if (V < 4) {
            out[at] = DoubleSums.deviation(a, x, xo, n);
            out[at + 1] = DoubleSums.squaredDeviation(a, x, xo, n);
            return;
        }
        double rest = n & 15;
        double[] e = x;
        int eo = xo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = DoubleSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        var s0 = zero(S);
        var s1 = zero(S);
        var s2 = zero(S);
        var s3 = zero(S);
        var q0 = zero(S);
        var q1 = zero(S);
        var q2 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var d0 = fromArray(S, x, xo + i).sub(a);
            s0 = s0.add(d0);
            q0 = d0.fma(d0, q0);
            if (V <= 8) {
                var d1 = fromArray(S, x, xo + i + V).sub(a);
                s1 = s1.add(d1);
                q1 = d1.fma(d1, q1);
            }
            if (V == 4) {
                var d2 = fromArray(S, x, xo + i + 2 * V).sub(a);
                s2 = s2.add(d2);
                q2 = d2.fma(d2, q2);
                var d3 = fromArray(S, x, xo + i + 3 * V).sub(a);
                s3 = s3.add(d3);
                q3 = d3.fma(d3, q3);
            }
        }
        if (rest > 0) {
            var m0 = fromArray(S, NUMBERS, 0).compare(LT, rest);
            var d0 = fromArray(S, e, eo).sub(a);
            s0 = s0.blend(s0.add(d0), m0);
            q0 = q0.blend(d0.fma(d0, q0), m0);
            if (V <= 8) {
                var m1 = fromArray(S, NUMBERS, V).compare(LT, rest);
                var d1 = fromArray(S, e, eo + V).sub(a);
                s1 = s1.blend(s1.add(d1), m1);
                q1 = q1.blend(d1.fma(d1, q1), m1);
            }
            if (V == 4) {
                var m2 = fromArray(S, NUMBERS, 2 * V).compare(LT, rest);
                var d2 = fromArray(S, e, eo + 2 * V).sub(a);
                s2 = s2.blend(s2.add(d2), m2);
                q2 = q2.blend(d2.fma(d2, q2), m2);
                var m3 = fromArray(S, NUMBERS, 3 * V).compare(LT, rest);
                var d3 = fromArray(S, e, eo + 3 * V).sub(a);
                s3 = s3.blend(s3.add(d3), m3);
                q3 = q3.blend(d3.fma(d3, q3), m3);
            }
        }
        if (V == 4) {
            s0 = s0.add(s2);
            s1 = s1.add(s3);
            q0 = q0.add(q2);
            q1 = q1.add(q3);
        }
        if (V <= 8) s0 = s0.add(s1);
        if (V == 16) s0 = s0.add(s0.rearrange(BY_8));
        if (V >= 8) s0 = s0.add(s0.rearrange(BY_4));
        s0 = s0.add(s0.rearrange(BY_2));
        out[at] = s0.add(s0.rearrange(BY_1)).lane(0);
        if (V <= 8) q0 = q0.add(q1);
        if (V == 16) q0 = q0.add(q0.rearrange(BY_8));
        if (V >= 8) q0 = q0.add(q0.rearrange(BY_4));
        q0 = q0.add(q0.rearrange(BY_2));
        out[at + 1] = q0.add(q0.rearrange(BY_1)).lane(0);
    }

    /// `Σ z`, `Σ (x − a)·z`, at most one block.
    private static void slopesBlock(double a, double[] x, int xo, double[] z, int zo, int n, double[] out, int at) {
        if (V < 4) {
            out[at] = DoubleSums.sum(z, zo, n);
            out[at + 1] = DoubleSums.dotDeviation(a, x, xo, z, zo, n);
            return;
        }
        double rest = n & 15;
        double[] e = x;
        int eo = xo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = DoubleSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        double[] f = z;
        int fo = zo + (n & -16);
        if (rest > 0 && fo > z.length - 16) {
            f = DoubleSums.end(z, fo, n & 15, 16);
            fo = 16;
        }
        var s0 = zero(S);
        var s1 = zero(S);
        var s2 = zero(S);
        var s3 = zero(S);
        var q0 = zero(S);
        var q1 = zero(S);
        var q2 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var z0 = fromArray(S, z, zo + i);
            var d0 = fromArray(S, x, xo + i).sub(a);
            s0 = s0.add(z0);
            q0 = d0.fma(z0, q0);
            if (V <= 8) {
                var z1 = fromArray(S, z, zo + i + V);
                var d1 = fromArray(S, x, xo + i + V).sub(a);
                s1 = s1.add(z1);
                q1 = d1.fma(z1, q1);
            }
            if (V == 4) {
                var z2 = fromArray(S, z, zo + i + 2 * V);
                var d2 = fromArray(S, x, xo + i + 2 * V).sub(a);
                s2 = s2.add(z2);
                q2 = d2.fma(z2, q2);
                var z3 = fromArray(S, z, zo + i + 3 * V);
                var d3 = fromArray(S, x, xo + i + 3 * V).sub(a);
                s3 = s3.add(z3);
                q3 = d3.fma(z3, q3);
            }
        }
        if (rest > 0) {
            var m0 = fromArray(S, NUMBERS, 0).compare(LT, rest);
            var d0 = fromArray(S, e, eo).sub(a);
            var z0 = fromArray(S, f, fo);
            s0 = s0.blend(s0.add(z0), m0);
            q0 = q0.blend(d0.fma(z0, q0), m0);
            if (V <= 8) {
                var m1 = fromArray(S, NUMBERS, V).compare(LT, rest);
                var d1 = fromArray(S, e, eo + V).sub(a);
                var z1 = fromArray(S, f, fo + V);
                s1 = s1.blend(s1.add(z1), m1);
                q1 = q1.blend(d1.fma(z1, q1), m1);
            }
            if (V == 4) {
                var m2 = fromArray(S, NUMBERS, 2 * V).compare(LT, rest);
                var d2 = fromArray(S, e, eo + 2 * V).sub(a);
                var z2 = fromArray(S, f, fo + 2 * V);
                s2 = s2.blend(s2.add(z2), m2);
                q2 = q2.blend(d2.fma(z2, q2), m2);
                var m3 = fromArray(S, NUMBERS, 3 * V).compare(LT, rest);
                var d3 = fromArray(S, e, eo + 3 * V).sub(a);
                var z3 = fromArray(S, f, fo + 3 * V);
                s3 = s3.blend(s3.add(z3), m3);
                q3 = q3.blend(d3.fma(z3, q3), m3);
            }
        }
        if (V == 4) {
            s0 = s0.add(s2);
            s1 = s1.add(s3);
            q0 = q0.add(q2);
            q1 = q1.add(q3);
        }
        if (V <= 8) s0 = s0.add(s1);
        if (V == 16) s0 = s0.add(s0.rearrange(BY_8));
        if (V >= 8) s0 = s0.add(s0.rearrange(BY_4));
        s0 = s0.add(s0.rearrange(BY_2));
        out[at] = s0.add(s0.rearrange(BY_1)).lane(0);
        if (V <= 8) q0 = q0.add(q1);
        if (V == 16) q0 = q0.add(q0.rearrange(BY_8));
        if (V >= 8) q0 = q0.add(q0.rearrange(BY_4));
        q0 = q0.add(q0.rearrange(BY_2));
        out[at + 1] = q0.add(q0.rearrange(BY_1)).lane(0);
    }

    /// `Σ z·w`, `Σ (x − a)·(z·w)`, at most one block.
    private static void weightedBlock(double a, double[] x, int xo, double[] w, int wo, double[] z, int zo, int n,
            double[] out, int at) {
        if (V < 4) {
            out[at] = DoubleSums.sumOfProducts(z, zo, w, wo, n);
            out[at + 1] = DoubleSums.dotDeviation(a, x, xo, w, wo, z, zo, n);
            return;
        }
        double rest = n & 15;
        double[] e = x;
        int eo = xo + (n & -16);
        if (rest > 0 && eo > x.length - 16) {
            e = DoubleSums.end(x, eo, n & 15, 0);
            eo = 0;
        }
        double[] f = z;
        int fo = zo + (n & -16);
        if (rest > 0 && fo > z.length - 16) {
            f = DoubleSums.end(z, fo, n & 15, 16);
            fo = 16;
        }
        double[] g = w;
        int go = wo + (n & -16);
        if (rest > 0 && go > w.length - 16) {
            g = DoubleSums.end(w, go, n & 15, 32);
            go = 32;
        }
        var s0 = zero(S);
        var s1 = zero(S);
        var s2 = zero(S);
        var s3 = zero(S);
        var q0 = zero(S);
        var q1 = zero(S);
        var q2 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i <= n - 16; i += 16) {
            var w0 = fromArray(S, w, wo + i);
            var z0 = fromArray(S, z, zo + i);
            var d0 = fromArray(S, x, xo + i).sub(a);
            var g0 = z0.mul(w0);
            s0 = s0.add(g0);
            q0 = d0.fma(g0, q0);
            if (V <= 8) {
                var w1 = fromArray(S, w, wo + i + V);
                var z1 = fromArray(S, z, zo + i + V);
                var d1 = fromArray(S, x, xo + i + V).sub(a);
                var g1 = z1.mul(w1);
                s1 = s1.add(g1);
                q1 = d1.fma(g1, q1);
            }
            if (V == 4) {
                var w2 = fromArray(S, w, wo + i + 2 * V);
                var z2 = fromArray(S, z, zo + i + 2 * V);
                var d2 = fromArray(S, x, xo + i + 2 * V).sub(a);
                var g2 = z2.mul(w2);
                s2 = s2.add(g2);
                q2 = d2.fma(g2, q2);
                var w3 = fromArray(S, w, wo + i + 3 * V);
                var z3 = fromArray(S, z, zo + i + 3 * V);
                var d3 = fromArray(S, x, xo + i + 3 * V).sub(a);
                var g3 = z3.mul(w3);
                s3 = s3.add(g3);
                q3 = d3.fma(g3, q3);
            }
        }
        if (rest > 0) {
            var m0 = fromArray(S, NUMBERS, 0).compare(LT, rest);
            var d0 = fromArray(S, e, eo).sub(a);
            var g0 = fromArray(S, f, fo).mul(fromArray(S, g, go));
            s0 = s0.blend(s0.add(g0), m0);
            q0 = q0.blend(d0.fma(g0, q0), m0);
            if (V <= 8) {
                var m1 = fromArray(S, NUMBERS, V).compare(LT, rest);
                var d1 = fromArray(S, e, eo + V).sub(a);
                var g1 = fromArray(S, f, fo + V).mul(fromArray(S, g, go + V));
                s1 = s1.blend(s1.add(g1), m1);
                q1 = q1.blend(d1.fma(g1, q1), m1);
            }
            if (V == 4) {
                var m2 = fromArray(S, NUMBERS, 2 * V).compare(LT, rest);
                var d2 = fromArray(S, e, eo + 2 * V).sub(a);
                var g2 = fromArray(S, f, fo + 2 * V).mul(fromArray(S, g, go + 2 * V));
                s2 = s2.blend(s2.add(g2), m2);
                q2 = q2.blend(d2.fma(g2, q2), m2);
                var m3 = fromArray(S, NUMBERS, 3 * V).compare(LT, rest);
                var d3 = fromArray(S, e, eo + 3 * V).sub(a);
                var g3 = fromArray(S, f, fo + 3 * V).mul(fromArray(S, g, go + 3 * V));
                s3 = s3.blend(s3.add(g3), m3);
                q3 = q3.blend(d3.fma(g3, q3), m3);
            }
        }
        if (V == 4) {
            s0 = s0.add(s2);
            s1 = s1.add(s3);
            q0 = q0.add(q2);
            q1 = q1.add(q3);
        }
        if (V <= 8) s0 = s0.add(s1);
        if (V == 16) s0 = s0.add(s0.rearrange(BY_8));
        if (V >= 8) s0 = s0.add(s0.rearrange(BY_4));
        s0 = s0.add(s0.rearrange(BY_2));
        out[at] = s0.add(s0.rearrange(BY_1)).lane(0);
        if (V <= 8) q0 = q0.add(q1);
        if (V == 16) q0 = q0.add(q0.rearrange(BY_8));
        if (V >= 8) q0 = q0.add(q0.rearrange(BY_4));
        q0 = q0.add(q0.rearrange(BY_2));
        out[at + 1] = q0.add(q0.rearrange(BY_1)).lane(0);
    }
}
