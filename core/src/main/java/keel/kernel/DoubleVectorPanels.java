// Generated from FloatVectorPanels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of matrices into the order in which the loops of [DoubleVectorMatmul] read them: panels `(kc, width)`, `width` numbers for each
/// step in `k`. `DoubleVectorPanels` is generated from this file.
///
/// Panels must be written in ascending order with a vector's length of room behind the last: a row of a panel may be written as a whole
/// vector that runs into the next row, which then overwrites the excess.
final class DoubleVectorPanels {
    private DoubleVectorPanels() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final long SIZE = Double.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorShuffle<Double> SWAP4 = VectorShuffle.fromOp(S, i -> (i ^ 4) % V);
    private static final VectorShuffle<Double> SWAP8 = VectorShuffle.fromOp(S, i -> (i ^ 8) % V);
    private static final VectorMask<Double> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Double> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Double> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);
    private static final VectorMask<Double> ODD8 = VectorMask.fromLong(S, 0xFF00L & (1L << V) - 1);

    /// `w[p, i] = x[p·ld + i]`, `i < width`, `p < kc`; rows of `w` are `stride` apart.
    static void copy(double[] x, int xo, int ld, int kc, int width, double[] w, int wo, int stride) {
        int last = (width - 1) / V * V;
        var rest = S.indexInRange(last, width);
        for (int p = 0; p < kc; p++) {
            int from = xo + p * ld;
            int to = wo + p * stride;
            for (int i = 0; i < last; i += V) DoubleVector.fromArray(S, x, from + i).intoArray(w, to + i);
            DoubleVector.fromArray(S, x, from + last, rest).intoArray(w, to + last);
        }
    }

    /// `panels` panels of two vectors each, one behind the other, from consecutive columns; four rows at a time, read along the rows.
    static void copyPanels(double[] x, int xo, int ld, int kc, int panels, MemorySegment w) {
        int p = 0;
        for (; p + 3 < kc; p += 4) {
            for (int j = 0; j < panels; j++) fourRows(x, xo + p * ld + j * 2 * V, ld, w, (j * kc + p) * (2 * V * SIZE));
        }
        for (; p < kc; p++) {
            for (int j = 0; j < panels; j++) {
                int from = xo + p * ld + j * 2 * V;
                long to = (j * kc + p) * (2 * V * SIZE);
                DoubleVector.fromArray(S, x, from).intoMemorySegment(w, to, ORDER);
                DoubleVector.fromArray(S, x, from + V).intoMemorySegment(w, to + V * SIZE, ORDER);
            }
        }
    }

    /// Copies `rows` rows of at most two vectors.
    static void move(double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int columns) {
        var left = S.indexInRange(0, columns);
        var right = S.indexInRange(V, columns);
        for (int i = 0; i < rows; i++) {
            DoubleVector.fromArray(S, x, xo + i * lx, left).intoArray(y, yo + i * ly, left);
            if (columns > V) DoubleVector.fromArray(S, x, xo + i * lx + V, right).intoArray(y, yo + i * ly + V, right);
        }
    }

    /// Copies the first `n` numbers, a multiple of a vector's, to where the panels are.
    static void lay(double[] x, int n, MemorySegment w, int wo) {
        for (int i = 0; i < n; i += V) DoubleVector.fromArray(S, x, i).intoMemorySegment(w, (wo + i) * SIZE, ORDER);
    }

    private static void fourRows(double[] x, int xo, int ld, MemorySegment w, long wo) {
        var a = DoubleVector.fromArray(S, x, xo);
        var b = DoubleVector.fromArray(S, x, xo + V);
        var c = DoubleVector.fromArray(S, x, xo + ld);
        var d = DoubleVector.fromArray(S, x, xo + ld + V);
        var e = DoubleVector.fromArray(S, x, xo + 2 * ld);
        var f = DoubleVector.fromArray(S, x, xo + 2 * ld + V);
        var g = DoubleVector.fromArray(S, x, xo + 3 * ld);
        var h = DoubleVector.fromArray(S, x, xo + 3 * ld + V);
        a.intoMemorySegment(w, wo, ORDER);
        b.intoMemorySegment(w, wo + V * SIZE, ORDER);
        c.intoMemorySegment(w, wo + 2 * V * SIZE, ORDER);
        d.intoMemorySegment(w, wo + 3 * V * SIZE, ORDER);
        e.intoMemorySegment(w, wo + 4 * V * SIZE, ORDER);
        f.intoMemorySegment(w, wo + 5 * V * SIZE, ORDER);
        g.intoMemorySegment(w, wo + 6 * V * SIZE, ORDER);
        h.intoMemorySegment(w, wo + 7 * V * SIZE, ORDER);
    }

    /// `w[p, r] = x[r·ld + p]`, `r < width`, `p < kc`; rows of `w` are `stride` apart.
    static void turn(double[] x, int xo, int ld, int kc, int width, double[] w, int wo, int stride) {
        if (V < 8 || kc < V) {
            for (int p = 0; p < kc; p++) {
                for (int r = 0; r < width; r++) w[wo + p * stride + r] = x[xo + r * ld + p];
            }
            return;
        }
        for (int p = 0; p < kc; p += V) {
            int q = Math.min(p, kc - V); // the last block reaches back over what is done
            // The last group of columns first: its excess lies where the first group of the next row will be.
            for (int r = (width - 1) / V * V; r >= 0; r -= V) {
                block(x, xo + r * ld + q, ld, width - r - 1, w, wo + q * stride + r, stride);
            }
        }
    }

    private static void block(double[] x, int xo, int ld, int last, double[] w, int wo, int step) {
        switch (V) {
            case 8 -> turn8(x, xo, ld, last, w, wo, step);
            default -> throw new IllegalStateException("turn: no block of " + V + " rows");
        }
    }

    /// Exchanges rows and columns of a block of 8 × 8: blocks of 4, then 2, then 1. Rows beyond `last` repeat it.
    private static void turn8(double[] x, int xo, int ld, int last, double[] w, int wo, int step) {
        var x0 = DoubleVector.fromArray(S, x, xo);
        var x1 = DoubleVector.fromArray(S, x, xo + Math.min(1, last) * ld);
        var x2 = DoubleVector.fromArray(S, x, xo + Math.min(2, last) * ld);
        var x3 = DoubleVector.fromArray(S, x, xo + Math.min(3, last) * ld);
        var x4 = DoubleVector.fromArray(S, x, xo + Math.min(4, last) * ld);
        var x5 = DoubleVector.fromArray(S, x, xo + Math.min(5, last) * ld);
        var x6 = DoubleVector.fromArray(S, x, xo + Math.min(6, last) * ld);
        var x7 = DoubleVector.fromArray(S, x, xo + Math.min(7, last) * ld);
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
        x0.intoArray(w, wo);
        x1.intoArray(w, wo + step);
        x2.intoArray(w, wo + 2 * step);
        x3.intoArray(w, wo + 3 * step);
        x4.intoArray(w, wo + 4 * step);
        x5.intoArray(w, wo + 5 * step);
        x6.intoArray(w, wo + 6 * step);
        x7.intoArray(w, wo + 7 * step);
    }

}
