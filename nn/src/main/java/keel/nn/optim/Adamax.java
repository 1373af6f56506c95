package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [Adam] with the largest gradient so far, fading, in place of the root mean square: PyTorch's `Adamax`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// m ← beta1·m + (1 − beta1)·g
/// u ← max(beta2·u, |g| + eps)
/// p ← p − rate · m/(1 − beta1ᵗ) / u        t = 1, 2, … for each parameter by itself
/// ```
/// Kingma and Ba 2014, arXiv:1412.6980, algorithm 2.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 2e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the largest gradient, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the size of the gradient; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adamax(double rate, double beta1, double beta2, double eps, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adamax {
        Check.notNegative("Adamax", "rate", rate);
        Check.belowOne("Adamax", "beta1", beta1);
        Check.belowOne("Adamax", "beta2", beta2);
        Check.notNegative("Adamax", "eps", eps);
        Check.notNegative("Adamax", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 2e-3, betas 0.9 and 0.999, eps 1e-8, no weight decay.
    public static Adamax defaults() {
        return new Adamax(2e-3, 0.9, 0.999, 1e-8, 0, false);
    }

    /// With this rate.
    public Adamax rate(double rate) {
        return new Adamax(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With these memories of the mean and of the largest gradient.
    public Adamax betas(double beta1, double beta2) {
        return new Adamax(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this `eps`.
    public Adamax eps(double eps) {
        return new Adamax(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// With this weight decay.
    public Adamax weightDecay(double weightDecay) {
        return new Adamax(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adamax maximize(boolean maximize) {
        return new Adamax(rate, beta1, beta2, eps, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adamax", rate, parameters, maximize, Slot.means(eps, "exp_avg", "exp_inf"),
            (p, g, memory, rate, step) -> {
                var m = memory[0];
                var u = memory[1];
                var h = Stepper.decayed(g, p, weightDecay);
                m.blendInPlace(beta1, 1 - beta1, h);
                u.mulInPlace(beta2).maximumInPlace(h.abs().addInPlace(eps));
                p.addDivInPlace(-rate / Stepper.gathered(beta1, step), m, u);
            });
    }
}
