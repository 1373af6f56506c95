package keel.bench.speed;

import keel.bench.work.Work;
import keel.kernel.Parallel;

/// Measures works in this JVM, in rounds of a few milliseconds: the peak, the bandwidth, the work, the peak again. A round's
/// fraction compares what was measured within it, so it hardly depends on the clock, and of all rounds the median counts, so a
/// disturbed one does no harm.
public final class Meter {
    private Meter() {}

    /// A loop that is not compiled yet may take a second for one call: the compiler gets some calls' time, however long.
    private static final int LEAST_CALLS = 40;
    private static final int STILL = 3;
    /// Who still gets faster after this has had its chance.
    private static final double MOST_WARM_UP = 8e9;

    /// Measures a work on the threads that [Parallel] has.
    public static Reading measure(Work work, Pace pace) {
        int threads = Parallel.threads();
        var limits = new Limits(threads, work.traffic(), work.footprint());
        double once = warmUp(work, limits, pace, threads);
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
            long before = Clock.allocated();
            times[i] = Clock.time(calls, work.call(), threads) / calls;
            allocations[i] = (double) (Clock.allocated() - before) / calls;
            peaks[i] = (first + limits.peak()) / 2;
            fractions[i] = work.leastNanos(peaks[i], bandwidths[i]) / times[i];
        }
        return new Reading(work, Clock.median(times), Clock.median(peaks), Clock.median(bandwidths), Clock.median(fractions),
            Clock.median(allocations));
    }

    /// Until the loops are compiled: a fixed time and number of calls, and on until [#STILL] pieces in a row were no faster than
    /// the best before, and allocated nothing where nothing is made: vectors are objects until the compiler has seen the loop.
    /// Returns the best time of a call.
    private static double warmUp(Work work, Limits limits, Pace pace, int threads) {
        double best = Double.MAX_VALUE;
        int count = 0;
        int still = 0;
        for (double spent = 0; ; ) {
            double piece = 0;
            double fastest = Double.MAX_VALUE;
            long before = Clock.allocated();
            while (piece < pace.warmUp() / 8) {
                double t = Math.max(Clock.time(1, work.call(), threads), 100);
                fastest = Math.min(fastest, t);
                piece += t;
                count++;
            }
            boolean compiled = work.makes() || threads > 1 || Clock.allocated() == before;
            limits.peak();
            limits.bandwidth(1e5);
            spent += piece;
            still = compiled && fastest > 0.97 * best ? still + 1 : 0;
            best = Math.min(best, fastest);
            if (spent > MOST_WARM_UP || still >= STILL && spent >= pace.warmUp() && count >= LEAST_CALLS) return best;
        }
    }
}
