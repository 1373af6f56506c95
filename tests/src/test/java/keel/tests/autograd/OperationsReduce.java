package keel.tests.autograd;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Reductions, running sums and products, and what is chosen by order.
final class OperationsReduce {
    private OperationsReduce() {}

    static void enter() {
        Operations.over("std", false, (x, keep, axes) -> x.std(keep, -1, axes));
        around("prod", 0.8, 1.25, (x, keep, axes) -> x.prod(keep, axes)); // a product of hundreds stays a float
        around("prod()", 0.8, 1.25, (x, _, _) -> x.prod());
        Operations.linear("nanSum", x -> x.nanSum(false));
        Operations.over("nanMean", true, (x, keep, axes) -> x.nanMean(keep, axes));
        Operations.over("logSumExp", false, (x, keep, axes) -> x.logSumExp(keep, axes));
        for (double p : new double[] {0, 0.5, 1, 2, 3, -2}) {
            around("norm(" + p + ")", 0.5, 2, (x, keep, axes) -> x.norm(p, keep, axes).square());
        }
        Operations.over("norm(∞)", false, (x, keep, axes) -> x.add(10).norm(Double.POSITIVE_INFINITY, keep, axes).square());
        Operations.over("norm(−∞)", false, (x, keep, axes) -> x.add(10).norm(Double.NEGATIVE_INFINITY, keep, axes).square());
        Operations.add("prod with zeros", (_, random) -> {
            var x = Operations.between(Shape.of(2, 4), -2, 2, random);
            var zeros = Samples.mask(x.shape(), random).cast(DType.F64);
            return new Case(t -> t[0].prod(false, 1), x.mul(zeros));
        });
        Operations.add("matrixNorm", (_, random) -> {
            var x = Samples.distinct(DType.F64, Shape.of(2, 3, 2), random);
            double order = random.nextBoolean() ? 1 : Double.NEGATIVE_INFINITY;
            boolean keep = random.nextBoolean();
            var apart = Tensor.of(NdArray.arange(DType.F64, x.size()).mul(2).add(10).reshape(x.shape())); // no two sums meet
            return new Case(t -> t[0].add(apart.cast(t[0].dtype())).matrixNorm(order, keep, -1, 0).square(), x);
        });
        Operations.alongAxis("cumsum", true, Tensor::cumsum);
        Operations.alongAxis("cumsum from the end", true, (x, axis) -> x.cumsum(axis, true));
        Operations.alongAxis("cumprod", false, Tensor::cumprod);
        Operations.add("cumprod with zeros", (_, random) -> {
            var x = Operations.between(Shape.of(3, 3), -2, 2, random);
            return new Case(t -> t[0].cumprod(0), x.mul(Samples.mask(x.shape(), random).cast(DType.F64)));
        });
        Operations.alongAxis("logCumsumExp", false, Tensor::logCumsumExp);
        Operations.alongAxis("logCumsumExp from the end", false, (x, axis) -> x.logCumsumExp(axis, true));
        ordered("sort", (x, axis) -> x.sort(axis, true).values());
        ordered("topK", (x, axis) -> x.topK(1, axis, true).values());
        ordered("kthSmallest", (x, axis) -> x.kthSmallest(1, axis, false).values());
        ordered("median", (x, axis) -> x.median(axis, true).values());
        ordered("quantile", (x, axis) -> x.quantile(0.3, axis, false));
        ordered("maxAt", (x, axis) -> x.maxAt(axis, false).values());
        ordered("minAt", (x, axis) -> x.minAt(axis, true).values());
        ordered("cummax", (x, axis) -> x.cummax(axis).values());
        ordered("cummin", (x, axis) -> x.cummin(axis).values());
    }

    /// Elements of either sign, with magnitudes from `low` to `high`; no empty axis.
    private static void around(String name, double low, double high, Operations.Reduction f) {
        Operations.add(name, (shape, random) -> {
            var s = Operations.filled(shape);
            var axes = Samples.axes(s, random);
            boolean keep = random.nextBoolean();
            return new Case(x -> f.apply(x[0], keep, axes), Samples.signed(DType.F64, s, low, high, random));
        });
    }

    /// Distinct elements along an axis that has some; squared, so that a wrong second derivative would show.
    private static void ordered(String name, Operations.AlongAxis f) {
        Operations.add(name, (shape, random) -> {
            var s = Operations.filled(shape.rank() == 0 ? Shape.of(3) : shape);
            int axis = Samples.axis(s, random);
            return new Case(x -> f.apply(x[0], axis).square(), Samples.distinct(DType.F64, s, random));
        });
    }
}
