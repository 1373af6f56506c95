package keel.tests.autograd;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Convolution;
import keel.autograd.GradCheck.Precision;
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
        }
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
        var outputPadding = IntStream.range(0, axes).map(i -> random.nextInt(Math.max(o.stride().get(i), o.dilation().get(i)))).toArray();
        var options = o.outputPadding(outputPadding);
        int groups = options.groups();
        var w = shape(axes, random, groups * (1 + random.nextInt(2)), 1 + random.nextInt(2), 1, 3);
        var x = shape(axes, random, random.nextInt(3), w.extent(0), 1, 2);
        for (int i = 0; i < axes; i++) { // outputs must be left inside the padding
            int span = options.dilation().get(i) * (w.extent(i + 2) - 1) + 1 + outputPadding[i];
            int missing = 2 * options.padding().get(i) + 1 - span;
            x = x.with(i + 2, 1 + Math.max(0, (missing + options.stride().get(i) - 1) / options.stride().get(i)) + random.nextInt(2));
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
        return bias == null ? new Case(t -> f.apply(t, null), values) : new Case(t -> f.apply(t, t[2]), values[0], values[1], between(bias, random));
    }

    private static ConvOptions options(int axes, SplittableRandom random) {
        return ConvOptions.defaults().groups(1 + random.nextInt(2)).stride(some(axes, random, 1, 4)).padding(some(axes, random, 0, 3)).dilation(some(axes, random, 1, 3));
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

    // ---- inside

    private static NdArray between(Shape shape, SplittableRandom random) {
        return Samples.between(DType.F64, shape, -2, 2, random);
    }
}
