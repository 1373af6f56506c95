// Generated from FloatVectorPanels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of matrices into the order in which the loops of [DoubleVectorMatmul] read them. `DoubleVectorPanels` is generated
/// from this file.
final class DoubleVectorPanels {
    private DoubleVectorPanels() {}

    /// The longest row of a block of `A`.
    static final int KC = 1024;
    /// From one row of a block of `A` to the next: a line more than a row, so that rows do not compete for one set of the cache,
    /// and room for a vector.
    static final int LA = KC + 16;

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int NR = 2 * V;
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

    /// `w[i·lw + j] = x[i·ld + j]` for `i < rows`, `j < n`.
    static void copy(double[] x, int xo, int ld, int rows, int n, double[] w, int wo, int lw) {
        for (int i = 0; i < rows; i++) copyRow(x, xo + i * ld, n, w, wo + i * lw);
    }

    private static void copyRow(double[] x, int xo, int n, double[] w, int wo) {
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) DoubleVector.fromArray(S, x, xo + j).intoArray(w, wo + j);
        if (j < n) {
            var rest = S.indexInRange(j, n);
            DoubleVector.fromArray(S, x, xo + j, rest).intoArray(w, wo + j, rest);
        }
    }

    /// Columns `0 … panels·2V − 1` of `x` `(kc, …)` as panels `(kc, 2 V)`, `step` numbers from one to the next; four rows at a
    /// time, read along the rows.
    static void copyPanels(double[] x, int xo, int ld, int kc, int panels, MemorySegment w, int step) {
        int p = 0;
        for (; p + 3 < kc; p += 4) {
            for (int j = 0; j < panels; j++) fourRows(x, xo + p * ld + j * NR, ld, w, (j * step + p * NR) * (long) Double.BYTES);
        }
        for (; p < kc; p++) {
            for (int j = 0; j < panels; j++) oneRow(x, xo + p * ld + j * NR, w, (j * step + p * NR) * (long) Double.BYTES);
        }
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
        b.intoMemorySegment(w, wo + V * Double.BYTES, ORDER);
        c.intoMemorySegment(w, wo + 2 * V * Double.BYTES, ORDER);
        d.intoMemorySegment(w, wo + 3 * V * Double.BYTES, ORDER);
        e.intoMemorySegment(w, wo + 4 * V * Double.BYTES, ORDER);
        f.intoMemorySegment(w, wo + 5 * V * Double.BYTES, ORDER);
        g.intoMemorySegment(w, wo + 6 * V * Double.BYTES, ORDER);
        h.intoMemorySegment(w, wo + 7 * V * Double.BYTES, ORDER);
    }

    private static void oneRow(double[] x, int xo, MemorySegment w, long wo) {
        DoubleVector.fromArray(S, x, xo).intoMemorySegment(w, wo, ORDER);
        DoubleVector.fromArray(S, x, xo + V).intoMemorySegment(w, wo + V * Double.BYTES, ORDER);
    }

    /// Copies `n` numbers, a multiple of a vector's, to where the panels are.
    static void lay(double[] x, int n, MemorySegment w, int wo) {
        for (int i = 0; i < n; i += V) DoubleVector.fromArray(S, x, i).intoMemorySegment(w, (wo + i) * (long) Double.BYTES, ORDER);
    }

    /// `w[j·lw + i] = x[i·ld + j]` for `i < rows`, `j < n`. A row of `w` needs room for whole vectors: what lies beyond `rows` in
    /// the last one is lost.
    static void turn(double[] x, int xo, int ld, int rows, int n, double[] w, int wo, int lw) {
        if (V < 8 || n < V) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) w[wo + j * lw + i] = x[xo + i * ld + j];
            }
            return;
        }
        for (int i = 0; i < rows; i += V) {
            int from = xo + i * ld;
            turnRows(x, from, ld, rows - i - 1, n, w, wo + i, lw);
            int back = n - V; // the last block reaches back over what is done
            if (n % V != 0) turnRows(x, from + back, ld, rows - i - 1, V, w, wo + back * lw + i, lw);
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

    /// Copies `rows` rows of at most two vectors.
    static void move(double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int columns) {
        var left = S.indexInRange(0, columns);
        var right = S.indexInRange(V, columns);
        for (int i = 0; i < rows; i++) {
            DoubleVector.fromArray(S, x, xo + i * lx, left).intoArray(y, yo + i * ly, left);
            if (columns > V) DoubleVector.fromArray(S, x, xo + i * lx + V, right).intoArray(y, yo + i * ly + V, right);
        }
    }
}
