package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Normal draws are those of `StrictMath`, to the bit, also where the vector form cannot be sure of them.
class NormalsTest {
    private static final int MANY = Boolean.getBoolean("keel.slow") ? 100_000_000 : 400_000;
    private static final int N = 4096;

    // At the borders of quadrants and powers of two, and where the logarithm or the cosine is tiny.
    private static final double[] BORDERS = {0, 0x1p-53, 0x1p-52, 0x1p-30, 1e-3, 0.125, 0.25, 0.5, 0.75, 0.875,
        0.29289321881345254, 1 - 0x1p-53, 1 - 0x1p-52, 1 - 0x1p-30};

    private static double uniform(SplittableRandom random) {
        if (random.nextInt(8) > 0) return random.nextDouble();
        double border = BORDERS[random.nextInt(BORDERS.length)] + random.nextInt(-3, 4) * 0x1p-53;
        return Math.clamp(border, 0, 1 - 0x1p-53);
    }

    private static <A> void assertPlain(KernelType<A> type, double mean, double std, int many, int n, SplittableRandom random) {
        var u = new double[n + 3];
        var v = new double[n + 3];
        A expected = type.normal(n + 5, 1);
        A actual = type.normal(n + 5, 1);
        for (int done = 0; done < many; done += n) {
            for (int i = 0; i < n; i++) {
                u[i + 3] = uniform(random);
                v[i + 3] = uniform(random);
            }
            type.plain().normals(mean, std, u, v, 3, expected, 2, n);
            type.used().normals(mean, std, u, v, 3, actual, 2, n);
            type.assertSameBits(expected, actual, n + 5, type.name() + " mean " + mean + ", std " + std + ", n " + n);
        }
    }

    // Beside 1 + 2⁻²⁴, which lies half way between two floats, hardly a draw is sure; others overflow or are denormal floats.
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 0.02", "-3, 7", "1.000000059604644775390625, 1e-12", "-1.000000059604644775390625, 1e-15", "0, 1e-39",
        "0, 3e38", "1e300, 1", "0.5, 0", "0, 0"})
    void drawsAreThoseOfStrictMath(double mean, double std) {
        assertPlain(KernelType.F32, mean, std, MANY / 10, N, new SplittableRandom(7));
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void lengthsDoNotCount(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) assertPlain(type, 0.1, 1, Math.max(1, n), Math.max(1, n), new SplittableRandom(n));
    }

    // What breaks its promise of 0 … 1 gets what the formula makes of it.
    @Test
    void numbersThatAreNoDrawsArePlainToo() {
        double[] odd = {Double.NaN, -1, 2, 1, 1e6, -1e300, Double.POSITIVE_INFINITY, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.1,
            -0.0};
        for (int shift = 0; shift < odd.length; shift++) {
            var turned = new double[odd.length];
            for (int i = 0; i < odd.length; i++) turned[i] = odd[(i + shift) % odd.length];
            var expected = new float[odd.length];
            var actual = new float[odd.length];
            KernelType.F32.plain().normals(0, 1, odd, turned, 0, expected, 0, odd.length);
            KernelType.F32.used().normals(0, 1, odd, turned, 0, actual, 0, odd.length);
            KernelType.F32.assertSameBits(expected, actual, odd.length, "shift " + shift);
        }
    }

    @Test
    void arraysAreDrawnInOrder() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {0, 1, 7, 1023, 1024, 1025, 5000}) {
                RandomGenerator random = new SplittableRandom(n);
                var normal = NdArray.normal(dtype, Shape.of(n), 0.5, 2, random);
                var uniform = NdArray.uniform(dtype, Shape.of(n), -1, 3, random);
                RandomGenerator same = new SplittableRandom(n);
                for (int i = 0; i < n; i++) {
                    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - same.nextDouble()));
                    double y = 0.5 + 2 * radius * StrictMath.cos(2 * Math.PI * same.nextDouble());
                    assertEquals(dtype == DType.F32 ? (float) y : y, normal.get(i), 0, dtype + " normal " + i + " of " + n);
                }
                for (int i = 0; i < n; i++) {
                    double y = -1 + 4 * same.nextDouble();
                    assertEquals(dtype == DType.F32 ? (float) y : y, uniform.get(i), 0, dtype + " uniform " + i + " of " + n);
                }
                assertEquals(same.nextLong(), random.nextLong());
            }
        }
    }
}
