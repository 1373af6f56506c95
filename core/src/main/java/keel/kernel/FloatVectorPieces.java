package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.IntVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;
import static keel.kernel.FloatCoefficients.MAGIC;
import static keel.kernel.FloatTables.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// [FloatMath#tanh], [FloatMath#erf] and [FloatMath#erfc], a vector at a time, as [FloatVectorMath] has the other functions. A
/// row of the table is one vector of 512 bits or two of 256: `selectFrom` takes an index modulo the length of a vector, and the
/// bit above chooses between the two. With four vectors of 128 bits the plain loop, which reads the table from memory, is as
/// fast.
final class FloatVectorPieces {
    private FloatVectorPieces() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final int[] T = bits(TANH);
    private static final int[] E = bits(ERF);
    private static final int[] C = bits(ERFC);
    /// The number of the first interval with the bits above, those of a power `2⁰`.
    private static final int FIRST = 127 << 2;
    private static final int TANH_END_BITS = Float.floatToRawIntBits(TANH_END);
    private static final int ERF_END_BITS = Float.floatToRawIntBits(ERF_END);
    private static final int SIGN = 0x80000000;
    /// The most elements that take the loop for far ones where one is: as many as make up for the change.
    static final int FAR_TOGETHER = 128;

    static void tanh(float[] x, int xo, float[] y, int yo, int n) {
        if (V < 8) {
            FloatLoops.tanh(x, xo, y, yo, n);
            return;
        }
        for (int i = 0; i < n; i += V) {
            var v = FloatVector.fromArray(S, x, xo + i);
            var a = v.abs();
            var near = a.reinterpretAsInts().lanewise(MIN, TANH_END_BITS).reinterpretAsFloats();
            var j = near.fma(broadcast(S, TANH_SCALE), broadcast(S, TANH_AT)).reinterpretAsInts().lanewise(LSHR, 21);
            var c = j.selectFrom(fromArray(I, T, 0));
            var c0 = j.selectFrom(fromArray(I, T, N));
            var c1 = j.selectFrom(fromArray(I, T, 2 * N));
            var c2 = j.selectFrom(fromArray(I, T, 3 * N));
            var c3 = j.selectFrom(fromArray(I, T, 4 * N));
            var c4 = j.selectFrom(fromArray(I, T, 5 * N));
            var c5 = j.selectFrom(fromArray(I, T, 6 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(fromArray(I, T, V)), m);
                c0 = c0.blend(j.selectFrom(fromArray(I, T, N + V)), m);
                c1 = c1.blend(j.selectFrom(fromArray(I, T, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(fromArray(I, T, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(fromArray(I, T, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(fromArray(I, T, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(fromArray(I, T, 6 * N + V)), m);
            }
            a = a.blend(TANH_END, a.compare(GT, TANH_END));
            var d = a.sub(c.reinterpretAsFloats());
            var q = c5.reinterpretAsFloats().fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void erf(float[] x, int xo, float[] y, int yo, int n) {
        if (V < 8) {
            FloatLoops.erf(x, xo, y, yo, n);
            return;
        }
        for (int i = 0; i < n; i += V) {
            var v = FloatVector.fromArray(S, x, xo + i);
            var a = v.abs();
            var near = a.reinterpretAsInts().lanewise(MIN, ERF_END_BITS).reinterpretAsFloats();
            var j = near.fma(broadcast(S, ERF_SCALE), broadcast(S, 1f)).reinterpretAsInts().lanewise(LSHR, 21);
            var c = j.selectFrom(fromArray(I, E, 0));
            var c0 = j.selectFrom(fromArray(I, E, N));
            var c1 = j.selectFrom(fromArray(I, E, 2 * N));
            var c2 = j.selectFrom(fromArray(I, E, 3 * N));
            var c3 = j.selectFrom(fromArray(I, E, 4 * N));
            var c4 = j.selectFrom(fromArray(I, E, 5 * N));
            var c5 = j.selectFrom(fromArray(I, E, 6 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(fromArray(I, E, V)), m);
                c0 = c0.blend(j.selectFrom(fromArray(I, E, N + V)), m);
                c1 = c1.blend(j.selectFrom(fromArray(I, E, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(fromArray(I, E, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(fromArray(I, E, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(fromArray(I, E, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(fromArray(I, E, 6 * N + V)), m);
            }
            a = a.blend(ERF_END, a.compare(GT, ERF_END));
            var d = a.sub(c.reinterpretAsFloats());
            var q = c5.reinterpretAsFloats().fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats().blend(a, j.compare(EQ, FIRST).cast(S)));
            q.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void erfc(float[] x, int xo, float[] y, int yo, int n) {
        if (V < 8) {
            FloatCalls.erfc(x, xo, y, yo, n);
            return;
        }
        for (int i, done = 0, far = V; (i = near(x, xo, y, yo, done, n)) < n; done = i + far) {
            far = together(i - done, far, n - i);
            far(x, xo + i, y, yo + i, far);
        }
    }

    /// How many elements take the loop for far ones where one is, before the other loop, which ends there, begins again: one call
    /// within it would take the registers from its tables, in vectors too that do not come by it. One vector, and twice as many
    /// each time unless the other loop came far in between: a loop that is seldom called takes long to be compiled, and every
    /// vector of its own is an object until then.
    ///
    /// @param near how many elements the other loop took since
    /// @param last what this returned before
    /// @param left how many elements there are
    static int together(int near, int last, int left) {
        return Math.min(left, near < FAR_TOGETHER ? Math.min(2 * last, FAR_TOGETHER) : V);
    }

    /// erfc from element `from` to the first vector with `|x| > ERFC_END`, where that begins.
    private static int near(float[] x, int xo, float[] y, int yo, int from, int n) {
        int i = from;
        for (; i < n; i += V) {
            var v = FloatVector.fromArray(S, x, xo + i);
            var a = v.abs();
            var b = a.fma(broadcast(S, ERFC_BEND), broadcast(S, ERFC_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(fromArray(I, C, 0));
            var c0 = j.selectFrom(fromArray(I, C, N));
            var c1 = j.selectFrom(fromArray(I, C, 2 * N));
            var c2 = j.selectFrom(fromArray(I, C, 3 * N));
            var c3 = j.selectFrom(fromArray(I, C, 4 * N));
            var c4 = j.selectFrom(fromArray(I, C, 5 * N));
            var c5 = j.selectFrom(fromArray(I, C, 6 * N));
            var c6 = j.selectFrom(fromArray(I, C, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(fromArray(I, C, V)), m);
                c0 = c0.blend(j.selectFrom(fromArray(I, C, N + V)), m);
                c1 = c1.blend(j.selectFrom(fromArray(I, C, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(fromArray(I, C, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(fromArray(I, C, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(fromArray(I, C, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(fromArray(I, C, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(fromArray(I, C, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q = q.blend(broadcast(S, 2f).sub(q), v.compare(LT, 0f));
            if (a.compare(GT, ERFC_END).anyTrue()) return i;
            q.intoArray(y, yo + i);
        }
        return i;
    }

    /// The same, in double where `|x| > ERFC_END`.
    private static void far(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = FloatVector.fromArray(S, x, xo + i);
            var a = v.abs();
            var b = a.fma(broadcast(S, ERFC_BEND), broadcast(S, ERFC_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(fromArray(I, C, 0));
            var c0 = j.selectFrom(fromArray(I, C, N));
            var c1 = j.selectFrom(fromArray(I, C, 2 * N));
            var c2 = j.selectFrom(fromArray(I, C, 3 * N));
            var c3 = j.selectFrom(fromArray(I, C, 4 * N));
            var c4 = j.selectFrom(fromArray(I, C, 5 * N));
            var c5 = j.selectFrom(fromArray(I, C, 6 * N));
            var c6 = j.selectFrom(fromArray(I, C, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(fromArray(I, C, V)), m);
                c0 = c0.blend(j.selectFrom(fromArray(I, C, N + V)), m);
                c1 = c1.blend(j.selectFrom(fromArray(I, C, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(fromArray(I, C, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(fromArray(I, C, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(fromArray(I, C, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(fromArray(I, C, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(fromArray(I, C, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q = q.blend(broadcast(S, 2f).sub(q), v.compare(LT, 0f));
            var far = a.compare(GT, ERFC_END);
            if (far.anyTrue()) {
                FloatVectorHyperbolic.erfc(x, xo + i, y, yo + i, V);
                q = q.blend(FloatVector.fromArray(S, y, yo + i), far);
            }
            q.intoArray(y, yo + i);
        }
    }
}
