package keel.kernel;

import jdk.incubator.vector.FloatVector;
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
final class FloatVectorDots {
    private FloatVectorDots() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    // only float: a vector of doubles has 8 lanes at most
    /// Numbers after which lines are of the same set of the first cache again, on most processors.
    private static final int PAGE = 1024;
    /// Of rows so far apart, each four lie so many columns behind the four before: see [#apart].
    private static final int LATE = 64;
    /// Four times each of the four numbers of a step, of which a vector holds four.
    private static final VectorShuffle<Float> STEP0 = VectorShuffle.fromOp(S, i -> i / 4);
    private static final VectorShuffle<Float> STEP1 = VectorShuffle.fromOp(S, i -> i / 4 + 4 % V);
    private static final VectorShuffle<Float> STEP2 = VectorShuffle.fromOp(S, i -> i / 4 + 8 % V);
    private static final VectorShuffle<Float> STEP3 = VectorShuffle.fromOp(S, i -> i / 4 + 12 % V);
    // end

    // SWAPd exchanges lanes i and i xor d; ODDd are the lanes with bit d set. Of a species with fewer lanes they are never used.
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(S, i -> (i ^ 1) % V);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(S, i -> (i ^ 2) % V);
    private static final VectorMask<Float> ODD1 = VectorMask.fromLong(S, 0xAAAAL & (1L << V) - 1);
    private static final VectorMask<Float> ODD2 = VectorMask.fromLong(S, 0xCCCCL & (1L << V) - 1);
    private static final VectorMask<Float> ODD4 = VectorMask.fromLong(S, 0xF0F0L & (1L << V) - 1);

    /// All outputs. The last rows are a block that reaches back over what is done.
    static void dots(int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        if (V < 8 || n < V || k < V) {
            FloatMatmul.dots(n, k, a, ao, b, bo, c, co);
            return;
        }
        // only float: a vector of doubles has 8 lanes at most
        if (V == 16 && k % PAGE == 0) {
            apart(n, k, a, ao, b, bo, c, co);
            return;
        }
        // end
        for (int j = 0; j < n; j += V) {
            int at = Math.min(j, n - V);
            switch (V) {
                case 8 -> rows8(k, a, ao, b, bo + at * k, c, co + at);
                // only float: a vector of doubles has 8 lanes at most
                case 16 -> rows16(k, a, ao, b, bo + at * k, c, co + at);
                // end
                default -> throw new IllegalStateException("dots: no block of " + V + " rows");
            }
        }
    }

    /// The last links, `p … k − 1`, of the chains in `c`.
    private static void rest(int from, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        for (int j = 0; j < V; j++) {
            float s = c[co + j];
            for (int p = from; p < k; p++) s = Math.fma(a[ao + p], b[bo + j * k + p], s);
            c[co + j] = s;
        }
    }

    // The first exchange, of halves, is one of addresses: each vector is loaded from two rows.

    private static void rows8(int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        var s = FloatVector.zero(S);
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
            FloatVector t;
            var x0 = FloatVector.fromArray(S, b, i0 + p).blend(FloatVector.fromArray(S, b, i4 + p - 4), ODD4);
            var x4 = FloatVector.fromArray(S, b, i0 + p + 4).blend(FloatVector.fromArray(S, b, i4 + p), ODD4);
            var x2 = FloatVector.fromArray(S, b, i2 + p).blend(FloatVector.fromArray(S, b, i6 + p - 4), ODD4);
            var x6 = FloatVector.fromArray(S, b, i2 + p + 4).blend(FloatVector.fromArray(S, b, i6 + p), ODD4);
            t = x0.blend(x2.rearrange(SWAP2), ODD2); x2 = x0.rearrange(SWAP2).blend(x2, ODD2); x0 = t;
            t = x4.blend(x6.rearrange(SWAP2), ODD2); x6 = x4.rearrange(SWAP2).blend(x6, ODD2); x4 = t;
            var x1 = FloatVector.fromArray(S, b, i1 + p).blend(FloatVector.fromArray(S, b, i5 + p - 4), ODD4);
            var x5 = FloatVector.fromArray(S, b, i1 + p + 4).blend(FloatVector.fromArray(S, b, i5 + p), ODD4);
            var x3 = FloatVector.fromArray(S, b, i3 + p).blend(FloatVector.fromArray(S, b, i7 + p - 4), ODD4);
            var x7 = FloatVector.fromArray(S, b, i3 + p + 4).blend(FloatVector.fromArray(S, b, i7 + p), ODD4);
            t = x1.blend(x3.rearrange(SWAP2), ODD2); x3 = x1.rearrange(SWAP2).blend(x3, ODD2); x1 = t;
            t = x5.blend(x7.rearrange(SWAP2), ODD2); x7 = x5.rearrange(SWAP2).blend(x7, ODD2); x5 = t;
            t = x0.blend(x1.rearrange(SWAP1), ODD1); x1 = x0.rearrange(SWAP1).blend(x1, ODD1); x0 = t;
            t = x2.blend(x3.rearrange(SWAP1), ODD1); x3 = x2.rearrange(SWAP1).blend(x3, ODD1); x2 = t;
            t = x4.blend(x5.rearrange(SWAP1), ODD1); x5 = x4.rearrange(SWAP1).blend(x5, ODD1); x4 = t;
            t = x6.blend(x7.rearrange(SWAP1), ODD1); x7 = x6.rearrange(SWAP1).blend(x7, ODD1); x6 = t;
            s = FloatVector.broadcast(S, a[ao + p]).fma(x0, s);
            s = FloatVector.broadcast(S, a[ao + p + 1]).fma(x1, s);
            s = FloatVector.broadcast(S, a[ao + p + 2]).fma(x2, s);
            s = FloatVector.broadcast(S, a[ao + p + 3]).fma(x3, s);
            s = FloatVector.broadcast(S, a[ao + p + 4]).fma(x4, s);
            s = FloatVector.broadcast(S, a[ao + p + 5]).fma(x5, s);
            s = FloatVector.broadcast(S, a[ao + p + 6]).fma(x6, s);
            s = FloatVector.broadcast(S, a[ao + p + 7]).fma(x7, s);
        }
        s.intoArray(c, co);
        rest(p, k, a, ao, b, bo, c, co);
    }

    // only float: a vector of doubles has 8 lanes at most
    /// Sixteen rows, eight columns at a time. The sum waits for its own last link, four cycles a column, and eight vectors leave
    /// room for the indices of all exchanges, so that the turn takes less than that.
    private static void rows16(int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        var s = FloatVector.zero(S);
        int i0 = bo;
        int i1 = bo + k;
        int i2 = bo + 2 * k;
        int i3 = bo + 3 * k;
        int i4 = bo + 4 * k;
        int i5 = bo + 5 * k;
        int i6 = bo + 6 * k;
        int i7 = bo + 7 * k;
        int i8 = bo + 8 * k;
        int i9 = bo + 9 * k;
        int i10 = bo + 10 * k;
        int i11 = bo + 11 * k;
        int i12 = bo + 12 * k;
        int i13 = bo + 13 * k;
        int i14 = bo + 14 * k;
        int i15 = bo + 15 * k;
        var firstFours = FloatVector.fromArray(S, FloatVectorTurn.FIRST_FOURS, 0);
        var secondFours = FloatVector.fromArray(S, FloatVectorTurn.SECOND_FOURS, 0);
        var firstTwos = FloatVector.fromArray(S, FloatVectorTurn.FIRST_TWOS, 0);
        var secondTwos = FloatVector.fromArray(S, FloatVectorTurn.SECOND_TWOS, 0);
        var firstOnes = FloatVector.fromArray(S, FloatVectorTurn.FIRST_ONES, 0);
        var secondOnes = FloatVector.fromArray(S, FloatVectorTurn.SECOND_ONES, 0);
        int p = 0;
        for (; p <= k - 8; p += 8) {
            FloatVector t;
            var x0 = FloatVector.fromArray(S, b, i0 + p).blend(FloatVector.fromArray(S, b, i8 + p - 8), FloatVectorTurn.ODD8);
            var x1 = FloatVector.fromArray(S, b, i1 + p).blend(FloatVector.fromArray(S, b, i9 + p - 8), FloatVectorTurn.ODD8);
            var x2 = FloatVector.fromArray(S, b, i2 + p).blend(FloatVector.fromArray(S, b, i10 + p - 8), FloatVectorTurn.ODD8);
            var x3 = FloatVector.fromArray(S, b, i3 + p).blend(FloatVector.fromArray(S, b, i11 + p - 8), FloatVectorTurn.ODD8);
            var x4 = FloatVector.fromArray(S, b, i4 + p).blend(FloatVector.fromArray(S, b, i12 + p - 8), FloatVectorTurn.ODD8);
            var x5 = FloatVector.fromArray(S, b, i5 + p).blend(FloatVector.fromArray(S, b, i13 + p - 8), FloatVectorTurn.ODD8);
            var x6 = FloatVector.fromArray(S, b, i6 + p).blend(FloatVector.fromArray(S, b, i14 + p - 8), FloatVectorTurn.ODD8);
            var x7 = FloatVector.fromArray(S, b, i7 + p).blend(FloatVector.fromArray(S, b, i15 + p - 8), FloatVectorTurn.ODD8);
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
            s = FloatVector.broadcast(S, a[ao + p]).fma(x0, s);
            s = FloatVector.broadcast(S, a[ao + p + 1]).fma(x1, s);
            s = FloatVector.broadcast(S, a[ao + p + 2]).fma(x2, s);
            s = FloatVector.broadcast(S, a[ao + p + 3]).fma(x3, s);
            s = FloatVector.broadcast(S, a[ao + p + 4]).fma(x4, s);
            s = FloatVector.broadcast(S, a[ao + p + 5]).fma(x5, s);
            s = FloatVector.broadcast(S, a[ao + p + 6]).fma(x6, s);
            s = FloatVector.broadcast(S, a[ao + p + 7]).fma(x7, s);
        }
        s.intoArray(c, co);
        rest(p, k, a, ao, b, bo, c, co);
    }

    /// Rows that begin a multiple of 4 KB apart: a column of sixteen lies in one set of the first cache, which holds half of it
    /// or less. So each four rows are [#LATE] columns behind the four before, in other sets, and go on in the next block when
    /// they have come to their ends. `a` is laid out four times, as late, with the four numbers of a step side by side.
    private static void apart(int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        var space = FloatVectorSpace.take(4 * k + V, 0);
        var w = space.a;
        int sums = 4 * k;
        for (int g = 0; g < 4; g++) {
            int late = g * LATE;
            for (int p = 0; p < late; p++) w[4 * p + g] = a[ao + k - late + p];
            for (int p = late; p < k; p++) w[4 * p + g] = a[ao + p - late];
        }
        int before = 0;
        for (int j = 0; j < n + V; j += V) {
            int at = Math.min(j, n - V);
            for (int g = 0; g < 4; g++) {
                if (j > 0) System.arraycopy(w, sums + 4 * g, c, co + before + 4 * g, 4);
                for (int i = 0; i < 4; i++) w[sums + 4 * g + i] = 0;
                int to = g < 3 ? (g + 1) * LATE : j < n ? k : 0;
                lateSteps(g * LATE, to, k, w, sums, b, bo + at * k, late(1, g, at, before, k, bo), late(2, g, at, before, k, bo),
                    late(3, g, at, before, k, bo));
            }
            before = at;
        }
        space.giveBack();
    }

    /// Where the rows of group `g` begin, less what they are late; groups up to `come` have come to the block at `at`.
    private static int late(int g, int come, int at, int before, int k, int bo) {
        return bo + (g <= come ? at : before) * k + 4 * g * k - g * LATE + (g <= come ? 0 : k);
    }

    /// Columns `from … to − 1` of four rows from `i0` on, and of three times four others, from where they begin less what they
    /// are late.
    private static void lateSteps(int from, int to, int k, float[] a, int sums, float[] b, int i0, int i4, int i8, int i12) {
        var s = FloatVector.fromArray(S, a, sums);
        int i1 = i0 + k;
        int i2 = i0 + 2 * k;
        int i3 = i0 + 3 * k;
        int i5 = i4 + k;
        int i6 = i4 + 2 * k;
        int i7 = i4 + 3 * k;
        int i9 = i8 + k;
        int i10 = i8 + 2 * k;
        int i11 = i8 + 3 * k;
        int i13 = i12 + k;
        int i14 = i12 + 2 * k;
        int i15 = i12 + 3 * k;
        var firstFours = FloatVector.fromArray(S, FloatVectorTurn.FIRST_FOURS, 0);
        var secondFours = FloatVector.fromArray(S, FloatVectorTurn.SECOND_FOURS, 0);
        var firstTwos = FloatVector.fromArray(S, FloatVectorTurn.FIRST_TWOS, 0);
        var secondTwos = FloatVector.fromArray(S, FloatVectorTurn.SECOND_TWOS, 0);
        var firstOnes = FloatVector.fromArray(S, FloatVectorTurn.FIRST_ONES, 0);
        var secondOnes = FloatVector.fromArray(S, FloatVectorTurn.SECOND_ONES, 0);
        for (int p = from; p < to; p += 8) {
            FloatVector t;
            var x0 = FloatVector.fromArray(S, b, i0 + p).blend(FloatVector.fromArray(S, b, i8 + p - 8), FloatVectorTurn.ODD8);
            var x1 = FloatVector.fromArray(S, b, i1 + p).blend(FloatVector.fromArray(S, b, i9 + p - 8), FloatVectorTurn.ODD8);
            var x2 = FloatVector.fromArray(S, b, i2 + p).blend(FloatVector.fromArray(S, b, i10 + p - 8), FloatVectorTurn.ODD8);
            var x3 = FloatVector.fromArray(S, b, i3 + p).blend(FloatVector.fromArray(S, b, i11 + p - 8), FloatVectorTurn.ODD8);
            var x4 = FloatVector.fromArray(S, b, i4 + p).blend(FloatVector.fromArray(S, b, i12 + p - 8), FloatVectorTurn.ODD8);
            var x5 = FloatVector.fromArray(S, b, i5 + p).blend(FloatVector.fromArray(S, b, i13 + p - 8), FloatVectorTurn.ODD8);
            var x6 = FloatVector.fromArray(S, b, i6 + p).blend(FloatVector.fromArray(S, b, i14 + p - 8), FloatVectorTurn.ODD8);
            var x7 = FloatVector.fromArray(S, b, i7 + p).blend(FloatVector.fromArray(S, b, i15 + p - 8), FloatVectorTurn.ODD8);
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
            var u = FloatVector.fromArray(S, a, 4 * p);
            var v = FloatVector.fromArray(S, a, 4 * p + V);
            s = u.rearrange(STEP0).fma(x0, s);
            s = u.rearrange(STEP1).fma(x1, s);
            s = u.rearrange(STEP2).fma(x2, s);
            s = u.rearrange(STEP3).fma(x3, s);
            s = v.rearrange(STEP0).fma(x4, s);
            s = v.rearrange(STEP1).fma(x5, s);
            s = v.rearrange(STEP2).fma(x6, s);
            s = v.rearrange(STEP3).fma(x7, s);
        }
        s.intoArray(a, sums);
    }
    // end
}
