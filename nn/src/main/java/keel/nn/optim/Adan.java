package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [AdamW] with Nesterov's look-ahead made of the difference between gradients, so that none has to be computed ahead.
///
/// ```
/// d = g − g'                                      (g' the gradient before; the first d is 0)
/// m ← beta1·m + (1 − beta1)·g
/// n ← beta2·n + (1 − beta2)·d
/// v ← beta3·v + (1 − beta3)·(g + beta2·d)²
/// u = (m/(1 − beta1ᵗ) + beta2·n/(1 − beta2ᵗ)) / (√(v/(1 − beta3ᵗ)) + eps)        t = 1, 2, … for each parameter by itself
/// p ← (p − rate·u)/(1 + rate·weightDecay)         (or p·(1 − rate·weightDecay) − rate·u, if the decay comes before)
/// ```
/// Xie et al. 2022, arXiv:2208.06677, algorithm 1, with its betas counted as memories: 1 less those of the paper.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.98 by default
/// @param beta2       memory of the difference, 0 ≤ beta2 < 1, 0.92 by default
/// @param beta3       memory of the mean square, 0 ≤ beta3 < 1, 0.99 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param before      whether the decay comes before the step, as in [AdamW]
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adan(
    double rate, double beta1, double beta2, double beta3, double eps, double weightDecay, boolean before,
    boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adan {
        Check.notNegative("Adan", "rate", rate);
        Check.belowOne("Adan", "beta1", beta1);
        Check.belowOne("Adan", "beta2", beta2);
        Check.belowOne("Adan", "beta3", beta3);
        Check.notNegative("Adan", "eps", eps);
        Check.notNegative("Adan", "weightDecay", weightDecay);
    }

    /// The paper's defaults: rate 1e-3, betas 0.98, 0.92 and 0.99, eps 1e-8, no weight decay.
    public static Adan defaults() {
        return new Adan(1e-3, 0.98, 0.92, 0.99, 1e-8, 0, false, false);
    }

    /// With this rate.
    public Adan rate(double rate) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// With these memories of the mean, of the difference and of the mean square.
    public Adan betas(double beta1, double beta2, double beta3) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// With this `eps`.
    public Adan eps(double eps) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// With this weight decay.
    public Adan weightDecay(double weightDecay) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// Decay before the step, as in [AdamW], or after it.
    public Adan before(boolean before) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adan maximize(boolean maximize) {
        return new Adan(rate, beta1, beta2, beta3, eps, weightDecay, before, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adan", rate, parameters, maximize,
            Slot.zeros("exp_avg", "exp_avg_diff", "exp_avg_sq", "pre_grad"), (p, g, memory, rate, step) ->
                p.adanStepInPlace(g, memory[3], memory[0], memory[1], memory[2], rate, beta1, beta2, beta3, eps,
                    before ? 1 - rate * weightDecay : 1, before ? 1 : 1 / (1 + rate * weightDecay), step));
    }
}
