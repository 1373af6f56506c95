package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// Steps scaled by running moments of the gradient: PyTorch's `Adam`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// p ← p − rate · m/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + eps)        t = 1, 2, … for each parameter by itself
/// ```
/// Kingma and Ba 2014, arXiv:1412.6980, algorithm 1. Its weight decay is scaled like the gradient and so hardly decays what has
/// large gradients; [AdamW] decays apart.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
public record Adam(double rate, double beta1, double beta2, double eps, double weightDecay) {
    static final List<String> REMEMBERED = List.of("exp_avg", "exp_avg_sq");

    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adam {
        check("Adam", rate, beta1, beta2, eps, weightDecay);
    }

    static void check(String name, double rate, double beta1, double beta2, double eps, double weightDecay) {
        Check.notNegative(name, "rate", rate);
        Check.belowOne(name, "beta1", beta1);
        Check.belowOne(name, "beta2", beta2);
        Check.notNegative(name, "eps", eps);
        Check.notNegative(name, "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-8, no weight decay.
    public static Adam defaults() {
        return new Adam(1e-3, 0.9, 0.999, 1e-8, 0);
    }

    /// With this rate.
    public Adam rate(double rate) {
        return new Adam(rate, beta1, beta2, eps, weightDecay);
    }

    /// With these memories of the mean and of the mean square.
    public Adam betas(double beta1, double beta2) {
        return new Adam(rate, beta1, beta2, eps, weightDecay);
    }

    /// With this `eps`.
    public Adam eps(double eps) {
        return new Adam(rate, beta1, beta2, eps, weightDecay);
    }

    /// With this weight decay.
    public Adam weightDecay(double weightDecay) {
        return new Adam(rate, beta1, beta2, eps, weightDecay);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adam", rate, parameters, REMEMBERED, (p, g, memory, rate, step) ->
            p.adamStepInPlace(g, memory[0], memory[1], rate, beta1, beta2, eps, weightDecay, 0, step));
    }
}
