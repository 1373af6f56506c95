package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// Steps divided by the root of all squared gradients so far: PyTorch's `Adagrad`, number for number. For rare features, whose
/// steps stay large; in deep nets the steps end up too small.
///
/// ```
/// g ← g + weightDecay·p
/// s ← s + g²                                               (starts at `initial`)
/// p ← p − rate/(1 + (t − 1)·rateDecay) · g/(√s + eps)      t = 1, 2, … for each parameter by itself
/// ```
/// Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization".
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-2 by default
/// @param rateDecay   how the rate falls with the steps; ≥ 0, 0 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param initial     first sum of squares; ≥ 0, 0 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-10 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adagrad(
    double rate, double rateDecay, double weightDecay, double initial, double eps, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adagrad {
        Check.notNegative("Adagrad", "rate", rate);
        Check.notNegative("Adagrad", "rateDecay", rateDecay);
        Check.notNegative("Adagrad", "weightDecay", weightDecay);
        Check.notNegative("Adagrad", "initial", initial);
        Check.notNegative("Adagrad", "eps", eps);
    }

    /// PyTorch's defaults: rate 1e-2, eps 1e-10 and nothing else.
    public static Adagrad defaults() {
        return new Adagrad(1e-2, 0, 0, 0, 1e-10, false);
    }

    /// With this rate.
    public Adagrad rate(double rate) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// With this fall of the rate.
    public Adagrad rateDecay(double rateDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// With this weight decay.
    public Adagrad weightDecay(double weightDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// With this first sum of squares.
    public Adagrad initial(double initial) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// With this `eps`.
    public Adagrad eps(double eps) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adagrad maximize(boolean maximize) {
        return new Adagrad(rate, rateDecay, weightDecay, initial, eps, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var slots = List.of(Slot.full("sum", initial));
        return new Stepper("Adagrad", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            var h = Stepper.decayed(g, p, weightDecay);
            memory[0].addMulInPlace(1, h, h);
            p.addDivInPlace(-rate / (1 + (step - 1) * rateDecay), h, memory[0].sqrt().addInPlace(eps));
        });
    }
}
