package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import keel.kernel.Kernels;
import keel.kernel.Reduce;
import keel.kernel.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reductions: the used kernels give the bits of the plain ones, and those the tree that [Kernels] states.
class ReductionKernelsTest {
    private static final int[] LONG = {2048, 2049, 3071, 3072, 4095, 4096, 4097, 8192, 9000, 12288, 20000};

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void contiguousIsBitEqualToPlainAtEveryLengthAndOffset(KernelType<A> type) {
        for (int n : java.util.stream.IntStream.concat(java.util.Arrays.stream(KernelType.LENGTHS),
                java.util.Arrays.stream(LONG)).toArray()) {
            for (int offset : new int[] {0, 1, 7}) {
                for (A x : List.of(type.normal(n + 7, n), type.awkward(n + 7, n))) {
                    A z = type.normal(n + 3, n + 1);
                    A expected = type.plain().allocate(1);
                    A actual = type.plain().allocate(1);
                    for (var f : Reduce.values()) {
                        type.plain().reduce(f, x, offset, n, 1, expected, 0);
                        type.used().reduce(f, x, offset, n, 1, actual, 0);
                        type.assertSameBits(expected, actual, 1, f + " n=" + n + " offset=" + offset);
                    }
                    assertEquals(type.plain().dot(x, offset, z, 3, n), type.used().dot(x, offset, z, 3, n), "dot n=" + n);
                    if (n == 0) continue;
                    for (boolean largest : new boolean[] {true, false}) {
                        assertEquals(type.plain().argExtreme(largest, x, offset, 1, n),
                                type.used().argExtreme(largest, x, offset, 1, n), "n=" + n);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void stridedIsBitEqualToPlain(KernelType<A> type) {
        for (int n : new int[] {0, 1, 2, 31, 32, 33, 64, 65, 96, 100, 333}) {
            for (int inner : new int[] {2, 3, 15, 16, 17, 33, 64, 65, 127, 200}) {
                for (A x : List.of(type.normal(n * inner + 1, n), type.awkward(n * inner + 1, n))) {
                    A expected = type.normal(inner + 3, 1);
                    A actual = type.normal(inner + 3, 1);
                    for (var f : Reduce.values()) {
                        type.plain().reduce(f, x, 1, n, inner, expected, 2);
                        type.used().reduce(f, x, 1, n, inner, actual, 2);
                        type.assertSameBits(expected, actual, inner + 3, f + " (" + n + ", " + inner + ")");
                    }
                }
            }
        }
    }

    /// Of zeros the one with the right sign is the largest or smallest, along and down.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void extremesOfZerosHaveTheSignOfThePlainOnes(KernelType<A> type) {
        for (double other : new double[] {0, 1, -1}) {
            A x = type.plain().allocate(40 * 70);
            for (int i = 0; i < 40 * 70; i++) type.plain().set(x, i, i % 7 == 0 ? 0 : i % 13 == 0 ? other : -0.0);
            A expected = type.plain().allocate(70);
            A actual = type.plain().allocate(70);
            for (var f : List.of(Reduce.MAX, Reduce.MIN)) {
                for (int inner : new int[] {1, 17, 70}) {
                    type.plain().reduce(f, x, 0, 40, inner, expected, 0);
                    type.used().reduce(f, x, 0, 40, inner, actual, 0);
                    type.assertSameBits(expected, actual, inner, f + " of zeros and " + other + ", inner " + inner);
                }
            }
        }
    }

    /// Rows alone and together, with what lies behind their results, and the sum of squares in double at lengths around those of
    /// its lanes.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void rowsAndWideSumsAreBitEqualToPlain(KernelType<A> type) {
        for (int n : new int[] {0, 1, 7, 15, 16, 17, 40, 100, 128, 129, 511, 512, 513, 700, 1025, 9000}) {
            for (int rows : new int[] {1, 3, 4, 7, 8, 19, 20, 21}) {
                for (A x : List.of(type.normal(rows * n + 3, n), type.awkward(rows * n + 3, n))) {
                    A expected = type.normal(rows + 20, 1);
                    A actual = type.normal(rows + 20, 1);
                    for (var f : Reduce.values()) {
                        for (int i = 0; i < rows; i++) type.plain().reduce(f, x, 3 + i * n, n, 1, expected, 2 + i);
                        type.used().reduceRows(f, x, 3, rows, n, actual, 2);
                        type.assertSameBits(expected, actual, rows + 20, f + " " + rows + " rows of " + n);
                    }
                    assertEquals(type.plain().sumSquares(x, 3, rows * n), type.used().sumSquares(x, 3, rows * n),
                        "n=" + rows * n);
                }
            }
        }
        for (int n : new int[] {1, 511, 512, 9000}) {
            A x = type.normal(n, n);
            double exact = java.util.Arrays.stream(type.doubles(x, 0, n)).map(v -> v * v).sum();
            assertEquals(exact, type.used().sumSquares(x, 0, n), 1e-14 * exact);
        }
    }

    @Test
    void trueElementsAreCountedAtEveryLengthAndDownColumns() {
        var random = new SplittableRandom(1);
        for (int n : new int[] {0, 1, 15, 63, 64, 65, 127, 128, 129, 300}) {
            for (int inner : new int[] {1, 2, 15, 16, 33, 63, 64, 65, 100, 130}) {
                for (int share : new int[] {1, 50, 100}) { // 100: more than a byte holds
                    boolean[] x = new boolean[n * inner + 3];
                    int[] expected = new int[inner + 1];
                    int[] actual = new int[inner + 1];
                    for (int j = 0; j <= inner; j++) expected[j] = actual[j] = 5 + j;
                    for (int i = 0; i < n * inner; i++) {
                        x[3 + i] = random.nextInt(100) < share;
                        expected[1 + i % inner] += x[3 + i] ? 1 : 0;
                    }
                    KernelType.F32.used().countTrue(x, 3, n, inner, actual, 1);
                    assertEquals(java.util.Arrays.toString(expected), java.util.Arrays.toString(actual), n + " " + inner);
                }
            }
        }
    }

    /// The tree written down once more, level by level, as the documentation of [Kernels] has it.
    @Test
    void sumFollowsTheStatedTree() {
        var type = KernelType.F32;
        for (int n : new int[] {0, 1, 15, 16, 17, 1000, 1024, 1025, 3000, 5000, 7777, 100_000, 1_200_000}) {
            float[] x = type.normal(n, n);
            float[] y = new float[1];
            type.used().reduce(Reduce.SUM, x, 0, n, 1, y, 0);
            float[] sums = new float[Math.max(1, Math.ceilDiv(n, Kernels.BLOCK))];
            for (int b = 0; b < sums.length; b++) {
                float[] lane = new float[Kernels.LANES];
                for (int i = b * Kernels.BLOCK; i < Math.min(n, (b + 1) * Kernels.BLOCK); i++) lane[i % Kernels.LANES] += x[i];
                for (int h = 8; h > 0; h /= 2) for (int j = 0; j < h; j++) lane[j] += lane[j + h];
                sums[b] = lane[0];
            }
            assertEquals(pairwise(sums), y[0], "n=" + n);
        }
        for (int n : new int[] {1, 32, 33, 100, 1000}) {
            float[] x = type.normal(3 * n, n);
            float[] y = new float[3];
            type.used().reduce(Reduce.SUM, x, 0, n, 3, y, 0);
            float[] sums = new float[Math.ceilDiv(n, Kernels.STRIDED_BLOCK)];
            for (int i = 0; i < n; i++) sums[i / Kernels.STRIDED_BLOCK] += x[3 * i + 2];
            assertEquals(pairwise(sums), y[2], "n=" + n);
        }
    }

    private static float pairwise(float[] s) {
        int n = s.length;
        while (n > 1) {
            for (int j = 0; j < n / 2; j++) s[j] = s[2 * j] + s[2 * j + 1];
            if (n % 2 == 1) s[n / 2] = s[n - 1];
            n = Math.ceilDiv(n, 2);
        }
        return s[0];
    }

    /// `|error| ≤ γ(d)·Σ|x|` for a summation tree of depth `d` (Higham 1993, eq. 3.4): here 64 additions a lane, 4 folds, log₂
    /// of the blocks.
    @Test
    void errorOfASumGrowsWithTheDepthOfTheTree() {
        for (int n : new int[] {1000, 10_000, 1_000_000}) {
            float[] x = KernelType.F32.normal(n, n);
            for (int i = 0; i < n; i += 3) x[i] += 100;
            var exact = BigDecimal.ZERO;
            double size = 0;
            for (float v : x) {
                exact = exact.add(new BigDecimal(v));
                size += Math.abs(v);
            }
            float[] y = new float[1];
            KernelType.F32.used().reduce(Reduce.SUM, x, 0, n, 1, y, 0);
            double depth = 64 + 4 + Math.ceil(Math.log(Math.ceilDiv(n, 1024)) / Math.log(2));
            double error = exact.subtract(new BigDecimal(y[0])).abs().doubleValue();
            assertTrue(error <= 1.01 * depth * 0x1p-24 * size, "n=" + n + ": error " + error);
            // in practice errors cancel: a tenth of the bound is generous
            assertTrue(error <= 0.1 * depth * 0x1p-24 * size, "n=" + n + ": error " + error);
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void emptyReductionsGiveTheirNeutralElement(KernelType<A> type) {
        double[] expected = {0, 0, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
        for (var f : Reduce.values()) {
            for (var k : List.of(type.plain(), type.used())) {
                A y = type.of(7, 7, 7);
                k.reduce(f, type.of(), 0, 0, 1, y, 0);
                assertEquals(expected[f.ordinal()], type.plain().get(y, 0), f.name());
                k.reduce(f, type.of(), 0, 0, 3, y, 0);
                for (int j = 0; j < 3; j++) assertEquals(expected[f.ordinal()], type.plain().get(y, j), f.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void indexOfTheExtremeIsTheFirstAndNanWins(KernelType<A> type) {
        for (int n : new int[] {5, 100}) {
            A x = type.plain().allocate(n);
            for (int i = 0; i < n; i++) type.plain().set(x, i, i % 5 == 3 ? 2 : i % 5 == 1 ? -2 : 0);
            for (var k : List.of(type.plain(), type.used())) {
                assertEquals(3, k.argExtreme(true, x, 0, 1, n));
                assertEquals(1, k.argExtreme(false, x, 0, 1, n));
                assertEquals(1, k.argExtreme(true, x, 1, 2, n / 2));
            }
            type.plain().set(x, 4, Double.NaN);
            assertEquals(4, type.used().argExtreme(true, x, 0, 1, n));
            assertEquals(4, type.used().argExtreme(false, x, 0, 1, n));
            A zeros = type.plain().allocate(n);
            type.plain().set(zeros, 0, -0.0);
            assertEquals(0, type.used().argExtreme(true, zeros, 0, 1, n));
        }
    }

    /// Values that tie, zeros of both signs, infinities and NaN, and extremes at either side of where blocks end.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void theFirstExtremeIsFoundWhereverItIs(KernelType<A> type) {
        for (int n : new int[] {33, 4095, 4096, 4097, 9000}) {
            for (int place : new int[] {0, 1, n / 2, n - 2, n - 1}) {
                for (double v : new double[] {3, Double.NaN, Double.POSITIVE_INFINITY}) {
                    A x = type.plain().allocate(n + 1);
                    for (int i = 0; i < n; i++) type.plain().set(x, 1 + i, i % 3 == 0 ? -0.0 : i % 3 == 1 ? 0.0 : -1);
                    assertEquals(0, type.used().argExtreme(true, x, 1, 1, n));
                    for (int i = place; i < n; i += 700) type.plain().set(x, 1 + i, v);
                    assertEquals(place, type.used().argExtreme(true, x, 1, 1, n), v + " at " + place + " of " + n);
                    type.plain().unary(Unary.NEG, 0, x, 1, x, 1, n);
                    assertEquals(place, type.used().argExtreme(false, x, 1, 1, n), -v + " at " + place + " of " + n);
                    type.plain().fill(x, 1, n, Double.NEGATIVE_INFINITY);
                    assertEquals(0, type.used().argExtreme(true, x, 1, 1, n));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void extremesOfColumnsAreThoseOfEachColumn(KernelType<A> type) {
        for (int n : new int[] {1, 2, 3, 40}) {
            for (int inner : new int[] {1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100}) {
                A x = type.plain().allocate(n * inner + 1);
                var random = new SplittableRandom(n * inner);
                double[] values = {0.0, -0.0, 1, -1, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 2, -2,
                    3, -3};
                for (int i = 0; i < n * inner; i++) type.plain().set(x, 1 + i, values[random.nextInt(values.length)]);
                for (boolean largest : new boolean[] {true, false}) {
                    int[] y = new int[inner + 1];
                    type.used().argExtremes(largest, x, 1, n, inner, y, 1);
                    for (int j = 0; j < inner; j++) {
                        assertEquals(type.plain().argExtreme(largest, x, 1 + j, inner, n), y[1 + j], n + " " + inner + " " + j);
                    }
                }
            }
        }
    }

    /// One value that is not like the others, anywhere among numbers whose products overflow or not, or among zeros.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void oneValueIsTheExtremeWhereverItIs(KernelType<A> type) {
        double negativeNan = Math.copySign(Double.NaN, -1);
        A y = type.plain().allocate(1);
        for (int n : new int[] {1, 7, 64, 65, 200}) {
            for (double others : new double[] {-1, -1e30, -0.0, Double.NEGATIVE_INFINITY}) {
                A x = type.plain().allocate(n + 1);
                type.plain().fill(x, 1, n, others);
                for (int place = 0; place < n; place++) {
                    for (double v : new double[] {0.0, 3, Double.POSITIVE_INFINITY, Double.NaN, negativeNan}) {
                        type.plain().set(x, 1 + place, v);
                        type.used().reduce(Reduce.MAX, x, 1, n, 1, y, 0);
                        assertEquals(v, type.plain().get(y, 0), v + " at " + place + " of " + n + " among " + others);
                        type.plain().unary(Unary.NEG, 0, x, 1, x, 1, n);
                        type.used().reduce(Reduce.MIN, x, 1, n, 1, y, 0);
                        assertEquals(-v, type.plain().get(y, 0), -v + " at " + place + " of " + n + " among " + -others);
                        type.plain().fill(x, 1, n, others);
                    }
                }
            }
        }
    }
}
