package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [AdamW] that finds its rate by itself: it estimates from below how far the solution is, and steps in proportion. Leave the
/// rate at 1, or let a schedule take it from 1 down.
///
/// ```
/// r ← √beta2·r + d²·rate·⟨g, p₀ − p⟩/d₀,   s ← √beta2·s + d²·rate·g/d₀      (p₀ the parameters before the first step)
/// m ← beta1·m + (1 − beta1)·d·g
/// v ← beta2·v + (1 − beta2)·d²·g²
/// d ← max(d, coefficient·r/‖s‖₁)                                             one for all parameters; d₀ at first
/// p ← p·(1 − d'·rate·weightDecay) − d'·rate·m/(√v + d·eps)                   d' the d before
/// ```
/// Mishchenko and Defazio 2023, arXiv:2306.06101, algorithm 4.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param corrected   whether the rate is corrected for the moments' start at 0, as in [Adam]
/// @param d0          first estimate of the distance; > 0, 1e-6 by default
/// @param coefficient factor of the estimate; ≥ 0, 1 by default
/// @param growth      largest factor by which the estimate grows in a step; ≥ 1, infinite by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Prodigy(
    double rate, double beta1, double beta2, double eps, double weightDecay, boolean corrected, double d0,
    double coefficient, double growth, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Prodigy {
        Check.notNegative("Prodigy", "rate", rate);
        Check.belowOne("Prodigy", "beta1", beta1);
        Check.belowOne("Prodigy", "beta2", beta2);
        Check.notNegative("Prodigy", "eps", eps);
        Check.notNegative("Prodigy", "weightDecay", weightDecay);
        Check.positive("Prodigy", "d0", d0);
        Check.notNegative("Prodigy", "coefficient", coefficient);
        Check.require(growth >= 1, "Prodigy", "growth", growth, "a number of 1 or more");
    }

    /// The authors' defaults: rate 1, betas 0.9 and 0.999, eps 1e-8, d0 1e-6, no weight decay.
    public static Prodigy defaults() {
        return new Prodigy(1, 0.9, 0.999, 1e-8, 0, false, 1e-6, 1, Double.POSITIVE_INFINITY, false);
    }

    /// With this rate.
    public Prodigy rate(double rate) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public Prodigy betas(double beta1, double beta2) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With this `eps`.
    public Prodigy eps(double eps) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With this weight decay.
    public Prodigy weightDecay(double weightDecay) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// Corrected for the moments' start at 0, as [Adam] is, or not.
    public Prodigy corrected(boolean corrected) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With this first estimate of the distance.
    public Prodigy d0(double d0) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With this factor of the estimate.
    public Prodigy coefficient(double coefficient) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// With this largest growth of the estimate in a step.
    public Prodigy growth(double growth) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Prodigy maximize(boolean maximize) {
        return new Prodigy(rate, beta1, beta2, eps, weightDecay, corrected, d0, coefficient, growth, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Distance(this, parameters);
    }
}
