package keel.autograd;

import keel.array.NdArray;
import keel.array.Shape;

/// Derivatives of reductions that are not linear ([Rearrangements.Sum] is).
final class Reductions {
    private Reductions() {}

    /// Largest or smallest along axes; `kept` is the output's shape with the reduced axes kept as 1. Ties share the gradient
    /// equally.
    record Extreme(Tensor x, Shape kept) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> {
                var one = NdArray.ones(x.dtype());
                var ties = NdArray.where(x.value().eq(y.value().reshape(kept)), one, one.sub(1)); // 1 where extreme
                return dy.reshape(kept).mul(Tensor.of(ties.div(ties.sumTo(kept))));
            });
        }
    }

    /// Product over axes; `kept` is the output's shape with the reduced axes kept as 1. The derivative of one factor is the
    /// product of the others, zeros included.
    record Prod(Tensor x, Shape kept) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.either(() -> x.value().prodGrad(dy.value().reshape(kept)), () -> {
                var order = reducedLast();
                var rows = x.permute(order);
                int n = kept.size() == 0 ? 0 : x.size() / kept.size();
                var others = allButOne(rows.reshape(Shape.of(kept.size(), n))).reshape(rows.shape());
                var inverse = new int[order.length];
                for (int i = 0; i < order.length; i++) {
                    inverse[order[i]] = i;
                }
                return dy.reshape(kept).mul(others.permute(inverse));
            }));
        }

        private int[] reducedLast() {
            var order = new int[x.rank()];
            int k = 0;
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < order.length; i++) {
                    boolean reduced = kept.extent(i) != x.extent(i);
                    if (reduced == (pass == 1)) {
                        order[k++] = i;
                    }
                }
            }
            return order;
        }

        /// For each element of the last axis the product of the others: `(…, n) → (…, n)`, by way of `(…, n, n)`.
        static Tensor allButOne(Tensor x) {
            int n = x.extent(-1);
            var square = x.unsqueeze(-2).expand(x.shape().inserted(x.rank() - 1, n));
            var self = NdArray.eye(x.dtype(), n).ne(0);
            return Tensor.where(self, Tensor.scalar(x.dtype(), 1), square).prod(false, -1);
        }
    }

    /// `Σ(x − mean)²/freedom`: `∂x = dy·2(x − mean)/freedom`.
    record Variance(Tensor x, Shape kept, double freedom, int... axes) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.then(x.sub(x.mean(true, axes)), d -> d.mul(dy.mul(2 / freedom).reshape(kept))));
        }
    }

    /// `√(Σ(x − mean)²/freedom)`: `∂x = dy·(x − mean)/(freedom·y)`, and 0 where the deviation is 0.
    record Std(Tensor x, Shape kept, double freedom, int... axes) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.then(x.sub(x.mean(true, axes)),
                d -> d.mul(quotient(dy, y.mul(freedom)).reshape(kept))));
        }
    }

    /// a/b, and 0 where b is 0, with a derivative of 0 there.
    private static Tensor quotient(Tensor a, Tensor b) {
        var zero = b.value().eq(0);
        return Tensor.where(zero, Tensor.scalar(a.dtype(), 0), a.div(Tensor.where(zero, Tensor.scalar(a.dtype(), 1), b)));
    }

    /// `(Σ|x|ᵖ)^(1/p)`: `∂x = dy·sign(x)·(|x|/y)^(p−1)`, 0 where the norm is 0; for p = ±∞ the elements that have the extreme
    /// magnitude share.
    record Norm(Tensor x, Shape kept, double p) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (p == 1) {
                in.giveOwn(x, () -> Functions.then(Tensor.of(x.value().sign()), dy.reshape(kept)::mul));
                return;
            }
            if (p == 2) {
                in.giveOwn(x, () -> {
                    var zero = y.value().reshape(kept).eq(0);
                    var divisor = Tensor.where(zero, Tensor.scalar(x.dtype(), 1), y.reshape(kept));
                    var factor = Tensor.where(zero, Tensor.scalar(x.dtype(), 0), dy.reshape(kept));
                    return Functions.then(x.div(divisor), factor::mul); // and not x·(dy/y), which overflows where y is small
                });
                return;
            }
            in.giveOwn(x, () -> {
                var norm = y.reshape(kept);
                var sign = Tensor.of(x.value().sign());
                if (Double.isInfinite(p)) {
                    var one = NdArray.ones(x.dtype());
                    var ties = NdArray.where(x.value().abs().eq(norm.value()), one, one.sub(1));
                    return dy.reshape(kept).mul(sign).mul(Tensor.of(ties.div(ties.sumTo(kept))));
                }
                if (p == 0) {
                    return dy.reshape(kept).mul(sign.mul(p));
                }
                var zero = x.value().eq(0);
                var safe = Tensor.where(zero, Tensor.scalar(x.dtype(), 1), x.abs());
                var ratio = quotient(safe, norm.expand(x.shape())).pow(p - 1);
                return dy.reshape(kept).mul(Tensor.where(zero, Tensor.scalar(x.dtype(), 0), sign.mul(ratio)));
            });
        }
    }

    /// `ln Σeˣ`: `∂x = dy·e^(x − y)`, and 0 where everything is −∞.
    record LogSumExp(Tensor x, Shape kept) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> {
                var none = y.value().eq(Double.NEGATIVE_INFINITY);
                var norm = Tensor.where(none, Tensor.scalar(y.dtype(), 0), y).reshape(kept);
                return Functions.then(Functions.then(x.sub(norm), Tensor::exp), dy.reshape(kept)::mul);
            });
        }
    }
}
