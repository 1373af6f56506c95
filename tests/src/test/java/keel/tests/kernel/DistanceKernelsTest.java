package keel.tests.kernel;

import java.util.SplittableRandom;
import keel.kernel.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sums over differences of rows: against their definition, and SIMD against plain.
class DistanceKernelsTest {
    private static final double[] ORDERS = {0, 0.5, 1, 2, 3, Double.POSITIVE_INFINITY};

    /// Rows beside tiles of four, others beside panels of 128, lengths beside chains of 64.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void differencesAreChainsOfSixtyFour(KernelType<A> type) {
        A work = type.plain().allocate(Kernels.ROOM_FOR_DIFFERENCES);
        for (int m : new int[] {1, 6}) {
            for (int n : new int[] {1, 33, 130}) {
                for (int k : new int[] {1, 64, 130}) {
                    A a = type.normal(1 + m * k, m);
                    A b = type.normal(2 + n * k, n);
                    A wild = type.awkward(1 + m * k, k);
                    for (double p : ORDERS) {
                        A used = type.awkward(3 + m * n, 3);
                        A plain = type.awkward(3 + m * n, 3);
                        type.used().differences(p, m, n, k, wild, 1, b, 2, used, 3, work);
                        type.plain().differences(p, m, n, k, wild, 1, b, 2, plain, 3, work);
                        type.assertSameBits(plain, used, 3 + m * n, "differences of order " + p + " " + m + " " + n + " " + k);
                        type.used().differences(p, m, n, k, a, 1, b, 2, used, 3, work);
                        for (int i = 0; i < m; i += 2) {
                            check(type, p, k, a, 1 + i * k, b, 2 + (n - 1) * k, type.plain().get(used, 3 + i * n + n - 1));
                        }
                    }
                }
            }
        }
    }

    private static <A> void check(KernelType<A> type, double p, int k, A a, int ao, A b, int bo, double actual) {
        double sum = 0;
        for (int t = 0; t < k; t++) {
            double d = Math.abs(type.plain().get(a, ao + t) - type.plain().get(b, bo + t));
            sum = p == Double.POSITIVE_INFINITY ? Math.max(sum, d) : sum + (p == 0 ? 1 : Math.pow(d, p));
        }
        type.assertClose(sum, actual, (k + 10) * type.epsilon(), 0, "order " + p + " of " + k);
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void weightedDifferencesAreChainsOverRows(KernelType<A> type) {
        var random = new SplittableRandom(5);
        for (int k : new int[] {1, 4, 15, 16, 17, 64, 83, 150}) {
            int m = random.nextInt(1, 5);
            int n = random.nextInt(1, 9);
            A w = type.normal(2 + m * n, 1);
            A a = type.awkward(1 + m * k, 2);
            A b = type.normal(n * k, 3);
            for (double p : new double[] {1, Double.POSITIVE_INFINITY}) {
                assertSame(type, p, m, n, k, w, a, b);
                assertSame(type, p, m, n, k, w, type.normal(1 + m * k, 9), b);
            }
            A used = type.normal(1 + m * k, 4);
            A plain = type.normal(1 + m * k, 4);
            type.used().addWeighted(2, m, n, k, w, 2, w, 2, a, 1, b, 0, used, 1);
            type.plain().addWeighted(2, m, n, k, w, 2, w, 2, a, 1, b, 0, plain, 1);
            type.assertSameBits(plain, used, 1 + m * k, "weighted differences of " + k);
            double y = type.plain().get(type.normal(1 + m * k, 4), k);
            double scale = Math.abs(y);
            for (int j = 0; j < n; j++) {
                double d = type.plain().get(w, 2 + j) * (type.plain().get(a, k) - type.plain().get(b, j * k + k - 1));
                y += d;
                scale += Math.abs(d);
            }
            type.assertClose(y, type.plain().get(plain, k), 20 * type.epsilon(), scale, "weighted differences of " + k);
        }
    }

    // Orders 1 and ∞, with SIMD and without.
    private static <A> void assertSame(KernelType<A> type, double p, int m, int n, int k, A w, A a, A b) {
        A d = type.awkward(1 + m * n, 6);
        A work = type.plain().allocate(Kernels.ROOM_FOR_DIFFERENCES);
        type.plain().differences(Double.POSITIVE_INFINITY, m, n, k, a, 1, b, 0, d, 1, work);
        A used = type.normal(1 + m * k, 4);
        A plain = type.normal(1 + m * k, 4);
        type.used().addWeighted(p, m, n, k, w, 2, d, 1, a, 1, b, 0, used, 1);
        type.plain().addWeighted(p, m, n, k, w, 2, d, 1, a, 1, b, 0, plain, 1);
        type.assertSameBits(plain, used, 1 + m * k, "weights of order " + p + " " + k);
        A many = type.awkward(2 + m * n, 8);
        A plainly = type.awkward(2 + m * n, 8);
        type.used().countLargest(m, n, k, d, 1, a, 1, b, 0, many, 2);
        type.plain().countLargest(m, n, k, d, 1, a, 1, b, 0, plainly, 2);
        type.assertSameBits(plainly, many, 2 + m * n, "largest differences of " + k);
    }
}
