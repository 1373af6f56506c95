package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// [Adam] with Nesterov's look-ahead and a momentum that grows: PyTorch's `NAdam`, number for number.
///
/// ```
/// g ← g + weightDecay·p                                    (or p ← p·(1 − rate·weightDecay), if decoupled)
/// μₜ = beta1·(1 − ½·0.96^(t·momentumDecay)),  Mₜ = μ₁·μ₂·…·μₜ
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// d = √(v/(1 − beta2ᵗ)) + eps
/// p ← p − rate·(1 − μₜ)/(1 − Mₜ) · g/d − rate·μₜ₊₁/(1 − Mₜ₊₁) · m/d        t = 1, 2, … for each parameter by itself
/// ```
/// Dozat 2016, "Incorporating Nesterov Momentum into Adam". The product of the μ is kept in F64 for every type of parameter;
/// PyTorch's is F32 even for parameters of F64.
///
/// @param rate          used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 2e-3 by default
/// @param beta1         memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2         memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps           added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay   pull towards zero, added to the gradient (L2) or, if decoupled, apart from it and times the rate; ≥
///    0, 0 by default
/// @param momentumDecay how fast the momentum grows towards beta1; ≥ 0, 4e-3 by default
/// @param decoupled     whether the weight decay stays apart from the gradient
/// @param maximize      whether to climb: the gradient counts with the other sign
public record NAdam(
    double rate, double beta1, double beta2, double eps, double weightDecay, double momentumDecay, boolean decoupled,
    boolean maximize) {
    private static final double MOMENTUM_BASE = 0.96;

    /// Throws [IllegalArgumentException] if an option is out of its range.
    public NAdam {
        Check.notNegative("NAdam", "rate", rate);
        Check.belowOne("NAdam", "beta1", beta1);
        Check.belowOne("NAdam", "beta2", beta2);
        Check.notNegative("NAdam", "eps", eps);
        Check.notNegative("NAdam", "weightDecay", weightDecay);
        Check.notNegative("NAdam", "momentumDecay", momentumDecay);
    }

    /// PyTorch's defaults: rate 2e-3, betas 0.9 and 0.999, eps 1e-8, momentum decay 4e-3, no weight decay.
    public static NAdam defaults() {
        return new NAdam(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false);
    }

    /// With this rate.
    public NAdam rate(double rate) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public NAdam betas(double beta1, double beta2) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// With this `eps`.
    public NAdam eps(double eps) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// With this weight decay.
    public NAdam weightDecay(double weightDecay) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// With this growth of the momentum.
    public NAdam momentumDecay(double momentumDecay) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// Weight decay apart from the gradient, as in [AdamW], or added to it.
    public NAdam decoupled(boolean decoupled) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public NAdam maximize(boolean maximize) {
        return new NAdam(rate, beta1, beta2, eps, weightDecay, momentumDecay, decoupled, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = List.of(Slot.scalar("mu_product", 1), Slot.zeros("exp_avg").fading(eps),
                Slot.zeros("exp_avg_sq").fading(eps));
        return new Stepper("NAdam", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            var m = memory[1];
            var v = memory[2];
            if (decoupled) p.mulInPlace(1 - rate * weightDecay);
            var h = Stepper.decayed(g, p, decoupled ? 0 : weightDecay);
            double mu = mu(step);
            double next = mu(step + 1);
            double product = memory[0].mulInPlace(mu).item();
            m.blendInPlace(beta1, 1 - beta1, h);
            Stepper.square(v, beta2, h);
            var d = v.mul(1 / Stepper.gathered(beta2, step)).sqrtInPlace().addInPlace(eps);
            p.addDivInPlace(-rate * (1 - mu) / (1 - product), h, d);
            p.addDivInPlace(-rate * next / (1 - product * next), m, d);
        });
    }

    private double mu(int step) {
        return beta1 * (1 - 0.5 * StrictMath.pow(MOMENTUM_BASE, step * momentumDecay));
    }
}
