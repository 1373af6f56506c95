package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.Parallel;
import org.junit.jupiter.api.Test;

/// Running logarithms of sums of exponentials.
class LogScanTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /// Rises and falls by a factor of `e¹⁰⁰`, against sums that begin anew for each element, relative to their largest.
    @Test
    void eachIsTheLogarithmOfItsOwnSum() {
        var random = new SplittableRandom(2);
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            for (double spread : new double[] {0.1, 3, 100}) {
                for (boolean backward : new boolean[] {false, true}) {
                    var x = NdArray.normal(DType.F64, Shape.of(2, 67, 3), 1, spread, random).cast(dtype);
                    var y = x.logCumsumExp(1, backward);
                    for (int i = 0; i < 2 * 67 * 3; i++) {
                        int j = i / 3 % 67;
                        int from = i - 3 * j;
                        int first = backward ? j : 0;
                        int last = backward ? 66 : j;
                        double largest = -INF;
                        for (int k = first; k <= last; k++) {
                            largest = Math.max(largest, at(x, from + 3 * k));
                        }
                        double sum = 0;
                        for (int k = first; k <= last; k++) {
                            sum += StrictMath.exp(at(x, from + 3 * k) - largest);
                        }
                        double expected = largest + StrictMath.log(sum);
                        double unit = dtype == DType.F32 ? 0x1p-24 : 0x1p-50;
                        assertEquals(expected, at(y, i), 1.01 * unit * Math.abs(expected) + 1e-3 * unit * Math.abs(largest),
                            dtype + " " + spread + " [" + i + "]");
                        assertEquals(at(x, i), first == last ? at(y, i) : at(x, i)); // one by itself, to the digit
                    }
                }
            }
        }
    }

    private static double at(NdArray x, int i) { return x.get(i / 201, i / 3 % 67, i % 3); }

    @Test
    void infinitiesAreNoReasonForNaN() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            assertLine(dtype, new double[] {-INF, -INF, 1, -INF, INF, 3, INF, -INF}, -INF, -INF, 1, 1, INF, INF, INF, INF);
            assertLine(dtype, new double[] {2, Double.NaN, INF, -INF, 1}, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            assertLine(dtype, new double[] {3e38, -3e38, 3e38, 0}, 3e38, 3e38, 3e38, 3e38);
            assertLine(dtype, new double[] {-3e38, 3e38}, -3e38, 3e38);
            assertLine(dtype, new double[0]);
        }
    }

    private static void assertLine(DType dtype, double[] x, double... y) {
        assertArrayEquals(NdArray.of(y).cast(dtype).toDoubles(), NdArray.of(x).cast(dtype).logCumsumExp(0, false).toDoubles());
    }

    @Test
    void sameBitsOnOneAndFourThreads() {
        var x = NdArray.normal(DType.F32, Shape.of(300, 40), 0, 5, new SplittableRandom(3));
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            var one = new NdArray[] {x.logCumsumExp(0, true), x.argsort(0, true), x.cdist(x, 1)};
            Parallel.setThreads(4);
            var four = new NdArray[] {x.logCumsumExp(0, true), x.argsort(0, true), x.cdist(x, 1)};
            for (int i = 0; i < one.length; i++) {
                assertArrayEquals(one[i].toDoubles(), four[i].toDoubles());
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }
}
