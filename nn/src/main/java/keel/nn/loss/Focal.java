package keel.nn.loss;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// Cross-entropy that turns away from what is right already: `−α(1 − p)^γ·ln p` with `p` the probability of the truth (Lin et
/// al. 2017, arXiv:1708.02002): an easy example at `p = 0.9` counts a hundredth with γ = 2. γ = 0 is the cross-entropy.
///
/// For yes or no α counts the positives and `1 − α` the negatives; for classes it is left out.
public record Focal(double alpha, double gamma, Reduction reduction) {
    private static final String NAME = "focal";

    /// @throws IllegalArgumentException if α is not in 0 … 1 or γ is negative
    public Focal {
        if (!(alpha >= 0 && alpha <= 1)) throw new IllegalArgumentException("focal: alpha is " + alpha + "; give 0 … 1");
        Same.notNegative(NAME, "gamma", gamma);
    }

    /// The paper's: α ¼, γ 2; the mean.
    public static Focal defaults() {
        return new Focal(0.25, 2, Reduction.MEAN);
    }

    /// What positives count, 0 … 1; negatives count the rest.
    public Focal alpha(double alpha) {
        return new Focal(alpha, gamma, reduction);
    }

    /// How fast easy examples fade, ≥ 0.
    public Focal gamma(double gamma) {
        return new Focal(alpha, gamma, reduction);
    }

    /// With this reduction.
    public Focal reduction(Reduction reduction) {
        return new Focal(alpha, gamma, reduction);
    }

    /// Yes or no: the loss of logits against targets in 0 … 1, equal shapes.
    public Tensor loss(Tensor x, Tensor target) {
        Same.target(NAME, x, target);
        return reduction.of(NAME, Errors.focal(alpha, gamma), x, target);
    }

    /// Classes: the loss of logits `(n, classes)` or `(n, classes, …)` against I32 labels `(n)` or `(n, …)`.
    public Tensor loss(Tensor logits, NdArray labels) {
        var axis = new ClassAxis(logits.shape());
        axis.checkLabels(NAME, labels.shape());
        var l = Labels.of(NAME, labels, axis.classes(), Labels.NONE);
        var logp = axis.rows(logits).logSoftmax(-1).gather(1, l.index()).squeeze(1);
        return reduction.of(NAME, Errors.focal(gamma).apply(logp).reshape(axis.labels()));
    }
}
