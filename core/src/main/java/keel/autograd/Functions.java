package keel.autograd;

import java.util.IdentityHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import keel.array.NdArray;
import keel.kernel.Binary;

/// Derivatives of functions of one variable. Where a fused kernel computes the first derivative, the rule is also written out in
/// primitive operations, which run when the derivative itself is recorded.
final class Functions {
    private Functions() {}

    /// The fused kernel when nothing is recorded, the differentiable form when it is.
    static Tensor either(Supplier<NdArray> fused, Supplier<Tensor> composed) {
        return Recording.isOn() ? composed.get() : Tensor.of(fused.get());
    }

    /// Gives `x` its gradient `f(a, dy)`, or in its differentiable form where that is recorded.
    static void give(Inputs in, Tensor x, Binary f, double p, Tensor a, Tensor dy, Supplier<Tensor> composed) {
        if (Recording.isOn()) in.giveOwn(x, composed);
        else in.giveOwn(x, () -> Tensor.of(a.value().binary(f, p, dy.value())));
    }

    /// `f(passing)` of a result that nobody else knows, and nobody needs afterwards unless there is a derivative.
    static Tensor then(Tensor passing, UnaryOperator<Tensor> f) {
        var y = f.apply(passing);
        if (!y.wantsGradient()) passing.release();
        return y;
    }

    /// The gradient that a function of one input hands on; it must not need its output.
    static Tensor derivative(Vjp function, Tensor dy) { return derivative(function, null, dy); }

    /// The gradient that a function of one input and its output `y` hands on.
    static Tensor derivative(Vjp function, Tensor y, Tensor dy) {
        var dx = new Tensor[1];
        function.pull(y, dy, new Inputs() {
            @Override public void give(Tensor input, Supplier<Tensor> gradient) { dx[0] = gradient.get(); }
            @Override public boolean wants(Tensor input) { return true; }
        });
        return dx[0];
    }

    /// Gives the inputs of an operation the gradients that its differentiable form `f` gives them.
    static void again(Function<Tensor[], Tensor> f, Tensor[] inputs, Tensor dy, Inputs in) {
        var alias = new Tensor[inputs.length];
        var inputOf = new IdentityHashMap<Tensor, Tensor>();
        for (int i = 0; i < inputs.length; i++) {
            alias[i] = inputs[i].wantsGradient() ? inputs[i].alias() : inputs[i];
            inputOf.put(alias[i], inputs[i]);
        }
        var backward = Backward.from(f.apply(alias)).seed(dy).createGraph();
        var sink = new Inputs() {
            @Override public void give(Tensor input, Supplier<Tensor> gradient) { in.give(inputOf.get(input), gradient); }
            @Override public boolean wants(Tensor input) { return in.wants(inputOf.get(input)); }
        };
        for (var end : alias) backward.into(sink, end);
        backward.run();
    }

    /// 2/√π
    private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;
    /// √½
    private static final double ROOT_HALF = 0.7071067811865476;
    /// 1/√(2π)
    private static final double INVERSE_ROOT_TWO_PI = 0.3989422804014327;
    /// √(2/π)
    private static final double ROOT_TWO_OVER_PI = 0.7978845608028654;
    /// Cubic coefficient of GELU's tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    private static final double GELU_CUBIC = 0.044715;

    record Neg(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, dy::neg); }
    }

    /// |x|: derivative 0 at 0.
    record Abs(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> then(Tensor.of(x.value().sign()), dy::mul));
        }
    }

    record Square(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(x.mul(2), dy::mul)); }
    }

    record Sqrt(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(y.mul(2), dy::div)); }
    }

    record Rsqrt(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> then(then(then(y.mul(y), y::mul), cube -> cube.mul(-0.5)), dy::mul));
        }
    }

    record Reciprocal(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> then(then(y.mul(y), dy::mul), Tensor::neg));
        }
    }

    record Exp(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> dy.mul(y)); }
    }

    /// `eˣ` and not `y + 1`, which has no digits left of −17.
    record Expm1(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(x.exp(), dy::mul)); }
    }

    record Log(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> dy.div(x)); }
    }

    record Log1p(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(x.add(1), dy::div)); }
    }

    record Sin(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(x.cos(), dy::mul)); }
    }

    record Cos(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> then(then(x.sin(), dy::mul), Tensor::neg));
        }
    }

    record Tanh(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.TANH_GRAD, 0, y, dy,
                () -> dy.mul(y.square().neg().add(1)));
        }
    }

    record Sigmoid(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public Saves saves() { return Saves.OUTPUT; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.SIGMOID_GRAD, 0, y, dy,
                () -> dy.mul(y.mul(y.neg().add(1))));
        }
    }

    record Erf(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.giveOwn(x, () -> dy.mul(x.square().neg().exp().mul(TWO_OVER_ROOT_PI)));
        }
    }

    /// Derivative 0 at 0, 1 at NaN.
    record Relu(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.RELU_GRAD, 0, x, dy,
                () -> Tensor.where(x.value().le(0), Tensor.scalar(dy.dtype(), 0), dy));
        }
    }

    /// Derivative `slope` at 0.
    record LeakyRelu(Tensor x, double slope) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.LEAKY_RELU_GRAD, slope, x, dy,
                () -> Tensor.where(x.value().gt(0), dy, dy.mul(slope)));
        }
    }

    /// `Φ(x) + x·φ(x)`
    record Gelu(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.GELU_GRAD, 0, x, dy, () -> {
                var distribution = x.mul(ROOT_HALF).erf().add(1).mul(0.5);
                var density = x.square().mul(-0.5).exp().mul(INVERSE_ROOT_TWO_PI);
                return dy.mul(distribution.add(x.mul(density)));
            });
        }
    }

    /// With `u = √(2/π)(x + 0.044715x³)`: `½(1 + tanh u) + ½x(1 − tanh² u)u′`
    record GeluTanh(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.GELU_TANH_GRAD, 0, x, dy, () -> {
                var x2 = x.square();
                var t = x.mul(x2.mul(GELU_CUBIC).add(1)).mul(ROOT_TWO_OVER_PI).tanh();
                var du = x2.mul(3 * GELU_CUBIC).add(1).mul(ROOT_TWO_OVER_PI);
                return dy.mul(t.add(1).add(x.mul(t.square().neg().add(1)).mul(du)).mul(0.5));
            });
        }
    }

    /// `s(1 + x(1 − s))`, `s = sigmoid(x)`
    record Silu(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            give(in, x, Binary.SILU_GRAD, 0, x, dy, () -> {
                var s = x.sigmoid();
                return dy.mul(s.mul(x.mul(s.neg().add(1)).add(1)));
            });
        }
    }

    record Softplus(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x, () -> then(x.sigmoid(), dy::mul)); }
    }
}
