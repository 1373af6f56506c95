package keel.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import keel.array.PadMode;
import keel.autograd.Tensor;
import keel.nn.conv.AdaptiveAvgPool1d;
import keel.nn.conv.AdaptiveAvgPool2d;
import keel.nn.conv.AdaptiveAvgPool3d;
import keel.nn.conv.AdaptiveMaxPool1d;
import keel.nn.conv.AdaptiveMaxPool2d;
import keel.nn.conv.AdaptiveMaxPool3d;
import keel.nn.conv.AvgPool1d;
import keel.nn.conv.AvgPool2d;
import keel.nn.conv.AvgPool3d;
import keel.nn.conv.Conv1d;
import keel.nn.conv.Conv2d;
import keel.nn.conv.Conv3d;
import keel.nn.conv.ConvTranspose1d;
import keel.nn.conv.ConvTranspose2d;
import keel.nn.conv.ConvTranspose3d;
import keel.nn.conv.LPPool1d;
import keel.nn.conv.LPPool2d;
import keel.nn.conv.LPPool3d;
import keel.nn.conv.MaxPool1d;
import keel.nn.conv.MaxPool2d;
import keel.nn.conv.MaxPool3d;
import keel.nn.conv.Pad;
import keel.nn.conv.PixelShuffle;
import keel.nn.conv.PixelUnshuffle;
import keel.nn.conv.Upsample;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;

/// Layers for images, built from constructor arguments and state.
final class ImageLayers {
    private ImageLayers() {}

    /// Makes a layer: from the constructor's arguments, the state and the first input.
    private interface Maker {
        Layer make(Args ctor, Args state, Tensor x);
    }

    static void in(Table t) {
        layer(t, "Conv1d", (a, s, x) -> new Conv1d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a), mode(a)));
        layer(t, "Conv2d", (a, s, x) -> new Conv2d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a), mode(a)));
        layer(t, "Conv3d", (a, s, x) -> new Conv3d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a), mode(a)));
        layer(t, "ConvTranspose1d", (a, s, x) -> new ConvTranspose1d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a)));
        layer(t, "ConvTranspose2d", (a, s, x) -> new ConvTranspose2d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a)));
        layer(t, "ConvTranspose3d", (a, s, x) -> new ConvTranspose3d(weight(a, s), s.tensorOrNull("bias"), ConvOps.options(a)));
        layer(t, "MaxPool1d", (a, s, x) -> new MaxPool1d(PoolOps.options(a)));
        layer(t, "MaxPool2d", (a, s, x) -> new MaxPool2d(PoolOps.options(a)));
        layer(t, "MaxPool3d", (a, s, x) -> new MaxPool3d(PoolOps.options(a)));
        layer(t, "AvgPool1d", (a, s, x) -> new AvgPool1d(PoolOps.options(a)));
        layer(t, "AvgPool2d", (a, s, x) -> new AvgPool2d(PoolOps.options(a)));
        layer(t, "AvgPool3d", (a, s, x) -> new AvgPool3d(PoolOps.options(a)));
        layer(t, "LPPool1d", (a, s, x) -> new LPPool1d(a.number("norm_type"), PoolOps.options(a)));
        layer(t, "LPPool2d", (a, s, x) -> new LPPool2d(a.number("norm_type"), PoolOps.options(a)));
        layer(t, "LPPool3d", (a, s, x) -> new LPPool3d(a.number("norm_type"), PoolOps.options(a)));
        adaptive(t);
        for (int axes = 1; axes <= 3; axes++) pads(t, axes);
        layer(t, "Upsample", (a, s, x) -> new Upsample(ResampleOps.resize(a)));
        layer(t, "UpsamplingNearest2d", (a, s, x) -> new Upsample(ResampleOps.resize(a)));
        layer(t, "UpsamplingBilinear2d", (a, s, x) -> new Upsample(ResampleOps.resize(a).linear().alignCorners(true)));
        layer(t, "PixelShuffle", (a, s, x) -> new PixelShuffle(a.integer("upscale_factor")));
        layer(t, "PixelUnshuffle", (a, s, x) -> new PixelUnshuffle(a.integer("downscale_factor")));
    }

    private static void adaptive(Table t) {
        layer(t, "AdaptiveAvgPool1d", (a, s, x) -> new AdaptiveAvgPool1d(PoolOps.size(a, x, 1)[0]));
        layer(t, "AdaptiveMaxPool1d", (a, s, x) -> new AdaptiveMaxPool1d(PoolOps.size(a, x, 1)[0]));
        layer(t, "AdaptiveAvgPool2d", (a, s, x) -> {
            var n = PoolOps.size(a, x, 2);
            return new AdaptiveAvgPool2d(n[0], n[1]);
        });
        layer(t, "AdaptiveMaxPool2d", (a, s, x) -> {
            var n = PoolOps.size(a, x, 2);
            return new AdaptiveMaxPool2d(n[0], n[1]);
        });
        layer(t, "AdaptiveAvgPool3d", (a, s, x) -> {
            var n = PoolOps.size(a, x, 3);
            return new AdaptiveAvgPool3d(n[0], n[1], n[2]);
        });
        layer(t, "AdaptiveMaxPool3d", (a, s, x) -> {
            var n = PoolOps.size(a, x, 3);
            return new AdaptiveMaxPool3d(n[0], n[1], n[2]);
        });
    }

    private static void pads(Table t, int axes) {
        layer(t, "ZeroPad" + axes + "d", (a, s, x) -> Pad.zeros(a.integers("padding", 2 * axes, 0)));
        layer(t, "ConstantPad" + axes + "d", (a, s, x) -> Pad.constant(a.number("value"), a.integers("padding", 2 * axes, 0)));
        layer(t, "ReflectionPad" + axes + "d", (a, s, x) -> Pad.reflect(a.integers("padding", 2 * axes, 0)));
        layer(t, "ReplicationPad" + axes + "d", (a, s, x) -> Pad.replicate(a.integers("padding", 2 * axes, 0)));
        layer(t, "CircularPad" + axes + "d", (a, s, x) -> Pad.circular(a.integers("padding", 2 * axes, 0)));
    }

    private static void layer(Table t, String name, Maker maker) {
        t.op("module nn." + name, a -> {
            a.raw("cls");
            a.flag("training", false); // of no consequence to layers without dropout and statistics
            var ctor = a.inner("ctor");
            var state = a.inner("state");
            var y = new ArrayList<Tensor>();
            Layer layer = null;
            for (var call : a.inners("calls")) {
                var x = call.input();
                layer = layer == null ? maker.make(ctor, state, x) : layer;
                y.add(layer.forward(x, Pass.inference()));
            }
            return List.copyOf(y);
        });
    }

    // What the constructor says about the weight must be what the weight is.
    private static Tensor weight(Args ctor, Args state) {
        var w = state.tensor("weight");
        int groups = ctor.integer("groups", 1);
        int in = ctor.integer("in_channels");
        int out = ctor.integer("out_channels");
        ctor.integers("kernel_size", w.rank() - 2, 1);
        if (ctor.flag("bias", true) != state.has("bias")) throw new IllegalStateException("bias and constructor differ");
        if (w.extent(0) != out && w.extent(0) != in || w.extent(1) * groups != in && w.extent(1) * groups != out) {
            throw new IllegalStateException("weight " + w.shape() + " and constructor differ");
        }
        return w;
    }

    private static PadMode mode(Args ctor) {
        return switch (ctor.text("padding_mode", "zeros")) {
            case "zeros" -> PadMode.ZEROS;
            case "reflect" -> PadMode.REFLECT;
            case "replicate" -> PadMode.REPLICATE;
            case "circular" -> PadMode.CIRCULAR;
            default -> throw new Unwritable("a padding mode that is none");
        };
    }
}
