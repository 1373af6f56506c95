package keel.nn.schedule;

/// The learning rate as a closed form of the step, counted from 0: it holds no state, so a run resumes at any step.
///
/// Any lambda is a schedule (`step -> 0.1 / (1 + step)`). One that has an end knows its [#length()] and can be followed by
/// another:
///
/// ```java
/// var rate = Schedule.warmup(100, 3e-3).then(Schedule.cosine(3e-3, 1e-5, 900));
/// optimizer.step(grads, rate.at(step));
/// ```
///
/// After its end a schedule keeps its last rate, so a run that goes on a little longer goes on sensibly.
@FunctionalInterface
public interface Schedule {
    /// The [#length()] of a schedule without an end.
    int ENDLESS = Integer.MAX_VALUE;

    /// The rate of `step` ≥ 0.
    ///
    /// The schedules made here throw [IllegalArgumentException] for a negative step.
    double at(int step);

    /// How many steps this schedule describes; [#ENDLESS] if it has no end.
    default int length() {
        return ENDLESS;
    }

    /// The same rate at every step, without an end; [#lasting] gives it one.
    static Schedule constant(double rate) {
        check("constant", "rate", rate);
        return new Named("constant(" + rate + ")", ENDLESS, _ -> rate);
    }

    /// A straight line: `from + (to − from)·min(step, steps)/steps`; step `steps`, the first after its end, has exactly `to`.
    /// PyTorch's `LinearLR` with `from = start_factor·lr`, `to = end_factor·lr`.
    static Schedule linear(double from, double to, int steps) {
        check("linear", "from", from);
        check("linear", "to", to);
        check("linear", steps);
        return new Named("linear(" + from + ", " + to + ", " + steps + ")", steps,
            step -> step >= steps ? to : from + (to - from) * step / steps);
    }

    /// A linear climb from near zero: `rate·(step + 1)/steps`, so that step 0 already moves and step `steps − 1` has the full
    /// rate. Large first steps in directions that are still noise are what it prevents (Goyal et al. 2017, arXiv:1706.02677,
    /// section 2.2).
    static Schedule warmup(int steps, double rate) {
        check("warmup", "rate", rate);
        check("warmup", steps);
        return new Named("warmup(" + steps + ", " + rate + ")", steps,
            step -> step >= steps - 1 ? rate : rate * (step + 1) / steps);
    }

    /// Half a cosine: `to + (from − to)·(1 + cos(π·step/steps))/2`; step `steps`, the first after its end, has exactly `to`.
    /// PyTorch's `CosineAnnealingLR` with `T_max = steps`, which would climb again where this one stays
    /// (Loshchilov and Hutter 2016, arXiv:1608.03983, eq. 5).
    static Schedule cosine(double from, double to, int steps) {
        check("cosine", "from", from);
        check("cosine", "to", to);
        check("cosine", steps);
        return new Named("cosine(" + from + ", " + to + ", " + steps + ")", steps,
            step -> step >= steps ? to : to + (from - to) * (1 + StrictMath.cos(StrictMath.PI * step / steps)) / 2);
    }

    /// `rates` for `length` steps, with that length; for a lambda that is to be followed by another schedule.
    static Schedule of(int length, Schedule rates) {
        return rates.lasting(length);
    }

    /// This schedule cut, or continued, to `steps` steps.
    default Schedule lasting(int steps) {
        check("lasting", steps);
        return new Named(this + ".lasting(" + steps + ")", steps, this);
    }

    /// This schedule until its end, then `next`, whose step 0 is the first after that end.
    ///
    /// Throws [IllegalStateException] if this schedule has no end.
    default Schedule then(Schedule next) {
        int end = length();
        if (end == ENDLESS) {
            throw new IllegalStateException("Schedule.then: " + this
                + " has no end, so the next would never begin; end it with lasting(steps)");
        }
        int length = (int) Math.min((long) end + next.length(), ENDLESS);
        return new Named(this + ".then(" + next + ")", length, step -> step < end ? at(step) : next.at(step - end));
    }

    /// This schedule with every rate multiplied by `factor` ≥ 0.
    default Schedule times(double factor) {
        check("times", "factor", factor);
        return new Named(this + ".times(" + factor + ")", length(), step -> factor * at(step));
    }

    private static void check(String schedule, String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Schedule." + schedule + ": " + what + " is " + value
                + "; give a finite number of 0 or more");
        }
    }

    private static void check(String schedule, int steps) {
        if (steps < 1) throw new IllegalArgumentException("Schedule." + schedule + ": " + steps + " steps; give 1 or more");
    }
}
