package keel.bench.speed;

import java.util.ArrayList;
import java.util.List;
import keel.bench.jmh.VectorPeak;
import keel.bench.jmh.VectorStreams;
import keel.bench.work.Traffic;
import keel.kernel.Backend;
import keel.kernel.Parallel;

/// What the cores here can do: multiply-adds that never leave the registers, and loops that only move memory.
final class Limits {
    private static final int ROUNDS = 60_000; // some hundred microseconds
    private static volatile float sink; // keeps the compiler from leaving the loops out

    private final int threads;
    private final List<VectorStreams> streams = new ArrayList<>();

    /// Streams of this traffic over `footprint` bytes in all, a part for each thread.
    Limits(int threads, Traffic traffic, double footprint) {
        this.threads = threads;
        for (int i = 0; i < threads; i++) streams.add(new VectorStreams(traffic, footprint / threads));
    }

    /// There is no peak to compare with where the kernels are plain.
    static void requireVectors() {
        if (!Backend.simd()) throw new IllegalStateException("there is no peak to compare with, " + Backend.describe());
    }

    /// Runs each loop a little, so that it is compiled when it counts.
    void touch() {
        peak();
        bandwidth(1e5);
    }

    /// 10⁹ multiply-adds' operations a second, on all threads at once.
    double peak() {
        double nanos = Clock.time(1, () -> Parallel.run(threads, _ -> sink = VectorPeak.run(ROUNDS, 1e-3f)), threads);
        return threads * VectorPeak.flops(ROUNDS) / nanos;
    }

    /// 10⁹ bytes a second, measured for at least `nanos`.
    double bandwidth(double nanos) {
        double spent = 0;
        long passes = 0;
        for (int calls = 1; spent < nanos; calls *= 2) {
            spent += Clock.time(calls, () -> Parallel.run(threads, i -> sink = streams.get(i).run()), threads);
            passes += calls;
        }
        return threads * passes * streams.getFirst().bytes() / spent;
    }
}
