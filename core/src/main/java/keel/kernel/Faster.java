package keel.kernel;

/// Which of two ways with the same results is faster where this runs, for work that takes long enough to look at the clock and
/// for which processors differ. Now and then a call goes both ways, a piece each in turn, and says how long they took. Threads
/// that call at the same time may lose a vote. `-Dkeel.faster=other` decides for the other way, as tests do.
final class Faster {
    private static final boolean OTHER = "other".equals(System.getProperty("keel.faster"));
    private static final int FIRST_CALLS = 32;
    private static final int EVERY = 32;
    /// So many votes in a row change a mind that was made up.
    private static final int SURE = 4;

    private int calls;
    private int votes;

    /// Whether this call goes both ways: the first do, while the loops are being compiled, and later one of some.
    boolean asks() {
        int call = calls++ & Integer.MAX_VALUE;
        return call < FIRST_CALLS || call % EVERY == 0;
    }

    /// What `first` and `other` units of work took by the first way and by the other.
    void took(long nanos, long first, long otherNanos, long other) {
        if (first > 0 && other > 0) votes = Math.clamp(votes + Double.compare(nanos * other, otherNanos * first), -SURE, SURE);
    }

    /// Whether it is the other way; the first, as long as nobody knows.
    boolean other() {
        return OTHER || votes > 0;
    }
}
