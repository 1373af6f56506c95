package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import keel.kernel.Unary;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `√x` and `1/√x` have the bits of the plain kernels, that is of Java, whichever way a vector takes.
class RootsTest {
    /// Places to start from such that every number comes to stand in every vector of a group.
    private static final int[] STARTS = {0, 16, 32};
    private static final int N = 1 << 14;

    private final float[] x = new float[N + 96];
    private final float[] expected = new float[N + 96];
    private final float[] actual = new float[N + 96];

    /// Every mantissa, with an even and with an odd exponent; others are the same computation, as far as nothing vanishes.
    @ParameterizedTest
    @EnumSource(names = {"SQRT", "RSQRT"})
    void everyMantissaIsRoundedAsJavaRounds(Unary f) {
        for (int bits = 127 << 23; bits < 129 << 23; bits += N) check(f, bits);
    }

    /// Each with the one before it in the same vector, and others around it.
    @ParameterizedTest
    @EnumSource(names = {"SQRT", "RSQRT"})
    void everyExponentIsRoundedAsJavaRounds(Unary f) {
        for (int e = 0; e < 512; e++) check(f, (e << 23) - N / 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQRT", "RSQRT"})
    void oneAwkwardNumberDoesNotSpoilItsNeighbours(Unary f) {
        for (int bits : new int[] {0, 1, 0x7FFFFF, 0x800000, 0xD7FFFFF, 0xD800000, 0x7F7FFFFF, 0x7F800000, 0x7F800001, 0x7FC00000,
                0x7FFFFFFF, 0x80000000, 0x80000001, 0x8D800000, 0xBF800000, 0xFF800000, 0xFFFFFFFF}) {
            for (int place = 0; place < 200; place++) {
                for (int i = 0; i < 200; i++) x[i] = i + 1;
                x[place] = Float.intBitsToFloat(bits);
                KernelType.F32.plain().unary(f, 0, x, 0, expected, 0, 200);
                KernelType.F32.used().unary(f, 0, x, 0, actual, 0, 200);
                assertEquals(-1, Arrays.mismatch(expected, 0, 200, actual, 0, 200), f + " of " + x[place] + " at " + place);
            }
        }
    }

    /// With the system property `keel.slow`: takes a minute.
    @ParameterizedTest
    @EnumSource(names = {"SQRT", "RSQRT"})
    @EnabledIfSystemProperty(named = "keel.slow", matches = "true")
    void everyFloatIsRoundedAsJavaRounds(Unary f) {
        for (long bits = 0; bits < 1L << 32; bits += N) check(f, (int) bits);
    }

    /// `N` floats from one with these bits.
    private void check(Unary f, int bits) {
        for (int i = 0; i < x.length; i++) x[i] = Float.intBitsToFloat(bits + i);
        KernelType.F32.plain().unary(f, 0, x, 0, expected, 0, x.length);
        for (int from : STARTS) {
            int to = from + N + 48;
            KernelType.F32.used().unary(f, 0, x, from, actual, from, to - from);
            int at = Arrays.mismatch(expected, from, to, actual, from, to);
            assertEquals(-1, at, () -> f + " of " + x[from + at] + ": " + actual[from + at] + ", not " + expected[from + at]);
        }
    }
}
