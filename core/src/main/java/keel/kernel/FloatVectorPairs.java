package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GE;
import static keel.kernel.FloatVectorRows.LANES;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The sums in pairs of [FloatParts] for lines from one vector to one block, two at least, and for vectors of 16 lanes only. Two
/// lines side by side are four chains of additions, and their sums fold as one; ends as in [FloatVectorRows].
final class FloatVectorPairs {
    private FloatVectorPairs() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(S, j -> (j ^ 8) % V);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(S, j -> (j ^ 4) % V);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, j -> (j ^ 2) % V);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, j -> (j ^ 1) % V);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, 0xff00L & (1L << V) - 1);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(S, 0xf0f0L & (1L << V) - 1);
    /// Both sums of both lines, in order; what follows them is overwritten by the next, or unused.
    private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(S, j -> ((j & 1) * 8 + (j >> 1 & 1) * 4) % V);

    /// `s[at + 2 r] = Σ (x − a)`, `s[at + 2 r + 1] = Σ (x − a)²` of at least two lines.
    static void deviations(float[] a, int ao, int da, float[] x, int xo, int step, int lines, int n, float[] s, int at) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < lines; i0 += 2) {
            int r = Math.min(i0, lines - 2);
            int p0 = xo + r * step;
            int p1 = p0 + step;
            var a0 = broadcast(S, a[ao + r * da]);
            var a1 = broadcast(S, a[ao + (r + 1) * da]);
            var s0 = zero(S);
            var t0 = zero(S);
            var s1 = zero(S);
            var t1 = zero(S);
            for (int i = 0; i < last; i += V) {
                var g0 = fromArray(S, x, p0 + i).sub(a0);
                var g1 = fromArray(S, x, p1 + i).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            var g0 = fromArray(S, x, p0 + last).sub(a0);
            var g1 = fromArray(S, x, p1 + last).sub(a1);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            t0 = turn.selectFrom(t0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            t1 = turn.selectFrom(t1.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(s0.add(g0), rest);
            t0 = t0.blend(g0.fma(g0, t0), rest);
            s1 = s1.blend(s1.add(g1), rest);
            t1 = t1.blend(g1.fma(g1, t1), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(t0.add(t0.rearrange(BY_8)), UPPER);
            var u1 = s1.add(s1.rearrange(BY_8)).blend(t1.add(t1.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + 2 * r);
        }
    }

    /// `s[at + 2 r] = Σ z`, `s[at + 2 r + 1] = Σ (x − a)·z` of at least two lines.
    static void slopes(float[] a, int ao, int da, float[] x, int xo, float[] z, int zo, int step, int lines, int n,
            float[] s, int at) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < lines; i0 += 2) {
            int r = Math.min(i0, lines - 2);
            int p0 = xo + r * step;
            int p1 = p0 + step;
            int q0 = zo + r * step;
            int q1 = q0 + step;
            var a0 = broadcast(S, a[ao + r * da]);
            var a1 = broadcast(S, a[ao + (r + 1) * da]);
            var s0 = zero(S);
            var t0 = zero(S);
            var s1 = zero(S);
            var t1 = zero(S);
            for (int i = 0; i < last; i += V) {
                var g0 = fromArray(S, z, q0 + i);
                var g1 = fromArray(S, z, q1 + i);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + i).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + i).sub(a1).fma(g1, t1);
            }
            var g0 = fromArray(S, z, q0 + last);
            var g1 = fromArray(S, z, q1 + last);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            t0 = turn.selectFrom(t0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            t1 = turn.selectFrom(t1.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(s0.add(g0), rest);
            t0 = t0.blend(fromArray(S, x, p0 + last).sub(a0).fma(g0, t0), rest);
            s1 = s1.blend(s1.add(g1), rest);
            t1 = t1.blend(fromArray(S, x, p1 + last).sub(a1).fma(g1, t1), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(t0.add(t0.rearrange(BY_8)), UPPER);
            var u1 = s1.add(s1.rearrange(BY_8)).blend(t1.add(t1.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + 2 * r);
        }
    }

    /// `s[at + 2 r] = Σ z·w`, `s[at + 2 r + 1] = Σ (x − a)·(z·w)` of at least two rows.
    static void weighted(float[] a, int ao, float[] x, int xo, float[] w, int wo, float[] z, int zo, int n, int rows,
            float[] s, int at) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < rows; i0 += 2) {
            int r = Math.min(i0, rows - 2);
            int p0 = xo + r * n;
            int p1 = p0 + n;
            int q0 = zo + r * n;
            int q1 = q0 + n;
            var a0 = broadcast(S, a[ao + r]);
            var a1 = broadcast(S, a[ao + r + 1]);
            var s0 = zero(S);
            var t0 = zero(S);
            var s1 = zero(S);
            var t1 = zero(S);
            for (int i = 0; i < last; i += V) {
                var f = fromArray(S, w, wo + i);
                var g0 = fromArray(S, z, q0 + i).mul(f);
                var g1 = fromArray(S, z, q1 + i).mul(f);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + i).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + i).sub(a1).fma(g1, t1);
            }
            var f = fromArray(S, w, wo + last);
            var g0 = fromArray(S, z, q0 + last).mul(f);
            var g1 = fromArray(S, z, q1 + last).mul(f);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            t0 = turn.selectFrom(t0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            t1 = turn.selectFrom(t1.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(s0.add(g0), rest);
            t0 = t0.blend(fromArray(S, x, p0 + last).sub(a0).fma(g0, t0), rest);
            s1 = s1.blend(s1.add(g1), rest);
            t1 = t1.blend(fromArray(S, x, p1 + last).sub(a1).fma(g1, t1), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(t0.add(t0.rearrange(BY_8)), UPPER);
            var u1 = s1.add(s1.rearrange(BY_8)).blend(t1.add(t1.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + 2 * r);
        }
    }
}
