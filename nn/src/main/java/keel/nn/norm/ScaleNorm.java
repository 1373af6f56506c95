package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Gives every sample the same learned length: `y = g·x/max(‖x‖, eps)` along the last axis, `(…, features) → (…, features)`, one
/// parameter in all (Nguyen and Salazar 2019, arXiv:1910.05895). `g ()` starts at `√features`, where it is an [RMSNorm]
/// without a weight.
public record ScaleNorm(int features, Tensor g, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // the paper's

    /// @throws IllegalArgumentException if `g` is not one number, or there are no features
    public ScaleNorm {
        if (g.rank() != 0 || features < 1) {
            throw new IllegalArgumentException("ScaleNorm: g is " + g.shape() + " for " + features
                + " features; give one number, (), and 1 feature or more");
        }
        Channels.checkEps("ScaleNorm", eps);
    }

    /// For `features` features in F32.
    public static ScaleNorm of(int features) {
        return of(DType.F32, features);
    }

    /// For `features` features.
    public static ScaleNorm of(DType dtype, int features) {
        Channels.checkType("ScaleNorm", dtype);
        return new ScaleNorm(features, Tensor.parameter(NdArray.full(dtype, Shape.of(), Math.sqrt(features))), DEFAULT_EPS);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() == 0 || x.extent(-1) != features || x.dtype() != g.dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + g.dtype() + " (…, " + features + ")");
        }
        return x.mul(g.div(x.norm(2, true, -1).clamp(eps, Double.POSITIVE_INFINITY)));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("g", g);
    }

    @Override
    public String toString() {
        return "ScaleNorm(" + features + ")";
    }
}
