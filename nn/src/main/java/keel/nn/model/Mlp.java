package keel.nn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.norm.LayerNorm;
import keel.nn.residual.Residual;

/// A multilayer perceptron, `(…, in) → (…, out)`: linear maps with an activation after each but the last.
///
/// Weights start at `N(0, gain²/fanIn)` with the gain of the activation, so that a signal keeps its size through them (He et al.
/// 2015, arXiv:1502.01852); the last at Xavier's. Children are called `0`, `1`, … as in PyTorch's `Sequential`.
public record Mlp(Sequential layers) implements Layer {
    /// What a net is made of.
    ///
    /// @param dtype F32 or F64
    /// @param activation behind every hidden layer
    /// @param norm makes the normalization of so many features; null for none
    /// @param residual whether hidden layers are pairs with a shortcut around them
    /// @param dropout probability of dropping a hidden feature in training
    public record Options(DType dtype, Activation activation, IntFunction<Layer> norm, boolean residual, double dropout) {
        /// gelu and nothing else, in F32.
        public static Options defaults() {
            return new Options(DType.F32, Activation.gelu(), null, false, 0);
        }

        /// In this type.
        public Options dtype(DType type) {
            return new Options(type, activation, norm, residual, dropout);
        }

        /// With this activation.
        public Options activation(Activation f) {
            return new Options(dtype, f, norm, residual, dropout);
        }

        /// With a normalization of the features, `norm(LayerNorm::of)`: in front of the activation, or of the body of a residual.
        public Options norm(IntFunction<Layer> maker) {
            return new Options(dtype, activation, maker, residual, dropout);
        }

        /// Hidden layers are pre-norm residual blocks of two linear maps, the second from zeros, so that every block starts as
        /// the identity and any depth trains; with [LayerNorm] where no other norm was chosen.
        public Options withResiduals() {
            return new Options(dtype, activation, norm == null ? n -> LayerNorm.of(dtype, n) : norm, true, dropout);
        }

        /// Dropping hidden features with this probability in training.
        public Options dropout(double p) {
            return new Options(dtype, activation, norm, residual, p);
        }
    }

    /// `in` to `out` features through `depth` hidden layers (residual blocks) of `width`.
    ///
    /// @throws IllegalArgumentException if `depth` is negative or a width below 1
    public static Mlp of(int in, int width, int depth, int out, Options o, RandomGenerator random) {
        if (depth < 0) throw new IllegalArgumentException("Mlp: " + depth + " hidden layers; give 0 or more");
        var init = Init.heNormal(o.activation.gain());
        var layers = new ArrayList<Layer>();
        if (o.residual) layers.add(Linear.of(o.dtype, in, width, init, random));
        for (int i = 0; i < depth; i++) {
            if (o.residual) {
                layers.add(Residual.preNorm(o.norm.apply(width), block(o, Linear.of(o.dtype, width, width, init, random),
                    o.activation, Linear.of(o.dtype, width, width, Init.zeros(), random))));
            } else {
                var linear = Linear.of(o.dtype, i == 0 ? in : width, width, init, random);
                layers.addAll(List.of(o.norm == null ? block(o, linear, o.activation)
                    : block(o, linear, o.norm.apply(width), o.activation)));
            }
        }
        if (o.residual) layers.add(o.norm.apply(width));
        layers.add(Linear.of(o.dtype, depth == 0 && !o.residual ? in : width, out, Init.xavierNormal(), random));
        return new Mlp(new Sequential(layers));
    }

    private static Layer[] block(Options o, Layer... layers) {
        var y = new ArrayList<>(List.of(layers));
        if (o.dropout > 0) y.add(Dropout.of(o.dropout));
        return y.toArray(Layer[]::new);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return layers.forward(x, pass);
    }

    @Override
    public void visit(Visitor visitor) {
        layers.visit(visitor);
    }

    @Override
    public String toString() {
        return "Mlp(" + layers + ")";
    }
}
