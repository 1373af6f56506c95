package keel.tests.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.Epilogue;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Checkpoint;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.autograd.Operation.Maker;
import keel.tests.gen.Samples;

/// Every differentiable operation. An operation that is missing here fails [RegistryTest]: every public method of [Tensor] that
/// returns one is called in this file, and every derivative record is reached by an entry.
final class Operations {
    private Operations() {}

    static final List<Operation> ALL = new ArrayList<>();

    static {
        arithmetic();
        functions();
        products();
        reductions();
        rows();
        shapes();
        indices();
        SpatialOperations.addTo(ALL);
        OperationsElementary.enter();
        OperationsSpecial.enter();
        OperationsLinalg.enter();
        OperationsReduce.enter();
        OperationsProduct.enter();
        OperationsArrange.enter();
        OperationsChoose.enter();
        OperationsNorm.enter();
        OperationsAttention.enter();
        OperationsPointwise.enter();
        OperationsRecurrent.enter();
    }

    // ---- elementwise

    private static void arithmetic() {
        pair("add", true, Tensor::add);
        pair("sub", true, Tensor::sub);
        pair("mul", false, Tensor::mul);
        add("div", (shape, random) -> {
            var s = Samples.broadcastable(shape, 2, random);
            return new Case(x -> x[0].div(x[1]), between(s[0], -2, 2, random), Samples.signed(DType.F64, s[1], 0.5, 2, random));
        });
        add("pow", (shape, random) -> {
            var s = Samples.broadcastable(shape, 2, random);
            return new Case(x -> x[0].pow(x[1]), between(s[0], 0.5, 2, random), between(s[1], -2, 3, random));
        });
        apart("minimum", Tensor::minimum);
        apart("maximum", Tensor::maximum);
        add("where", (shape, random) -> {
            var s = Samples.broadcastable(shape, 3, random);
            var mask = Samples.mask(s[0], random);
            return new Case(x -> Tensor.where(mask, x[0].square(), x[1].sin()), between(s[1], -2, 2, random),
                between(s[2], -2, 2, random));
        });
        smooth("add(double)", -2, 2, x -> x.add(0.7));
        smooth("sub(double)", -2, 2, x -> x.sub(0.7));
        smooth("rsub(double)", -2, 2, x -> x.rsub(0.7));
        smooth("rdiv(double)", 0.5, 2, x -> x.rdiv(0.7));
        kinked("minimum(double)", x -> x.minimum(0.5), 0.5);
        kinked("maximum(double)", x -> x.maximum(-0.5), -0.5);
        linear("mul(double)", x -> x.mul(-1.3));
        linear("div(double)", x -> x.div(0.7));
        for (double p : new double[] {-1, 0, 0.5, 1, 2, 3, 2.5}) {
            smooth("pow(" + p + ")", 0.5, 2, x -> x.pow(p));
        }
        for (double p : new double[] {0, 1, 2, 3}) {
            smooth("pow(" + p + ") of any sign", -2, 2, x -> x.pow(p));
        }
    }

    /// `a` and `b` broadcast, both in `−2 … 2`; and `a` with itself.
    static void pair(String name, boolean isLinear, BinaryOperator<Tensor> f) {
        add(name, isLinear, (shape, random) -> {
            var s = Samples.broadcastable(shape, 2, random);
            return new Case(x -> f.apply(x[0], x[1]), between(s[0], -2, 2, random), between(s[1], -2, 2, random));
        });
        add(name + " with itself", isLinear, (shape, random) -> new Case(x -> f.apply(x[0], x[0]),
            between(shape, -2, 2, random)));
    }

    /// `b` is `a` moved by at least 0.1: no ties, whichever elements meet.
    static void apart(String name, BinaryOperator<Tensor> f) {
        add(name, (shape, random) -> {
            var s = Samples.broadcastable(shape, 2, random);
            var both = Samples.distinct(DType.F64, Shape.of(s[0].size() + s[1].size()), random);
            return new Case(x -> f.apply(x[0], x[1]).square(), both.slice(0, 0, s[0].size()).reshape(s[0]),
                both.slice(0, s[0].size(), both.size()).reshape(s[1]));
        });
    }

    private static void functions() {
        linear("neg", Tensor::neg);
        kinked("abs", Tensor::abs, 0);
        kinked("relu", Tensor::relu, 0);
        kinked("leakyRelu", x -> x.leakyRelu(0.1), 0);
        kinked("clamp", x -> x.clamp(-1, 1.2), -1, 1.2);
        smooth("square", -2, 2, Tensor::square);
        smooth("sqrt", 0.5, 3, Tensor::sqrt);
        smooth("rsqrt", 0.5, 3, Tensor::rsqrt);
        smooth("reciprocal", 0.5, 3, Tensor::reciprocal);
        smooth("exp", -2, 2, Tensor::exp);
        smooth("expm1", -2, 2, Tensor::expm1);
        smooth("log", 0.5, 3, Tensor::log);
        smooth("log1p", -0.5, 2, Tensor::log1p);
        smooth("sin", -4, 4, Tensor::sin);
        smooth("cos", -4, 4, Tensor::cos);
        smooth("tanh", -3, 3, Tensor::tanh);
        smooth("sigmoid", -4, 4, Tensor::sigmoid);
        smooth("erf", -2, 2, Tensor::erf);
        smooth("gelu", -4, 4, Tensor::gelu);
        smooth("geluTanh", -4, 4, Tensor::geluTanh);
        smooth("silu", -4, 4, Tensor::silu);
        smooth("softplus", -4, 4, Tensor::softplus);
    }

    static void smooth(String name, double low, double high, UnaryOperator<Tensor> f) {
        add(name, (shape, random) -> new Case(x -> f.apply(x[0]), between(shape, low, high, random)));
    }

    /// Moved and squared, so that gradients are not 0 where the function is, and change.
    static void kinked(String name, UnaryOperator<Tensor> f, double... kinks) {
        add(name, (shape, random) -> new Case(x -> f.apply(x[0]).add(0.5).square(),
            Samples.awayFrom(0.1, 2, DType.F64, shape, random, kinks)));
    }

    // ---- products

    private static void products() {
        matrices("matmul", Tensor::matmul, false, false);
        matrices("matmulNT", Tensor::matmulNT, false, true);
        matrices("matmulTN", Tensor::matmulTN, true, false);
        add("matmul with itself", (_, random) -> {
            int n = random.nextInt(4);
            return new Case(x -> x[0].matmul(x[0]), between(Shape.of(n, n), -1, 1, random));
        });
        for (boolean bias : new boolean[] {true, false}) {
            add(bias ? "linear" : "linear without bias", (shape, random) -> {
                int in = random.nextInt(4);
                int out = random.nextInt(4);
                var x = between(rows(shape, 2, in), -1, 1, random);
                var w = between(Shape.of(out, in), -1, 1, random);
                return bias ? new Case(t -> t[0].linear(t[1], t[2]), x, w, between(Shape.of(out), -1, 1, random))
                    : new Case(t -> t[0].linear(t[1], null), x, w);
            });
        }
        for (var f : List.of(Epilogue.GELU, Epilogue.GELU_TANH, Epilogue.SILU)) {
            add("linear with " + f, (shape, random) -> {
                int out = random.nextInt(4);
                return new Case(t -> t[0].linear(t[1], t[2], f), between(rows(shape, 2, 2), -1, 1, random),
                    between(Shape.of(out, 2), -1, 1, random), between(Shape.of(out), -1, 1, random));
            });
        }
        add("linear with RELU", (_, random) -> new Case(t -> t[0].linear(t[1], t[2], Epilogue.RELU),
            between(Shape.of(3, 2), 0.1, 1, random), between(Shape.of(2, 2), 0.1, 1, random), // on one side of the kink
            random.nextBoolean() ? between(Shape.of(2), 0.1, 1, random) : between(Shape.of(2), -4, -3, random)));
    }

    /// Extents 0 … 3; sometimes one matrix for the whole batch.
    private static void matrices(String name, BinaryOperator<Tensor> f, boolean flipA, boolean flipB) {
        add(name, (shape, random) -> {
            int m = random.nextInt(4);
            int k = random.nextInt(4);
            int n = random.nextInt(4);
            var leading = Samples.broadcastable(leading(shape, 2), 2, random);
            if (random.nextBoolean()) {
                leading[0] = leading(shape, 2);
                leading[1] = Shape.of();
            }
            return new Case(x -> f.apply(x[0], x[1]), between(matrix(leading[0], flipA ? k : m, flipA ? m : k), -1, 1, random),
                between(matrix(leading[1], flipB ? n : k, flipB ? k : n), -1, 1, random));
        });
    }

    static Shape matrix(Shape leading, int m, int n) {
        return leading.inserted(leading.rank(), m).inserted(leading.rank() + 1, n);
    }

    static Shape leading(Shape shape, int axes) {
        return Shape.of(Arrays.copyOf(shape.extents(), Math.min(axes, shape.rank())));
    }

    static Shape rows(Shape shape, int axes, int n) {
        var l = leading(shape, axes);
        return l.inserted(l.rank(), n);
    }

    // ---- reductions

    private static void reductions() {
        linear("sum()", Tensor::sum);
        linear("mean()", x -> x.size() == 0 ? x.sum() : x.mean()); // the mean of nothing is NaN
        over("sum", true, (x, keep, axes) -> x.sum(keep, axes));
        over("mean", true, (x, keep, axes) -> x.mean(keep, axes));
        over("variance", false, (x, keep, axes) -> x.variance(keep, 0, axes));
        over("variance of a sample", false, (x, keep, axes) -> x.variance(keep, -1, axes));
        over("max", false, (x, keep, axes) -> x.max(keep, axes).square());
        over("min", false, (x, keep, axes) -> x.min(keep, axes).square());
        add("max()", (shape, random) -> new Case(x -> x[0].max().square(), Samples.distinct(DType.F64, filled(shape), random)));
        add("min()", (shape, random) -> new Case(x -> x[0].min().square(), Samples.distinct(DType.F64, filled(shape), random)));
    }

    interface Reduction {
        Tensor apply(Tensor x, boolean keep, int... axes);
    }

    /// No empty axis is reduced to one element: most of these are not defined there. Elements are distinct.
    static void over(String name, boolean isLinear, Reduction f) {
        add(name, isLinear, (shape, random) -> {
            var axes = Samples.axes(shape, random);
            boolean keep = random.nextBoolean();
            var s = axes.length == 0 ? filled(shape) : shape;
            for (int axis : axes) {
                s = s.extent(axis) == 0 ? s.with(Math.floorMod(axis, s.rank()), 2) : s;
            }
            return new Case(x -> f.apply(x[0], keep, axes), Samples.distinct(DType.F64, s, random));
        });
    }

    /// The shape with extents 0 made 1.
    static Shape filled(Shape shape) {
        return Shape.of(Arrays.stream(shape.extents()).map(e -> Math.max(e, 1)).toArray());
    }

    // ---- rows

    private static void rows() {
        alongAxis("softmax", false, Tensor::softmax);
        alongAxis("logSoftmax", false, Tensor::logSoftmax);
        for (double smoothing : new double[] {0, 0.1, 1}) {
            add("crossEntropy, smoothing " + smoothing, (_, random) -> {
                int n = 1 + random.nextInt(4);
                int classes = 1 + random.nextInt(4);
                var labels = Samples.indices(Shape.of(n), classes, random);
                return new Case(x -> x[0].crossEntropy(labels, smoothing), between(Shape.of(n, classes), -2, 2, random));
            });
        }
    }

    interface AlongAxis {
        Tensor apply(Tensor x, int axis);
    }

    static void alongAxis(String name, boolean isLinear, AlongAxis f) {
        add(name, isLinear, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            return new Case(x -> f.apply(x[0], axis), between(s, -2, 2, random));
        });
    }

    // ---- rearrangements: all linear

    private static void shapes() {
        linear("reshape(int...)", x -> x.reshape(-1, 1).reshape(x.size()));
        linear("reshape(Shape)", x -> x.reshape(Shape.of(1, x.size())));
        alongAxis("flatten", true, Tensor::flatten);
        alongAxis("unsqueeze", true, Tensor::unsqueeze);
        alongAxis("squeeze", true, (x, axis) -> x.sum(true, axis).squeeze(axis));
        add("transpose()", true, (shape, random) -> new Case(x -> x[0].transpose(),
            between(matrix(leading(shape, 1), random.nextInt(4), random.nextInt(4)), -2, 2, random)));
        alongAxis("transpose", true, (x, axis) -> x.transpose(axis, 0));
        add("permute", true, (shape, random) -> {
            var order = Samples.order(shape.rank(), random);
            return new Case(x -> x[0].permute(order), between(shape, -2, 2, random));
        });
        add("expand", true, (shape, random) -> new Case(x -> x[0].expand(shape),
            between(Samples.broadcastableTo(shape, random), -2, 2, random)));
        add("sumTo", true, (shape, random) -> {
            var target = Samples.broadcastableTo(shape, random);
            return new Case(x -> x[0].sumTo(target), between(shape, -2, 2, random));
        });
        add("slice", true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            int from = random.nextInt(s.extent(axis) + 1);
            int to = from + random.nextInt(s.extent(axis) - from + 1);
            return new Case(x -> x[0].slice(axis, from, to), between(s, -2, 2, random));
        });
        add("embed", true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            int from = random.nextInt(3);
            int extent = from + s.extent(axis) + random.nextInt(3);
            return new Case(x -> x[0].embed(axis, from, extent), between(s, -2, 2, random));
        });
        add("concat", true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            var other = s.with(Math.floorMod(axis, s.rank()), random.nextInt(3));
            return new Case(x -> Tensor.concat(axis, x[0], x[1], x[0]), between(s, -2, 2, random), between(other, -2, 2, random));
        });
        add("stack", true, (shape, random) -> {
            int axis = random.nextInt(shape.rank() + 1);
            return new Case(x -> Tensor.stack(axis, x[0], x[1]), between(shape, -2, 2, random), between(shape, -2, 2, random));
        });
        // Steps of a difference and these inputs are short in binary, so that F32 rounds nothing but the gradient.
        ALL.add(new Operation("cast", true, new Precision(1.0 / 128, 2, 1e-6, 1e-6),
            (shape, random) -> new Case(x -> x[0].cast(DType.F32).cast(DType.F64), Samples.dyadic(DType.F64, shape, random))));
        add("checkpoint", (shape, random) -> {
            var a = between(shape, -1, 1, random);
            var b = between(shape, -1, 1, random);
            return new Case(x -> Checkpoint.of(t -> t.mul(x[1]).tanh().add(t), x[0].square(), x[1]), a, b);
        });
    }

    private static void indices() {
        byIndex("indexSelect", (x, axis, index) -> x.indexSelect(axis, index), true);
        byIndex("gather", (x, axis, index) -> x.gather(axis, index), false);
        add("indexAdd", true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            int extent = 1 + random.nextInt(4);
            var index = Samples.indices(Shape.of(s.extent(axis)), extent, random);
            return new Case(x -> x[0].indexAdd(axis, index, extent), between(s, -2, 2, random));
        });
        add("scatterAdd", true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            int extent = 1 + random.nextInt(4);
            var index = Samples.indices(s, extent, random);
            return new Case(x -> x[0].scatterAdd(axis, index, extent), between(s, -2, 2, random));
        });
    }

    interface ByIndex {
        Tensor apply(Tensor x, int axis, NdArray index);
    }

    private static void byIndex(String name, ByIndex f, boolean wholeSlices) {
        add(name, true, (shape, random) -> {
            var s = shape.rank() == 0 ? Shape.of(3) : shape;
            int axis = Samples.axis(s, random);
            int n = s.extent(axis);
            int count = n == 0 ? 0 : random.nextInt(5);
            var index = Samples.indices(wholeSlices ? Shape.of(count) : s.with(Math.floorMod(axis, s.rank()), count),
                Math.max(n, 1), random);
            return new Case(x -> f.apply(x[0], axis, index), between(s, -2, 2, random));
        });
    }

    // ---- inside

    static void linear(String name, UnaryOperator<Tensor> f) {
        add(name, true, (shape, random) -> new Case(x -> f.apply(x[0]), between(shape, -2, 2, random)));
    }

    static void add(String name, Maker maker) {
        add(name, false, maker);
    }

    static void add(String name, boolean isLinear, Maker maker) {
        ALL.add(new Operation(name, isLinear, Precision.FINE, maker));
    }

    static NdArray between(Shape shape, double low, double high, SplittableRandom random) {
        return Samples.between(DType.F64, shape, low, high, random);
    }
}
