package keel.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import keel.bench.work.Family;
import keel.bench.work.Traffic;
import keel.kernel.Parallel;

/// Everything that `keel bench` measures of this machine and of the kernels on it.
///
/// @param peak       multiply-adds in registers, 10⁹ operations a second
/// @param bandwidths 10⁹ bytes a second for each traffic, over each of [#SIZES]
/// @param readings   of every work, family by family
record Survey(String machine, int threads, double peak, Map<Traffic, double[]> bandwidths, List<Reading> readings) {
    /// Bytes that the streams take: within the first cache, the second, the third, beyond.
    static final List<Integer> SIZES = List.of(16 << 10, 512 << 10, 8 << 20, 256 << 20);
    /// The sizes as words.
    static final List<String> SIZE_NAMES = List.of("16 KiB", "512 KiB", "8 MiB", "256 MiB");

    private static final int LIMIT_ROUNDS = 5;

    /// Measures the works of these families whose names contain `only`, on the threads that [Parallel] has; tells `progress`
    /// which is next.
    static Survey take(List<Family> families, String only, Pace pace, Consumer<String> progress) {
        int threads = Parallel.threads();
        progress.accept("peak and bandwidth");
        Limits.compile();
        var bandwidths = new EnumMap<Traffic, double[]>(Traffic.class);
        for (var traffic : Traffic.values()) {
            bandwidths.put(traffic, SIZES.stream().mapToDouble(size -> bandwidth(threads, traffic, size,
                pace.slice())).toArray());
        }
        var readings = new ArrayList<Reading>();
        for (var family : families) {
            for (var name : family.names()) {
                if (!name.contains(only)) continue;
                progress.accept(family.label + ": " + name);
                readings.add(Meter.measure(() -> family.work(name), pace));
            }
        }
        double peak = Clock.median(readings.stream().mapToDouble(Reading::peak).toArray());
        return new Survey(Machine.words(), threads, peak, bandwidths, readings);
    }

    private static double bandwidth(int threads, Traffic traffic, int size, double nanos) {
        var limits = new Limits(threads, traffic, size);
        var rounds = new double[LIMIT_ROUNDS];
        limits.bandwidth(4 * nanos); // compiles it
        Arrays.setAll(rounds, _ -> limits.bandwidth(nanos));
        return Clock.median(rounds);
    }

    /// The readings of one family.
    List<Reading> of(Family family) {
        return readings.stream().filter(r -> r.work().family() == family).toList();
    }

    /// Which families were measured, in their order.
    List<Family> families() {
        return readings.stream().map(r -> r.work().family()).distinct().toList();
    }
}
