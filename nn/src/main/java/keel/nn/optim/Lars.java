package keel.nn.optim;

import java.util.List;
import keel.array.NdArray;
import keel.nn.layer.Parameters;

/// [SGD] with a rate of its own for each parameter: in proportion to its norm over its gradient's. For convolutional nets and
/// very large batches.
///
/// ```
/// r = trust·‖p‖/(‖g‖ + weightDecay·‖p‖ + eps)      (1 where ‖p‖ or ‖g‖ is 0; at most 1·rate if clipped)
/// g ← r·(g + weightDecay·p)                          (only with weight decay, or if always adapted)
/// v ← momentum·v + (1 − dampening)·g                 (the first v is g)
/// p ← p − rate·(nesterov ? g + momentum·v : momentum > 0 ? v : g)
/// ```
/// You, Gitman and Ginsburg 2017, arXiv:1708.03888, algorithm 1; options and defaults are timm's, which leave parameters that
/// do not decay, such as biases, to plain SGD.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1 by default
/// @param momentum    share of the last direction that is kept; ≥ 0, 0 by default, 0.9 is usual
/// @param dampening   share of the gradient that does not enter the direction; 0 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param nesterov    whether the gradient is taken as if one step ahead; needs momentum > 0 and dampening 0
/// @param trust       step in units of the parameter; ≥ 0, 1e-3 by default
/// @param eps         added to the denominator; ≥ 0, 1e-8 by default
/// @param clipped     whether the rate of a parameter is that of SGD at most
/// @param always      whether to adapt without weight decay too
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Lars(
    double rate, double momentum, double dampening, double weightDecay, boolean nesterov, double trust, double eps,
    boolean clipped, boolean always, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Lars {
        Check.notNegative("Lars", "rate", rate);
        Check.notNegative("Lars", "momentum", momentum);
        Check.finite("Lars", "dampening", dampening);
        Check.notNegative("Lars", "weightDecay", weightDecay);
        Check.notNegative("Lars", "trust", trust);
        Check.notNegative("Lars", "eps", eps);
    }

    /// timm's defaults: rate 1, trust 1e-3, eps 1e-8 and nothing else.
    public static Lars defaults() {
        return new Lars(1, 0, 0, 0, false, 1e-3, 1e-8, false, false, false);
    }

    /// With this rate.
    public Lars rate(double rate) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With this momentum.
    public Lars momentum(double momentum) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With this dampening.
    public Lars dampening(double dampening) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With this weight decay.
    public Lars weightDecay(double weightDecay) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With or without Nesterov's look-ahead.
    public Lars nesterov(boolean nesterov) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With this step in units of the parameter.
    public Lars trust(double trust) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// With this `eps`.
    public Lars eps(double eps) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// The rate of a parameter at most that of SGD (LARC), or any.
    public Lars clipped(boolean clipped) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// Adapted without weight decay too, or only with it.
    public Lars always(boolean always) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Lars maximize(boolean maximize) {
        return new Lars(rate, momentum, dampening, weightDecay, nesterov, trust, eps, clipped, always, maximize);
    }

    /// The optimizer of these parameters.
    ///
    /// Throws [IllegalArgumentException] if there are none, or if `nesterov` has no momentum to look along.
    public Optimizer over(Parameters parameters) {
        SGD.requireMomentum("Lars", nesterov, momentum, dampening);
        var slots = momentum > 0 ? List.of(Slot.zeros("momentum_buffer")) : List.<Slot>of();
        return new Stepper("Lars", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            var h = always || weightDecay > 0 ? Stepper.decayed(g, p, weightDecay).mul(ratio(p, g, rate)) : g;
            var v = momentum > 0 ? memory[0] : null;
            p.sgdStepInPlace(h, v, rate, momentum, dampening, 0, nesterov, step == 1);
        });
    }

    private double ratio(NdArray p, NdArray g, double rate) {
        double size = p.norm();
        double slope = g.norm();
        double ratio = size > 0 && slope > 0 ? trust * size / (slope + weightDecay * size + eps) : 1;
        return clipped ? Math.min(ratio / rate, 1) : ratio;
    }
}
