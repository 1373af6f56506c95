package keel.nn.norm;

import java.util.Arrays;

import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A weight of which every output's inputs have mean 0 and variance 1: `(w − mean)/√(var + eps)·gain·scale` over all axes but
/// 0, with the biased variance (Qiao et al. 2019, arXiv:1903.10520).
///
/// [#scaled] is what normalizer-free nets are made of (Brock et al. 2021, arXiv:2101.08692, eq. 1): `scale = γ/√fanIn` gives
/// the output the variance of the input behind an activation of gain γ, and a learned `gain (out)` from 1.
public record WeightStandardized(Tensor weight, Tensor gain, double scale, double eps) implements Reparametrized.Weight {
    private static final double DEFAULT_EPS = 1e-6; // timm's

    /// @throws IllegalArgumentException if the weight has fewer than 2 axes, or the gain not one number an output
    public WeightStandardized {
        check(weight, gain);
    }

    /// Standardized only.
    public static WeightStandardized of(Tensor weight) {
        return new WeightStandardized(weight, null, 1, DEFAULT_EPS);
    }

    /// With a learned gain an output, from 1, and the scale `γ/√fanIn`: γ √2/√(1 − 1/π) = 1.7139 behind relu, 1 behind
    /// nothing.
    public static WeightStandardized scaled(Tensor weight, double gamma) {
        var gain = Tensor.parameter(NdArray.ones(weight.dtype(), weight.extent(0)));
        return new WeightStandardized(weight, gain, gamma / Math.sqrt(weight.size() / (double) weight.extent(0)), DEFAULT_EPS);
    }

    /// The function itself: `weight (out, …) → (out, …)`; `gain` is `(out)` or has as many elements, or null.
    public static Tensor standardize(Tensor weight, Tensor gain, double scale, double eps) {
        check(weight, gain);
        var y = weight.layerNorm(weight.rank() - 1, null, null, eps);
        if (gain == null) return scale == 1 ? y : y.mul(scale);
        var perOutput = new int[weight.rank()];
        Arrays.fill(perOutput, 1);
        perOutput[0] = weight.extent(0);
        return y.mul(gain.reshape(Shape.of(perOutput)).mul(scale));
    }

    private static void check(Tensor weight, Tensor gain) {
        if (weight.rank() < 2 || gain != null && gain.size() != weight.extent(0)) {
            throw new IllegalArgumentException("WeightStandardized: weight " + weight.shape() + ", gain "
                + (gain == null ? "none" : gain.shape()) + "; give (out, in, …) and (out)");
        }
    }

    @Override
    public Tensor of(Pass pass) {
        return standardize(weight, gain, scale, eps);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
        if (gain != null) visitor.parameter("gain", gain);
    }
}
