package keel.nn.loss;

import keel.autograd.Tensor;

/// The negative log-likelihood of counts under a Poisson distribution whose rate is predicted, without the constant `ln t!`:
/// `eʸ − t·y` for `y` the logarithm of the rate, or `y − t·ln(y + eps)` for the rate itself, `(…), (…) → ()`.
///
/// `full` adds Stirling's approximation of the constant, `t·ln t − t + ½ln(2πt)`, where `t > 1`.
public record PoissonNll(boolean logInput, boolean full, double eps, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public PoissonNll {
        Same.notNegative("poissonNll", "eps", eps);
    }

    /// PyTorch's defaults: the logarithm of the rate, no constant, eps 1e-8, the mean.
    public static PoissonNll defaults() {
        return new PoissonNll(true, false, 1e-8, Reduction.MEAN);
    }

    /// Whether `y` is the logarithm of the rate, or the rate.
    public PoissonNll logInput(boolean logInput) {
        return new PoissonNll(logInput, full, eps, reduction);
    }

    /// Whether to add the approximate constant.
    public PoissonNll full(boolean full) {
        return new PoissonNll(logInput, full, eps, reduction);
    }

    /// Keeps the logarithm of a rate of 0 finite, ≥ 0.
    public PoissonNll eps(double eps) {
        return new PoissonNll(logInput, full, eps, reduction);
    }

    /// With this reduction.
    public PoissonNll reduction(Reduction reduction) {
        return new PoissonNll(logInput, full, eps, reduction);
    }

    /// The loss of the rates `y` against the counts `target`, equal shapes.
    public Tensor loss(Tensor y, Tensor target) {
        Same.target("poissonNll", y, target);
        if (logInput && !full) return reduction.of("poissonNll", Errors.POISSON, y, target);
        var each = logInput ? y.exp().sub(target.mul(y)) : y.sub(target.mul(y.add(eps).log()));
        return reduction.of("poissonNll", full ? each.add(stirling(target)) : each);
    }

    private static Tensor stirling(Tensor t) {
        var many = t.gt(1);
        var safe = Tensor.where(many, t, Tensor.scalar(t.dtype(), 1));
        var y = safe.mul(safe.log()).sub(safe).add(safe.mul(2 * Math.PI).log().mul(0.5));
        return Tensor.where(many, y, Tensor.scalar(t.dtype(), 0));
    }
}
