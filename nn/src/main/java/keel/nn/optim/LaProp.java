package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// [Adam] the other way around: the gradient is divided by its running size first and remembered then, so that a small beta2
/// does no harm.
///
/// ```
/// v ← beta2·v + (1 − beta2)·g²
/// m ← beta1·m + rate·(1 − beta1)·g/(√(v/(1 − beta2ᵗ)) + eps)        t = 1, 2, … for each parameter by itself
/// p ← p − m/c                                      c = what m has gathered of its weights, in units of the rate
/// p ← p·(1 − rate·weightDecay)
/// ```
/// Ziyin et al. 2020, arXiv:2002.04839, algorithm 1.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 4e-4 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-15 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record LaProp(double rate, double beta1, double beta2, double eps, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public LaProp {
        Check.notNegative("LaProp", "rate", rate);
        Check.belowOne("LaProp", "beta1", beta1);
        Check.belowOne("LaProp", "beta2", beta2);
        Check.notNegative("LaProp", "eps", eps);
        Check.notNegative("LaProp", "weightDecay", weightDecay);
    }

    /// The paper's defaults: rate 4e-4, betas 0.9 and 0.999, eps 1e-15, no weight decay.
    public static LaProp defaults() {
        return new LaProp(4e-4, 0.9, 0.999, 1e-15, 0, false);
    }

    /// With this rate.
    public LaProp rate(double rate) {
        return new LaProp(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public LaProp betas(double beta1, double beta2) {
        return new LaProp(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this `eps`.
    public LaProp eps(double eps) {
        return new LaProp(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this weight decay.
    public LaProp weightDecay(double weightDecay) {
        return new LaProp(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public LaProp maximize(boolean maximize) {
        return new LaProp(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = List.of(Slot.zeros("exp_avg").fading(eps), Slot.scalar("exp_avg_lr_1", 0), Slot.scalar("exp_avg_lr_2", 0),
            Slot.zeros("exp_avg_sq").fading(eps));
        return new Stepper("LaProp", rate, parameters, maximize, slots, (p, g, memory, rate, _) -> {
            var m = memory[0];
            var v = memory[3];
            double rates = memory[1].item() * beta1 + (1 - beta1) * rate;
            double gathered = memory[2].item() * beta2 + 1 - beta2;
            memory[1].fillInPlace(rates);
            memory[2].fillInPlace(gathered);
            Stepper.square(v, beta2, g);
            var root = v.mul(1 / gathered).sqrtInPlace().addInPlace(eps);
            m.mulInPlace(beta1).addDivInPlace(rate * (1 - beta1), g, root);
            p.axpyInPlace(rate == 0 ? -1 : -rate / rates, m);
            p.mulInPlace(1 - rate * weightDecay);
        });
    }
}
