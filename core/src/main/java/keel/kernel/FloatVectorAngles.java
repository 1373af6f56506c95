package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatArc.*;
import static keel.kernel.FloatCoefficients.*;
import static keel.kernel.FloatTrig.LARGE;

import jdk.incubator.vector.VectorSpecies;

/// Lengths and angles of [FloatMath], a vector at a time, as [FloatVectorMath] has the other functions; `n` is a multiple of `V`.
final class FloatVectorAngles {
    private FloatVectorAngles() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int SIGN = 0x80000000;

    static void hypot(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            var h = v.fma(v, w.mul(w));
            if (!h.compare(GE, FloatMath.HYPOT_FROM).and(h.compare(LE, FloatMath.HYPOT_TO)).allTrue()) {
                FloatCalls.hypot(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            h.sqrt().intoArray(y, yo + i);
        }
    }

    static void atan(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var far = a.compare(GT, 1f);
            var u = a.blend(broadcast(S, -1f).div(a), far);
            var s = u.mul(u);
            var q = broadcast(S, ATAN_19).fma(s, broadcast(S, ATAN_17));
            q = q.fma(s, broadcast(S, ATAN_15));
            q = q.fma(s, broadcast(S, ATAN_13));
            q = q.fma(s, broadcast(S, ATAN_11));
            q = q.fma(s, broadcast(S, ATAN_9));
            q = q.fma(s, broadcast(S, ATAN_7));
            q = q.fma(s, broadcast(S, ATAN_5));
            q = q.fma(s, broadcast(S, ATAN_3));
            var p = u.mul(s).fma(q, u);
            var w = p.blend(broadcast(S, HALF_PI).add(p.add(HALF_PI_LOW)), far);
            w.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void atan2(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var c = fromArray(S, z, zo + i);
            var a = v.abs();
            var b = c.abs();
            var steep = a.compare(GT, b);
            var u = a.blend(b, steep).div(b.blend(a, steep));
            if (!u.compare(EQ, u).allTrue()) {
                FloatCalls.atan2(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            var s = u.mul(u);
            var q = broadcast(S, ATAN_19).fma(s, broadcast(S, ATAN_17));
            q = q.fma(s, broadcast(S, ATAN_15));
            q = q.fma(s, broadcast(S, ATAN_13));
            q = q.fma(s, broadcast(S, ATAN_11));
            q = q.fma(s, broadcast(S, ATAN_9));
            q = q.fma(s, broadcast(S, ATAN_7));
            q = q.fma(s, broadcast(S, ATAN_5));
            q = q.fma(s, broadcast(S, ATAN_3));
            var p = u.mul(s).fma(q, u);
            var left = c.compare(LT, 0f);
            p = p.blend(p.neg(), steep.xor(left));
            var base = broadcast(S, 0f).blend(PI, left).blend(HALF_PI, steep);
            var low = broadcast(S, 0f).blend(PI_LOW, left).blend(HALF_PI_LOW, steep);
            var w = base.add(p.add(low));
            w.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void asin(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var steep = a.compare(GT, STEEP);
            var s = a.mul(a).blend(a.fma(broadcast(S, (float) -0.5), broadcast(S, (float) 0.5)), steep);
            var u = a.blend(s.sqrt(), steep);
            var q = broadcast(S, ASIN_17).fma(s, broadcast(S, ASIN_15));
            q = q.fma(s, broadcast(S, ASIN_13));
            q = q.fma(s, broadcast(S, ASIN_11));
            q = q.fma(s, broadcast(S, ASIN_9));
            q = q.fma(s, broadcast(S, ASIN_7));
            q = q.fma(s, broadcast(S, ASIN_5));
            q = q.fma(s, broadcast(S, ASIN_3));
            var p = u.mul(s).fma(q, u);
            var w = p.blend(broadcast(S, HALF_PI).add(p.fma(broadcast(S, -2f), broadcast(S, HALF_PI_LOW))), steep);
            w.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void acos(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var steep = a.compare(GT, STEEP);
            var s = a.mul(a).blend(a.fma(broadcast(S, (float) -0.5), broadcast(S, (float) 0.5)), steep);
            var u = a.blend(s.sqrt(), steep);
            var q = broadcast(S, ASIN_17).fma(s, broadcast(S, ASIN_15));
            q = q.fma(s, broadcast(S, ASIN_13));
            q = q.fma(s, broadcast(S, ASIN_11));
            q = q.fma(s, broadcast(S, ASIN_9));
            q = q.fma(s, broadcast(S, ASIN_7));
            q = q.fma(s, broadcast(S, ASIN_5));
            q = q.fma(s, broadcast(S, ASIN_3));
            var p = u.mul(s).fma(q, u);
            p = p.neg().blend(p.add(p), steep);
            p = p.reinterpretAsInts().lanewise(XOR, v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
            var left = v.compare(LT, 0f);
            var base = broadcast(S, HALF_PI).blend(broadcast(S, 0f).blend(PI, left), steep);
            var low = broadcast(S, HALF_PI_LOW).blend(broadcast(S, 0f).blend(PI_LOW, left), steep);
            base.add(p.add(low)).intoArray(y, yo + i);
        }
    }

    static void tan(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            if (!v.abs().compare(LT, LARGE).allTrue()) {
                FloatCalls.tan(x, xo + i, y, yo + i, V);
                continue;
            }
            var t = v.fma(broadcast(S, TWO_OVER_PI), broadcast(S, MAGIC));
            var m = t.sub(MAGIC);
            var r0 = m.fma(broadcast(S, -HALF_PI_1), v);
            var h = m.mul(HALF_PI_2);
            var r = r0.sub(h);
            var rest = m.fma(broadcast(S, HALF_PI_2), h.neg());
            var low = m.fma(broadcast(S, HALF_PI_3), rest.sub(r0.sub(r).sub(h)));
            var s = r.mul(r);
            var q = broadcast(S, TAN_15).fma(s, broadcast(S, TAN_13));
            q = q.fma(s, broadcast(S, TAN_11));
            q = q.fma(s, broadcast(S, TAN_9));
            q = q.fma(s, broadcast(S, TAN_7));
            q = q.fma(s, broadcast(S, TAN_5));
            q = q.fma(s, broadcast(S, TAN_3));
            var p = r.add(r.mul(s).fma(q, low.fma(s, low).neg()));
            p.blend(broadcast(S, -1f).div(p), t.reinterpretAsInts().and(1).compare(NE, 0).cast(S)).intoArray(y, yo + i);
        }
    }
}
