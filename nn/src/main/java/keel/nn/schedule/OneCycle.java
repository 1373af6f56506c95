package keel.nn.schedule;

/// One climb and one long fall: from `max/divisor` to `max` over the first `climb` of the steps, then down to
/// `max/divisor/finalDivisor` at the last. PyTorch's `OneCycleLR` (Smith and Topin 2017, arXiv:1708.07120).
///
/// With [#threePhases] the fall first mirrors the climb, back to `max/divisor`, and then goes on to the end. After the last step
/// the rate stays.
///
/// ```java
/// var rate = OneCycle.of(0.1, 1000);
/// var momentum = rate.momentum(0.85, 0.95);
/// ```
///
/// @param max          rate at the top, ≥ 0
/// @param steps        of the whole run, ≥ 1
/// @param climb        share of the steps in which the rate climbs, from 0 to 1
/// @param straight     straight lines in place of half cosines
/// @param divisor      `max` over the first rate, > 0
/// @param finalDivisor first rate over the last, > 0
/// @param threePhases  whether the fall mirrors the climb first
public record OneCycle(
    double max, int steps, double climb, boolean straight, double divisor, double finalDivisor, boolean threePhases)
        implements Schedule {
    /// Throws [IllegalArgumentException] for a number outside of its range.
    public OneCycle {
        Curves.requireRate("OneCycle", "max", max);
        if (steps < 1) throw new IllegalArgumentException("OneCycle: " + steps + " steps; give 1 or more");
        if (!(climb >= 0 && climb <= 1)) {
            throw new IllegalArgumentException("OneCycle: climb is " + climb + "; give a share from 0 to 1");
        }
        if (!(divisor > 0 && finalDivisor > 0)) {
            throw new IllegalArgumentException("OneCycle: divisors are " + divisor + " and " + finalDivisor
                + "; give numbers above 0");
        }
    }

    /// Half cosines, a climb of 0.3 of the steps, divisors of 25 and 1e4: PyTorch's defaults.
    public static OneCycle of(double max, int steps) {
        return new OneCycle(max, steps, 0.3, false, 25, 1e4, false);
    }

    /// The same with a climb of this share of the steps.
    public OneCycle climb(double climb) {
        return new OneCycle(max, steps, climb, straight, divisor, finalDivisor, threePhases);
    }

    /// The same in straight lines.
    public OneCycle linear() {
        return new OneCycle(max, steps, climb, true, divisor, finalDivisor, threePhases);
    }

    /// The same between other rates.
    public OneCycle divisors(double divisor, double finalDivisor) {
        return new OneCycle(max, steps, climb, straight, divisor, finalDivisor, threePhases);
    }

    /// The same with a fall that mirrors the climb first.
    public OneCycle inThreePhases() {
        return new OneCycle(max, steps, climb, straight, divisor, finalDivisor, true);
    }

    @Override
    public double at(int step) {
        double first = max / divisor;
        return at(step, first, max, first, first / finalDivisor);
    }

    /// As many as it was made for.
    @Override
    public int length() {
        return steps;
    }

    /// The momentum that goes the other way, from `high` down to `low` while the rate climbs (PyTorch's defaults are 0.85 and
    /// 0.95).
    ///
    /// Throws [IllegalArgumentException] if one is below 0 or not finite.
    public Schedule momentum(double low, double high) {
        Curves.requireRate("OneCycle.momentum", "low", low);
        Curves.requireRate("OneCycle.momentum", "high", high);
        return new Named(this + ".momentum(" + low + ", " + high + ")", steps, step -> at(step, high, low, high, high));
    }

    // The ends of phases need not be whole numbers: as in PyTorch, `climb·steps − 1` and so on.
    private double at(int step, double first, double top, double back, double last) {
        Curves.requireStep(step);
        double end = steps - 1.0;
        double topAt = climb * steps - 1;
        double at = Math.min(step, end);
        if (at <= topAt) return between(first, top, at / topAt);
        if (!threePhases) return between(top, last, (at - topAt) / (end - topAt));
        double backAt = 2 * climb * steps - 2;
        if (at <= backAt) return between(top, back, (at - topAt) / (backAt - topAt));
        return between(back, last, (at - backAt) / (end - backAt));
    }

    private double between(double from, double to, double x) {
        double share = Double.isNaN(x) ? 1 : x; // a phase of no steps
        return straight ? Curves.line(from, to, share) : Curves.halfCosine(from, to, share);
    }
}
