package keel.autograd;

import keel.array.Special;

/// Derivatives of the special functions of [Special], and of logarithms of two values.
final class Specials {
    private Specials() {}

    private static final double LN2 = 0.6931471805599453;

    /// `ln |Γ|` (order −1), the digamma function (order 0) or its derivatives: each is the derivative of the one before.
    record PolyGamma(Tensor x, int order) implements Elementary.Function {
        static Tensor of(Tensor x, int order) {
            return Tensor.op(order < 0 ? Special.lgamma(x.value()) : Special.polygamma(order, x.value()),
                new PolyGamma(x, order));
        }

        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.mul(of(x, order + 1)); }
    }

    /// The derivative of this order of `sin(πx)/(πx)`.
    record Sinc(Tensor x, int order) implements Elementary.Function {
        static Tensor of(Tensor x, int order) { return Tensor.op(Special.sinc(order, x.value()), new Sinc(x, order)); }

        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.mul(of(x, order + 1)); }
    }

    /// `1/(x(1 − x))`, NaN outside 0 … 1.
    record Logit(Tensor x) implements Elementary.Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) {
            var inside = x.value().ge(0).and(x.value().le(1));
            return Tensor.where(inside, dy.div(x.mul(x.rsub(1))), Tensor.scalar(dy.dtype(), Double.NaN));
        }
    }

    /// `log₂(2ᵃ + 2ᵇ)`: `∂a = 1/(1 + 2^(b − a))`.
    record LogAddExp2(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> dy.mul(a.sub(b).mul(LN2).sigmoid()));
            in.give(b, () -> dy.mul(b.sub(a).mul(LN2).sigmoid()));
        }
    }

    /// `a·ln(b + c)` with c = 0 or 1: `∂a = ln(b + c)`, 0 where a is 0 and the logarithm is none or infinite; `∂b = a/(b + c)`.
    record LogTimes(Tensor a, Tensor b, int c) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> {
                var none = a.value().eq(0).and(b.value().le(-c));
                var safe = Tensor.where(none, Tensor.scalar(b.dtype(), 1), b);
                return Tensor.where(none, Tensor.scalar(dy.dtype(), 0), dy.mul(c == 0 ? safe.log() : safe.log1p()));
            });
            in.give(b, () -> dy.mul(a.div(c == 0 ? b : b.add(c))));
        }
    }
}
