package keel.tests.kernel;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Running sums and products: SIMD against plain, and both near the sums in order.
class ScanKernelsTest {
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void runningSumsHaveTheSameBits(KernelType<A> type) {
        for (int n : IntStream.concat(IntStream.range(0, 40), IntStream.of(100, 1000)).toArray()) {
            for (int inner : new int[] {1, 3}) {
                for (boolean backward : new boolean[] {false, true}) {
                    A x = n % 3 == 0 ? type.awkward(3 * n * inner, n) : type.normal(3 * n * inner, n);
                    for (boolean product : new boolean[] {false, true}) {
                        A used = type.normal(3 * n * inner, 1);
                        A plain = type.normal(3 * n * inner, 1);
                        type.used().scan(product, backward, 1, 3, n, inner, x, used);
                        type.plain().scan(product, backward, 1, 3, n, inner, x, plain);
                        type.assertSameBits(plain, used, 3 * n * inner, "scan of " + n + " by " + inner);
                    }
                }
            }
        }
    }

    /// Sums of numbers that cancel: each within the rounding of its type, and of as many doubles.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void runningSumsAreNearThoseInOrder(KernelType<A> type) {
        int n = 1003;
        A x = type.normal(n, 5);
        A y = type.plain().allocate(n);
        for (boolean backward : new boolean[] {false, true}) {
            type.used().scan(false, backward, 0, 1, n, 1, x, y);
            double sum = 0;
            for (int k = 0; k < n; k++) {
                int i = backward ? n - 1 - k : k;
                sum += type.plain().get(x, i);
                type.assertClose(sum, type.plain().get(y, i), type.epsilon(), 1e-5, "running sum [" + i + "]");
            }
        }
    }
}
