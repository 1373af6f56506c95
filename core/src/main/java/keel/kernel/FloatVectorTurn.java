package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Exchanges rows and columns on the way from one array to another. `DoubleVectorTurn` is generated from this file.
final class FloatVectorTurn {
    private FloatVectorTurn() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> (i ^ 4) % V);
    private static final VectorShuffle<Float> SWAP8 = VectorShuffle.fromOp(S, i -> (i ^ 8) % V);
    private static final VectorMask<Float> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Float> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Float> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);
    private static final VectorMask<Float> ODD8 = VectorMask.fromLong(S, 0xFF00L & (1L << V) - 1);

    // only float: a vector of doubles has 8 lanes at most
    /// What the last exchange, of single numbers, selects from two vectors for the first and for the second: one instruction
    /// each, where an exchange and a blend are two. For the other exchanges that gains nothing: its indices must be copied to
    /// registers that are wanted elsewhere.
    static final float[] FIRSTS = exchange(1, false);
    static final float[] SECONDS = exchange(1, true);

    /// What an exchange at distance `d`, a power of two, selects from two vectors for the first or for the second.
    static float[] exchange(int d, boolean second) {
        var y = new float[V];
        for (int i = 0; i < V; i++) {
            boolean odd = (i & d) != 0;
            y[i] = second ? (odd ? V + i : (i + d) % V) : odd ? V + i - d : i;
        }
        return y;
    }
    // end

    /// `w[j·lw + i] = x[i·ld + j]` for `i < rows`, `j < n`. A row of `w` needs room for whole vectors: what lies beyond `rows` in
    /// the last one is lost.
    static void turn(float[] x, int xo, int ld, int rows, int n, float[] w, int wo, int lw) {
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
            if (n % V != 0) turnRows(x, from + back, ld, rows - i - 1, V, w, wo + (back * lw + i), lw);
        }
    }

    private static void turnRows(float[] x, int xo, int ld, int last, int n, float[] w, int wo, int lw) {
        switch (V) {
            case 8 -> turn8(x, xo, ld, last, n, w, wo, lw);
            // only float: a vector of doubles has 8 lanes at most
            case 16 -> turn16(x, xo, ld, last, n, w, wo, lw);
            // end
            default -> throw new IllegalStateException("turn: no block of " + V + " rows");
        }
    }

    /// Turns 8 rows, block after block of 8 × 8: exchanges quarters of 4 × 4, then of 2 × 2, then single numbers. Rows beyond
    /// `last` repeat it.
    private static void turn8(float[] x, int xo, int ld, int last, int n, float[] w, int wo, int lw) {
        int i0 = xo;
        int i1 = xo + Math.min(1, last) * ld;
        int i2 = xo + Math.min(2, last) * ld;
        int i3 = xo + Math.min(3, last) * ld;
        int i4 = xo + Math.min(4, last) * ld;
        int i5 = xo + Math.min(5, last) * ld;
        int i6 = xo + Math.min(6, last) * ld;
        int i7 = xo + Math.min(7, last) * ld;
        for (int j = 0; j + 7 < n; j += 8) {
            var x0 = FloatVector.fromArray(S, x, i0 + j);
            var x1 = FloatVector.fromArray(S, x, i1 + j);
            var x2 = FloatVector.fromArray(S, x, i2 + j);
            var x3 = FloatVector.fromArray(S, x, i3 + j);
            var x4 = FloatVector.fromArray(S, x, i4 + j);
            var x5 = FloatVector.fromArray(S, x, i5 + j);
            var x6 = FloatVector.fromArray(S, x, i6 + j);
            var x7 = FloatVector.fromArray(S, x, i7 + j);
            FloatVector t;
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

    // only float: a vector of doubles has 8 lanes at most
    /// Turns 16 rows.
    private static void turn16(float[] x, int xo, int ld, int last, int n, float[] w, int wo, int lw) {
        int i0 = xo;
        int i1 = xo + Math.min(1, last) * ld;
        int i2 = xo + Math.min(2, last) * ld;
        int i3 = xo + Math.min(3, last) * ld;
        int i4 = xo + Math.min(4, last) * ld;
        int i5 = xo + Math.min(5, last) * ld;
        int i6 = xo + Math.min(6, last) * ld;
        int i7 = xo + Math.min(7, last) * ld;
        int i8 = xo + Math.min(8, last) * ld;
        int i9 = xo + Math.min(9, last) * ld;
        int i10 = xo + Math.min(10, last) * ld;
        int i11 = xo + Math.min(11, last) * ld;
        int i12 = xo + Math.min(12, last) * ld;
        int i13 = xo + Math.min(13, last) * ld;
        int i14 = xo + Math.min(14, last) * ld;
        int i15 = xo + Math.min(15, last) * ld;
        var firsts = FloatVector.fromArray(S, FIRSTS, 0);
        var seconds = FloatVector.fromArray(S, SECONDS, 0);
        for (int j = 0; j + 15 < n; j += 16) {
            var x0 = FloatVector.fromArray(S, x, i0 + j);
            var x1 = FloatVector.fromArray(S, x, i1 + j);
            var x2 = FloatVector.fromArray(S, x, i2 + j);
            var x3 = FloatVector.fromArray(S, x, i3 + j);
            var x4 = FloatVector.fromArray(S, x, i4 + j);
            var x5 = FloatVector.fromArray(S, x, i5 + j);
            var x6 = FloatVector.fromArray(S, x, i6 + j);
            var x7 = FloatVector.fromArray(S, x, i7 + j);
            var x8 = FloatVector.fromArray(S, x, i8 + j);
            var x9 = FloatVector.fromArray(S, x, i9 + j);
            var x10 = FloatVector.fromArray(S, x, i10 + j);
            var x11 = FloatVector.fromArray(S, x, i11 + j);
            var x12 = FloatVector.fromArray(S, x, i12 + j);
            var x13 = FloatVector.fromArray(S, x, i13 + j);
            var x14 = FloatVector.fromArray(S, x, i14 + j);
            var x15 = FloatVector.fromArray(S, x, i15 + j);
            FloatVector t;
            t = x0.blend(x8.rearrange(SWAP8), ODD8); x8 = x0.rearrange(SWAP8).blend(x8, ODD8); x0 = t;
            t = x1.blend(x9.rearrange(SWAP8), ODD8); x9 = x1.rearrange(SWAP8).blend(x9, ODD8); x1 = t;
            t = x2.blend(x10.rearrange(SWAP8), ODD8); x10 = x2.rearrange(SWAP8).blend(x10, ODD8); x2 = t;
            t = x3.blend(x11.rearrange(SWAP8), ODD8); x11 = x3.rearrange(SWAP8).blend(x11, ODD8); x3 = t;
            t = x4.blend(x12.rearrange(SWAP8), ODD8); x12 = x4.rearrange(SWAP8).blend(x12, ODD8); x4 = t;
            t = x5.blend(x13.rearrange(SWAP8), ODD8); x13 = x5.rearrange(SWAP8).blend(x13, ODD8); x5 = t;
            t = x6.blend(x14.rearrange(SWAP8), ODD8); x14 = x6.rearrange(SWAP8).blend(x14, ODD8); x6 = t;
            t = x7.blend(x15.rearrange(SWAP8), ODD8); x15 = x7.rearrange(SWAP8).blend(x15, ODD8); x7 = t;
            t = x0.blend(x4.rearrange(SWAP4), ODD4); x4 = x0.rearrange(SWAP4).blend(x4, ODD4); x0 = t;
            t = x1.blend(x5.rearrange(SWAP4), ODD4); x5 = x1.rearrange(SWAP4).blend(x5, ODD4); x1 = t;
            t = x2.blend(x6.rearrange(SWAP4), ODD4); x6 = x2.rearrange(SWAP4).blend(x6, ODD4); x2 = t;
            t = x3.blend(x7.rearrange(SWAP4), ODD4); x7 = x3.rearrange(SWAP4).blend(x7, ODD4); x3 = t;
            t = x8.blend(x12.rearrange(SWAP4), ODD4); x12 = x8.rearrange(SWAP4).blend(x12, ODD4); x8 = t;
            t = x9.blend(x13.rearrange(SWAP4), ODD4); x13 = x9.rearrange(SWAP4).blend(x13, ODD4); x9 = t;
            t = x10.blend(x14.rearrange(SWAP4), ODD4); x14 = x10.rearrange(SWAP4).blend(x14, ODD4); x10 = t;
            t = x11.blend(x15.rearrange(SWAP4), ODD4); x15 = x11.rearrange(SWAP4).blend(x15, ODD4); x11 = t;
            t = x0.blend(x2.rearrange(SWAP2), ODD2); x2 = x0.rearrange(SWAP2).blend(x2, ODD2); x0 = t;
            t = x1.blend(x3.rearrange(SWAP2), ODD2); x3 = x1.rearrange(SWAP2).blend(x3, ODD2); x1 = t;
            t = x4.blend(x6.rearrange(SWAP2), ODD2); x6 = x4.rearrange(SWAP2).blend(x6, ODD2); x4 = t;
            t = x5.blend(x7.rearrange(SWAP2), ODD2); x7 = x5.rearrange(SWAP2).blend(x7, ODD2); x5 = t;
            t = x8.blend(x10.rearrange(SWAP2), ODD2); x10 = x8.rearrange(SWAP2).blend(x10, ODD2); x8 = t;
            t = x9.blend(x11.rearrange(SWAP2), ODD2); x11 = x9.rearrange(SWAP2).blend(x11, ODD2); x9 = t;
            t = x12.blend(x14.rearrange(SWAP2), ODD2); x14 = x12.rearrange(SWAP2).blend(x14, ODD2); x12 = t;
            t = x13.blend(x15.rearrange(SWAP2), ODD2); x15 = x13.rearrange(SWAP2).blend(x15, ODD2); x13 = t;
            t = firsts.selectFrom(x0, x1); x1 = seconds.selectFrom(x0, x1); x0 = t;
            t = firsts.selectFrom(x2, x3); x3 = seconds.selectFrom(x2, x3); x2 = t;
            t = firsts.selectFrom(x4, x5); x5 = seconds.selectFrom(x4, x5); x4 = t;
            t = firsts.selectFrom(x6, x7); x7 = seconds.selectFrom(x6, x7); x6 = t;
            t = firsts.selectFrom(x8, x9); x9 = seconds.selectFrom(x8, x9); x8 = t;
            t = firsts.selectFrom(x10, x11); x11 = seconds.selectFrom(x10, x11); x10 = t;
            t = firsts.selectFrom(x12, x13); x13 = seconds.selectFrom(x12, x13); x12 = t;
            t = firsts.selectFrom(x14, x15); x15 = seconds.selectFrom(x14, x15); x14 = t;
            int to = wo + j * lw;
            x0.intoArray(w, to);
            x1.intoArray(w, to + lw);
            x2.intoArray(w, to + 2 * lw);
            x3.intoArray(w, to + 3 * lw);
            x4.intoArray(w, to + 4 * lw);
            x5.intoArray(w, to + 5 * lw);
            x6.intoArray(w, to + 6 * lw);
            x7.intoArray(w, to + 7 * lw);
            x8.intoArray(w, to + 8 * lw);
            x9.intoArray(w, to + 9 * lw);
            x10.intoArray(w, to + 10 * lw);
            x11.intoArray(w, to + 11 * lw);
            x12.intoArray(w, to + 12 * lw);
            x13.intoArray(w, to + 13 * lw);
            x14.intoArray(w, to + 14 * lw);
            x15.intoArray(w, to + 15 * lw);
        }
    }
    // end
}
