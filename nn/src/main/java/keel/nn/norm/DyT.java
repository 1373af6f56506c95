package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Dynamic tanh in the place of a normalization: `y = w·tanh(αx) + b`, `(…, features) → (…, features)` (Zhu et al. 2025,
/// arXiv:2503.10622): LayerNorm in a trained transformer maps like a tanh, and this does so without statistics.
///
/// `alpha (1)` starts at ½ (the paper's: ½ in general, smaller for wide language models), `weight` at 1, `bias` at 0.
public record DyT(Tensor alpha, Tensor weight, Tensor bias) implements Layer {
    private static final double DEFAULT_ALPHA = 0.5;

    /// @throws IllegalArgumentException if α is not one number, or weight and bias are not of one axis and one shape
    public DyT {
        if (alpha.size() != 1 || weight.rank() != 1 || !bias.shape().equals(weight.shape())) {
            throw new IllegalArgumentException("DyT: alpha " + alpha.shape() + ", weight " + weight.shape() + ", bias "
                + bias.shape()
                + "; give (1), (features) and (features)");
        }
    }

    /// For `features` features in F32, α ½.
    public static DyT of(int features) {
        return of(DType.F32, features, DEFAULT_ALPHA);
    }

    /// For `features` features, with this α to start from.
    public static DyT of(DType dtype, int features, double alpha) {
        Channels.checkType("DyT", dtype);
        Channels.checkParameters("DyT", features);
        return new DyT(Tensor.parameter(NdArray.ones(dtype, 1).mulInPlace(alpha)), Channels.ones(dtype, features),
            Channels.zeros(dtype, features));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() == 0 || x.extent(-1) != weight.size() || x.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + weight.dtype() + " (…, " + weight.size() + ")");
        }
        return x.mul(alpha).tanh().mul(weight).add(bias);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("alpha", alpha);
        visitor.parameter("weight", weight);
        visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "DyT(" + weight.size() + ")";
    }
}
