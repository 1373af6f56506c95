package keel.nn.residual;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// `x + b` with one learned number, from 0, `(…) → (…)`: the scalar biases of Fixup. Parameter `bias ()`.
public record Shift(Tensor bias) implements Layer {
    /// @throws IllegalArgumentException if it is not one number
    public Shift {
        if (bias.rank() != 0) throw new IllegalArgumentException("Shift: the bias is " + bias.shape() + "; give one number, ()");
    }

    /// From 0.
    public static Shift of(DType dtype) {
        return new Shift(Tensor.parameter(NdArray.zeros(dtype, Shape.of())));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.add(bias);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "Shift";
    }
}
