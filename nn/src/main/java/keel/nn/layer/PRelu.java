package keel.nn.layer;

import java.util.Arrays;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// `x` right of 0 and `w·x` left of it, with a slope `w` that is learned (He et al. 2015, arXiv:1502.01852): `(…) → (…)` with
/// one slope for all, `(n, c, …) → (n, c, …)` with one a channel. `weight (1)` or `(c)` starts at ¼. Weight decay would pull
/// the slope towards relu: leave it out of it.
public record PRelu(Tensor weight) implements Layer {
    private static final double DEFAULT_SLOPE = 0.25; // PyTorch's

    /// @throws IllegalArgumentException if the weight is not of one axis, or empty
    public PRelu {
        if (weight.rank() != 1 || weight.size() == 0 || !weight.dtype().isFloat()) {
            throw new IllegalArgumentException("PRelu: the weight is " + weight.dtype() + " " + weight.shape()
                + "; give F32 or F64 (1), or (channels)");
        }
    }

    /// One slope for all, ¼, in F32.
    public static PRelu of() {
        return of(DType.F32, 1, DEFAULT_SLOPE);
    }

    /// One slope a channel (axis 1), or one for all where `channels` is 1.
    public static PRelu of(DType dtype, int channels, double slope) {
        return new PRelu(Tensor.parameter(NdArray.full(dtype, Shape.of(channels), slope)));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int channels = weight.size();
        if (x.dtype() != weight.dtype() || channels > 1 && (x.rank() < 2 || x.extent(1) != channels)) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + weight.dtype() + (channels > 1 ? " (n, " + channels + ", …)" : ""));
        }
        var shape = new int[channels > 1 ? x.rank() : 0];
        Arrays.fill(shape, 1);
        if (channels > 1) shape[1] = channels;
        return Tensor.where(x.gt(0), x, x.mul(weight.reshape(shape)));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
    }

    @Override
    public String toString() {
        return "PRelu(" + weight.size() + ")";
    }
}
