package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Softmax and transposes: bits equal to plain, values equal to the formula in double.
class RowKernelsTest {
    private static final int[] WIDTHS = {1, 2, 3, 9, 10, 15, 16, 17, 31, 32, 33, 48, 50, 64, 67, 80, 96, 100,
            112, 115, 127, 128, 129, 300, 1000, 1024, 1025, 3000};

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void softmaxAndItsGradientAreBitEqualToPlain(KernelType<A> type) {
        for (int n : WIDTHS) {
            int rows = n < 40 ? 250 : n < 140 ? 83 : 5;
            for (boolean log : new boolean[] {false, true}) {
                for (A x : List.of(type.normal(rows * n + 1, n), type.awkward(rows * n + 1, n))) {
                    A expected = type.plain().allocate(rows * n);
                    A actual = type.plain().allocate(rows * n);
                    type.plain().softmax(log, x, 1, expected, 0, rows, n);
                    type.used().softmax(log, x, 1, actual, 0, rows, n);
                    type.assertSameBits(expected, actual, rows * n, "softmax " + n);
                    A dx = type.plain().allocate(rows * n);
                    A dy = type.normal(rows * n, 3);
                    type.plain().softmaxGrad(log, expected, 0, dy, 0, dx, 0, rows, n);
                    type.used().softmaxGrad(log, expected, 0, dy, 0, dy, 0, rows, n);
                    type.assertSameBits(dx, dy, rows * n, "softmaxGrad in place " + n);
                    type.used().softmax(log, x, 1, x, 1, rows, n);
                    type.used().copyStrided(x, 1, 1, x, 0, rows * n);
                    type.assertSameBits(expected, x, rows * n, "softmax in place " + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void softmaxAndSumsDownColumnsAreBitEqualToPlain(KernelType<A> type) {
        for (int n : new int[] {0, 1, 2, 31, 32, 33, 65, 130, 300}) {
            for (int inner : new int[] {1, 2, 7, 15, 16, 17, 33, 63, 64, 65, 150}) {
                int size = n * inner;
                for (A x : List.of(type.normal(size + 1, n), type.awkward(size + 1, n))) {
                    A expected = type.normal(size + 3, 2);
                    A actual = type.normal(size + 3, 2);
                    for (boolean log : new boolean[] {false, true}) {
                        type.plain().softmaxColumns(log, x, 1, n, inner, expected, 2);
                        type.used().softmaxColumns(log, x, 1, n, inner, actual, 2);
                        type.assertSameBits(expected, actual, size + 3, "softmaxColumns " + n + " " + inner);
                        A place = type.plain().allocate(size + 3);
                        type.plain().copyStrided(x, 1, 1, place, 2, size);
                        type.used().softmaxColumns(log, place, 2, n, inner, place, 2);
                        type.plain().copyStrided(place, 2, 1, actual, 2, size);
                        type.assertSameBits(expected, actual, size + 3, "softmaxColumns in place " + n + " " + inner);
                    }
                    A sums = type.normal(inner + 3, 3);
                    A sumsUsed = type.normal(inner + 3, 3);
                    type.plain().logSumExp(x, 1, 1, n, inner, sums, 2);
                    type.used().logSumExp(x, 1, 1, n, inner, sumsUsed, 2);
                    type.assertSameBits(sums, sumsUsed, inner + 3, "logSumExp of columns " + n + " " + inner);
                    A rows = type.normal(n + 3, 3);
                    A rowsUsed = type.normal(n + 3, 3);
                    type.plain().logSumExp(x, 1, n, inner, 1, rows, 2);
                    type.used().logSumExp(x, 1, n, inner, 1, rowsUsed, 2);
                    type.assertSameBits(rows, rowsUsed, n + 3, "logSumExp of " + n + " rows of " + inner);
                }
            }
        }
    }

    /// Against sums of exponentials in double, which are exact beside floats: a few roundings of the sum and one of the result,
    /// however many are added.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void errorsOfTheLogarithmOfSumsDoNotGrow(KernelType<A> type) {
        for (int n : new int[] {1, 10, 47, 48, 1000, 100_000}) {
            A x = type.normal(n, n);
            double sum = java.util.Arrays.stream(type.doubles(x, 0, n)).map(StrictMath::exp).sum();
            A y = type.plain().allocate(1);
            type.used().logSumExp(x, 0, 1, n, 1, y, 0);
            double tolerance = type.epsilon() == 0x1p-53 ? 1e-14 : 8 * type.epsilon();
            type.assertClose(StrictMath.log(sum), type.plain().get(y, 0), tolerance, 1, "logSumExp of a row of " + n);
            A two = type.plain().allocate(2 * n);
            for (int i = 0; i < n; i++) {
                type.plain().set(two, 2 * i, type.plain().get(x, i));
                type.plain().set(two, 2 * i + 1, 100 - type.plain().get(x, i));
            }
            double other = java.util.Arrays.stream(type.doubles(x, 0, n)).map(v -> StrictMath.exp(-v)).sum();
            A z = type.plain().allocate(2);
            type.used().logSumExp(two, 0, 1, n, 2, z, 0);
            type.assertClose(StrictMath.log(sum), type.plain().get(z, 0), tolerance, 1, "logSumExp of a column of " + n);
            type.assertClose(100 + StrictMath.log(other), type.plain().get(z, 1), 1.1 * tolerance, 1,
                "beside one of large numbers");
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void softmaxFollowsItsFormula(KernelType<A> type) {
        for (int n : new int[] {1, 10, 200}) {
            for (double shift : new double[] {0, 1000, -1e30}) {
                A x = type.normal(2 * n, n);
                for (int i = 0; i < 2 * n; i++) type.plain().set(x, i, 3 * type.plain().get(x, i) + shift);
                A y = type.plain().allocate(2 * n);
                A l = type.plain().allocate(2 * n);
                type.used().softmax(false, x, 0, y, 0, 2, n);
                type.used().softmax(true, x, 0, l, 0, 2, n);
                for (int r = 0; r < 2; r++) {
                    double[] v = type.doubles(x, r * n, n);
                    double max = java.util.Arrays.stream(v).max().orElseThrow();
                    double sum = java.util.Arrays.stream(v).map(t -> StrictMath.exp(t - max)).sum();
                    for (int i = 0; i < n; i++) {
                        type.assertClose(StrictMath.exp(v[i] - max) / sum, type.plain().get(y, r * n + i),
                                64 * type.epsilon(), 0, "softmax");
                        type.assertClose(v[i] - max - StrictMath.log(sum), type.plain().get(l, r * n + i), 8 * type.epsilon(),
                                1, "logSoftmax");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void softmaxOfInfinitiesAndNan(KernelType<A> type) {
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        A y = type.plain().allocate(4);
        for (var k : List.of(type.plain(), type.used())) {
            k.softmax(false, type.of(-inf, 0, -inf, 0), 0, y, 0, 1, 4);
            assertArrayEquals(new double[] {0, .5, 0, .5}, type.doubles(y, 0, 4));
            k.softmax(true, type.of(-inf, 0, 0, -inf), 0, y, 0, 1, 4);
            assertEquals(-inf, type.plain().get(y, 0));
            k.softmax(false, type.of(-inf, -inf, -inf, -inf), 0, y, 0, 1, 4);
            assertArrayEquals(new double[] {nan, nan, nan, nan}, type.doubles(y, 0, 4));
            k.softmax(false, type.of(1, nan, 2, 3), 0, y, 0, 1, 4);
            assertArrayEquals(new double[] {nan, nan, nan, nan}, type.doubles(y, 0, 4));
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void gradientsOfSoftmaxFollowTheirFormulas(KernelType<A> type) {
        int n = 37;
        A x = type.normal(n, 1);
        A dy = type.normal(n, 3);
        A y = type.plain().allocate(n);
        A dx = type.plain().allocate(n);
        double[] g = type.doubles(dy, 0, n);
        for (boolean log : new boolean[] {false, true}) {
            type.used().softmax(log, x, 0, y, 0, 1, n);
            type.used().softmaxGrad(log, y, 0, dy, 0, dx, 0, 1, n);
            double[] v = type.doubles(y, 0, n);
            double s = 0;
            for (int i = 0; i < n; i++) s += log ? g[i] : g[i] * v[i];
            for (int i = 0; i < n; i++) {
                double expected = log ? g[i] - StrictMath.exp(v[i]) * s : v[i] * (g[i] - s);
                type.assertClose(expected, type.plain().get(dx, i), 64 * type.epsilon(), 1, "softmaxGrad");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void transposeMovesEveryElement(KernelType<A> type) {
        for (int m : new int[] {0, 1, 3, 15, 16, 17, 33, 70}) {
            for (int n : new int[] {0, 1, 2, 16, 17, 31, 65}) {
                A x = type.awkward(m * n + 2, m + n);
                A y = type.plain().allocate(m * n + 1);
                type.used().transpose(m, n, x, 2, y, 1);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) assertEquals(type.plain().get(x, 2 + i * n + j),
                            type.plain().get(y, 1 + j * m + i));
                }
            }
        }
    }

    /// Rows of both sides with something between them, which stays as it was.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void transposeOfPartsLeavesTheOthersAlone(KernelType<A> type) {
        for (int m : new int[] {1, 7, 16, 19, 32, 40}) {
            for (int n : new int[] {1, 8, 16, 21, 33}) {
                int lx = n + 3;
                int ly = m + 2;
                A x = type.awkward(2 + (m - 1) * lx + n, m + n);
                A y = type.normal(1 + (n - 1) * ly + m, 3);
                A expected = type.normal(1 + (n - 1) * ly + m, 3);
                type.used().transpose(m, n, x, 2, lx, y, 1, ly);
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) type.plain().copyStrided(x, 2 + i * lx + j, 1, expected, 1 + j * ly + i, 1);
                }
                type.assertSameBits(expected, y, 1 + (n - 1) * ly + m, "transpose " + m + " " + n);
            }
        }
    }

    /// Blocks that are fetched first, small and large ones, with something between rows.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void transposeOfWhatNoCacheHoldsMovesEveryElement(KernelType<A> type) {
        for (int[] extents : new int[][] {{701, 613}, {33, 25_001}, {25_001, 33}, {2051, 2063}}) {
            int m = extents[0];
            int n = extents[1];
            int lx = n + 3;
            int ly = m + 2;
            A x = type.normal(2 + m * lx, m);
            A y = type.plain().allocate(1 + n * ly);
            A expected = type.plain().allocate(1 + n * ly);
            type.used().transpose(m, n, x, 2, lx, y, 1, ly);
            for (int j = 0; j < n; j++) type.plain().copyStrided(x, 2 + j, lx, expected, 1 + j * ly, m);
            type.assertSameBits(expected, y, 1 + n * ly, "transpose " + m + " " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void copiesFollowTheirStride(KernelType<A> type) {
        A x = type.of(0, 1, 2, 3, 4, 5, 6, 7);
        A y = type.plain().allocate(4);
        for (int stride : new int[] {1, 2, 0, -1}) {
            type.used().copyStrided(x, stride < 0 ? 5 : 1, stride, y, 1, 3);
            for (int i = 0; i < 3; i++) assertEquals((stride < 0 ? 5 : 1) + i * stride, type.plain().get(y, 1 + i));
        }
        type.used().fill(y, 1, 2, 9);
        assertArrayEquals(new double[] {0, 9, 9}, type.doubles(y, 0, 3));
    }
}
