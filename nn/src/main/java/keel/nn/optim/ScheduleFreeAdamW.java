package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// [AdamW] that needs no schedule, nor to know when it will end: gradients are taken between a fast point and the average of
/// its path, and the average is the result.
///
/// ```
/// y = (1 − beta1)·z + beta1·x                                 the parameter while training
/// v ← beta2·v + (1 − beta2)·g²
/// u = g/(√(v/(1 − beta2ᵗ)) + eps) + weightDecay·y             t = 1, 2, … for each parameter by itself
/// z ← z − rate·u
/// x ← (1 − c)·x + c·z                                         c = w/Σw, w = t^power·(largest rate so far)²
/// ```
/// z is remembered, x follows from y and z: [ScheduleFree#applied] puts it into the model. Give a constant rate after a linear
/// warmup. Defazio et al. 2024, arXiv:2405.15682, section 4.3.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 2.5e-3 by default
/// @param beta1       share of the average in y, 0 < beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param power       power of the step in the weights of the average; ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record ScheduleFreeAdamW(
    double rate, double beta1, double beta2, double eps, double weightDecay, double power, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public ScheduleFreeAdamW {
        Check.notNegative("ScheduleFreeAdamW", "rate", rate);
        Check.require(beta1 > 0 && beta1 < 1, "ScheduleFreeAdamW", "beta1", beta1, "a number between 0 and 1");
        Check.belowOne("ScheduleFreeAdamW", "beta2", beta2);
        Check.notNegative("ScheduleFreeAdamW", "eps", eps);
        Check.notNegative("ScheduleFreeAdamW", "weightDecay", weightDecay);
        Check.notNegative("ScheduleFreeAdamW", "power", power);
    }

    /// The authors' defaults: rate 2.5e-3, betas 0.9 and 0.999, eps 1e-8, no weight decay.
    public static ScheduleFreeAdamW defaults() {
        return new ScheduleFreeAdamW(2.5e-3, 0.9, 0.999, 1e-8, 0, 0, false);
    }

    /// With this rate.
    public ScheduleFreeAdamW rate(double rate) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// With this share of the average and this memory of the mean square.
    public ScheduleFreeAdamW betas(double beta1, double beta2) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// With this `eps`.
    public ScheduleFreeAdamW eps(double eps) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// With this weight decay.
    public ScheduleFreeAdamW weightDecay(double weightDecay) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// With this power of the step in the weights of the average.
    public ScheduleFreeAdamW power(double power) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public ScheduleFreeAdamW maximize(boolean maximize) {
        return new ScheduleFreeAdamW(rate, beta1, beta2, eps, weightDecay, power, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public ScheduleFree over(Parameters parameters) {
        var slots = List.of(Slot.copy("z"), Slot.scalar("weight_sum", 0), Slot.scalar("lr_max", 0),
            Slot.zeros("exp_avg_sq").fading(eps));
        return new ScheduleFree("ScheduleFreeAdamW", rate, parameters, maximize, slots, beta1, (p, g, memory, rate, step) -> {
            Stepper.square(memory[3], beta2, g);
            var root = memory[3].mul(1 / Stepper.gathered(beta2, step)).sqrtInPlace().addInPlace(eps);
            var u = root.rdiv(1).mulInPlace(g).axpyInPlace(weightDecay, p);
            ScheduleFree.move(p, u, memory, rate, step, beta1, power);
        });
    }
}
