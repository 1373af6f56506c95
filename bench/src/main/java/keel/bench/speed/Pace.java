package keel.bench.speed;

/// How long to measure.
///
/// @param warmUp nanoseconds until a loop may count as compiled
/// @param slice  nanoseconds of the work in a round
/// @param rounds whose median counts
public record Pace(double warmUp, double slice, int rounds) {
    /// About two seconds a work.
    public static final Pace FULL = new Pace(8e8, 6e6, 31);
    /// A fraction of a second, for what is repeated in many JVMs.
    public static final Pace PROOF = new Pace(1e8, 2e6, 9);
    /// Less than a second.
    public static final Pace QUICK = new Pace(2e8, 3e6, 11);

    /// With a tenth of the warm-up: for what has run before.
    Pace warm() {
        return new Pace(warmUp / 10, slice, rounds);
    }

    /// With four times the warm-up: for what runs through much code.
    Pace longer() {
        return new Pace(4 * warmUp, slice, rounds);
    }
}
