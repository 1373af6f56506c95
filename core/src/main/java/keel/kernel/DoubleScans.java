// Generated from FloatScans.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Running sums and products, see [Kernels#scan]: each waits for the one before, so four lines go side by side, and lines across
/// which elements are neighbours all together. `DoubleScans` is generated from this file.
final class DoubleScans {
    private DoubleScans() {}

    static void scan(boolean product, boolean backward, int from, int to, int n, int inner, double[] x, double[] y) {
        int first = backward ? n - 1 : 0;
        int step = backward ? -1 : 1;
        if (inner == 1) {
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

    private static void four(boolean product, double[] x, double[] y, int at, int n, int step) {
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
            y[i] = a;
            y[i + n] = b;
            y[i + 2 * n] = c;
            y[i + 3 * n] = d;
        }
    }

    private static void one(boolean product, double[] x, double[] y, int at, int n, int step) {
        double a = product ? 1 : 0;
        for (int j = 0; j < n; j++) {
            int i = at + j * step;
            a = product ? a * x[i] : a + x[i];
            y[i] = a;
        }
    }

    private static void add(double[] sums, double[] x, double[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += x[at + i];
            y[at + i] = sums[i];
        }
    }

    private static void multiply(double[] products, double[] x, double[] y, int at, int n) {
        for (int i = 0; i < n; i++) {
            products[i] *= x[at + i];
            y[at + i] = products[i];
        }
    }

    /// See [Kernels#logScan]: of the lines `from … to − 1`, each by itself.
    static void logScan(boolean backward, int from, int to, int n, int inner, double[] x, double[] y) {
        for (int i = from; i < to; i++) {
            int start = i / inner * n * inner + i % inner;
            logSums(x, y, backward ? start + (n - 1) * inner : start, n, backward ? -inner : inner);
        }
    }

    // The largest so far and the sum of what is e to the others less it, in double: each element has one exponential and one
    // logarithm that wait for nobody.
    private static void logSums(double[] x, double[] y, int at, int n, int step) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double v = x[at + j * step];
            if (v > largest) {
                sum = sum * DoubleMath.fading(largest - v) + 1;
                largest = v;
            } else {
                sum += v == largest ? 1 : DoubleMath.fading(v - largest); // infinities are equal, and their difference is NaN
            }
            y[at + j * step] = (largest + DoubleMath.logOfSum(sum));
        }
    }
}
