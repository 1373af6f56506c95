package keel.bench.speed;

import keel.bench.work.Work;
import keel.kernel.Backend;

/// Calls a work until its loops are compiled and nothing gets faster.
final class WarmUp {
    private WarmUp() {}

    /// A loop that is not compiled yet may take a second for one call: the compiler gets some calls' time, however long.
    private static final int LEAST_CALLS = 40;
    /// Pieces in a row that must be no faster than the best before.
    private static final int STILL = 3;
    private static final int PIECES = 8;
    /// Bytes a call that handing work to other threads may take; vectors that are objects take far more.
    private static final long HANDING_OUT = 10_000;
    /// Who still gets faster after this has had its chance.
    private static final double MOST = 8e9;

    /// Returns the best time of a call. Settled is what allocates no more than it may (vectors are objects until the compiler has
    /// seen the loop), and has not become faster for a while.
    static double settle(Work work, Pace pace, int threads) {
        Backend.endStart();
        double best = Double.MAX_VALUE;
        int count = 0;
        int still = 0;
        for (double spent = 0; ; ) {
            double piece = 0;
            double fastest = Double.MAX_VALUE;
            long before = Clock.allocated();
            int from = count;
            while (piece < pace.warmUp() / PIECES) {
                double t = Math.max(Clock.time(1, work.call(), threads), 100);
                fastest = Math.min(fastest, t);
                piece += t;
                count++;
            }
            double allowed = work.allowed() + (threads == 1 ? 0 : HANDING_OUT);
            boolean compiled = Clock.allocated() - before <= allowed * (count - from);
            spent += piece;
            still = compiled && fastest > 0.97 * best ? still + 1 : 0;
            best = Math.min(best, fastest);
            if (spent > MOST || still >= STILL && spent >= pace.warmUp() && count >= LEAST_CALLS) return best;
        }
    }
}
