package keel.nn.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

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
///
/// Where PyTorch has a schedule the numbers are its, but for rounding: it computes most of them step by step from the rate
/// before, these are closed forms. [Cyclic] and [OneCycle] have options and so types of their own; [Plateau] watches a metric,
/// and so is no function of the step.
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

    /// A held-back start: `rate·factor` for `steps` steps, then `rate`, with `factor` from 0 to 1. PyTorch's `ConstantLR` (⅓
    /// for 5 steps by default).
    static Schedule constant(double rate, double factor, int steps) {
        check("constant", "rate", rate);
        check("constant", steps);
        if (!(factor >= 0 && factor <= 1)) {
            throw new IllegalArgumentException("Schedule.constant: factor is " + factor + "; give a share from 0 to 1");
        }
        return new Named("constant(" + rate + ", " + factor + ", " + steps + ")", steps,
            step -> step < steps ? rate * factor : rate);
    }

    /// A straight line: `from + (to − from)·min(step, steps)/steps`; step `steps`, the first after its end, has exactly `to`.
    static Schedule linear(double from, double to, int steps) {
        check("linear", "from", from);
        check("linear", "to", to);
        check("linear", steps);
        return new Named("linear(" + from + ", " + to + ", " + steps + ")", steps,
            step -> step >= steps ? to : from + (to - from) * step / steps);
    }

    /// A straight line between parts of a rate: [#linear(double, double, int)] from `rate·start` to `rate·end`, with `start`
    /// above 0 and both up to 1. PyTorch's `LinearLR` (⅓, 1 and 5 steps by default).
    static Schedule linear(double rate, double start, double end, int steps) {
        if (!(start > 0 && start <= 1 && end >= 0 && end <= 1)) {
            throw new IllegalArgumentException("Schedule.linear: parts of the rate from " + start + " to " + end
                + "; give shares up to 1, the first above 0");
        }
        return linear(rate * start, rate * end, steps);
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

    /// Half a cosine: `to + (from − to)·(1 + cos(π·step/steps))/2`; step `steps`, the first after its end, has exactly `to`
    /// (Loshchilov and Hutter 2016, arXiv:1608.03983, eq. 5). PyTorch's `CosineAnnealingLR` with `T_max = steps` climbs again
    /// after its end: that is [#cosineWave].
    static Schedule cosine(double from, double to, int steps) {
        check("cosine", "from", from);
        check("cosine", "to", to);
        check("cosine", steps);
        return new Named("cosine(" + from + ", " + to + ", " + steps + ")", steps,
            step -> step >= steps ? to : Curves.halfCosine(from, to, step, steps));
    }

    /// A cosine without an end: down from `from` to `to` in `steps` steps, up again in as many, and so on. PyTorch's
    /// `CosineAnnealingLR` with `T_max = steps`, `eta_min = to`.
    static Schedule cosineWave(double from, double to, int steps) {
        check("cosineWave", "from", from);
        check("cosineWave", "to", to);
        check("cosineWave", steps);
        return new Named("cosineWave(" + from + ", " + to + ", " + steps + ")", ENDLESS,
            step -> Curves.halfCosine(from, to, (int) (step % (2L * steps)), steps));
    }

    /// SGDR: half a cosine from `from` down towards `to` in `first` steps, then from the start again, each time `growth` ≥ 1
    /// times as long; without an end. PyTorch's `CosineAnnealingWarmRestarts` with `T_0 = first`, `T_mult = growth` (Loshchilov
    /// and Hutter 2016, arXiv:1608.03983, eq. 5).
    static Schedule cosineRestarts(double from, double to, int first, int growth) {
        check("cosineRestarts", "from", from);
        check("cosineRestarts", "to", to);
        check("cosineRestarts", first);
        if (growth < 1) {
            throw new IllegalArgumentException("Schedule.cosineRestarts: growth is " + growth + "; give 1 or more");
        }
        return new Named("cosineRestarts(" + from + ", " + to + ", " + first + ", " + growth + ")", ENDLESS,
            step -> Curves.restarted(from, to, first, growth, step));
    }

    /// A polynomial: `to + (from − to)·(1 − step/steps)^power`; step `steps`, the first after its end, has exactly `to`.
    /// PyTorch's `PolynomialLR` with `to = 0` (5 steps, power 1 by default).
    static Schedule polynomial(double from, double to, int steps, double power) {
        check("polynomial", "from", from);
        check("polynomial", "to", to);
        check("polynomial", "power", power);
        check("polynomial", steps);
        return new Named("polynomial(" + from + ", " + to + ", " + steps + ", " + power + ")", steps,
            step -> step >= steps ? to : to + (from - to) * StrictMath.pow(1 - (double) step / steps, power));
    }

    /// A fall that slows down: `to + (from − to)·(1 − √(step/steps))`; step `steps`, the first after its end, has exactly `to`.
    /// As the last phase of [#wsd] it beats a line and a cosine (Hägele et al. 2024, arXiv:2405.18392, section 4.1).
    static Schedule minusSqrt(double from, double to, int steps) {
        check("minusSqrt", "from", from);
        check("minusSqrt", "to", to);
        check("minusSqrt", steps);
        return new Named("minusSqrt(" + from + ", " + to + ", " + steps + ")", steps,
            step -> step >= steps ? to : to + (from - to) * (1 - Math.sqrt((double) step / steps)));
    }

    /// A hyperbolic tangent: `to + (from − to)·(1 − tanh(lower + (upper − lower)·step/steps))/2`; step `steps`, the first after
    /// its end, has exactly `to`. Long near `from`, then steep (Hsueh et al. 2019, arXiv:1806.01593, eq. 2, where `lower` is −6
    /// and `upper` 3; timm's `TanhLRScheduler`).
    static Schedule tanh(double from, double to, int steps, double lower, double upper) {
        check("tanh", "from", from);
        check("tanh", "to", to);
        check("tanh", steps);
        if (!(lower < upper && Double.isFinite(lower) && Double.isFinite(upper))) {
            throw new IllegalArgumentException("Schedule.tanh: lower is " + lower + " and upper " + upper
                + "; give finite numbers, the lower one first");
        }
        return new Named("tanh(" + from + ", " + to + ", " + steps + ", " + lower + ", " + upper + ")", steps,
            step -> step >= steps ? to
                : to + (from - to) * (1 - StrictMath.tanh(Curves.line(lower, upper, (double) step / steps))) / 2);
    }

    /// Stairs: `rate·gamma^⌊step/every⌋`, without an end. PyTorch's `StepLR` (gamma 0.1 by default).
    static Schedule step(double rate, int every, double gamma) {
        check("step", "rate", rate);
        check("step", every);
        check("step", "gamma", gamma);
        return new Named("step(" + rate + ", " + every + ", " + gamma + ")", ENDLESS,
            step -> rate * StrictMath.pow(gamma, step / every));
    }

    /// Stairs at given steps: `rate·gamma^n`, where `n` counts the milestones up to `step`; one that is named twice counts twice.
    /// PyTorch's `MultiStepLR` (gamma 0.1 by default).
    static Schedule multiStep(double rate, double gamma, int... milestones) {
        check("multiStep", "rate", rate);
        check("multiStep", "gamma", gamma);
        var sorted = Arrays.stream(milestones).sorted().toArray();
        if (sorted.length > 0) check("multiStep", sorted[0]);
        return new Named("multiStep(" + rate + ", " + gamma + ", " + Arrays.toString(sorted) + ")", ENDLESS,
            step -> rate * StrictMath.pow(gamma, Arrays.stream(sorted).filter(m -> m <= step).count()));
    }

    /// `rate·gamma^step`, without an end. PyTorch's `ExponentialLR`.
    static Schedule exponential(double rate, double gamma) {
        check("exponential", "rate", rate);
        check("exponential", "gamma", gamma);
        return new Named("exponential(" + rate + ", " + gamma + ")", ENDLESS, step -> rate * StrictMath.pow(gamma, step));
    }

    /// `rate/√(1 + step/timescale)`, without an end: flat at first, then as 1/√step. After a warmup of `w` steps `timescale =
    /// w` makes it meet `rate·√(w/step)` (Raffel et al. 2020, arXiv:1910.10683, section 3.1.2, where `w` is 10,000).
    static Schedule inverseSqrt(double rate, int timescale) {
        check("inverseSqrt", "rate", rate);
        check("inverseSqrt", timescale);
        return new Named("inverseSqrt(" + rate + ", " + timescale + ")", ENDLESS,
            step -> rate / Math.sqrt(((double) step + timescale) / timescale));
    }

    /// The first transformer's: `width^−½·min(s^−½, s·warmup^−3/2)` with `s = step + 1`, without an end. It climbs in a line
    /// for `warmup` steps to `1/√(width·warmup)`, then falls as 1/√s; [#times] scales it (Vaswani et al. 2017,
    /// arXiv:1706.03762, eq. 3; Noam).
    static Schedule noam(int width, int warmup) {
        if (width < 1) throw new IllegalArgumentException("Schedule.noam: width is " + width + "; give 1 or more");
        check("noam", warmup);
        return new Named("noam(" + width + ", " + warmup + ")", ENDLESS, step -> {
            double s = step + 1.0;
            return Math.min(1 / Math.sqrt(s), s / (warmup * Math.sqrt(warmup))) / Math.sqrt(width);
        });
    }

    /// Warmup, stable, decay: [#warmup] to `rate`, `rate` for `stable` ≥ 1 steps, then [#minusSqrt] to 0. A run can go on from
    /// anywhere in its stable phase, so its length need not be known in advance (Hu et al. 2024, arXiv:2404.06395, section 4;
    /// the shape of the decay: Hägele et al. 2024, arXiv:2405.18392). Other shapes:
    /// `warmup(…).then(constant(…).lasting(n)).then(…)`.
    static Schedule wsd(double rate, int warmup, int stable, int decay) {
        var phases = warmup(warmup, rate).then(constant(rate).lasting(stable)).then(minusSqrt(rate, 0, decay));
        return new Named("wsd(" + rate + ", " + warmup + ", " + stable + ", " + decay + ")", phases.length(), phases);
    }

    /// The last phase of stochastic weight averaging: half a cosine from the rate reached to the one that the averaged run keeps.
    /// PyTorch's `SWALR` (10 steps by default; with `anneal_strategy="linear"` it is [#linear]) (Izmailov et al. 2018,
    /// arXiv:1803.05407, section 3.2).
    static Schedule swa(double from, double averaging, int steps) {
        return cosine(from, averaging, steps);
    }

    /// `rate·factor(step)`, without an end. PyTorch's `LambdaLR`.
    static Schedule lambda(double rate, IntToDoubleFunction factor) {
        check("lambda", "rate", rate);
        return new Named("lambda(" + rate + ")", ENDLESS, step -> rate * factor.applyAsDouble(step));
    }

    /// `rate·factor(1)·factor(2)·…·factor(step)`, without an end; computed from the start each time, so that it holds no state.
    /// PyTorch's `MultiplicativeLR`.
    static Schedule multiplicative(double rate, IntToDoubleFunction factor) {
        check("multiplicative", "rate", rate);
        return new Named("multiplicative(" + rate + ")", ENDLESS, step -> {
            double y = rate;
            for (int i = 1; i <= step; i++) y *= factor.applyAsDouble(i);
            return y;
        });
    }

    /// Schedules one after the other, each from its own step 0: the second begins at the first milestone, and so on, however
    /// long they are. PyTorch's `SequentialLR`.
    ///
    /// Throws [IllegalArgumentException] unless the milestones rise from 1 or more and are one fewer than the schedules.
    static Schedule sequence(List<? extends Schedule> parts, int... milestones) {
        boolean rising = IntStream.range(0, milestones.length).allMatch(i -> milestones[i] > (i == 0 ? 0 : milestones[i - 1]));
        if (parts.size() != milestones.length + 1 || !rising) {
            throw new IllegalArgumentException("Schedule.sequence: " + parts.size() + " schedules with milestones "
                + Arrays.toString(milestones) + "; give rising milestones, one fewer than schedules");
        }
        Schedule y = parts.getLast();
        for (int i = milestones.length - 1; i >= 0; i--) {
            y = parts.get(i).lasting(milestones[i] - (i == 0 ? 0 : milestones[i - 1])).then(y);
        }
        return y;
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

    /// This schedule until its end, then `next`, whose step 0 is the first after that end; [#sequence] for given steps.
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

    /// This schedule until its end, then `next` at the step reached, as if that had run from the beginning: a warmup laid over
    /// the first steps of another schedule, as timm does.
    ///
    /// Throws [IllegalStateException] if this schedule has no end.
    default Schedule thenInto(Schedule next) {
        int end = length();
        if (end == ENDLESS) {
            throw new IllegalStateException("Schedule.thenInto: " + this
                + " has no end, so the next would never begin; end it with lasting(steps)");
        }
        return new Named(this + ".thenInto(" + next + ")", Math.max(end, next.length()),
            step -> step < end ? at(step) : next.at(step));
    }

    /// This schedule with every rate multiplied by `factor` ≥ 0.
    default Schedule times(double factor) {
        check("times", "factor", factor);
        return new Named(this + ".times(" + factor + ")", length(), step -> factor * at(step));
    }

    /// The product of both, step by step, as long as this one. PyTorch's `ChainedScheduler`, where `factors` has the rate 1:
    /// `Schedule.exponential(0.1, 0.9).times(Schedule.linear(0.1, 1, 5))`.
    default Schedule times(Schedule factors) {
        return new Named(this + ".times(" + factors + ")", length(), step -> at(step) * factors.at(step));
    }

    private static void check(String schedule, String what, double value) {
        Curves.requireRate("Schedule." + schedule, what, value);
    }

    private static void check(String schedule, int steps) {
        if (steps < 1) throw new IllegalArgumentException("Schedule." + schedule + ": " + steps + " steps; give 1 or more");
    }
}
