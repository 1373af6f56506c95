// Generated from FloatParts.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// The loops that reductions and row functions are made of, in plain Java; `DoubleVectorParts` replaces them.
class DoubleParts {
    /// `Σ x`.
    double sum(double[] x, int xo, int n) {
        return DoubleSums.sum(x, xo, n);
    }

    /// `Σ x·z`.
    double dot(double[] x, int xo, double[] z, int zo, int n) {
        return DoubleSums.dot(x, xo, z, zo, n);
    }

    /// `Σ (x − a)·z`.
    double dotDeviation(double a, double[] x, int xo, double[] z, int zo, int n) {
        return DoubleSums.dotDeviation(a, x, xo, z, zo, n);
    }

    /// `s[r] = Σ (x − a)`, `q[r] = Σ (x − a)²`.
    void deviations(double a, double[] x, int xo, int n, double[] s, double[] q, int r) {
        s[r] = DoubleSums.deviation(a, x, xo, n);
        q[r] = DoubleSums.squaredDeviation(a, x, xo, n);
    }

    /// `y[j] = Σ x[i, j]` (or of squares) over at most [Kernels#STRIDED_BLOCK] rows.
    void sumRows(boolean squares, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    /// Largest element; NaN wins.
    double max(double[] x, int xo, int n) {
        return DoubleSums.max(x, xo, n);
    }

    /// Smallest element; NaN wins.
    double min(double[] x, int xo, int n) {
        return DoubleSums.min(x, xo, n);
    }

    /// `y = max(y, x)`.
    void maxInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.max(y, yo, x, xo, y, yo, n);
    }

    /// `y = min(y, x)`.
    void minInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.min(y, yo, x, xo, y, yo, n);
    }

    /// `y = y·x`.
    void mulInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.mul(y, yo, x, xo, y, yo, n);
    }

    /// `y = x·z`.
    void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleLoops.mul(x, xo, z, zo, y, yo, n);
    }

    /// `y = e^(x − a)`.
    void exp(double a, double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.exp(a, x, xo, y, yo, n);
    }

    /// `y = (x − a) − b`.
    void sub(double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - a) - b;
    }

    /// `y = x/a`.
    void div(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] / a;
    }

    /// `y = z − a·x`, fused.
    void subMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(-a, x[xo + i], z[zo + i]);
    }

    /// `y = x·(z − a)`.
    void mulDeviation(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * (z[zo + i] - a);
    }

    /// `y = x̂·w + b`, `x̂ = (x − mean)·rstd`; `w` and `b` may be null.
    void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, double[] y, int yo, int n) {
        if (w != null && b != null) {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma((x[xo + i] - mean) * rstd, w[i], b[i]);
        } else if (w != null) {
            for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd * w[i];
        } else if (b != null) {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma(x[xo + i] - mean, rstd, b[i]);
        } else {
            for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd;
        }
    }

    /// `y = rstd·(y − a − (x − mean)·c)`.
    void project(double a, double c, double mean, double rstd, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = rstd * Math.fma(mean - x[xo + i], c, y[yo + i] - a);
    }
}
