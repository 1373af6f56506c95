package keel.nn.optim;

import keel.nn.layer.Parameters;

/// [Adam] whose denominator is that of the steps before, without the gradient it divides, so that it converges for every
/// beta2.
///
/// ```
/// g ← g + weightDecay·p                       (or p ← p·(1 − rate·weightDecay), if decoupled)
/// u = g/max(√v, eps), cut to ±(t − 1)^clip    (the first step, t = 1, only sets v to g²)
/// m ← beta1·m + (1 − beta1)·u
/// p ← p − rate·m
/// v ← beta2·v + (1 − beta2)·g²
/// ```
/// Taniguchi et al. 2024, arXiv:2411.02853, algorithm 2; the defaults are timm's.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.9999 by default
/// @param eps         least value of the root; ≥ 0, 1e-6 by default
/// @param clip        power of the step to which an element is cut; ≥ 0, 0.333 by default
/// @param weightDecay pull towards zero, added to the gradient (L2) or, if decoupled, apart from it and times the rate; ≥ 0,
///    0 by default
/// @param decoupled   whether the weight decay stays apart from the gradient
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adopt(
    double rate, double beta1, double beta2, double eps, double clip, double weightDecay, boolean decoupled,
    boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adopt {
        Check.notNegative("Adopt", "rate", rate);
        Check.belowOne("Adopt", "beta1", beta1);
        Check.belowOne("Adopt", "beta2", beta2);
        Check.notNegative("Adopt", "eps", eps);
        Check.notNegative("Adopt", "clip", clip);
        Check.notNegative("Adopt", "weightDecay", weightDecay);
    }

    /// timm's defaults: rate 1e-3, betas 0.9 and 0.9999, eps 1e-6, clip 0.333, no weight decay.
    public static Adopt defaults() {
        return new Adopt(1e-3, 0.9, 0.9999, 1e-6, 0.333, 0, false, false);
    }

    /// With this rate.
    public Adopt rate(double rate) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public Adopt betas(double beta1, double beta2) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// With this `eps`.
    public Adopt eps(double eps) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// With this power of the step to which an element is cut.
    public Adopt clip(double clip) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// With this weight decay.
    public Adopt weightDecay(double weightDecay) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// Weight decay apart from the gradient, as in [AdamW], or added to it.
    public Adopt decoupled(boolean decoupled) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adopt maximize(boolean maximize) {
        return new Adopt(rate, beta1, beta2, eps, clip, weightDecay, decoupled, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adopt", rate, parameters, maximize, Slot.means(eps, "exp_avg", "exp_avg_sq"),
            (p, g, memory, rate, step) -> {
                var m = memory[0];
                var v = memory[1];
                var h = Stepper.decayed(g, p, decoupled ? 0 : weightDecay);
                if (step == 1) {
                    v.addMulInPlace(1, h, h);
                    return;
                }
                if (decoupled) p.mulInPlace(1 - rate * weightDecay);
                double limit = StrictMath.pow(step - 1, clip);
                var root = v.sqrt().clampInPlace(eps, Double.POSITIVE_INFINITY);
                m.blendInPlace(beta1, 1 - beta1, h.div(root).clampInPlace(-limit, limit));
                p.axpyInPlace(-rate, m);
                Stepper.square(v, beta2, h);
            });
    }
}
