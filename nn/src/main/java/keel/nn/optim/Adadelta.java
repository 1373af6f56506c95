package keel.nn.optim;

import keel.nn.layer.Parameters;

/// Steps in units of the parameter: the gradient, divided by its own running size, times that of the steps so far. PyTorch's
/// `Adadelta`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// v ← rho·v + (1 − rho)·g²
/// u = √(a + eps)/√(v + eps)·g
/// a ← rho·a + (1 − rho)·u²
/// p ← p − rate·u
/// ```
/// Zeiler 2012, arXiv:1212.5701, algorithm 1, which has no rate.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1 by default
/// @param rho         memory of both mean squares, 0 ≤ rho < 1, 0.9 by default
/// @param eps         added inside of both roots; ≥ 0, 1e-6 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adadelta(double rate, double rho, double eps, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adadelta {
        Check.notNegative("Adadelta", "rate", rate);
        Check.belowOne("Adadelta", "rho", rho);
        Check.notNegative("Adadelta", "eps", eps);
        Check.notNegative("Adadelta", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1, rho 0.9, eps 1e-6, no weight decay.
    public static Adadelta defaults() {
        return new Adadelta(1, 0.9, 1e-6, 0, false);
    }

    /// With this rate.
    public Adadelta rate(double rate) {
        return new Adadelta(rate, rho, eps, weightDecay, maximize);
    }

    /// With this memory of both mean squares.
    public Adadelta rho(double rho) {
        return new Adadelta(rate, rho, eps, weightDecay, maximize);
    }

    /// With this `eps`.
    public Adadelta eps(double eps) {
        return new Adadelta(rate, rho, eps, weightDecay, maximize);
    }

    /// With this weight decay.
    public Adadelta weightDecay(double weightDecay) {
        return new Adadelta(rate, rho, eps, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adadelta maximize(boolean maximize) {
        return new Adadelta(rate, rho, eps, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adadelta", rate, parameters, maximize, Slot.means(eps, "square_avg", "acc_delta"),
            (p, g, memory, rate, _) -> {
                var h = Stepper.decayed(g, p, weightDecay);
                Stepper.square(memory[0], rho, h);
                var u = memory[1].add(eps).sqrtInPlace();
                u.divInPlace(memory[0].add(eps).sqrtInPlace()).mulInPlace(h);
                Stepper.square(memory[1], rho, u);
                p.axpyInPlace(-rate, u);
            });
    }
}
