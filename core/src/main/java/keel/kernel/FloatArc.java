package keel.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.abs;
import static java.lang.Math.fma;

/// Inverse trigonometric functions of floats.
///
/// `atan u = u + u³·P(u²)`, `|u| ≤ 1`, of `x`, `−1/x` or the smaller coordinate by the larger. `asin u = u + u³·Q(u²)` for
/// `u² ≤ ½`, beyond which `asin x = π/2 − 2·asin √((1 − x)/2)`. Multiples of `π/2` are added in two parts.
final class FloatArc {
    private FloatArc() {}

    private static final int SIGN = 0x80000000;

    static final float PI = 3.1415927f;
    static final float PI_LOW = -8.742278e-08f;
    static final float HALF_PI = 1.5707964f;
    static final float HALF_PI_LOW = -4.371139e-08f;

    /// Relative error 2⁻²⁸, `0 ≤ u² ≤ 1`; moved by one last place, so that `atan 1` is `π/4`
    static final float ATAN_3 = -0.333333f;
    static final float ATAN_5 = 0.19998531f;
    static final float ATAN_7 = -0.14264052f;
    static final float ATAN_9 = 0.10951175f;
    static final float ATAN_11 = -0.084004745f;
    static final float ATAN_13 = 0.057906546f;
    static final float ATAN_15 = -0.031127002f;
    static final float ATAN_17 = 0.010887361f;
    static final float ATAN_19 = -0.0017875476f;

    /// From here on by the square root.
    static final float STEEP = 0.70710677f;
    /// Relative error 2⁻²⁸, `0 ≤ u² ≤ ½`
    static final float ASIN_3 = 0.16666622f;
    static final float ASIN_5 = 0.07502712f;
    static final float ASIN_7 = 0.044077437f;
    static final float ASIN_9 = 0.03602189f;
    static final float ASIN_11 = -0.008174855f;
    static final float ASIN_13 = 0.11057763f;
    static final float ASIN_15 = -0.14024112f;
    static final float ASIN_17 = 0.12623714f;

    static float atan(float x) {
        float a = abs(x);
        boolean far = a > 1;
        float p = small(far ? -1 / a : a);
        float y = far ? HALF_PI + (p + HALF_PI_LOW) : p;
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & SIGN);
    }

    static float atan2(float x, float z) {
        float a = abs(x);
        float b = abs(z);
        boolean steep = a > b;
        float u = (steep ? b : a) / (steep ? a : b);
        // 0/0 or ∞/∞
        if (u != u) return (float) StrictMath.atan2(x, z);
        float p = small(u);
        p = steep != z < 0 ? -p : p;
        float y = (steep ? HALF_PI : z < 0 ? PI : 0) + (p + (steep ? HALF_PI_LOW : z < 0 ? PI_LOW : 0));
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & SIGN);
    }

    /// `atan u`, `|u| ≤ 1`.
    private static float small(float u) {
        float s = u * u;
        float q = fma(ATAN_19, s, ATAN_17);
        q = fma(q, s, ATAN_15);
        q = fma(q, s, ATAN_13);
        q = fma(q, s, ATAN_11);
        q = fma(q, s, ATAN_9);
        q = fma(q, s, ATAN_7);
        q = fma(q, s, ATAN_5);
        q = fma(q, s, ATAN_3);
        return fma(u * s, q, u);
    }

    static float asin(float x) {
        float a = abs(x);
        boolean steep = a > STEEP;
        float s = steep ? fma(a, (float) -0.5, (float) 0.5) : a * a;
        float p = flat(s, steep ? (float) Math.sqrt(s) : a);
        float y = steep ? HALF_PI + fma(p, -2, HALF_PI_LOW) : p;
        return intBitsToFloat(floatToRawIntBits(y) | floatToRawIntBits(x) & SIGN);
    }

    static float acos(float x) {
        float a = abs(x);
        boolean steep = a > STEEP;
        float s = steep ? fma(a, (float) -0.5, (float) 0.5) : a * a;
        float p = flat(s, steep ? (float) Math.sqrt(s) : a);
        p = steep ? 2 * p : -p;
        p = intBitsToFloat(floatToRawIntBits(p) ^ floatToRawIntBits(x) & SIGN);
        float base = !steep ? HALF_PI : x < 0 ? PI : 0;
        return base + (p + (!steep ? HALF_PI_LOW : x < 0 ? PI_LOW : 0));
    }

    /// `asin u`, `s = u² ≤ ½`.
    private static float flat(float s, float u) {
        float q = fma(ASIN_17, s, ASIN_15);
        q = fma(q, s, ASIN_13);
        q = fma(q, s, ASIN_11);
        q = fma(q, s, ASIN_9);
        q = fma(q, s, ASIN_7);
        q = fma(q, s, ASIN_5);
        q = fma(q, s, ASIN_3);
        return fma(u * s, q, u);
    }
}
