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
    /// Columns of a block.
    private static final int SIDE = 8;

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(S, i -> (i ^ 4) % V);
    private static final VectorMask<Float> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Float> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Float> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);
    // only float: a vector of doubles has 8 lanes at most
    static final VectorMask<Float> ODD8 = VectorMask.fromLong(S, 0xFF00L & (1L << V) - 1);
    // What an exchange at distance 4, 2 or 1 selects from two vectors for the first and for the second: one instruction each,
    // where an exchange and a blend are two.
    static final float[] FIRST_FOURS = exchange(4, false);
    static final float[] SECOND_FOURS = exchange(4, true);
    static final float[] FIRST_TWOS = exchange(2, false);
    static final float[] SECOND_TWOS = exchange(2, true);
    static final float[] FIRST_ONES = exchange(1, false);
    static final float[] SECOND_ONES = exchange(1, true);

    /// What an exchange at distance `d`, a power of two, selects from two vectors for the first or for the second.
    private static float[] exchange(int d, boolean second) {
        var y = new float[V];
        for (int i = 0; i < V; i++) {
            boolean odd = (i & d) != 0;
            y[i] = second ? (odd ? V + i : (i + d) % V) : odd ? V + i - d : i;
        }
        return y;
    }
    // end

    /// `w[j·lw + i] = x[i·ld + j]` for `i < rows`, `j < n`. A row of `w` needs room for a whole vector: what lies beyond fewer
    /// `rows` is lost.
    static void turn(float[] x, int xo, int ld, int rows, int n, float[] w, int wo, int lw) {
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
    /// Turns 16 rows, eight columns at a time: the first exchange, of halves, is one of addresses, for each vector is loaded from
    /// two rows. Rows beyond `last`, which is 8 or more, repeat it.
    private static void turn16(float[] x, int xo, int ld, int last, int n, float[] w, int wo, int lw) {
        int i0 = xo;
        int i1 = xo + ld;
        int i2 = xo + 2 * ld;
        int i3 = xo + 3 * ld;
        int i4 = xo + 4 * ld;
        int i5 = xo + 5 * ld;
        int i6 = xo + 6 * ld;
        int i7 = xo + 7 * ld;
        int i8 = xo + 8 * ld;
        int i9 = xo + Math.min(9, last) * ld;
        int i10 = xo + Math.min(10, last) * ld;
        int i11 = xo + Math.min(11, last) * ld;
        int i12 = xo + Math.min(12, last) * ld;
        int i13 = xo + Math.min(13, last) * ld;
        int i14 = xo + Math.min(14, last) * ld;
        int i15 = xo + Math.min(15, last) * ld;
        var firstFours = FloatVector.fromArray(S, FIRST_FOURS, 0);
        var secondFours = FloatVector.fromArray(S, SECOND_FOURS, 0);
        var firstTwos = FloatVector.fromArray(S, FIRST_TWOS, 0);
        var secondTwos = FloatVector.fromArray(S, SECOND_TWOS, 0);
        var firstOnes = FloatVector.fromArray(S, FIRST_ONES, 0);
        var secondOnes = FloatVector.fromArray(S, SECOND_ONES, 0);
        for (int j = 0; j <= n - 8; j += 8) {
            var x0 = FloatVector.fromArray(S, x, i0 + j).blend(FloatVector.fromArray(S, x, i8 + j - 8), ODD8);
            var x1 = FloatVector.fromArray(S, x, i1 + j).blend(FloatVector.fromArray(S, x, i9 + j - 8), ODD8);
            var x2 = FloatVector.fromArray(S, x, i2 + j).blend(FloatVector.fromArray(S, x, i10 + j - 8), ODD8);
            var x3 = FloatVector.fromArray(S, x, i3 + j).blend(FloatVector.fromArray(S, x, i11 + j - 8), ODD8);
            var x4 = FloatVector.fromArray(S, x, i4 + j).blend(FloatVector.fromArray(S, x, i12 + j - 8), ODD8);
            var x5 = FloatVector.fromArray(S, x, i5 + j).blend(FloatVector.fromArray(S, x, i13 + j - 8), ODD8);
            var x6 = FloatVector.fromArray(S, x, i6 + j).blend(FloatVector.fromArray(S, x, i14 + j - 8), ODD8);
            var x7 = FloatVector.fromArray(S, x, i7 + j).blend(FloatVector.fromArray(S, x, i15 + j - 8), ODD8);
            FloatVector t;
            t = firstFours.selectFrom(x0, x4); x4 = secondFours.selectFrom(x0, x4); x0 = t;
            t = firstFours.selectFrom(x1, x5); x5 = secondFours.selectFrom(x1, x5); x1 = t;
            t = firstFours.selectFrom(x2, x6); x6 = secondFours.selectFrom(x2, x6); x2 = t;
            t = firstFours.selectFrom(x3, x7); x7 = secondFours.selectFrom(x3, x7); x3 = t;
            t = firstTwos.selectFrom(x0, x2); x2 = secondTwos.selectFrom(x0, x2); x0 = t;
            t = firstTwos.selectFrom(x1, x3); x3 = secondTwos.selectFrom(x1, x3); x1 = t;
            t = firstTwos.selectFrom(x4, x6); x6 = secondTwos.selectFrom(x4, x6); x4 = t;
            t = firstTwos.selectFrom(x5, x7); x7 = secondTwos.selectFrom(x5, x7); x5 = t;
            t = firstOnes.selectFrom(x0, x1); x1 = secondOnes.selectFrom(x0, x1); x0 = t;
            t = firstOnes.selectFrom(x2, x3); x3 = secondOnes.selectFrom(x2, x3); x2 = t;
            t = firstOnes.selectFrom(x4, x5); x5 = secondOnes.selectFrom(x4, x5); x4 = t;
            t = firstOnes.selectFrom(x6, x7); x7 = secondOnes.selectFrom(x6, x7); x6 = t;
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
    // end
}
