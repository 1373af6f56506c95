package keel.nn.norm;

import java.util.stream.IntStream;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;

/// What the norms of `(n, c, …)` share: axis 1 is the channels.
final class Channels {
    private Channels() {}

    /// `(c) → (1, c, 1, …)`, ready to broadcast.
    static int[] shape(Tensor x, int channels) {
        return IntStream.range(0, x.rank()).map(axis -> axis == 1 ? channels : 1).toArray();
    }

    /// Every axis from 2 on.
    static int[] spatial(Tensor x) {
        return IntStream.range(2, x.rank()).toArray();
    }

    /// `x·w + b`, one number a channel; either may be null.
    static Tensor affine(Tensor x, Tensor weight, Tensor bias) {
        var y = weight == null ? x : x.mul(weight.reshape(shape(x, weight.size())));
        return bias == null ? y : y.add(bias.reshape(shape(x, bias.size())));
    }

    static Tensor ones(DType dtype, int channels) {
        return Tensor.parameter(NdArray.ones(dtype, channels));
    }

    static Tensor zeros(DType dtype, int channels) {
        return Tensor.parameter(NdArray.zeros(dtype, channels));
    }

    /// @throws IllegalArgumentException if the input is not `(n, channels, …)` with at least `axes` axes, or its type is not
    /// `wanted`; null accepts F32 and F64
    static void check(Object layer, Pass pass, Tensor x, int channels, int axes, DType wanted) {
        if (x.rank() < axes || x.extent(1) != channels || wanted != null && x.dtype() != wanted || !x.dtype().isFloat()) {
            throw new IllegalArgumentException(layer + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + (wanted == null ? "F32 or F64" : wanted) + (axes == 2 ? " (n, " + channels + ") or" : "") + " (n, " + channels
                + ", …)");
        }
    }

    /// @throws IllegalArgumentException if there are no channels, or a parameter does not have one value a channel
    static void checkParameters(String layer, int channels, Tensor... parameters) {
        if (channels < 1) throw new IllegalArgumentException(layer + ": " + channels + " channels; give 1 or more");
        for (var p : parameters) {
            if (p != null && (p.rank() != 1 || p.size() != channels || !p.dtype().isFloat())) {
                throw new IllegalArgumentException(layer + ": a parameter is " + p.dtype() + " " + p.shape() + " for " + channels
                    + " channels; give F32 or F64 (" + channels + ")");
            }
        }
    }

    static void checkEps(String layer, double eps) {
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(layer + ": eps is " + eps + "; give a small number ≥ 0 such as 1e-5");
        }
    }

    static void checkType(String layer, DType dtype) {
        if (!dtype.isFloat()) throw new IllegalArgumentException(layer + ": parameters cannot be " + dtype + "; use F32 or F64");
    }

    /// The type that the parameters have; null without any.
    static DType type(Tensor... parameters) {
        for (var p : parameters) if (p != null) return p.dtype();
        return null;
    }
}
