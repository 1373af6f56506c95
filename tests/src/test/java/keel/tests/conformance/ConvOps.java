package keel.tests.conformance;

import keel.array.ConvOptions;
import keel.array.PoolOptions;
import keel.autograd.Convolution;
import keel.autograd.Folding;
import keel.autograd.Tensor;

/// Convolutions, and images as columns.
final class ConvOps {
    private ConvOps() {}

    static void in(Table t) {
        conv(t, "conv1d", Convolution::conv1d);
        conv(t, "conv2d", Convolution::conv2d);
        conv(t, "conv3d", Convolution::conv3d);
        conv(t, "conv_transpose1d", Convolution::convTranspose1d);
        conv(t, "conv_transpose2d", Convolution::convTranspose2d);
        conv(t, "conv_transpose3d", Convolution::convTranspose3d);
        t.op("nn.functional.unfold", a -> Folding.unfold(a.input(), columns(a)));
        t.op("nn.functional.fold", a -> {
            var size = a.integers("output_size", 2, 0);
            return Folding.fold(a.input(), size[0], size[1], columns(a));
        });
    }

    private interface Conv {
        Tensor apply(Tensor x, Tensor weight, Tensor bias, ConvOptions options);
    }

    private static void conv(Table t, String name, Conv f) {
        t.op("nn.functional." + name, a -> f.apply(a.input(), a.tensor("weight"), a.tensorOrNull("bias"), options(a)));
    }

    /// The options of a convolution, by PyTorch's names.
    static ConvOptions options(Args a) {
        var o = ConvOptions.defaults().groups(a.integer("groups", 1));
        if (a.has("stride")) o = o.stride(a.integers("stride"));
        if (a.has("dilation")) o = o.dilation(a.integers("dilation"));
        if (a.has("output_padding")) o = o.outputPadding(a.integers("output_padding"));
        if (!a.isText("padding")) return a.has("padding") ? o.padding(a.integers("padding")) : o;
        return switch (a.text("padding")) {
            case "same" -> o.paddingSame();
            case "valid" -> o.paddingValid();
            default -> throw new Unwritable("a padding that is none");
        };
    }

    private static PoolOptions columns(Args a) {
        var o = PoolOptions.of(a.integers("kernel_size"));
        if (a.has("stride")) o = o.stride(a.integers("stride"));
        if (a.has("padding")) o = o.padding(a.integers("padding"));
        return a.has("dilation") ? o.dilation(a.integers("dilation")) : o;
    }
}
