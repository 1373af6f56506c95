package keel.bench.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/// Time and allocation as the studies count them: one thread by the processor time it got, which others on the machine cannot
/// lengthen; several by the clock on the wall.
final class Clock {
    private Clock() {}

    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static long nanos(int threads) {
        return threads == 1 ? BEAN.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /// Nanoseconds that so many calls took.
    static double time(int calls, Runnable call, int threads) {
        long from = nanos(threads);
        for (int i = 0; i < calls; i++) call.run();
        return nanos(threads) - from;
    }

    /// Bytes that this thread has allocated so far.
    static long allocated() {
        return BEAN.getCurrentThreadAllocatedBytes();
    }

    static double median(double... x) {
        var y = x.clone();
        Arrays.sort(y);
        return y[y.length / 2];
    }
}
