package keel.nn.norm;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Global response normalization: lets the channels compete, `y = x + w·x·n + b` with `n = ‖x‖/(mean over channels of ‖x‖ + eps)`
/// and the norm over the positions of each channel, `(n, c, …) → (n, c, …)` (Woo et al. 2023, "ConvNeXt V2", arXiv:2301.00808).
/// `weight (c)` and `bias (c)` start at 0, so that it starts as the identity; eps 1e-6.
public record GlobalResponseNorm(Tensor weight, Tensor bias, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-6; // the paper's

    /// @throws IllegalArgumentException if the parameters do not have one value a channel each
    public GlobalResponseNorm {
        Channels.checkParameters("GlobalResponseNorm", weight.size(), weight, bias);
        Channels.checkEps("GlobalResponseNorm", eps);
    }

    /// For `channels` channels in F32.
    public static GlobalResponseNorm of(int channels) {
        return of(DType.F32, channels);
    }

    /// For `channels` channels.
    public static GlobalResponseNorm of(DType dtype, int channels) {
        Channels.checkType("GlobalResponseNorm", dtype);
        Channels.checkParameters("GlobalResponseNorm", channels);
        return new GlobalResponseNorm(Channels.zeros(dtype, channels), Channels.zeros(dtype, channels), DEFAULT_EPS);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Channels.check(this, pass, x, weight.size(), 3, weight.dtype());
        var strength = x.norm(2, true, Channels.spatial(x));
        var relative = strength.div(strength.mean(true, 1).add(eps));
        return x.add(Channels.affine(x.mul(relative), weight, bias));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "GlobalResponseNorm(" + weight.size() + ")";
    }
}
