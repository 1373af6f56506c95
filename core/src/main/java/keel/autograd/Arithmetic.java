package keel.autograd;

import keel.array.NdArray;

/// Derivatives of sums, products, powers and choices.
final class Arithmetic {
    private Arithmetic() {}

    record Add(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> dy);
            in.give(b, () -> dy);
        }
    }

    record Sub(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> dy);
            in.giveOwn(b, dy::neg);
        }
    }

    record Mul(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.mul(b));
            in.giveOwn(b, () -> dy.mul(a));
        }
    }

    record Div(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.div(b));
            in.giveOwn(b, () -> dy.neg().mul(a.div(b).div(b)));
        }
    }

    /// `x + c`
    record AddScalar(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.give(x, () -> dy); }
    }

    /// `c·x`
    record MulScalar(Tensor x, double c) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> dy.mul(c)); }
    }

    /// `x/c`
    record DivScalar(Tensor x, double c) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> dy.div(c)); }
    }

    /// `xᵖ` for a constant p; the derivative is 0 everywhere for p = 0.
    record PowScalar(Tensor x, double p) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> p == 0 ? dy.mul(0) : dy.mul(x.pow(p - 1).mul(p)));
        }
    }

    /// `aᵇ`: ∂a is 0 where b = 0, ∂b is 0 where a = 0 and b ≥ 0.
    record Pow(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var one = Tensor.scalar(dy.dtype(), 1);
            in.giveOwn(a, () -> {
                var slope = b.mul(a.pow(b.sub(1)));
                // b = 0 and a = 0 or NaN make 0·∞ or NaN; elsewhere the product is 0 by itself, with the right derivative in b
                var usual = NdArray.where(b.value().eq(0), a.value(), one.value()).abs().gt(0);
                return dy.mul(Tensor.where(usual, slope, Tensor.scalar(dy.dtype(), 0)));
            });
            in.giveOwn(b, () -> {
                var still = NdArray.where(b.value().ge(0), a.value(), one.value()).eq(0); // a = 0 and b ≥ 0: y·ln 1 = 0
                return dy.mul(y.mul(Tensor.where(still, one, a).log()));
            });
        }
    }

    /// Elementwise maximum or minimum; ties share the gradient equally.
    record Extreme(Tensor a, Tensor b, boolean largest) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.mul(share(a, b)));
            in.giveOwn(b, () -> dy.mul(share(b, a)));
        }

        private Tensor share(Tensor x, Tensor z) {
            var zero = NdArray.zeros(x.dtype());
            var half = zero.add(0.5);
            var wins = largest ? x.value().gt(z.value()) : x.value().lt(z.value());
            return Tensor.of(NdArray.where(wins, zero.add(1), NdArray.where(x.value().eq(z.value()), half, zero)));
        }
    }

    /// `min(max(x, low), high)`: the gradient passes where low ≤ x ≤ high.
    record Clamp(Tensor x, double low, double high) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.either(() -> x.value().clampGrad(low, high, dy.value()), () -> {
                var zero = Tensor.scalar(dy.dtype(), 0);
                return Tensor.where(x.value().ge(low), Tensor.where(x.value().le(high), dy, zero), zero);
            }));
        }
    }

    /// `condition ? a : b`: nothing of the branch not taken reaches the gradient.
    record Where(NdArray condition, Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public NdArray[] constants() { return new NdArray[] {condition}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var zero = Tensor.scalar(dy.dtype(), 0);
            in.giveOwn(a, () -> Tensor.where(condition, dy, zero));
            in.giveOwn(b, () -> Tensor.where(condition, zero, dy));
        }
    }
}
