package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatCoefficients.*;
import static keel.kernel.FloatTables.*;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Both forms of GELU and their derivatives, as [FloatVectorMath] has the other functions; tables as in [FloatVectorPieces].
final class FloatVectorGelu {
    private FloatVectorGelu() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final int[] PIECES = bits(TAIL_PIECES);
    private static final int[] GRAD_PIECES = bits(TAIL_GRAD_PIECES);

    private static final float DOWN = 0x1p-64f;
    private static final int BIAS_UP = 127 + 64 << 23;
    private static final int BIAS_DOWN = 127 - 64 << 23;
    private static final int SIGN = 0x80000000;

    static void gelu(float[] x, int xo, float[] y, int yo, int n) {
        if (V < 8) {
            FloatLoops.gelu(x, xo, y, yo, n);
            return;
        }
        for (int i, done = 0, far = V; (i = near(x, xo, y, yo, done, n)) < n; done = i + far) {
            far = FloatVectorPieces.together(i - done, far, n - i);
            far(x, xo + i, y, yo + i, far);
        }
    }

    /// From element `from` to the first vector with `|x| > GELU_END`, where that begins.
    private static int near(float[] x, int xo, float[] y, int yo, int from, int n) {
        int i = from;
        for (; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var b = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            var k = v.reinterpretAsInts();
            q = a.fma(q, k.lanewise(MAX, IntVector.broadcast(I, 0)).reinterpretAsFloats());
            q = q.reinterpretAsInts().or(k.and(SIGN)).reinterpretAsFloats();
            if (far.anyTrue()) return i;
            q.intoArray(y, yo + i);
        }
        return i;
    }

    /// `y = gelu(x + b)` for any `n`; `b` is the scratch that [#bias] filled.
    static void biased(float[] x, int xo, float[] b, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i, done = 0, far = V; (i = biasedNear(x, xo, b, y, yo, done, whole)) < whole; done = i + far) {
            far = FloatVectorPieces.together(i - done, far, whole - i);
            FloatVectorLoops.add(x, xo + i, b, i, b, FloatRows.TOGETHER, far);
            far(b, FloatRows.TOGETHER, y, yo + i, far);
        }
        if (whole == n) return;
        rest(x, xo, b, whole, n);
        gelu(b, FloatRows.TOGETHER, b, FloatRows.TOGETHER, V);
        System.arraycopy(b, FloatRows.TOGETHER, y, yo + whole, n - whole);
    }

    /// `x + b` of what is left of whole vectors, behind what [#bias] filled, and a zero in each lane that is left.
    private static void rest(float[] x, int xo, float[] b, int whole, int n) {
        Arrays.fill(b, FloatRows.TOGETHER, FloatRows.TOGETHER + V, 0);
        for (int i = whole; i < n; i++) b[FloatRows.TOGETHER + i - whole] = x[xo + i] + b[i];
    }

    /// Scratch with elements `bo … bo + n − 1` of `b` over and over, `rows` times, and room for what the loops of far elements
    /// take.
    static float[] bias(float[] b, int bo, int rows, int n) {
        float[] t = FloatRows.scratch(FloatRows.TOGETHER + 2 * FloatVectorPieces.FAR_TOGETHER);
        System.arraycopy(b, bo, t, 0, n);
        for (int done = n, all = rows * n; done < all; done *= 2) System.arraycopy(t, 0, t, done, Math.min(done, all - done));
        return t;
    }

    /// As [#near], of `x + b`.
    private static int biasedNear(float[] x, int xo, float[] b, float[] y, int yo, int from, int n) {
        int i = from;
        for (; i < n; i += V) {
            var v = fromArray(S, x, xo + i).add(fromArray(S, b, i));
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var g = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = g.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            var k = v.reinterpretAsInts();
            q = a.fma(q, k.lanewise(MAX, IntVector.broadcast(I, 0)).reinterpretAsFloats());
            q = q.reinterpretAsInts().or(k.and(SIGN)).reinterpretAsFloats();
            if (far.anyTrue()) return i;
            q.intoArray(y, yo + i);
        }
        return i;
    }

    /// With the tail.
    private static void far(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var b = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            var k = v.reinterpretAsInts();
            q = a.fma(q, k.lanewise(MAX, IntVector.broadcast(I, 0)).reinterpretAsFloats());
            q = q.reinterpretAsInts().or(k.and(SIGN)).reinterpretAsFloats();
            if (far.anyTrue()) {
                tail(x, xo + i, y, yo + i);
                q = q.blend(fromArray(S, y, yo + i), far);
            }
            q.intoArray(y, yo + i);
        }
    }

    /// One vector, right where `|x| > GELU_END`.
    private static void tail(float[] x, int xo, float[] y, int yo) {
        var v = fromArray(S, x, xo);
        if (!v.compare(LT, -GELU_END).anyTrue()) {
            v.intoArray(y, yo);
            return;
        }
        var a = v.neg().blend(TAIL_END, v.compare(LT, -TAIL_END));
        var b = a.mul((float) -0.5);
        var c = a.mul(b);
        var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
        var m = t.sub(MAGIC);
        var r0 = m.fma(broadcast(S, -LN2_HIGH), c);
        var r1 = m.fma(broadcast(S, -LN2_LOW), a.fma(b, c.neg()));
        var r = r0.add(r1);
        var u = broadcast(S, EXP_7).fma(r, broadcast(S, EXP_6));
        u = u.fma(r, broadcast(S, EXP_5));
        u = u.fma(r, broadcast(S, EXP_4));
        u = u.fma(r, broadcast(S, EXP_3));
        u = u.fma(r, broadcast(S, EXP_2));
        var e = r.mul(r).fma(u, r1.sub(r.sub(r0)));
        u = r.add(e);
        var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(BIAS_UP).reinterpretAsFloats();
        var w = a.mul(TAIL).div(a.fma(broadcast(S, TAIL), broadcast(S, 1f)));
        var g = w.neg().fma(a, a);
        var k = g.sub(TAIL_AT);
        var p = broadcast(S, TAIL_10).fma(k, broadcast(S, TAIL_9));
        p = p.fma(k, broadcast(S, TAIL_8));
        p = p.fma(k, broadcast(S, TAIL_7));
        p = p.fma(k, broadcast(S, TAIL_6));
        p = p.fma(k, broadcast(S, TAIL_5));
        p = p.fma(k, broadcast(S, TAIL_4));
        p = p.fma(k, broadcast(S, TAIL_3));
        p = p.fma(k, broadcast(S, TAIL_2));
        p = p.fma(k, broadcast(S, TAIL_1));
        var q = p.fma(k, broadcast(S, TAIL_0));
        var ql = q.fma(u, q.fma(e.sub(u.sub(r)), p.fma(k, broadcast(S, TAIL_0).sub(q))));
        var h = q.add(ql);
        g = g.mul(s).mul(DOWN).neg();
        g.fma(h, g.mul(ql.sub(h.sub(q)))).blend(v, v.compare(GT, 0f)).intoArray(y, yo);
    }

    /// `z·gelu′(x)`
    static void geluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        if (V < 8) {
            FloatLoops.geluGrad(x, xo, z, zo, y, yo, n);
            return;
        }
        for (int i, done = 0, far = V; (i = gradNear(x, xo, z, zo, y, yo, done, n)) < n; done = i + far) {
            far = FloatVectorPieces.together(i - done, far, n - i);
            gradFar(x, xo + i, z, zo + i, y, yo + i, far);
        }
    }

    private static int gradNear(float[] x, int xo, float[] z, int zo, float[] y, int yo, int from, int n) {
        int i = from;
        for (; i < n; i += V) {
            var w = fromArray(S, z, zo + i);
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var b = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q = broadcast(S, 1f).sub(q).blend(q, v.compare(LT, 0f));
            if (far.anyTrue()) return i;
            q.mul(w).intoArray(y, yo + i);
        }
        return i;
    }

    /// `z·gelu′(x + b)` for any `n`; `b` as for [#biased].
    static void biasedGrad(float[] x, int xo, float[] b, float[] z, int zo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i, done = 0, far = V; (i = biasedGradNear(x, xo, b, z, zo, y, yo, done, whole)) < whole; done = i + far) {
            far = FloatVectorPieces.together(i - done, far, whole - i);
            FloatVectorLoops.add(x, xo + i, b, i, b, FloatRows.TOGETHER, far);
            gradFar(b, FloatRows.TOGETHER, z, zo + i, y, yo + i, far);
        }
        if (whole == n) return;
        rest(x, xo, b, whole, n);
        int to = FloatRows.TOGETHER + V;
        System.arraycopy(z, zo + whole, b, to, n - whole);
        geluGrad(b, FloatRows.TOGETHER, b, to, b, FloatRows.TOGETHER, V);
        System.arraycopy(b, FloatRows.TOGETHER, y, yo + whole, n - whole);
    }

    /// As [#gradNear], at `x + b`.
    private static int biasedGradNear(float[] x, int xo, float[] b, float[] z, int zo, float[] y, int yo, int from, int n) {
        int i = from;
        for (; i < n; i += V) {
            var w = fromArray(S, z, zo + i);
            var v = fromArray(S, x, xo + i).add(fromArray(S, b, i));
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var g = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = g.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q = broadcast(S, 1f).sub(q).blend(q, v.compare(LT, 0f));
            if (far.anyTrue()) return i;
            q.mul(w).intoArray(y, yo + i);
        }
        return i;
    }

    private static void gradFar(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var w = fromArray(S, z, zo + i);
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var far = a.compare(GT, GELU_END);
            var b = a.fma(broadcast(S, GELU_BEND), broadcast(S, GELU_SLOPE));
            var j = b.fma(a, broadcast(S, MAGIC)).reinterpretAsInts();
            var c = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 0));
            var c0 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N));
            var c1 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N));
            var c2 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N));
            var c3 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N));
            var c4 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N));
            var c5 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N));
            var c6 = j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N));
            if (V == 8) {
                var m = j.and(V).compare(NE, 0);
                c = c.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, V)), m);
                c0 = c0.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, N + V)), m);
                c1 = c1.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 2 * N + V)), m);
                c2 = c2.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 3 * N + V)), m);
                c3 = c3.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 4 * N + V)), m);
                c4 = c4.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 5 * N + V)), m);
                c5 = c5.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 6 * N + V)), m);
                c6 = c6.blend(j.selectFrom(IntVector.fromArray(I, GRAD_PIECES, 7 * N + V)), m);
            }
            var d = a.sub(c.reinterpretAsFloats());
            var q = c6.reinterpretAsFloats().fma(d, c5.reinterpretAsFloats());
            q = q.fma(d, c4.reinterpretAsFloats());
            q = q.fma(d, c3.reinterpretAsFloats());
            q = q.fma(d, c2.reinterpretAsFloats());
            q = q.fma(d, c1.reinterpretAsFloats());
            q = q.fma(d, c0.reinterpretAsFloats());
            q = broadcast(S, 1f).sub(q).blend(q, v.compare(LT, 0f));
            if (far.anyTrue()) {
                gradTail(x, xo + i, y, yo + i);
                q = q.blend(fromArray(S, y, yo + i), far);
            }
            q.mul(w).intoArray(y, yo + i);
        }
    }

    /// One vector of `gelu′`, right where `|x| > GELU_END`.
    private static void gradTail(float[] x, int xo, float[] y, int yo) {
        var v = fromArray(S, x, xo);
        var a = v.abs();
        a = a.blend(TAIL_END, a.compare(GT, TAIL_END));
        var b = a.mul((float) -0.5);
        var c = a.mul(b);
        var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
        var m = t.sub(MAGIC);
        var r0 = m.fma(broadcast(S, -LN2_HIGH), c);
        var r1 = m.fma(broadcast(S, -LN2_LOW), a.fma(b, c.neg()));
        var r = r0.add(r1);
        var u = broadcast(S, EXP_7).fma(r, broadcast(S, EXP_6));
        u = u.fma(r, broadcast(S, EXP_5));
        u = u.fma(r, broadcast(S, EXP_4));
        u = u.fma(r, broadcast(S, EXP_3));
        u = u.fma(r, broadcast(S, EXP_2));
        u = r.mul(r).fma(u, r);
        var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(BIAS_UP).reinterpretAsFloats();
        var w = a.mul(TAIL).div(a.fma(broadcast(S, TAIL), broadcast(S, 1f)));
        var g = w.neg().fma(a, a);
        var k = g.sub(TAIL_AT);
        var p = broadcast(S, TAIL_10).fma(k, broadcast(S, TAIL_9));
        p = p.fma(k, broadcast(S, TAIL_8));
        p = p.fma(k, broadcast(S, TAIL_7));
        p = p.fma(k, broadcast(S, TAIL_6));
        p = p.fma(k, broadcast(S, TAIL_5));
        p = p.fma(k, broadcast(S, TAIL_4));
        p = p.fma(k, broadcast(S, TAIL_3));
        p = p.fma(k, broadcast(S, TAIL_2));
        p = p.fma(k, broadcast(S, TAIL_1));
        var q = p.fma(k, broadcast(S, TAIL_0)).mul(broadcast(S, 1f).sub(w));
        q = a.fma(broadcast(S, -ONE_OVER_SQRT_2PI), q);
        q = q.fma(u, q).mul(s).mul(DOWN);
        q.blend(broadcast(S, 1f).sub(q), v.compare(GE, 0f)).intoArray(y, yo);
    }

    static void geluTanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var one = v.compare(GT, 6f);
            var b = v.blend(6f, one);
            b = b.blend(-11f, v.compare(LT, -11f));
            var h = b.mul(b);
            var w = h.mul(GELU_3);
            var g = w.add(GELU_1);
            var w1 = g.sub(GELU_1);
            var gl = w.sub(w1).add(broadcast(S, GELU_1).sub(g.sub(w1)));
            var k = broadcast(S, GELU_3).fma(b.fma(b, h.neg()), h.fma(broadcast(S, GELU_3), w.neg()));
            gl = gl.add(k.add(h.fma(broadcast(S, GELU_3_LOW), broadcast(S, GELU_1_LOW))));
            var nb = b.neg();
            var c = nb.mul(g);
            var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, -LN2_HIGH), c).add(m.fma(broadcast(S, -LN2_LOW), nb.fma(gl, nb.fma(g, c.neg()))));
            var u = broadcast(S, EXP_7).fma(r, broadcast(S, EXP_6));
            u = u.fma(r, broadcast(S, EXP_5));
            u = u.fma(r, broadcast(S, EXP_4));
            u = u.fma(r, broadcast(S, EXP_3));
            u = u.fma(r, broadcast(S, EXP_2));
            u = r.mul(r).fma(u, r);
            var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(BIAS_DOWN).reinterpretAsFloats();
            var d = s.add(DOWN);
            d = d.add(s.fma(u, broadcast(S, DOWN).sub(d.sub(s))));
            b.div(d).mul(DOWN).blend(v, one).intoArray(y, yo + i);
        }
    }

    /// `z·geluTanh′(x)`
    static void geluTanhGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var one = v.compare(GT, 6f);
            var b = v.blend(6f, one);
            b = b.blend(-11f, v.compare(LT, -11f));
            var h = b.mul(b);
            var w = h.mul(GELU_3);
            var g = w.add(GELU_1);
            var w1 = g.sub(GELU_1);
            var gl = w.sub(w1).add(broadcast(S, GELU_1).sub(g.sub(w1)));
            var k = broadcast(S, GELU_3).fma(b.fma(b, h.neg()), h.fma(broadcast(S, GELU_3), w.neg()));
            gl = gl.add(k.add(h.fma(broadcast(S, GELU_3_LOW), broadcast(S, GELU_1_LOW))));
            var nb = b.neg();
            var c = nb.mul(g);
            var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, -LN2_HIGH), c).add(m.fma(broadcast(S, -LN2_LOW), nb.fma(gl, nb.fma(g, c.neg()))));
            var u = broadcast(S, EXP_7).fma(r, broadcast(S, EXP_6));
            u = u.fma(r, broadcast(S, EXP_5));
            u = u.fma(r, broadcast(S, EXP_4));
            u = u.fma(r, broadcast(S, EXP_3));
            u = u.fma(r, broadcast(S, EXP_2));
            u = r.mul(r).fma(u, r);
            var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(BIAS_DOWN).reinterpretAsFloats();
            var d = s.add(DOWN);
            d = d.add(s.fma(u, broadcast(S, DOWN).sub(d.sub(s))));
            var f = broadcast(S, 1f).div(d);
            w = s.fma(u, s).fma(b.mul(h.fma(broadcast(S, GELU_3_TIMES_3), broadcast(S, GELU_1))), d).mul(f).mul(f).mul(DOWN);
            w.mul(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
    }
}
