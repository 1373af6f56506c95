package keel.tests.autograd;

import keel.array.Combine;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Special functions, values combined by index, differences, and joins that add axes.
final class OperationsSpecial {
    private OperationsSpecial() {}

    static void enter() {
        Operations.smooth("lgamma", 0.5, 4, Tensor::lgamma);
        Operations.smooth("lgamma of negative numbers", -1.7, -1.3, Tensor::lgamma);
        Operations.smooth("digamma", 0.5, 4, Tensor::digamma);
        Operations.smooth("polygamma", 0.8, 4, x -> x.polygamma(2));
        Operations.smooth("sinc", -3, 3, Tensor::sinc);
        Operations.smooth("logit", 0.2, 0.8, Tensor::logit);
        Operations.kinked("logit(double)", x -> x.mul(0.25).add(0.5).logit(0.2), -1.2, 1.2);
        OperationsElementary.two("xlog1py", -2, 2, -0.5, 2, Tensor::xlog1py);
        OperationsElementary.two("logAddExp2", -2, 2, -2, 2, Tensor::logAddExp2);
        OperationsElementary.two("heaviside", 0.5, 2, -2, 2, (a, b) -> a.heaviside(b).add(b).square());
        Operations.add("heaviside at 0", (shape, random) -> new Case(
            x -> Tensor.of(NdArray.zeros(x[0].dtype(), shape)).heaviside(x[0].square()),
            Operations.between(shape, -2, 2, random)));
        Operations.apart("fmax", Tensor::fmax);
        Operations.apart("fmin", Tensor::fmin);
        for (var how : Combine.values()) {
            for (boolean self : new boolean[] {true, false}) {
                Operations.add("scatterReduce " + how + (self ? " with x" : ""), (_, random) -> {
                    var index = Samples.indices(SMALL, LARGE.extent(1), random);
                    var both = Samples.distinct(DType.F64, Shape.of(24), random);
                    return new Case(x -> x[0].scatterReduce(1, index, x[1], how, self).square(),
                        both.slice(0, 0, 12).reshape(LARGE), both.slice(0, 12, 24).reshape(LARGE));
                });
            }
        }
        Operations.add("scatterReduce PROD of zeros", (_, random) -> {
            var index = NdArray.of(Shape.of(1, 6), new int[] {0, 1, 0, 1, 1, 0});
            var zeros = NdArray.of(Shape.of(1, 6), new double[] {0, 0, 1, 0, 1, 1});
            return new Case(x -> x[0].scatterReduce(1, index, x[1].mul(Tensor.of(zeros.cast(x[1].dtype()))), Combine.PROD,
                true).sin(),
                Operations.between(Shape.of(1, 3), 0.5, 1, random), Operations.between(Shape.of(1, 6), 0.5, 1, random));
        });
        Operations.add("index", true, (_, random) -> {
            var i = NdArray.of(Shape.of(2, 1), new int[] {2, -1});
            return new Case(x -> x[0].index(i, NdArray.of(0, 3, 3)), Operations.between(LARGE, -2, 2, random));
        });
        for (boolean accumulate : new boolean[] {true, false}) {
            Operations.add("indexPut" + (accumulate ? ", added" : ""), true, (_, random) -> {
                var i = NdArray.of(accumulate ? new int[] {1, 1, 0} : new int[] {2, 1, 0});
                return new Case(x -> x[0].indexPut(x[1], accumulate, i), Operations.between(LARGE, -2, 2, random),
                    Operations.between(Shape.of(3, 1), -2, 2, random));
            });
        }
        Operations.alongAxis("diff", true, (x, axis) -> x.diff(2, axis));
        Operations.alongAxis("trapezoid(double)", true, (x, axis) -> x.trapezoid(0.5, axis));
        Operations.alongAxis("cumulativeTrapezoid(double)", true, (x, axis) -> x.cumulativeTrapezoid(0.5, axis));
        points("trapezoid", Tensor::trapezoid);
        points("cumulativeTrapezoid", Tensor::cumulativeTrapezoid);
        for (double p : new double[] {0, 0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
            Operations.add("cdist of order " + p, (_, random) -> {
                var b = Samples.distinct(DType.F64, Shape.of(2, 2, 2), random); // differences from 2 … 3 and 8 … 9: no ties
                var a = NdArray.of(Shape.of(1, 3, 2), new double[] {-2, -8, -2.2, -8.3, -2.5, -8.5});
                return new Case(x -> x[0].cdist(x[1], p).square(), a, b);
            });
        }
        joins();
    }

    private static void points(String name, Points f) {
        Operations.add(name, (_, random) -> new Case(x -> f.apply(x[0], x[1], 0), Operations.between(LARGE, -2, 2, random),
            Operations.between(Shape.of(3), -2, 2, random)));
        Operations.add(name + " at points that broadcast", (_, random) -> new Case(x -> f.apply(x[0], x[1], -1),
            Operations.between(LARGE, -2, 2, random), Operations.between(Shape.of(1, 4), -2, 2, random)));
    }

    private interface Points {
        Tensor apply(Tensor y, Tensor x, int axis);
    }

    private static void joins() {
        join("hstack", Tensor::hstack);
        join("vstack", Tensor::vstack);
        join("dstack", Tensor::dstack);
        join("columnStack", Tensor::columnStack);
        Operations.add("cartesianProd", true, (_, random) -> new Case(Tensor::cartesianProd,
            Operations.between(Shape.of(2), -2, 2, random), Operations.between(Shape.of(3), -2, 2, random)));
    }

    private interface Join {
        Tensor apply(Tensor... parts);
    }

    private static void join(String name, Join f) {
        Operations.add(name, true, (shape, random) -> new Case(x -> f.apply(x), Operations.between(shape, -2, 2, random),
            Operations.between(shape, -2, 2, random)));
    }

    private static final Shape SMALL = Shape.of(2, 3);
    private static final Shape LARGE = Shape.of(3, 4);
}
