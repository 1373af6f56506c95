package keel.tests.conformance;

import keel.array.DType;
import keel.autograd.Tensor;

/// Functions of one value.
final class UnaryOps {
    private UnaryOps() {}

    static void in(Table t) {
        t.unary("abs", Tensor::abs);
        t.unary("neg", Tensor::neg);
        t.unary("square", Tensor::square);
        t.unary("sqrt", Tensor::sqrt);
        t.unary("rsqrt", Tensor::rsqrt);
        t.unary("reciprocal", Tensor::reciprocal);
        t.unary("exp", Tensor::exp);
        t.unary("expm1", Tensor::expm1);
        t.unary("log", Tensor::log);
        t.unary("log1p", Tensor::log1p);
        t.unary("sin", Tensor::sin);
        t.unary("cos", Tensor::cos);
        t.unary("tanh", Tensor::tanh);
        t.unary("sigmoid", Tensor::sigmoid);
        t.unary("erf", Tensor::erf);
        t.unary("exp2", Tensor::exp2);
        t.unary("log2", Tensor::log2);
        t.unary("log10", Tensor::log10);
        t.unary("tan", Tensor::tan);
        t.unary("asin", Tensor::asin);
        t.unary("acos", Tensor::acos);
        t.unary("atan", Tensor::atan);
        t.unary("sinh", Tensor::sinh);
        t.unary("cosh", Tensor::cosh);
        t.unary("asinh", Tensor::asinh);
        t.unary("acosh", Tensor::acosh);
        t.unary("atanh", Tensor::atanh);
        t.unary("erfc", Tensor::erfc);
        t.unary("sign", Tensor::sign);
        t.unary("floor", Tensor::floor);
        t.unary("ceil", Tensor::ceil);
        t.unary("trunc", Tensor::trunc);
        t.unary("frac", Tensor::frac);
        t.op("round", a -> a.has("decimals") ? a.input().round(a.integer("decimals")) : a.input().round());
        t.unary("positive", x -> x.mul(1));
        t.unary("sgn", Tensor::sign);
        t.unary("sinc", Tensor::sinc);
        t.unary("special.sinc", Tensor::sinc);
        t.unary("lgamma", Tensor::lgamma);
        t.unary("special.gammaln", Tensor::lgamma);
        t.unary("digamma", Tensor::digamma);
        t.unary("special.digamma", Tensor::digamma);
        t.op("polygamma", a -> a.input().polygamma(a.integer("n")));
        t.op("special.polygamma", a -> a.input().polygamma(a.integer("n")));
        t.op("logit", UnaryOps::logit);
        t.op("special.logit", UnaryOps::logit);
        t.op("nan_to_num", UnaryOps::nanToNum);
        t.unary("deg2rad", x -> x.mul(Math.PI / 180));
        t.unary("rad2deg", x -> x.mul(180 / Math.PI));
        t.unary("clone", x -> x.mul(1));
        t.unary("detach", Tensor::detach);
        t.op("isnan", a -> a.array("input").nanMask());
        t.op("isinf", a -> a.array("input").infiniteMask());
        t.op("isfinite", a -> a.array("input").finiteMask());
        t.op("isposinf", a -> a.array("input").eq(Double.POSITIVE_INFINITY));
        t.op("isneginf", a -> a.array("input").eq(Double.NEGATIVE_INFINITY));
    }

    private static Tensor logit(Args a) { return a.has("eps") ? a.input().logit(a.number("eps")) : a.input().logit(); }

    private static Tensor nanToNum(Args a) {
        double max = a.input().dtype() == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        return a.input().nanToNum(a.number("nan", 0), a.number("posinf", max), a.number("neginf", -max));
    }
}
