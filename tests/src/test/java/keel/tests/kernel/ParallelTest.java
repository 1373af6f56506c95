package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.kernel.Parallel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelTest {
    private final int before = Parallel.threads();

    @AfterEach
    void restore() {
        Parallel.setThreads(before);
    }

    @Test
    void everyChunkRunsExactlyOnce() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            Parallel.setThreads(threads);
            for (int chunks : new int[] {0, 1, 2, 3, 7, 64, 1000}) {
                var runs = new AtomicIntegerArray(chunks);
                Parallel.run(chunks, runs::incrementAndGet);
                for (int i = 0; i < chunks; i++) assertEquals(1, runs.get(i), threads + " threads, chunk " + i);
            }
        }
    }

    @Test
    void whatChunksWroteIsSeenByTheCaller() {
        Parallel.setThreads(4);
        var y = new int[5_000];
        for (int round = 1; round <= 2_000; round++) {
            int value = round;
            Parallel.run(5, i -> Arrays.fill(y, i * 1_000, (i + 1) * 1_000, value));
            for (int i = 0; i < y.length; i += 499) assertEquals(value, y[i]);
        }
    }

    @Test
    void rangesCoverEveryIndexOnceAtMultiples() {
        Parallel.setThreads(3);
        for (int n : new int[] {0, 1, 5, 31, 32, 33, 1_000, 4_097}) {
            for (int multiple : new int[] {1, 6, 32}) {
                for (long work : new long[] {0, 1L << 15, 1L << 17, 1L << 40}) {
                    var seen = new AtomicIntegerArray(n);
                    Parallel.ranges(work, n, multiple, (from, to) -> {
                        assertEquals(0, from % multiple);
                        for (int i = from; i < to; i++) seen.incrementAndGet(i);
                    });
                    for (int i = 0; i < n; i++) assertEquals(1, seen.get(i), n + " by " + multiple + ", work " + work);
                }
            }
        }
    }

    @Test
    void hugeRangesDoNotOverflow() {
        Parallel.setThreads(2);
        var covered = new AtomicLong();
        Parallel.ranges(Long.MAX_VALUE, Integer.MAX_VALUE, 1024, (from, to) -> covered.addAndGet((long) to - from));
        assertEquals(Integer.MAX_VALUE, covered.get());
    }

    @Test
    void rangesDoNotDependOnTheNumberOfThreads() {
        List<List<Integer>> starts = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            Parallel.setThreads(threads);
            var mine = new ArrayList<Integer>();
            Parallel.ranges(1L << 20, 100_003, 64, (from, _) -> {
                synchronized (mine) {
                    mine.add(from);
                }
            });
            mine.sort(null);
            starts.add(mine);
        }
        assertTrue(starts.getFirst().size() > 2);
        assertEquals(starts.get(0), starts.get(1));
        assertEquals(starts.get(0), starts.get(2));
    }

    @Test
    void severalThreadsTakePart() {
        Parallel.setThreads(2);
        // Each chunk waits for the other: only two threads can finish this.
        var both = new CountDownLatch(2);
        Parallel.run(2, _ -> {
            both.countDown();
            await(both);
        });
    }

    /// So that what it had last lies in its processor's cache.
    @Test
    void theCallerTakesTheFirstChunksAndTheOthersTheLast() {
        Parallel.setThreads(2);
        var me = Thread.currentThread();
        for (int round = 0; round < 100; round++) {
            var both = new CountDownLatch(2);
            var mine = new AtomicIntegerArray(9);
            Parallel.run(9, i -> {
                if (Thread.currentThread() == me) mine.set(i, 1);
                if (i % 8 != 0) return;
                both.countDown();
                await(both);
            });
            assertEquals(1, mine.get(0));
            for (int i = 1; i < 9; i++) assertTrue(mine.get(i) <= mine.get(i - 1), mine::toString);
            assertEquals(0, mine.get(8));
        }
    }

    @Test
    void whatATaskThrowsReachesTheCallerAndThePoolGoesOn() {
        for (int threads : new int[] {1, 2, 4}) {
            Parallel.setThreads(threads);
            for (int bad : new int[] {0, 1, 19}) {
                var failure = new IllegalStateException("chunk " + bad);
                var thrown = assertThrows(IllegalStateException.class, () -> Parallel.run(20, i -> {
                    if (i == bad) throw failure;
                }));
                assertSame(failure, thrown);
            }
            assertThrows(StackOverflowError.class, () -> Parallel.run(4, _ -> {
                throw new StackOverflowError();
            }));
            everyChunkCounts(50);
        }
    }

    @Test
    void chunksNotBegunWhenOneFailsAreLeftOut() {
        Parallel.setThreads(1);
        var ran = new AtomicInteger();
        assertThrows(IllegalStateException.class, () -> Parallel.run(100, i -> {
            ran.incrementAndGet();
            if (i == 3) throw new IllegalStateException();
        }));
        assertEquals(4, ran.get());
        Parallel.setThreads(2);
        ran.set(0);
        var failing = new AtomicReference<Thread>();
        var both = new CountDownLatch(2);
        assertThrows(IllegalStateException.class, () -> Parallel.run(1000, i -> {
            ran.incrementAndGet();
            if (i == 0) failing.set(Thread.currentThread());
            if (i > 0 && i < 999) return;
            both.countDown();
            await(both);
            if (i == 0) throw new IllegalStateException();
            // The other thread waits once it has failed and passed over all that was left.
            long end = System.nanoTime() + 20_000_000_000L;
            while (failing.get().getState() != Thread.State.WAITING && System.nanoTime() < end) Thread.onSpinWait();
        }));
        assertEquals(2, ran.get());
        everyChunkCounts(50);
    }

    @Test
    void virtualThreadsComputeTheSameBitsAtTheSameTime() throws Exception {
        Parallel.setThreads(3);
        var x = NdArray.normal(DType.F32, Shape.of(300, 200), 0, 1, new SplittableRandom(1));
        Callable<float[]> work = () -> x.matmulTN(x.gelu()).softmax(1).toFloats();
        var expected = work.call();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<float[]>>();
            for (int t = 0; t < 40; t++) all.add(executor.submit(work));
            for (var each : all) assertArrayEquals(expected, each.get(40, TimeUnit.SECONDS));
        }
    }

    @Test
    void stepsOfOptimizersGiveTheSameBits() {
        Parallel.setThreads(1);
        var one = steps();
        for (int threads : new int[] {2, 3}) {
            Parallel.setThreads(threads);
            assertArrayEquals(one, steps(), threads + " threads");
        }
    }

    /// Parameters after one step of each optimizer, and what each remembers.
    private static float[][] steps() {
        var random = new SplittableRandom(7);
        var x = IntStream.range(0, 15).mapToObj(_ -> NdArray.uniform(DType.F32, Shape.of(300_007), 0.1, 1, random)).toList();
        var g = x.getFirst();
        x.get(1).sgdStepInPlace(g, x.get(2), 0.1, 0.9, 0.1, 0.01, true, false);
        x.get(3).adamStepInPlace(g, x.get(4), x.get(5), 0.1, 0.9, 0.99, 1e-8, 0.01, 0.02, 3);
        x.get(6).rmspropStepInPlace(g, x.get(7), x.get(8), x.get(9), 0.1, 0.9, 1e-8, 0.01, 0.9);
        x.get(1).lionStepInPlace(g, x.get(10), 0.1, 0.9, 0.99, 0.01);
        x.get(3).adanStepInPlace(g, x.get(11), x.get(12), x.get(13), x.get(14), 0.1, 0.9, 0.9, 0.9, 1e-8, 0.9, 0.9, 3);
        return x.stream().map(NdArray::toFloats).toArray(float[][]::new);
    }

    @Test
    void nestedCallsRunInline() {
        Parallel.setThreads(2);
        var count = new AtomicInteger();
        Parallel.run(4, _ -> {
            var thread = Thread.currentThread();
            Parallel.run(4, _ -> {
                assertSame(thread, Thread.currentThread());
                Parallel.run(2, _ -> count.incrementAndGet());
            });
        });
        assertEquals(32, count.get());
    }

    @Test
    void aNestedFailureLeavesThePoolUsable() {
        Parallel.setThreads(2);
        assertThrows(IllegalStateException.class, () -> Parallel.run(4, _ -> Parallel.run(3, i -> {
            if (i == 2) throw new IllegalStateException();
        })));
        everyChunkCounts(9);
    }

    @Test
    void concurrentCallersFinish() throws Exception {
        Parallel.setThreads(3);
        callersCount(Executors.newFixedThreadPool(6), 6);
    }

    @Test
    void virtualThreadsFinish() throws Exception {
        Parallel.setThreads(3);
        callersCount(Executors.newVirtualThreadPerTaskExecutor(), 50);
    }

    @Test
    void aCallerThatBlocksInItsTaskHoldsUpNobody() throws Exception {
        Parallel.setThreads(2);
        var hold = new CountDownLatch(1);
        var holding = new CountDownLatch(2);
        try (var executor = Executors.newFixedThreadPool(1)) {
            var blocked = executor.submit(() -> Parallel.run(2, _ -> {
                holding.countDown();
                await(hold);
            }));
            await(holding);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> everyChunkCounts(10));
            hold.countDown();
            blocked.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void resizingUnderLoadLosesNothing() throws Exception {
        var stop = new AtomicBoolean();
        try (var executor = Executors.newFixedThreadPool(3)) {
            List<Future<?>> load = new ArrayList<>();
            for (int t = 0; t < 3; t++)
                load.add(executor.submit(() -> {
                    while (!stop.get()) everyChunkCounts(8);
                }));
            for (int i = 0; i < 200; i++) Parallel.setThreads(1 + i % 5);
            stop.set(true);
            for (var each : load) each.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTaskMayResizeThePoolItRunsOn() {
        Parallel.setThreads(2);
        Parallel.run(8, i -> Parallel.setThreads(2 + i % 2));
        everyChunkCounts(8);
    }

    @Test
    void anInterruptedCallerStillFinishesAndStaysInterrupted() {
        Parallel.setThreads(2);
        Thread.currentThread().interrupt();
        try {
            everyChunkCounts(10);
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void resizingEndsTheThreadsAndOneThreadStartsNone() throws InterruptedException {
        Parallel.setThreads(3);
        Parallel.run(3, _ -> {});
        assertTrue(workers() >= 2);
        Parallel.setThreads(1);
        for (int i = 0; i < 500 && workers() > 0; i++) Thread.sleep(10);
        assertEquals(0, workers());
        everyChunkCounts(100);
        assertEquals(0, workers());
    }

    @Test
    void aSmallComputationWakesNobodyUnlessAnotherCameJustBefore() throws InterruptedException {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "else there is nobody worth waiting for");
        Parallel.setThreads(2);
        Parallel.run(2, _ -> {});
        assertEquals(2, Parallel.threads(Long.MAX_VALUE));
        int asleep = 0;
        for (int i = 0; i < 2_000 && asleep != 1; i++) {
            Thread.sleep(10);
            asleep = Parallel.threads(100_000);
        }
        assertEquals(1, asleep);
        assertEquals(2, Parallel.threads(1 << 20));
        var me = Thread.currentThread();
        Thread.sleep(20);
        var ran = new ArrayList<Integer>();
        Parallel.ranges(100_000, 30, 10, (from, _) -> {
            assertSame(me, Thread.currentThread());
            ran.add(from);
        });
        assertEquals(List.of(0, 10, 20), ran);
        int again = 0;
        for (int i = 0; i < 100_000 && again != 2; i++) again = Parallel.threads(100_000);
        assertEquals(2, again);
    }

    @Test
    void whoeverFindsThePoolBusyCountsOnNobody() {
        Parallel.setThreads(2);
        Parallel.run(4, _ -> assertEquals(1, Parallel.threads(Long.MAX_VALUE)));
        assertEquals(2, Parallel.threads(Long.MAX_VALUE));
        Parallel.setThreads(1);
        assertEquals(1, Parallel.threads(Long.MAX_VALUE));
    }

    @Test
    void aNumberThatIsNoNumberOfThreadsIsRefused() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> Parallel.setThreads(0));
        assertTrue(thrown.getMessage().contains("0 is not a number of threads"), thrown.getMessage());
        assertEquals(before, Parallel.threads());
    }

    private static void callersCount(ExecutorService executor, int callers) throws Exception {
        Callable<Void> caller = () -> {
            for (int i = 0; i < 500; i++) everyChunkCounts(1 + i % 9);
            return null;
        };
        try (executor) {
            var all = new ArrayList<Future<Void>>();
            for (int t = 0; t < callers; t++) all.add(executor.submit(caller));
            for (var each : all) each.get(40, TimeUnit.SECONDS);
        }
    }

    private static void everyChunkCounts(int chunks) {
        var count = new AtomicInteger();
        Parallel.run(chunks, _ -> count.incrementAndGet());
        assertEquals(chunks, count.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("keel-") && t.isAlive()).count();
    }
}
