// Generated from FloatVectorDeviations.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The sums of deviations of [DoubleSums], made as those of [DoubleVectorSums].
final class DoubleVectorDeviations {
    private DoubleVectorDeviations() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int BLOCK = Kernels.BLOCK;
    /// Lane `j` takes lane `j + 8`, `+ 4`, `+ 2`, `+ 1`: the halves that fold (modulo the length, where the result is not used).
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);

    /// `Σ (x − a)·z`.
    static double dotDeviation(double a, double[] x, int xo, double[] z, int zo, int n) {
        if (n <= BLOCK) return dotDeviationBlock(a, x, xo, z, zo, n);
        int left = DoubleSums.leftHalf(n);
        return dotDeviation(a, x, xo, z, zo, left) + dotDeviation(a, x, xo + left, z, zo + left, n - left);
    }

    /// `Σ (x − a)`.
    static double deviation(double a, double[] x, int xo, int n) {
        if (n <= BLOCK) return deviationBlock(a, x, xo, n);
        int left = DoubleSums.leftHalf(n);
        return deviation(a, x, xo, left) + deviation(a, x, xo + left, n - left);
    }

    /// `Σ (x − a)²`.
    static double squaredDeviation(double a, double[] x, int xo, int n) {
        if (n <= BLOCK) return squaredDeviationBlock(a, x, xo, n);
        int left = DoubleSums.leftHalf(n);
        return squaredDeviation(a, x, xo, left) + squaredDeviation(a, x, xo + left, n - left);
    }

    /// `Σ (x − a)·z`, at most one block.
    private static double dotDeviationBlock(double a, double[] x, int xo, double[] z, int zo, int n) {
        if (V < 4) return DoubleSums.dotDeviation(a, x, xo, z, zo, n);
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        int i = 0;
        for (; i <= n - 16; i += 16) {
            a0 = fromArray(S, x, xo + i).sub(a).fma(fromArray(S, z, zo + i), a0);
            if (V <= 8) a1 = fromArray(S, x, xo + i + V).sub(a).fma(fromArray(S, z, zo + i + V), a1);
            if (V == 4) {
                a2 = fromArray(S, x, xo + i + 2 * V).sub(a).fma(fromArray(S, z, zo + i + 2 * V), a2);
                a3 = fromArray(S, x, xo + i + 3 * V).sub(a).fma(fromArray(S, z, zo + i + 3 * V), a3);
            }
        }
        if (i < n) {
            var m0 = S.indexInRange(i, n);
            a0 = a0.blend(fromArray(S, x, xo + i, m0).sub(a).fma(fromArray(S, z, zo + i, m0), a0), m0);
            if (V <= 8) {
                var m1 = S.indexInRange(i + V, n);
                a1 = a1.blend(fromArray(S, x, xo + i + V, m1).sub(a).fma(fromArray(S, z, zo + i + V, m1), a1), m1);
            }
            if (V == 4) {
                var m2 = S.indexInRange(i + 2 * V, n);
                a2 = a2.blend(fromArray(S, x, xo + i + 2 * V, m2).sub(a).fma(fromArray(S, z, zo + i + 2 * V, m2), a2), m2);
                var m3 = S.indexInRange(i + 3 * V, n);
                a3 = a3.blend(fromArray(S, x, xo + i + 3 * V, m3).sub(a).fma(fromArray(S, z, zo + i + 3 * V, m3), a3), m3);
            }
        }
        if (V == 4) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        if (V <= 8) a0 = a0.add(a1);
        if (V == 16) a0 = a0.add(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.add(a0.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        return a0.add(a0.rearrange(BY_1)).lane(0);
    }

    /// `Σ (x − a)`, at most one block.
    private static double deviationBlock(double a, double[] x, int xo, int n) {
        if (V < 4) return DoubleSums.deviation(a, x, xo, n);
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        int i = 0;
        for (; i <= n - 16; i += 16) {
            a0 = a0.add(fromArray(S, x, xo + i).sub(a));
            if (V <= 8) a1 = a1.add(fromArray(S, x, xo + i + V).sub(a));
            if (V == 4) {
                a2 = a2.add(fromArray(S, x, xo + i + 2 * V).sub(a));
                a3 = a3.add(fromArray(S, x, xo + i + 3 * V).sub(a));
            }
        }
        if (i < n) {
            var m0 = S.indexInRange(i, n);
            a0 = a0.add(fromArray(S, x, xo + i, m0).sub(a), m0);
            if (V <= 8) {
                var m1 = S.indexInRange(i + V, n);
                a1 = a1.add(fromArray(S, x, xo + i + V, m1).sub(a), m1);
            }
            if (V == 4) {
                var m2 = S.indexInRange(i + 2 * V, n);
                a2 = a2.add(fromArray(S, x, xo + i + 2 * V, m2).sub(a), m2);
                var m3 = S.indexInRange(i + 3 * V, n);
                a3 = a3.add(fromArray(S, x, xo + i + 3 * V, m3).sub(a), m3);
            }
        }
        if (V == 4) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        if (V <= 8) a0 = a0.add(a1);
        if (V == 16) a0 = a0.add(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.add(a0.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        return a0.add(a0.rearrange(BY_1)).lane(0);
    }

    /// `Σ (x − a)²`, at most one block.
    private static double squaredDeviationBlock(double a, double[] x, int xo, int n) {
        if (V < 4) return DoubleSums.squaredDeviation(a, x, xo, n);
        var a0 = zero(S);
        var a1 = zero(S);
        var a2 = zero(S);
        var a3 = zero(S);
        int i = 0;
        for (; i <= n - 16; i += 16) {
            var d0 = fromArray(S, x, xo + i).sub(a);
            a0 = d0.fma(d0, a0);
            if (V <= 8) {
                var d1 = fromArray(S, x, xo + i + V).sub(a);
                a1 = d1.fma(d1, a1);
            }
            if (V == 4) {
                var d2 = fromArray(S, x, xo + i + 2 * V).sub(a);
                a2 = d2.fma(d2, a2);
                var d3 = fromArray(S, x, xo + i + 3 * V).sub(a);
                a3 = d3.fma(d3, a3);
            }
        }
        if (i < n) {
            var m0 = S.indexInRange(i, n);
            var d0 = fromArray(S, x, xo + i, m0).sub(a);
            a0 = a0.blend(d0.fma(d0, a0), m0);
            if (V <= 8) {
                var m1 = S.indexInRange(i + V, n);
                var d1 = fromArray(S, x, xo + i + V, m1).sub(a);
                a1 = a1.blend(d1.fma(d1, a1), m1);
            }
            if (V == 4) {
                var m2 = S.indexInRange(i + 2 * V, n);
                var d2 = fromArray(S, x, xo + i + 2 * V, m2).sub(a);
                a2 = a2.blend(d2.fma(d2, a2), m2);
                var m3 = S.indexInRange(i + 3 * V, n);
                var d3 = fromArray(S, x, xo + i + 3 * V, m3).sub(a);
                a3 = a3.blend(d3.fma(d3, a3), m3);
            }
        }
        if (V == 4) {
            a0 = a0.add(a2);
            a1 = a1.add(a3);
        }
        if (V <= 8) a0 = a0.add(a1);
        if (V == 16) a0 = a0.add(a0.rearrange(BY_8));
        if (V >= 8) a0 = a0.add(a0.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        return a0.add(a0.rearrange(BY_1)).lane(0);
    }
}
