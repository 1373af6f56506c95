package keel.nn.layer;

import java.util.function.UnaryOperator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.Gain;

/// A function applied to every element, `(…) → (…)`, without parameters. `Activation.of("mish", x -> …)` makes one of any
/// differentiable function.
public record Activation(String name, UnaryOperator<Tensor> function) implements Layer {
    /// The slope of [#leakyRelu()] left of 0, PyTorch's.
    private static final double LEAKY_SLOPE = 0.01;

    /// An activation of your own.
    public static Activation of(String name, UnaryOperator<Tensor> function) {
        return new Activation(name, function);
    }

    /// `σ(x) = 1/(1 + e^−x)`. Its derivative is at most ¼, so a deep stack of them loses its gradient.
    public static Activation sigmoid() {
        return of("sigmoid", Tensor::sigmoid);
    }

    /// `tanh x`
    public static Activation tanh() {
        return of("tanh", Tensor::tanh);
    }

    /// `max(x, 0)`, with derivative 0 at 0.
    public static Activation relu() {
        return of("relu", Tensor::relu);
    }

    /// `x` right of 0 and `0.01·x` left of it.
    public static Activation leakyRelu() {
        return leakyRelu(LEAKY_SLOPE);
    }

    /// `x` right of 0 and `slope·x` left of it: a unit that is off still has a gradient (Maas et al. 2013).
    public static Activation leakyRelu(double slope) {
        return of("leakyRelu(" + slope + ")", x -> x.leakyRelu(slope));
    }

    /// `x·Φ(x)` with the normal distribution function Φ (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    public static Activation gelu() {
        return of("gelu", Tensor::gelu);
    }

    /// The approximation `½x(1 + tanh(√(2/π)·(x + 0.044715·x³)))` of [#gelu], which some published models were trained with.
    public static Activation geluTanh() {
        return of("geluTanh", Tensor::geluTanh);
    }

    /// `x·σ(x)`, also called swish (Ramachandran et al. 2017, arXiv:1710.05941).
    public static Activation silu() {
        return of("silu", Tensor::silu);
    }

    /// The gain that keeps the second moment of a signal through this activation: [Gain#computed] of the very function, in
    /// F64. relu √2, gelu 1.5335, silu 1.6765,
    /// tanh 1.5925. For `Init.heNormal(activation.gain())`.
    public double gain() {
        return Gain.computed(z -> forward(Tensor.scalar(DType.F64, z)).item());
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return function.apply(x);
    }

    @Override
    public void visit(Visitor visitor) {}

    @Override
    public String toString() {
        return name;
    }
}
