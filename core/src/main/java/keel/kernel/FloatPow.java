package keel.kernel;

import static java.lang.Math.abs;

/// `x^z` of floats as `2^(z·log₂ x)` in double precision.
final class FloatPow {
    private FloatPow() {}

    static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;
    static final double MAGIC = 0x1.8p52;
    static final long MAGIC_BITS = 0x4338000000000000L;

    // log₂ m ≈ s·P(s²), s = (m − 1)/(m + 1), m in [√½, √2], error 2⁻⁵⁰
    static final double LOG2_1 = 2.8853900817779268;
    static final double LOG2_3 = 0.9617966939248668;
    static final double LOG2_5 = 0.5770780171008354;
    static final double LOG2_7 = 0.41219841889250297;
    static final double LOG2_9 = 0.32061544470222075;
    static final double LOG2_11 = 0.2614695543851968;
    static final double LOG2_13 = 0.24265535960972293;

    // 2ʳ, |r| ≤ ½, relative error 2⁻⁴⁵
    static final double EXP2_0 = 1.0;
    static final double EXP2_1 = 0.6931471805598843;
    static final double EXP2_2 = 0.24022650695722586;
    static final double EXP2_3 = 0.0555041086684522;
    static final double EXP2_4 = 0.009618129181244063;
    static final double EXP2_5 = 0.0013333557620867544;
    static final double EXP2_6 = 0.0001540344081430146;
    static final double EXP2_7 = 1.5252992196691743e-05;
    static final double EXP2_8 = 1.3258352985891356e-06;
    static final double EXP2_9 = 1.0147996489448579e-07;

    static float pow(float x, float z) {
        if (z == 0 || x == 1) return 1;
        if (x != x || z != z) return Float.NaN;
        float a = abs(x);
        if (x < 0 && !isWhole(z) && a < Float.POSITIVE_INFINITY) return Float.NaN;
        float y;
        if (a == 0) {
            y = z > 0 ? 0 : Float.POSITIVE_INFINITY;
        } else if (a == 1) {
            y = 1;
        } else {
            y = positive(a, z);
        }
        return isOdd(z) && Float.floatToRawIntBits(x) < 0 ? -y : y;
    }

    private static float positive(float a, float z) {
        if (a == Float.POSITIVE_INFINITY) return z > 0 ? a : 0;
        double e = z * log2(a);
        if (!(abs(e) < 160)) return e > 0 ? Float.POSITIVE_INFINITY : 0;
        double n = (e + MAGIC) - MAGIC;
        return (float) (exp2(e - n) * Double.longBitsToDouble((long) n + 1023 << 52));
    }

    static boolean isWhole(float z) {
        return abs(z) >= 0x1p23f || z == (int) z;
    }

    static boolean isOdd(float z) {
        return abs(z) < 0x1p24f && isWhole(z) && ((int) z & 1) != 0;
    }

    private static double log2(double a) {
        long b = Double.doubleToRawLongBits(a);
        long k = b - SQRT_HALF_BITS >> 52;
        double m = Double.longBitsToDouble(b - (k << 52));
        double s = (m - 1) / (m + 1);
        double q = s * s;
        double l = Math.fma(LOG2_13, q, LOG2_11);
        l = Math.fma(l, q, LOG2_9);
        l = Math.fma(l, q, LOG2_7);
        l = Math.fma(l, q, LOG2_5);
        l = Math.fma(l, q, LOG2_3);
        l = Math.fma(l, q, LOG2_1);
        return Math.fma(s, l, k);
    }

    private static double exp2(double r) {
        double u = Math.fma(EXP2_9, r, EXP2_8);
        u = Math.fma(u, r, EXP2_7);
        u = Math.fma(u, r, EXP2_6);
        u = Math.fma(u, r, EXP2_5);
        u = Math.fma(u, r, EXP2_4);
        u = Math.fma(u, r, EXP2_3);
        u = Math.fma(u, r, EXP2_2);
        u = Math.fma(u, r, EXP2_1);
        return Math.fma(u, r, EXP2_0);
    }
}
