package keel.bench.speed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import keel.kernel.Parallel;

/// How much of its cores a program has. Two threads of the system share a core where it has simultaneous multithreading, and a
/// virtual machine does not see what the other one does. While it is busy, loops of many instructions a cycle take up to 1.5
/// times as long (exponentials of rows), but multiply-adds in registers, one a cycle, as long as ever: the peak does not tell.
/// Integer operations that fill every cycle do.
public final class Cores {
    private Cores() {}

    private static final int STEPS = 20_000; // 50 microseconds
    private static final int OPERATIONS = 32; // a step
    private static final int WARM_UP = 400;
    /// Of the best rate ever seen: what more is, is the clock and interrupts.
    private static final double ALONE = 0.9;
    /// Rounds that may be run for one that counts.
    private static final int MOST = 2;
    private static final int PAUSE_MILLIS = 20;
    /// Nanoseconds that several threads run before they count: one that slept may wake on its caller's processor, and stay there
    /// until the system balances the load, some milliseconds later.
    static final long LEAD = 10_000_000;
    private static volatile long sink; // keeps the compiler from leaving the loop out

    private static double best;
    /// Nanoseconds that this JVM goes on waiting for cores of its own.
    private static double patience = 6e10;
    private static int runs;
    private static int alone;

    private record Run<T>(T found, double rate) {}

    /// Runs `round` until `wanted` rounds had the cores to themselves, or twice as often, and returns what the calmest of them
    /// found, the calmest first. Waits for cores that are shared at the moment, in all a minute and as long as rounds take.
    public static synchronized <T> List<T> calmest(int wanted, int threads, Supplier<T> round) {
        var all = new ArrayList<Run<T>>();
        for (int calm = 0; calm < wanted && all.size() < MOST * wanted; ) {
            double before = await(threads);
            long from = System.nanoTime();
            T found = round.get();
            patience += System.nanoTime() - from;
            double rate = Math.min(before, rate(threads));
            all.add(new Run<>(found, rate));
            if (isAlone(rate)) calm++;
        }
        all.sort(Comparator.<Run<T>>comparingDouble(Run::rate).reversed());
        var calmest = all.subList(0, wanted);
        runs += wanted;
        alone += (int) calmest.stream().filter(run -> isAlone(run.rate)).count();
        return calmest.stream().map(Run::found).toList();
    }

    /// In how many of the rounds that count the cores were this program's alone, as far as it knows.
    public static synchronized String words() {
        return String.format(Locale.ROOT, "cores of its own in %.0f %% of the rounds", 100.0 * alone / Math.max(1, runs));
    }

    private static boolean isAlone(double rate) {
        return rate >= ALONE * best;
    }

    private static double await(int threads) {
        double rate = rate(threads);
        long from = System.nanoTime();
        while (!isAlone(rate) && System.nanoTime() - from < patience) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
            rate = rate(threads);
        }
        patience -= System.nanoTime() - from;
        return rate;
    }

    /// 10⁹ operations a second of a thread, of the slowest where there are several.
    private static double rate(int threads) {
        if (best == 0) for (int i = 0; i < WARM_UP; i++) sink = mix(STEPS);
        long start = System.nanoTime();
        while (threads > 1 && System.nanoTime() - start < LEAD) Parallel.run(threads, _ -> sink = mix(STEPS));
        long from = System.nanoTime();
        Parallel.run(threads, _ -> sink = mix(STEPS));
        double rate = (double) OPERATIONS * STEPS / (System.nanoTime() - from);
        best = Math.max(best, rate);
        return rate;
    }

    // Eight chains, so that none waits for itself.
    private static long mix(int steps) {
        long a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
        for (int i = 0; i < steps; i++) {
            a ^= a << 13;
            b ^= b << 13;
            c ^= c << 13;
            d ^= d << 13;
            e ^= e << 13;
            f ^= f << 13;
            g ^= g << 13;
            h ^= h << 13;
            a ^= a >>> 7;
            b ^= b >>> 7;
            c ^= c >>> 7;
            d ^= d >>> 7;
            e ^= e >>> 7;
            f ^= f >>> 7;
            g ^= g >>> 7;
            h ^= h >>> 7;
        }
        return a + b + c + d + e + f + g + h;
    }
}
