// Generated from FloatVectorTurn.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Exchanges rows and columns on the way from one array to another. `DoubleVectorTurn` is generated from this file.
final class DoubleVectorTurn {
    private DoubleVectorTurn() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// Columns of a block.
    private static final int SIDE = 8;

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorShuffle<Double> SWAP4 = VectorShuffle.fromOp(S, i -> (i ^ 4) % V);
    private static final VectorMask<Double> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Double> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Double> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);
    /// `w[j·lw + i] = x[i·ld + j]` for `i < rows`, `j < n`. A row of `w` needs room for a whole vector: what lies beyond fewer
    /// `rows` is lost.
    static void turn(double[] x, int xo, int ld, int rows, int n, double[] w, int wo, int lw) {
        if (V < 8 || n < V || rows <= V - SIDE) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) w[wo + j * lw + i] = x[xo + i * ld + j];
            }
            return;
        }
        int last = Math.min(rows, V) - 1;
        int back = n - SIDE;
        for (int i = 0; i < rows; i += V) {
            int at = Math.max(0, Math.min(i, rows - V)); // the last block reaches back over what is done, and so do its columns
            int from = xo + at * ld;
            turnRows(x, from, ld, last, n, w, wo + at, lw);
            if (n % SIDE != 0) turnRows(x, from + back, ld, last, SIDE, w, wo + back * lw + at, lw);
        }
    }

    private static void turnRows(double[] x, int xo, int ld, int last, int n, double[] w, int wo, int lw) {
        switch (V) {
            case 8 -> turn8(x, xo, ld, last, n, w, wo, lw);
            default -> throw new IllegalStateException("turn: no block of " + V + " rows");
        }
    }

    /// Turns 8 rows, block after block of 8 × 8: exchanges quarters of 4 × 4, then of 2 × 2, then single numbers. Rows beyond
    /// `last` repeat it.
    private static void turn8(double[] x, int xo, int ld, int last, int n, double[] w, int wo, int lw) {
        int i0 = xo;
        int i1 = xo + Math.min(1, last) * ld;
        int i2 = xo + Math.min(2, last) * ld;
        int i3 = xo + Math.min(3, last) * ld;
        int i4 = xo + Math.min(4, last) * ld;
        int i5 = xo + Math.min(5, last) * ld;
        int i6 = xo + Math.min(6, last) * ld;
        int i7 = xo + Math.min(7, last) * ld;
        for (int j = 0; j + 7 < n; j += 8) {
            var x0 = DoubleVector.fromArray(S, x, i0 + j);
            var x1 = DoubleVector.fromArray(S, x, i1 + j);
            var x2 = DoubleVector.fromArray(S, x, i2 + j);
            var x3 = DoubleVector.fromArray(S, x, i3 + j);
            var x4 = DoubleVector.fromArray(S, x, i4 + j);
            var x5 = DoubleVector.fromArray(S, x, i5 + j);
            var x6 = DoubleVector.fromArray(S, x, i6 + j);
            var x7 = DoubleVector.fromArray(S, x, i7 + j);
            DoubleVector t;
            t = x0.blend(x4.rearrange(SWAP4), ODD4); x4 = x0.rearrange(SWAP4).blend(x4, ODD4); x0 = t;
            t = x1.blend(x5.rearrange(SWAP4), ODD4); x5 = x1.rearrange(SWAP4).blend(x5, ODD4); x1 = t;
            t = x2.blend(x6.rearrange(SWAP4), ODD4); x6 = x2.rearrange(SWAP4).blend(x6, ODD4); x2 = t;
            t = x3.blend(x7.rearrange(SWAP4), ODD4); x7 = x3.rearrange(SWAP4).blend(x7, ODD4); x3 = t;
            t = x0.blend(x2.rearrange(SWAP2), ODD2); x2 = x0.rearrange(SWAP2).blend(x2, ODD2); x0 = t;
            t = x1.blend(x3.rearrange(SWAP2), ODD2); x3 = x1.rearrange(SWAP2).blend(x3, ODD2); x1 = t;
            t = x4.blend(x6.rearrange(SWAP2), ODD2); x6 = x4.rearrange(SWAP2).blend(x6, ODD2); x4 = t;
            t = x5.blend(x7.rearrange(SWAP2), ODD2); x7 = x5.rearrange(SWAP2).blend(x7, ODD2); x5 = t;
            t = x0.blend(x1.rearrange(SWAP1), ODD1); x1 = x0.rearrange(SWAP1).blend(x1, ODD1); x0 = t;
            t = x2.blend(x3.rearrange(SWAP1), ODD1); x3 = x2.rearrange(SWAP1).blend(x3, ODD1); x2 = t;
            t = x4.blend(x5.rearrange(SWAP1), ODD1); x5 = x4.rearrange(SWAP1).blend(x5, ODD1); x4 = t;
            t = x6.blend(x7.rearrange(SWAP1), ODD1); x7 = x6.rearrange(SWAP1).blend(x7, ODD1); x6 = t;
            int to = wo + j * lw;
            x0.intoArray(w, to);
            x1.intoArray(w, to + lw);
            x2.intoArray(w, to + 2 * lw);
            x3.intoArray(w, to + 3 * lw);
            x4.intoArray(w, to + 4 * lw);
            x5.intoArray(w, to + 5 * lw);
            x6.intoArray(w, to + 6 * lw);
            x7.intoArray(w, to + 7 * lw);
        }
    }

}
