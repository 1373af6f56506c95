package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [AdamW] with Nesterov's look-ahead at its plainest: the mean that moves the parameter is one step further than the one
/// kept. [NAdam] is another.
///
/// ```
/// p ← p·(1 − rate·weightDecay)
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// p ← p − rate · (beta1·m + (1 − beta1)·g)/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + eps)
/// ```
/// t = 1, 2, … for each parameter by itself. Dozat 2016, "Incorporating Nesterov Momentum into Adam", with decay as in
/// Loshchilov and Hutter 2017, arXiv:1711.05101.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0.01 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record NAdamW(double rate, double beta1, double beta2, double eps, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public NAdamW {
        Check.notNegative("NAdamW", "rate", rate);
        Check.belowOne("NAdamW", "beta1", beta1);
        Check.belowOne("NAdamW", "beta2", beta2);
        Check.notNegative("NAdamW", "eps", eps);
        Check.notNegative("NAdamW", "weightDecay", weightDecay);
    }

    /// timm's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-8, weight decay 0.01.
    public static NAdamW defaults() {
        return new NAdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, false);
    }

    /// With this rate.
    public NAdamW rate(double rate) {
        return new NAdamW(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public NAdamW betas(double beta1, double beta2) {
        return new NAdamW(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this `eps`.
    public NAdamW eps(double eps) {
        return new NAdamW(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this weight decay.
    public NAdamW weightDecay(double weightDecay) {
        return new NAdamW(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public NAdamW maximize(boolean maximize) {
        return new NAdamW(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("NAdamW", rate, parameters, maximize, Slot.means(eps, "exp_avg", "exp_avg_sq"),
            (p, g, memory, rate, step) -> {
                var m = memory[0];
                p.mulInPlace(1 - rate * weightDecay);
                m.blendInPlace(beta1, 1 - beta1, g);
                Stepper.square(memory[1], beta2, g);
                var ahead = m.copy().blendInPlace(beta1, 1 - beta1, g);
                var root = memory[1].sqrt().mulInPlace(1 / Math.sqrt(Stepper.gathered(beta2, step))).addInPlace(eps);
                p.addDivInPlace(-rate / Stepper.gathered(beta1, step), ahead, root);
            });
    }
}
