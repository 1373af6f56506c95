package keel.kernel;

import static java.lang.Math.abs;
import static java.lang.Math.fma;
import static keel.kernel.FloatPow.MAGIC;
import static keel.kernel.FloatPow.SQRT_HALF_BITS;

/// Hyperbolic functions of floats, their inverses, and others made of exponentials, in double and rounded once.
///
/// `eʳ = C(r²) + r·S(r²)` and `e⁻ʳ = C(r²) − r·S(r²)`, so that of `2ⁿ` and `2⁻ⁿ` sinh and cosh are made without a division, and
/// sinh without cancellation. Logarithms are `ln w = k·ln 2 + s·P(s²)`, `s = (w·2⁻ᵏ − 1)/(w·2⁻ᵏ + 1)`; where `k = 0` there is an
/// `s` that nothing cancels in, for `tanh ½y = sinh y/(1 + cosh y)`.
final class FloatHyperbolic {
    private FloatHyperbolic() {}

    static final double LOG2E = 1.4426950408889634;
    static final double LN2 = 0.6931471805599453;
    /// Beyond it sinh and cosh are no floats.
    static final double END = 90;
    /// Where `e^−|x−z|` is below half the smallest float.
    static final double FAR = -110;

    // C(s), error 2⁻⁴⁶, and S(s), 2⁻³⁷, 0 ≤ s ≤ (½ ln 2)²
    static final double C_0 = 1.0000000000000135;
    static final double C_1 = 0.4999999999943814;
    static final double C_2 = 0.041666667040776456;
    static final double C_3 = 0.0013888801714761622;
    static final double C_4 = 2.488447635159146e-05;
    static final double S_0 = 0.9999999999955055;
    static final double S_1 = 0.1666666678638044;
    static final double S_2 = 0.008333283518768105;
    static final double S_3 = 0.00019907582591325134;

    // ln((1 + s)/(1 − s)) = s·P(s²), |s| ≤ 0.2, error 2⁻⁴²
    static final double P_0 = 1.9999999999996496;
    static final double P_1 = 0.666666667294527;
    static final double P_2 = 0.3999998180611846;
    static final double P_3 = 0.28573351507305356;
    static final double P_4 = 0.22130789858823882;
    static final double P_5 = 0.20163129608763156;

    // ln(1 + e) = e·L(e), 0 ≤ e ≤ 1, error 2⁻³²·⁸: faster than a division
    static final double L_0 = 0.9999999998657495;
    static final double L_1 = -0.4999999612139627;
    static final double L_2 = 0.33333145512337686;
    static final double L_3 = -0.24996389178843487;
    static final double L_4 = 0.19963546159118528;
    static final double L_5 = -0.1644481781513311;
    static final double L_6 = 0.13403457249133155;
    static final double L_7 = -0.1008180479257159;
    static final double L_8 = 0.06350289738777211;
    static final double L_9 = -0.029800145490202278;
    static final double L_10 = 0.008925603861739712;
    static final double L_11 = -0.0012525852620659762;

    // e^(a²)·erfc a = w·T(w), w = 1/(1 + TAIL·a), 0 ≤ a ≤ 10.1, error 2⁻³³
    static final double TAIL = 0.4;
    /// Beyond it erfc is below half the smallest float.
    static final double TAIL_END = 10.1;
    static final double T_0 = 0.22567244198710804;
    static final double T_1 = 0.2257729108549566;
    static final double T_2 = 0.2063842729420223;
    static final double T_3 = 0.18079205716511754;
    static final double T_4 = 0.07620451690838985;
    static final double T_5 = 0.2197604466259671;
    static final double T_6 = -0.34118921062596386;
    static final double T_7 = 0.5713600282097457;
    static final double T_8 = -0.6593965746629696;
    static final double T_9 = 0.3976898523415827;
    static final double T_10 = -0.1111680800653345;
    static final double T_11 = 0.005738268888705805;
    static final double T_12 = 0.002379069452757558;

    static float sinh(float x) {
        double a = abs(x) > END ? END : abs(x);
        double t = fma(a, LOG2E, MAGIC);
        double r = fma(t - MAGIC, -LN2, a);
        long n = Double.doubleToRawLongBits(t);
        double up = Double.longBitsToDouble(n + 1022 << 52);
        double down = Double.longBitsToDouble(1022 - n << 52);
        double s = r * r;
        return Math.copySign((float) fma(up - down, c(s), (up + down) * (r * s(s))), x);
    }

    static float cosh(float x) {
        double a = abs(x) > END ? END : abs(x);
        double t = fma(a, LOG2E, MAGIC);
        double r = fma(t - MAGIC, -LN2, a);
        long n = Double.doubleToRawLongBits(t);
        double up = Double.longBitsToDouble(n + 1022 << 52);
        double down = Double.longBitsToDouble(1022 - n << 52);
        double s = r * r;
        return (float) fma(up + down, c(s), (up - down) * (r * s(s)));
    }

    static float erfc(float x) {
        double a = abs(x) > TAIL_END ? TAIL_END : abs(x);
        double z = -a * a;
        double t = fma(z, LOG2E, MAGIC);
        double r = fma(t - MAGIC, -LN2, z);
        double q = r * r;
        double e = fma(r, s(q), c(q)) * Double.longBitsToDouble(Double.doubleToRawLongBits(t) + 1023 << 52);
        double w = 1 / fma(a, TAIL, 1);
        double p = fma(T_12, w, T_11);
        p = fma(p, w, T_10);
        p = fma(p, w, T_9);
        p = fma(p, w, T_8);
        p = fma(p, w, T_7);
        p = fma(p, w, T_6);
        p = fma(p, w, T_5);
        p = fma(p, w, T_4);
        p = fma(p, w, T_3);
        p = fma(p, w, T_2);
        p = fma(p, w, T_1);
        p = fma(p, w, T_0);
        double y = e * w * p;
        return (float) (x < 0 ? 2 - y : y);
    }

    private static double c(double s) {
        return fma(fma(fma(fma(C_4, s, C_3), s, C_2), s, C_1), s, C_0);
    }

    private static double s(double s) {
        return fma(fma(fma(S_3, s, S_2), s, S_1), s, S_0);
    }

    private static double p(double s) {
        double q = s * s;
        return s * fma(fma(fma(fma(fma(P_5, q, P_4), q, P_3), q, P_2), q, P_1), q, P_0);
    }

    static float asinh(float x) {
        if (!(abs(x) < Float.POSITIVE_INFINITY)) return x;
        double a = abs(x);
        return Math.copySign(area(a, Math.sqrt(fma(a, a, 1))), x);
    }

    static float acosh(float x) {
        if (!(x >= 1 && x < Float.POSITIVE_INFINITY)) return x < 1 ? Float.NaN : x;
        double a = x;
        return area(Math.sqrt(fma(a, a, -1)), a);
    }

    /// `y` with this sinh and cosh, `y ≥ 0`.
    private static float area(double sinh, double cosh) {
        double w = sinh + cosh;
        long k = Double.doubleToRawLongBits(w) - SQRT_HALF_BITS >> 52;
        double scale = Double.longBitsToDouble(1023 - k << 52);
        double s = k == 0 ? sinh / (cosh + 1) : fma(w, scale, -1) / fma(w, scale, 1);
        return (float) fma(k, LN2, p(s));
    }

    static float atanh(float x) {
        if (!(abs(x) < 1)) return abs(x) == 1 ? x * Float.POSITIVE_INFINITY : Float.NaN;
        double a = abs(x);
        // the exponent of (1 + a)/(1 − a) but for a twelfth
        long k = Double.doubleToRawLongBits(1 + a) - Double.doubleToRawLongBits(1 - a) + (1L << 51) >> 52;
        double two = Double.longBitsToDouble(k + 1023 << 52);
        double s = fma(a, two + 1, 1 - two) / fma(a, 1 - two, two + 1);
        return Math.copySign((float) (0.5 * fma(k, LN2, p(s))), x);
    }

    /// `eᵈ`, `d ≤ 0`, as a part of a sum of 1 or more.
    static double fading(double d) {
        double c = d < FAR ? FAR : d;
        double t = fma(c, LOG2E, MAGIC);
        double r = fma(t - MAGIC, -LN2, c);
        double q = r * r;
        return fma(r, s(q), c(q)) * Double.longBitsToDouble(Double.doubleToRawLongBits(t) + 1023 << 52);
    }

    /// `ln w`, `1 ≤ w < ∞`.
    static double log(double w) {
        long k = Double.doubleToRawLongBits(w) - SQRT_HALF_BITS >> 52;
        double m = w * Double.longBitsToDouble(1023 - k << 52);
        return fma(k, LN2, p((m - 1) / (m + 1)));
    }

    static float logAddExp(float x, float z) {
        double a = x;
        double b = z;
        double d = -abs(a - b);
        if (d != d) return x == z ? x : x + z;
        if (d < FAR) d = FAR;
        double t = fma(d, LOG2E, MAGIC);
        double r = fma(t - MAGIC, -LN2, d);
        double q = r * r;
        double e = fma(r, s(q), c(q)) * Double.longBitsToDouble(Double.doubleToRawLongBits(t) + 1023 << 52);
        double l = fma(L_11, e, L_10);
        l = fma(l, e, L_9);
        l = fma(l, e, L_8);
        l = fma(l, e, L_7);
        l = fma(l, e, L_6);
        l = fma(l, e, L_5);
        l = fma(l, e, L_4);
        l = fma(l, e, L_3);
        l = fma(l, e, L_2);
        l = fma(l, e, L_1);
        l = fma(l, e, L_0);
        return (float) fma(e, l, Math.max(a, b));
    }
}
