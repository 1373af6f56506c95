package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// [SGD] that needs no schedule: [ScheduleFreeAdamW] without the denominator.
///
/// ```
/// y = (1 − momentum)·z + momentum·x                           the parameter while training
/// z ← z − rate·(g + weightDecay·y)
/// x ← (1 − c)·x + c·z                                         c = w/Σw, w = t^power·(largest rate so far)²
/// ```
/// Defazio et al. 2024, arXiv:2405.15682, eq. 3 to 5.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1 by default
/// @param momentum    share of the average in y, 0 < momentum < 1, 0.9 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param power       power of the step in the weights of the average; ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record ScheduleFreeSGD(double rate, double momentum, double weightDecay, double power, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public ScheduleFreeSGD {
        Check.notNegative("ScheduleFreeSGD", "rate", rate);
        Check.require(momentum > 0 && momentum < 1, "ScheduleFreeSGD", "momentum", momentum,
            "a number between 0 and 1");
        Check.notNegative("ScheduleFreeSGD", "weightDecay", weightDecay);
        Check.notNegative("ScheduleFreeSGD", "power", power);
    }

    /// The authors' defaults: rate 1, momentum 0.9, no weight decay.
    public static ScheduleFreeSGD defaults() {
        return new ScheduleFreeSGD(1, 0.9, 0, 0, false);
    }

    /// With this rate.
    public ScheduleFreeSGD rate(double rate) {
        return new ScheduleFreeSGD(rate, momentum, weightDecay, power, maximize);
    }

    /// With this momentum.
    public ScheduleFreeSGD momentum(double momentum) {
        return new ScheduleFreeSGD(rate, momentum, weightDecay, power, maximize);
    }

    /// With this weight decay.
    public ScheduleFreeSGD weightDecay(double weightDecay) {
        return new ScheduleFreeSGD(rate, momentum, weightDecay, power, maximize);
    }

    /// With this power of the step in the weights of the average.
    public ScheduleFreeSGD power(double power) {
        return new ScheduleFreeSGD(rate, momentum, weightDecay, power, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public ScheduleFreeSGD maximize(boolean maximize) {
        return new ScheduleFreeSGD(rate, momentum, weightDecay, power, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public ScheduleFree over(Parameters parameters) {
        var slots = List.of(Slot.copy("z"), Slot.scalar("weight_sum", 0), Slot.scalar("lr_max", 0));
        return new ScheduleFree("ScheduleFreeSGD", rate, parameters, maximize, slots, momentum, (p, g, memory, rate, step) ->
            ScheduleFree.move(p, Stepper.decayed(g, p, weightDecay), memory, rate, step, momentum, power));
    }
}
