package keel.autograd;

import keel.array.NdArray;

/// Derivatives of logarithms, trigonometric and hyperbolic functions, of rounding, and of what two values make of each other.
final class Elementary {
    private Elementary() {}

    /// ln 2
    private static final double LN2 = 0.6931471805599453;
    /// ln 10
    private static final double LN10 = 2.302585092994046;
    /// 2/√π
    private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

    /// What the functions of one variable share: `∂x = dy·slope`.
    interface Function extends Vjp {
        Tensor x();

        Tensor pulled(Tensor y, Tensor dy);

        @Override default Tensor[] inputs() { return new Tensor[] {x()}; }
        @Override default void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x(), () -> pulled(y, dy)); }
    }

    record Exp2(Tensor x) implements Function {
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(dy.mul(y), t -> t.mul(LN2)); }
    }

    record Log2(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(x.mul(LN2), dy::div); }
    }

    record Log10(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(x.mul(LN10), dy::div); }
    }

    record Tan(Tensor x) implements Function {
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public Tensor pulled(Tensor y, Tensor dy) {
            return Functions.then(Functions.then(y.square(), t -> t.add(1)), dy::mul);
        }
    }

    /// `1/√((1 − x)(1 + x))`: the product keeps its digits near ±1.
    record Asin(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) {
            return Functions.then(Functions.then(oneMinusSquare(x), Tensor::rsqrt), dy::mul);
        }
    }

    record Acos(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.mul(oneMinusSquare(x).rsqrt()).neg(); }
    }

    record Atan(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) {
            return Functions.then(Functions.then(x.square(), t -> t.add(1)), dy::div);
        }
    }

    record Sinh(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(x.cosh(), dy::mul); }
    }

    record Cosh(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(x.sinh(), dy::mul); }
    }

    record Asinh(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.div(x.hypot(Tensor.scalar(x.dtype(), 1))); }
    }

    record Acosh(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.mul(x.sub(1).rsqrt()).mul(x.add(1).rsqrt()); }
    }

    record Atanh(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Functions.then(oneMinusSquare(x), dy::div); }
    }

    record Erfc(Tensor x) implements Function {
        @Override public Tensor pulled(Tensor y, Tensor dy) { return dy.mul(x.square().neg().exp().mul(-TWO_OVER_ROOT_PI)); }
    }

    /// Rounding and signs: 0 wherever there is a derivative, and taken as 0 at the steps.
    record Step(Tensor x) implements Function {
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public Tensor pulled(Tensor y, Tensor dy) { return Tensor.of(NdArray.zeros(dy.dtype(), dy.shape())); }
    }

    private static Tensor oneMinusSquare(Tensor x) { return x.neg().add(1).mul(x.add(1)); }

    /// Angle of (x, y): `∂y = x/(x² + y²)`, `∂x = −y/(x² + y²)`, 0 at the origin.
    record Atan2(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.mul(over(b)));
            in.giveOwn(b, () -> dy.mul(over(a)).neg());
        }

        // t/r² as (t/r)/r: squares of large values would overflow.
        private Tensor over(Tensor t) {
            var r = a.hypot(b);
            var origin = r.value().eq(0);
            var radius = Tensor.where(origin, Tensor.scalar(r.dtype(), 1), r);
            return Tensor.where(origin, Tensor.scalar(r.dtype(), 0), t.div(radius).div(radius));
        }
    }

    /// `a/√(a² + b²)`, 0 at the origin.
    record Hypot(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var radius = Tensor.where(y.value().eq(0), Tensor.scalar(y.dtype(), 1), y);
            in.giveOwn(a, () -> dy.mul(a.div(radius)));
            in.giveOwn(b, () -> dy.mul(b.div(radius)));
        }
    }

    /// `a − b·q` with the whole quotient `q`, constant between its steps.
    record Remainder(Tensor a, Tensor b, boolean floored) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(a, () -> dy);
            in.giveOwn(b, () -> {
                var q = floored ? a.value().floorDivide(b.value()) : a.value().div(b.value()).trunc();
                return dy.mul(Tensor.of(q)).neg();
            });
        }
    }

    /// `|a|` with the sign of b: `∂a` is ±1 and 0 at 0, `∂b` is 0.
    record CopySign(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.mul(Tensor.of(a.value().sign().mul(NdArray.ones(dy.dtype()).copySign(b.value())))));
            in.giveOwn(b, () -> Tensor.of(NdArray.zeros(dy.dtype(), dy.shape())));
        }
    }

    /// `x + w·(end − x)`
    record Lerp(Tensor x, Tensor end, Tensor w) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, end, w}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> Functions.then(w.rsub(1), dy::mul));
            in.giveOwn(end, () -> dy.mul(w));
            in.giveOwn(w, () -> Functions.then(end.sub(x), dy::mul));
        }
    }

    /// `ln(eᵃ + eᵇ)`: `∂a = sigmoid(a − b)`.
    record LogAddExp(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> dy.mul(a.sub(b).sigmoid()));
            in.giveOwn(b, () -> dy.mul(b.sub(a).sigmoid()));
        }
    }

    /// Quotient rounded to a whole number: derivative 0.
    record Quotient(Tensor a, Tensor b) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(a, () -> Tensor.of(NdArray.zeros(dy.dtype(), dy.shape())));
            in.giveOwn(b, () -> Tensor.of(NdArray.zeros(dy.dtype(), dy.shape())));
        }
    }
}
