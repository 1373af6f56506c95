package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatCoefficients.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [FloatMath], a vector at a time: the same operations in the same order, so the same bits. Each polynomial
/// stands written out in the one loop that uses it, because a helper that takes or returns a vector may be boxed, tenfold
/// slower. The loops take whole vectors; the rest goes through a padded one. Where a lane is out of the range that the vector
/// code handles, the plain loop does the whole vector.
final class FloatVectorMath {
    private FloatVectorMath() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();

    private static final float DOWN = 0x1p-64f;
    private static final int BIAS = 127 << 23;
    private static final int BIAS_UP = 127 + 64 << 23;
    private static final int BIAS_DOWN = 127 - 64 << 23;
    private static final int SIGN = 0x80000000;

    private static final ThreadLocal<float[]> PADDED = ThreadLocal.withInitial(() -> new float[2 * V]);

    /// The last elements with ones behind them, `whole` in all, from `at` in a buffer of the thread.
    private static float[] padded(float[] x, int xo, int n, int at, int whole) {
        float[] t = PADDED.get();
        System.arraycopy(x, xo, t, at, n);
        for (int i = at + n; i < at + whole; i++) t[i] = 1;
        return t;
    }

    /// Elements that a loop takes at a time.
    private static int step(Unary f) {
        return switch (f) {
            case EXP, EXP2, LOG, LOG2, LOG10, SIGMOID, SILU -> 2 * V;
            default -> V;
        };
    }

    /// `y = f(x)` for any `n`.
    static void all(Unary f, float[] x, int xo, float[] y, int yo, int n) {
        int step = step(f);
        int rest = n & step - 1;
        int whole = n - rest;
        vectors(f, x, xo, y, yo, whole);
        if (rest > 0) {
            float[] t = padded(x, xo + whole, rest, 0, step);
            vectors(f, t, 0, t, 0, step);
            System.arraycopy(t, 0, y, yo + whole, rest);
        }
    }

    /// `y = f(x, z)` for any `n`.
    static void all(Binary f, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        vectors(f, x, xo, z, zo, y, yo, whole);
        if (whole < n) {
            float[] t = padded(x, xo + whole, n - whole, 0, V);
            padded(z, zo + whole, n - whole, V, V);
            vectors(f, t, 0, t, V, t, 0, V);
            System.arraycopy(t, 0, y, yo + whole, n - whole);
        }
    }

    /// `y = e^(x − a)` for any `n`.
    static void expAll(float a, float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        FloatVectorExp.exp(a, x, xo, y, yo, whole);
        if (whole < n && n > V && x != y) {
            FloatVectorExp.exp(a, x, xo + n - V, y, yo + n - V, V); // reaches back over what is done
        } else if (whole < n) {
            float[] t = padded(x, xo + whole, n - whole, 0, V);
            FloatVectorExp.exp(a, t, 0, t, 0, V);
            System.arraycopy(t, 0, y, yo + whole, n - whole);
        }
    }

    private static void vectors(Unary f, float[] x, int xo, float[] y, int yo, int n) {
        switch (f) {
            case EXP -> FloatVectorExp.exp(x, xo, y, yo, n);
            case EXPM1 -> expm1(x, xo, y, yo, n);
            case LOG -> FloatVectorLog.log(x, xo, y, yo, n);
            case EXP2 -> FloatVectorExp.exp2(x, xo, y, yo, n);
            case LOG2 -> FloatVectorLog.log2(x, xo, y, yo, n);
            case LOG10 -> FloatVectorLog.log10(x, xo, y, yo, n);
            case LOG1P -> log1p(x, xo, y, yo, n);
            case SIN -> sin(0, 0x1p-13f, x, xo, y, yo, n);
            case COS -> sin(1, 0, x, xo, y, yo, n);
            case TAN -> FloatVectorAngles.tan(x, xo, y, yo, n);
            case ASIN -> FloatVectorAngles.asin(x, xo, y, yo, n);
            case ACOS -> FloatVectorAngles.acos(x, xo, y, yo, n);
            case ATAN -> FloatVectorAngles.atan(x, xo, y, yo, n);
            case TANH -> FloatVectorPieces.tanh(x, xo, y, yo, n);
            case SIGMOID -> FloatVectorExp.sigmoid(x, xo, y, yo, n);
            case ERFC -> FloatVectorPieces.erfc(x, xo, y, yo, n);
            case ERF -> FloatVectorPieces.erf(x, xo, y, yo, n);
            case GELU -> FloatVectorGelu.gelu(x, xo, y, yo, n);
            case GELU_TANH -> FloatVectorGelu.geluTanh(x, xo, y, yo, n);
            case SILU -> FloatVectorExp.silu(x, xo, y, yo, n);
            case SOFTPLUS -> softplus(x, xo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    private static void vectors(Binary f, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        switch (f) {
            case ATAN2 -> FloatVectorAngles.atan2(x, xo, z, zo, y, yo, n);
            case HYPOT -> FloatVectorAngles.hypot(x, xo, z, zo, y, yo, n);
            case FMOD -> FloatVectorWhole.fmod(x, xo, z, zo, y, yo, n);
            case REMAINDER -> FloatVectorWhole.remainder(x, xo, z, zo, y, yo, n);
            case FLOOR_DIVIDE -> FloatVectorWhole.floorDivide(x, xo, z, zo, y, yo, n);
            case GELU_GRAD -> FloatVectorGelu.geluGrad(x, xo, z, zo, y, yo, n);
            case GELU_TANH_GRAD -> FloatVectorGelu.geluTanhGrad(x, xo, z, zo, y, yo, n);
            case SILU_GRAD -> FloatVectorExp.siluGrad(x, xo, z, zo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    static void expm1(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var c = v.blend(89f, v.compare(GT, 89f));
            c = c.blend(-20f, c.compare(LT, -20f));
            var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, -LN2_LOW), m.fma(broadcast(S, -LN2_HIGH), c));
            var q = broadcast(S, EXPM1_7).fma(r, broadcast(S, EXPM1_6));
            q = q.fma(r, broadcast(S, EXPM1_5));
            q = q.fma(r, broadcast(S, EXPM1_4));
            q = q.fma(r, broadcast(S, EXPM1_3));
            q = q.fma(r, broadcast(S, EXPM1_2));
            var u = r.mul(r).mul(q);
            var s = t.reinterpretAsInts().lanewise(LSHL, 23).add(126 << 23).reinterpretAsFloats();
            var w = s.fma(u, s.fma(r, s.sub((float) 0.5))).mul(2).blend(r.add(u), m.compare(EQ, 0f));
            w.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void log1p(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            if (!v.compare(GT, -1f).and(v.compare(LT, 0x1p60f)).allTrue()) {
                FloatLoops.log1p(x, xo + i, y, yo + i, V);
                continue;
            }
            var k = v.add(1).reinterpretAsInts().sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
            var s = IntVector.broadcast(I, BIAS).sub(k.lanewise(LSHL, 23)).reinterpretAsFloats();
            var f = s.fma(v, s.sub(1));
            var e = k.add(MAGIC_BITS).reinterpretAsFloats().sub(MAGIC);
            var q = broadcast(S, LOG_11).fma(f, broadcast(S, LOG_10));
            q = q.fma(f, broadcast(S, LOG_9));
            q = q.fma(f, broadcast(S, LOG_8));
            q = q.fma(f, broadcast(S, LOG_7));
            q = q.fma(f, broadcast(S, LOG_6));
            q = q.fma(f, broadcast(S, LOG_5));
            q = q.fma(f, broadcast(S, LOG_4));
            q = q.fma(f, broadcast(S, LOG_3));
            var w = e.fma(broadcast(S, LN2_LOW), f.mul(f).mul(q.fma(f, broadcast(S, (float) -0.5))));
            w = e.fma(broadcast(S, LN2_HIGH), f.add(w));
            w.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    /// `sin(x + quarters·π/2)`; below `tiny` the result is `x`
    static void sin(int quarters, float tiny, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            if (!v.abs().compare(LT, FloatTrig.LARGE).allTrue()) {
                if (quarters == 0) FloatLoops.sin(x, xo + i, y, yo + i, V);
                else FloatLoops.cos(x, xo + i, y, yo + i, V);
                continue;
            }
            var t = v.fma(broadcast(S, TWO_OVER_PI), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, -HALF_PI_3), m.fma(broadcast(S, -HALF_PI_2), m.fma(broadcast(S, -HALF_PI_1), v)));
            var j = t.reinterpretAsInts().add(quarters);
            var s = r.mul(r);
            var sin = broadcast(S, SIN_7).fma(s, broadcast(S, SIN_5)).fma(s, broadcast(S, SIN_3));
            sin = r.mul(s).fma(sin, r);
            var cos = broadcast(S, COS_8).fma(s, broadcast(S, COS_6)).fma(s, broadcast(S, COS_4));
            cos = s.fma(s.fma(cos, broadcast(S, (float) -0.5)), broadcast(S, 1f));
            var w = sin.blend(cos, j.and(1).compare(NE, 0).cast(S));
            w = w.reinterpretAsInts().lanewise(XOR, j.and(2).lanewise(LSHL, 30)).reinterpretAsFloats();
            w.blend(v, v.abs().compare(LT, tiny)).intoArray(y, yo + i);
        }
    }

    static void softplus(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var c = v.abs().neg();
            c = c.blend(-104f, c.compare(LT, -104f));
            var t = c.fma(broadcast(S, LOG2E), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r = m.fma(broadcast(S, -LN2_LOW), m.fma(broadcast(S, -LN2_HIGH), c));
            var u = broadcast(S, EXP_7).fma(r, broadcast(S, EXP_6));
            u = u.fma(r, broadcast(S, EXP_5));
            u = u.fma(r, broadcast(S, EXP_4));
            u = u.fma(r, broadcast(S, EXP_3));
            u = u.fma(r, broadcast(S, EXP_2));
            u = r.mul(r).fma(u, r);
            var e = u.add(1).mul(t.reinterpretAsInts().lanewise(LSHL, 23).add(BIAS_UP).reinterpretAsFloats()).mul(DOWN);
            var q = broadcast(S, LOG1P_10).fma(e, broadcast(S, LOG1P_9));
            q = q.fma(e, broadcast(S, LOG1P_8));
            q = q.fma(e, broadcast(S, LOG1P_7));
            q = q.fma(e, broadcast(S, LOG1P_6));
            q = q.fma(e, broadcast(S, LOG1P_5));
            q = q.fma(e, broadcast(S, LOG1P_4));
            q = q.fma(e, broadcast(S, LOG1P_3));
            q = q.fma(e, broadcast(S, LOG1P_2));
            q = q.fma(e, broadcast(S, LOG1P_1));
            e.mul(e).fma(q, e).add(broadcast(S, 0f).blend(v, v.compare(GT, 0f))).intoArray(y, yo + i);
        }
    }
}
