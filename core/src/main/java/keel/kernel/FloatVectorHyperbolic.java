package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatHyperbolic.*;
import static keel.kernel.FloatPow.MAGIC;
import static keel.kernel.FloatPow.MAGIC_BITS;
import static keel.kernel.FloatPow.SQRT_HALF_BITS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The functions of [FloatHyperbolic], a vector of doubles at a time: the same operations in the same order, so the same bits.
/// Where a lane is out of range the plain loop does the whole vector. Signs are set in the doubles: an operation on the short
/// vectors of floats would spoil for all others what the JVM knows of its receiver.
final class FloatVectorHyperbolic {
    private FloatVectorHyperbolic() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, VectorShape.forBitSize(VectorWidth.BITS));
    /// As many floats as a vector holds doubles.
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int H = S.length() / 2;
    /// What is worked on is the low half of a whole vector. Vectors of half the length would be a second class of them, and tiles
    /// that were compiled afterwards made objects of theirs.
    private static final VectorShuffle<Float> UPPER = VectorShuffle.iota(S, H, 1, true);
    private static final ThreadLocal<double[]> SOME = ThreadLocal.withInitial(() -> new double[2 * H]);
    private static final VectorMask<Float> LOW = S.indexInRange(0, H);
    private static final long SIGN = Long.MIN_VALUE;

    static void sinh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var v = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var a = v.abs();
            a = a.blend(END, a.compare(GT, END));
            var t = a.fma(broadcast(D, LOG2E), broadcast(D, MAGIC));
            var r = t.sub(MAGIC).fma(broadcast(D, -LN2), a);
            var b = t.reinterpretAsLongs();
            var up = b.add(1022).lanewise(LSHL, 52).reinterpretAsDoubles();
            var down = LongVector.broadcast(L, 1022).sub(b).lanewise(LSHL, 52).reinterpretAsDoubles();
            var q = r.mul(r);
            var c = broadcast(D, C_4).fma(q, broadcast(D, C_3));
            c = c.fma(q, broadcast(D, C_2)).fma(q, broadcast(D, C_1)).fma(q, broadcast(D, C_0));
            var s = broadcast(D, S_3).fma(q, broadcast(D, S_2)).fma(q, broadcast(D, S_1)).fma(q, broadcast(D, S_0));
            var w = up.sub(down).fma(c, up.add(down).mul(r.mul(s))).reinterpretAsLongs()
                    .lanewise(OR, v.reinterpretAsLongs().and(SIGN));
            ((FloatVector) w.reinterpretAsDoubles().castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.sinh(x, xo + i, y, yo + i, n - i);
    }

    static void cosh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = ((DoubleVector) fromArray(S, x, xo + i).castShape(D, 0)).abs();
            a = a.blend(END, a.compare(GT, END));
            var t = a.fma(broadcast(D, LOG2E), broadcast(D, MAGIC));
            var r = t.sub(MAGIC).fma(broadcast(D, -LN2), a);
            var b = t.reinterpretAsLongs();
            var up = b.add(1022).lanewise(LSHL, 52).reinterpretAsDoubles();
            var down = LongVector.broadcast(L, 1022).sub(b).lanewise(LSHL, 52).reinterpretAsDoubles();
            var q = r.mul(r);
            var c = broadcast(D, C_4).fma(q, broadcast(D, C_3));
            c = c.fma(q, broadcast(D, C_2)).fma(q, broadcast(D, C_1)).fma(q, broadcast(D, C_0));
            var s = broadcast(D, S_3).fma(q, broadcast(D, S_2)).fma(q, broadcast(D, S_1)).fma(q, broadcast(D, S_0));
            ((FloatVector) up.add(down).fma(c, up.sub(down).mul(r.mul(s))).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.cosh(x, xo + i, y, yo + i, n - i);
    }

    /// Of all lanes; [FloatMath#erfc] takes it far out. `n` is that of a whole vector.
    static void erfc(float[] x, int xo, float[] y, int yo, int n) {
        double[] some = SOME.get();
        var halves = fromArray(S, x, xo);
        for (int i = 0; i < n; i += H) {
            var v = (DoubleVector) halves.castShape(D, 0);
            halves = halves.rearrange(UPPER);
            var a = v.abs();
            a = a.blend(TAIL_END, a.compare(GT, TAIL_END));
            var z = a.mul(a).neg();
            var t = z.fma(broadcast(D, LOG2E), broadcast(D, MAGIC));
            var r = t.sub(MAGIC).fma(broadcast(D, -LN2), z);
            var q = r.mul(r);
            var c = broadcast(D, C_4).fma(q, broadcast(D, C_3));
            c = c.fma(q, broadcast(D, C_2)).fma(q, broadcast(D, C_1)).fma(q, broadcast(D, C_0));
            var s = broadcast(D, S_3).fma(q, broadcast(D, S_2)).fma(q, broadcast(D, S_1)).fma(q, broadcast(D, S_0));
            var e = r.fma(s, c).mul(t.reinterpretAsLongs().add(1023).lanewise(LSHL, 52).reinterpretAsDoubles());
            var w = broadcast(D, 1).div(a.fma(broadcast(D, TAIL), broadcast(D, 1)));
            var p = broadcast(D, T_12).fma(w, broadcast(D, T_11));
            p = p.fma(w, broadcast(D, T_10));
            p = p.fma(w, broadcast(D, T_9));
            p = p.fma(w, broadcast(D, T_8));
            p = p.fma(w, broadcast(D, T_7));
            p = p.fma(w, broadcast(D, T_6));
            p = p.fma(w, broadcast(D, T_5));
            p = p.fma(w, broadcast(D, T_4));
            p = p.fma(w, broadcast(D, T_3));
            p = p.fma(w, broadcast(D, T_2));
            p = p.fma(w, broadcast(D, T_1));
            p = p.fma(w, broadcast(D, T_0));
            p = e.mul(w).mul(p);
            p = p.blend(broadcast(D, 2).sub(p), v.compare(LT, 0));
            p.intoArray(some, i);
        }
        for (int i = 0; i < n; i++) y[yo + i] = (float) some[i];
    }

    static void asinh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var v = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var a = v.abs();
            if (!a.compare(LT, Double.POSITIVE_INFINITY).allTrue()) {
                FloatCalls.asinh(x, xo + i, y, yo + i, H);
                continue;
            }
            var cosh = a.fma(a, broadcast(D, 1)).sqrt();
            var w = a.add(cosh);
            var k = w.reinterpretAsLongs().sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var m = w.mul(LongVector.broadcast(L, 1023).sub(k).lanewise(LSHL, 52).reinterpretAsDoubles());
            var e = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC);
            var near = e.compare(EQ, 0);
            var s = m.sub(1).blend(a, near).div(m.add(1).blend(cosh.add(1), near));
            var q = s.mul(s);
            var p = broadcast(D, P_5).fma(q, broadcast(D, P_4)).fma(q, broadcast(D, P_3)).fma(q, broadcast(D, P_2));
            p = s.mul(p.fma(q, broadcast(D, P_1)).fma(q, broadcast(D, P_0)));
            var z = e.fma(broadcast(D, LN2), p).reinterpretAsLongs().lanewise(OR, v.reinterpretAsLongs().and(SIGN));
            ((FloatVector) z.reinterpretAsDoubles().castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.asinh(x, xo + i, y, yo + i, n - i);
    }

    static void acosh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            if (!a.compare(GE, 1).and(a.compare(LT, Double.POSITIVE_INFINITY)).allTrue()) {
                FloatCalls.acosh(x, xo + i, y, yo + i, H);
                continue;
            }
            var sinh = a.fma(a, broadcast(D, -1)).sqrt();
            var w = sinh.add(a);
            var k = w.reinterpretAsLongs().sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var m = w.mul(LongVector.broadcast(L, 1023).sub(k).lanewise(LSHL, 52).reinterpretAsDoubles());
            var e = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC);
            var near = e.compare(EQ, 0);
            var s = m.sub(1).blend(sinh, near).div(m.add(1).blend(a.add(1), near));
            var q = s.mul(s);
            var p = broadcast(D, P_5).fma(q, broadcast(D, P_4)).fma(q, broadcast(D, P_3)).fma(q, broadcast(D, P_2));
            p = s.mul(p.fma(q, broadcast(D, P_1)).fma(q, broadcast(D, P_0)));
            ((FloatVector) e.fma(broadcast(D, LN2), p).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.acosh(x, xo + i, y, yo + i, n - i);
    }

    static void atanh(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var v = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var a = v.abs();
            if (!a.compare(LT, 1).allTrue()) {
                FloatCalls.atanh(x, xo + i, y, yo + i, H);
                continue;
            }
            var down = broadcast(D, 1).sub(a).reinterpretAsLongs();
            var k = a.add(1).reinterpretAsLongs().sub(down).add(1L << 51).lanewise(ASHR, 52);
            var two = k.add(1023).lanewise(LSHL, 52).reinterpretAsDoubles();
            var up = two.add(1);
            var rest = broadcast(D, 1).sub(two);
            var s = a.fma(up, rest).div(a.fma(rest, up));
            var q = s.mul(s);
            var p = broadcast(D, P_5).fma(q, broadcast(D, P_4)).fma(q, broadcast(D, P_3)).fma(q, broadcast(D, P_2));
            p = s.mul(p.fma(q, broadcast(D, P_1)).fma(q, broadcast(D, P_0)));
            var e = k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC);
            var z = e.fma(broadcast(D, LN2), p).mul(0.5).reinterpretAsLongs().lanewise(OR, v.reinterpretAsLongs().and(SIGN));
            ((FloatVector) z.reinterpretAsDoubles().castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.atanh(x, xo + i, y, yo + i, n - i);
    }

    static void logAddExp(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var b = (DoubleVector) fromArray(S, z, zo + i).castShape(D, 0);
            var d = a.sub(b).abs().neg();
            if (!d.compare(EQ, d).allTrue()) {
                FloatCalls.logAddExp(x, xo + i, z, zo + i, y, yo + i, H);
                continue;
            }
            d = d.blend(FAR, d.compare(LT, FAR));
            var t = d.fma(broadcast(D, LOG2E), broadcast(D, MAGIC));
            var r = t.sub(MAGIC).fma(broadcast(D, -LN2), d);
            var q = r.mul(r);
            var c = broadcast(D, C_4).fma(q, broadcast(D, C_3));
            c = c.fma(q, broadcast(D, C_2)).fma(q, broadcast(D, C_1)).fma(q, broadcast(D, C_0));
            var s = broadcast(D, S_3).fma(q, broadcast(D, S_2)).fma(q, broadcast(D, S_1)).fma(q, broadcast(D, S_0));
            var e = r.fma(s, c).mul(t.reinterpretAsLongs().add(1023).lanewise(LSHL, 52).reinterpretAsDoubles());
            var l = broadcast(D, L_11).fma(e, broadcast(D, L_10));
            l = l.fma(e, broadcast(D, L_9));
            l = l.fma(e, broadcast(D, L_8));
            l = l.fma(e, broadcast(D, L_7));
            l = l.fma(e, broadcast(D, L_6));
            l = l.fma(e, broadcast(D, L_5));
            l = l.fma(e, broadcast(D, L_4));
            l = l.fma(e, broadcast(D, L_3));
            l = l.fma(e, broadcast(D, L_2));
            l = l.fma(e, broadcast(D, L_1));
            l = l.fma(e, broadcast(D, L_0));
            ((FloatVector) e.fma(l, b.blend(a, a.compare(GT, b))).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatCalls.logAddExp(x, xo + i, z, zo + i, y, yo + i, n - i);
    }
}
