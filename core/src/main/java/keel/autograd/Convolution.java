package keel.autograd;

import keel.array.ConvGeometry;
import keel.array.ConvOptions;
import keel.array.NdArray;
import keel.array.Shape;

/// Convolutions over one, two or three spatial axes, and their transposes, differentiable to any order.
///
/// `y[n, o, q] = b[o] + Σ w[o, c, t]·x[n, c, q·stride + t·dilation − padding]` over the input channels `c` of the group of `o`
/// and the taps `t`, as in PyTorch: what deep learning calls convolution is a correlation. Shapes: `x (n, in, …)`,
/// `w (out, in/groups, kernel…)`, `b (out)` or null, `y (n, out, …)` with
/// `⌊(extent + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1` outputs an axis; one image `(in, …)` gives `(out, …)`.
///
/// Every output is one chain of fused multiply-adds over channels and taps in order, so its bits depend neither on threads nor
/// on vectors nor on the rest of the batch. Padding is zeros that take part: an infinite weight times a padded zero is NaN.
///
/// ```java
/// Tensor y = Convolution.conv2d(x, weight, bias, ConvOptions.defaults().stride(2).padding(1));
/// ```
///
/// All throw an `IllegalArgumentException` if shapes, types or options do not fit.
public final class Convolution {
    private Convolution() {}

    /// `x (n, in, length)`, `weight (out, in, kernel)`, `bias (out)` or null, PyTorch's default options.
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias) { return conv1d(x, weight, bias, ConvOptions.defaults()); }

    /// `x (n, in, length)`, `weight (out, in/groups, kernel)`, `bias (out)` or null.
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv1d", 1, x, weight, bias, options);
    }

    /// `x (n, in, height, width)`, `weight (out, in, kernel height, kernel width)`, `bias (out)` or null, PyTorch's default
    /// options.
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias) { return conv2d(x, weight, bias, ConvOptions.defaults()); }

    /// `x (n, in, height, width)`, `weight (out, in/groups, kernel height, kernel width)`, `bias (out)` or null.
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv2d", 2, x, weight, bias, options);
    }

    /// `x (n, in, depth, height, width)`, `weight (out, in, kernel…)`, `bias (out)` or null, PyTorch's default options.
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias) { return conv3d(x, weight, bias, ConvOptions.defaults()); }

    /// `x (n, in, depth, height, width)`, `weight (out, in/groups, kernel…)`, `bias (out)` or null.
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv3d", 3, x, weight, bias, options);
    }

    /// The transpose of [#conv1d]: `x (n, in, length)`, `weight (in, out/groups, kernel)`, `bias (out)` or null → `(n, out, …)`
    /// with `(length − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1` outputs.
    public static Tensor convTranspose1d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose1d", 1, x, weight, bias, options);
    }

    /// The transpose of [#conv2d]: `x (n, in, height, width)`, `weight (in, out/groups, kernel…)`, `bias (out)` or null.
    public static Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose2d", 2, x, weight, bias, options);
    }

    /// The transpose of [#conv3d]: `x (n, in, depth, height, width)`, `weight (in, out/groups, kernel…)`, `bias (out)` or null.
    public static Tensor convTranspose3d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose3d", 3, x, weight, bias, options);
    }

    private static Tensor conv(String name, int axes, Tensor x, Tensor w, Tensor b, ConvOptions options) {
        if (x.rank() == axes + 1) {
            return conv(name, axes, x.unsqueeze(0), w, b, options).squeeze(0);
        }
        requireFit(name, axes, x, w, b);
        var g = ConvGeometry.of(name, options, x.shape(), w.shape());
        requireBias(name, b, w.extent(0));
        return Convolutions.forward(g, x, w, b);
    }

    private static Tensor transposed(String name, int axes, Tensor x, Tensor w, Tensor b, ConvOptions options) {
        if (x.rank() == axes + 1) {
            return transposed(name, axes, x.unsqueeze(0), w, b, options).squeeze(0);
        }
        requireFit(name, axes, x, w, b);
        var g = ConvGeometry.transposed(name, options, x.shape(), w.shape());
        var y = Convolutions.inputGradient(g, x, w);
        requireBias(name, b, y.extent(1));
        return b == null ? y : y.add(b.reshape(perChannel(b.size(), axes)));
    }

    private static Shape perChannel(int channels, int axes) {
        var y = Shape.of(1, channels);
        for (int i = 0; i < axes; i++) {
            y = y.inserted(y.rank(), 1);
        }
        return y;
    }

    private static void requireFit(String name, int axes, Tensor x, Tensor w, Tensor b) {
        if (x.rank() != axes + 2 || w.rank() != axes + 2) {
            throw new IllegalArgumentException(name + ": input " + x.shape() + " and weight " + w.shape()
                + "; give input (n, channels"
                + ", extent".repeat(axes) + ") or one image without n, and weight (out, in/groups" + ", kernel".repeat(axes)
                + ")");
        }
        for (var t : b == null ? new NdArray[] {x.value(), w.value()} : new NdArray[] {x.value(), w.value(), b.value()}) {
            if (!t.dtype().isFloat() || t.dtype() != x.dtype()) {
                throw new IllegalArgumentException(name + ": input is " + x.dtype() + " " + x.shape() + ", weight or bias "
                    + t.dtype() + " " + t.shape() + "; give all as F32 or all as F64");
            }
        }
    }

    private static void requireBias(String name, Tensor b, int channels) {
        if (b != null && !b.shape().equals(Shape.of(channels))) {
            throw new IllegalArgumentException(name + ": bias " + b.shape() + " for " + channels + " output channels; give ("
                + channels + ")");
        }
    }
}
