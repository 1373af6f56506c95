package keel.kernel;

/// Whether a loop for vectors counts yet, or the plain one that computes the same bits: see [FloatTrials].
///
/// Nothing says when C2 has compiled a loop. So parts of calls go to plain loops first, and then, for as much time as those have
/// taken so far, to vectors, timed, until they are so fast as only compiled ones are: then they count for good. What takes most
/// of a program's time is thus tried most, and a start takes at most twice its least time.
///
/// After a few seconds all trials are over, whatever they found: some loops are hardly faster with vectors, and clocks cost time.
/// Threads that count at the same time may lose a little.
final class VectorTrial {
    static final boolean OFF = !Boolean.parseBoolean(System.getProperty("keel.plain.start", "true"));
    /// Elements of a call that is worth a look at the clock.
    private static final int LEAST = 1024;
    /// Plain parts, elements and nanoseconds before the first attempt: so that plain loops are compiled, and worth it.
    private static final int PARTS = 8;
    private static final int ELEMENTS = 1 << 17;
    private static final long FREE = 500_000;
    /// What a call itself takes, and the clock; and nanoseconds for an element that objects never reach.
    private static final int CALL = 50;
    private static final double FAST = 0.6;
    /// Attempts in a row that must be fast.
    private static final int IN_A_ROW = 3;
    /// Nanoseconds after which all trials are over; what lies between two parts counts as no more than `PAUSE`.
    private static final long ALL = 3_000_000_000L;
    private static final long PAUSE = 20_000_000;

    private static boolean over = OFF;
    private static long last;
    private static long spent;

    private boolean fast;
    private int parts;
    private long elements;
    private long plainNanos;
    private double best = Double.MAX_VALUE;
    private int inARow;
    private long vectorNanos;

    /// So many trials.
    static VectorTrial[] of(int n) {
        var y = new VectorTrial[n];
        for (int i = 0; i < n; i++) y[i] = new VectorTrial();
        return y;
    }

    /// Ends all trials: from now on vectors count.
    static void end() {
        over = true;
    }

    /// Whether no call is tried any more.
    static boolean over() {
        return over;
    }

    /// Whether a call of so many elements is none that is tried.
    static boolean none(long n) {
        return over || n < LEAST;
    }

    /// Whether vectors count.
    boolean counts() {
        return fast || over;
    }

    /// Whether the next part goes to vectors, which do not count yet.
    boolean attempts() {
        return parts >= PARTS && elements >= ELEMENTS && plainNanos > FREE && vectorNanos < plainNanos;
    }

    /// Notes a part of `n` elements that ran from one time to another.
    void note(boolean attempt, long n, long from, long to) {
        long nanos = to - from;
        spent += Math.min(to - last, PAUSE);
        last = to;
        if (spent > ALL) over = true;
        if (attempt) {
            vectorNanos += nanos;
            inARow = nanos <= Math.max(FAST, best / 2) * n + CALL ? inARow + 1 : 0;
            fast = inARow == IN_A_ROW;
        } else {
            parts++;
            elements += n;
            plainNanos += nanos;
            best = Math.min(best, nanos / (double) n);
        }
    }
}
