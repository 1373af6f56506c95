package keel.nn.norm;

import java.util.Arrays;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Scales each sample to a root mean square of 1 over its last axes: `y = x/√(mean x² + eps)·w`, `(…, shape) → (…, shape)`: a
/// [LayerNorm] that leaves the mean alone and needs no bias (Zhang and Sennrich 2019, arXiv:1910.07467).
///
/// A null `eps` is the type's: 1.1920929e-07 for F32, 2.220446049250313e-16 for F64. `weight` has the normalized shape and
/// starts at 1; it may be null.
public record RMSNorm(Shape shape, Tensor weight, Double eps) implements Layer {
    private static final double EPS_F32 = 0x1p-23;
    private static final double EPS_F64 = 0x1p-52;

    /// @throws IllegalArgumentException if the shape has no axis or an empty one, the weight has another, or `eps` is negative
    public RMSNorm {
        if (shape.rank() == 0 || shape.size() == 0) {
            throw new IllegalArgumentException("RMSNorm: the shape " + shape + " holds no feature; give extents of 1 or more");
        }
        if (weight != null && !weight.shape().equals(shape)) {
            throw new IllegalArgumentException("RMSNorm: a weight " + weight.shape() + " for features " + shape
                + "; give it their shape");
        }
        if (eps != null) Channels.checkEps("RMSNorm", eps);
    }

    /// Over the last axes, which have these extents; F32, its epsilon.
    public static RMSNorm of(int... shape) {
        return of(DType.F32, shape);
    }

    /// Over the last axes, which have these extents; the type's epsilon.
    public static RMSNorm of(DType dtype, int... shape) {
        Channels.checkType("RMSNorm", dtype);
        return new RMSNorm(Shape.of(shape), Tensor.parameter(NdArray.ones(dtype, shape)), null);
    }

    /// The same weight with another `eps`.
    public RMSNorm eps(double eps) {
        return new RMSNorm(shape, weight, eps);
    }

    /// Without the weight: normalizes only.
    public RMSNorm withoutAffine() {
        return new RMSNorm(shape, null, eps);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int from = x.rank() - shape.rank();
        var wanted = weight == null ? x.dtype() : weight.dtype();
        if (from < 0 || x.dtype() != wanted
                || !Arrays.equals(Arrays.copyOfRange(x.shape().extents(), from, x.rank()), shape.extents())) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + wanted + " with last extents " + shape);
        }
        double e = eps != null ? eps : x.dtype() == DType.F32 ? EPS_F32 : EPS_F64;
        return x.rmsNorm(shape.rank(), weight, e);
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
    }

    @Override
    public String toString() {
        return "RMSNorm" + shape;
    }
}
