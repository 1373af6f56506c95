package keel.nn.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import keel.array.DType;
import keel.nn.conv.Conv2d;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.norm.BatchNorm;

/// What a [ResNet] is made of.
///
/// @param dtype F32 or F64
/// @param channels of the images
/// @param classes that come out
/// @param width channels of the first stage; each further one has twice as many, at half the resolution
/// @param depths blocks of each stage
/// @param bottleneck blocks of three convolutions, 1×1, 3×3 and 1×1 with four times the channels, not two of 3×3
/// @param preActivation norm and activation in front of each convolution, so that the shortcut is free of both
/// @param largeImages whether the first convolution is 7×7 with stride 2 and a max pool behind it, not 3×3
/// @param activation between convolutions
/// @param norm makes the normalization of so many channels; null for batch normalization
/// @param conv makes a layer of each convolution: itself, or one with its weight standardized
/// @param end makes what stands at the end of every branch; null for nothing
public record ResNetOptions(DType dtype, int channels, int classes, int width, List<Integer> depths, boolean bottleneck,
        boolean preActivation, boolean largeImages, Activation activation, IntFunction<Layer> norm,
        Function<Conv2d, Layer> conv, Supplier<Layer> end) {
    private static final int IMAGENET_WIDTH = 64;

    /// @throws IllegalArgumentException if a number is below 1
    public ResNetOptions {
        depths = List.copyOf(depths);
        if (channels < 1 || classes < 1 || width < 1 || depths.isEmpty() || depths.stream().anyMatch(d -> d < 1)) {
            throw new IllegalArgumentException("ResNet: " + channels + " channels, " + classes + " classes, width " + width
                + ", depths " + depths + "; give 1 or more of each");
        }
    }

    /// ResNet-18 (depths 2, 2, 2, 2), -34 (3, 4, 6, 3) and, with [#bottleneck], -50 (3, 4, 6, 3), -101 (3, 4, 23, 3) and -152
    /// (3, 8, 36, 3) of the paper, for images of about 224×224.
    public static ResNetOptions imageNet(int classes, int... depths) {
        return small(3, classes, IMAGENET_WIDTH, depths).largeImages(true);
    }

    /// For small images: basic blocks, batch normalization, relu, in F32. Three stages of n blocks make the paper's nets of
    /// 6n + 2 layers.
    public static ResNetOptions small(int channels, int classes, int width, int... depths) {
        return new ResNetOptions(DType.F32, channels, classes, width, Arrays.stream(depths).boxed().toList(), false, false, false,
            Activation.relu(), null, c -> c, null);
    }

    /// In this type.
    public ResNetOptions dtype(DType type) {
        return new ResNetOptions(type, channels, classes, width, depths, bottleneck, preActivation, largeImages, activation,
            norm, conv, end);
    }

    /// A normalization of so many channels.
    Layer normOf(int features) {
        return norm == null ? BatchNorm.of(dtype, features) : norm.apply(features);
    }

    /// With blocks of three convolutions.
    public ResNetOptions withBottlenecks() {
        return new ResNetOptions(dtype, channels, classes, width, depths, true, preActivation, largeImages, activation, norm,
            conv, end);
    }

    /// With norm and activation in front of each convolution (He et al. 2016, arXiv:1603.05027).
    public ResNetOptions withPreActivation() {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, true, largeImages, activation, norm, conv,
            end);
    }

    private ResNetOptions largeImages(boolean large) {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, preActivation, large, activation, norm,
            conv, end);
    }

    /// With another activation.
    public ResNetOptions activation(Activation f) {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, preActivation, largeImages, f, norm, conv,
            end);
    }

    /// With another normalization: `norm(n -> GroupNorm.of(8, n))`, or none: `norm(n -> Identity.of())`.
    public ResNetOptions norm(IntFunction<Layer> maker) {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, preActivation, largeImages, activation,
            maker, conv, end);
    }

    /// With every convolution made into another layer, such as [ResNet#standardized].
    public ResNetOptions conv(Function<Conv2d, Layer> maker) {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, preActivation, largeImages, activation,
            norm, maker, end);
    }

    /// With a layer at the end of every branch: `() -> DropPath.of(0.1)`, `() -> Scale.of(DType.F32, 0)`.
    public ResNetOptions end(Supplier<Layer> maker) {
        return new ResNetOptions(dtype, channels, classes, width, depths, bottleneck, preActivation, largeImages, activation,
            norm, conv, maker);
    }
}
