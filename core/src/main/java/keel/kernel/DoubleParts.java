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

    /// `s[at + i] = Σ x·z` of row `i`.
    void dots(double[] x, int xo, double[] z, int zo, int rows, int n, double[] s, int at) {
        for (int i = 0; i < rows; i++) s[at + i] = dot(x, xo + i * n, z, zo + i * n, n);
    }

    /// `s[at + i] = Σ x²` of row `i`.
    void squares(double[] x, int xo, int rows, int n, double[] s, int at) {
        dots(x, xo, x, xo, rows, n, s, at);
    }

    /// `s[at + i] = Σ x` of row `i`.
    void sums(double[] x, int xo, int rows, int n, double[] s, int at) {
        for (int i = 0; i < rows; i++) s[at + i] = sum(x, xo + i * n, n);
    }

    /// `s[at] = Σ (x − a)`, `s[at + 1] = Σ (x − a)²` over `n` elements of each of some lines, `step` apart; line `i` has
    /// `a[ao + i·da]` and two sums behind those of the line before. `s` is that of [DoubleNorms], for scratch.
    void deviations(double[] a, int ao, int da, double[] x, int xo, int step, int lines, int n, double[] s, int at) {
        for (int i = 0; i < lines; i++) {
            s[at + 2 * i] = DoubleSums.deviation(a[ao + i * da], x, xo + i * step, n);
            s[at + 2 * i + 1] = DoubleSums.squaredDeviation(a[ao + i * da], x, xo + i * step, n);
        }
    }

    /// `s[at] = Σ dy`, `s[at + 1] = Σ (x − a)·dy` over each of some lines.
    void slopes(double[] a, int ao, int da, double[] x, int xo, double[] dy, int dyo, int step, int lines, int n, double[] s,
            int at) {
        for (int i = 0; i < lines; i++) {
            s[at + 2 * i] = DoubleSums.sum(dy, dyo + i * step, n);
            s[at + 2 * i + 1] = DoubleSums.dotDeviation(a[ao + i * da], x, xo + i * step, dy, dyo + i * step, n);
        }
    }

    /// `s[at] = Σ dy·w`, `s[at + 1] = Σ (x − a)·(dy·w)` over each of some rows, the product rounded first.
    void slopes(double[] a, int ao, double[] x, int xo, double[] w, int wo, double[] dy, int dyo, int n, int rows, double[] s,
            int at) {
        for (int i = 0; i < rows; i++) {
            s[at + 2 * i] = DoubleSums.sumOfProducts(dy, dyo + i * n, w, wo, n);
            s[at + 2 * i + 1] = DoubleSums.dotDeviation(a[ao + i], x, xo + i * n, w, wo, dy, dyo + i * n, n);
        }
    }

    /// `s[j] = Σ (x − a)`, `s[APART + j] = Σ (x − a)²` down column `j` of at most [Kernels#STRIDED_BLOCK] rows.
    void columnDeviations(double[] a, int ao, double[] x, int xo, int rows, int stride, double[] s, int so, int width) {
        DoubleSums.columnDeviations(a, ao, x, xo, rows, stride, s, so, width);
    }

    /// `s[j] = Σ dy`, `s[APART + j] = Σ (x − a)·dy` down column `j`.
    void columnSlopes(double[] a, int ao, double[] x, int xo, double[] dy, int dyo, int rows, int stride, double[] s, int so,
            int width) {
        DoubleSums.columnSlopes(a, ao, x, xo, dy, dyo, rows, stride, s, so, width);
    }

    /// `s[j] = Σ dy`, `s[APART + j] = Σ ((x − mean)·rstd)·dy` down column `j`; row `i` has the statistics `ro + i·step`.
    void columnSlopesOfRows(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] dy, int dyo, int rows,
            int stride, double[] s, int so, int width) {
        DoubleSums.columnSlopesOfRows(mean, rstd, ro, step, x, xo, dy, dyo, rows, stride, s, so, width);
    }

    /// `y[j] = Σ x[i, j]` (or of squares) over at most [Kernels#STRIDED_BLOCK] rows.
    void sumRows(boolean squares, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    /// `l[j] += x²` in double, for each of some rows of `n`.
    void addSquares(double[] x, int xo, int rows, int n, double[] l) {
        DoubleSums.addSquares(x, xo, rows, n, l);
    }

    /// `Π x`.
    double prod(double[] x, int xo, int n) {
        return DoubleSums.prod(x, xo, n);
    }

    /// Largest element; NaN wins.
    double max(double[] x, int xo, int n) {
        return DoubleSums.max(x, xo, n);
    }

    /// Largest element; passes over NaN, and does not tell zeros apart.
    double largest(double[] x, int xo, int n) {
        double m = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) m = x[xo + i] > m ? x[xo + i] : m;
        return m;
    }

    /// Smallest element; NaN wins.
    double min(double[] x, int xo, int n) {
        return DoubleSums.min(x, xo, n);
    }

    /// `y[yo + i]`: the largest or smallest of row `i` of `n` elements.
    void extremes(boolean largest, double[] x, int xo, int rows, int n, double[] y, int yo) {
        for (int i = 0; i < rows; i++) y[yo + i] = largest ? max(x, xo + i * n, n) : min(x, xo + i * n, n);
    }

    /// `y (width)`: the largest of each column of some rows, which lie `inner` apart.
    void maxRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleSums.maxRows(x, xo, rows, inner, y, yo, width);
    }

    /// `y (width)`: the smallest of each column of some rows, which lie `inner` apart.
    void minRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleSums.minRows(x, xo, rows, inner, y, yo, width);
    }

    /// `s[to + i] += s[from + i]`, `i < n`. Where it stands in a loop over columns, C2 vectorizes the plain form in some JVMs
    /// only.
    void fold(double[] s, int to, int from, int n) {
        DoubleLoops.add(s, to, s, from, s, to, n);
    }

    /// `y = y·x`.
    void mulInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.mul(y, yo, x, xo, y, yo, n);
    }

    /// `y = x·z`.
    void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleLoops.mul(x, xo, z, zo, y, yo, n);
    }

    /// `y = x + b` for rows of `n`, `b` from element `bo` on.
    void addBias(double[] x, int xo, double[] b, int bo, double[] y, int rows, int n) {
        for (int r = 0, p = xo, q = 0; r < rows; r++, p += n, q += n) {
            for (int i = 0; i < n; i++) y[q + i] = x[p + i] + b[bo + i];
        }
    }

    /// `y = e^(x − a)`.
    void exp(double a, double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.exp(a, x, xo, y, yo, n);
    }

    /// `y = (x − a) − b`.
    void sub(double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - a) - b;
    }

    /// `y = x/a` by the reciprocal of `a` and what it left over (Markstein 1990, doi:10.1147/rd.341.0111): rounded correctly
    /// unless the quotient is nearly denormal, and ten times as fast as division.
    void div(double a, double[] x, int xo, double[] y, int yo, int n) {
        double r = 1.0 / a;
        for (int i = 0; i < n; i++) {
            double q = x[xo + i] * r;
            y[yo + i] = Math.fma(Math.fma(-q, a, x[xo + i]), r, q);
        }
    }

    /// `y = (x − a) − b`, `a` and `b` numbers a column in `s`, for `n` columns of some rows, which lie `lx` and `ly` apart.
    void subColumns(double[] s, int a, int b, double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int n) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < n; j++) y[yo + i * ly + j] = (x[xo + i * lx + j] - s[a + j]) - s[b + j];
        }
    }

    /// `y = y/a`, `a` a number a column in `s`, for `n` columns of some rows, which lie `ly` apart: as [#div(double, double[], int,
    /// double[], int, int)].
    void divColumns(double[] s, int a, double[] y, int yo, int ly, int rows, int n) {
        for (int j = 0; j < n; j++) {
            double r = 1.0 / s[a + j];
            for (int p = yo + j; p < yo + j + rows * ly; p += ly) {
                double q = y[p] * r;
                y[p] = Math.fma(Math.fma(-q, s[a + j], y[p]), r, q);
            }
        }
    }

    /// `y = ln x`.
    void log(double[] x, int xo, double[] y, int yo, int n) {
        DoubleLoops.log(x, xo, y, yo, n);
    }

    /// `y = z − a·x`, fused.
    void subMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(-a, x[xo + i], z[zo + i]);
    }

    /// `y = x·(z − a)`.
    void mulDeviation(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * (z[zo + i] - a);
    }

    /// `y = x̂·w + b`, `x̂ = (x − mean)·rstd`; `w` or `b` may be null.
    void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, int wo, double[] y, int yo, int n) {
        if (b == null) {
            for (int i = 0; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd * w[wo + i];
        } else if (w == null) {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma(x[xo + i] - mean, rstd, b[wo + i]);
        } else {
            for (int i = 0; i < n; i++) y[yo + i] = Math.fma((x[xo + i] - mean) * rstd, w[wo + i], b[wo + i]);
        }
    }

    /// `y = x̂·w + b` of rows from `row` on, those of `period` rows one behind another in `w` and `b`.
    void normalize(double[] mean, double[] rstd, int row, double[] x, int xo, double[] w, double[] b, int period, double[] y, int yo,
            int rows, int n) {
        for (int r = 0; r < rows; r++) {
            normalize(mean[row + r], rstd[row + r], x, xo + r * n, w, b, (row + r) % period * n, y, yo + r * n, n);
        }
    }

    /// `y = (x − mean)·a + b`.
    void scale(double mean, double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(x[xo + i] - mean, a, b);
    }

    /// `y = (x − mean)·(rstd·w) + b` of lines a `step` apart; line `i` has the weight and the bias `wo + i·dw`, or none.
    void scaleLines(double mean, double rstd, double[] w, double[] b, int wo, int dw, double[] x, int xo, double[] y, int yo, int step,
            int lines, int n) {
        for (int i = 0; i < lines; i++) {
            int c = wo + i * dw;
            double shift = b == null ? DoubleNorms.NOTHING : b[c];
            scale(mean, w == null ? rstd : rstd * w[c], shift, x, xo + i * step, y, yo + i * step, n);
        }
    }

    /// `dx = rstd·((dy·w − a) − (x − mean)·c)` of lines a `step` apart, the first at element `o` of `x`, `dy` and `dx`; line `i`
    /// has the weight `wo + i·dw`, or 1.
    void tiltLines(double mean, double rstd, double[] w, int wo, int dw, double a, double c, double[] x, double[] dy, double[] dx, int o,
            int step, int lines, int n) {
        for (int i = 0, p = o; i < lines; i++, p += step) {
            tilt(mean, rstd, w == null ? 1.0 : w[wo + i * dw], a, c, x, p, dy, p, dx, p, n);
        }
    }

    /// `dx = rstd·((dy·w − a) − (x − mean)·c)`: what cancels in `dy·w − a` does so to the last bit.
    void tilt(double mean, double rstd, double w, double a, double c, double[] x, int xo, double[] dy, int dyo, double[] dx, int dxo,
            int n) {
        for (int i = 0; i < n; i++) dx[dxo + i] = rstd * Math.fma(mean - x[xo + i], c, dy[dyo + i] * w - a);
    }

    /// `dx = rstd·((dy·w − a) − (x − mean)·c)` of at most [DoubleNorms#MOST] rows, `w` for each element, the same for all of
    /// them: `mean`, `rstd`, `a`, `c` of the first row lie in `s` from `at` on, those of the next [DoubleNorms#EACH] behind.
    void tilt(double[] s, int at, double[] w, int wo, double[] x, double[] dy, double[] dx, int o, int rows, int n) {
        for (int i = 0, f = at, p = o; i < rows; i++, f += DoubleNorms.EACH, p += n) {
            tilt(s[f], s[f + 1], s[f + 2], s[f + 3], x, p, w, wo, dy, p, dx, p, n);
        }
    }

    /// `dx = rstd·((dy·w − a) − (x − mean)·c)`, `w` for each element.
    void tilt(double mean, double rstd, double a, double c, double[] x, int xo, double[] w, int wo, double[] dy, int dyo,
            double[] dx, int dxo, int n) {
        for (int i = 0; i < n; i++) dx[dxo + i] = rstd * Math.fma(mean - x[xo + i], c, dy[dyo + i] * w[wo + i] - a);
    }

    /// `y = (x − mean)·a + b`, each a number a column, for `n` columns of some rows. Must not work in place.
    void scaleColumns(double[] x, int xo, int rows, int stride, double[] mean, int mo, double[] a, int ao, double[] b, int bo,
            double[] y, int n) {
        for (int r = 0; r < rows; r++) {
            int p = xo + r * stride;
            for (int i = 0; i < n; i++) y[p + i] = Math.fma(x[p + i] - mean[mo + i], a[ao + i], b[bo + i]);
        }
    }

    /// `dx = rstd·((dy·w − a) − (x − mean)·c)`, each a number a column: `w`, `a`, `c` lie in `f`, `step` apart. Must not work in
    /// place.
    void tiltColumns(double[] mean, double[] rstd, int mo, double[] f, int step, double[] x, double[] dy, double[] dx, int xo,
            int rows, int stride, int n) {
        for (int r = 0; r < rows; r++) {
            int p = xo + r * stride;
            for (int i = 0; i < n; i++) {
                double g = dy[p + i] * f[i] - f[step + i];
                dx[p + i] = rstd[mo + i] * Math.fma(mean[mo + i] - x[p + i], f[2 * step + i], g);
            }
        }
    }
}
