package keel.array;

import java.util.function.DoubleUnaryOperator;

/// Special functions of every element, computed in double and rounded once. They are plain loops: right, not fast.
public final class Special {
    private Special() {}

    /// Highest order of [#polygamma] and [#sinc]: beyond it factorials overflow.
    private static final int MAX_ORDER = 100;

    /// `ln |Γ(x)|`; ∞ at 0, −1, −2, …
    public static NdArray lgamma(NdArray x) { return map("lgamma", x, Gamma::logGamma); }

    /// Derivative of order `order` of the [#digamma] function, which is order 0. Infinite at 0, −1, −2, … (NaN for order 0,
    /// but ∓∞ at ±0).
    ///
    /// @throws IllegalArgumentException if the order is not in 0 … 100
    public static NdArray polygamma(int order, NdArray x) {
        requireOrder("polygamma", order);
        return map("polygamma", x, order == 0 ? Gamma::digamma : v -> Gamma.polygamma(order, v));
    }

    /// `Γ′(x)/Γ(x)`, the derivative of [#lgamma].
    public static NdArray digamma(NdArray x) { return map("digamma", x, Gamma::digamma); }

    /// Derivative of order `order` of `sin(πx)/(πx)`, which is order 0 and 1 at x = 0; NaN at ±∞.
    ///
    /// @throws IllegalArgumentException if the order is not in 0 … 100
    public static NdArray sinc(int order, NdArray x) {
        requireOrder("sinc", order);
        return map("sinc", x, v -> Sinc.derivative(order, v));
    }

    /// `ln(x/(1 − x))`, the inverse of the sigmoid function; NaN outside 0 … 1. Accurate around ½ too, where the quotient has
    /// lost its digits.
    public static NdArray logit(NdArray x) {
        return map("logit", x, v -> Math.abs(v - 0.5) < 0.25 ? StrictMath.log1p((2 * v - 1) / (1 - v))
            : StrictMath.log(v) - StrictMath.log1p(-v));
    }

    /// `log₂(2ˣ + 2ᶻ)` without overflow on the way.
    public static NdArray logAddExp2(NdArray x, NdArray z) {
        var tail = x.sub(z).abs().neg().exp2().log1p().mul(INVERSE_LN2); // 0 … 1
        return NdArray.where(x.eq(z), x.add(1), x.maximum(z).add(tail)); // ∞ − ∞ is no number, but ∞ is the result
    }

    private static final double INVERSE_LN2 = 1.4426950408889634;

    private static void requireOrder(String name, int order) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException(name + ": order " + order + " is not in 0 … " + MAX_ORDER);
        }
    }

    private static NdArray map(String name, NdArray x, DoubleUnaryOperator f) {
        x.requireFloat(name);
        var y = x.toDoubles();
        for (int i = 0; i < y.length; i++) {
            y[i] = f.applyAsDouble(y[i]);
        }
        return NdArray.rounded(x.dtype(), x.shape(), y);
    }
}
