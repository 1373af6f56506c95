package keel.nn.loss;

import keel.autograd.Tensor;

/// The Kullback–Leibler divergence from a predicted to a target distribution, term by term: `t·(ln t − y)` for `y` the
/// logarithm of the prediction, `(…), (…) → ()`; a `t` of 0 adds 0.
///
/// The mean divides by the number of elements, so that rows of `c` classes give a c-th of a divergence:
/// [Reduction#BATCH_MEAN] is the divergence of a row.
public record KlDivergence(boolean logTarget, Reduction reduction) {
    /// PyTorch's defaults: targets are probabilities, the mean.
    public static KlDivergence defaults() {
        return new KlDivergence(false, Reduction.MEAN);
    }

    /// Whether the target is given as its logarithm.
    public KlDivergence logTarget(boolean logTarget) {
        return new KlDivergence(logTarget, reduction);
    }

    /// With this reduction.
    public KlDivergence reduction(Reduction reduction) {
        return new KlDivergence(logTarget, reduction);
    }

    /// The loss of the log-probabilities `y` against `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("klDivergence", y, target);
        return reduction.of("klDivergence", logTarget ? Errors.DIVERGENCE_OF_LOGS : Errors.DIVERGENCE, y, target);
    }
}
