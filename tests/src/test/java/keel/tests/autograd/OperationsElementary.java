package keel.tests.autograd;

import java.util.function.BinaryOperator;
import keel.autograd.Tensor;
import keel.tests.autograd.Operation.Case;
import keel.tests.gen.Samples;

/// Logarithms, trigonometric and hyperbolic functions, rounding, and functions of two values.
final class OperationsElementary {
    private OperationsElementary() {}

    static void enter() {
        Operations.smooth("exp2", -2, 2, Tensor::exp2);
        Operations.smooth("log2", 0.5, 3, Tensor::log2);
        Operations.smooth("log10", 0.5, 3, Tensor::log10);
        Operations.smooth("tan", -1, 1, Tensor::tan);
        Operations.smooth("asin", -0.8, 0.8, Tensor::asin);
        Operations.smooth("acos", -0.8, 0.8, Tensor::acos);
        Operations.smooth("atan", -2, 2, Tensor::atan);
        Operations.smooth("sinh", -2, 2, Tensor::sinh);
        Operations.smooth("cosh", -2, 2, Tensor::cosh);
        Operations.smooth("asinh", -2, 2, Tensor::asinh);
        Operations.smooth("acosh", 1.5, 3, Tensor::acosh);
        Operations.smooth("atanh", -0.7, 0.7, Tensor::atanh);
        Operations.smooth("erfc", -2, 2, Tensor::erfc);
        Operations.kinked("sign", Tensor::sign, 0);
        Operations.kinked("floor", Tensor::floor, WHOLE);
        Operations.kinked("ceil", Tensor::ceil, WHOLE);
        Operations.kinked("trunc", Tensor::trunc, WHOLE);
        Operations.kinked("frac", Tensor::frac, WHOLE);
        Operations.kinked("round", Tensor::round, -1.5, -0.5, 0.5, 1.5);
        Operations.kinked("round to tens", x -> x.mul(10).round(-1), -1.5, -0.5, 0.5, 1.5);
        Operations.linear("nanToNum()", Tensor::nanToNum);
        Operations.linear("nanToNum", x -> x.nanToNum(7, 8, 9));
        two("atan2", -2, 2, 0.5, 2, Tensor::atan2);
        two("hypot", 0.5, 2, -2, 2, Tensor::hypot);
        two("fmod", 2.3, 2.7, 1, 1.05, (a, b) -> a.fmod(b).square());
        two("remainder", 2.3, 2.7, -1.05, -1, (a, b) -> a.remainder(b).square());
        two("floorDivide", 2.3, 2.7, 1, 1.05, (a, b) -> a.floorDivide(b).square());
        two("copySign", 0.5, 2, -2, -0.5, (a, b) -> a.copySign(b).square());
        two("logAddExp", -2, 2, -2, 2, Tensor::logAddExp);
        two("xlogy", -2, 2, 0.5, 3, Tensor::xlogy);
        two("lerp(double)", -2, 2, -2, 2, (a, b) -> a.lerp(b, 0.7));
        Operations.add("lerp", (shape, random) -> {
            var s = Samples.broadcastable(shape, 3, random);
            return new Case(x -> x[0].lerp(x[1], x[2]), Operations.between(s[0], -2, 2, random),
                Operations.between(s[1], -2, 2, random),
                Operations.between(s[2], -1, 2, random));
        });
        Operations.add("maskedFill", (shape, random) -> {
            var mask = Samples.mask(shape, random);
            return new Case(x -> x[0].maskedFill(mask, 3).square(), Operations.between(shape, -2, 2, random));
        });
    }

    private static final double[] WHOLE = {-2, -1, 0, 1, 2};

    /// Two operands that broadcast, each in a range of its own.
    static void two(String name, double lowA, double highA, double lowB, double highB, BinaryOperator<Tensor> f) {
        Operations.add(name, (shape, random) -> {
            var s = Samples.broadcastable(shape, 2, random);
            return new Case(x -> f.apply(x[0], x[1]), Operations.between(s[0], lowA, highA, random),
                Operations.between(s[1], lowB, highB, random));
        });
    }
}
