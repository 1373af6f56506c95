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
