package keel.bench.speed;

import keel.bench.work.Work;

/// How long to measure, and in how many places: where in memory the arrays of a work lie, in which pages and where within the lines
/// of the cache, changes its time by up to a half, and nobody can choose it.
///
/// @param warmUp nanoseconds until a loop may count as compiled
/// @param slice  nanoseconds of the work in a round
/// @param rounds whose median counts
/// @param places that rounds are shared among: in each the work is made anew
public record Pace(double warmUp, double slice, int rounds, int places) {
    /// About two seconds a work.
    public static final Pace FULL = new Pace(8e8, 6e6, 35, 5);
    /// A fraction of a second, for what is repeated in many JVMs, each time in another place.
    public static final Pace PROOF = new Pace(1e8, 2e6, 9, 1);
    /// Less than a second.
    public static final Pace QUICK = new Pace(2e8, 3e6, 15, 3);

    /// Bytes of arrays that pass through all caches: it hardly matters where they lie, and to make them takes long.
    private static final double BEYOND = 1 << 24;

    /// With a tenth of the warm-up: for what has run before.
    Pace warm() {
        return new Pace(warmUp / 10, slice, rounds, places);
    }

    /// With four times the warm-up: for what runs through much code.
    Pace longer() {
        return new Pace(4 * warmUp, slice, rounds, places);
    }

    /// In how many places this work is measured.
    int placesOf(Work work) {
        return work.footprint() > BEYOND ? 1 : places;
    }
}
