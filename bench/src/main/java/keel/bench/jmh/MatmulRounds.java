package keel.bench.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import keel.kernel.Backend;
import keel.kernel.Parallel;

/// Measures products in this JVM, in rounds of a few milliseconds: the peak, the product, the peak again. A round's fraction
/// compares what was measured within it, so it hardly depends on the clock, and of all rounds the median counts, so a disturbed
/// one does no harm.
///
/// One thread is timed by the processor time it got, which others on the machine cannot lengthen; several by the clock on the
/// wall.
public final class MatmulRounds {
    private MatmulRounds() {}

    private static final int ROUNDS = 41;
    private static final double WARM_UP_NANOS = 1.5e9;
    private static final double ROUND_NANOS = 5e6;
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile float sink; // keeps the compiler from leaving the peak out

    /// Measures a product on `threads` threads.
    public static MatmulTable.Row measure(Product product, int threads) {
        int before = Parallel.threads();
        Parallel.setThreads(threads);
        try {
            return measured(product, threads);
        } finally {
            Parallel.setThreads(before);
        }
    }

    private static MatmulTable.Row measured(Product product, int threads) {
        var random = new SplittableRandom(1);
        var a = numbers(product.m() * product.k(), random);
        var b = numbers(product.k() * product.n(), random);
        var c = new float[product.m() * product.n()];
        warmUp(product, a, b, c, threads);
        int calls = 1 + (int) (ROUND_NANOS / time(1, product, a, b, c, threads));
        var times = new double[ROUNDS];
        var peaks = new double[ROUNDS];
        var fractions = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            double first = peak(threads);
            times[i] = time(calls, product, a, b, c, threads) / calls;
            peaks[i] = (first + peak(threads)) / 2;
            fractions[i] = product.flops() / times[i] / peaks[i];
        }
        return new MatmulTable.Row(median(times), product.flops() / median(times), median(peaks), median(fractions));
    }

    /// Until the loops are compiled: a fixed time, and on until the last tenth was no faster than the one before.
    private static void warmUp(Product product, float[] a, float[] b, float[] c, int threads) {
        for (double last = Double.MAX_VALUE, spent = 0; ; ) {
            double best = Double.MAX_VALUE;
            for (double piece = 0; piece < WARM_UP_NANOS / 10; ) {
                double t = time(1, product, a, b, c, threads);
                best = Math.min(best, t);
                piece += Math.max(t, 1e3);
                spent += Math.max(t, 1e3);
            }
            peak(threads);
            if (spent > WARM_UP_NANOS && best > 0.95 * last) return;
            last = Math.min(last, best);
        }
    }

    /// Nanoseconds of so many products.
    private static double time(int calls, Product product, float[] a, float[] b, float[] c, int threads) {
        long from = clock(threads);
        for (int i = 0; i < calls; i++) {
            Backend.f32().matmul(product.form(), product.m(), product.n(), product.k(), a, 0, b, 0, c, 0);
        }
        return clock(threads) - from;
    }

    /// The rate of multiply-adds in registers on so many threads at once, in 10⁹ operations a second.
    private static double peak(int threads) {
        int rounds = 20 * MatmulBench.ROUNDS;
        long from = clock(threads);
        Parallel.run(threads, _ -> sink = VectorPeak.run(rounds, 1e-3f));
        return threads * VectorPeak.flops(rounds) / (clock(threads) - from);
    }

    private static long clock(int threads) {
        return threads == 1 ? BEAN.getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static double median(double[] x) {
        var y = x.clone();
        Arrays.sort(y);
        return y[y.length / 2];
    }

    private static float[] numbers(int n, SplittableRandom random) {
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (float) random.nextDouble(-1, 1);
        return x;
    }
}
