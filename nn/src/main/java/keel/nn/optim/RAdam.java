package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [Adam] that steps without its denominator until enough gradients were seen to trust it, a warmup of its own: PyTorch's
/// `RAdam`, number for number.
///
/// ```
/// g ← g + weightDecay·p                                    (or p ← p·(1 − rate·weightDecay), if decoupled)
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// ρ∞ = 2/(1 − beta2) − 1,  ρ = ρ∞ − 2t·beta2ᵗ/(1 − beta2ᵗ)        t = 1, 2, … for each parameter by itself
/// r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ))
/// p ← p − rate · m/(1 − beta1ᵗ) · (ρ > 5 ? r·√(1 − beta2ᵗ)/(√v + eps) : 1)
/// ```
/// Liu et al. 2019, arXiv:1908.03265, algorithm 2.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero, added to the gradient (L2) or, if decoupled, apart from it and times the rate; ≥ 0,
///    0 by default
/// @param decoupled   whether the weight decay stays apart from the gradient
/// @param maximize    whether to climb: the gradient counts with the other sign
public record RAdam(
    double rate, double beta1, double beta2, double eps, double weightDecay, boolean decoupled, boolean maximize) {
    /// Below this length of memory the variance of the denominator is not finite.
    private static final double ENOUGH = 5;

    /// Throws [IllegalArgumentException] if an option is out of its range.
    public RAdam {
        Check.notNegative("RAdam", "rate", rate);
        Check.belowOne("RAdam", "beta1", beta1);
        Check.belowOne("RAdam", "beta2", beta2);
        Check.notNegative("RAdam", "eps", eps);
        Check.notNegative("RAdam", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-8, no weight decay.
    public static RAdam defaults() {
        return new RAdam(1e-3, 0.9, 0.999, 1e-8, 0, false, false);
    }

    /// With this rate.
    public RAdam rate(double rate) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public RAdam betas(double beta1, double beta2) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// With this `eps`.
    public RAdam eps(double eps) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// With this weight decay.
    public RAdam weightDecay(double weightDecay) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// Weight decay apart from the gradient, as in [AdamW], or added to it.
    public RAdam decoupled(boolean decoupled) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public RAdam maximize(boolean maximize) {
        return new RAdam(rate, beta1, beta2, eps, weightDecay, decoupled, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("RAdam", rate, parameters, maximize, Slot.means(eps, "exp_avg", "exp_avg_sq"),
            (p, g, memory, rate, step) -> {
                var m = memory[0];
                var v = memory[1];
                if (decoupled) p.mulInPlace(1 - rate * weightDecay);
                var h = Stepper.decayed(g, p, decoupled ? 0 : weightDecay);
                m.blendInPlace(beta1, 1 - beta1, h);
                Stepper.square(v, beta2, h);
                double size = -rate / Stepper.gathered(beta1, step);
                double trust = trust(step);
                if (trust == 0) p.axpyInPlace(size, m);
                else p.addDivInPlace(size * trust, m, v.sqrt().addInPlace(eps));
            });
    }

    // r·√(1 − beta2ᵗ), or 0 while the denominator is not to be trusted.
    private double trust(int step) {
        double gathered = Stepper.gathered(beta2, step);
        double most = 2 / (1 - beta2) - 1;
        double length = most - 2 * step * StrictMath.pow(beta2, step) / gathered;
        if (length <= ENOUGH) return 0;
        return Math.sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length)) * Math.sqrt(gathered);
    }
}
