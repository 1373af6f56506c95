package keel.kernel;

/// Functions of one double for the plain double kernels, from [StrictMath] (the same bits on every machine) and polynomials of
/// our own. Valid for every double; error about 1 ULP unless a method says otherwise. [FloatMath] is its float counterpart
/// with the same names.
public final class DoubleMath {
    private DoubleMath() {}

    private static final double SQRT_HALF = 0.70710678118654752440;
    /// `√½ − (double) √½`
    private static final double SQRT_HALF_LOW = -4.833646656726457e-17;
    private static final double TWO_OVER_SQRT_PI = 1.1283791670955125739;
    private static final double ONE_OVER_SQRT_2_PI = 0.39894228040143267794;
    /// `√(8/π)` and `0.044715·√(8/π)`, each with the rest that its double leaves
    private static final double GELU_1 = 1.5957691216057308;
    private static final double GELU_1_LOW = -9.96930880911092e-17;
    private static final double GELU_3 = 0.07135481627260025;
    private static final double GELU_3_LOW = -6.175149918155315e-19;

    /// `eˣ`
    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    /// `eᵈ`, `d ≤ 0`.
    static double fading(double d) {
        return StrictMath.exp(d);
    }

    /// `ln w`
    static double logOfSum(double w) {
        return StrictMath.log(w);
    }

    /// `eˣ − 1`
    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /// `ln x`
    public static double log(double x) {
        return StrictMath.log(x);
    }

    /// `ln(1 + x)`
    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    /// `sin x`
    public static double sin(double x) {
        return StrictMath.sin(x);
    }

    /// `cos x`
    public static double cos(double x) {
        return StrictMath.cos(x);
    }

    /// `tan x`
    public static double tan(double x) {
        return DoubleTan.tan(x);
    }

    /// Inverse of sin, in −π/2 … π/2; NaN outside −1 … 1.
    public static double asin(double x) {
        return StrictMath.asin(x);
    }

    /// Inverse of cos, in 0 … π; NaN outside −1 … 1.
    public static double acos(double x) {
        return StrictMath.acos(x);
    }

    /// Inverse of tan, in −π/2 … π/2
    public static double atan(double x) {
        return StrictMath.atan(x);
    }

    /// Angle of the point (z, x), in −π … π.
    public static double atan2(double x, double z) {
        return StrictMath.atan2(x, z);
    }

    /// `tanh x`
    public static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    /// `x^z` with the conventions of C99: `x⁰ = 1ᶻ = 1` even for NaN, `(−1)^±∞ = 1`.
    public static double pow(double x, double z) {
        return x == 1 || x == -1 && Double.isInfinite(z) ? 1 : StrictMath.pow(x, z);
    }

    /// `2ˣ`
    public static double exp2(double x) {
        return Special.exp2(x);
    }

    /// Logarithm of base 2, exact at powers of 2.
    public static double log2(double x) {
        return Special.log2(x);
    }

    /// Logarithm of base 10
    public static double log10(double x) {
        return StrictMath.log10(x);
    }

    /// `½(eˣ − e⁻ˣ)`
    public static double sinh(double x) {
        return StrictMath.sinh(x);
    }

    /// `½(eˣ + e⁻ˣ)`
    public static double cosh(double x) {
        return StrictMath.cosh(x);
    }

    /// Inverse of sinh
    public static double asinh(double x) {
        return Special.asinh(x);
    }

    /// Inverse of cosh, ≥ 0; NaN below 1
    public static double acosh(double x) {
        return Special.acosh(x);
    }

    /// Inverse of tanh; NaN outside −1 … 1
    public static double atanh(double x) {
        return Special.atanh(x);
    }

    /// `ln(eˣ + eᶻ)`
    public static double logAddExp(double x, double z) {
        return Special.logAddExp(x, z);
    }

    /// `√(x² + z²)` without overflow on the way.
    public static double hypot(double x, double z) {
        return StrictMath.hypot(x, z);
    }

    /// Remainder of `x/z` with the sign of `z`.
    public static double remainder(double x, double z) {
        return Special.remainder(x, z);
    }

    /// `1/(1 + e⁻ˣ)`, relative accuracy also where it is tiny.
    public static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// `x·sigmoid(x)`; −0 at −∞.
    public static double silu(double x) {
        if (x >= 0 || x != x) return x * sigmoid(x);
        return x < -800 ? -0.0 : timesExp(x / (1 + StrictMath.exp(x)), x);
    }

    /// `m·eˣ`, `x ≤ 0`, rounded once where it is denormal.
    private static double timesExp(double m, double x) {
        if (x > -600) return m * StrictMath.exp(x);
        double half = StrictMath.exp(0.5 * x);
        return m * half * half;
    }

    /// Derivative of [#silu], `s·(1 + x·(1 − s))` with `s = sigmoid(x)`.
    public static double siluGrad(double x) {
        if (Math.abs(x) > 800) return x > 0 ? 1 : -0.0;
        double s = sigmoid(x);
        return Math.fma(x * s, sigmoid(-x), s);
    }

    /// `ln(1 + eˣ)`
    public static double softplus(double x) {
        return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
    }

    /// `2/√π ∫₀ˣ e^(−t²) dt`
    public static double erf(double x) {
        return DoubleErf.erf(x);
    }

    /// `1 − erf(x)`, relative accuracy also where it is tiny.
    public static double erfc(double x) {
        return DoubleErf.erfc(x);
    }

    /// `m·Φ(x) = ½m·erfc(−x/√2)`; the rounding of the argument is corrected to first order.
    private static double timesPhi(double m, double x) {
        double a = -x * SQRT_HALF;
        double rest = Math.fma(-x, SQRT_HALF, -a) - x * SQRT_HALF_LOW;
        // (ln erfc)′ ≈ −2a − 1/a where erfc is small
        if (a > 5) return DoubleErf.timesTail(0.5 * m * (1 - rest * (2 * a + 1 / a)), a);
        return 0.5 * m * (DoubleErf.erfc(a) - TWO_OVER_SQRT_PI * StrictMath.exp(-a * a) * rest);
    }

    /// `x·Φ(x)`; −0 at −∞.
    public static double gelu(double x) {
        if (Math.abs(x) > 40) return x > 0 ? x : -0.0;
        return timesPhi(x, x);
    }

    /// Derivative of [#gelu], `Φ(x) + x·φ(x)`.
    public static double geluGrad(double x) {
        if (Math.abs(x) > 40) return x > 0 ? 1 : -0.0;
        return Math.fma(x, ONE_OVER_SQRT_2_PI * expMinusHalfSquare(x), timesPhi(1, x));
    }

    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³))) = x·sigmoid(v)`; −0 at −∞.
    public static double geluTanh(double x) {
        if (Math.abs(x) > 40) return x > 0 ? x : -0.0;
        double h = x * x;
        double v = x * Math.fma(GELU_3, h, GELU_1);
        double rest = restOfV(x, h, v);
        if (v >= 0) return x / (1 + StrictMath.exp(-v) * (1 - rest));
        return timesExp(x * (1 + rest) / (1 + StrictMath.exp(v)), v);
    }

    /// Derivative of [#geluTanh], `s + x·s·(1 − s)·v′`, `s = sigmoid(v)`.
    public static double geluTanhGrad(double x) {
        if (Math.abs(x) > 40) return x > 0 ? 1 : -0.0;
        double h = x * x;
        double v = x * Math.fma(GELU_3, h, GELU_1);
        double rest = restOfV(x, h, v);
        double m = x * Math.fma(3 * GELU_3, h, GELU_1);
        double e = StrictMath.exp(-Math.abs(v)) * (1 - (v >= 0 ? rest : -rest));
        double d = 1 + e;
        return (v >= 0 ? Math.fma(m, e, d) : (m + d) * e) / d / d;
    }

    /// What rounding took from `v = x·(GELU_1 + GELU_3·h)`, `h ≈ x²`.
    private static double restOfV(double x, double h, double v) {
        double w = GELU_3 * h;
        double g = w + GELU_1;
        double w1 = g - GELU_1;
        double low = (w - w1) + (GELU_1 - (g - w1)) + Math.fma(GELU_3, h, -w) + GELU_3 * Math.fma(x, x, -h) + GELU_3_LOW * h
                + GELU_1_LOW;
        return Math.fma(x, low, Math.fma(x, g, -v));
    }

    /// `e^(−x²/2)`: the square of the leading half of the digits is exact.
    private static double expMinusHalfSquare(double x) {
        double h = Double.longBitsToDouble(Double.doubleToRawLongBits(x) & 0xFFFFFFFF00000000L);
        return StrictMath.exp(-0.5 * h * h) * StrictMath.exp(-0.5 * (x - h) * (x + h));
    }
}
