package keel.nn.attention;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.norm.LayerNorm;

/// What the layers of a transformer do in one pass around their parts.
record Block(boolean normFirst, double shortcut, double dropout, Pass pass) {
    /// `norm(α·x + F(x))`, or `α·x + F(norm(x))`, or without a norm `α·x + F(x)`.
    Tensor around(String name, Layer norm, Tensor x, UnaryOperator<Tensor> f) {
        boolean before = norm != null && normFirst;
        var y = drop(f.apply(before ? pass.run(name, norm, x) : x));
        var sum = (shortcut == 1 ? x : x.mul(shortcut)).add(y);
        return norm == null || before ? sum : pass.run(name, norm, sum);
    }

    /// `linear2(φ(linear1(x)))`
    Tensor feedForward(Linear linear1, Activation activation, Linear linear2, Tensor x) {
        return pass.run("linear2", linear2, drop(activation.forward(pass.run("linear1", linear1, x), pass)));
    }

    private Tensor drop(Tensor x) {
        return Dropout.of(dropout).forward(x, pass);
    }

    static void check(String layer, double dropout, double shortcut) {
        if (!(dropout >= 0 && dropout <= 1) || !(shortcut > 0 && shortcut < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(layer + ": dropout " + dropout + " and shortcut " + shortcut
                + "; give a probability in 0 … 1, and a finite factor above 0");
        }
    }

    static Linear linear(DType dtype, int in, int out, RandomGenerator random) {
        return Linear.of(dtype, in, out, Init.pytorchDefault(), Init.pytorchDefault(), random);
    }

    static Layer withoutBias(Layer norm) {
        return norm instanceof LayerNorm n ? n.withoutBias() : norm;
    }
}
