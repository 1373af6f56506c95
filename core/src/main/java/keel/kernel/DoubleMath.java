package keel.kernel;

/// Functions of one double for the plain double kernels, from [StrictMath] (the same bits on every machine) and polynomials of our own.
/// Valid for every double; error about 1 ULP unless a method says otherwise. [FloatMath] is its float counterpart with the same names.
public final class DoubleMath {
    private DoubleMath() {}

    private static final double SQRT_HALF = 0.70710678118654752440;
    /// `√½ − (double) √½`
    private static final double SQRT_HALF_LOW = -4.833646656726457e-17;
    private static final double TWO_OVER_SQRT_PI = 1.1283791670955125739;
    private static final double ONE_OVER_SQRT_2_PI = 0.39894228040143267794;
    private static final double SQRT_8_OVER_PI = 1.5957691216057307118;
    private static final double GELU_CUBIC = 0.044715;

    /// `eˣ`
    public static double exp(double x) {
        return StrictMath.exp(x);
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

    /// `tanh x`
    public static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    /// `x^z`
    public static double pow(double x, double z) {
        return StrictMath.pow(x, z);
    }

    /// `1/(1 + e⁻ˣ)`, relative accuracy also where it is tiny.
    public static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// `x·sigmoid(x)`
    public static double silu(double x) {
        return x < -800 ? -0.0 : x * sigmoid(x);
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

    /// Normal distribution function `Φ(x) = ½·erfc(−x/√2)`; the rounding of the argument is corrected to first order.
    static double phi(double x) {
        double a = -x * SQRT_HALF;
        if (Math.abs(a) > 28) return a > 0 ? 0 : 1;
        double rest = Math.fma(-x, SQRT_HALF, -a) - x * SQRT_HALF_LOW;
        return 0.5 * (DoubleErf.erfc(a) - TWO_OVER_SQRT_PI * StrictMath.exp(-a * a) * rest);
    }

    /// `x·Φ(x)`
    public static double gelu(double x) {
        return x < -40 ? -0.0 : x * phi(x);
    }

    /// Derivative of [#gelu], `Φ(x) + x·φ(x)`.
    public static double geluGrad(double x) {
        if (Math.abs(x) > 40) return x > 0 ? 1 : -0.0;
        return Math.fma(x, ONE_OVER_SQRT_2_PI * expMinusHalfSquare(x), phi(x));
    }

    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³))) = x·sigmoid(2u)`; relative error up to `2|u|` ULP in the negative tail.
    public static double geluTanh(double x) {
        if (Math.abs(x) > 40) return x > 0 ? x : -0.0;
        return x * sigmoid(SQRT_8_OVER_PI * x * Math.fma(GELU_CUBIC * x, x, 1));
    }

    /// Derivative of [#geluTanh], `s + x·s·(1 − s)·(2u)′`.
    public static double geluTanhGrad(double x) {
        if (Math.abs(x) > 40) return x > 0 ? 1 : -0.0;
        double v = SQRT_8_OVER_PI * x * Math.fma(GELU_CUBIC * x, x, 1);
        double s = sigmoid(v);
        return Math.fma(x * s * sigmoid(-v), SQRT_8_OVER_PI * Math.fma(3 * GELU_CUBIC * x, x, 1), s);
    }

    /// `e^(−x²/2)`: the square of the leading half of the digits is exact.
    private static double expMinusHalfSquare(double x) {
        double h = Double.longBitsToDouble(Double.doubleToRawLongBits(x) & 0xFFFFFFFF00000000L);
        return StrictMath.exp(-0.5 * h * h) * StrictMath.exp(-0.5 * (x - h) * (x + h));
    }
}
