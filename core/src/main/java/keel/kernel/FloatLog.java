package keel.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;
import static keel.kernel.FloatTables.EXPONENT;
import static keel.kernel.FloatTables.LOG_FROM;
import static keel.kernel.FloatTables.N;

/// Logarithms of other bases as [FloatMath#log] computes the natural one:
/// `e·log 2 − log c + log(1 + r)`, `r = c·m − 1`, `log(1 + r) ≈ r·log e + r²·P(r)` with `log e` in two parts.
///
/// A table has 16 `c`, 16 `−log c`, multiples of 2⁻¹⁷ (base 10: 2⁻¹⁸) but for 2⁻³², so that their sum with the exponent's part
/// is exact, and then what the constants of this class number. Powers of two have whole logarithms of base 2.
final class FloatLog {
    private FloatLog() {}

    /// Where `log 2`, for an exponent that stands where it stands in a float, and `log e` stand in a table, each in two parts,
    /// and the coefficients of r², r³, r⁴ and r⁵
    static final int TWO = 2 * N;
    static final int TWO_LOW = TWO + 1;
    static final int E = TWO + 2;
    static final int E_LOW = TWO + 3;
    static final int R2 = TWO + 4;

    /// Base 2; error of the polynomials 2⁻²⁸ relative to the logarithm.
    static final float[] BASE_2 = {
        1.3648531f, 1.3009197f, 1.2590108f, 1.2078984f, 1.1671824f, 1.1212735f, 1.0832484f, 1.0357928f, 1f, 1f, 0.91541f,
        0.86411726f, 0.8199283f, 0.7776124f, 0.7424854f, 0.71022856f,
        -0.44874573f, -0.37953186f, -0.33229065f, -0.27249908f, -0.22303009f, -0.16513824f, -0.115364075f, -0.050735474f, 0f, 0f,
        0.12751007f, 0.21070099f, 0.28643036f, 0.3628769f, 0.42956543f, 0.4936447f,
        0x1p-23f, 0f, 1.442695f, 1.925963e-08f, -0.7213476f, 0.4809146f, -0.36071977f, 0.27124363f
    };

    /// Base 10
    static final float[] BASE_10 = {
        1.3584667f, 1.3094597f, 1.249447f, 1.202766f, 1.1592944f, 1.1194177f, 1.0839837f, 1.0380726f, 1f, 1f, 0.9128665f,
        0.8647178f, 0.8217895f, 0.7814933f, 0.7425466f, 0.7111655f,
        -0.13304901f, -0.11709213f, -0.096717834f, -0.08018112f, -0.064193726f, -0.048992157f, -0.035022736f, -0.016227722f, 0f,
        0f, 0.039592743f, 0.06312561f, 0.08523941f, 0.10707474f, 0.12927628f, 0.14802933f,
        0.3010292f * 0x1p-23f, 7.903417e-07f * 0x1p-23f, 0.4342945f, -1.010305e-08f, -0.21714725f, 0.14476968f, -0.1085958f,
        0.081753835f
    };

    static float log(float[] t, float x) {
        if (!(x > 0 && x < Float.POSITIVE_INFINITY)) return x == 0 ? Float.NEGATIVE_INFINITY : x < 0 ? Float.NaN : x;
        if (x < Float.MIN_NORMAL) return log(t, x * 0x1p24f, 24 << 23);
        return log(t, x, 0);
    }

    /// The logarithm of `x·2⁻ᵉ`, `x` normal, `e` where exponents stand.
    private static float log(float[] t, float x, int e) {
        int b = floatToRawIntBits(x);
        int z = b - LOG_FROM;
        int k = z & EXPONENT;
        int j = z >>> 19 & N - 1;
        float n = k - e;
        float r = fma(intBitsToFloat(b - k), t[j], -1);
        float q = fma(fma(fma(t[R2 + 3], r, t[R2 + 2]), r, t[R2 + 1]), r, t[R2]);
        float low = fma(fma(q, r, t[E_LOW]), r, n * t[TWO_LOW]);
        return fma(n, t[TWO], t[N + j]) + fma(r, t[E], low);
    }

    static void log(float[] t, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = log(t, x[xo + i]);
    }
}
