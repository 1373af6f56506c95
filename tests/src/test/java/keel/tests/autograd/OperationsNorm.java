package keel.tests.autograd;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Normalization;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Normalization, with and without weight and bias.
final class OperationsNorm {
    private OperationsNorm() {}

    private static final double EPS = 0.1;

    /// An operation of x, and of weight and bias, which may be null.
    private interface Affine {
        Tensor apply(Tensor x, Tensor weight, Tensor bias);
    }

    static void enter() {
        for (int form = 0; form < 4; form++) {
            boolean weight = form % 2 == 1;
            boolean bias = form > 1;
            var with = (weight ? ", weight" : "") + (bias ? ", bias" : "");
            last("layerNorm" + with, weight, bias, (axes, t) -> (x, w, b) -> x.layerNorm(axes, w, b, EPS));
            if (!bias) last("rmsNorm" + with, weight, false, (axes, t) -> (x, w, b) -> x.rmsNorm(axes, w, EPS));
            channels("groupNorm" + with, weight, bias, (c, random) -> (x, w, b) -> x.groupNorm(c % 2 == 0 ? 2 : 1, w, b, EPS));
            channels("instanceNorm" + with, weight, bias, (c, random) -> (x, w, b) -> x.instanceNorm(w, b, EPS));
            channels("batchNorm(Tensor)" + with, weight, bias, (c, random) -> (x, w, b) -> x.batchNorm(w, b, EPS));
            channels("batchNorm(NdArray)" + with, weight, bias, (c, random) -> {
                var mean = Operations.between(Shape.of(c), -1, 1, random);
                var variance = Operations.between(Shape.of(c), 0.5, 2, random);
                return (x, w, b) -> x.batchNorm(mean.cast(x.dtype()), variance.cast(x.dtype()), w, b, EPS);
            });
        }
        channels("groups, with their statistics", true, true,
            (c, random) -> (x, w, b) -> Normalization.groups(x, c, w, b, EPS).y());
        channels("batch, with its statistics", true, true,
            (c, random) -> (x, w, b) -> Normalization.batch(x, w, b, EPS).y());
    }

    private static void last(String name, boolean weight, boolean bias, BiFunction<Integer, SplittableRandom, Affine> f) {
        Operations.add(name, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axes = 1 + random.nextInt(s.rank());
            var row = Shape.of(Arrays.copyOfRange(s.extents(), s.rank() - axes, s.rank()));
            return of(f.apply(axes, random), weight, bias, s, row, random);
        });
    }

    private static void channels(String name, boolean weight, boolean bias, BiFunction<Integer, SplittableRandom, Affine> f) {
        Operations.add(name, (_, random) -> {
            int c = 1 + random.nextInt(4);
            var extents = new int[2 + random.nextInt(3)];
            Arrays.setAll(extents, _ -> 1 + random.nextInt(3));
            if (random.nextInt(8) == 0) extents[random.nextBoolean() ? 0 : extents.length - 1] = 0;
            extents[1] = c;
            return of(f.apply(c, random), weight, bias, Shape.of(extents), Shape.of(c), random);
        });
    }

    private static Case of(Affine f, boolean weight, boolean bias, Shape shape, Shape parameter, SplittableRandom random) {
        var x = Samples.distinct(DType.F64, shape, random);
        NdArray w = Operations.between(parameter, 0.5, 1.5, random);
        NdArray b = Operations.between(parameter, -1, 1, random);
        return weight && bias ? new Case(t -> f.apply(t[0], t[1], t[2]), x, w, b)
            : weight ? new Case(t -> f.apply(t[0], t[1], null), x, w)
            : bias ? new Case(t -> f.apply(t[0], null, t[1]), x, b) : new Case(t -> f.apply(t[0], null, null), x);
    }
}
