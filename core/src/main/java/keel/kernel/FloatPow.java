package keel.kernel;

import static java.lang.Math.abs;

/// `x^z` of floats as `2^(z·log₂ x)` in double precision.
final class FloatPow {
    private FloatPow() {}

    private static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;
    private static final double MAGIC = 0x1.8p52;
    /// `log₂ m ≈ s·P(s²)`, `s = (m − 1)/(m + 1)`, `m` in `[√½, √2]`, error 2⁻⁵⁰
    private static final double[] LOG2 = {2.8853900817779268, 0.9617966939248668, 0.5770780171008354, 0.41219841889250297,
        0.32061544470222075, 0.2614695543851968, 0.24265535960972293};
    /// `2ʳ`, `|r| ≤ ½`, relative error 2⁻⁴⁵
    private static final double[] EXP2 = {1.0, 0.6931471805598843, 0.24022650695722586, 0.0555041086684522, 0.009618129181244063,
        0.0013333557620867544, 0.0001540344081430146, 1.5252992196691743e-05, 1.3258352985891356e-06, 1.0147996489448579e-07};

    static float pow(float x, float z) {
        if (z == 0 || x == 1) return 1;
        if (x != x || z != z) return Float.NaN;
        float a = abs(x);
        boolean whole = abs(z) >= 0x1p23f || z == (int) z;
        boolean odd = whole && abs(z) < 0x1p24f && ((int) z & 1) != 0;
        if (x < 0 && !whole && a < Float.POSITIVE_INFINITY) return Float.NaN;
        float y;
        if (a == 0) {
            y = z > 0 ? 0 : Float.POSITIVE_INFINITY;
        } else if (a == 1) {
            y = 1;
        } else {
            y = positive(a, z);
        }
        return odd && Float.floatToRawIntBits(x) < 0 ? -y : y;
    }

    private static float positive(float a, float z) {
        if (a == Float.POSITIVE_INFINITY) return z > 0 ? a : 0;
        double e = z * log2(a);
        if (!(abs(e) < 160)) return e > 0 ? Float.POSITIVE_INFINITY : 0;
        double n = (e + MAGIC) - MAGIC;
        double y = horner(EXP2, e - n);
        return (float) (y * Double.longBitsToDouble((long) n + 1023 << 52));
    }

    private static double log2(double a) {
        long b = Double.doubleToRawLongBits(a);
        long k = b - SQRT_HALF_BITS >> 52;
        double m = Double.longBitsToDouble(b - (k << 52));
        double s = (m - 1) / (m + 1);
        return Math.fma(s, horner(LOG2, s * s), k);
    }

    private static double horner(double[] c, double z) {
        double y = c[c.length - 1];
        for (int i = c.length - 2; i >= 0; i--) y = Math.fma(y, z, c[i]);
        return y;
    }
}
