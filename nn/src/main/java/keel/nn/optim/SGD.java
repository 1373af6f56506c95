package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// Stochastic gradient descent, with momentum and Nesterov's look-ahead: PyTorch's `SGD`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// v ← momentum·v + (1 − dampening)·g        (the first v is g)
/// p ← p − rate·(nesterov ? g + momentum·v : momentum > 0 ? v : g)
/// ```
/// Sutskever et al. 2013, "On the importance of initialization and momentum in deep learning".
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param momentum    share of the last direction that is kept; ≥ 0, 0 by default, 0.9 is usual
/// @param dampening   share of the gradient that does not enter the direction; 0 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param nesterov    whether the gradient is taken as if one step ahead; needs momentum > 0 and dampening 0
/// @param maximize    whether to climb: the gradient counts with the other sign
public record SGD(
    double rate, double momentum, double dampening, double weightDecay, boolean nesterov, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public SGD {
        Check.notNegative("SGD", "rate", rate);
        Check.notNegative("SGD", "momentum", momentum);
        Check.finite("SGD", "dampening", dampening);
        Check.notNegative("SGD", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-3 and nothing else.
    public static SGD defaults() {
        return new SGD(1e-3, 0, 0, 0, false, false);
    }

    /// With this rate.
    public SGD rate(double rate) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// With this momentum.
    public SGD momentum(double momentum) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// With this dampening.
    public SGD dampening(double dampening) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// With this weight decay.
    public SGD weightDecay(double weightDecay) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// With or without Nesterov's look-ahead.
    public SGD nesterov(boolean nesterov) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public SGD maximize(boolean maximize) {
        return new SGD(rate, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// The optimizer of these parameters.
    ///
    /// Throws [IllegalArgumentException] if there are none, or if `nesterov` has no momentum to look along.
    public Optimizer over(Parameters parameters) {
        requireMomentum("SGD", nesterov, momentum, dampening);
        var slots = momentum > 0 ? List.of(Slot.zeros("momentum_buffer")) : List.<Slot>of();
        return new Stepper("SGD", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            var v = momentum > 0 ? memory[0] : null;
            p.sgdStepInPlace(g, v, rate, momentum, dampening, weightDecay, nesterov, step == 1);
        });
    }

    // Checked where parameters are given and not before, so that the withers may come in any order.
    static void requireMomentum(String name, boolean nesterov, double momentum, double dampening) {
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException(name + ": nesterov with momentum " + momentum + " and dampening " + dampening
                + "; it needs a momentum above 0 and no dampening");
        }
    }
}
