package keel.tests.conformance;

import java.util.function.BiFunction;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;

/// Comparisons, masks and choices.
final class CompareOps {
    private CompareOps() {}

    static void in(Table t) {
        comparison(t, "eq", Tensor::eq, Tensor::eq);
        comparison(t, "ne", Tensor::ne, Tensor::ne);
        comparison(t, "lt", Tensor::lt, Tensor::lt);
        comparison(t, "le", Tensor::le, Tensor::le);
        comparison(t, "gt", Tensor::gt, Tensor::gt);
        comparison(t, "ge", Tensor::ge, Tensor::ge);
        t.op("where", a -> Tensor.where(a.array("condition"), BinaryOps.other(a, "input"), BinaryOps.other(a, "other")));
        t.op("clamp", CompareOps::clamp);
        t.op("clamp_min", CompareOps::clamp);
        t.op("clamp_max", CompareOps::clamp);
        t.op("logical_not", a -> a.array("input").cast(DType.BOOL).not());
        t.op("logical_and", a -> mask(a, "input").and(mask(a, "other")));
        t.op("logical_or", a -> mask(a, "input").or(mask(a, "other")));
        t.op("logical_xor", a -> mask(a, "input").xor(mask(a, "other")));
        t.op("isclose", a -> a.array("input").isClose(a.array("other"), a.number("rtol", RTOL), a.number("atol", ATOL),
            a.flag("equal_nan", false)));
        t.op("allclose", a -> a.array("input").allClose(a.array("other"), a.number("rtol", RTOL), a.number("atol", ATOL),
            a.flag("equal_nan", false)));
    }

    /// PyTorch's defaults.
    private static final double RTOL = 1e-5;
    private static final double ATOL = 1e-8;

    private static void comparison(Table t, String name, BiFunction<Tensor, Tensor, NdArray> f, BiFunction<Tensor, Double,
        NdArray> withNumber) {
        t.op(name, a -> a.isTensor("other") ? f.apply(a.input(), a.tensor("other"))
            : withNumber.apply(a.input(), a.number("other")));
    }

    private static NdArray mask(Args a, String name) { return a.array(name).cast(DType.BOOL); }

    private static Tensor clamp(Args a) {
        if (!a.isTensor("min") && !a.isTensor("max")) {
            return a.input().clamp(a.number("min", Double.NEGATIVE_INFINITY), a.number("max", Double.POSITIVE_INFINITY));
        }
        var y = a.has("min") ? a.input().maximum(BinaryOps.other(a, "min")) : a.input();
        return a.has("max") ? y.minimum(BinaryOps.other(a, "max")) : y;
    }
}
