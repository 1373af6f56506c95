package keel.kernel;

/// Tangent of one double after `k_tan.c` and `e_rem_pio2.c` of fdlibm (error below 1 ULP), whose notice reads:
/// *Copyright 2004 Sun Microsystems, Inc. All Rights Reserved. Permission to use, copy, modify, and distribute this software is
/// freely granted, provided that this notice is preserved.* `StrictMath.tan` is the same function, but allocates.
final class DoubleTan {
    private DoubleTan() {}

    private static final double TWO_OVER_PI = 6.36619772367581382433e-01;
    /// π/2 in three parts; a product of one of the first two with a whole number below 2²⁰ is exact.
    private static final double HALF_PI_1 = 1.57079632673412561417e+00;
    private static final double HALF_PI_2 = 6.07710050630396597660e-11;
    private static final double HALF_PI_3 = 2.02226624879595063154e-21;
    private static final double QUARTER_PI = 7.85398163397448278999e-01;
    private static final double QUARTER_PI_LOW = 3.06161699786838301793e-17;
    /// From here on the tangent is taken from that of `π/4 − x`.
    private static final double NEAR_QUARTER_PI = 0.6744;
    /// From here on the reduction in three parts loses digits.
    private static final double LARGE = 0x1p20;

    /// `tan(x)/x − 1` in `x²`, `|x| < 0.6744`: even and odd coefficients apart.
    private static final double[] EVEN = {1.33333333333201242699e-01, 2.18694882948595424599e-02, 3.59207910759131235356e-03,
        5.88041240820264096874e-04, 7.81794442939557092300e-05, -1.85586374855275456654e-05};
    private static final double[] ODD = {5.39682539762260521377e-02, 8.86323982359930005737e-03, 1.45620945432529025516e-03,
        2.46463134818469906812e-04, 7.14072491382608190305e-05, 2.59073051863633712884e-05};
    private static final double THIRD = 3.33333333333334091986e-01;

    static double tan(double x) {
        if (!(Math.abs(x) < LARGE)) return StrictMath.tan(x);
        if (Math.abs(x) < QUARTER_PI) return reduced(x, 0, false);
        double n = Math.rint(x * TWO_OVER_PI);
        double r = x - n * HALF_PI_1;
        double w = n * HALF_PI_2;
        double high = r - w;
        double low = (r - high - w) - n * HALF_PI_3;
        double y = high + low;
        return reduced(y, high - y + low, (long) n % 2 != 0);
    }

    /// `tan(x + low)`, `|x| ≤ π/4`, or `−1/tan` of it.
    private static double reduced(double x, double low, boolean inverse) {
        boolean near = Math.abs(x) >= NEAR_QUARTER_PI;
        double sign = x < 0 ? -1 : 1;
        if (!near && Math.abs(x) < 0x1p-28) return inverse ? -1 / x : x;
        if (near) {
            x = QUARTER_PI - sign * x + (QUARTER_PI_LOW - sign * low);
            low = 0;
        }
        double z = x * x;
        double w = z * z;
        double s = z * x;
        double r = low + z * (s * (horner(EVEN, w) + z * horner(ODD, w)) + low) + THIRD * s;
        w = x + r;
        if (near) {
            double v = inverse ? -1 : 1;
            return sign * (v - 2 * (x - (w * w / (w + v) - r)));
        }
        if (!inverse) return w;
        double head = head(w);
        double a = -1 / w;
        double t = head(a);
        return t + a * (1 + t * head + t * (r - (head - x)));
    }

    private static double horner(double[] c, double z) {
        double y = c[c.length - 1];
        for (int i = c.length - 2; i >= 0; i--) y = c[i] + z * y;
        return y;
    }

    /// The leading half of the digits.
    private static double head(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & 0xFFFFFFFF00000000L);
    }
}
