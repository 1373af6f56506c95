package keel.nn.norm;

import keel.array.DType;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// EvoNorm-S0, normalization and activation in one, found by search: `y = x·σ(v·x)/√(group variance + eps)·w + b`,
/// `(n, c, …) → (n, c, …)` (Liu et al. 2020, arXiv:2004.02967): a silu with a learned slope over the deviation of the channel's
/// group, without its mean. Nothing of the batch matters.
///
/// `weight (c)` and `v (c)` start at 1, `bias (c)` at 0; 32 groups in the paper, eps 1e-5.
public record EvoNorm(int groups, Tensor weight, Tensor bias, Tensor v, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // the paper's

    /// @throws IllegalArgumentException if the groups do not divide the channels, or a parameter does not have one value a
    /// channel
    public EvoNorm {
        Channels.checkParameters("EvoNorm", weight.size(), weight, bias, v);
        if (groups < 1 || weight.size() % groups != 0) {
            throw new IllegalArgumentException("EvoNorm: " + weight.size() + " channels do not divide into " + groups
                + " groups; give a divisor of " + weight.size());
        }
        Channels.checkEps("EvoNorm", eps);
    }

    /// `channels` channels in `groups` groups in F32.
    public static EvoNorm of(int groups, int channels) {
        return of(DType.F32, groups, channels);
    }

    /// `channels` channels in `groups` groups.
    public static EvoNorm of(DType dtype, int groups, int channels) {
        Channels.checkType("EvoNorm", dtype);
        Channels.checkParameters("EvoNorm", channels);
        return new EvoNorm(groups, Channels.ones(dtype, channels), Channels.zeros(dtype, channels), Channels.ones(dtype,
            channels),
            DEFAULT_EPS);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int channels = weight.size();
        Channels.check(this, pass, x, channels, 2, weight.dtype());
        var grouped = Shape.of(x.extent(0), groups, channels / groups * x.shape().product(2, x.rank()));
        var swish = x.mul(x.mul(v.reshape(Channels.shape(x, channels))).sigmoid());
        var scale = x.reshape(grouped).variance(true, 0, 2).add(eps).rsqrt();
        return Channels.affine(swish.reshape(grouped).mul(scale).reshape(x.shape()), weight, bias);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        visitor.parameter("bias", bias);
        visitor.parameter("v", v);
    }

    @Override
    public String toString() {
        return "EvoNorm(" + groups + ", " + weight.size() + ")";
    }
}
