package keel.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.abs;
import static java.lang.Math.fma;
import static keel.kernel.FloatCoefficients.*;

/// Sine, cosine and tangent of one float: reduction to `x = q·π/2 + r`, `|r| ≤ π/4`, then a polynomial.
final class FloatTrig {
    private FloatTrig() {}

    /// From here on the three-part reduction may lose digits and [#reduced] takes over.
    static final float LARGE = 0x1p17f;

    /// The leading 192 bits of 2/π after 32 zeros, as 32-bit words.
    private static final int[] TWO_OVER_PI_BITS =
            {0, 0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB};

    static float sin(float x) {
        if (!(abs(x) < LARGE)) {
            if (!(abs(x) < Float.POSITIVE_INFINITY)) return Float.NaN;
            long r = reduced(x);
            float y = quadrant(quotient(r), remainder(r));
            return x < 0 ? -y : y;
        }
        // sin x = x to the last bit, and −0 stays −0
        if (abs(x) < 0x1p-13f) return x;
        float t = fma(x, TWO_OVER_PI, MAGIC);
        float n = t - MAGIC;
        return quadrant(floatToRawIntBits(t), fma(n, -HALF_PI_3, fma(n, -HALF_PI_2, fma(n, -HALF_PI_1, x))));
    }

    static float cos(float x) {
        if (!(abs(x) < LARGE)) {
            if (!(abs(x) < Float.POSITIVE_INFINITY)) return Float.NaN;
            long r = reduced(x);
            return quadrant(quotient(r) + 1, remainder(r));
        }
        float t = fma(x, TWO_OVER_PI, MAGIC);
        float n = t - MAGIC;
        return quadrant(floatToRawIntBits(t) + 1, fma(n, -HALF_PI_3, fma(n, -HALF_PI_2, fma(n, -HALF_PI_1, x))));
    }

    static float tan(float x) {
        if (!(abs(x) < LARGE)) {
            if (!(abs(x) < Float.POSITIVE_INFINITY)) return Float.NaN;
            long r = reduced(x);
            double d = exactRemainder(r);
            float y = tan(quotient(r), (float) d, (float) ((float) d - d));
            return x < 0 ? -y : y;
        }
        float t = fma(x, TWO_OVER_PI, MAGIC);
        float n = t - MAGIC;
        float r0 = fma(n, -HALF_PI_1, x);
        // the second product in two parts, and what its difference rounds away
        float h = n * HALF_PI_2;
        float r = r0 - h;
        return tan(floatToRawIntBits(t), r, fma(n, HALF_PI_3, fma(n, HALF_PI_2, -h) - (r0 - r - h)));
    }

    /// `tan(r − low + j·π/2)`; the sign of `low` lets −0 stay −0.
    private static float tan(int j, float r, float low) {
        float s = r * r;
        float q = fma(TAN_15, s, TAN_13);
        q = fma(q, s, TAN_11);
        q = fma(q, s, TAN_9);
        q = fma(q, s, TAN_7);
        q = fma(q, s, TAN_5);
        q = fma(q, s, TAN_3);
        float p = r + fma(r * s, q, -fma(low, s, low));
        return (j & 1) == 0 ? p : -1 / p;
    }

    /// `sin(r + j·π/2)`.
    private static float quadrant(int j, float r) {
        float s = r * r;
        float y = (j & 1) == 0
                ? fma(r * s, fma(fma(SIN_7, s, SIN_5), s, SIN_3), r)
                : fma(s, fma(s, fma(fma(COS_8, s, COS_6), s, COS_4), (float) -0.5), 1);
        return intBitsToFloat(floatToRawIntBits(y) ^ (j & 2) << 30);
    }

    /// `|x|·2/π mod 4` in units of 2⁻⁶² (Payne and Hanek 1983): the mantissa times the 96 bits of 2/π that matter.
    private static long reduced(float x) {
        int b = floatToRawIntBits(x);
        long m = b & 0x7FFFFF | 0x800000;
        // x = m·2ᵉ; the window starts two bits above the point of 2ᵉ·(2/π), higher ones are multiples of 4
        int from = ((b >>> 23 & 0xFF) - 150) - 2 + 32;
        int word = from >> 5;
        int shift = from & 31;
        long low = m * bits(word + 2, shift);
        long mid = m * bits(word + 1, shift) + (low >>> 32);
        long high = m * bits(word, shift) + (mid >>> 32);
        return high << 32 | mid & 0xFFFFFFFFL;
    }

    private static long bits(int word, int shift) {
        long two = (long) TWO_OVER_PI_BITS[word] << 32 | TWO_OVER_PI_BITS[word + 1] & 0xFFFFFFFFL;
        return two << shift >>> 32;
    }

    private static int quotient(long r) {
        return (int) (r + (1L << 61) >>> 62);
    }

    private static float remainder(long r) {
        return (float) exactRemainder(r);
    }

    private static double exactRemainder(long r) {
        return (r << 2 >> 2) * (Math.PI / 2 * 0x1p-62);
    }
}
