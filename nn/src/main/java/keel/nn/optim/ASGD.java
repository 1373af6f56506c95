package keel.nn.optim;

import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.layer.Parameters;

/// Stochastic gradient descent whose average over the late steps is the result: PyTorch's `ASGD`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// p ← p·(1 − lambda·η) − η·g                 η = rate at first, then rate/(1 + lambda·rate·t)^alpha after step t
/// a ← a + μ·(p − a)                          μ = 1 at first, then 1/max(1, t − start) after step t
/// ```
/// Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging". The average is in [Optimizer#state()] as
/// `ax`; [WeightAverage] averages the steps of any optimizer. Both numbers that change are kept in F64 for every type of
/// parameter.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-2 by default
/// @param lambda      decay of parameter and rate; ≥ 0, 1e-4 by default
/// @param alpha       power by which the rate falls; 0.75 by default
/// @param start       step from which on to average; 1e6 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record ASGD(double rate, double lambda, double alpha, double start, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public ASGD {
        Check.notNegative("ASGD", "rate", rate);
        Check.notNegative("ASGD", "lambda", lambda);
        Check.finite("ASGD", "alpha", alpha);
        Check.finite("ASGD", "start", start);
        Check.notNegative("ASGD", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-2, lambda 1e-4, alpha 0.75, averages from step 1e6 on, no weight decay.
    public static ASGD defaults() {
        return new ASGD(1e-2, 1e-4, 0.75, 1e6, 0, false);
    }

    /// With this rate.
    public ASGD rate(double rate) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// With this decay of parameter and rate.
    public ASGD lambda(double lambda) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// With this power by which the rate falls.
    public ASGD alpha(double alpha) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// Averaging from this step on.
    public ASGD start(double start) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// With this weight decay.
    public ASGD weightDecay(double weightDecay) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public ASGD maximize(boolean maximize) {
        return new ASGD(rate, lambda, alpha, start, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        var eta = new Slot("eta", (_, rate) -> NdArray.full(DType.F64, Shape.of(), rate));
        var slots = List.of(eta, Slot.scalar("mu", 1), Slot.zeros("ax"));
        return new Stepper("ASGD", rate, parameters, maximize, slots, (p, g, memory, rate, step) -> {
            double now = memory[0].item();
            double mu = memory[1].item();
            var h = Stepper.decayed(g, p, weightDecay);
            p.mulInPlace(1 - lambda * now).axpyInPlace(-now, h);
            if (mu == 1) memory[2].copyInPlace(p);
            else memory[2].axpyInPlace(mu, p.sub(memory[2]));
            memory[0].fillInPlace(rate / StrictMath.pow(1 + lambda * rate * step, alpha));
            memory[1].fillInPlace(1 / Math.max(1, step - start));
        });
    }
}
