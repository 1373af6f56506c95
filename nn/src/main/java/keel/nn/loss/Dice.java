package keel.nn.loss;

import keel.autograd.Tensor;

/// `1 − (2·Σ p·t + s)/(Σ p + Σ t + s)` over everything but axis 0, `(n, …), (n, …) → (n)`, then reduced: the overlap of two
/// masks, which does not drown a small object in its background as a mean over pixels does (Milletari et al. 2016,
/// arXiv:1606.04797, there with squares in the denominator: [squared][#squared(boolean)]).
public record Dice(double smooth, boolean squared, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public Dice {
        Same.notNegative("dice", "smooth", smooth);
    }

    /// Smoothing 1, plain sums, the mean.
    public static Dice defaults() {
        return new Dice(1, false, Reduction.MEAN);
    }

    /// Keeps two empty masks at a loss of 0, ≥ 0.
    public Dice smooth(double smooth) {
        return new Dice(smooth, squared, reduction);
    }

    /// Whether the denominator sums squares.
    public Dice squared(boolean squared) {
        return new Dice(smooth, squared, reduction);
    }

    /// With this reduction.
    public Dice reduction(Reduction reduction) {
        return new Dice(smooth, squared, reduction);
    }

    /// The loss of the probabilities `p` against masks in 0 … 1, equal shapes of two axes or more.
    public Tensor loss(Tensor p, Tensor target) {
        Same.target("dice", p, target);
        if (p.rank() < 2) throw new IllegalArgumentException("dice: the output is " + p.shape() + "; give (n, …)");
        var a = p.flatten(1);
        var b = target.flatten(1);
        var overlap = a.mul(b).sum(false, 1).mul(2).add(smooth);
        var sizes = (squared ? a.square().add(b.square()) : a.add(b)).sum(false, 1).add(smooth);
        return reduction.of("dice", overlap.div(sizes).neg().add(1));
    }
}
