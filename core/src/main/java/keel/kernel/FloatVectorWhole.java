package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatCoefficients.MAGIC;

import jdk.incubator.vector.VectorSpecies;

/// Whole numbers: rounding to them, and divisions with a remainder.
///
/// A whole quotient `n` that is off by one at most has an exact remainder `r = x − n·z`, which is a float; a comparison then
/// tells whether another `z` belongs to it. Where `|x/z| ≥ 2²²`, or a number is not finite, the plain loop does the vector.
final class FloatVectorWhole {
    private FloatVectorWhole() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int SIGN = 0x80000000;
    /// From here on every float is whole.
    private static final float WHOLE = 0x1p23f;
    private static final float LARGE = 0x1p22f;

    /// `⌊x⌋` with `flip` 0, `⌈x⌉ = −⌊−x⌋` with `flip` a sign.
    static void floor(int flip, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var b = v.reinterpretAsInts().lanewise(XOR, flip);
            var w = b.reinterpretAsFloats();
            var sign = b.and(SIGN);
            var up = sign.or(Float.floatToRawIntBits(WHOLE)).reinterpretAsFloats();
            var t = w.add(up).sub(up);
            t = t.blend(t.sub(1f), t.compare(GT, w));
            t = t.reinterpretAsInts().or(sign).lanewise(XOR, flip).reinterpretAsFloats();
            v.blend(t, v.abs().compare(LT, WHOLE)).intoArray(y, yo + i);
        }
        if (flip == 0) FloatCalls.floor(x, xo + i, y, yo + i, n - i);
        else FloatCalls.ceil(x, xo + i, y, yo + i, n - i);
    }

    static void round(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var t = a.add(WHOLE).sub(WHOLE).reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
            v.blend(t, a.compare(LT, WHOLE)).intoArray(y, yo + i);
        }
        FloatCalls.round(x, xo + i, y, yo + i, n - i);
    }

    static void trunc(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var a = v.abs();
            var t = a.add(WHOLE).sub(WHOLE);
            t = t.blend(t.sub(1f), t.compare(GT, a));
            t = t.reinterpretAsInts().or(v.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
            v.blend(t, a.compare(LT, WHOLE)).intoArray(y, yo + i);
        }
        FloatCalls.trunc(x, xo + i, y, yo + i, n - i);
    }

    static void copySign(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var sign = fromArray(S, z, zo + i).reinterpretAsInts().and(SIGN);
            fromArray(S, x, xo + i).abs().reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + i);
        }
        FloatCalls.copySign(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    /// `n` is a multiple of `V`, as in the next two.
    static void fmod(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            var q = v.div(w);
            var r = broadcast(S, MAGIC).sub(q.add(MAGIC)).fma(w, v);
            if (!q.abs().compare(LT, LARGE).and(r.compare(EQ, r)).allTrue()) {
                FloatCalls.fmod(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            var sign = v.reinterpretAsInts().and(SIGN);
            var t = r.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
            t = t.blend(t.add(w.abs()), t.compare(LT, 0f));
            t.abs().reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }

    static void remainder(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            var q = v.div(w);
            var r = broadcast(S, MAGIC).sub(q.add(MAGIC)).fma(w, v);
            if (!q.abs().compare(LT, LARGE).and(r.compare(EQ, r)).allTrue()) {
                FloatCalls.remainder(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            var sign = w.reinterpretAsInts().and(SIGN);
            var zero = v.reinterpretAsInts().and(SIGN).reinterpretAsFloats();
            var other = r.reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats().compare(LT, 0f);
            r.blend(r.add(w), other).blend(zero, r.compare(EQ, 0f)).intoArray(y, yo + i);
        }
    }

    static void floorDivide(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            var q = v.div(w);
            var m = broadcast(S, MAGIC).sub(q.add(MAGIC));
            var r = m.fma(w, v);
            if (!q.abs().compare(LT, LARGE).and(r.compare(EQ, r)).allTrue()) {
                FloatCalls.floorDivide(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            var b = w.reinterpretAsInts();
            var other = r.reinterpretAsInts().lanewise(XOR, b.and(SIGN)).reinterpretAsFloats().compare(LT, 0f);
            m = m.blend(m.add(1f), other);
            var sign = b.lanewise(XOR, v.reinterpretAsInts()).and(SIGN);
            m.abs().reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + i);
        }
    }
}
