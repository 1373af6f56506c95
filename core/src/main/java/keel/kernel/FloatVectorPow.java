package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatPow.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The powers of [FloatPow], a vector of doubles at a time: the same operations in the same order, so the same bits. Where a
/// lane has a base that is not positive and finite, or a result far out of range, the plain loop does the whole vector.
final class FloatVectorPow {
    private FloatVectorPow() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    /// As many floats as a vector holds doubles.
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int H = S.length() / 2;
    /// What is worked on is the low half of a whole vector. Vectors of half the length would be a second class of them, and tiles
    /// that were compiled afterwards made objects of theirs.
    private static final VectorMask<Float> LOW = S.indexInRange(0, H);
    private static final long SIGN = Long.MIN_VALUE;

    /// `y = x^z`.
    static void pow(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var c = (DoubleVector) fromArray(S, z, zo + i).castShape(D, 0);
            var b = a.reinterpretAsLongs();
            var k = b.sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var m = b.sub(k.lanewise(LSHL, 52)).reinterpretAsDoubles();
            var s = m.sub(1).div(m.add(1));
            var q = s.mul(s);
            var l = broadcast(D, LOG2_13).fma(q, broadcast(D, LOG2_11));
            l = l.fma(q, broadcast(D, LOG2_9));
            l = l.fma(q, broadcast(D, LOG2_7));
            l = l.fma(q, broadcast(D, LOG2_5));
            l = l.fma(q, broadcast(D, LOG2_3));
            l = l.fma(q, broadcast(D, LOG2_1));
            var e = s.fma(l, k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC)).mul(c);
            if (!a.compare(GT, 0).and(a.compare(LT, Double.POSITIVE_INFINITY)).and(e.abs().compare(LT, 160)).allTrue()) {
                FloatLoops.pow(x, xo + i, z, zo + i, y, yo + i, H);
                continue;
            }
            var t = e.add(MAGIC);
            var r = e.sub(t.sub(MAGIC));
            var u = broadcast(D, EXP2_9).fma(r, broadcast(D, EXP2_8));
            u = u.fma(r, broadcast(D, EXP2_7));
            u = u.fma(r, broadcast(D, EXP2_6));
            u = u.fma(r, broadcast(D, EXP2_5));
            u = u.fma(r, broadcast(D, EXP2_4));
            u = u.fma(r, broadcast(D, EXP2_3));
            u = u.fma(r, broadcast(D, EXP2_2));
            u = u.fma(r, broadcast(D, EXP2_1));
            u = u.fma(r, broadcast(D, EXP2_0));
            u = u.mul(t.reinterpretAsLongs().add(1023).lanewise(LSHL, 52).reinterpretAsDoubles());
            ((FloatVector) u.castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.pow(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    /// `y = x^z` for one `z`.
    static void pow(float z, float[] x, int xo, float[] y, int yo, int n) {
        if (isWhole(z)) whole(z, isOdd(z) ? SIGN : 0, x, xo, y, yo, n);
        else any(z, x, xo, y, yo, n);
    }

    /// A whole power keeps the sign of `x` if it is odd.
    private static void whole(float z, long sign, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var v = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var a = v.abs();
            var b = a.reinterpretAsLongs();
            var k = b.sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var m = b.sub(k.lanewise(LSHL, 52)).reinterpretAsDoubles();
            var s = m.sub(1).div(m.add(1));
            var q = s.mul(s);
            var l = broadcast(D, LOG2_13).fma(q, broadcast(D, LOG2_11));
            l = l.fma(q, broadcast(D, LOG2_9));
            l = l.fma(q, broadcast(D, LOG2_7));
            l = l.fma(q, broadcast(D, LOG2_5));
            l = l.fma(q, broadcast(D, LOG2_3));
            l = l.fma(q, broadcast(D, LOG2_1));
            var e = s.fma(l, k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC)).mul(z);
            if (!a.compare(GT, 0).and(a.compare(LT, Double.POSITIVE_INFINITY)).and(e.abs().compare(LT, 160)).allTrue()) {
                FloatLoops.pow(z, x, xo + i, y, yo + i, H);
                continue;
            }
            var t = e.add(MAGIC);
            var r = e.sub(t.sub(MAGIC));
            var u = broadcast(D, EXP2_9).fma(r, broadcast(D, EXP2_8));
            u = u.fma(r, broadcast(D, EXP2_7));
            u = u.fma(r, broadcast(D, EXP2_6));
            u = u.fma(r, broadcast(D, EXP2_5));
            u = u.fma(r, broadcast(D, EXP2_4));
            u = u.fma(r, broadcast(D, EXP2_3));
            u = u.fma(r, broadcast(D, EXP2_2));
            u = u.fma(r, broadcast(D, EXP2_1));
            u = u.fma(r, broadcast(D, EXP2_0));
            u = u.mul(t.reinterpretAsLongs().add(1023).lanewise(LSHL, 52).reinterpretAsDoubles());
            var w = u.reinterpretAsLongs().lanewise(OR, v.reinterpretAsLongs().and(sign));
            ((FloatVector) w.reinterpretAsDoubles().castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.pow(z, x, xo + i, y, yo + i, n - i);
    }

    private static void any(float z, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var b = a.reinterpretAsLongs();
            var k = b.sub(SQRT_HALF_BITS).lanewise(ASHR, 52);
            var m = b.sub(k.lanewise(LSHL, 52)).reinterpretAsDoubles();
            var s = m.sub(1).div(m.add(1));
            var q = s.mul(s);
            var l = broadcast(D, LOG2_13).fma(q, broadcast(D, LOG2_11));
            l = l.fma(q, broadcast(D, LOG2_9));
            l = l.fma(q, broadcast(D, LOG2_7));
            l = l.fma(q, broadcast(D, LOG2_5));
            l = l.fma(q, broadcast(D, LOG2_3));
            l = l.fma(q, broadcast(D, LOG2_1));
            var e = s.fma(l, k.add(MAGIC_BITS).reinterpretAsDoubles().sub(MAGIC)).mul(z);
            if (!a.compare(GT, 0).and(a.compare(LT, Double.POSITIVE_INFINITY)).and(e.abs().compare(LT, 160)).allTrue()) {
                FloatLoops.pow(z, x, xo + i, y, yo + i, H);
                continue;
            }
            var t = e.add(MAGIC);
            var r = e.sub(t.sub(MAGIC));
            var u = broadcast(D, EXP2_9).fma(r, broadcast(D, EXP2_8));
            u = u.fma(r, broadcast(D, EXP2_7));
            u = u.fma(r, broadcast(D, EXP2_6));
            u = u.fma(r, broadcast(D, EXP2_5));
            u = u.fma(r, broadcast(D, EXP2_4));
            u = u.fma(r, broadcast(D, EXP2_3));
            u = u.fma(r, broadcast(D, EXP2_2));
            u = u.fma(r, broadcast(D, EXP2_1));
            u = u.fma(r, broadcast(D, EXP2_0));
            u = u.mul(t.reinterpretAsLongs().add(1023).lanewise(LSHL, 52).reinterpretAsDoubles());
            ((FloatVector) u.castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.pow(z, x, xo + i, y, yo + i, n - i);
    }
}
