package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import keel.kernel.Binary;
import keel.kernel.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// `x/z` and `1/z` have the bits of the plain kernels, that is of Java, whichever way a vector takes.
class QuotientsTest {
    /// Places to start from such that every number comes to stand in every vector of a group.
    private static final int[] STARTS = {0, 16, 32};
    private static final int N = 1 << 14;
    private static final int[] AWKWARD = {0, 1, 0x7FFFFF, 0x800000, 0x800001, 0x217FFFFF, 0x21800000, 0x5D7FFFFF, 0x5D800000,
        0x7E7FFFFF, 0x7E800000, 0x7E800001, 0x7F7FFFFF, 0x7F800000, 0x7F800001, 0x7FFFFFFF};

    private final float[] x = new float[N + 96];
    private final float[] z = new float[N + 96];
    private final float[] expected = new float[N + 96];
    private final float[] actual = new float[N + 96];

    /// Others are the same computation, as far as nothing vanishes; quotients rest on these.
    @Test
    void everyMantissaHasItsReciprocal() {
        for (int bits = 127 << 23; bits < 128 << 23; bits += N) reciprocals(bits);
    }

    @Test
    void everyExponentHasItsReciprocals() {
        for (int e = 0; e < 512; e++) reciprocals((e << 23) - N / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "keel.slow", matches = "true")
    void everyFloatHasItsReciprocal() {
        for (long bits = 0; bits < 1L << 32; bits += N) reciprocals((int) bits);
    }

    private void reciprocals(int bits) {
        for (int i = 0; i < x.length; i++) x[i] = Float.intBitsToFloat(bits + i);
        KernelType.F32.plain().unary(Unary.RECIPROCAL, 0, x, 0, expected, 0, x.length);
        for (int from : STARTS) {
            int to = from + N + 48;
            KernelType.F32.used().unary(Unary.RECIPROCAL, 0, x, from, actual, from, to - from);
            int at = Arrays.mismatch(expected, from, to, actual, from, to);
            assertEquals(-1, at, () -> "1/" + x[from + at] + ": " + actual[from + at] + ", not " + expected[from + at]);
        }
    }

    @Test
    void quotientsOfAnyMantissasAndSignsAreRoundedAsJavaRounds() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat(random.nextInt() & 0x80FFFFFF | 0x3F000000);
                z[i] = Float.intBitsToFloat(random.nextInt() & 0x80FFFFFF | 0x3F000000);
            }
            quotients();
        }
    }

    /// `2²⁵·x − (2q + 1)·z = k`, `k = ±1, ±2`: no quotients are nearer to the middle of two floats.
    @Test
    void quotientsBesideTheMiddleOfTwoFloatsAreRoundedAsJavaRounds() {
        int step = Boolean.getBoolean("keel.slow") ? 2 : 1022;
        var power = BigInteger.ONE.shiftLeft(25);
        int n = 0;
        for (int b = (1 << 22) + 1; b < 1 << 24; b += step) {
            int odd = b < 1 << 23 ? 2 : 1;
            int inverse = power.shiftRight(odd - 1).modInverse(BigInteger.valueOf(b)).intValue();
            for (int a : new int[] {inverse, b - inverse}) {
                x[n] = odd == 2 ? a + b : a;
                z[n] = odd * b;
                if (++n == x.length) {
                    quotients();
                    n = 0;
                }
            }
        }
        Arrays.fill(x, n, x.length, 1);
        Arrays.fill(z, n, z.length, 3);
        quotients();
    }

    @Test
    void mantissasNearTwoAreRoundedAsJavaRounds() {
        for (int a = 0; a < 20; a++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((128 << 23) - 1 - a);
                z[i] = Float.intBitsToFloat((128 << 23) - 1 - i % 41);
            }
            quotients();
        }
    }

    private void quotients() {
        KernelType.F32.plain().binary(Binary.DIV, 0, x, 0, z, 0, expected, 0, x.length);
        for (int from : STARTS) {
            int to = from + N + 48;
            KernelType.F32.used().binary(Binary.DIV, 0, x, from, z, from, actual, from, to - from);
            int at = Arrays.mismatch(expected, from, to, actual, from, to);
            assertEquals(-1, at, () -> x[from + at] + "/" + z[from + at] + ": " + actual[from + at] + ", not "
                + expected[from + at]);
        }
    }

    /// Whole groups of one pair of exponents, so that nothing else sends them the other way.
    @Test
    void everyPairOfExponentsIsRoundedAsJavaRounds() {
        int n = 0;
        for (int i = -149; i < 128; i++) {
            for (int j = -149; j < 128; j++) {
                Arrays.fill(x, n, n + 48, Math.scalb(1.3f, i));
                Arrays.fill(z, n, n + 48, Math.scalb(1.7f, j));
                n += 48;
                if (n + 48 > x.length) {
                    quotients();
                    n = 0;
                }
            }
        }
    }

    @Test
    void oneAwkwardNumberDoesNotSpoilItsNeighbours() {
        for (int bits : AWKWARD) {
            for (int place = 0; place < 200; place++) {
                for (float sign : new float[] {1, -1}) {
                    for (int i = 0; i < 200; i++) x[i] = z[i] = i + 1;
                    for (int i = 0; i < 200; i += 3) x[i] *= -3;
                    x[place] = sign * Float.intBitsToFloat(bits);
                    awkward("x", place);
                    z[place] = x[place];
                    x[place] = 7;
                    awkward("z", place);
                    KernelType.F32.plain().unary(Unary.RECIPROCAL, 0, z, 0, expected, 0, 200);
                    KernelType.F32.used().unary(Unary.RECIPROCAL, 0, z, 0, actual, 0, 200);
                    assertEquals(-1, Arrays.mismatch(expected, 0, 200, actual, 0, 200), "1/" + z[place] + " at " + place);
                }
            }
        }
    }

    private void awkward(String what, int place) {
        KernelType.F32.plain().binary(Binary.DIV, 0, x, 0, z, 0, expected, 0, 200);
        KernelType.F32.used().binary(Binary.DIV, 0, x, 0, z, 0, actual, 0, 200);
        assertEquals(-1, Arrays.mismatch(expected, 0, 200, actual, 0, 200),
                () -> what + " " + x[place] + "/" + z[place] + " at " + place);
    }
}
