package keel.nn.optim;

import java.util.ArrayList;
import java.util.List;
import keel.array.NdArray;
import keel.nn.layer.Parameters;

/// [Adagrad] as dual averaging, with a cube root for the square root and momentum as an average of the points: made to do as
/// well as [SGD] on images and as [Adam] on text.
///
/// ```
/// λ = (rate + eps)·√t                         t = 1, 2, … for each parameter by itself
/// g ← g + weightDecay·p                       (or p ← p·(1 − rate·weightDecay), if decoupled)
/// v ← v + λ·g²
/// s ← s + λ·g
/// z = x₀ − s/(∛v + eps)                       (x₀ the parameter before the first step)
/// p ← momentum·p + (1 − momentum)·z
/// ```
/// Defazio and Jelassi 2021, arXiv:2101.11075, algorithm 1.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-2 by default
/// @param momentum    share of the last point that is kept; 0 ≤ momentum < 1, 0.9 by default
/// @param weightDecay pull towards zero, added to the gradient (L2) or, if decoupled, apart from it and times the rate; ≥ 0,
///    0 by default
/// @param eps         added to the cube root, outside of it, and to the rate; ≥ 0, 1e-6 by default
/// @param decoupled   whether the weight decay stays apart from the gradient
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Madgrad(
    double rate, double momentum, double weightDecay, double eps, boolean decoupled, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Madgrad {
        Check.notNegative("Madgrad", "rate", rate);
        Check.belowOne("Madgrad", "momentum", momentum);
        Check.notNegative("Madgrad", "weightDecay", weightDecay);
        Check.notNegative("Madgrad", "eps", eps);
    }

    /// The paper's defaults: rate 1e-2, momentum 0.9, eps 1e-6, no weight decay.
    public static Madgrad defaults() {
        return new Madgrad(1e-2, 0.9, 0, 1e-6, false, false);
    }

    /// With this rate.
    public Madgrad rate(double rate) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// With this momentum.
    public Madgrad momentum(double momentum) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// With this weight decay.
    public Madgrad weightDecay(double weightDecay) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// With this `eps`.
    public Madgrad eps(double eps) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// Weight decay apart from the gradient, as in [AdamW], or added to it.
    public Madgrad decoupled(boolean decoupled) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Madgrad maximize(boolean maximize) {
        return new Madgrad(rate, momentum, weightDecay, eps, decoupled, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = new ArrayList<>(Slot.zeros("grad_sum_sq", "s"));
        if (momentum > 0) slots.add(Slot.copy("x0"));
        return new Stepper("Madgrad", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            var v = memory[0];
            var s = memory[1];
            double weight = (rate + eps) * Math.sqrt(step);
            if (decoupled) p.mulInPlace(1 - rate * weightDecay);
            var h = Stepper.decayed(g, p, decoupled ? 0 : weightDecay);
            // without momentum the first point follows from the last one
            var z = momentum > 0 ? memory[2].copy() : p.copy().addDivInPlace(1, s, root(v));
            v.addMulInPlace(weight, h, h);
            s.axpyInPlace(weight, h);
            z.addDivInPlace(-1, s, root(v));
            p.blendInPlace(momentum, 1 - momentum, z);
        });
    }

    private NdArray root(NdArray v) {
        return v.pow(1.0 / 3).addInPlace(eps);
    }
}
