package keel.nn.optim;

import java.util.List;
import keel.array.NdArray;
import keel.nn.layer.Parameters;

/// Steps scaled by running moments of the gradient: PyTorch's `Adam`, number for number.
///
/// ```
/// g ← g + weightDecay·p
/// m ← beta1·m + (1 − beta1)·g
/// v ← beta2·v + (1 − beta2)·g²
/// s ← amsgrad ? max(s, v) : v
/// p ← p − rate · m/(1 − beta1ᵗ) / (√(s/(1 − beta2ᵗ)) + eps)        t = 1, 2, … for each parameter by itself
/// ```
/// Kingma and Ba 2014, arXiv:1412.6980, algorithm 1. Its weight decay is scaled like the gradient and so hardly decays what
/// has large gradients; [AdamW] decays apart.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-3 by default
/// @param beta1       memory of the mean, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean square, 0 ≤ beta2 < 1, 0.999 by default
/// @param eps         added to the root, outside of it; ≥ 0, 1e-8 by default
/// @param weightDecay pull towards zero, added to the gradient (L2); ≥ 0, 0 by default
/// @param amsgrad     whether to divide by the largest mean square so far in place of the last
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Adam(
    double rate, double beta1, double beta2, double eps, double weightDecay, boolean amsgrad, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Adam {
        Check.notNegative("Adam", "rate", rate);
        Check.belowOne("Adam", "beta1", beta1);
        Check.belowOne("Adam", "beta2", beta2);
        Check.notNegative("Adam", "eps", eps);
        Check.notNegative("Adam", "weightDecay", weightDecay);
    }

    /// PyTorch's defaults: rate 1e-3, betas 0.9 and 0.999, eps 1e-8, nothing else.
    public static Adam defaults() {
        return new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, false);
    }

    /// With this rate.
    public Adam rate(double rate) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With these memories of the mean and of the mean square.
    public Adam betas(double beta1, double beta2) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With this `eps`.
    public Adam eps(double eps) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// With this weight decay.
    public Adam weightDecay(double weightDecay) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Divided by the largest mean square so far (Reddi, Kale and Kumar 2018, arXiv:1904.09237), or by the last.
    public Adam amsgrad(boolean amsgrad) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Adam maximize(boolean maximize) {
        return new Adam(rate, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Adam", rate, parameters, maximize, slots(amsgrad, eps), (p, g, memory, rate, step) ->
            step(p, g, memory, rate, beta1, beta2, eps, weightDecay, 0, step));
    }

    // Without AMSGrad the step itself forgets what has decayed.
    static List<Slot> slots(boolean amsgrad, double eps) {
        if (!amsgrad) return Slot.zeros("exp_avg", "exp_avg_sq");
        return List.of(Slot.zeros("exp_avg").fading(eps), Slot.zeros("exp_avg_sq").fading(eps), Slot.zeros("max_exp_avg_sq"));
    }

    /// The step of Adam and AdamW: one of both decays is 0.
    static void step(NdArray p, NdArray g, NdArray[] memory, double rate, double beta1, double beta2, double eps, double decay,
        double decoupled, int step) {
        if (memory.length == 2) {
            p.adamStepInPlace(g, memory[0], memory[1], rate, beta1, beta2, eps, decay, decoupled, step);
            return;
        }
        p.mulInPlace(1 - rate * decoupled);
        var h = Stepper.decayed(g, p, decay);
        memory[0].blendInPlace(beta1, 1 - beta1, h);
        Stepper.square(memory[1], beta2, h);
        memory[2].maximumInPlace(memory[1]);
        var root = memory[2].sqrt().mulInPlace(1 / Math.sqrt(Stepper.gathered(beta2, step))).addInPlace(eps);
        p.addDivInPlace(-rate / Stepper.gathered(beta1, step), memory[0], root);
    }
}
