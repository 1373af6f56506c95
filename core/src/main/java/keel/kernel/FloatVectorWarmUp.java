package keel.kernel;

import java.util.concurrent.atomic.AtomicBoolean;

/// Computes large products of [FloatVectorMatmul] with the plain loops for as long as those for vectors are not compiled.
/// `DoubleVectorWarmUp` is generated from this file.
///
/// Until C2 has compiled a loop, its vectors are objects, and it takes some hundred times as long; to come to that takes a
/// large loop 15,000 steps. Plain loops are compiled at once, and then take four times as long as vectors. So they compute some
/// rows after the other, and in between the loops for vectors that the product would take run on memory that nobody reads, until
/// a call takes so little time as only compiled code does. From then on they are taken, for good. Both compute the same bits.
///
/// The Vector API's own methods are compiled first, some seventy. While more than a few wait for C2, the JVM compiles everything
/// else without a profile, which delays it further. So one small loop runs until they wait, and then there is a rest.
final class FloatVectorWarmUp {
    private FloatVectorWarmUp() {}

    /// Multiply-adds from which on a product is large.
    private static final int LARGE = 1 << 19;
    /// Multiply-adds of the plain loops between two attempts, and before the first: a short program needs no vectors.
    private static final int CHUNK = 1 << 22;
    private static final int FREE = 1 << 24;
    /// Steps of a call, and calls after which a loop waits for C2: it counts calls and steps.
    static final int STEPS = 24;
    private static final int ENOUGH = 720;
    private static final int BATCH = 8;
    /// Calls of the small loop, and of each other one before the rest; and how long that is, in the time that they took.
    private static final int OF_SMALL = 700;
    private static final int BEFORE_REST = 5;
    private static final double REST = 1.5;
    /// Nanoseconds after which a loop that waits runs again, after the first rounds twice as many each time, for others may wait
    /// too; and how often it does until it counts as compiled come what may.
    private static final long PATIENCE = 30_000_000;
    private static final int FREE_ROUNDS = 3;
    private static final int MOST_ROUNDS = 9;
    /// Nanoseconds for a step in a row: compiled loops take less than one, others fifty.
    private static final int FAST = 16;

    private static final AtomicBoolean BUSY = new AtomicBoolean();
    private static final float[] B = new float[STEPS * FloatVectorMatmul.NR];
    private static final int[] CALLS = new int[Long.SIZE];
    private static final int[] CALLS_OF_ROUND = new int[Long.SIZE];
    private static final int[] ROUNDS = new int[Long.SIZE];
    private static final long[] WAITS_SINCE = new long[Long.SIZE];
    /// A bit for each loop.
    private static volatile long ready = VectorTrial.OFF ? -1 : 0;
    // Threads that count at the same time may lose a little.
    private static long served;
    private static long budget;
    private static long spentBeforeRest;
    private static long restFrom;

    /// Whether some loop is missing that a block of such a product takes: then it had better leave the other processors to C2.
    static boolean lacks(Form form, int m, int n, int k, int lb) {
        return ready != -1 && (long) m * n * k >= LARGE && (FloatVectorMatmul.loops(form, m, n, k, lb) & ~ready) != 0;
    }

    /// Whether such a product, all of it in one place, is computed some rows after the other.
    static boolean sees(Form form, int m, int n, int k) {
        return m > 1 && n > 1 && (long) m * n * k >= LARGE && !FloatVectorSmall.suits(form, m, n, k, form == Form.TN ? m : k);
    }

    /// How many rows of a block's product, the first ones, were computed by the plain loops.
    static int rows(Form form, int m, int n, int k, float[] a, int ao, int la, float[] b, int bo, int lb,
            float[] c, int co, int lc) {
        if (ready == -1 || (long) m * n * k < LARGE) return 0;
        long loops = FloatVectorMatmul.loops(form, m, n, k, lb);
        int i = 0;
        for (int rows; i < m && (loops & ~ready) != 0; i += rows) {
            if (served >= FREE) prepare(loops & ~ready);
            rows = (int) Math.min(m - i, Math.max(8, CHUNK / ((long) n * k)));
            long from = System.nanoTime();
            FloatMatmul.block(form, rows, n, k, a, form == Form.TN ? ao + i : ao + i * la, la, b, bo, lb, c, co + i * lc, lc);
            budget += System.nanoTime() - from;
            served += (long) rows * n * k;
        }
        return i;
    }

    private static void prepare(long missing) {
        if (budget <= 0 || !BUSY.compareAndSet(false, true)) return;
        try {
            var space = FloatVectorSpace.take(FloatVectorPanels.SIDE * FloatVectorPanels.LA, B.length);
            long start = System.nanoTime();
            if (restFrom == 0) beforeRest(missing, space, start);
            else if (start - restFrom > REST * spentBeforeRest) afterRest(missing, space, start);
            budget -= System.nanoTime() - start;
            space.giveBack();
        } finally {
            BUSY.set(false);
        }
    }

    private static void beforeRest(long missing, FloatVectorSpace space, long start) {
        boolean done = run(0, OF_SMALL, space, start);
        for (long left = missing; left != 0; left &= left - 1) {
            done &= run(Long.numberOfTrailingZeros(left), BEFORE_REST, space, start);
        }
        long now = System.nanoTime();
        spentBeforeRest += now - start;
        if (done) restFrom = now;
    }

    /// Whether a loop has come to so many calls.
    private static boolean run(int loop, int calls, FloatVectorSpace space, long start) {
        while (CALLS[loop] < calls && System.nanoTime() - start < budget) call(loop, space);
        return CALLS[loop] >= calls;
    }

    private static void afterRest(long missing, FloatVectorSpace space, long start) {
        for (long left = missing; left != 0 && System.nanoTime() - start < budget; left -= Long.highestOneBit(left)) {
            int loop = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
            boolean compiled = false;
            do {
                for (int i = 1; i < BATCH && CALLS_OF_ROUND[loop] < ENOUGH; i++) call(loop, space);
                long from = System.nanoTime();
                call(loop, space);
                long now = System.nanoTime();
                compiled = now - from < (long) FAST * STEPS * FloatVectorMatmul.rowsOf(loop) || ROUNDS[loop] > MOST_ROUNDS;
                if (CALLS_OF_ROUND[loop] < ENOUGH) WAITS_SINCE[loop] = now;
                else if (now - WAITS_SINCE[loop] > PATIENCE << Math.max(0, ROUNDS[loop] - FREE_ROUNDS)) nextRound(loop);
            } while (!compiled && CALLS_OF_ROUND[loop] < ENOUGH && System.nanoTime() - start < budget);
            if (compiled) ready |= 1L << loop;
        }
    }

    private static void nextRound(int loop) {
        CALLS_OF_ROUND[loop] = 0;
        ROUNDS[loop]++;
    }

    private static void call(int loop, FloatVectorSpace space) {
        FloatVectorMatmul.run(loop, STEPS, space, B);
        CALLS[loop]++;
        CALLS_OF_ROUND[loop]++;
    }
}
