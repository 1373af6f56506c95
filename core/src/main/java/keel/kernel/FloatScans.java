package keel.kernel;

import java.util.Arrays;

/// Running sums and products, see [Kernels#scan]: each waits for the one before, so four lines go side by side, and lines across
/// which elements are neighbours all together. `DoubleScans` is generated from this file.
final class FloatScans {
    private FloatScans() {}

    static void scan(boolean product, boolean backward, int from, int to, int n, int inner, float[] x, float[] y) {
        int first = backward ? n - 1 : 0;
        int step = backward ? -1 : 1;
        if (inner == 1) {
            // only float: what one group adds to another is exact to far below a float
            if (!product) {
                for (int o = from; o < to; o++) sums(x, y, o * n + first, n, step, 0);
                return;
            }
            // end

            int o = from;
            for (; o < to - 3; o += 4) four(product, x, y, o * n + first, n, step);
            for (; o < to; o++) one(product, x, y, o * n + first, n, step);
            return;
        }
        var sums = new double[inner];
        for (int o = from; o < to; o++) {
            Arrays.fill(sums, product ? 1 : 0);
            for (int j = 0; j < n; j++) {
                int at = (o * n + first + j * step) * inner;
                if (product) multiply(sums, x, y, at, inner);
                else add(sums, x, y, at, inner);
            }
        }
    }

    // only float: in groups
    /// Running sums from `carry` on, in groups of eight.
    static void sums(float[] x, float[] y, int at, int n, int step, double carry) {
        for (int j = 0; j < n; j += 8) carry = eight(x, y, at + j * step, Math.min(8, n - j), step, carry);
    }

    // Sums of two, then of four, then of eight: each sum of a half is added to all of the next half. Then what was before.
    private static double eight(float[] x, float[] y, int at, int n, int step, double carry) {
        double a0 = x[at];
        double a1 = n > 1 ? x[at + step] + a0 : a0;
        double a2 = n > 2 ? x[at + 2 * step] : 0;
        double a3 = n > 3 ? x[at + 3 * step] + a2 : a2;
        a2 += a1;
        a3 += a1;
        y[at] = (float) (carry + a0);
        if (n > 1) y[at + step] = (float) (carry + a1);
        if (n > 2) y[at + 2 * step] = (float) (carry + a2);
        if (n > 3) y[at + 3 * step] = (float) (carry + a3);
        if (n < 5) return carry + a3;
        double a4 = x[at + 4 * step];
        double a5 = n > 5 ? x[at + 5 * step] + a4 : a4;
        double a6 = n > 6 ? x[at + 6 * step] : 0;
        double a7 = n > 7 ? x[at + 7 * step] + a6 : a6;
        a6 += a5;
        a7 += a5;
        y[at + 4 * step] = (float) (carry + (a4 + a3));
        if (n > 5) y[at + 5 * step] = (float) (carry + (a5 + a3));
        if (n > 6) y[at + 6 * step] = (float) (carry + (a6 + a3));
        if (n > 7) y[at + 7 * step] = (float) (carry + (a7 + a3));
        return carry + (a7 + a3);
    }
    // end

    private static void four(boolean product, float[] x, float[] y, int at, int n, int step) {
        double a = product ? 1 : 0;
        double b = a;
        double c = a;
        double d = a;
        for (int j = 0; j < n; j++) {
            int i = at + j * step;
            a = product ? a * x[i] : a + x[i];
            b = product ? b * x[i + n] : b + x[i + n];
            c = product ? c * x[i + 2 * n] : c + x[i + 2 * n];
            d = product ? d * x[i + 3 * n] : d + x[i + 3 * n];
            y[i] = (float) a;
            y[i + n] = (float) b;
            y[i + 2 * n] = (float) c;
            y[i + 3 * n] = (float) d;
        }
    }

    private static void one(boolean product, float[] x, float[] y, int at, int n, int step) {
        double a = product ? 1 : 0;
        for (int j = 0; j < n; j++) {
            int i = at + j * step;
            a = product ? a * x[i] : a + x[i];
            y[i] = (float) a;
        }
    }

    private static void add(double[] sums, float[] x, float[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += x[at + i];
            y[at + i] = (float) sums[i];
        }
    }

    private static void multiply(double[] products, float[] x, float[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            products[i] *= x[at + i];
            y[at + i] = (float) products[i];
        }
    }

    /// See [Kernels#logScan]: of the lines `from … to − 1`, each by itself.
    static void logScan(boolean backward, int from, int to, int n, int inner, float[] x, float[] y) {
        for (int i = from; i < to; i++) {
            int start = i / inner * n * inner + i % inner;
            logSums(x, y, backward ? start + (n - 1) * inner : start, n, backward ? -inner : inner);
        }
    }

    // The largest so far and the sum of what is e to the others less it, in double: each element has one exponential and one
    // logarithm that wait for nobody.
    private static void logSums(float[] x, float[] y, int at, int n, int step) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double v = x[at + j * step];
            if (v > largest) {
                sum = sum * FloatMath.fading(largest - v) + 1;
                largest = v;
            } else {
                sum += v == largest ? 1 : FloatMath.fading(v - largest); // infinities are equal, and their difference is NaN
            }
            y[at + j * step] = (float) (largest + FloatMath.logOfSum(sum));
        }
    }
}
