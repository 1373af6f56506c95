package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Orders, against a stable sort by comparisons.
class SortingTest {
    private static final double[] SPECIAL = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-45, 1e30,
        -1e30, 1, 1 + 0x1p-40, 1 + 0x1p-52, 1 - 0x1p-50, -1 - 0x1p-40, -1 - 0x1p-41, -1};

    /// Few distinct values, so that many are equal; doubles that differ in their lower halves only.
    private static NdArray values(DType dtype, Shape shape, SplittableRandom random) {
        var v = new double[shape.size()];
        int kind = random.nextInt(3);
        Arrays.setAll(v, i -> kind == 0 || kind == 1 && random.nextBoolean() ? SPECIAL[random.nextInt(SPECIAL.length)]
            : random.nextGaussian());
        return NdArray.of(shape, v).cast(dtype);
    }

    private static int[] expected(double[] v, boolean descending, int from, int to) {
        var less = Comparator.<Integer>comparingDouble(i -> v[i] == 0 ? 0 : v[i]); // NaN last, as here
        return IntStream.range(0, v.length).boxed().sorted(descending ? less.reversed() : less).skip(from).limit(to - from)
            .mapToInt(i -> i).toArray();
    }

    @Test
    void ordersAreThoseOfAStableSort() {
        var random = new SplittableRandom(1);
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {0, 1, 2, 31, 32, 33, 100, 2047, 2048, 5000}) {
                for (int inner : new int[] {1, 3, -1, -3}) {
                    boolean descending = inner < 0;
                    var x = values(dtype, Shape.of(2, n, Math.abs(inner)), random);
                    var order = x.argsort(1, descending);
                    assertEquals(x.shape(), order.shape());
                    int few = random.nextInt(n / 8 + 1);
                    int from = random.nextInt(n + 1);
                    int to = random.nextInt(from, n + 1);
                    var first = x.argsort(1, descending, 0, few);
                    var some = x.argsort(1, descending, from, to);
                    for (int i = 0; i < 2 * Math.abs(inner); i++) {
                        var all = expected(line(x, i), descending, 0, n);
                        assertIs(all, order, i);
                        assertIs(Arrays.copyOf(all, few), first, i);
                        assertIs(Arrays.copyOfRange(all, from, to), some, i);
                    }
                }
            }
        }
    }

    private static double[] line(NdArray x, int i) {
        return x.slice(0, i / x.extent(2), i / x.extent(2) + 1).slice(2, i % x.extent(2), i % x.extent(2) + 1).toDoubles();
    }

    private static void assertIs(int[] expected, NdArray order, int i) {
        assertArrayEquals(expected, Arrays.stream(line(order, i)).mapToInt(v -> (int) v).toArray(),
            order + " line " + i);
    }

    @Test
    void ranksAreWithinTheAxis() {
        var x = NdArray.of(3f, 1, 2);
        var wrong = assertThrows(IllegalArgumentException.class, () -> x.argsort(0, false, 2, 4));
        assertEquals("argsort: ranks 2 … 4 are not in axis 0 of (3); give 0 ≤ from ≤ to ≤ 3", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> x.argsort(0, false, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> NdArray.full(DType.F32, Shape.of(), 1).argsort(0, false, 0, 0));
        assertArrayEquals(new int[1], NdArray.full(DType.F32, Shape.of(), 1).argsort(0, false, 0, 1).ints());
        assertArrayEquals(new int[] {2}, x.argsort(-1, true, 1, 2).ints());
    }

    /// What is made of some ranks only is what is made of all, NaN among them or not.
    @Test
    void middleAndFirstAreThoseOfTheOrder() {
        var random = new SplittableRandom(3);
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : new int[] {1, 2, 50, 51, 2100}) {
                var x = values(dtype, Shape.of(6, n), random);
                var t = Tensor.of(x);
                int k = Math.min(n, 3);
                assertArrayEquals(x.argsort(1, true).slice(1, 0, 1).ints(), t.topK(1, 1, true).indices().ints());
                assertArrayEquals(x.argsort(1, false).slice(1, 0, 1).ints(), t.topK(1, -1, false).indices().ints());
                assertArrayEquals(x.argsort(1, true).slice(1, 0, k).ints(), t.topK(k, 1, true).indices().ints());
                assertArrayEquals(x.argsort(1, false).slice(1, n - 1, n).ints(), t.kthSmallest(n, 1, true).indices().ints());
                var sorted = t.sort(1, false).values();
                for (int i = 0; i < 6; i++) {
                    var line = sorted.slice(0, i, i + 1).value();
                    double middle = line.hasNaN() ? Double.NaN : line.get(0, (n - 1) / 2);
                    assertEquals(middle, t.slice(0, i, i + 1).median(1, false).values().value().get(0));
                    assertEquals(middle, t.median(1, false).values().value().get(i));
                    double rank = 0.7 * (n - 1);
                    int low = (int) rank;
                    double a = line.get(0, low);
                    double b = line.get(0, Math.min(low + 1, n - 1));
                    double actual = t.quantile(0.7, 1, false).value().get(i);
                    if (line.hasNaN()) {
                        assertEquals(Double.NaN, actual);
                    } else if (Double.isFinite(a - b)) {
                        double between = a + (rank - low) * (b - a);
                        assertEquals(between, actual, 1e-6 * (Math.abs(a) + Math.abs(b)) + 1e-45, n + " [" + i + "]");
                    }
                }
            }
        }
    }
}
