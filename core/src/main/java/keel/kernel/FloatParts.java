package keel.kernel;

/// The loops that reductions and row functions are made of, in plain Java; `FloatVectorParts` replaces them.
class FloatParts {
    /// `Σ x`.
    float sum(float[] x, int xo, int n) {
        return FloatSums.sum(x, xo, n);
    }

    /// `Σ x·z`.
    float dot(float[] x, int xo, float[] z, int zo, int n) {
        return FloatSums.dot(x, xo, z, zo, n);
    }

    /// `Σ (x − a)·z`.
    float dotDeviation(float a, float[] x, int xo, float[] z, int zo, int n) {
        return FloatSums.dotDeviation(a, x, xo, z, zo, n);
    }

    /// `s[r] = Σ (x − a)`, `q[r] = Σ (x − a)²`.
    void deviations(float a, float[] x, int xo, int n, float[] s, float[] q, int r) {
        s[r] = FloatSums.deviation(a, x, xo, n);
        q[r] = FloatSums.squaredDeviation(a, x, xo, n);
    }

    /// `y[j] = Σ x[i, j]` (or of squares) over at most [Kernels#STRIDED_BLOCK] rows.
    void sumRows(boolean squares, float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        FloatSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    /// Largest element; NaN wins.
    float max(float[] x, int xo, int n) {
        return FloatSums.max(x, xo, n);
    }

    /// Smallest element; NaN wins.
    float min(float[] x, int xo, int n) {
        return FloatSums.min(x, xo, n);
    }

    /// `y = max(y, x)`.
    void maxInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.max(y, yo, x, xo, y, yo, n);
    }

    /// `y = min(y, x)`.
    void minInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.min(y, yo, x, xo, y, yo, n);
    }

    /// `y = y·x`.
    void mulInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.mul(y, yo, x, xo, y, yo, n);
    }

    /// `y = x·z`.
    void mul(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatLoops.mul(x, xo, z, zo, y, yo, n);
    }

    /// `y = e^(x − a)`.
    void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        FloatLoops.exp(a, x, xo, y, yo, n);
    }

    /// `y = (x − a) − b`.
    void sub(float a, float b, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - a) - b;
    }

    /// `y = x/a`.
    void div(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] / a;
    }

    /// `y = z − a·x`, fused.
    void subMul(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(-a, x[xo + i], z[zo + i]);
    }

    /// `y = x·(z − a)`.
    void mulDeviation(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * (z[zo + i] - a);
    }

    /// `y = x̂·w + b`, `x̂ = (x − mean)·rstd`; `w` and `b` may be null.
    void normalize(float mean, float rstd, float[] x, int xo, float[] w, float[] b, float[] y, int yo, int n) {
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
    void project(float a, float c, float mean, float rstd, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = rstd * Math.fma(mean - x[xo + i], c, y[yo + i] - a);
    }
}
