package keel.array;

/// `sin(πx)/(πx)` and its derivatives, one value at a time.
final class Sinc {
    private Sinc() {}

    /// `sin πx`, the argument reduced before π enters: exactly 0 and ±1 where it should be.
    static double sinPi(double x) {
        double r = Math.IEEEremainder(x, 2); // −1 … 1, exact
        double near = Math.abs(r) <= 0.5 ? r : Math.copySign(1, r) - r;
        return StrictMath.sin(Math.PI * near);
    }

    /// `cos πx`, likewise.
    static double cosPi(double x) {
        return StrictMath.sin(Math.PI * (0.5 - Math.abs(Math.IEEEremainder(x, 2))));
    }

    /// The `k`-th derivative of `sin(πx)/(πx)`: `πᵏ·gₖ(πx)` with `gₖ = dᵏ/dzᵏ (sin z)/z`.
    ///
    /// Away from 0 by `z·gₖ + k·gₖ₋₁ = sin⁽ᵏ⁾ z`; near 0, where that cancels, by `gₖ = Σ (−1)ʲz^(2j−k)/((2j + 1)(2j − k)!)`.
    static double derivative(int k, double x) {
        if (Double.isInfinite(x)) {
            return Double.NaN; // as in PyTorch, though it has a limit
        }
        double z = Math.PI * x;
        double y = Math.abs(z) < NEAR + k ? series(k, z) : recurrence(k, x, z);
        for (int i = 0; i < k; i++) {
            y *= Math.PI;
        }
        return y;
    }

    private static final double NEAR = 2;

    private static double series(int k, double z) {
        int j = (k + 1) / 2;
        double power = k % 2 == 0 ? 1 : z; // z^(2j − k)/(2j − k)!
        double sum = 0;
        for (int n = 0; n < 40; n++, j++) {
            sum += (j % 2 == 0 ? 1 : -1) * power / (2 * j + 1);
            power *= z * z / ((2 * j - k + 1) * (2 * j - k + 2));
        }
        return sum;
    }

    private static double recurrence(int k, double x, double z) {
        double y = sinPi(x) / z;
        for (int i = 1; i <= k; i++) {
            y = ((i / 2 % 2 == 0 ? 1 : -1) * (i % 2 == 0 ? sinPi(x) : cosPi(x)) - i * y) / z; // sin⁽ⁱ⁾ = ±sin or ±cos
        }
        return y;
    }
}
