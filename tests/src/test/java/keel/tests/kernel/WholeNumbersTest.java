package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.Binary;
import keel.kernel.DoubleMath;
import keel.kernel.FloatMath;
import keel.kernel.Unary;
import org.junit.jupiter.api.Test;

/// Rounding, divisions with a remainder, lengths and limits: the kernels in use have the bits of the plain ones for floats of all
/// magnitudes, and these those of Java.
class WholeNumbersTest {
    private static final int N = 1 << 11;
    private static final KernelType<float[]> F32 = KernelType.F32;

    @Test
    void roundingHasTheBitsOfJavaAroundEveryPowerOfTwo() {
        float[] x = new float[2 * 60 * 40];
        int n = 0;
        for (int e = -30; e < 30; e++) {
            for (int i = -10; i < 10; i++) {
                float v = Float.intBitsToFloat(Float.floatToRawIntBits((float) Math.scalb(1.0, e)) + i);
                for (float w : new float[] {v, -v, v - 0.5f, 0.5f - v}) x[n++] = w;
            }
        }
        float[] y = new float[n];
        for (var f : List.of(Unary.FLOOR, Unary.CEIL, Unary.ROUND, Unary.TRUNC)) {
            F32.used().unary(f, 0, x, 0, y, 0, n);
            for (int i = 0; i < n; i++) {
                double v = x[i];
                double expected = switch (f) {
                    case FLOOR -> Math.floor(v);
                    case CEIL -> Math.ceil(v);
                    case ROUND -> Math.rint(v);
                    default -> v < 0 ? Math.ceil(v) : Math.floor(v);
                };
                assertEquals((float) expected, y[i], f + "(" + v + ")");
            }
        }
    }

    @Test
    void remaindersAndQuotientsOfAnyFloatsHaveThePlainBits() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 24; round++) {
            // exponents no more than `apart` from each other, so that vectors go both ways
            int apart = round % 6 * 6 + 1;
            float[] x = new float[N];
            float[] z = new float[N];
            for (int i = 0; i < N; i++) {
                int bits = random.nextInt();
                int exponent = Math.clamp((bits >>> 23 & 0xFF) + random.nextInt(-apart, 2), 0, 254);
                z[i] = Float.intBitsToFloat(bits);
                x[i] = Float.intBitsToFloat(exponent << 23 | random.nextInt() & 0x807FFFFF);
                if (i % 5 == 0) z[i] = Math.round(z[i] % 100);
                if (i % 10 == 0) x[i] = Math.round(x[i] % 1000);
                if (i % 15 == 0) x[i] = 3 * z[i];
            }
            for (int[] swap : new int[][] {{0}, {1}}) {
                float[] a = swap[0] == 0 ? x : z;
                float[] b = swap[0] == 0 ? z : x;
                for (var f : List.of(Binary.FMOD, Binary.REMAINDER, Binary.FLOOR_DIVIDE, Binary.HYPOT, Binary.COPY_SIGN)) {
                    same(f, a, b);
                }
            }
        }
    }

    private static void same(Binary f, float[] a, float[] b) {
        float[] expected = new float[N];
        float[] actual = new float[N];
        F32.plain().binary(f, 0, a, 0, b, 0, expected, 0, N);
        F32.used().binary(f, 0, a, 0, b, 0, actual, 0, N);
        for (int i = 0; i < N; i++) assertEquals(expected[i], actual[i], f + "(" + a[i] + ", " + b[i] + ")");
    }

    @Test
    void remaindersAreThoseOfDoubles() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 30_000; i++) {
            float x = Float.intBitsToFloat(random.nextInt(0x50000000));
            float z = -Float.intBitsToFloat(random.nextInt(0x50000000));
            // in double the sum of the remainder and z may be rounded, and then again
            double exact = x % (double) z;
            float expected = exact == 0 ? (float) exact : (float) exact + z;
            assertEquals(expected, FloatMath.remainder(x, z), x + " and " + z);
            assertEquals(-expected, FloatMath.remainder(-x, -z), x + " and " + z);
        }
        assertEquals(Float.POSITIVE_INFINITY, FloatMath.remainder(-5, Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(FloatMath.remainder(5, 0)));
    }

    @Test
    void lengthsAreWithinTheStatedError() {
        var random = new SplittableRandom(3);
        double worst = 0;
        for (int i = 0; i < 200_000; i++) {
            float x = Float.intBitsToFloat(random.nextInt());
            float z = x * (float) Math.scalb(random.nextDouble(), -(i % 16));
            double truth = DoubleMath.hypot(x, z);
            float y = i % 2 == 0 ? FloatMath.hypot(x, z) : FloatMath.hypot(z, x);
            if (!(truth <= Float.MAX_VALUE)) assertEquals((float) truth, y, x + " and " + z);
            else worst = Math.max(worst, Math.abs(y - truth) / Math.scalb(1.0, Math.max(Math.getExponent(truth), -126) - 23));
        }
        assertTrue(worst < 1.21 && worst > 0.9, worst + " ULP");
        float inf = Float.POSITIVE_INFINITY;
        assertEquals(inf, FloatMath.hypot(Float.NaN, -inf));
        assertEquals(inf, FloatMath.hypot(3e38f, 3e38f));
        assertEquals(5, FloatMath.hypot(-3, 4));
        assertEquals(1e-44f, FloatMath.hypot(1e-44f, -0f));
        assertTrue(Float.isNaN(FloatMath.hypot(1, Float.NaN)));
    }

    @Test
    void limitsOrderZerosAndKeepNaN() {
        double[] ends = {Double.NEGATIVE_INFINITY, -1, -0.0, 0.0, 1, Double.POSITIVE_INFINITY, Double.NaN};
        for (var type : List.of(KernelType.F32, KernelType.F64)) limits(type, ends);
    }

    private static <A> void limits(KernelType<A> type, double... ends) {
        A x = type.awkward(100, 4);
        for (double low : ends) {
            for (double high : ends) {
                A y = type.plain().allocate(100);
                type.used().clamp(low, high, x, 0, y, 0, 100);
                for (int i = 0; i < 100; i++) {
                    double v = type.plain().get(x, i);
                    assertEquals(Math.min(Math.max(v, low), high), type.plain().get(y, i), v + " in " + low + " … " + high);
                }
            }
        }
    }

    @Test
    void interpolationIsRoundedOnceWhateverTheShapes() {
        var random = new SplittableRandom(5);
        var x = NdArray.normal(DType.F32, Shape.of(70, 33), 0, 1, random);
        var z = NdArray.normal(DType.F32, Shape.of(33), 0, 1, random);
        for (var w : List.of(NdArray.normal(DType.F32, Shape.of(70, 1), 0, 1, random), NdArray.full(DType.F32, Shape.of(), 0.3),
                NdArray.full(DType.F32, Shape.of(1, 1, 1), 0.7))) {
            var y = x.lerp(z, w);
            var c = w.expand(y.shape());
            for (int i = 0; i < y.size(); i++) {
                double a = x.floats()[i];
                double b = z.floats()[i % 33];
                double t = c.floats()[i];
                assertEquals((float) (Math.abs(t) < 0.5 ? a + t * (b - a) : b - (b - a) * (1 - t)), y.floats()[i]);
            }
        }
    }

    @Test
    void smallPowersAreRoundedOnce() {
        float[] x = F32.awkward(1001, 6);
        float[] y = new float[1001];
        for (double p : new double[] {-1, 2, 3, 0.5}) {
            F32.used().unary(Unary.POW_SCALAR, p, x, 0, y, 0, 1001);
            float[] expected = new float[1001];
            F32.plain().unary(Unary.POW_SCALAR, p, x, 0, expected, 0, 1001);
            F32.assertSameBits(expected, y, 1001, "power " + p);
            for (int i = 0; i < 1001; i++) {
                double v = x[i];
                assertEquals((float) (p == 2 ? v * v : p == 3 ? v * v * v : p == 0.5 ? Math.sqrt(v) : 1 / v), y[i],
                    x[i] + "^" + p);
            }
        }
    }
}
