package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatCoefficients.*;
import static keel.kernel.FloatMath.EXP2_EASY;
import static keel.kernel.FloatMath.FAR;
import static keel.kernel.FloatTables.*;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The exponential of [FloatMath] and what is made of it, as [FloatVectorMath] has the other functions. Eight roots of two are
/// half a vector of 512 bits (there twice), one of 256, or two of 128.
final class FloatVectorExp {
    private FloatVectorExp() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    /// Bits of −1.
    private static final int MINUS_ONE = 0xBF800000;
    /// Arguments up to it need no care: nothing overflows or vanishes on the way.
    private static final float EASY = 80;
    private static final float EXP_EASY = 86 * 86;

    /// `e^(x − a)`, two vectors at a time: one test for both, and too much code to be inlined. Vectors with a lane whose result
    /// may be denormal or infinite take [#wideExp], and an odd last one.
    static void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * V; i += 2 * V) {
            var c0 = fromArray(S, x, xo + i).sub(a);
            var c1 = fromArray(S, x, xo + i + V).sub(a);
            // nor where one is NaN
            if (!c0.fma(c0, c1.mul(c1)).compare(LE, EXP_EASY).allTrue()) {
                wideExp(a, x, xo + i, y, yo + i);
                wideExp(a, x, xo + i + V, y, yo + i + V);
                continue;
            }
            var t0 = c0.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
            var m0 = t0.sub(MAGIC);
            var r0 = m0.fma(broadcast(S, -LN2_LOW_8), m0.fma(broadcast(S, -LN2_HIGH_8), c0));
            var b0 = t0.reinterpretAsInts();
            var e0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e0 = e0.blend(b0.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b0.and(4).compare(NE, 0));
            var u0 = broadcast(S, CUBIC_3).fma(r0, broadcast(S, CUBIC_2));
            u0 = u0.fma(r0, broadcast(S, CUBIC_1));
            u0 = u0.fma(r0, broadcast(S, CUBIC_0));
            var s0 = e0.add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
            s0.fma(u0, s0).intoArray(y, yo + i);
            var t1 = c1.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
            var m1 = t1.sub(MAGIC);
            var r1 = m1.fma(broadcast(S, -LN2_LOW_8), m1.fma(broadcast(S, -LN2_HIGH_8), c1));
            var b1 = t1.reinterpretAsInts();
            var e1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e1 = e1.blend(b1.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b1.and(4).compare(NE, 0));
            var u1 = broadcast(S, CUBIC_3).fma(r1, broadcast(S, CUBIC_2));
            u1 = u1.fma(r1, broadcast(S, CUBIC_1));
            u1 = u1.fma(r1, broadcast(S, CUBIC_0));
            var s1 = e1.add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
            s1.fma(u1, s1).intoArray(y, yo + i + V);
        }
        if (i < n) wideExp(a, x, xo + i, y, yo + i);
    }

    /// `2ˣ`, `n` a multiple of `2V`, as [#exp]; far out the plain loop does two vectors.
    static void exp2(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += 2 * V) {
            var c0 = fromArray(S, x, xo + i);
            var c1 = fromArray(S, x, xo + i + V);
            // nor where one is NaN
            if (!c0.fma(c0, c1.mul(c1)).compare(LE, EXP2_EASY * EXP2_EASY).allTrue()) {
                FloatCalls.exp2(x, xo + i, y, yo + i, 2 * V);
                continue;
            }
            var t0 = c0.fma(broadcast(S, 8f), broadcast(S, MAGIC));
            var r0 = t0.sub(MAGIC).fma(broadcast(S, (float) -0.125), c0);
            var b0 = t0.reinterpretAsInts();
            var e0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e0 = e0.blend(b0.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b0.and(4).compare(NE, 0));
            var u0 = broadcast(S, BINARY_3).fma(r0, broadcast(S, BINARY_2));
            u0 = u0.fma(r0, broadcast(S, BINARY_1));
            u0 = u0.fma(r0, broadcast(S, CUBIC_0));
            var s0 = e0.add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
            s0.fma(u0, s0).intoArray(y, yo + i);
            var t1 = c1.fma(broadcast(S, 8f), broadcast(S, MAGIC));
            var r1 = t1.sub(MAGIC).fma(broadcast(S, (float) -0.125), c1);
            var b1 = t1.reinterpretAsInts();
            var e1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e1 = e1.blend(b1.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b1.and(4).compare(NE, 0));
            var u1 = broadcast(S, BINARY_3).fma(r1, broadcast(S, BINARY_2));
            u1 = u1.fma(r1, broadcast(S, BINARY_1));
            u1 = u1.fma(r1, broadcast(S, CUBIC_0));
            var s1 = e1.add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
            s1.fma(u1, s1).intoArray(y, yo + i + V);
        }
    }

    /// `eˣ`, `n` a multiple of `2V`: the same without `a`, which is one operation of 15 less.
    static void exp(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += 2 * V) {
            var c0 = fromArray(S, x, xo + i);
            var c1 = fromArray(S, x, xo + i + V);
            // nor where one is NaN
            if (!c0.fma(c0, c1.mul(c1)).compare(LE, EXP_EASY).allTrue()) {
                wideExp(0, x, xo + i, y, yo + i);
                wideExp(0, x, xo + i + V, y, yo + i + V);
                continue;
            }
            var t0 = c0.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
            var m0 = t0.sub(MAGIC);
            var r0 = m0.fma(broadcast(S, -LN2_LOW_8), m0.fma(broadcast(S, -LN2_HIGH_8), c0));
            var b0 = t0.reinterpretAsInts();
            var e0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e0 = e0.blend(b0.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b0.and(4).compare(NE, 0));
            var u0 = broadcast(S, CUBIC_3).fma(r0, broadcast(S, CUBIC_2));
            u0 = u0.fma(r0, broadcast(S, CUBIC_1));
            u0 = u0.fma(r0, broadcast(S, CUBIC_0));
            var s0 = e0.add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
            s0.fma(u0, s0).intoArray(y, yo + i);
            var t1 = c1.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
            var m1 = t1.sub(MAGIC);
            var r1 = m1.fma(broadcast(S, -LN2_LOW_8), m1.fma(broadcast(S, -LN2_HIGH_8), c1));
            var b1 = t1.reinterpretAsInts();
            var e1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e1 = e1.blend(b1.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b1.and(4).compare(NE, 0));
            var u1 = broadcast(S, CUBIC_3).fma(r1, broadcast(S, CUBIC_2));
            u1 = u1.fma(r1, broadcast(S, CUBIC_1));
            u1 = u1.fma(r1, broadcast(S, CUBIC_0));
            var s1 = e1.add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
            s1.fma(u1, s1).intoArray(y, yo + i + V);
        }
    }

    /// One vector of `e^(x − a)` over the whole range.
    static void wideExp(float a, float[] x, int xo, float[] y, int yo) {
        var c = fromArray(S, x, xo).sub(a);
        c = c.blend(89f, c.compare(GT, 89f));
        c = c.blend(-104f, c.compare(LT, -104f));
        var low = c.compare(LT, -80f);
        var t = c.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
        var m = t.sub(MAGIC);
        var r = m.fma(broadcast(S, -LN2_LOW_8), m.fma(broadcast(S, -LN2_HIGH_8), c));
        var b = t.reinterpretAsInts();
        var e = b.selectFrom(IntVector.fromArray(I, ROOTS, 0));
        if (V == 4) e = e.blend(b.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b.and(4).compare(NE, 0));
        var u = broadcast(S, CUBIC_3).fma(r, broadcast(S, CUBIC_2));
        u = u.fma(r, broadcast(S, CUBIC_1));
        u = u.fma(r, broadcast(S, CUBIC_0));
        var s = e.add(b.lanewise(LSHL, 20))
                .add(IntVector.broadcast(I, -1 << 23).blend(63 << 23, low.cast(I))).reinterpretAsFloats();
        s.fma(u, s).mul(broadcast(S, 2f).blend(0x1p-63f, low)).intoArray(y, yo);
    }

    /// `n` is a multiple of `2V`. The `2⁻⁶⁴` of [FloatMath#sigmoid] is 1 here, and `r` the negative of that there, which saves
    /// turning the sign of `x`: the same bits.
    static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += 2 * V) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + V);
            if (!v0.fma(v0, v1.mul(v1)).compare(LE, FAR * FAR).allTrue()) {
                far(false, x, xo + i, y, yo + i);
                far(false, x, xo + i + V, y, yo + i + V);
                continue;
            }
            var t0 = v0.fma(broadcast(S, -LOG2E_8), broadcast(S, MAGIC));
            var m0 = t0.sub(MAGIC);
            var r0 = m0.fma(broadcast(S, LN2_LOW_8), m0.fma(broadcast(S, LN2_HIGH_8), v0));
            var b0 = t0.reinterpretAsInts();
            var e0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e0 = e0.blend(b0.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b0.and(4).compare(NE, 0));
            var u0 = broadcast(S, -CUBIC_3).fma(r0, broadcast(S, CUBIC_2));
            u0 = u0.fma(r0, broadcast(S, -CUBIC_1));
            u0 = u0.fma(r0, broadcast(S, CUBIC_0));
            var s0 = e0.add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
            var d0 = s0.add(1f);
            d0 = d0.add(s0.fma(u0, s0.sub(d0.sub(1f))));
            broadcast(S, 1f).div(d0).intoArray(y, yo + i);
            var t1 = v1.fma(broadcast(S, -LOG2E_8), broadcast(S, MAGIC));
            var m1 = t1.sub(MAGIC);
            var r1 = m1.fma(broadcast(S, LN2_LOW_8), m1.fma(broadcast(S, LN2_HIGH_8), v1));
            var b1 = t1.reinterpretAsInts();
            var e1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e1 = e1.blend(b1.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b1.and(4).compare(NE, 0));
            var u1 = broadcast(S, -CUBIC_3).fma(r1, broadcast(S, CUBIC_2));
            u1 = u1.fma(r1, broadcast(S, -CUBIC_1));
            u1 = u1.fma(r1, broadcast(S, CUBIC_0));
            var s1 = e1.add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
            var d1 = s1.add(1f);
            d1 = d1.add(s1.fma(u1, s1.sub(d1.sub(1f))));
            broadcast(S, 1f).div(d1).intoArray(y, yo + i + V);
        }
    }

    /// `n` is a multiple of `2V`.
    static void silu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += 2 * V) {
            var v0 = fromArray(S, x, xo + i);
            var v1 = fromArray(S, x, xo + i + V);
            if (!v0.fma(v0, v1.mul(v1)).compare(LE, FAR * FAR).allTrue()) {
                far(true, x, xo + i, y, yo + i);
                far(true, x, xo + i + V, y, yo + i + V);
                continue;
            }
            var t0 = v0.fma(broadcast(S, -LOG2E_8), broadcast(S, MAGIC));
            var m0 = t0.sub(MAGIC);
            var r0 = m0.fma(broadcast(S, LN2_LOW_8), m0.fma(broadcast(S, LN2_HIGH_8), v0));
            var b0 = t0.reinterpretAsInts();
            var e0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e0 = e0.blend(b0.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b0.and(4).compare(NE, 0));
            var u0 = broadcast(S, -CUBIC_3).fma(r0, broadcast(S, CUBIC_2));
            u0 = u0.fma(r0, broadcast(S, -CUBIC_1));
            u0 = u0.fma(r0, broadcast(S, CUBIC_0));
            var s0 = e0.add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
            var d0 = s0.add(1f);
            d0 = d0.add(s0.fma(u0, s0.sub(d0.sub(1f))));
            v0.div(d0).intoArray(y, yo + i);
            var t1 = v1.fma(broadcast(S, -LOG2E_8), broadcast(S, MAGIC));
            var m1 = t1.sub(MAGIC);
            var r1 = m1.fma(broadcast(S, LN2_LOW_8), m1.fma(broadcast(S, LN2_HIGH_8), v1));
            var b1 = t1.reinterpretAsInts();
            var e1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0));
            if (V == 4) e1 = e1.blend(b1.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b1.and(4).compare(NE, 0));
            var u1 = broadcast(S, -CUBIC_3).fma(r1, broadcast(S, CUBIC_2));
            u1 = u1.fma(r1, broadcast(S, -CUBIC_1));
            u1 = u1.fma(r1, broadcast(S, CUBIC_0));
            var s1 = e1.add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
            var d1 = s1.add(1f);
            d1 = d1.add(s1.fma(u1, s1.sub(d1.sub(1f))));
            v1.div(d1).intoArray(y, yo + i + V);
        }
    }

    /// One vector of sigmoid or silu with lanes beyond `FAR`.
    private static void far(boolean silu, float[] x, int xo, float[] y, int yo) {
        var v = fromArray(S, x, xo);
        if (!v.abs().compare(LE, EASY).allTrue()) {
            if (silu) FloatLoops.silu(x, xo, y, yo, V);
            else FloatLoops.sigmoid(x, xo, y, yo, V);
            return;
        }
        var t = v.fma(broadcast(S, -LOG2E_8), broadcast(S, MAGIC));
        var m = t.sub(MAGIC);
        var r = m.fma(broadcast(S, LN2_LOW_8), m.fma(broadcast(S, LN2_HIGH_8), v));
        var b = t.reinterpretAsInts();
        var e = b.selectFrom(IntVector.fromArray(I, ROOTS, 0));
        if (V == 4) e = e.blend(b.selectFrom(IntVector.fromArray(I, ROOTS, 4)), b.and(4).compare(NE, 0));
        var u = broadcast(S, -CUBIC_3).fma(r, broadcast(S, CUBIC_2));
        u = u.fma(r, broadcast(S, -CUBIC_1));
        u = u.fma(r, broadcast(S, CUBIC_0));
        var s = e.add(b.lanewise(LSHL, 20)).reinterpretAsFloats();
        var d = s.add(1f);
        var low = s.sub(d.sub(1f)).blend(broadcast(S, 1f).sub(d.sub(s)), v.compare(LT, -FAR));
        d = d.add(s.fma(u, low));
        (silu ? v : broadcast(S, 1f)).div(d).intoArray(y, yo);
    }

    /// `z·silu′(x)`
    static void siluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            if (!v.abs().compare(LE, EASY).allTrue()) {
                FloatLoops.siluGrad(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            var t = v.fma(broadcast(S, -LOG2E), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, LN2_LOW), m.fma(broadcast(S, LN2_HIGH), v));
            var u = broadcast(S, EXP_7).fma(r, broadcast(S, -EXP_6));
            u = u.fma(r, broadcast(S, EXP_5));
            u = u.fma(r, broadcast(S, -EXP_4));
            u = u.fma(r, broadcast(S, EXP_3));
            u = u.fma(r, broadcast(S, -EXP_2));
            u = r.mul(r).fma(u, r);
            var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(MINUS_ONE).reinterpretAsFloats();
            var d = broadcast(S, 1f).sub(s);
            d = d.add(s.fma(u, broadcast(S, 1f).sub(d.add(s))));
            var g = broadcast(S, 1f).div(d);
            s.fma(u, s.neg()).fma(v, d).mul(g).mul(g).mul(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
    }
}
