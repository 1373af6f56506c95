package keel.nn.layer;

import keel.autograd.Tensor;

/// Pieces that several [Activation]s are made of. A piece that is not taken never holds an infinity whose derivative would be
/// NaN, and a NaN in `x` stays one.
final class Pointwise {
    private Pointwise() {}

    /// `min(x, 0)`, with derivative 1 at 0.
    static Tensor negativePart(Tensor x) {
        return x.clamp(Double.NEGATIVE_INFINITY, 0);
    }

    /// `min(max(x, low), high)`, with derivative 0 at both ends, where [Tensor#clamp] has 1.
    static Tensor between(Tensor x, double low, double high) {
        var inside = Tensor.where(x.ge(high), Tensor.scalar(x.dtype(), high), x);
        return Tensor.where(x.le(low), Tensor.scalar(x.dtype(), low), inside);
    }

    static Tensor softplus(Tensor x, double beta, double threshold) {
        var scaled = beta == 1 ? x : x.mul(beta);
        var y = beta == 1 ? x.softplus() : scaled.softplus().div(beta);
        return Tensor.where(scaled.gt(threshold), x, y);
    }

    static Tensor hardSwish(Tensor x) {
        var within = x.clamp(-3, 3);
        var inside = Tensor.where(x.lt(3), within.mul(within.add(3)).div(6), x);
        return Tensor.where(x.le(-3), Tensor.scalar(x.dtype(), 0), inside);
    }

    static Tensor squareplus(Tensor x, double b) {
        var root = x.hypot(Tensor.scalar(x.dtype(), Math.sqrt(b)));
        var right = x.add(root).mul(0.5);
        var left = root.sub(Tensor.where(x.lt(0), x, Tensor.scalar(x.dtype(), 0))).reciprocal().mul(b / 2);
        return Tensor.where(x.lt(0), left, right);
    }
}
