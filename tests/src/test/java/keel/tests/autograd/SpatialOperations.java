package keel.tests.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.PadMode;
import keel.array.PoolOptions;
import keel.array.Resize;
import keel.array.Shape;
import keel.autograd.Convolution;
import keel.autograd.Folding;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Pads;
import keel.autograd.Pooling;
import keel.autograd.Resampling;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.autograd.Operation.Maker;
import keel.tests.gen.Samples;

/// Entries of [Operations] that work on windows of images: the shape given to them only seeds theirs.
final class SpatialOperations {
    private SpatialOperations() {}

    static void addTo(List<Operation> all) {
        for (int axes = 1; axes <= 3; axes++) {
            int rank = axes;
            add(all, "conv" + axes + "d", false, (_, random) -> conv(rank, random));
            add(all, "conv" + axes + "d with default options", false, (_, random) -> plainConv(rank, random));
            add(all, "convTranspose" + axes + "d", false, (_, random) -> convTranspose(rank, random));
            pools(all, rank);
            image(all, "adaptiveAvgPool" + axes + "d", true, rank, (x, random) -> adaptive(x, false, some(rank, random, 0, 4)));
            distinct(all, "adaptiveMaxPool" + axes + "d", rank, (x, random) -> adaptive(x, true, some(rank, random, 0, 4)));
            resizes(all, rank);
        }
        rearrangements(all);
    }

    private static void add(List<Operation> all, String name, boolean isLinear, Maker maker) {
        all.add(new Operation(name, isLinear, Precision.FINE, maker));
    }

    // ---- convolutions

    private static Case conv(int axes, SplittableRandom random) {
        var options = options(axes, random);
        int groups = options.groups();
        var w = shape(axes, random, groups * (1 + random.nextInt(2)), 1 + random.nextInt(2), 1, 3);
        var x = shape(axes, random, random.nextInt(3), groups * w.extent(1), 1, 2);
        for (int i = 0; i < axes; i++) { // as many inputs as the taps span, and a few
            int span = options.dilation().get(i) * (w.extent(i + 2) - 1) + 1;
            x = x.with(i + 2, Math.max(1, span - 2 * options.padding().get(i)) + random.nextInt(axes > 1 ? 2 : 5));
        }
        var bias = random.nextBoolean() ? Shape.of(w.extent(0)) : null;
        return ofThree(bias, x, w, random, (t, b) -> switch (axes) {
            case 1 -> Convolution.conv1d(t[0], t[1], b, options);
            case 2 -> Convolution.conv2d(t[0], t[1], b, options);
            default -> Convolution.conv3d(t[0], t[1], b, options);
        });
    }

    private static Case plainConv(int axes, SplittableRandom random) {
        var w = shape(axes, random, 1 + random.nextInt(2), 1 + random.nextInt(2), 1, 3);
        var x = shape(axes, random, random.nextInt(3), w.extent(1), 2, 4);
        return ofThree(random.nextBoolean() ? Shape.of(w.extent(0)) : null, x, w, random, (t, b) -> switch (axes) {
            case 1 -> Convolution.conv1d(t[0], t[1], b);
            case 2 -> Convolution.conv2d(t[0], t[1], b);
            default -> Convolution.conv3d(t[0], t[1], b);
        });
    }

    private static Case convTranspose(int axes, SplittableRandom random) {
        var o = options(axes, random);
        var outputPadding = IntStream.range(0, axes).map(i -> random.nextInt(Math.max(o.stride().get(i), o.dilation().get(i))))
            .toArray();
        var options = o.outputPadding(outputPadding);
        int groups = options.groups();
        var w = shape(axes, random, groups * (1 + random.nextInt(2)), 1 + random.nextInt(2), 1, 3);
        var x = shape(axes, random, random.nextInt(3), w.extent(0), 1, 2);
        for (int i = 0; i < axes; i++) { // outputs must be left inside the padding
            int span = options.dilation().get(i) * (w.extent(i + 2) - 1) + 1 + outputPadding[i];
            int missing = 2 * options.padding().get(i) + 1 - span;
            int stride = options.stride().get(i);
            x = x.with(i + 2, 1 + Math.max(0, (missing + stride - 1) / stride) + random.nextInt(2));
        }
        var bias = random.nextBoolean() ? Shape.of(w.extent(1) * groups) : null;
        return ofThree(bias, x, w, random, (t, b) -> switch (axes) {
            case 1 -> Convolution.convTranspose1d(t[0], t[1], b, options);
            case 2 -> Convolution.convTranspose2d(t[0], t[1], b, options);
            default -> Convolution.convTranspose3d(t[0], t[1], b, options);
        });
    }

    private interface WithBias {
        Tensor apply(Tensor[] t, Tensor bias);
    }

    private static Case ofThree(Shape bias, Shape x, Shape w, SplittableRandom random, WithBias f) {
        var values = new NdArray[] {between(x, random), between(w, random)};
        return bias == null ? new Case(t -> f.apply(t, null), values)
            : new Case(t -> f.apply(t, t[2]), values[0], values[1], between(bias, random));
    }

    private static ConvOptions options(int axes, SplittableRandom random) {
        return ConvOptions.defaults().groups(1 + random.nextInt(2)).stride(some(axes, random, 1, 4))
            .padding(some(axes, random, 0, 3)).dilation(some(axes, random, 1, 3));
    }

    private static int[] some(int axes, SplittableRandom random, int from, int to) {
        return random.ints(axes, from, to).toArray();
    }

    // (a, b, axes extents in low … high − 1)
    private static Shape shape(int axes, SplittableRandom random, int a, int b, int low, int high) {
        var y = new int[axes + 2];
        Arrays.setAll(y, i -> i == 0 ? a : i == 1 ? b : random.nextInt(low, high));
        return Shape.of(y);
    }

    // ---- pools

    /// Makes the function of one image from random options.
    private interface OfImage {
        UnaryOperator<Tensor> make(Shape x, SplittableRandom random);
    }

    private static void image(List<Operation> all, String name, boolean isLinear, int axes, OfImage f) {
        add(all, name, isLinear, (_, random) -> {
            var x = shape(axes, random, random.nextInt(3), 1 + random.nextInt(2), 2, axes == 1 ? 8 : 5);
            var g = f.make(x, random);
            return new Case(t -> g.apply(t[0]), between(x, random));
        });
    }

    /// Every two elements apart, and squared: piecewise linear in between.
    private static void distinct(List<Operation> all, String name, int axes, OfImage f) {
        add(all, name, false, (_, random) -> {
            var x = shape(axes, random, random.nextInt(3), 1 + random.nextInt(2), 2, axes == 1 ? 8 : 5);
            var g = f.make(x, random);
            return new Case(t -> g.apply(t[0]).square(), Samples.distinct(DType.F64, x, random));
        });
    }

    private static void pools(List<Operation> all, int axes) {
        image(all, "avgPool" + axes + "d", true, axes, (_, random) -> {
            var o = poolOptions(axes, random).countPadding(random.nextBoolean());
            var options = random.nextInt(3) == 0 ? o.divisor(3) : o;
            return x -> axes == 1 ? Pooling.avgPool1d(x, options) : axes == 2 ? Pooling.avgPool2d(x, options)
                : Pooling.avgPool3d(x, options);
        });
        distinct(all, "maxPool" + axes + "d", axes, (_, random) -> {
            var options = poolOptions(axes, random);
            return x -> axes == 1 ? Pooling.maxPool1d(x, options) : axes == 2 ? Pooling.maxPool2d(x, options)
                : Pooling.maxPool3d(x, options);
        });
        image(all, "lpPool" + axes + "d", false, axes, (_, random) -> {
            var options = PoolOptions.of(some(axes, random, 1, 3)).ceilMode(random.nextBoolean());
            double p = 1 + random.nextInt(3);
            return t -> {
                var x = t.square().add(0.5);
                return axes == 1 ? Pooling.lpPool1d(x, p, options) : axes == 2 ? Pooling.lpPool2d(x, p, options)
                    : Pooling.lpPool3d(x, p, options);
            };
        });
        distinct(all, "maxPool" + axes + "d with dilation", axes, (_, random) -> {
            var options = PoolOptions.of(2).stride(some(axes, random, 1, 3));
            return x -> axes == 1 ? Pooling.maxPool1d(x, wide(options, x, 1))
                : axes == 2 ? Pooling.maxPool2d(x, wide(options, x, 2)) : Pooling.maxPool3d(x, wide(options, x, 3));
        });
    }

    // Dilation 2 where there is room.
    private static PoolOptions wide(PoolOptions options, Tensor x, int axes) {
        return options.dilation(IntStream.range(0, axes).map(i -> x.extent(i - axes) > 2 ? 2 : 1).toArray());
    }

    private static PoolOptions poolOptions(int axes, SplittableRandom random) {
        var kernel = some(axes, random, 1, 4);
        var padding = IntStream.of(kernel).map(k -> k == 3 ? 1 : random.nextInt(k / 2 + 1)).toArray(); // extents are at least 2
        return PoolOptions.of(kernel).stride(some(axes, random, 1, 4)).padding(padding).ceilMode(random.nextBoolean());
    }

    private static UnaryOperator<Tensor> adaptive(Shape shape, boolean largest, int... out) {
        return switch (out.length) {
            case 1 -> x -> largest ? Pooling.adaptiveMaxPool1d(x, out[0]).y() : Pooling.adaptiveAvgPool1d(x, out[0]);
            case 2 -> x -> largest ? Pooling.adaptiveMaxPool2d(x, out[0], out[1]).y()
                : Pooling.adaptiveAvgPool2d(x, out[0], out[1]);
            default -> x -> largest ? Pooling.adaptiveMaxPool3d(x, out[0], out[1], out[2]).y()
                : Pooling.adaptiveAvgPool3d(x, out[0], out[1], out[2]);
        };
    }

    // ---- resampling, padding, unfolding

    private static void resizes(List<Operation> all, int axes) {
        for (var mode : Resize.Mode.values()) {
            image(all, "interpolate " + mode + " " + axes + "d", true, axes, (_, random) -> {
                var resize = (random.nextBoolean() ? Resize.to(some(axes, random, 1, 6))
                    : Resize.by(0.5 + 1.5 * random.nextDouble())).mode(mode);
                boolean corners = (mode == Resize.Mode.LINEAR || mode == Resize.Mode.CUBIC) && random.nextBoolean();
                return x -> Resampling.interpolate(x, resize.alignCorners(corners));
            });
        }
    }

    private static void rearrangements(List<Operation> all) {
        for (var mode : PadMode.values()) {
            image(all, "pad " + mode, true, 2, (_, random) -> {
                int cut = -random.nextInt(2); // from one end only: something must be left
            int[] amounts = {cut, random.nextInt(2), random.nextInt(2), random.nextInt(2)};
                return x -> Pads.pad(x, mode, amounts);
            });
        }
        image(all, "pad with a value", false, 2, (_, random) -> {
            var amounts = some(2 * random.nextInt(5), random, 0, 2);
            return x -> Pads.constant(x, 1.5, amounts).square();
        });
        image(all, "reflect, replicate, circular", true, 1,
            (_, _) -> x -> Pads.circular(Pads.replicate(Pads.reflect(x, 1, 0), 0, 2), 1, 1));
        image(all, "pixelShuffle", true, 2, (_, random) -> {
            int factor = 1 + random.nextInt(2);
            return x -> Resampling.pixelShuffle(Tensor.concat(1, x, x, x, x), factor);
        });
        image(all, "pixelUnshuffle", true, 2, (_, random) -> {
            int factor = 1 + random.nextInt(2);
            return x -> Resampling.pixelUnshuffle(Tensor.concat(2, Tensor.concat(3, x, x), Tensor.concat(3, x, x)), factor);
        });
        image(all, "unfold", true, 2, (_, random) -> {
            var options = PoolOptions.of(some(2, random, 1, 3)).stride(some(2, random, 1, 3)).padding(some(2, random, 0, 2))
                .dilation(some(2, random, 1, 2));
            return x -> Folding.unfold(x, options);
        });
        image(all, "fold", true, 2, (shape, random) -> {
            var options = PoolOptions.of(some(2, random, 1, 3)).stride(some(2, random, 1, 3)).padding(some(2, random, 0, 2))
                .dilation(some(2, random, 1, 2));
            return x -> Folding.fold(Folding.unfold(x, options).mul(0.5), shape.extent(2), shape.extent(3), options);
        });
    }

    // ---- inside

    private static NdArray between(Shape shape, SplittableRandom random) {
        return Samples.between(DType.F64, shape, -2, 2, random);
    }
}
