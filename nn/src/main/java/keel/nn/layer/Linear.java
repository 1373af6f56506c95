package keel.nn.layer;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.Epilogue;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Fans;
import keel.nn.init.Init;

/// A linear map with a bias: `y = x·wᵀ + b`, `(…, in) → (…, out)`, `w (out, in)`, `b (out)` or null for none.
public record Linear(Tensor weight, Tensor bias) implements Layer {
    /// A layer around these very tensors.
    ///
    /// @throws IllegalArgumentException if the shapes are not `(out, in)` and `(out)`, or the types differ
    public Linear {
        if (weight.rank() != 2 || !weight.dtype().isFloat()) {
            throw new IllegalArgumentException("Linear: the weight is " + weight.dtype() + " " + weight.shape()
                + "; give F32 or F64 (out, in)");
        }
        if (bias != null && (bias.dtype() != weight.dtype() || !bias.shape().equals(Shape.of(weight.extent(0))))) {
            throw new IllegalArgumentException("Linear: the weight is " + weight.dtype() + " " + weight.shape() + " and the bias "
                + bias.dtype() + " " + bias.shape() + "; give the bias as " + weight.dtype() + " (" + weight.extent(0) + ")");
        }
    }

    /// `in` to `out` features in F32, biases 0.
    public static Linear of(int in, int out, Init weight, RandomGenerator random) {
        return of(DType.F32, in, out, weight, random);
    }

    /// `in` to `out` features, biases 0.
    public static Linear of(DType dtype, int in, int out, Init weight, RandomGenerator random) {
        return of(dtype, in, out, weight, Init.zeros(), random);
    }

    /// `in` to `out` features; the weight is drawn first, then the bias, with the fans of the weight.
    /// PyTorch's own start is `Linear.of(DType.F32, in, out, Init.pytorchDefault(), Init.pytorchDefault(), random)`.
    public static Linear of(DType dtype, int in, int out, Init weight, Init bias, RandomGenerator random) {
        var w = draw(dtype, in, out, weight, random);
        var b = bias.create(dtype, Shape.of(out), Fans.of(w.shape()), random);
        return new Linear(w, Tensor.parameter(b));
    }

    /// `in` to `out` features in F32, no bias: for a layer in front of a normalization that has one.
    public static Linear withoutBias(int in, int out, Init weight, RandomGenerator random) {
        return withoutBias(DType.F32, in, out, weight, random);
    }

    /// `in` to `out` features, no bias.
    public static Linear withoutBias(DType dtype, int in, int out, Init weight, RandomGenerator random) {
        return new Linear(draw(dtype, in, out, weight, random), null);
    }

    private static Tensor draw(DType dtype, int in, int out, Init weight, RandomGenerator random) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException("Linear: " + in + " → " + out + " features; both must be 1 or more");
        }
        var shape = Shape.of(out, in);
        return Tensor.parameter(weight.create(dtype, shape, Fans.of(shape), random));
    }

    /// Features that come in.
    public int in() {
        return weight.extent(1);
    }

    /// Features that go out.
    public int out() {
        return weight.extent(0);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        requireFit(x, pass);
        return x.linear(weight, bias);
    }

    /// [#forward] and an activation, in one operation; there must be a bias.
    Tensor forward(Tensor x, Epilogue activation, Pass pass) {
        requireFit(x, pass);
        return x.linear(weight, bias, activation);
    }

    private void requireFit(Tensor x, Pass pass) {
        if (x.rank() == 0 || x.extent(-1) != in() || x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + weight.dtype() + " (…, " + in() + ")");
        }
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "Linear(" + in() + " → " + out() + (bias == null ? ", no bias)" : ")");
    }
}
