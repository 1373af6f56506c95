// Generated from FloatVectorDots.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// `c (n) = a (k)·B (n, k)ᵀ` with vectors. Each lane is the one chain of an output: as many rows of `B` as a vector has lanes
/// are turned in registers, a square block at a time, so that its columns can be added. `DoubleVectorDots` is generated from
/// this file.
///
/// Turning costs more than the multiply-adds, but what counts is that a sum waits for its last link: with 512 bits this is
/// twice as fast as eight scalar chains, and where `B` lies in the second-level cache 0.7 times as fast as a library that
/// splits a chain into lanes. That is the price of one chain an output, whose bits do not depend on how many rows the product
/// has. The less of `B` the cache holds, the less it matters.
final class DoubleVectorDots {
    private DoubleVectorDots() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorMask<Double> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Double> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Double> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);

    /// All outputs. The last rows are a block that reaches back over what is done.
    static void dots(int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        if (V < 8 || n < V || k < V) {
            DoubleMatmul.dots(n, k, a, ao, b, bo, c, co);
            return;
        }
        for (int j = 0; j < n; j += V) {
            int at = Math.min(j, n - V);
            switch (V) {
                case 8 -> rows8(k, a, ao, b, bo + at * k, c, co + at);
                default -> throw new IllegalStateException("dots: no block of " + V + " rows");
            }
        }
    }

    /// The last links, `p … k − 1`, of the chains in `c`.
    private static void rest(int from, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        for (int j = 0; j < V; j++) {
            double s = c[co + j];
            for (int p = from; p < k; p++) s = Math.fma(a[ao + p], b[bo + j * k + p], s);
            c[co + j] = s;
        }
    }

    // The first exchange, of halves, is one of addresses: each vector is loaded from two rows.

    private static void rows8(int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        var s = DoubleVector.zero(S);
        int i0 = bo;
        int i1 = bo + k;
        int i2 = bo + 2 * k;
        int i3 = bo + 3 * k;
        int i4 = bo + 4 * k;
        int i5 = bo + 5 * k;
        int i6 = bo + 6 * k;
        int i7 = bo + 7 * k;
        int p = 0;
        for (; p <= k - 8; p += 8) {
            DoubleVector t;
            var x0 = DoubleVector.fromArray(S, b, i0 + p).blend(DoubleVector.fromArray(S, b, i4 + p - 4), ODD4);
            var x4 = DoubleVector.fromArray(S, b, i0 + p + 4).blend(DoubleVector.fromArray(S, b, i4 + p), ODD4);
            var x2 = DoubleVector.fromArray(S, b, i2 + p).blend(DoubleVector.fromArray(S, b, i6 + p - 4), ODD4);
            var x6 = DoubleVector.fromArray(S, b, i2 + p + 4).blend(DoubleVector.fromArray(S, b, i6 + p), ODD4);
            t = x0.blend(x2.rearrange(SWAP2), ODD2); x2 = x0.rearrange(SWAP2).blend(x2, ODD2); x0 = t;
            t = x4.blend(x6.rearrange(SWAP2), ODD2); x6 = x4.rearrange(SWAP2).blend(x6, ODD2); x4 = t;
            var x1 = DoubleVector.fromArray(S, b, i1 + p).blend(DoubleVector.fromArray(S, b, i5 + p - 4), ODD4);
            var x5 = DoubleVector.fromArray(S, b, i1 + p + 4).blend(DoubleVector.fromArray(S, b, i5 + p), ODD4);
            var x3 = DoubleVector.fromArray(S, b, i3 + p).blend(DoubleVector.fromArray(S, b, i7 + p - 4), ODD4);
            var x7 = DoubleVector.fromArray(S, b, i3 + p + 4).blend(DoubleVector.fromArray(S, b, i7 + p), ODD4);
            t = x1.blend(x3.rearrange(SWAP2), ODD2); x3 = x1.rearrange(SWAP2).blend(x3, ODD2); x1 = t;
            t = x5.blend(x7.rearrange(SWAP2), ODD2); x7 = x5.rearrange(SWAP2).blend(x7, ODD2); x5 = t;
            t = x0.blend(x1.rearrange(SWAP1), ODD1); x1 = x0.rearrange(SWAP1).blend(x1, ODD1); x0 = t;
            t = x2.blend(x3.rearrange(SWAP1), ODD1); x3 = x2.rearrange(SWAP1).blend(x3, ODD1); x2 = t;
            t = x4.blend(x5.rearrange(SWAP1), ODD1); x5 = x4.rearrange(SWAP1).blend(x5, ODD1); x4 = t;
            t = x6.blend(x7.rearrange(SWAP1), ODD1); x7 = x6.rearrange(SWAP1).blend(x7, ODD1); x6 = t;
            s = DoubleVector.broadcast(S, a[ao + p]).fma(x0, s);
            s = DoubleVector.broadcast(S, a[ao + p + 1]).fma(x1, s);
            s = DoubleVector.broadcast(S, a[ao + p + 2]).fma(x2, s);
            s = DoubleVector.broadcast(S, a[ao + p + 3]).fma(x3, s);
            s = DoubleVector.broadcast(S, a[ao + p + 4]).fma(x4, s);
            s = DoubleVector.broadcast(S, a[ao + p + 5]).fma(x5, s);
            s = DoubleVector.broadcast(S, a[ao + p + 6]).fma(x6, s);
            s = DoubleVector.broadcast(S, a[ao + p + 7]).fma(x7, s);
        }
        s.intoArray(c, co);
        rest(p, k, a, ao, b, bo, c, co);
    }

}
