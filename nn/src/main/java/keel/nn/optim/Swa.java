package keel.nn.optim;

import keel.nn.layer.Parameters;

/// Plain average of the parameters over the late steps, where a constant or cyclic rate lets them wander around a minimum:
/// PyTorch's `AveragedModel`, number for number.
///
/// ```
/// a ← a + (p − a)/(n + 1)        n averaged so far: every `every`-th update from `start` on, counted from 0
/// ```
/// Izmailov et al. 2018, arXiv:1803.05407, algorithm 1. Running statistics of [keel.nn.norm.BatchNorm] belong to the steps and
/// not to the average: after [WeightAverage#applied], let the model see some batches in training before it is evaluated.
///
/// @param start first update that counts; ≥ 0, 0 by default
/// @param every distance of the updates that count; ≥ 1, 1 by default
public record Swa(int start, int every) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Swa {
        Check.atLeast(0, "Swa", "start", start);
        Check.atLeast(1, "Swa", "every", every);
    }

    /// Every update counts.
    public static Swa defaults() {
        return new Swa(0, 1);
    }

    /// Counting from this update on.
    public Swa start(int start) {
        return new Swa(start, every);
    }

    /// Counting every so many updates.
    public Swa every(int every) {
        return new Swa(start, every);
    }

    /// The average of these parameters. Throws [IllegalArgumentException] if there are none.
    public WeightAverage over(Parameters parameters) {
        return new WeightAverage("Swa", parameters, start, every, n -> 1.0 / (n + 1));
    }
}
