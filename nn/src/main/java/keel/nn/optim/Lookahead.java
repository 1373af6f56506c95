package keel.nn.optim;

/// Slow parameters that follow those of another optimizer at a distance: after each `steps` steps they go a part of the way,
/// and the fast ones start from there again. Less variance, and less sensitive to the fast rate.
///
/// ```
/// every `steps` steps:  slow ← slow + alpha·(p − slow),  p ← slow
/// ```
/// Zhang et al. 2019, arXiv:1907.08610, algorithm 1; the slow parameters start as the parameters when it is made.
///
/// @param alpha part of the way; 0 ≤ alpha ≤ 1, 0.5 by default
/// @param steps fast steps to each slow one; ≥ 1, 5 by default
public record Lookahead(double alpha, int steps) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public Lookahead {
        Check.share("Lookahead", "alpha", alpha);
        Check.atLeast(1, "Lookahead", "steps", steps);
    }

    /// The paper's defaults: alpha 0.5, 5 steps.
    public static Lookahead defaults() {
        return new Lookahead(0.5, 5);
    }

    /// Going this part of the way.
    public Lookahead alpha(double alpha) {
        return new Lookahead(alpha, steps);
    }

    /// With so many fast steps to each slow one.
    public Lookahead steps(int steps) {
        return new Lookahead(alpha, steps);
    }

    /// Follows `fast`, which may be [Optimizer#groups]. Throws [IllegalArgumentException] if it computes the loss itself or is
    /// followed already.
    public Optimizer around(Optimizer fast) {
        return new SlowWeights(this, Base.joinable("Lookahead.around", fast));
    }
}
