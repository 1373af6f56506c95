package keel.nn.loss;

import keel.autograd.Tensor;

/// The negative log-likelihood of a target under a normal distribution whose mean and variance are predicted (Nix and Weigend
/// 1994): `½(ln v + (y − target)²/v)` with `v = max(variance, eps)`, `(…), (…), (…) → ()`; `full` adds `½ln 2π`.
///
/// The variance has the shape of `y`, or 1 in its last axis, or lacks it: then all of a row share it. Its gradient passes
/// the lower bound untouched, so that a variance that has fallen below can come back, as in PyTorch.
public record GaussianNll(boolean full, double eps, Reduction reduction) {
    /// @throws IllegalArgumentException if an option is out of its range
    public GaussianNll {
        Same.positive("gaussianNll", "eps", eps);
    }

    /// PyTorch's defaults: no constant, eps 1e-6, the mean.
    public static GaussianNll defaults() {
        return new GaussianNll(false, 1e-6, Reduction.MEAN);
    }

    /// Whether to add the constant.
    public GaussianNll full(boolean full) {
        return new GaussianNll(full, eps, reduction);
    }

    /// Lower bound of the variance, above 0.
    public GaussianNll eps(double eps) {
        return new GaussianNll(full, eps, reduction);
    }

    /// With this reduction.
    public GaussianNll reduction(Reduction reduction) {
        return new GaussianNll(full, eps, reduction);
    }

    /// The loss of the means `y` with these variances against `target`.
    ///
    /// @throws IllegalArgumentException if shapes do not fit or a variance is negative
    public Tensor loss(Tensor y, Tensor target, Tensor variance) {
        Same.target("gaussianNll", y, target);
        var v = y.rank() > 0 && variance.rank() == y.rank() - 1 ? variance.unsqueeze(-1) : variance;
        Same.weight("gaussianNll", v, y);
        if (v.size() > 0 && v.value().min().item() < 0) {
            throw new IllegalArgumentException("gaussianNll: a variance is " + v.value().min().item() 
                + "; predict its logarithm and use exp, or use softplus");
        }
        var bounded = v.add(Tensor.of(v.value().maximum(eps).sub(v.value())));
        var each = y.sub(target).square().div(bounded).add(bounded.log()).mul(0.5);
        return reduction.of("gaussianNll", full ? each.add(0.5 * StrictMath.log(2 * Math.PI)) : each);
    }
}
