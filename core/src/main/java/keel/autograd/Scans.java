package keel.autograd;

import keel.array.NdArray;

/// Derivatives of running sums and products along an axis.
final class Scans {
    private Scans() {}

    record CumSum(Tensor x, int axis, boolean backward) implements Rearrangements.Move {
        @Override public Tensor back(Tensor dy) { return dy.cumsum(axis, !backward); }
    }

    /// A fused walk; written out where it is recorded: a running sum of `dy·y` over x, or, with a zero in x, products of all
    /// but one.
    record CumProd(Tensor x, int axis) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.either(() -> x.value().cumprodGrad(dy.value(), axis),
                () -> x.value().eq(0).any(false).booleans()[0] ? withZero(dy)
                : dy.mul(x.cumprod(axis)).cumsum(axis, true).div(x)));
        }

        // The running products as a matrix of products, row i of xⱼ for j ≤ i and 1 else: cubic, and differentiable at zeros.
        private Tensor withZero(Tensor dy) {
            var last = x.transpose(axis, -1);
            int n = last.extent(-1);
            var rows = last.unsqueeze(-2).expand(last.shape().inserted(last.rank() - 1, n)); // (…, n, n)
            var lower = Tensor.of(NdArray.ones(x.dtype(), n, n)).tril(0).value().ne(0);
            var factors = Tensor.where(lower, rows, Tensor.scalar(x.dtype(), 1)); // (…, i, j)
            var others = Reductions.Prod.allButOne(factors); // (…, i, j): product over the row without j
            var own = Tensor.where(lower, others, Tensor.scalar(x.dtype(), 0));
            return dy.transpose(axis, -1).unsqueeze(-1).mul(own).sum(false, -2).transpose(axis, -1);
        }
    }

    /// `∂xₖ = Σ_{i ≥ k} dyᵢ·e^(xₖ − yᵢ)`, and 0 for `yᵢ = −∞`; positive and negative dy apart, each as a logarithm: nothing
    /// overflows on the way.
    record LogCumsumExp(Tensor x, int axis, boolean backward) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var some = y.value().ne(Double.NEGATIVE_INFINITY);
            in.giveOwn(x, () -> part(y, dy, dy.value().le(0).not().and(some)) // with what is NaN
                .sub(part(y, dy.neg(), dy.value().lt(0).and(some))));
        }

        private Tensor part(Tensor y, Tensor dy, NdArray taken) {
            var one = Tensor.scalar(dy.dtype(), 1);
            var none = Tensor.scalar(dy.dtype(), Double.NEGATIVE_INFINITY);
            var log = Tensor.where(taken, Tensor.where(taken, dy, one).log().sub(y), none);
            return log.logCumsumExp(axis, !backward).add(x).exp();
        }
    }
}
