package keel.bench.speed;

import keel.bench.work.Work;
import keel.kernel.Parallel;

/// Measures works in this JVM, in rounds of a few milliseconds: the peak, the bandwidth, the work, the peak again. A round's
/// fraction compares what was measured within it, so it hardly depends on the clock, and of all rounds the median counts, so a
/// disturbed one does no harm.
public final class Meter {
    private Meter() {}

    /// Measures a work on the threads that [Parallel] has.
    public static Reading measure(Work work, Pace pace) {
        Limits.compile();
        int threads = Parallel.threads();
        var limits = new Limits(threads, work.traffic(), work.footprint());
        double once = WarmUp.settle(work, pace, threads);
        int calls = 1 + (int) (pace.slice() / once);
        int rounds = pace.rounds();
        var times = new double[rounds];
        var peaks = new double[rounds];
        var bandwidths = new double[rounds];
        var fractions = new double[rounds];
        var allocations = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            double first = limits.peak();
            bandwidths[i] = limits.bandwidth(pace.slice() / 4);
            work.call().run(); // its arrays, after those of the limits, back into the caches
            long before = Clock.allocated();
            times[i] = Clock.time(calls, work.call(), threads) / calls;
            allocations[i] = (double) (Clock.allocated() - before) / calls;
            peaks[i] = (first + limits.peak()) / 2;
            fractions[i] = work.leastNanos(peaks[i], bandwidths[i]) / times[i];
        }
        return new Reading(work.released(), Clock.median(times), Clock.median(peaks), Clock.median(bandwidths),
            Clock.median(fractions), Clock.median(allocations));
    }
}
