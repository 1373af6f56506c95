package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [Adam] with weight decay apart from the gradient: PyTorch's `AdamW`, number for number. The usual choice for deep stacks.
///
/// ```
/// p ← p·(1 − rate·weightDecay)
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// s ← amsgrad ? max(s, v) : v
/// p ← p − rate · m/(1 − beta1ᵗ) / (√(s/(1 − beta2ᵗ)) + eps)        t = 1, 2, … for each parameter by itself
/// ```
/// Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0.01 by default
/// @param amsgrad     whether to divide by the largest mean square so far in place of the last
/// @param maximize    whether to climb: the gradient counts with the other sign
public record AdamW(
    double rate, double beta1, double beta2, double eps, double weightDecay, boolean amsgrad, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public AdamW {
        Check.notNegative("AdamW", "rate", rate);
        Check.belowOne("AdamW", "beta1", beta1);
        Check.belowOne("AdamW", "beta2", beta2);
        Check.notNegative("AdamW", "eps", eps);
        Check.notNegative("AdamW", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-8, weight decay 0.01.
    public static AdamW defaults() {
        return new AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01, false, false);
    }

    /// With this rate.
    public AdamW rate(double rate) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public AdamW betas(double beta1, double beta2) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With this `eps`.
    public AdamW eps(double eps) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With this weight decay.
    public AdamW weightDecay(double weightDecay) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Divided by the largest mean square so far (Reddi, Kale and Kumar 2018, arXiv:1904.09237), or by the last.
    public AdamW amsgrad(boolean amsgrad) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public AdamW maximize(boolean maximize) {
        return new AdamW(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("AdamW", rate, parameters, maximize, Adam.slots(amsgrad, eps), (p, g, memory, rate, step) ->
            Adam.step(p, g, memory, rate, beta1, beta2, eps, 0, weightDecay, step));
    }
}
