package keel.kernel;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// The threads behind [Parallel]: one job at a time, published in a volatile field that idle workers watch for a moment before
/// they park.
final class Pool {
    /// How long a thread watches before it parks. Waking a parked thread costs tens of microseconds, more than many a job.
    private static final long WATCH_NANOS = 100_000;
    /// Looks between two readings of the clock, and between two offers of the processor to whoever shares it: a thread that was
    /// just woken may do so for some milliseconds, though another processor is idle.
    private static final int LOOKS = 64;
    /// Steps of a job that is worth waking threads for, whatever follows: some hundred microseconds.
    private static final long WORTH_WAKING = 1 << 20;
    private static final long STEPS_A_NANO = 10;

    final int threads;
    private final long watchNanos;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Worker[] workers; // started by the first job, under `busy`
    private volatile Job current;
    private volatile boolean closed;
    /// When the last small job should have ended.
    private volatile long lastEnd = System.nanoTime() - WATCH_NANOS;

    Pool(int threads) {
        this.threads = threads;
        // More threads than processors: whoever watches keeps another from working.
        this.watchNanos = threads <= Runtime.getRuntime().availableProcessors() ? WATCH_NANOS : 0;
    }

    /// How many threads a job of so many steps should count on: see [Parallel#threads(long)].
    int ready(long work) {
        if (threads == 1 || busy.get()) return 1;
        if (work >= WORTH_WAKING || watchNanos == 0) return threads;
        long now = System.nanoTime();
        boolean often = now - lastEnd < watchNanos;
        lastEnd = now + work / STEPS_A_NANO;
        return often ? threads : 1 + awake();
    }

    private int awake() {
        var all = workers;
        int n = 0;
        for (int i = 0; all != null && i < all.length; i++) if (!all[i].parked) n++;
        return n;
    }

    void run(int chunks, IntConsumer task) {
        if (chunks <= 1 || threads == 1 || closed || !busy.compareAndSet(false, true)) {
            for (int i = 0; i < chunks; i++) task.accept(i);
            return;
        }
        var job = new Job(chunks, task);
        try {
            if (workers == null) workers = start();
            current = job;
            wake(chunks - 1);
            job.work(true);
            job.awaitEnd(watchNanos);
        } finally {
            current = null;
            busy.set(false);
        }
        job.rethrow();
    }

    /// Ends the workers once they are idle. A job that is running is finished by its caller, if not by them.
    void close() {
        closed = true;
        wake(threads);
    }

    /// Wakes threads until so many are awake.
    private void wake(int most) {
        var all = workers;
        int asleep = most - awake();
        for (int i = 0; all != null && i < all.length && asleep > 0; i++) if (all[i].wake()) asleep--;
    }

    private Worker[] start() {
        var started = new ArrayList<Worker>();
        try {
            while (started.size() < threads - 1) started.add(new Worker(started.size() + 1));
        } catch (OutOfMemoryError _) {
            // The system grants no more threads: those it granted do.
        }
        return started.toArray(Worker[]::new);
    }

    private final class Worker implements Runnable {
        private final Thread thread;
        private volatile boolean parked;

        Worker(int number) {
            thread = Thread.ofPlatform().daemon().name("keel-" + number).inheritInheritableThreadLocals(false).unstarted(this);
            thread.setContextClassLoader(null); // an application's loader must not live as long as this thread
            thread.start();
        }

        boolean wake() {
            boolean asleep = parked;
            if (asleep) LockSupport.unpark(thread);
            return asleep;
        }

        @Override
        public void run() {
            Job seen = null;
            while ((seen = next(seen)) != null) seen.work(false);
        }

        /// The job after `seen`; null when the pool is closed.
        private Job next(Job seen) {
            long from = System.nanoTime();
            for (int looks = 1; ; looks++) {
                var job = current;
                if (job != null && job != seen) return job;
                if (closed) return null;
                if (looks % LOOKS != 0) {
                    Thread.onSpinWait();
                    continue;
                }
                if (System.nanoTime() - from < watchNanos) {
                    Thread.yield();
                    continue;
                }
                parked = true; // before the last look: whoever publishes a job after it sees the flag
                job = current;
                if ((job == null || job == seen) && !closed) LockSupport.park(Pool.this);
                parked = false;
                from = System.nanoTime();
            }
        }
    }

    /// One call of [#run]. The caller takes chunks from the front and the workers from the back, so from job to job a thread
    /// mostly gets the part of an array that it had before, which lies in its processor's cache. A late worker finds none and
    /// does no harm.
    private static final class Job {
        /// Chunks not begun: the first in the lower half, the end in the upper one.
        private final AtomicLong open;
        private final AtomicInteger left;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private IntConsumer task; // null when all is done: an idle worker must not keep the caller's arrays alive
        private volatile Thread waiting;

        Job(int chunks, IntConsumer task) {
            this.open = new AtomicLong((long) chunks << 32);
            this.task = task;
            this.left = new AtomicInteger(chunks);
        }

        void work(boolean fromFront) {
            for (int i; (i = take(fromFront)) >= 0; ) {
                try {
                    if (failure.get() == null) task.accept(i);
                } catch (Throwable thrown) {
                    failure.compareAndSet(null, thrown);
                }
                if (left.decrementAndGet() == 0) LockSupport.unpark(waiting);
            }
        }

        private int take(boolean first) {
            for (long o = open.get(); ; o = open.get()) {
                int from = (int) o;
                int end = (int) (o >>> 32);
                if (from == end) return -1;
                if (open.compareAndSet(o, first ? o + 1 : o - (1L << 32))) return first ? from : end - 1;
            }
        }

        void awaitEnd(long watchNanos) {
            long from = System.nanoTime();
            for (int looks = 1; left.get() != 0; looks++) {
                if (looks % LOOKS != 0) {
                    Thread.onSpinWait();
                } else if (System.nanoTime() - from < watchNanos) {
                    Thread.yield();
                } else {
                    waiting = Thread.currentThread();
                    if (left.get() != 0) LockSupport.park(this);
                }
            }
            task = null;
        }

        void rethrow() {
            switch (failure.get()) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e); // a task cannot declare any other
            }
        }
    }
}
