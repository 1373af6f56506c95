package keel.nn.conv;

import java.util.random.RandomGenerator;

import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.PadMode;
import keel.autograd.Tensor;
import keel.nn.init.Init;

/// The transpose of a convolution of volumes, which makes them larger: `(n, in, depth, height, width) → (n, out, …)`; see
/// [keel.autograd.Convolution#convTranspose3d] for the number of outputs (Zeiler et al. 2010, doi:10.1109/CVPR.2010.5539957).
///
/// @param weight `(in, out/groups, kernel depth, kernel height, kernel width)`
/// @param bias `(out)`, or null for none
/// @param options stride, padding, dilation, groups, output padding
public record ConvTranspose3d(Tensor weight, Tensor bias, ConvOptions options) implements Convolving {
    /// A layer around these very tensors.
    ///
    /// @throws IllegalArgumentException if shapes, types and options do not fit each other
    public ConvTranspose3d {
        ConvParameters.check("ConvTranspose3d", 3, true, weight, bias, options, PadMode.ZEROS);
    }

    /// `in` to `out` channels in F32, PyTorch's default options, biases 0.
    public static ConvTranspose3d of(int in, int out, int kernel, Init weight, RandomGenerator random) {
        return of(in, out, kernel, ConvOptions.defaults(), weight, random);
    }

    /// `in` to `out` channels in F32, biases 0.
    public static ConvTranspose3d of(int in, int out, int kernel, ConvOptions options, Init weight, RandomGenerator random) {
        return of(DType.F32, in, out, new int[] {kernel, kernel, kernel}, options, weight, Init.zeros(), random);
    }

    /// `in` to `out` channels; the weight is drawn first, then the bias, with the fans of the weight; no bias where its `Init`
    /// is null. PyTorch's own start is [Init#pytorchDefault] for both.
    public static ConvTranspose3d of(DType dtype, int in, int out, int[] kernel, ConvOptions options, Init weight, Init bias,
            RandomGenerator random) {
        var w = ConvParameters.draw("ConvTranspose3d", dtype, true, in, out, kernel, options, weight, random);
        return new ConvTranspose3d(w, ConvParameters.draw(w, out, bias, random), options);
    }

    @Override
    public boolean isTransposed() {
        return true;
    }

    @Override
    public String toString() {
        return ConvParameters.describe("ConvTranspose3d", this);
    }
}
