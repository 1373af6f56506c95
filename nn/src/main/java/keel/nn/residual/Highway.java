package keel.nn.residual;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// A gated shortcut: `y = t·F(x) + (1 − t)·x` with `t = σ(gate(x))`, `(…) → (…)` (Srivastava et al. 2015, arXiv:1505.00387). The
/// gate's bias starts below 0, so that a deep net starts by carrying its input through: the paper's −1 for 10 layers, −2 for
/// 20, −3 for 30.
///
/// Children: `body` and `gate`.
public record Highway(Layer body, Layer gate) implements Layer {
    /// @throws IllegalArgumentException if a part is null
    public Highway {
        if (body == null || gate == null) {
            throw new IllegalArgumentException("Highway: body " + body + " and gate " + gate + "; give both");
        }
    }

    /// An activated linear body and a linear gate of `width` features, whose bias starts at `bias`.
    public static Highway of(DType dtype, int width, Activation activation, Init weight, double bias, RandomGenerator random) {
        var body = Sequential.of(Linear.of(dtype, width, width, weight, random), activation);
        return new Highway(body, Linear.of(dtype, width, width, Init.xavierNormal(), Init.constant(bias), random));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = Residual.same("Highway", pass, x, pass.run("body", body, x));
        var t = Residual.same("Highway", pass, x, pass.run("gate", gate, x)).sigmoid();
        return x.add(t.mul(f.sub(x)));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("body", body);
        visitor.child("gate", gate);
    }

    @Override
    public String toString() {
        return "Highway(" + body + ", " + gate + ")";
    }
}
