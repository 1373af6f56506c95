package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatTables.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The logarithms of [FloatMath], as [FloatVectorMath] has the other functions. A table of 16 floats is one vector of 512 bits,
/// two of 256 or four of 128.
final class FloatVectorLog {
    private FloatVectorLog() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final int[] T = bits(FloatTables.LOG);
    private static final int[] BASE_2 = bits(FloatLog.BASE_2);
    private static final int[] BASE_10 = bits(FloatLog.BASE_10);
    /// The square of 126 where exponents stand: what is denormal, infinite, NaN or negative has a larger one.
    private static final float FAR = 126 * 0x1p23f * (126 * 0x1p23f);

    /// `ln x`, `n` a multiple of `2V`: two vectors at a time, one test for both, and too much code to be inlined. Where a lane is
    /// no positive normal number, or has one of the largest or smallest exponents, both go the plain way.
    static void log(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += 2 * V) {
            var b0 = fromArray(S, x, xo + i).reinterpretAsInts();
            var b1 = fromArray(S, x, xo + i + V).reinterpretAsInts();
            var z0 = b0.sub(LOG_FROM);
            var z1 = b1.sub(LOG_FROM);
            var k0 = z0.and(EXPONENT);
            var k1 = z1.and(EXPONENT);
            var n0 = (FloatVector) k0.convert(I2F, 0);
            var n1 = (FloatVector) k1.convert(I2F, 0);
            if (!n0.fma(n0, n1.mul(n1)).compare(LT, FAR).allTrue()) {
                FloatLoops.log(x, xo + i, y, yo + i, 2 * V);
                continue;
            }
            var j0 = z0.lanewise(LSHR, 19);
            var c0 = j0.selectFrom(IntVector.fromArray(I, T, 0));
            var l0 = j0.selectFrom(IntVector.fromArray(I, T, N));
            var j1 = z1.lanewise(LSHR, 19);
            var c1 = j1.selectFrom(IntVector.fromArray(I, T, 0));
            var l1 = j1.selectFrom(IntVector.fromArray(I, T, N));
            if (V < 16) {
                var m0 = j0.and(V).compare(NE, 0);
                c0 = c0.blend(j0.selectFrom(IntVector.fromArray(I, T, V)), m0);
                l0 = l0.blend(j0.selectFrom(IntVector.fromArray(I, T, N + V)), m0);
                var m1 = j1.and(V).compare(NE, 0);
                c1 = c1.blend(j1.selectFrom(IntVector.fromArray(I, T, V)), m1);
                l1 = l1.blend(j1.selectFrom(IntVector.fromArray(I, T, N + V)), m1);
            }
            if (V < 8) {
                var m0 = j0.and(V).compare(NE, 0);
                var h0 = j0.and(2 * V).compare(NE, 0);
                c0 = c0.blend(j0.selectFrom(IntVector.fromArray(I, T, 2 * V))
                        .blend(j0.selectFrom(IntVector.fromArray(I, T, 3 * V)), m0), h0);
                l0 = l0.blend(j0.selectFrom(IntVector.fromArray(I, T, N + 2 * V))
                        .blend(j0.selectFrom(IntVector.fromArray(I, T, N + 3 * V)), m0), h0);
                var m1 = j1.and(V).compare(NE, 0);
                var h1 = j1.and(2 * V).compare(NE, 0);
                c1 = c1.blend(j1.selectFrom(IntVector.fromArray(I, T, 2 * V))
                        .blend(j1.selectFrom(IntVector.fromArray(I, T, 3 * V)), m1), h1);
                l1 = l1.blend(j1.selectFrom(IntVector.fromArray(I, T, N + 2 * V))
                        .blend(j1.selectFrom(IntVector.fromArray(I, T, N + 3 * V)), m1), h1);
            }
            var r0 = b0.sub(k0).reinterpretAsFloats().fma(c0.reinterpretAsFloats(), broadcast(S, -1f));
            var q0 = broadcast(S, LOG_R5).fma(r0, broadcast(S, LOG_R4)).fma(r0, broadcast(S, LOG_R3))
                .fma(r0, broadcast(S, LOG_R2));
            q0 = r0.mul(r0).fma(q0, n0.fma(broadcast(S, LN2_LOW_23), r0));
            n0.fma(broadcast(S, LN2_HIGH_23), l0.reinterpretAsFloats()).add(q0).intoArray(y, yo + i);
            var r1 = b1.sub(k1).reinterpretAsFloats().fma(c1.reinterpretAsFloats(), broadcast(S, -1f));
            var q1 = broadcast(S, LOG_R5).fma(r1, broadcast(S, LOG_R4)).fma(r1, broadcast(S, LOG_R3))
                .fma(r1, broadcast(S, LOG_R2));
            q1 = r1.mul(r1).fma(q1, n1.fma(broadcast(S, LN2_LOW_23), r1));
            n1.fma(broadcast(S, LN2_HIGH_23), l1.reinterpretAsFloats()).add(q1).intoArray(y, yo + i + V);
        }
    }

    static void log2(float[] x, int xo, float[] y, int yo, int n) {
        log(FloatLog.BASE_2, BASE_2, x, xo, y, yo, n);
    }

    static void log10(float[] x, int xo, float[] y, int yo, int n) {
        log(FloatLog.BASE_10, BASE_10, x, xo, y, yo, n);
    }

    /// The same with a table of [FloatLog], whose bits are `bits`.
    private static void log(float[] table, int[] bits, float[] x, int xo, float[] y, int yo, int n) {
        float two = table[FloatLog.TWO];
        float twoLow = table[FloatLog.TWO_LOW];
        float e = table[FloatLog.E];
        float eLow = table[FloatLog.E_LOW];
        float c2 = table[FloatLog.R2];
        float c3 = table[FloatLog.R2 + 1];
        float c4 = table[FloatLog.R2 + 2];
        float c5 = table[FloatLog.R2 + 3];
        for (int i = 0; i < n; i += 2 * V) {
            var b0 = fromArray(S, x, xo + i).reinterpretAsInts();
            var b1 = fromArray(S, x, xo + i + V).reinterpretAsInts();
            var z0 = b0.sub(LOG_FROM);
            var z1 = b1.sub(LOG_FROM);
            var k0 = z0.and(EXPONENT);
            var k1 = z1.and(EXPONENT);
            var n0 = (FloatVector) k0.convert(I2F, 0);
            var n1 = (FloatVector) k1.convert(I2F, 0);
            if (!n0.fma(n0, n1.mul(n1)).compare(LT, FAR).allTrue()) {
                FloatLog.log(table, x, xo + i, y, yo + i, 2 * V);
                continue;
            }
            var j0 = z0.lanewise(LSHR, 19);
            var c0 = j0.selectFrom(IntVector.fromArray(I, bits, 0));
            var l0 = j0.selectFrom(IntVector.fromArray(I, bits, N));
            var j1 = z1.lanewise(LSHR, 19);
            var c1 = j1.selectFrom(IntVector.fromArray(I, bits, 0));
            var l1 = j1.selectFrom(IntVector.fromArray(I, bits, N));
            if (V < 16) {
                var m0 = j0.and(V).compare(NE, 0);
                c0 = c0.blend(j0.selectFrom(IntVector.fromArray(I, bits, V)), m0);
                l0 = l0.blend(j0.selectFrom(IntVector.fromArray(I, bits, N + V)), m0);
                var m1 = j1.and(V).compare(NE, 0);
                c1 = c1.blend(j1.selectFrom(IntVector.fromArray(I, bits, V)), m1);
                l1 = l1.blend(j1.selectFrom(IntVector.fromArray(I, bits, N + V)), m1);
            }
            if (V < 8) {
                var m0 = j0.and(V).compare(NE, 0);
                var h0 = j0.and(2 * V).compare(NE, 0);
                c0 = c0.blend(j0.selectFrom(IntVector.fromArray(I, bits, 2 * V))
                        .blend(j0.selectFrom(IntVector.fromArray(I, bits, 3 * V)), m0), h0);
                l0 = l0.blend(j0.selectFrom(IntVector.fromArray(I, bits, N + 2 * V))
                        .blend(j0.selectFrom(IntVector.fromArray(I, bits, N + 3 * V)), m0), h0);
                var m1 = j1.and(V).compare(NE, 0);
                var h1 = j1.and(2 * V).compare(NE, 0);
                c1 = c1.blend(j1.selectFrom(IntVector.fromArray(I, bits, 2 * V))
                        .blend(j1.selectFrom(IntVector.fromArray(I, bits, 3 * V)), m1), h1);
                l1 = l1.blend(j1.selectFrom(IntVector.fromArray(I, bits, N + 2 * V))
                        .blend(j1.selectFrom(IntVector.fromArray(I, bits, N + 3 * V)), m1), h1);
            }
            var r0 = b0.sub(k0).reinterpretAsFloats().fma(c0.reinterpretAsFloats(), broadcast(S, -1f));
            var q0 = broadcast(S, c5).fma(r0, broadcast(S, c4)).fma(r0, broadcast(S, c3)).fma(r0, broadcast(S, c2));
            q0 = q0.fma(r0, broadcast(S, eLow)).fma(r0, n0.mul(twoLow));
            n0.fma(broadcast(S, two), l0.reinterpretAsFloats()).add(r0.fma(broadcast(S, e), q0)).intoArray(y, yo + i);
            var r1 = b1.sub(k1).reinterpretAsFloats().fma(c1.reinterpretAsFloats(), broadcast(S, -1f));
            var q1 = broadcast(S, c5).fma(r1, broadcast(S, c4)).fma(r1, broadcast(S, c3)).fma(r1, broadcast(S, c2));
            q1 = q1.fma(r1, broadcast(S, eLow)).fma(r1, n1.mul(twoLow));
            n1.fma(broadcast(S, two), l1.reinterpretAsFloats()).add(r1.fma(broadcast(S, e), q1)).intoArray(y, yo + i + V);
        }
    }
}
