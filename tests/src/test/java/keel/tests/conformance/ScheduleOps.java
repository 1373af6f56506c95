package keel.tests.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.schedule.Cyclic;
import keel.nn.schedule.OneCycle;
import keel.nn.schedule.Plateau;
import keel.nn.schedule.Schedule;

/// Learning rates over 50 steps, for one or several parameter groups, and the momentum of the first.
final class ScheduleOps {
    private ScheduleOps() {}

    /// Makes a schedule of PyTorch's options for a group that starts at `base`.
    private interface Maker {
        Schedule of(Args kw, double base);
    }

    private static final List<String> TORCH = List.of("ConstantLR", "LinearLR", "StepLR", "MultiStepLR", "ExponentialLR",
        "PolynomialLR", "CosineAnnealingLR", "CosineAnnealingWarmRestarts", "LambdaLR", "MultiplicativeLR", "SequentialLR",
        "ChainedScheduler", "CyclicLR", "OneCycleLR");

    static void in(Table t) {
        for (var cls : TORCH) t.op("lr_schedule " + cls, a -> rates(a, (kw, base) -> torch(cls, kw, base)));
        t.op("lr_schedule ReduceLROnPlateau", ScheduleOps::plateau);
        for (var cls : List.of("constant_schedule", "constant_schedule_with_warmup", "linear_schedule_with_warmup",
            "cosine_schedule_with_warmup", "cosine_with_hard_restarts_schedule_with_warmup",
            "cosine_with_min_lr_schedule_with_warmup", "polynomial_decay_schedule_with_warmup", "inverse_sqrt_schedule",
            "wsd_schedule")) {
            t.op("lr_schedule transformers.get_" + cls, a -> rates(a, (kw, base) -> transformers(cls, kw, base)));
        }
        for (var cls : List.of("Step", "MultiStep", "Poly", "Cosine", "Tanh")) {
            t.op("lr_schedule timm." + cls + "LRScheduler", a -> ratesOnly(a, (kw, base) -> timm(cls, kw, base)));
        }
        t.op("lr_schedule timm.PlateauLRScheduler", ScheduleOps::timmPlateau);
    }

    private static Schedule torch(String cls, Args kw, double base) {
        return switch (cls) {
            case "ConstantLR" -> Schedule.constant(base, kw.number("factor", 1.0 / 3), kw.integer("total_iters", 5));
            case "LinearLR" -> Schedule.linear(base, kw.number("start_factor", 1.0 / 3), kw.number("end_factor", 1),
                kw.integer("total_iters", 5));
            case "StepLR" -> Schedule.step(base, kw.integer("step_size"), kw.number("gamma", 0.1));
            case "MultiStepLR" -> Schedule.multiStep(base, kw.number("gamma", 0.1), kw.integers("milestones"));
            case "ExponentialLR" -> Schedule.exponential(base, kw.number("gamma"));
            case "PolynomialLR" -> Schedule.polynomial(base, 0, kw.integer("total_iters", 5), kw.number("power", 1));
            case "CosineAnnealingLR" -> Schedule.cosineWave(base, kw.number("eta_min", 0), kw.integer("T_max"));
            case "CosineAnnealingWarmRestarts" -> Schedule.cosineRestarts(base, kw.number("eta_min", 0), kw.integer("T_0"),
                kw.integer("T_mult", 1));
            case "LambdaLR" -> Schedule.lambda(base, lambda(kw.text("lr_lambda")));
            case "MultiplicativeLR" -> Schedule.multiplicative(base, lambda(kw.text("lr_lambda")));
            case "SequentialLR" -> sequential(kw, base);
            case "ChainedScheduler" -> chained(kw, base);
            case "CyclicLR" -> cyclic(kw);
            case "OneCycleLR" -> oneCycle(kw);
            default -> throw new Unsupported("no schedule " + cls);
        };
    }

    // The functions that the cases name.
    private static IntToDoubleFunction lambda(String name) {
        return switch (name) {
            case "pow95" -> e -> StrictMath.pow(0.95, e);
            case "warmup10" -> e -> Math.min(1, (e + 1) / 10.0);
            case "noam10" -> e -> Math.min(1 / Math.sqrt(e + 1.0), (e + 1) * StrictMath.pow(10, -1.5));
            case "const99" -> _ -> 0.99;
            default -> throw new Unsupported("a function called " + name);
        };
    }

    private static List<Schedule> parts(Args kw, double base) {
        return ((List<?>) kw.raw("schedulers")).stream().map(part -> {
            var pair = (List<?>) part;
            var options = kw.nested((Map<?, ?>) pair.get(1));
            return torch((String) pair.get(0), options, base);
        }).toList();
    }

    private static Schedule sequential(Args kw, double base) {
        return Schedule.sequence(parts(kw, base), kw.integers("milestones"));
    }

    private static Schedule chained(Args kw, double base) {
        var factors = parts(kw, 1);
        var y = Schedule.constant(base);
        for (var factor : factors) y = y.times(factor);
        return y;
    }

    private static Cyclic cyclic(Args kw) {
        int up = kw.integer("step_size_up", 2000);
        var cyclic = Cyclic.of(kw.number("base_lr"), kw.number("max_lr"), up).down(kw.integer("step_size_down", up));
        return switch (kw.text("mode", "triangular")) {
            case "triangular" -> cyclic;
            case "triangular2" -> cyclic.halving();
            case "exp_range" -> cyclic.exponential(kw.number("gamma", 1));
            default -> throw new Unwritable("the shape is an enum");
        };
    }

    private static OneCycle oneCycle(Args kw) {
        int steps = kw.has("total_steps") ? kw.integer("total_steps") : kw.integer("epochs") * kw.integer("steps_per_epoch");
        var y = OneCycle.of(kw.number("max_lr"), steps).climb(kw.number("pct_start", 0.3))
            .divisors(kw.number("div_factor", 25), kw.number("final_div_factor", 1e4));
        if (kw.flag("three_phase", false)) y = y.inThreePhases();
        return switch (kw.text("anneal_strategy", "cos")) {
            case "cos" -> y;
            case "linear" -> y.linear();
            default -> throw new Unwritable("there are half cosines and linear()");
        };
    }

    private static Object rates(Args a, Maker maker) {
        var momentum = Schedule.constant(a.number("momentum", 0.9));
        var kw = a.inner("kw");
        var cls = a.text("cls");
        boolean cycles = cls.equals("CyclicLR") || cls.equals("OneCycleLR");
        if (cycles && kw.flag("cycle_momentum", true)) {
            momentum = cls.equals("CyclicLR")
                ? cyclic(kw).momentum(kw.number("base_momentum", 0.8), kw.number("max_momentum", 0.9))
                : oneCycle(kw).momentum(kw.number("base_momentum", 0.85), kw.number("max_momentum", 0.95));
        }
        int n = a.integer("steps") + 1;
        var m = new double[n];
        for (int step = 0; step < n; step++) m[step] = momentum.at(step);
        return List.of(table(a, maker, kw, n), NdArray.of(m));
    }

    private static Object ratesOnly(Args a, Maker maker) {
        a.text("cls");
        a.number("momentum", 0.9);
        return table(a, maker, a.inner("kw"), a.integer("steps") + 1);
    }

    private static NdArray table(Args a, Maker maker, Args kw, int n) {
        var bases = (List<?>) a.raw("base_lrs");
        var y = new double[n * bases.size()];
        for (int g = 0; g < bases.size(); g++) {
            var schedule = maker.of(kw, (Double) bases.get(g));
            for (int step = 0; step < n; step++) y[step * bases.size() + g] = schedule.at(step);
        }
        return NdArray.of(Shape.of(n, bases.size()), y);
    }

    private static Object plateau(Args a) {
        a.text("cls");
        var kw = a.inner("kw");
        var options = Plateau.defaults().factor(kw.number("factor", 0.1)).patience(kw.integer("patience", 10))
            .cooldown(kw.integer("cooldown", 0)).eps(kw.number("eps", 1e-8)).least(kw.number("min_lr", 0));
        if (oneOf(kw.text("mode", "min"), "min", "max").equals("max")) options = options.maximizing();
        double threshold = kw.number("threshold", 1e-4);
        options = oneOf(kw.text("threshold_mode", "rel"), "rel", "abs").equals("abs") ? options.absolute(threshold)
            : options.relative(threshold);
        var rates = observed(a, options);
        return List.of(rates, NdArray.full(a.dtype(), Shape.of(rates.extent(0)), a.number("momentum", 0.9)));
    }

    private static String oneOf(String given, String... words) {
        if (!List.of(words).contains(given)) throw new Unwritable(given + " has no method of this name");
        return given;
    }

    private static Object timmPlateau(Args a) {
        a.text("cls");
        a.number("momentum", 0.9);
        var kw = a.inner("kw");
        if (kw.integer("warmup_t", 0) > 0) throw new Unsupported("a warmup before a plateau");
        kw.number("warmup_lr_init", 0);
        var options = Plateau.defaults().factor(kw.number("decay_rate", 0.1)).patience(kw.integer("patience_t", 10))
            .relative(kw.number("threshold", 1e-4)).cooldown(kw.integer("cooldown_t", 0)).least(kw.number("lr_min", 0));
        return observed(a, oneOf(kw.text("mode", "max"), "min", "max").equals("max") ? options.maximizing() : options);
    }

    private static NdArray observed(Args a, Plateau options) {
        var metrics = (List<?>) a.raw("metrics");
        int n = a.integer("steps") + 1;
        var bases = (List<?>) a.raw("base_lrs");
        var y = new double[n * bases.size()];
        for (int g = 0; g < bases.size(); g++) {
            var rate = options.from((Double) bases.get(g));
            for (int step = 0; step < n; step++) {
                y[step * bases.size() + g] = step == 0 ? rate.rate() : rate.observe((Double) metrics.get(step - 1));
            }
        }
        return NdArray.of(Shape.of(n, bases.size()), y);
    }

    private static Schedule transformers(String cls, Args kw, double base) {
        int warmup = kw.integer("num_warmup_steps", 0);
        var climb = warmup == 0 ? null : Schedule.linear(0, base, warmup);
        Schedule rest;
        switch (cls) {
            case "constant_schedule", "constant_schedule_with_warmup" -> rest = Schedule.constant(base);
            case "linear_schedule_with_warmup" -> rest = Schedule.linear(base, 0, kw.integer("num_training_steps") - warmup);
            case "cosine_schedule_with_warmup" -> rest = Schedule.cosineWave(base, 0,
                whole((kw.integer("num_training_steps") - warmup) / (2 * kw.number("num_cycles", 0.5))));
            case "cosine_with_min_lr_schedule_with_warmup" -> rest = Schedule.cosineWave(base,
                kw.has("min_lr_rate") ? base * kw.number("min_lr_rate") : kw.number("min_lr"),
                whole((kw.integer("num_training_steps") - warmup) / (2 * kw.number("num_cycles", 0.5))));
            case "cosine_with_hard_restarts_schedule_with_warmup" -> {
                int steps = kw.integer("num_training_steps") - warmup;
                rest = Schedule.cosineRestarts(base, 0, whole(steps / (double) kw.integer("num_cycles", 1)), 1).lasting(steps)
                    .then(Schedule.constant(0));
            }
            case "polynomial_decay_schedule_with_warmup" -> rest = Schedule.polynomial(base, kw.number("lr_end", 1e-7),
                kw.integer("num_training_steps") - warmup, kw.number("power", 1));
            case "inverse_sqrt_schedule" ->
                rest = Schedule.inverseSqrt(base, kw.integer("timescale", warmup == 0 ? 10_000 : warmup));
            default -> {
                double least = base * kw.number("min_lr_ratio", 0);
                int decay = kw.integer("num_decay_steps");
                int stable = kw.has("num_stable_steps") ? kw.integer("num_stable_steps")
                    : kw.integer("num_training_steps") - warmup - decay;
                if (!kw.text("warmup_type", "linear").equals("linear")) throw new Unsupported("a warmup that is no line");
                if (warmup > 0) climb = Schedule.linear(least, base, warmup);
                rest = Schedule.constant(base).lasting(stable).then(switch (kw.text("decay_type", "cosine")) {
                    case "linear" -> Schedule.linear(base, least, decay);
                    case "1-sqrt" -> Schedule.minusSqrt(base, least, decay);
                    default -> Schedule.cosine(base, least, decay);
                });
            }
        }
        return climb == null ? rest : climb.then(rest);
    }

    // The half period of a cosine, where it is a number of steps.
    private static int whole(double steps) {
        if (steps != Math.rint(steps)) throw new Unsupported("a cosine of " + steps + " steps");
        return (int) steps;
    }

    private static Schedule timm(String cls, Args kw, double base) {
        int warmup = kw.integer("warmup_t", 0);
        boolean prefix = kw.flag("warmup_prefix", cls.endsWith("Step"));
        double least = kw.number("lr_min", 0);
        var rest = switch (cls) {
            case "Step" -> Schedule.step(base, kw.integer("decay_t"), kw.number("decay_rate", 1));
            // timm counts the step after
            case "MultiStep" -> Schedule.multiStep(base, kw.number("decay_rate", 1),
                Arrays.stream(kw.integers("decay_t")).map(m -> m - 1).toArray());
            case "Poly" -> Schedule.polynomial(base, least, kw.integer("t_initial"), kw.number("power", 0.5));
            case "Tanh" -> Schedule.tanh(base, least, kw.integer("t_initial"), kw.number("lb", -7), kw.number("ub", 3));
            default -> cosines(kw, base, least);
        };
        double start = kw.number("warmup_lr_init", 0);
        if (warmup == 0) return rest;
        var climb = Schedule.linear(start, base, warmup);
        return prefix ? climb.then(rest) : climb.thenInto(rest);
    }

    private static Schedule cosines(Args kw, double base, double least) {
        int first = kw.integer("t_initial");
        int cycles = kw.integer("cycle_limit", 1);
        if (cycles == 1) return Schedule.cosine(base, least, first);
        if (kw.number("cycle_decay", 1) != 1) throw new Unsupported("cosines that become lower");
        int growth = kw.integer("cycle_mul", 1);
        int steps = 0;
        for (int i = 0, length = first; i < cycles; i++, length *= growth) steps += length;
        return Schedule.cosineRestarts(base, least, first, growth).lasting(steps).then(Schedule.constant(least));
    }
}
