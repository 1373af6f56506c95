package keel.nn.optim;

import keel.nn.layer.Parameters;

/// Newton's method with the inverse of the Hessian guessed from the last steps: PyTorch's `LBFGS`, number for number. For
/// small problems and whole batches, without noise; it computes the loss itself, several times in a step:
///
/// ```java
/// var optimizer = LBFGS.defaults().strongWolfe(true).over(model.parameters());
/// optimizer.step(() -> Loss.meanSquaredError(model.forward(x), y));
/// ```
///
/// One step is up to `iterations` times `p ← p + t·d` with `d = −H·g`, where H starts as a multiple of the identity and is
/// corrected by the last `history` differences of points and of gradients. t is the rate (in the very first iteration times
/// min(1, 1/‖g‖₁)), or is searched from there along d until loss and slope fulfil the strong Wolfe conditions (1e-4 and 0.9).
/// Liu and Nocedal 1989, "On the limited memory BFGS method for large scale optimization"; Nocedal and Wright 2006, algorithms
/// 3.5 and 7.4.
///
/// @param rate              first or only length of a step; ≥ 0, 1 by default
/// @param iterations        iterations of a step at most; ≥ 1, 20 by default
/// @param evaluations       evaluations of a step at most; ≥ 1; null, the default, is 5/4 of the iterations
/// @param gradientTolerance a step ends where no element of the gradient is larger; ≥ 0, 1e-7 by default
/// @param changeTolerance   a step ends where loss or parameters change by no more; ≥ 0, 1e-9 by default
/// @param history           differences that H is made of; ≥ 1, 100 by default
/// @param strongWolfe       whether to search along d
public record LBFGS(
    double rate, int iterations, Integer evaluations, double gradientTolerance, double changeTolerance, int history,
    boolean strongWolfe) {
    /// Throws [IllegalArgumentException] if an option is out of its range.
    public LBFGS {
        Check.notNegative("LBFGS", "rate", rate);
        Check.atLeast(1, "LBFGS", "iterations", iterations);
        if (evaluations != null) Check.atLeast(1, "LBFGS", "evaluations", evaluations);
        Check.notNegative("LBFGS", "gradientTolerance", gradientTolerance);
        Check.notNegative("LBFGS", "changeTolerance", changeTolerance);
        Check.atLeast(1, "LBFGS", "history", history);
    }

    /// PyTorch's defaults: rate 1, 20 iterations, 25 evaluations, tolerances 1e-7 and 1e-9, history 100, no search.
    public static LBFGS defaults() {
        return new LBFGS(1, 20, null, 1e-7, 1e-9, 100, false);
    }

    /// With this rate.
    public LBFGS rate(double rate) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// With this many iterations of a step at most.
    public LBFGS iterations(int iterations) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// With this many evaluations of a step at most; null is 5/4 of the iterations.
    public LBFGS evaluations(Integer evaluations) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// Ending where no element of the gradient is larger.
    public LBFGS gradientTolerance(double gradientTolerance) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// Ending where loss or parameters change by no more.
    public LBFGS changeTolerance(double changeTolerance) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// With so many differences that H is made of.
    public LBFGS history(int history) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// Searching along d, or stepping by the rate.
    public LBFGS strongWolfe(boolean strongWolfe) {
        return new LBFGS(rate, iterations, evaluations, gradientTolerance, changeTolerance, history, strongWolfe);
    }

    /// The optimizer of these parameters. Throws [IllegalArgumentException] if there are none.
    public Optimizer over(Parameters parameters) {
        return new QuasiNewton(this, parameters);
    }
}
