package keel.nn.optim;

import java.util.List;
import keel.nn.layer.Parameters;

/// Steps of one size for every element: the sign of a running mean. It remembers half of what [AdamW] does; the usual rate is
/// a third to a tenth of AdamW's, the usual decay three to ten times.
///
/// ```
/// p ← p·(1 − rate·weightDecay)
/// p ← p − rate·sign(beta1·m + (1 − beta1)·g)
/// m ← beta2·m + (1 − beta2)·g
/// ```
/// Chen et al. 2023, arXiv:2302.06675, algorithm 2.
///
/// @param rate        used by [Optimizer#step(keel.autograd.Gradients)]; ≥ 0, 1e-4 by default
/// @param beta1       share of the mean in the direction, 0 ≤ beta1 < 1, 0.9 by default
/// @param beta2       memory of the mean, 0 ≤ beta2 < 1, 0.99 by default
/// @param weightDecay pull towards zero in each step, times the rate; ≥ 0, 0 by default
/// @param maximize    whether to climb: the gradient counts with the other sign
public record Lion(double rate, double beta1, double beta2, double weightDecay, boolean maximize) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Lion {
        Check.notNegative("Lion", "rate", rate);
        Check.belowOne("Lion", "beta1", beta1);
        Check.belowOne("Lion", "beta2", beta2);
        Check.notNegative("Lion", "weightDecay", weightDecay);
    }

    /// The paper's defaults: rate 1e-4, betas 0.9 and 0.99, no weight decay.
    public static Lion defaults() {
        return new Lion(1e-4, 0.9, 0.99, 0, false);
    }

    /// With this rate.
    public Lion rate(double rate) {
        return new Lion(rate, beta1, beta2, weightDecay, maximize);
    }

    /// With this share of the mean in the direction and this memory of it.
    public Lion betas(double beta1, double beta2) {
        return new Lion(rate, beta1, beta2, weightDecay, maximize);
    }

    /// With this weight decay.
    public Lion weightDecay(double weightDecay) {
        return new Lion(rate, beta1, beta2, weightDecay, maximize);
    }

    /// Uphill along the gradient, or downhill.
    public Lion maximize(boolean maximize) {
        return new Lion(rate, beta1, beta2, weightDecay, maximize);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new Stepper("Lion", rate, parameters, maximize, List.of(Slot.zeros("exp_avg")), (p, g, memory, rate, _) ->
            p.lionStepInPlace(g, memory[0], rate, beta1, beta2, weightDecay));
    }
}
