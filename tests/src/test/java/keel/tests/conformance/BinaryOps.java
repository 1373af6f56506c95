package keel.tests.conformance;

import java.util.function.BinaryOperator;
import keel.autograd.Tensor;

/// Functions of two values.
final class BinaryOps {
    private BinaryOps() {}

    static void in(Table t) {
        t.op("add", a -> sum(a, a.number("alpha", 1)));
        t.op("sub", a -> sum(a, -a.number("alpha", 1)));
        t.op("rsub", a -> other(a, "other").sub(a.has("alpha") ? a.input().mul(a.number("alpha")) : a.input()));
        t.op("mul", a -> a.isTensor("other") ? a.input().mul(a.tensor("other")) : a.input().mul(a.number("other")));
        t.op("div", BinaryOps::quotient);
        t.op("divide", BinaryOps::quotient);
        t.op("true_divide", BinaryOps::quotient);
        t.op("floor_divide", a -> a.input().floorDivide(other(a, "other")));
        t.op("fmod", a -> a.input().fmod(other(a, "other")));
        t.op("remainder", a -> a.input().remainder(other(a, "other")));
        t.op("pow", BinaryOps::power);
        t.op("float_power", BinaryOps::power);
        t.op("addcmul", a -> a.input().add(scaled(a, a.tensor("tensor1").mul(a.tensor("tensor2")))));
        t.op("addcdiv", a -> a.input().add(scaled(a, a.tensor("tensor1").div(a.tensor("tensor2")))));
        t.op("lerp", a -> a.isTensor("weight") ? a.input().lerp(a.tensor("end"), a.tensor("weight"))
            : a.input().lerp(a.tensor("end"), a.number("weight")));
        t.op("copysign", a -> a.input().copySign(other(a, "other")));
        t.op("xlogy", a -> pair(a, Tensor::xlogy));
        t.binary("atan2", Tensor::atan2);
        t.binary("hypot", Tensor::hypot);
        t.binary("logaddexp", Tensor::logAddExp);
        t.binary("maximum", Tensor::maximum);
        t.binary("minimum", Tensor::minimum);
        t.binary("fmax", Tensor::fmax);
        t.binary("fmin", Tensor::fmin);
        t.binary("logaddexp2", Tensor::logAddExp2);
        t.op("heaviside", a -> a.input().heaviside(a.tensor("values")));
        t.op("special.xlogy", a -> pair(a, Tensor::xlogy));
        t.op("special.xlog1py", a -> pair(a, Tensor::xlog1py));
    }

    // A number counts as a tensor of rank 0.
    static Tensor other(Args a, String name) {
        return a.isTensor(name) ? a.tensor(name) : Tensor.scalar(a.input().dtype(), a.number(name));
    }

    // Either may be a number, but not both.
    private static Tensor pair(Args a, BinaryOperator<Tensor> f) {
        return a.isNumber("input") ? f.apply(Tensor.scalar(a.tensor("other").dtype(), a.number("input")), a.tensor("other"))
            : f.apply(a.input(), other(a, "other"));
    }

    private static Tensor scaled(Args a, Tensor x) { return a.has("value") ? x.mul(a.number("value")) : x; }

    // input + scale·other
    private static Tensor sum(Args a, double scale) {
        if (a.isNumber("other")) return a.input().add(scale * a.number("other"));
        var other = a.tensor("other");
        return scale == 1 ? a.input().add(other) : scale == -1 ? a.input().sub(other) : a.input().add(other.mul(scale));
    }

    private static Tensor power(Args a) {
        if (a.isNumber("input")) return Tensor.scalar(a.tensor("exponent").dtype(), a.number("input")).pow(a.tensor("exponent"));
        return a.isTensor("exponent") ? a.input().pow(a.tensor("exponent")) : a.input().pow(a.number("exponent"));
    }

    private static Tensor quotient(Args a) {
        return switch (a.text("rounding_mode", "none")) {
            case "floor" -> a.input().floorDivide(other(a, "other"));
            case "trunc" -> a.input().div(other(a, "other")).trunc();
            case "none" -> a.isTensor("other") ? a.input().div(a.tensor("other")) : a.input().div(a.number("other"));
            default -> throw new Unwritable("a rounding mode that is none");
        };
    }
}
