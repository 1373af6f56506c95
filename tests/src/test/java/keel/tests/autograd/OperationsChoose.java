package keel.tests.autograd;

import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Choosing and placing elements by index or mask: all linear.
final class OperationsChoose {
    private OperationsChoose() {}

    static void enter() {
        Operations.add("take", true, (shape, random) -> {
            var s = Operations.filled(shape);
            var index = Samples.indices(Shape.of(2, 3), s.size(), random);
            return new Case(x -> x[0].take(index), Operations.between(s, -2, 2, random));
        });
        Operations.add("gather with a smaller index", true, (_, random) -> {
            var index = Samples.indices(Shape.of(2, 4), 3, random);
            return new Case(x -> x[0].gather(1, index), Operations.between(Shape.of(3, 3), -2, 2, random));
        });
        Operations.add("takeAlong", true, (_, random) -> {
            var index = Samples.indices(Shape.of(1, 4), 3, random);
            return new Case(x -> x[0].takeAlong(1, index), Operations.between(Shape.of(2, 3), -2, 2, random));
        });
        Operations.add("maskedSelect", true, (shape, random) -> {
            var mask = Samples.mask(shape, random);
            return new Case(x -> x[0].maskedSelect(mask), Operations.between(shape, -2, 2, random));
        });
        Operations.add("maskedScatter", true, (shape, random) -> {
            var mask = Samples.mask(shape, random);
            return new Case(x -> x[0].maskedScatter(mask, x[1]), Operations.between(shape, -2, 2, random),
                Operations.between(shape, -2, 2, random));
        });
        Operations.add("scatter", true, (_, random) -> {
            var index = Tensor.of(NdArray.uniform(DType.F64, SMALL, 0, 1, random)).sort(1, false).indices(); // each place once
            return new Case(x -> x[0].scatter(1, index, x[1]), Operations.between(LARGE, -2, 2, random),
            Operations.between(SMALL, -2, 2, random));
        });
        Operations.add("scatterAdd(Tensor)", true, (_, random) -> {
            var index = Samples.indices(SMALL, LARGE.extent(1), random);
            return new Case(x -> x[0].scatterAdd(1, index, x[1]), Operations.between(LARGE, -2, 2, random),
                Operations.between(LARGE, -2, 2, random));
        });
        Operations.add("indexAdd(Tensor)", true, (_, random) -> {
            var index = Samples.indices(Shape.of(4), LARGE.extent(1), random);
            return new Case(x -> x[0].indexAdd(1, index, x[1]), Operations.between(LARGE, -2, 2, random),
                Operations.between(LARGE.with(1, 4), -2, 2, random));
        });
        Operations.add("indexCopy", true, (_, random) -> new Case(x -> x[0].indexCopy(-1, NdArray.of(2, 0), x[1]),
            Operations.between(LARGE, -2, 2, random),
            Operations.between(LARGE.with(1, 2), -2, 2, random)));
        Operations.add("indexFill", true, (_, random) -> new Case(x -> x[0].indexFill(0, NdArray.of(2, 0, 2), x[1]),
            Operations.between(LARGE, -2, 2, random),
            Operations.between(Shape.of(), -2, 2, random)));
        Operations.add("put", true, (_, random) -> new Case(x -> x[0].put(Grid.diagonal(LARGE, 1, 0, 1), x[1]),
            Operations.between(LARGE, -2, 2, random),
            Operations.between(Shape.of(3), -2, 2, random)));
    }

    private static final Shape SMALL = Shape.of(2, 3);
    private static final Shape LARGE = Shape.of(3, 4);
}
