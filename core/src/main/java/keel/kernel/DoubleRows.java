// Generated from FloatRows.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Row-wise functions, one row a call: passes over a row that stays in the first-level cache. Sums in the order of [Kernels].
final class DoubleRows {
    private DoubleRows() {}

    /// Softmax of one row; `y` must not overlap `x`.
    static void softmax(DoubleKernels k, boolean log, double[] x, int xo, double[] y, int yo, int n) {
        double max = k.max(x, xo, n);
        k.exp(max, x, xo, y, yo, n);
        double sum = k.sum(y, yo, n);
        if (log) {
            logOfShifted(max, DoubleMath.log(sum), x, xo, y, yo, n);
        } else {
            divide(sum, y, yo, n);
        }
    }

    /// `dx` of one row; `dx` must not overlap `y` or `dy`.
    static void softmaxGrad(DoubleKernels k, boolean log, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int n) {
        if (log) {
            double sum = k.sum(dy, dyo, n);
            k.exp(0.0, y, yo, dx, dxo, n);
            subtractMultiple(sum, dy, dyo, dx, dxo, n);
        } else {
            double dot = k.sum(dy, dyo, y, yo, n);
            timesDeviation(dot, y, yo, dy, dyo, dx, dxo, n);
        }
    }

    /// One row of layer normalization in two passes. The second pass also sums the deviations from the rounded mean, which corrects mean
    /// and variance: digits survive where the mean is far larger than the deviation.
    static void layerNorm(DoubleKernels k, double[] x, int xo, double[] w, double[] b, double eps, double[] y, int yo,
            double[] mean, double[] rstd, int r, int n) {
        double rough = (k.sum(x, xo, n) / (double) n);
        k.deviations(rough, x, xo, n, mean, rstd, r);
        double rest = mean[r] / (double) n;
        double var = Math.max(0.0, rstd[r] / (double) n - rest * rest);
        mean[r] = (rough + rest);
        rstd[r] = (1 / Math.sqrt(var + eps));
        normalize(mean[r], rstd[r], x, xo, w, b, y, yo, n);
    }

    /// `dx` of one row; `dx` may be `dy`.
    static void layerNormGrad(DoubleKernels k, double[] x, int xo, double[] w, double mean, double rstd, double[] dy, int dyo, double[] dx, int dxo, int n) {
        if (w != null) {
            DoubleLoops.mul(dy, dyo, w, 0, dx, dxo, n);
        } else if (dx != dy || dxo != dyo) {
            System.arraycopy(dy, dyo, dx, dxo, n);
        }
        double meanOfG = (k.sum(dx, dxo, n) / (double) n);
        double slope = k.sum(mean, x, xo, dx, dxo, n) / (double) n;
        project(meanOfG, (slope * rstd * rstd), mean, rstd, x, xo, dx, dxo, n);
    }

    private static void logOfShifted(double max, double log, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - max) - log;
    }

    private static void divide(double by, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] /= by;
    }

    private static void subtractMultiple(double a, double[] dy, int dyo, double[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) dx[dxo + i] = Math.fma(-a, dx[dxo + i], dy[dyo + i]);
    }

    private static void timesDeviation(double a, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) dx[dxo + i] = y[yo + i] * (dy[dyo + i] - a);
    }

    private static void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, double[] y, int yo, int n) {
        if (w == null && b == null) {
            for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd;
        } else if (b == null) {
            for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd * w[i];
        } else if (w == null) {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma(x[xo + i] - mean, rstd, b[i]);
        } else {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma((x[xo + i] - mean) * rstd, w[i], b[i]);
        }
    }

    /// `dx = rstd·(g − a − (x − mean)·c)`, `g` in `dx`.
    private static void project(double a, double c, double mean, double rstd, double[] x, int xo, double[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) dx[dxo + i] = rstd * Math.fma(mean - x[xo + i], c, dx[dxo + i] - a);
    }
}
