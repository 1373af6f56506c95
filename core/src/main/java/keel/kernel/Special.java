package keel.kernel;

/// Functions of doubles that [StrictMath] lacks, made of those it has: the same bits on every machine, error of a few ULP.
final class Special {
    private Special() {}

    private static final double LN2 = 0.69314718055994530942;
    private static final double SQRT2 = 1.4142135623730950488;
    /// Beyond this 2ˣ is infinite or 0.
    private static final double EXP2_RANGE = 1100;
    /// Above this `x² ± 1 = x²`.
    private static final double HUGE = 0x1p28;
    /// Brings denormals into the normal range.
    private static final double DENORMAL_SCALE = 0x1p54;

    /// `2ⁿ·e^((x − n)·ln 2)` with the nearest whole `n`.
    static double exp2(double x) {
        if (!(Math.abs(x) < EXP2_RANGE)) return x > 0 ? Double.POSITIVE_INFINITY : x < 0 ? 0 : x;
        double n = Math.rint(x);
        return Math.scalb(StrictMath.exp((x - n) * LN2), (int) n);
    }

    /// Exponent and mantissa apart, so that powers of 2 are exact and nothing cancels near 1.
    static double log2(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) return StrictMath.log(x);
        if (x < Double.MIN_NORMAL) return log2(x * DENORMAL_SCALE) - 54;
        int e = Math.getExponent(x);
        double m = Math.scalb(x, -e); // 1 … 2
        if (m > SQRT2) {
            m /= 2;
            e++;
        }
        return e + StrictMath.log(m) / LN2;
    }

    /// After fdlibm's `s_asinh.c`.
    static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > HUGE ? StrictMath.log(a) + LN2 : StrictMath.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(y, x);
    }

    /// After fdlibm's `e_acosh.c`.
    static double acosh(double x) {
        if (x < 1) return Double.NaN;
        if (x > HUGE) return StrictMath.log(x) + LN2;
        if (x > 2) return StrictMath.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
        return StrictMath.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
    }

    /// After fdlibm's `e_atanh.c`.
    static double atanh(double x) {
        double a = Math.abs(x);
        double y = 0.5 * (a < 0.5 ? StrictMath.log1p(2 * a + 2 * a * a / (1 - a)) : StrictMath.log1p(2 * a / (1 - a)));
        return Math.copySign(y, x);
    }

    static double trunc(double x) {
        return Math.copySign(Math.floor(Math.abs(x)), x);
    }

    static double fmod(double x, double z) {
        return x % z;
    }

    static double remainder(double x, double z) {
        double r = x % z;
        return r != 0 && r < 0 != z < 0 ? r + z : r;
    }

    /// `⌊x/z⌋` from the exact remainder, so that the rounding of `x/z` cannot lift it over a whole number.
    static double floorDivide(double x, double z) {
        if (z == 0) return x / z;
        double r = x % z;
        double q = (x - r) / z;
        if (r != 0 && r < 0 != z < 0) q -= 1;
        return q == 0 ? Math.copySign(0, x / z) : Math.rint(q);
    }

    static double logAddExp(double x, double z) {
        double max = Math.max(x, z);
        return Double.isInfinite(max) ? max : max + StrictMath.log1p(StrictMath.exp(-Math.abs(x - z)));
    }
}
