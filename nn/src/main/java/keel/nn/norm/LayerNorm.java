package keel.nn.norm;

import java.util.Arrays;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Normalizes each sample over its last axes: `y = (x − mean)/√(var + eps)·w + b`, `(…, shape) → (…, shape)`, with the biased
/// variance.
///
/// A sample is normalized by itself: no running statistics, the same in training and inference, for batches of any size
/// (Ba, Kiros and Hinton 2016, arXiv:1607.06450). `weight` and `bias` have the normalized shape and start at 1 and 0; each
/// may be null.
public record LayerNorm(Shape shape, Tensor weight, Tensor bias, double eps) implements Layer {
    private static final double DEFAULT_EPS = 1e-5; // PyTorch's

    /// @throws IllegalArgumentException if the shape has no axis or an empty one, a parameter has another shape, or `eps` is
    /// negative
    public LayerNorm {
        if (shape.rank() == 0 || shape.size() == 0) {
            throw new IllegalArgumentException("LayerNorm: the shape " + shape + " holds no feature; give extents of 1 or more");
        }
        if (weight != null && !weight.shape().equals(shape) || bias != null && !bias.shape().equals(shape)) {
            var wrong = weight != null && !weight.shape().equals(shape) ? weight : bias;
            throw new IllegalArgumentException("LayerNorm: a parameter " + wrong.shape() + " for features " + shape
                + "; give it their shape");
        }
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("LayerNorm: eps is " + eps + "; give a small number ≥ 0 such as 1e-5");
        }
    }

    /// Over the last axes, which have these extents; F32, eps 1e-5.
    public static LayerNorm of(int... shape) {
        return of(DType.F32, shape);
    }

    /// Over the last axes, which have these extents; eps 1e-5.
    public static LayerNorm of(DType dtype, int... shape) {
        if (!dtype.isFloat()) throw new IllegalArgumentException("LayerNorm: parameters cannot be " + dtype + "; use F32 or F64");
        var ones = Tensor.parameter(NdArray.ones(dtype, shape));
        return new LayerNorm(Shape.of(shape), ones, Tensor.parameter(NdArray.zeros(dtype, shape)), DEFAULT_EPS);
    }

    /// The same parameters with another `eps`.
    public LayerNorm eps(double eps) {
        return new LayerNorm(shape, weight, bias, eps);
    }

    /// Without the bias.
    public LayerNorm withoutBias() {
        return new LayerNorm(shape, weight, null, eps);
    }

    /// Without weight and bias: normalizes only.
    public LayerNorm withoutAffine() {
        return new LayerNorm(shape, null, null, eps);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        int axes = shape.rank();
        var wanted = weight == null ? x.dtype() : weight.dtype();
        if (x.rank() < axes || x.dtype() != wanted || !Arrays.equals(last(x.shape().extents(), axes), shape.extents())) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + wanted + " with last extents " + shape);
        }
        return x.layerNorm(axes, weight, bias, eps);
    }

    private static int[] last(int[] extents, int axes) {
        return Arrays.copyOfRange(extents, extents.length - axes, extents.length);
    }

    @Override
    public void visit(Visitor visitor) {
        if (weight != null) visitor.parameter("weight", weight);
        if (bias != null) visitor.parameter("bias", bias);
    }

    @Override
    public String toString() {
        return "LayerNorm" + shape;
    }
}
