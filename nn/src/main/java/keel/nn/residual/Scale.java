package keel.nn.residual;

import java.util.Arrays;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// `γ·x` with a learned γ, `(…) → (…)`: at the end of a residual branch it decides how much of the branch counts.
///
/// - one number from 0: ReZero (Bachlechner et al. 2020, arXiv:2003.04887), SkipInit (De and Smith 2020, arXiv:2002.10444)
/// - one number a feature, from 1e-5 or so: LayerScale (Touvron et al. 2021, arXiv:2103.17239)
///
/// Parameter `gamma`: `()`, or `(features)` along `axis`.
public record Scale(Tensor gamma, int axis) implements Layer {
    private static final int LAST = -1;
    private static final int CHANNELS = 1;

    /// @throws IllegalArgumentException if γ has more than one axis
    public Scale {
        if (gamma.rank() > 1 || !gamma.dtype().isFloat()) {
            throw new IllegalArgumentException("Scale: gamma is " + gamma.dtype() + " " + gamma.shape()
                + "; give F32 or F64 () or (features)");
        }
    }

    /// One number, which starts at `start`, in F32.
    public static Scale of(double start) {
        return of(DType.F32, start);
    }

    /// One number, which starts at `start`.
    public static Scale of(DType dtype, double start) {
        return new Scale(Tensor.parameter(NdArray.full(dtype, Shape.of(), start)), LAST);
    }

    /// One number a feature (last axis), which start at `start`.
    public static Scale perFeature(DType dtype, int features, double start) {
        return new Scale(Tensor.parameter(NdArray.full(dtype, Shape.of(features), start)), LAST);
    }

    /// One number a channel (axis 1), which start at `start`.
    public static Scale perChannel(DType dtype, int channels, double start) {
        return new Scale(Tensor.parameter(NdArray.full(dtype, Shape.of(channels), start)), CHANNELS);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        boolean one = gamma.rank() == 0;
        if (x.dtype() != gamma.dtype() || !one && (x.rank() < (axis < 0 ? 1 : 2) || x.extent(axis) != gamma.size())) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + gamma.dtype() + (one ? "" : axis < 0 ? " (…, " + gamma.size() + ")" : " (n, " + gamma.size() + ", …)"));
        }
        if (one || axis < 0) return x.mul(gamma);
        var shape = new int[x.rank()];
        Arrays.fill(shape, 1);
        shape[axis] = gamma.size();
        return x.mul(gamma.reshape(shape));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("gamma", gamma);
    }

    @Override
    public String toString() {
        return "Scale" + gamma.shape();
    }
}
