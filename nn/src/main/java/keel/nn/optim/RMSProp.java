package keel.nn.optim;

import java.util.ArrayList;
import java.util.List;
import keel.nn.layer.Parameters;

/// Steps divided by the running size of the gradient: PyTorch's `RMSprop`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// v ← alpha·v + (1 − alpha)·g²
/// a ← alpha·a + (1 − alpha)·g                   (only if centered)
/// u ← g / (√(centered ? v − a² : v) + eps)
/// b ← momentum·b + u,  u ← b                    (only with momentum)
/// p ← p − rate·u
/// ```
/// Hinton, Srivastava and Swersky 2012, lecture 6e of "Neural Networks for Machine Learning"; centered: Graves 2013,
/// arXiv:1308.0850, eq. 38.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-2 by default
/// @param alpha       memory of the mean square, 0 ≤ alpha < 1, 0.99 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param momentum    share of the last direction that is kept; ≥ 0, 0 by default
/// @param centered    whether to divide by the standard deviation in place of the root mean square
/// @param maximize    whether to climb: the gradient counts with the other sign
public record RMSProp(
    double rate, double alpha, double eps, double weightDecay, double momentum, boolean centered, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public RMSProp {
        Check.notNegative("RMSProp", "rate", rate);
        Check.belowOne("RMSProp", "alpha", alpha);
        Check.notNegative("RMSProp", "eps", eps);
        Check.notNegative("RMSProp", "weightDecay", weightDecay);
        Check.notNegative("RMSProp", "momentum", momentum);
    }

    /// PyTorch's defaults: rate 1e-2, alpha 0.99, eps 1e-8 and nothing else.
    public static RMSProp defaults() {
        return new RMSProp(1e-2, 0.99, 1e-8, 0, 0, false, false);
    }

    /// With this rate.
    public RMSProp rate(double rate) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// With this memory of the mean square.
    public RMSProp alpha(double alpha) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// With this `eps`.
    public RMSProp eps(double eps) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// With this weight decay.
    public RMSProp weightDecay(double weightDecay) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// With this momentum.
    public RMSProp momentum(double momentum) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Divided by the standard deviation, or by the root mean square.
    public RMSProp centered(boolean centered) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public RMSProp maximize(boolean maximize) {
        return new RMSProp(rate, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = new ArrayList<>(List.of(Slot.zeros("square_avg")));
        if (centered) slots.add(Slot.zeros("grad_avg"));
        if (momentum > 0) slots.add(Slot.zeros("momentum_buffer"));
        return new Stepper("RMSProp", rate, parameters, maximize, slots, (p, g, memory, rate, _) -> {
            var a = centered ? memory[1] : null;
            var b = momentum > 0 ? memory[memory.length - 1] : null;
            p.rmspropStepInPlace(g, memory[0], a, b, rate, alpha, eps, weightDecay, momentum);
        });
    }
}
