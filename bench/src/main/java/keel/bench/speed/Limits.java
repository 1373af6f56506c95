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
    /// Bytes, one on each side of where reading takes another loop.
    private static final double[] FOOTPRINTS = {1 << 14, 1 << 16};
    private static final int QUIET = 100;
    private static final long SMALL = 10_000; // bytes: what lambdas take, not vectors
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static boolean compiled;
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

    /// Compiles the loops of all limits: one taken from a loop that is not compiled yet would praise everything.
    static synchronized void compile() {
        if (compiled) return;
        for (var traffic : Traffic.values()) {
            for (double footprint : FOOTPRINTS) compile(new Limits(1, traffic, footprint));
        }
        compiled = true;
    }

    /// Vectors are objects until the compiler has seen the loop; then there are none for a while.
    private static void compile(Limits limits) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (int quiet = 0; quiet < QUIET && System.nanoTime() < end; ) {
            long before = Clock.allocated();
            limits.bandwidth(2e5);
            limits.peak();
            quiet = Clock.allocated() - before < SMALL ? quiet + 1 : 0;
        }
    }

    /// 10⁹ multiply-adds' operations a second, on all threads at once.
    double peak() {
        double nanos = Clock.time(1, () -> Parallel.run(threads, _ -> sink = VectorPeak.run(ROUNDS, 1e-3f)), threads);
        return threads * VectorPeak.flops(ROUNDS) / nanos;
    }

    /// 10⁹ bytes a second, measured for at least `nanos`, after a pass that brings the arrays back into what caches hold of them.
    double bandwidth(double nanos) {
        pass();
        double spent = 0;
        long passes = 0;
        for (int calls = 1; spent < nanos; calls *= 2) {
            spent += Clock.time(calls, this::pass, threads);
            passes += calls;
        }
        return threads * passes * streams.getFirst().bytes() / spent;
    }

    private void pass() {
        Parallel.run(threads, i -> sink = streams.get(i).run());
    }
}
