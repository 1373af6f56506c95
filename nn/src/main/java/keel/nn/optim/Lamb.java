package keel.nn.optim;

import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.nn.layer.Parameters;

/// [AdamW] with a rate of its own for each parameter: in proportion to its norm over its update's. For transformers and very
/// large batches.
///
/// ```
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// u = m/(1 − beta1ᵗ) / (√(v/(1 − beta2ᵗ)) + eps) + weightDecay·p        t = 1, 2, … for each parameter by itself
/// r = ‖p‖/‖u‖                                                            (1 where either is 0; at most 1 if clipped)
/// p ← p − rate·r·u                                                       (r = 1 without weight decay, unless always adapted)
/// ```
/// You et al. 2019, arXiv:1904.00962, algorithm 2. Options are timm's, which bounds the common norm of all gradients by 1
/// unless told otherwise; the paper does not, and [keel.nn.clip.Clip#globalNorm] can.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-6 by default
/// @param weightDecay pull towards zero, added to the update; ≥ 0, 0.01 by default
/// @param largest     norm of all gradients above which they are scaled down to it; > 0, infinite by default
/// @param clipped     whether the rate of a parameter is that of AdamW at most
/// @param always      whether to adapt without weight decay too
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Lamb(
    double rate, double beta1, double beta2, double eps, double weightDecay, double largest, boolean clipped,
    boolean always, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Lamb {
        Check.notNegative("Lamb", "rate", rate);
        Check.belowOne("Lamb", "beta1", beta1);
        Check.belowOne("Lamb", "beta2", beta2);
        Check.notNegative("Lamb", "eps", eps);
        Check.notNegative("Lamb", "weightDecay", weightDecay);
        Check.require(largest > 0, "Lamb", "largest", largest, "a number above 0");
    }

    /// The paper's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-6, weight decay 0.01.
    public static Lamb defaults() {
        return new Lamb(1e-3, 0.9, 0.999, 1e-6, 0.01, Double.POSITIVE_INFINITY, false, false, false);
    }

    /// With this rate.
    public Lamb rate(double rate) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public Lamb betas(double beta1, double beta2) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// With this `eps`.
    public Lamb eps(double eps) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// With this weight decay.
    public Lamb weightDecay(double weightDecay) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// With this largest norm of all gradients.
    public Lamb largest(double largest) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// The rate of a parameter at most that of AdamW (LAMBC), or any.
    public Lamb clipped(boolean clipped) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// Adapted without weight decay too, or only with it.
    public Lamb always(boolean always) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Lamb maximize(boolean maximize) {
        return new Lamb(rate, beta1, beta2, eps, weightDecay, largest, clipped, always, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Lamb", rate, parameters, maximize, Slot.zeros("exp_avg", "exp_avg_sq"),
            (p, g, memory, rate, step) -> {
                var u = NdArray.zeros(p.dtype(), p.shape());
                u.adamStepInPlace(g, memory[0], memory[1], -1, beta1, beta2, eps, 0, 0, step); // Adam's step up from 0
                u.axpyInPlace(weightDecay, p);
                p.axpyInPlace(-rate * (always || weightDecay > 0 ? ratio(p, u) : 1), u);
            }) {
            @Override
            void update(Gradients gradients, double rate) {
                super.update(bounded(gradients, parameters), rate);
            }
        };
    }

    private Gradients bounded(Gradients gradients, Parameters parameters) {
        if (largest == Double.POSITIVE_INFINITY) return gradients;
        double norm = 0;
        for (var p : parameters) if (gradients.has(p.tensor())) norm = StrictMath.hypot(norm, gradients.of(p.tensor()).norm());
        double share = largest / norm;
        return share < 1 ? gradients.map((_, g) -> g.mul(share)) : gradients;
    }

    private double ratio(NdArray p, NdArray u) {
        double size = p.norm();
        double step = u.norm();
        double ratio = size > 0 && step > 0 ? size / step : 1;
        return clipped ? Math.min(ratio, 1) : ratio;
    }
}
