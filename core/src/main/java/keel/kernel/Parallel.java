package keel.kernel;

import java.util.function.IntConsumer;

/// Runs chunks of one computation on a few threads that all of Keel shares.
///
/// There is one pool of `threads() − 1` daemon threads beside the caller; the system property `keel.threads` sizes it,
/// [#setThreads] resizes it, and by default it has one thread for each processor. With one thread nothing is ever started. The
/// pool serves one caller at a time: a call that finds it busy — a nested one, or another thread's — runs its chunks on its own
/// thread, so nothing waits for anything but chunks that are running, and no combination of callers (virtual threads included)
/// can deadlock.
///
/// Which thread runs a chunk is left to chance, so a task must compute the same for a chunk wherever and whenever it runs.
public final class Parallel {
    private Parallel() {}

    /// Work worth a chunk of its own in [#ranges]: a hand-over costs about a microsecond, the time in which some 10,000 elements
    /// are added.
    private static final long GRAIN = 1 << 15;
    /// Most chunks of [#ranges]: enough to balance the load of many threads, few enough to cost nothing.
    private static final int MOST_CHUNKS = 64;

    private static volatile Pool pool = new Pool(fromProperty());

    /// A part of a computation: indices `from ≤ i < to`.
    @FunctionalInterface
    public interface RangeTask {
        /// Computes the elements `from … to − 1`.
        void run(int from, int to);
    }

    /// How many threads work on one computation, the caller's included.
    public static int threads() {
        return pool.threads;
    }

    /// How many threads a computation of `work` steps (one addition of two array elements is one) had better be split for.
    ///
    /// A thread without work watches for some for a moment, then it sleeps, and waking it costs the caller more than ten
    /// microseconds and takes thirty. So a small computation counts on threads that are awake, unless another came just before
    /// it: then they are woken for those to follow. While the pool is busy, only the caller's thread is left.
    public static int threads(long work) {
        return pool.ready(work);
    }

    /// Resizes the pool: `n ≥ 1` threads work on one computation, the caller's included; 1 switches threads off.
    /// Computations that are running finish on the threads they have.
    public static synchronized void setThreads(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("threads: " + n + " is not a number of threads; pass 1 to use the caller's alone");
        }
        if (n == pool.threads) return;
        var old = pool;
        pool = new Pool(n);
        old.close();
    }

    /// Runs `task` for every chunk `0 … chunks − 1`, each exactly once, and returns when all are done.
    ///
    /// What the task throws first is thrown here; chunks not begun by then are left out.
    public static void run(int chunks, IntConsumer task) {
        pool.run(chunks, task);
    }

    /// Splits the indices `0 … n − 1` into ranges that begin at multiples of `multipleOf` and runs `task` for every one.
    ///
    /// `work` is the size of the whole in elementary steps (one addition of two array elements is one step); less than two grains
    /// of it run as one range on the caller's thread. The ranges depend on `work`, `n` and `multipleOf` only, never on the number
    /// of threads.
    public static void ranges(long work, int n, int multipleOf, RangeTask task) {
        if (n <= 0) return;
        long units = (n + (long) multipleOf - 1) / multipleOf;
        long chunks = Math.min(Math.min(work / GRAIN, MOST_CHUNKS), units);
        if (chunks < 2) {
            task.run(0, n);
            return;
        }
        int size = (int) ((units + chunks - 1) / chunks * multipleOf);
        int count = (int) ((n + (long) size - 1) / size);
        if (threads(work) == 1) for (int i = 0; i < count; i++) range(i, size, n, task);
        else run(count, i -> range(i, size, n, task));
    }

    private static void range(int i, int size, int n, RangeTask task) {
        task.run(i * size, (int) Math.min(n, (i + 1L) * size));
    }

    private static int fromProperty() {
        int processors = Runtime.getRuntime().availableProcessors();
        var text = System.getProperty("keel.threads");
        if (text == null) return processors;
        try {
            int n = Integer.parseInt(text.strip());
            if (n >= 1) return n;
        } catch (NumberFormatException _) {
            // said below, with the number that cannot be one
        }
        System.getLogger("keel.kernel").log(System.Logger.Level.WARNING,
                "keel.threads: '" + text + "' is not a number of threads; using " + processors + ", one for each processor");
        return processors;
    }
}
