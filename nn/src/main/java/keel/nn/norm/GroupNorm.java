package keel.nn.norm;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Normalizes groups of channels of each sample, over the group's channels and all positions:
/// `y = (x − mean)/√(var + eps)·w + b`, `(n, c, …) → (n, c, …)` (Wu and He 2018, arXiv:1803.08494). Nothing of the batch
/// matters: for batches too small for [BatchNorm]. One group is a [LayerNorm] over channels and positions, `c` groups are an
/// [InstanceNorm]. `weight (c)` and `bias (c)` start at 1 and 0; either may be null.
public record GroupNorm(int groups, int channels, Tensor weight, Tensor bias, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // PyTorch's

    /// @throws IllegalArgumentException if the groups do not divide the channels, or a parameter does not have one value a
    /// channel
    public GroupNorm {
        Channels.checkParameters("GroupNorm", channels, weight, bias);
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("GroupNorm: " + channels + " channels do not divide into " + groups
                + " groups; give a divisor of " + channels);
        }
        Channels.checkEps("GroupNorm", eps);
    }

    /// `channels` channels in `groups` groups in F32: eps 1e-5.
    public static GroupNorm of(int groups, int channels) {
        return of(DType.F32, groups, channels);
    }

    /// `channels` channels in `groups` groups: eps 1e-5.
    public static GroupNorm of(DType dtype, int groups, int channels) {
        Channels.checkType("GroupNorm", dtype);
        Channels.checkParameters("GroupNorm", channels);
        return new GroupNorm(groups, channels, Channels.ones(dtype, channels), Channels.zeros(dtype, channels), DEFAULT_EPS);
    }

    /// The same parameters with another `eps`.
    public GroupNorm eps(double eps) {
        return new GroupNorm(groups, channels, weight, bias, eps);
    }

    /// Without weight and bias: normalizes only.
    public GroupNorm withoutAffine() {
        return new GroupNorm(groups, channels, null, null, eps);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Channels.check(this, pass, x, channels, 2, Channels.type(weight, bias));
        return x.groupNorm(groups, weight, bias, eps);
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "GroupNorm(" + groups + ", " + channels + ")";
    }
}
