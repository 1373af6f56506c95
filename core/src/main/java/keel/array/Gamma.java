package keel.array;

/// The logarithm of the gamma function and its derivatives, one value at a time, of `+ − × ÷` and `StrictMath` only: the same
/// bits everywhere.
///
/// Relative error below 1e−14, or absolute error below 1e−15 near the zeros, on the positive axis. On the negative axis the error
/// is relative to the larger of the two terms of the reflection, which cancel near the zeros there.
final class Gamma {
    private Gamma() {}

    /// 1 − γ, the derivative of ln Γ at 2.
    private static final double SLOPE_AT_TWO = 0.42278433509846714;
    /// ½ ln 2π
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
    private static final double LOG_PI = 1.1447298858494002;
    /// From here on the asymptotic series have all digits.
    private static final double FAR = 10;

    /// `B₂ₖ`, Bernoulli's numbers for k = 1 … 8.
    private static final double[] BERNOULLI = {1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
        -3617.0 / 510};

    // (−1)ᵏ(ζ(k) − 1)/k for k = 2, 3, …: the series of ln Γ around 2 beyond its linear term (Abramowitz and Stegun 6.1.33).
    private static final double[] AROUND_TWO = new double[26];

    static {
        for (int i = 0; i < AROUND_TWO.length; i++) {
            int k = i + 2;
            AROUND_TWO[i] = (k % 2 == 0 ? 1 : -1) * zeta(k, 2) / k;
        }
    }

    /// `ln |Γ(x)|`; ∞ at 0, −1, −2, …
    static double logGamma(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Math.abs(x);
        }
        if (x > -0.5 && x < 0) {
            return logGamma(x + 1) - StrictMath.log(-x);
        }
        if (x <= 0) {
            return x == Math.rint(x) ? Double.POSITIVE_INFINITY
                : LOG_PI - StrictMath.log(-x) - StrictMath.log(Math.abs(Sinc.sinPi(x))) - logGamma(-x);
        }
        if (x < 0.5) {
            return aroundTwo(x) - StrictMath.log(x) - StrictMath.log1p(x);
        }
        if (x < 1.5) {
            return aroundTwo(x - 1) - StrictMath.log1p(x - 1);
        }
        if (x >= FAR) {
            double sum = 0;
            for (int k = BERNOULLI.length; k > 0; k--) {
                sum = sum / (x * x) + BERNOULLI[k - 1] / (2 * k * (2 * k - 1));
            }
            return (x - 0.5) * StrictMath.log(x) - x + HALF_LOG_TWO_PI + sum / x;
        }
        double product = 1;
        double y = x;
        while (y >= 2.5) {
            y -= 1;
            product *= y;
        }
        return aroundTwo(y - 2) + StrictMath.log(product);
    }

    // ln Γ(2 + z), |z| ≤ ½
    private static double aroundTwo(double z) {
        double sum = 0;
        for (int i = AROUND_TWO.length - 1; i >= 0; i--) {
            sum = sum * z + AROUND_TWO[i];
        }
        return z * (SLOPE_AT_TWO + z * sum);
    }

    /// `Γ′(x)/Γ(x)`; NaN at −1, −2, …, ∓∞ at ±0.
    static double digamma(double x) {
        if (x == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, -x);
        }
        if (x < 0) {
            return Double.isInfinite(x) || x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI * cotPi(x);
        }
        double small = 0;
        double y = x;
        while (y < FAR) {
            small += 1 / y;
            y += 1;
        }
        double sum = 0;
        for (int k = BERNOULLI.length; k > 0; k--) {
            sum = sum / (y * y) + BERNOULLI[k - 1] / (2 * k);
        }
        return StrictMath.log(y) - 0.5 / y - sum / (y * y) - small;
    }

    /// The `n`-th derivative of [#digamma], n ≥ 1: `(−1)ⁿ⁺¹ n! ζ(n + 1, x)`; infinite at 0, −1, −2, …
    static double polygamma(int n, double x) {
        double sign = n % 2 == 0 ? -1 : 1;
        if (x <= 0) {
            return x == Math.rint(x) ? sign * Double.POSITIVE_INFINITY : reflected(n, x);
        }
        double factorial = 1;
        for (int i = 2; i <= n; i++) {
            factorial *= i;
        }
        return sign * factorial * zeta(n + 1, x);
    }

    // ψₙ(x) = (−1)ⁿψₙ(1 − x) − π·dⁿ/dxⁿ cot πx, the derivatives of cot as polynomials in it: cot′ = −π(1 + cot²).
    private static double reflected(int n, double x) {
        var p = new double[n + 2];
        p[1] = 1;
        for (int i = 0; i < n; i++) {
            var q = new double[n + 2];
            for (int j = 1; j <= i + 1; j++) {
                q[j - 1] -= Math.PI * j * p[j];
                q[j + 1] -= Math.PI * j * p[j];
            }
            p = q;
        }
        double c = cotPi(x);
        double slope = 0;
        for (int j = n + 1; j >= 0; j--) {
            slope = slope * c + p[j];
        }
        return (n % 2 == 0 ? 1 : -1) * polygamma(n, 1 - x) - Math.PI * slope;
    }

    private static double cotPi(double x) { return Sinc.cosPi(x) / Sinc.sinPi(x); }

    /// `Σ (a + i)^−s` over i ≥ 0, by Euler and Maclaurin; s ≥ 2, a > 0.
    private static double zeta(int s, double a) {
        if (Double.isInfinite(a) || Double.isNaN(a)) {
            return 1 / a;
        }
        double first = 0;
        double y = a;
        while (y < FAR + s) {
            first += StrictMath.pow(y, -s);
            y += 1;
        }
        double power = StrictMath.pow(y, -s);
        double sum = power * (y / (s - 1) + 0.5);
        double term = power / y; // (s)(s + 1)…(s + 2k − 2)/(2k)!·y^(1 − s − 2k)
        for (int k = 1; k <= BERNOULLI.length; k++) {
            term *= k == 1 ? s / 2.0 : (s + 2.0 * k - 3) * (s + 2.0 * k - 2) / (2.0 * k * (2 * k - 1) * y * y);
            sum += BERNOULLI[k - 1] * term;
        }
        return first + sum;
    }
}
