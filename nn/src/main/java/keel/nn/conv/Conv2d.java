package keel.nn.conv;

import java.util.random.RandomGenerator;

import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.PadMode;
import keel.autograd.Tensor;
import keel.nn.init.Init;

/// A convolution of images: `(n, in, height, width) → (n, out, …)`; see [keel.autograd.Convolution] for the formula and the
/// number of outputs.
///
/// @param weight `(out, in/groups, kernel height, kernel width)`
/// @param bias `(out)`, or null for none
/// @param options stride, padding, dilation, groups
/// @param mode what stands beyond the edge
public record Conv2d(Tensor weight, Tensor bias, ConvOptions options, PadMode mode) implements Convolving {
    /// A layer around these very tensors.
    ///
    /// @throws IllegalArgumentException if shapes, types and options do not fit each other
    public Conv2d {
        ConvParameters.check("Conv2d", 2, false, weight, bias, options, mode);
    }

    /// `in` to `out` channels in F32, PyTorch's default options, biases 0.
    public static Conv2d of(int in, int out, int kernel, Init weight, RandomGenerator random) {
        return of(in, out, kernel, ConvOptions.defaults(), weight, random);
    }

    /// `in` to `out` channels in F32, biases 0.
    public static Conv2d of(int in, int out, int kernel, ConvOptions options, Init weight, RandomGenerator random) {
        return of(DType.F32, in, out, new int[] {kernel, kernel}, options, weight, Init.zeros(), random);
    }

    /// `in` to `out` channels in F32 without a bias: for a layer in front of a normalization that has one.
    public static Conv2d withoutBias(int in, int out, int kernel, ConvOptions options, Init weight, RandomGenerator random) {
        return of(DType.F32, in, out, new int[] {kernel, kernel}, options, weight, null, random);
    }

    /// `in` to `out` channels; the weight is drawn first, then the bias, with the fans of the weight; no bias where its `Init`
    /// is null. PyTorch's own start is [Init#pytorchDefault] for both.
    public static Conv2d of(DType dtype, int in, int out, int[] kernel, ConvOptions options, Init weight, Init bias,
            RandomGenerator random) {
        var w = ConvParameters.draw("Conv2d", dtype, false, in, out, kernel, options, weight, random);
        return new Conv2d(w, ConvParameters.draw(w, out, bias, random), options, PadMode.ZEROS);
    }

    /// The same layer with something else beyond the edge than zeros.
    public Conv2d mode(PadMode mode) {
        return new Conv2d(weight, bias, options, mode);
    }

    @Override
    public String toString() {
        return ConvParameters.describe("Conv2d", this);
    }
}
