package keel.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import keel.bench.work.Work;
import keel.kernel.Parallel;

/// Measures works in this JVM, in rounds of a few milliseconds: the peak, the bandwidth, the work, the peak again. A round's
/// fraction compares what was measured within it, so it hardly depends on the clock, and of the [calmest][Cores] rounds the
/// median counts, so a disturbed one does no harm, nor arrays that lie badly.
public final class Meter {
    private Meter() {}

    private record Round(double nanos, double peak, double bandwidth, double fraction, double allocated) {}

    /// Measures a work, as often as it is made, on the threads that [Parallel] has.
    public static Reading measure(Supplier<Work> making, Pace pace) {
        Limits.compile();
        int threads = Parallel.threads();
        var work = making.get();
        double once = WarmUp.settle(work, pace, threads);
        int calls = 1 + (int) (pace.slice() / once);
        int places = pace.placesOf(work);
        var rounds = new ArrayList<Round>();
        for (int place = 0; place < places; place++) {
            var here = place == 0 ? work : making.get();
            var limits = new Limits(threads, here.traffic(), here.footprint());
            rounds.addAll(Cores.calmest(pace.rounds() / places, threads, () -> round(here, calls, limits, pace, threads)));
        }
        return new Reading(work.released(), median(rounds, Round::nanos), median(rounds, Round::peak),
            median(rounds, Round::bandwidth), median(rounds, Round::fraction), median(rounds, Round::allocated));
    }

    private static Round round(Work work, int calls, Limits limits, Pace pace, int threads) {
        double first = limits.peak();
        double bandwidth = limits.bandwidth(pace.slice() / 4);
        work.call().run(); // its arrays, after those of the limits, back into the caches
        long before = Clock.allocated();
        double nanos = Clock.time(calls, work.call(), threads) / calls;
        double allocated = (double) (Clock.allocated() - before) / calls;
        double peak = (first + limits.peak()) / 2;
        return new Round(nanos, peak, bandwidth, work.leastNanos(peak, bandwidth) / nanos, allocated);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> number) {
        return Clock.median(rounds.stream().mapToDouble(number).toArray());
    }
}
