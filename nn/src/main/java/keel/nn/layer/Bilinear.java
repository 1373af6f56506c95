package keel.nn.layer;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Fans;
import keel.nn.init.Init;

/// A map that is linear in each of two inputs: `yₒ = aᵀ·Wₒ·b + biasₒ`, `(…, in1), (…, in2) → (…, out)`,
/// `weight (out, in1, in2)`, `bias (out)` or null for none.
///
/// As a layer among others it takes both inputs side by side in the last axis: `(…, in1 + in2) → (…, out)`.
public record Bilinear(Tensor weight, Tensor bias) implements Layer {
    /// A layer around these very tensors.
    ///
    /// @throws IllegalArgumentException if the shapes are not `(out, in1, in2)` and `(out)`, or the types differ
    public Bilinear {
        if (weight.rank() != 3 || !weight.dtype().isFloat()) {
            throw new IllegalArgumentException("Bilinear: the weight is " + weight.dtype() + " " + weight.shape()
                + "; give F32 or F64 (out, in1, in2)");
        }
        if (bias != null && (bias.dtype() != weight.dtype() || !bias.shape().equals(Shape.of(weight.extent(0))))) {
            throw new IllegalArgumentException("Bilinear: the weight is " + weight.dtype() + " " + weight.shape()
                + " and the bias " + bias.dtype() + " " + bias.shape() + "; give the bias as " + weight.dtype() + " ("
                + weight.extent(0) + ")");
        }
    }

    /// `in1` and `in2` to `out` features in F32 from PyTorch's start, U(±1/√in1) for weight and bias.
    public static Bilinear of(int in1, int in2, int out, RandomGenerator random) {
        var start = Init.uniform(-1 / Math.sqrt(Math.max(1, in1)), 1 / Math.sqrt(Math.max(1, in1)));
        return of(DType.F32, in1, in2, out, start, start, random);
    }

    /// `in1` and `in2` to `out` features; the weight is drawn first, then the bias; no bias where its `Init` is null. The fan in
    /// is `in1·in2`, as many products as an output sums.
    public static Bilinear of(DType dtype, int in1, int in2, int out, Init weight, Init bias, RandomGenerator random) {
        if (in1 < 1 || in2 < 1 || out < 1) {
            throw new IllegalArgumentException("Bilinear: " + in1 + " and " + in2 + " → " + out
                + " features; all must be 1 or more");
        }
        var shape = Shape.of(out, in1, in2);
        var fans = Fans.of(shape);
        var w = Tensor.parameter(weight.create(dtype, shape, fans, random));
        return new Bilinear(w, bias == null ? null : Tensor.parameter(bias.create(dtype, Shape.of(out), fans, random)));
    }

    /// The output for two inputs that agree on all axes but the last.
    public Tensor forward(Tensor a, Tensor b, Pass pass) {
        try {
            return a.bilinear(b, weight, bias);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int in1 = weight.extent(1);
        int both = in1 + weight.extent(2);
        if (x.rank() == 0 || x.extent(-1) != both || x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + weight.dtype() + " (…, " + both + "), both inputs side by side, or call it with two");
        }
        return forward(x.slice(-1, 0, in1), x.slice(-1, in1, both), pass);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "Bilinear(" + weight.extent(1) + ", " + weight.extent(2) + " → " + weight.extent(0)
            + (bias == null ? ", no bias)" : ")");
    }
}
