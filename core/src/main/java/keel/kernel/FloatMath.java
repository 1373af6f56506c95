package keel.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.abs;
import static java.lang.Math.fma;
import static keel.kernel.FloatCoefficients.*;
import static keel.kernel.FloatTables.*;

/// Functions of one float, made only of correctly rounded operations (+ − × ÷ √ fma and integer arithmetic on the bits): the
/// same bits on every machine and in every compiler, and the specification of the vector loops. Valid for every float:
/// denormals, ±0, ±∞, NaN; denormal results are not flushed. The stated maximum errors, in units of the last place of the true
/// value, were measured over every float of the range where the function bends, and over every eleventh to 500th elsewhere; a
/// test samples them, and checks all 2³² floats with the system property `keel.slow`.
///
/// Exponentials reduce `x = n·ln 2 + r` (Cody and Waite 1980): `n` is rounded by adding [FloatCoefficients#MAGIC] and `2ⁿ` is
/// made of its bits. Where a result may be denormal the scale is `2ⁿ⁺⁶⁴`, and a last multiplication by 2⁻⁶⁴ rounds once.
public final class FloatMath {
    private FloatMath() {}

    /// Up to here no power of two needs care: it is neither infinite nor denormal.
    static final float EXP2_EASY = 120;
    private static final float DOWN = 0x1p-64f;
    /// Further out than this, exponentials may exceed the integers among the floats.
    static final float FAR = 16;
    /// A sum of squares that loses nothing to overflow or denormals.
    static final float HYPOT_FROM = 0x1p-80f;
    static final float HYPOT_TO = 0x1p126f;
    private static final int BIAS = 127 << 23;
    private static final int BIAS_UP = 127 + 64 << 23;
    private static final int BIAS_DOWN = 127 - 64 << 23;

    /// `eˣ = 2^(n/8)·eʳ`, `|r| ≤ ln 2/16`, the root from a table ([FloatTables#ROOTS]). Error ≤ 0.91 ULP, of normal results 0.89.
    public static float exp(float x) {
        float c = x > 89 ? 89 : x < -104 ? -104 : x;
        boolean low = c < -80;
        float t = fma(c, LOG2E_8, MAGIC);
        float n = t - MAGIC;
        float r = fma(n, -LN2_LOW_8, fma(n, -LN2_HIGH_8, c));
        float u = fma(fma(fma(CUBIC_3, r, CUBIC_2), r, CUBIC_1), r, CUBIC_0);
        int b = floatToRawIntBits(t);
        // half of 2^(n/8), because 2¹²⁸ is no float, or 2⁶³ times
        float s = intBitsToFloat(ROOTS[b & 7] + (b << 20) + (low ? 63 << 23 : -1 << 23));
        return fma(s, u, s) * (low ? 0x1p-63f : 2);
    }

    /// `eᵈ` in double, `d ≤ 0`, with the digits that a float has, as a part of a sum of 1 or more.
    static double fading(double d) {
        return FloatHyperbolic.fading(d);
    }

    /// `ln w` in double of such a sum.
    static double logOfSum(double w) {
        return FloatHyperbolic.log(w);
    }

    /// `2ˣ = 2^(n/8)·2ʳ`, `|r| ≤ 1/16`, as [#exp]; exact where `x` is whole. Error ≤ 0.91 ULP.
    public static float exp2(float x) {
        float c = x > 128 ? 128 : x < -151 ? -151 : x;
        boolean low = c < -EXP2_EASY;
        float t = fma(c, 8, MAGIC);
        float r = fma(t - MAGIC, (float) -0.125, c);
        float u = fma(fma(fma(BINARY_3, r, BINARY_2), r, BINARY_1), r, CUBIC_0);
        int b = floatToRawIntBits(t);
        float s = intBitsToFloat(ROOTS[b & 7] + (b << 20) + (low ? 63 << 23 : -1 << 23));
        return fma(s, u, s) * (low ? 0x1p-63f : 2);
    }

    /// `eʳ − 1`, `|r| ≤ ½ ln 2`.
    private static float expm1Reduced(float r) {
        return expm1Rest(r, r);
    }

    /// `eʳ − 1 − r + low`, `|r| ≤ ½ ln 2`.
    private static float expm1Rest(float r, float low) {
        float q = fma(EXP_7, r, EXP_6);
        q = fma(q, r, EXP_5);
        q = fma(q, r, EXP_4);
        q = fma(q, r, EXP_3);
        q = fma(q, r, EXP_2);
        return fma(r * r, q, low);
    }

    /// `eˣ − 1`, relative accuracy also near 0. Error ≤ 1.26 ULP.
    public static float expm1(float x) {
        float c = x > 89 ? 89 : x < -20 ? -20 : x;
        float t = fma(c, LOG2E, MAGIC);
        float n = t - MAGIC;
        float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, c));
        float q = fma(EXPM1_7, r, EXPM1_6);
        q = fma(q, r, EXPM1_5);
        q = fma(q, r, EXPM1_4);
        q = fma(q, r, EXPM1_3);
        q = fma(q, r, EXPM1_2);
        float u = r * r * q;
        // half of 2ⁿ, because 2¹²⁸ is no float; n = 0 apart, because half a denormal may be none
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + (126 << 23));
        float y = n == 0 ? r + u : 2 * fma(s, u, fma(s, r, s - (float) 0.5));
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & 0x80000000);
    }

    /// `ln x = e·ln 2 − ln c + ln(1 + r)`, `r = c·m − 1`, with `c` from a table ([FloatTables#LOG]). Error ≤ 0.995 ULP.
    public static float log(float x) {
        if (!(x > 0 && x < Float.POSITIVE_INFINITY)) return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
        if (x < Float.MIN_NORMAL) return log(x * 0x1p24f, 24 << 23);
        return log(x, 0);
    }

    /// `ln(x·2⁻ᵉ)` of a normal `x`, `e` where exponents stand.
    private static float log(float x, int e) {
        int b = floatToRawIntBits(x);
        int z = b - LOG_FROM;
        int k = z & EXPONENT;
        int j = z >>> 19 & N - 1;
        float n = k - e;
        float r = fma(intBitsToFloat(b - k), LOG[j], -1);
        float q = fma(fma(fma(LOG_R5, r, LOG_R4), r, LOG_R3), r, LOG_R2);
        return fma(n, LN2_HIGH_23, LOG[N + j]) + fma(r * r, q, fma(n, LN2_LOW_23, r));
    }

    /// Logarithm of base 2 ([FloatLog]), exact at powers of 2. Error ≤ 1.01 ULP.
    public static float log2(float x) {
        return FloatLog.log(FloatLog.BASE_2, x);
    }

    /// Logarithm of base 10 ([FloatLog]), exact at powers of 10. Error ≤ 1.01 ULP.
    public static float log10(float x) {
        return FloatLog.log(FloatLog.BASE_10, x);
    }

    /// `ln(1 + f) + e·ln 2`.
    private static float logReduced(float f, float e) {
        float q = fma(LOG_11, f, LOG_10);
        q = fma(q, f, LOG_9);
        q = fma(q, f, LOG_8);
        q = fma(q, f, LOG_7);
        q = fma(q, f, LOG_6);
        q = fma(q, f, LOG_5);
        q = fma(q, f, LOG_4);
        q = fma(q, f, LOG_3);
        float s = f * f;
        float y = fma(e, LN2_LOW, s * fma(q, f, (float) -0.5));
        return fma(e, LN2_HIGH, f + y);
    }

    /// `ln(1 + x)`, relative accuracy also near 0. Error ≤ 1.49 ULP.
    public static float log1p(float x) {
        if (!(x > -1 && x < 0x1p60f)) return x >= 0x1p60f ? log(x) : x == -1 ? Float.NEGATIVE_INFINITY : x < -1 ? Float.NaN : x;
        int k = floatToRawIntBits(1 + x) - SQRT_HALF_BITS >> 23;
        float s = intBitsToFloat(BIAS - (k << 23));
        float y = logReduced(fma(s, x, s - 1), intBitsToFloat(k + MAGIC_BITS) - MAGIC);
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & 0x80000000);
    }

    /// `sin x`; the argument, however large, is reduced exactly enough. Error ≤ 1.6 ULP.
    public static float sin(float x) {
        return FloatTrig.sin(x);
    }

    /// `cos x`; the argument, however large, is reduced exactly enough. Error ≤ 1.6 ULP.
    public static float cos(float x) {
        return FloatTrig.cos(x);
    }

    /// `tan x`; the argument, however large, is reduced exactly enough. Error ≤ 2.12 ULP.
    public static float tan(float x) {
        return FloatTrig.tan(x);
    }

    /// Inverse of sin, in −π/2 … π/2; NaN outside −1 … 1. Error ≤ 1.29 ULP.
    public static float asin(float x) {
        return FloatArc.asin(x);
    }

    /// Inverse of cos, in 0 … π; NaN outside −1 … 1. Error ≤ 1.05 ULP.
    public static float acos(float x) {
        return FloatArc.acos(x);
    }

    /// Inverse of tan, in −π/2 … π/2. Error ≤ 1.46 ULP.
    public static float atan(float x) {
        return FloatArc.atan(x);
    }

    /// Angle of the point (z, x), in −π … π. Error ≤ 2 ULP.
    public static float atan2(float x, float z) {
        return FloatArc.atan2(x, z);
    }

    /// `tanh x` by one of 16 polynomials ([FloatTables#TANH]); `x` itself where it is small. Error ≤ 0.998 ULP.
    public static float tanh(float x) {
        float a = abs(x);
        if (a > TANH_END) a = TANH_END;
        int j = floatToRawIntBits(fma(a, TANH_SCALE, TANH_AT)) >>> 21 & N - 1;
        float d = a - TANH[j];
        float y = fma(TANH[6 * N + j], d, TANH[5 * N + j]);
        y = fma(y, d, TANH[4 * N + j]);
        y = fma(y, d, TANH[3 * N + j]);
        y = fma(y, d, TANH[2 * N + j]);
        y = fma(y, d, TANH[N + j]);
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & 0x80000000);
    }

    /// `2⁻⁶⁴ + s·(1 + u)`: the sum with `s` and what it rounds away, then the rest.
    private static float onePlus(float s, float u) {
        float d = s + DOWN;
        return d + fma(s, u, DOWN - (d - s));
    }

    /// `2⁻⁶⁴·(1 + eᶻ)`, `−40 ≤ z ≤ 110`, the exponential as of [#exp]: the sum of 1 and the root and what it rounds away, which
    /// the smaller of them tells, then the rest.
    private static float onePlusExp(float z) {
        float t = fma(z, LOG2E_8, MAGIC);
        float n = t - MAGIC;
        float r = fma(n, -LN2_LOW_8, fma(n, -LN2_HIGH_8, z));
        float u = fma(fma(fma(CUBIC_3, r, CUBIC_2), r, CUBIC_1), r, CUBIC_0);
        int b = floatToRawIntBits(t);
        float s = intBitsToFloat(ROOTS[b & 7] + (b << 20) - (64 << 23));
        float d = s + DOWN;
        return d + fma(s, u, z > FAR ? DOWN - (d - s) : s - (d - DOWN));
    }

    /// `1/(1 + e⁻ˣ)`, relative accuracy also where it is tiny. Error ≤ 1.9 ULP.
    public static float sigmoid(float x) {
        return 1 / onePlusExp(x > 40 ? -40 : x < -110 ? 110 : -x) * DOWN;
    }

    /// `x·sigmoid(x)`; −0 at −∞. Error ≤ 1.9 ULP.
    public static float silu(float x) {
        float z = x > 40 ? -40 : x < -110 ? 110 : -x;
        return x > 40 ? x : -z / onePlusExp(z) * DOWN;
    }

    /// Derivative of [#silu], `s·(1 + x·(1 − s))` with `s = sigmoid(x)`; error relative to the larger of its terms.
    public static float siluGrad(float x) {
        boolean one = x > 40;
        float z = one ? -40 : x < -110 ? 110 : -x;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float u = expm1Reduced(fma(n, -LN2_LOW, fma(n, -LN2_HIGH, z)));
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_DOWN);
        float d = onePlus(s, u);
        float c = 1 / d;
        return fma(fma(s, u, s), -z, d) * c * c * DOWN;
    }

    /// `ln(1 + eˣ) = max(x, 0) + ln(1 + e^(−|x|))`, relative accuracy also where it is tiny. Error ≤ 1.87 ULP.
    public static float softplus(float x) {
        float a = abs(x);
        float z = a > 104 ? -104 : -a;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float y = 1 + expm1Reduced(fma(n, -LN2_LOW, fma(n, -LN2_HIGH, z)));
        float e = y * intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_UP) * DOWN;
        float q = fma(LOG1P_10, e, LOG1P_9);
        q = fma(q, e, LOG1P_8);
        q = fma(q, e, LOG1P_7);
        q = fma(q, e, LOG1P_6);
        q = fma(q, e, LOG1P_5);
        q = fma(q, e, LOG1P_4);
        q = fma(q, e, LOG1P_3);
        q = fma(q, e, LOG1P_2);
        q = fma(q, e, LOG1P_1);
        return fma(e * e, q, e) + (x > 0 ? x : 0);
    }

    /// `2/√π ∫₀ˣ e^(−t²) dt` by one of 16 polynomials ([FloatTables#ERF]). Error ≤ 0.98 ULP.
    public static float erf(float x) {
        float a = abs(x);
        if (a > ERF_END) a = ERF_END;
        int j = floatToRawIntBits(fma(a, ERF_SCALE, 1)) >>> 21 & N - 1;
        float d = a - ERF[j];
        float y = fma(ERF[6 * N + j], d, ERF[5 * N + j]);
        y = fma(y, d, ERF[4 * N + j]);
        y = fma(y, d, ERF[3 * N + j]);
        y = fma(y, d, ERF[2 * N + j]);
        y = fma(y, d, j == ERF_FIRST ? a : ERF[N + j]);
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & 0x80000000);
    }

    /// `1 − erf(x)`, relative accuracy also where it is tiny: one of 16 polynomials ([FloatTables#ERFC]), further out in
    /// double. Error ≤ 1.55 ULP.
    public static float erfc(float x) {
        float a = abs(x);
        if (a > ERFC_END) return FloatHyperbolic.erfc(x);
        int j = floatToRawIntBits(fma(fma(a, ERFC_BEND, ERFC_SLOPE), a, MAGIC)) & N - 1;
        float d = a - ERFC[j];
        float y = fma(ERFC[7 * N + j], d, ERFC[6 * N + j]);
        y = fma(y, d, ERFC[5 * N + j]);
        y = fma(y, d, ERFC[4 * N + j]);
        y = fma(y, d, ERFC[3 * N + j]);
        y = fma(y, d, ERFC[2 * N + j]);
        y = fma(y, d, ERFC[N + j]);
        return x < 0 ? 2 - y : y;
    }

    /// `x·Φ(x) = max(x, 0) − |x|·(1 − Φ(|x|))`, the tail by one of 16 polynomials ([FloatTables#TAIL_PIECES]), further out by
    /// [#geluTail]: relative accuracy also where it is tiny; −0 at −∞. Error ≤ 1.97 ULP.
    public static float gelu(float x) {
        float a = abs(x);
        if (a > GELU_END) return x > 0 ? x : geluTail(x);
        int j = floatToRawIntBits(fma(fma(a, GELU_BEND, GELU_SLOPE), a, MAGIC)) & N - 1;
        float d = a - TAIL_PIECES[j];
        float q = fma(TAIL_PIECES[7 * N + j], d, TAIL_PIECES[6 * N + j]);
        q = fma(q, d, TAIL_PIECES[5 * N + j]);
        q = fma(q, d, TAIL_PIECES[4 * N + j]);
        q = fma(q, d, TAIL_PIECES[3 * N + j]);
        q = fma(q, d, TAIL_PIECES[2 * N + j]);
        q = fma(q, d, TAIL_PIECES[N + j]);
        // no branch on the sign: nobody can foresee it
        int b = floatToRawIntBits(x);
        float y = fma(a, q, intBitsToFloat(Math.max(b, 0)));
        return intBitsToFloat(floatToRawIntBits(y) | b & 0x80000000);
    }

    /// `x·Φ(x)`, `x < −GELU_END`, by an exponential in two parts.
    private static float geluTail(float x) {
        float a = x < -TAIL_END ? TAIL_END : -x;
        float b = (float) -0.5 * a;
        float z = a * b;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float r0 = fma(n, -LN2_HIGH, z);
        float r1 = fma(n, -LN2_LOW, fma(a, b, -z));
        float r = r0 + r1;
        float e = expm1Rest(r, r1 - (r - r0));
        float u = r + e;
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_UP);
        float w = TAIL * a / fma(TAIL, a, 1);
        float v = fma(-w, a, a);
        float m = v - TAIL_AT;
        float p = tail(m);
        // P·(1 + u) in two parts
        float q = fma(p, m, TAIL_0);
        float ql = fma(q, u, fma(q, e - (u - r), fma(p, m, TAIL_0 - q)));
        float y = q + ql;
        v = v * s * DOWN;
        return fma(-v, y, -v * (ql - (y - q)));
    }

    /// All of the polynomial but its last step.
    private static float tail(float m) {
        float p = fma(TAIL_10, m, TAIL_9);
        p = fma(p, m, TAIL_8);
        p = fma(p, m, TAIL_7);
        p = fma(p, m, TAIL_6);
        p = fma(p, m, TAIL_5);
        p = fma(p, m, TAIL_4);
        p = fma(p, m, TAIL_3);
        p = fma(p, m, TAIL_2);
        return fma(p, m, TAIL_1);
    }

    /// Derivative of [#gelu], `Φ(x) + x·φ(x)`; error relative to the larger of its terms.
    public static float geluGrad(float x) {
        float a = abs(x);
        if (a > GELU_END) return geluGradTail(x);
        int j = floatToRawIntBits(fma(fma(a, GELU_BEND, GELU_SLOPE), a, MAGIC)) & N - 1;
        float d = a - TAIL_GRAD_PIECES[j];
        float g = fma(TAIL_GRAD_PIECES[7 * N + j], d, TAIL_GRAD_PIECES[6 * N + j]);
        g = fma(g, d, TAIL_GRAD_PIECES[5 * N + j]);
        g = fma(g, d, TAIL_GRAD_PIECES[4 * N + j]);
        g = fma(g, d, TAIL_GRAD_PIECES[3 * N + j]);
        g = fma(g, d, TAIL_GRAD_PIECES[2 * N + j]);
        g = fma(g, d, TAIL_GRAD_PIECES[N + j]);
        // 0 + g or 1 − g
        int b = floatToRawIntBits(x);
        return intBitsToFloat(BIAS & ~(b >> 31)) + intBitsToFloat(floatToRawIntBits(g) ^ ~b & 0x80000000);
    }

    /// [#geluGrad], `|x| > GELU_END`.
    private static float geluGradTail(float x) {
        float a = abs(x);
        if (a > TAIL_END) a = TAIL_END;
        float b = (float) -0.5 * a;
        float z = a * b;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float u = expm1Reduced(fma(n, -LN2_HIGH, z) + fma(n, -LN2_LOW, fma(a, b, -z)));
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_UP);
        float w = TAIL * a / fma(TAIL, a, 1);
        float v = fma(-w, a, a);
        float m = v - TAIL_AT;
        float g = fma(-ONE_OVER_SQRT_2PI, a, fma(tail(m), m, TAIL_0) * (1 - w));
        g = fma(g, u, g) * s * DOWN;
        return x < 0 ? g : 1 - g;
    }

    /// `½x(1 + tanh(√(2/π)(x + 0.044715x³))) = x·sigmoid(2u)` with `2u` in two parts; −0 at −∞. Error ≤ 1.85 ULP.
    public static float geluTanh(float x) {
        boolean one = x > 6;
        float b = one ? 6 : x < -11 ? -11 : x;
        float h = b * b;
        float w = GELU_3 * h;
        float g = w + GELU_1;
        float w1 = g - GELU_1;
        float gl = (w - w1) + (GELU_1 - (g - w1));
        gl += fma(GELU_3, fma(b, b, -h), fma(GELU_3, h, -w)) + fma(GELU_3_LOW, h, GELU_1_LOW);
        float z = -b * g;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float r = fma(n, -LN2_HIGH, z) + fma(n, -LN2_LOW, fma(-b, gl, fma(-b, g, -z)));
        float u = expm1Reduced(r);
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_DOWN);
        return one ? x : b / onePlus(s, u) * DOWN;
    }

    /// Derivative of [#geluTanh], `s + x·s·(1 − s)·(2u)′`; error relative to the larger of its terms.
    public static float geluTanhGrad(float x) {
        boolean one = x > 6;
        float b = one ? 6 : x < -11 ? -11 : x;
        float h = b * b;
        float w = GELU_3 * h;
        float g = w + GELU_1;
        float w1 = g - GELU_1;
        float gl = (w - w1) + (GELU_1 - (g - w1));
        gl += fma(GELU_3, fma(b, b, -h), fma(GELU_3, h, -w)) + fma(GELU_3_LOW, h, GELU_1_LOW);
        float z = -b * g;
        float t = fma(z, LOG2E, MAGIC);
        float n = t - MAGIC;
        float r = fma(n, -LN2_HIGH, z) + fma(n, -LN2_LOW, fma(-b, gl, fma(-b, g, -z)));
        float u = expm1Reduced(r);
        float s = intBitsToFloat((floatToRawIntBits(t) << 23) + BIAS_DOWN);
        float d = onePlus(s, u);
        float c = 1 / d;
        return fma(fma(s, u, s), b * fma(GELU_3_TIMES_3, h, GELU_1), d) * c * c * DOWN;
    }

    /// `½(eˣ − e⁻ˣ)`, in double and rounded once. Error ≤ 0.501 ULP.
    public static float sinh(float x) {
        return FloatHyperbolic.sinh(x);
    }

    /// `½(eˣ + e⁻ˣ)`, in double and rounded once. Error ≤ 0.501 ULP.
    public static float cosh(float x) {
        return FloatHyperbolic.cosh(x);
    }

    /// Inverse of sinh, in double and rounded once. Error ≤ 0.501 ULP.
    public static float asinh(float x) {
        return FloatHyperbolic.asinh(x);
    }

    /// Inverse of cosh, ≥ 0; NaN below 1, in double and rounded once. Error ≤ 0.501 ULP.
    public static float acosh(float x) {
        return FloatHyperbolic.acosh(x);
    }

    /// Inverse of tanh; NaN outside −1 … 1, in double and rounded once. Error ≤ 0.501 ULP.
    public static float atanh(float x) {
        return FloatHyperbolic.atanh(x);
    }

    /// `ln(eˣ + eᶻ)`, in double and rounded once. Error ≤ ½ ULP + 2⁻³³.
    public static float logAddExp(float x, float z) {
        return FloatHyperbolic.logAddExp(x, z);
    }

    /// `√(x² + z²)` without overflow on the way; ∞ where one is infinite. Error ≤ 1.21 ULP.
    public static float hypot(float x, float z) {
        float h = fma(x, x, z * z);
        if (h >= HYPOT_FROM && h <= HYPOT_TO) return (float) Math.sqrt(h);
        if (abs(x) == Float.POSITIVE_INFINITY || abs(z) == Float.POSITIVE_INFINITY) return Float.POSITIVE_INFINITY;
        double a = x;
        double b = z;
        return (float) Math.sqrt(fma(a, a, b * b));
    }

    /// Remainder of `x/z` with the sign of `z`: that with the sign of `x`, which is a float, and `z` if it must be added.
    public static float remainder(float x, float z) {
        float r = x % z;
        return r != 0 && r < 0 != z < 0 ? r + z : r;
    }

    /// `x^z` with the conventions of C99: `x⁰ = 1ᶻ = 1` even for NaN. Computed in double: error ≤ 0.501 ULP.
    public static float pow(float x, float z) {
        return FloatPow.pow(x, z);
    }
}
