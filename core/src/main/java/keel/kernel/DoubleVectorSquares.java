// Generated from FloatVectorSquares.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;
import static keel.kernel.DoubleVectorSums.FIRST;
import static keel.kernel.DoubleVectorSums.HEAD;
import static keel.kernel.DoubleVectorSums.TURN;

import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Sums of squares, the bits of [DoubleVectorSums#dot] of an array with itself, but each vector loaded once.
final class DoubleVectorSquares {
    private DoubleVectorSquares() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int BLOCK = Kernels.BLOCK;
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);

    /// `Σ x²`.
    static double sum(double[] x, int xo, int n) {
        if (n <= BLOCK) return DoubleVectorSums.dotBlock(x, xo, x, xo, n);
        if (DoubleVectorSums.inQuarters(n)) {
            double[] s = DoubleSums.waiting();
            int apart = n / 4;
            for (int i = 0; i < apart; i += BLOCK) fourBlocks(x, xo + i, apart, s, i / BLOCK);
            return DoubleVectorSums.fold(s, n / BLOCK);
        }
        int left = DoubleSums.leftHalf(n);
        return sum(x, xo, left) + sum(x, xo + left, n - left);
    }

    /// `Σ x²` of four blocks that begin `apart` from one another; into `s`, from `at` on so many blocks apart.
    private static void fourBlocks(double[] x, int xo, int apart, double[] s, int at) {
        var a0 = zero(S);
        var b0 = zero(S);
        var a1 = zero(S);
        var b1 = zero(S);
        var a2 = zero(S);
        var b2 = zero(S);
        var a3 = zero(S);
        var b3 = zero(S);
        if (HEAD > 0) {
            var h0 = fromArray(S, x, xo).rearrange(TURN);
            a0 = h0.fma(h0, a0).blend(a0, FIRST);
            var h1 = fromArray(S, x, xo + apart).rearrange(TURN);
            a1 = h1.fma(h1, a1).blend(a1, FIRST);
            var h2 = fromArray(S, x, xo + 2 * apart).rearrange(TURN);
            a2 = h2.fma(h2, a2).blend(a2, FIRST);
            var h3 = fromArray(S, x, xo + 3 * apart).rearrange(TURN);
            a3 = h3.fma(h3, a3).blend(a3, FIRST);
        }
        for (int i = HEAD; i <= BLOCK - 16; i += 16) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + apart);
            var v2 = fromArray(S, x, xo + i + 2 * apart);
            var v3 = fromArray(S, x, xo + i + 3 * apart);
            a0 = v0.fma(v0, a0);
            a1 = v1.fma(v1, a1);
            a2 = v2.fma(v2, a2);
            a3 = v3.fma(v3, a3);
            if (V == 8) {
                var w0 = fromArray(S, x, xo + i + V);
                var w1 = fromArray(S, x, xo + i + V + apart);
                var w2 = fromArray(S, x, xo + i + V + 2 * apart);
                var w3 = fromArray(S, x, xo + i + V + 3 * apart);
                b0 = w0.fma(w0, b0);
                b1 = w1.fma(w1, b1);
                b2 = w2.fma(w2, b2);
                b3 = w3.fma(w3, b3);
            }
        }
        if (HEAD > 0) {
            int end = xo + BLOCK - 16;
            var e0 = fromArray(S, x, end).rearrange(TURN);
            a0 = a0.blend(e0.fma(e0, a0), FIRST);
            var e1 = fromArray(S, x, end + apart).rearrange(TURN);
            a1 = a1.blend(e1.fma(e1, a1), FIRST);
            var e2 = fromArray(S, x, end + 2 * apart).rearrange(TURN);
            a2 = a2.blend(e2.fma(e2, a2), FIRST);
            var e3 = fromArray(S, x, end + 3 * apart).rearrange(TURN);
            a3 = a3.blend(e3.fma(e3, a3), FIRST);
        }
        a0 = V == 8 ? a0.add(b0) : a0.add(a0.rearrange(BY_8));
        a1 = V == 8 ? a1.add(b1) : a1.add(a1.rearrange(BY_8));
        a2 = V == 8 ? a2.add(b2) : a2.add(a2.rearrange(BY_8));
        a3 = V == 8 ? a3.add(b3) : a3.add(a3.rearrange(BY_8));
        a0 = a0.add(a0.rearrange(BY_4));
        a1 = a1.add(a1.rearrange(BY_4));
        a2 = a2.add(a2.rearrange(BY_4));
        a3 = a3.add(a3.rearrange(BY_4));
        a0 = a0.add(a0.rearrange(BY_2));
        a1 = a1.add(a1.rearrange(BY_2));
        a2 = a2.add(a2.rearrange(BY_2));
        a3 = a3.add(a3.rearrange(BY_2));
        a0 = a0.add(a0.rearrange(BY_1));
        a1 = a1.add(a1.rearrange(BY_1));
        a2 = a2.add(a2.rearrange(BY_1));
        a3 = a3.add(a3.rearrange(BY_1));
        int m = apart / BLOCK;
        s[at] = a0.lane(0);
        s[at + m] = a1.lane(0);
        s[at + 2 * m] = a2.lane(0);
        s[at + 3 * m] = a3.lane(0);
    }
}
