package keel.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import keel.bench.work.Family;
import keel.bench.work.Training;
import keel.bench.work.Work;
import keel.kernel.Parallel;

/// Ours against peers, slice by slice in turn, so that whatever the machine does to one it does to the other, and made anew in
/// between, for arrays lie where chance has it; of the [calmest][Cores] rounds the median counts.
record PeerStudy(List<Peer> peers, Pace pace) {
    /// A name for whole training steps, beside the families' labels.
    static final String TRAINING = "training";

    private static final int WARM_UP_CALLS = 60;
    /// A call this long is warm after a few, and a few rounds must do.
    private static final double LONG = 1.5e8;
    private static final int ROUNDS_OF_LONG = 3;
    /// Slices of training are so much longer: a step follows a step, and finds its own data in the caches, not another's.
    private static final int STEPS = 6;
    /// Of calls shorter than this so many follow each other, for the first finds its arrays where the others' have left them.
    private static final double SOON = 1e7;
    private static final int IN_A_ROW = 6;
    /// Threads of another pool spin for a while after their work, and would spin beside ours.
    private static final long REST_MILLIS = 8;

    /// One peer's way: the median of a call's time, and of the rounds' ratios of its time to ours: above 1 ours is faster.
    record Rival(String name, double nanos, double ratio) {}

    /// What was measured of one work; `nanos` is ours.
    record Duel(String family, String name, double nanos, List<Rival> rivals) {}

    /// Measures the works of these families whose names contain `only`, and the training steps if asked for.
    List<Duel> run(List<Family> families, boolean training, String only, Consumer<String> progress) {
        var duels = new ArrayList<Duel>();
        for (var family : families) {
            for (var name : family.names()) add(duels, family.label, name, only, progress, () -> family.work(name));
        }
        if (training) for (var t : Training.ALL) add(duels, TRAINING, t.name(), only, progress, t::work);
        return duels;
    }

    private void add(
            List<Duel> duels, String family, String name, String only, Consumer<String> progress, Supplier<Work> ours) {
        if (!name.contains(only)) return;
        var variants = variants(family, name);
        if (variants.isEmpty()) return;
        progress.accept(family + ": " + name);
        duels.add(duel(family, name, ours, variants));
    }

    private List<Peer.Variant> variants(String family, String name) {
        return peers.stream().flatMap(peer -> peer.prepare(family, name).stream()).toList();
    }

    private Duel duel(String family, String name, Supplier<Work> making, List<Peer.Variant> variants) {
        var ours = making.get();
        boolean training = family.equals(TRAINING);
        int threads = Parallel.threads();
        double slice = training ? STEPS * pace.slice() : pace.slice();
        // A step makes garbage, whose collector has threads of its own: only the clock on the wall sees them.
        int counted = training ? 2 : threads;
        double once = WarmUp.settle(ours, training ? pace.longer() : pace, counted);
        var each = variants.stream().mapToDouble(v -> warmUp(v, pace.warmUp() / 2)).toArray();
        double longest = Math.max(once, Arrays.stream(each).max().orElse(0));
        int rounds = longest > LONG ? ROUNDS_OF_LONG : pace.rounds();
        int places = training || longest > LONG ? 1 : pace.placesOf(ours);
        var found = new ArrayList<double[]>();
        for (int place = 0; place < places; place++) {
            var call = (place == 0 ? ours : making.get()).call();
            var theirs = place == 0 ? variants : variants(family, name);
            call.run();
            for (var variant : theirs) variant.nanos(1);
            found.addAll(Cores.calmest(rounds / places, threads, () -> {
                // ours, then theirs
                var times = new double[1 + each.length];
                times[0] = slice(n -> Clock.time(n, call, counted), once, slice, threads);
                for (int v = 0; v < each.length; v++) times[1 + v] = slice(theirs.get(v)::nanos, each[v], slice, threads);
                return times;
            }));
        }
        var rivals = new ArrayList<Rival>();
        for (int v = 1; v <= each.length; v++) {
            int theirs = v;
            rivals.add(new Rival(variants.get(v - 1).name(), median(found, times -> times[theirs]),
                median(found, times -> times[theirs] / times[0])));
        }
        return new Duel(family, name, median(found, times -> times[0]), rivals);
    }

    /// Nanoseconds of a call, in a slice of them.
    private static double slice(IntToDoubleFunction nanos, double once, double slice, int threads) {
        rest(threads);
        if (threads > 1) nanos.applyAsDouble(calls(Cores.LEAD, once));
        int calls = calls(slice, once);
        return nanos.applyAsDouble(calls) / calls;
    }

    private static double median(List<double[]> rounds, ToDoubleFunction<double[]> number) {
        return Clock.median(rounds.stream().mapToDouble(number).toArray());
    }

    private static int calls(double slice, double once) {
        return Math.max(1 + (int) (slice / once), once < SOON ? IN_A_ROW : 1);
    }

    private static void rest(int threads) {
        if (threads == 1) return;
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns the best time of a call.
    private static double warmUp(Peer.Variant peer, double nanos) {
        double best = Double.MAX_VALUE;
        double spent = 0;
        int n = 1;
        for (int calls = 0; (spent < nanos || calls < WARM_UP_CALLS) && (best < LONG || calls < ROUNDS_OF_LONG); calls += n) {
            double t = peer.nanos(n);
            spent += t;
            best = Math.min(best, t / n);
            if (t < nanos / 20) n *= 2;
        }
        return Math.max(best, 1);
    }
}
