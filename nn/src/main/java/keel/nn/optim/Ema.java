package keel.nn.optim;

import keel.nn.layer.Parameters;

/// Exponential moving average of the parameters, to evaluate with: PyTorch's `AveragedModel` with `get_ema_multi_avg_fn`,
/// number for number. The average is less noisy than any one step.
///
/// ```
/// a ← p                          at the first update
/// a ← d·a + (1 − d)·p            at update t = 1, 2, … after it
/// ```
/// d is the decay; warmed up it is min(decay, (1 + t)/(10 + t)), so that the start is soon forgotten; corrected it is decay·(1
/// − decayᵗ)/(1 − decayᵗ⁺¹), which gives every update the weight it would have without a start (Kingma and Ba 2014,
/// arXiv:1412.6980, section 3). Polyak and Juditsky 1992, "Acceleration of stochastic approximation by averaging".
///
/// @param decay     share of the average that is kept; 0 ≤ decay ≤ 1, 0.999 by default
/// @param warmedUp  whether the decay starts small
/// @param corrected whether the weight of the first update is corrected
public record Ema(double decay, boolean warmedUp, boolean corrected) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Ema {
        Check.share("Ema", "decay", decay);
        if (warmedUp && corrected) {
            throw new IllegalArgumentException("Ema: it is warmed up and corrected; choose one, both forget the start");
        }
    }

    /// PyTorch's defaults: decay 0.999 and nothing else.
    public static Ema defaults() {
        return new Ema(0.999, false, false);
    }

    /// With this share of the average that is kept.
    public Ema decay(double decay) {
        return new Ema(decay, warmedUp, corrected);
    }

    /// With a decay that starts small, or not.
    public Ema warmedUp(boolean warmedUp) {
        return new Ema(decay, warmedUp, corrected);
    }

    /// With the weight of the first update corrected, or not.
    public Ema corrected(boolean corrected) {
        return new Ema(decay, warmedUp, corrected);
    }

    /// The average of these parameters. Throws [IllegalArgumentException] if there are none.
    public WeightAverage over(Parameters parameters) {
        return new WeightAverage("Ema", parameters, 0, 1, n -> n == 0 ? 1 : 1 - decay(n));
    }

    private double decay(int t) {
        if (warmedUp) return Math.min(decay, (1.0 + t) / (10.0 + t));
        if (!corrected || decay == 1) return corrected ? t / (t + 1.0) : decay;
        return decay * Stepper.gathered(decay, t) / Stepper.gathered(decay, t + 1);
    }
}
