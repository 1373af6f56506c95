package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import keel.kernel.Backend;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Parallel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Matrix products of the kernels in use, vector or plain, and of the plain ones, against the definition: one chain of fused
/// multiply-adds.
class MatmulTest {
    /// Compiling the largest tiles takes C2 long where the machine is busy.
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    /// Around the tiles of every vector width: 4, 8, 16 and 32 columns, up to 13 rows; and around blocks of 96 rows and 256
    /// columns.
    private static final int[] EXTENTS = {1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 14, 15, 16, 17, 31, 32, 33, 64, 65, 91, 97, 127, 257};
    /// Around 1 024 and 2 048, where the sums of a chain are laid down in C and taken up again.
    private static final int[] DEPTHS =
            {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 127, 129, 255, 257, 1023, 1024, 1025, 2047, 2048, 2049, 3001};

    /// Rows at distances that have loops of their own are read where they lie from the first product on.
    private static final String IN_PLACE = "keel.rows.inPlace";

    private final int threads = Parallel.threads();

    @BeforeEach
    void readInPlace() {
        System.setProperty(IN_PLACE, "true");
    }

    @AfterEach
    void restore() {
        System.clearProperty(IN_PLACE);
        Parallel.setThreads(threads);
    }

    @Test
    void everyElementIsOneChainInIncreasingK() {
        for (var form : Form.values()) {
            for (int m : new int[] {1, 2, 5, 13, 16}) {
                for (int n : new int[] {1, 3, 16, 33, 70}) {
                    for (int k : new int[] {1, 2, 5, 17, 300, 1100}) {
                        var a = floats(m * k, 1);
                        var b = floats(k * n, 2);
                        var c = chains(form, m, n, k, a, b);
                        for (var kernels : List.of(Backend.plainF32(), Backend.f32())) {
                            var y = product(kernels, form, m, n, k, a, b);
                            assertArrayEquals(c, y, () -> kernels.getClass().getSimpleName() + " " + name(form, m, n, k));
                        }
                    }
                }
            }
        }
    }

    @Test
    void doublesToo() {
        for (var form : Form.values()) {
            for (int[] mnk : new int[][] {
                {1, 1, 1}, {1, 40, 9}, {9, 1, 40}, {3, 5, 7}, {13, 16, 20}, {14, 17, 1025}, {20, 450, 30}, {65, 67, 33}, {97,
                    130, 50}, {17, 8, 16}, {37, 16, 32}, {24, 16, 64},
                {47, 95, 128}, {36, 90, 256}, {36, 60, 512}}) {
                int m = mnk[0];
                int n = mnk[1];
                int k = mnk[2];
                var a = doubles(m * k, 1);
                var b = doubles(k * n, 2);
                var c = new double[m * n];
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < n; j++) {
                        for (int p = 0; p < k; p++) {
                            double x = a[form == Form.TN ? p * m + i : i * k + p];
                            c[i * n + j] = Math.fma(x, b[form == Form.NT ? j * k + p : p * n + j], c[i * n + j]);
                        }
                    }
                }
                for (var kernels : new Kernels<?>[] {Backend.plainF64(), Backend.f64()}) {
                    @SuppressWarnings("unchecked")
                    var f64 = (Kernels<double[]>) kernels;
                    var y = new double[m * n];
                    f64.matmul(form, m, n, k, a, 0, b, 0, y, 0);
                    assertArrayEquals(c, y, () -> kernels.getClass().getSimpleName() + " " + name(form, m, n, k));
                }
            }
        }
    }

    @Test
    void vectorsGiveTheBitsOfPlainJavaAtAwkwardExtents() {
        var random = new SplittableRandom(3);
        for (var form : Form.values()) {
            for (int round = 0; round < 400; round++) {
                int m = EXTENTS[random.nextInt(EXTENTS.length)];
                int n = EXTENTS[random.nextInt(EXTENTS.length)];
                int k = DEPTHS[random.nextInt(DEPTHS.length)];
                if ((long) m * n * k > 8_000_000) continue;
                compare(form, m, n, k, floats(m * k, round), floats(k * n, round + 1));
            }
            for (int k : DEPTHS) compare(form, 14, 35, k, floats(14 * k, k), floats(k * 35, k + 1));
            for (int m : EXTENTS) compare(form, m, 33, 40, floats(m * 40, m), floats(33 * 40, m + 1));
            for (int n : EXTENTS) compare(form, 15, n, 40, floats(15 * 40, n), floats(n * 40, n + 1));
        }
    }

    /// Chains of 16, 32 and 64, by matrices of a few vectors.
    @Test
    void rowsAtDistancesThatHaveLoopsOfTheirOwn() {
        for (var form : List.of(Form.NN, Form.NT)) {
            for (int k : new int[] {16, 32, 64}) {
                for (int n : new int[] {16, 20, 32, 40, 64, 96}) {
                    for (int m = 2; m < 35; m++) compare(form, m, n, k, floats(m * k, m), floats(k * n, n));
                }
            }
        }
    }

    /// Chains of 128, 256 and 512, by matrices that are copied, turned, or laid out by the first tile: tiles of 13 rows
    /// among lower ones, and a last panel of one vector and of part of two.
    @Test
    void tallTilesOfRowsThatStayWhereTheyLie() {
        for (var form : List.of(Form.NN, Form.NT)) {
            for (int k : new int[] {128, 256, 512}) {
                for (int m : new int[] {14, 24, 30, 36, 47, 65}) {
                    compare(form, m, 129, k, floats(m * k, m), floats(k * 129, k));
                    compare(form, m, 445, k, floats(m * k, m), floats(k * 445, k));
                }
            }
        }
    }

    /// A single row by rows that begin a multiple of a page apart, some of which go a little behind the others; one of them is
    /// not finite.
    @Test
    void oneRowByRowsOfWholePages() {
        for (int k : new int[] {1024, 2048, 3072}) {
            for (int n : new int[] {16, 17, 45}) {
                for (int j : new int[] {0, 7, 8, n - 1}) {
                    var b = floats(n * k, n);
                    Arrays.fill(b, j * k, j * k + 100, Float.NaN);
                    compare(Form.NT, 1, n, k, floats(k, n), b);
                }
            }
        }
    }

    @Test
    void largerThanEveryBlock() {
        for (var form : Form.values()) compare(form, 120, 2100, 1300, floats(120 * 1300, 1), floats(1300 * 2100, 2));
        compare(Form.NN, 2100, 35, 70, floats(2100 * 70, 1), floats(70 * 35, 2));
        compare(Form.NN, 2060, 290, 1024, floats(2060 * 1024, 1), floats(290 * 1024, 2));
        compare(Form.TN, 230, 2100, 40, floats(230 * 40, 1), floats(40 * 2100, 2));
        compare(Form.TN, 2080, 65, 40, floats(2080 * 40, 1), floats(40 * 65, 2));
        compare(Form.TN, 2060, 290, 1024, floats(2060 * 1024, 1), floats(290 * 1024, 2));
        for (var form : Form.values()) compare(form, 230, 390, 1100, floats(230 * 1100, 1), floats(390 * 1100, 2));
        for (var form : Form.values()) compare(form, 230, 370, 1100, floats(230 * 1100, 1), floats(370 * 1100, 2));
    }

    @Test
    void specialValuesTakeTheirPlaceInTheChain() {
        float inf = Float.POSITIVE_INFINITY;
        float[] special = {Float.NaN, inf, -inf, -0f, 0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e38f, -1e38f, 1e-38f, 1f};
        var random = new SplittableRandom(4);
        for (var form : Form.values()) {
            for (int round = 0; round < 60; round++) {
                int m = 1 + random.nextInt(30);
                int n = 1 + random.nextInt(70);
                int k = 1 + random.nextInt(40);
                var a = floats(m * k, round);
                var b = floats(k * n, round + 1);
                for (int i = 0; i < 5; i++) {
                    a[random.nextInt(a.length)] = special[random.nextInt(special.length)];
                    b[random.nextInt(b.length)] = special[random.nextInt(special.length)];
                }
                assertArrayEquals(chains(form, m, n, k, a, b), compare(form, m, n, k, a, b), () -> name(form, m, n, k));
            }
        }
    }

    @Test
    void aSumOfNegativeZerosIsPositiveZero() {
        var y = product(Backend.f32(), Form.NN, 3, 40, 5, filled(15, -0f), filled(200, 1f));
        assertArrayEquals(new float[120], y);
    }

    @Test
    void nothingComesInFromOutsideAndNothingIsWrittenThere() {
        for (var form : Form.values()) {
            for (int[] mnk : new int[][] {{1, 1, 1}, {1, 37, 21}, {37, 1, 21}, {5, 10, 3}, {14, 35, 17}, {30, 100, 1030}}) {
                int m = mnk[0];
                int n = mnk[1];
                int k = mnk[2];
                var a = filled(m * k + 40, Float.NaN);
                var b = filled(k * n + 40, Float.POSITIVE_INFINITY);
                var c = filled(m * n + 40, 7f);
                System.arraycopy(floats(m * k, 1), 0, a, 11, m * k);
                System.arraycopy(floats(k * n, 2), 0, b, 13, k * n);
                Backend.f32().matmul(form, m, n, k, a, 11, b, 13, c, 17);
                var y = product(Backend.plainF32(), form, m, n, k, floats(m * k, 1), floats(k * n, 2));
                assertArrayEquals(y, Arrays.copyOfRange(c, 17, 17 + m * n), () -> name(form, m, n, k));
                for (int i = 0; i < c.length; i++) if (i < 17 || i >= 17 + m * n) assertEquals(7f, c[i]);
            }
        }
    }

    @Test
    void workLeftBehindByOneProductDoesNotReachTheNext() {
        product(Backend.f32(), Form.NT, 40, 70, 50, filled(2000, Float.NaN), filled(3500, Float.NaN));
        for (var form : Form.values()) compare(form, 5, 10, 7, floats(35, 1), floats(70, 2));
    }

    @Test
    void noTermsGiveZerosAndNoRowsOrColumnsNothing() {
        for (var form : Form.values()) {
            var c = filled(12, 5f);
            Backend.f32().matmul(form, 3, 4, 0, new float[0], 0, new float[0], 0, c, 0);
            assertArrayEquals(new float[12], c);
            var d = filled(3, 5f);
            Backend.f32().matmul(form, 0, 4, 2, new float[0], 0, new float[8], 0, d, 3);
            Backend.f32().matmul(form, 4, 0, 2, new float[8], 0, new float[0], 0, d, 0);
            assertArrayEquals(filled(3, 5f), d);
        }
    }

    @Test
    void aRowDoesNotDependOnTheOtherRows() {
        int n = 75;
        int k = 130;
        int most = 110;
        for (var form : Form.values()) {
            var a = floats(most * k, 1); // row i of op(A) is row i of a, whatever the form
            var b = floats(k * n, 2);
            var all = product(Backend.f32(), form, most, n, k, stored(form, a, most, k), b);
            for (int m : new int[] {1, 2, 7, 13, 31, 64}) {
                var few = product(Backend.f32(), form, m, n, k, stored(form, Arrays.copyOf(a, m * k), m, k), b);
                assertArrayEquals(Arrays.copyOf(all, m * n), few, () -> name(form, m, n, k));
            }
        }
    }

    @Test
    void theFormsAgreeBitForBit() {
        for (int[] mnk : new int[][] {{1, 50, 70}, {50, 1, 70}, {20, 30, 40}, {64, 64, 64}, {100, 90, 1100}}) {
            int m = mnk[0];
            int n = mnk[1];
            int k = mnk[2];
            var a = floats(m * k, 1);
            var b = floats(k * n, 2);
            var y = product(Backend.f32(), Form.NN, m, n, k, a, b);
            assertArrayEquals(y, product(Backend.f32(), Form.NT, m, n, k, a, transposed(b, k, n)), () -> name(Form.NT, m, n, k));
            assertArrayEquals(y, product(Backend.f32(), Form.TN, m, n, k, transposed(a, m, k), b), () -> name(Form.TN, m, n, k));
        }
    }

    @Test
    void aBiasIsAddedToFinishedChains() {
        for (int many : new int[] {1, 2}) {
            Parallel.setThreads(many);
            for (int[] mnk : new int[][] {{1, 40, 9}, {9, 1, 5}, {2, 3, 0}, {5, 33, 1}, {14, 70, 20}, {13, 10, 300},
                {30, 100, 1100}, {150, 513, 64}, {120, 300, 2100}, {300, 97, 130}}) {
                int m = mnk[0];
                int n = mnk[1];
                int k = mnk[2];
                var x = floats(m * k, 1);
                var w = floats(n * k, 2);
                var bias = floats(n, 3);
                var expected = product(Backend.plainF32(), Form.NT, m, n, k, x, w);
                for (int i = 0; i < m * n; i++) expected[i] += bias[i % n];
                for (var kernels : List.of(Backend.plainF32(), Backend.f32())) {
                    var y = filled(m * n, Float.NaN);
                    kernels.linear(m, n, k, x, w, bias, y);
                    assertArrayEquals(expected, y, () -> kernels.getClass().getSimpleName() + " " + name(Form.NT, m, n, k));
                }
            }
        }
    }

    @Test
    void sameBitsOnAnyNumberOfThreads() {
        for (var form : Form.values()) {
            for (int[] mnk : new int[][] {
                {128, 128, 128}, {200, 50, 210}, {50, 333, 190}, {1, 3000, 200}, {3000, 1, 200}, {1, 3000, 3000},
                {13, 1000, 300}, {500, 9, 800}, {257, 260, 1100}, {33, 700, 1030}}) {
                int m = mnk[0];
                int n = mnk[1];
                int k = mnk[2];
                var a = floats(m * k, 1);
                var b = floats(k * n, 2);
                Parallel.setThreads(1);
                var one = product(Backend.f32(), form, m, n, k, a, b);
                for (int many : new int[] {2, 3, 7}) {
                    Parallel.setThreads(many);
                    assertArrayEquals(one, product(Backend.f32(), form, m, n, k, a, b), () -> name(form, m, n, k) + ", " + many);
                }
            }
        }
    }

    @Test
    void callersDoNotDisturbEachOther() throws Exception {
        Parallel.setThreads(2);
        var a = floats(90 * 110, 1);
        var b = floats(110 * 100, 2);
        var expected = product(Backend.plainF32(), Form.NT, 90, 100, 110, a, b);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 200)
                    .mapToObj(_ -> executor.submit(() -> product(Backend.f32(), Form.NT, 90, 100, 110, a, b))).toList();
            for (var call : calls) assertArrayEquals(expected, call.get());
        }
    }

    /// A vector that C2 could not keep in registers would be an object, and the loop a hundred times slower.
    @Test
    void vectorKernelsAllocateNothingOnceWarm() {
        assumeTrue(Backend.simd(), "plain kernels may allocate");
        Parallel.setThreads(1);
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (var form : Form.values()) {
            for (int[] mnk : new int[][] {{64, 64, 64}, {127, 65, 33}, {1, 256, 256}, {10, 10, 64}, {32, 32, 32},
                {64, 32, 64}, {16, 16, 16}, {47, 200, 128}}) {
                var a = floats(mnk[0] * mnk[2], 1);
                var b = floats(mnk[2] * mnk[1], 2);
                var c = new float[mnk[0] * mnk[1]];
                long allocated = Long.MAX_VALUE;
                long deadline = System.nanoTime() + PATIENCE_NANOS;
                while (allocated > 0 && System.nanoTime() < deadline) {
                    long before = bean.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < 100; i++) Backend.f32().matmul(form, mnk[0], mnk[1], mnk[2], a, 0, b, 0, c, 0);
                    allocated = bean.getCurrentThreadAllocatedBytes() - before;
                }
                if (allocated > 0) fail(name(form, mnk[0], mnk[1], mnk[2]) + " allocates " + allocated / 100 + " bytes a call");
            }
        }
    }

    private static float[] compare(Form form, int m, int n, int k, float[] a, float[] b) {
        var plain = product(Backend.plainF32(), form, m, n, k, a, b);
        assertArrayEquals(plain, product(Backend.f32(), form, m, n, k, a, b), () -> name(form, m, n, k));
        return plain;
    }

    private static float[] product(Kernels<float[]> kernels, Form form, int m, int n, int k, float[] a, float[] b) {
        var c = filled(m * n, Float.NaN);
        kernels.matmul(form, m, n, k, a, 0, b, 0, c, 0);
        return c;
    }

    private static float[] chains(Form form, int m, int n, int k, float[] a, float[] b) {
        var c = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    float x = a[form == Form.TN ? p * m + i : i * k + p];
                    c[i * n + j] = Math.fma(x, b[form == Form.NT ? j * k + p : p * n + j], c[i * n + j]);
                }
            }
        }
        return c;
    }

    /// `op(A)` `(m, k)` as the form wants it stored.
    private static float[] stored(Form form, float[] a, int m, int k) {
        return form == Form.TN ? transposed(a, m, k) : a;
    }

    private static float[] transposed(float[] x, int m, int n) {
        var y = new float[m * n];
        Backend.plainF32().transpose(m, n, x, 0, y, 0);
        return y;
    }

    private static float[] floats(int n, long seed) {
        var random = new SplittableRandom(seed);
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (float) random.nextGaussian();
        return x;
    }

    private static double[] doubles(int n, long seed) {
        var random = new SplittableRandom(seed);
        var x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian();
        return x;
    }

    private static float[] filled(int n, float value) {
        var x = new float[n];
        Arrays.fill(x, value);
        return x;
    }

    private static String name(Form form, int m, int n, int k) {
        return form + ", m " + m + ", n " + n + ", k " + k;
    }
}
