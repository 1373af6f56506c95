// Generated from FloatColumns.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Normalization of channels of one position each, which are columns: [Kernels#normalizeChannels] with `inner = 1`; and sums
/// over rows for the derivative of what rows share. Lanes are columns. Sums in the order of a strided sum of [Kernels].
final class DoubleColumns {
    private DoubleColumns() {}

    /// Columns whose sums are taken together.
    static final int TILE = 512;
    /// Two block sums of a tile.
    private static final int LEVEL = 2 * TILE;
    private static final ThreadLocal<double[]> WAITING = ThreadLocal.withInitial(() -> new double[0]);
    private static final ThreadLocal<double[]> GUESS = ThreadLocal.withInitial(() -> new double[TILE]);
    /// Rows whose columns are done before those of the next: pages that stay within reach.
    private static final int FEW = 32;
    /// Largest ratio of (guess − mean)² to the variance, as in [DoubleNorms].
    private static final double FAR = 4;
    private static final double NOTHING = -0.0;

    /// What is summed down the columns; the second sum is fused.
    enum Pair {
        /// `Σ (x − a)`, `Σ (x − a)²`, `a` a number a column
        DEVIATIONS,
        /// `Σ dy`, `Σ (x − a)·dy`, `a` a number a column
        SLOPES,
        /// `Σ dy`, `Σ (x − mean)·rstd·dy`, `mean` and `rstd` numbers of a row
        ROWS
    }

    static void normalize(DoubleParts k, boolean given, double[] x, double[] w, double[] b, double eps, double[] y, double[] mean,
            double[] variance, double[] rstd, int rows, int columns, int from, int to) {
        for (int j = from; j < to && !given; j += TILE) {
            moments(k, x, j, rows, columns, Math.min(TILE, to - j), eps, mean, variance, rstd, j);
        }
        int n = to - from;
        double[] f = DoubleRows.scratch(2 * n);
        for (int j = 0; j < n; j++) {
            f[j] = w == null ? rstd[from + j] : rstd[from + j] * w[from + j];
            f[n + j] = b == null ? NOTHING : b[from + j];
        }
        for (int i = 0; i < rows; i += FEW) {
            k.scaleColumns(x, i * columns + from, Math.min(FEW, rows - i), columns, mean, from, f, 0, f, n, y, n);
        }
    }

    /// [Kernels#moments] of columns.
    static void moments(DoubleParts k, double[] x, int xo, int rows, int columns, double[] mean, double[] variance, int to) {
        for (int j = 0; j < columns; j += TILE) {
            moments(k, x, xo + j, rows, columns, Math.min(TILE, columns - j), 0, mean, variance, null, to + j);
        }
    }

    /// Statistics of `width` columns from `xo` on, to `to` and behind it.
    private static void moments(DoubleParts k, double[] x, int xo, int rows, int columns, int width, double eps, double[] mean,
            double[] variance, double[] rstd, int to) {
        double[] a = GUESS.get();
        int q = rows / 4 * columns;
        int h = rows / 2 * columns;
        for (int j = 0; j < width && rows > 0; j++) {
            int at = xo + j;
            a[j] = 0.25 * ((x[at] + x[at + q]) + (x[at + h] + x[at + h + q]));
        }
        double[] s = sums(k, Pair.DEVIATIONS, a, 0, null, 0, x, xo, columns, null, rows, width);
        boolean far = false;
        for (int j = 0; j < width; j++) {
            double rest = s[j] / (double) rows;
            double var = DoubleNorms.variance(s[TILE + j] / (double) rows, rest);
            mean[to + j] = (a[j] + rest);
            boolean near = rest * rest <= FAR * var;
            finish(var, eps, variance, rstd, to + j);
            a[j] = near ? Double.NaN : mean[to + j]; // what is near is done
            far |= !near;
        }
        if (!far) return;
        s = sums(k, Pair.DEVIATIONS, a, 0, null, 0, x, xo, columns, null, rows, width);
        for (int j = 0; j < width; j++) {
            double rest = s[j] / (double) rows;
            if (a[j] != a[j]) continue;
            mean[to + j] = (a[j] + rest);
            finish(Math.max(0.0, DoubleNorms.variance(s[TILE + j] / (double) rows, rest)), eps, variance, rstd, to + j);
        }
    }

    private static void finish(double var, double eps, double[] variance, double[] rstd, int c) {
        variance[c] = var;
        if (rstd != null) rstd[c] = (1 / Math.sqrt(var + eps));
    }

    static void normalizeGrad(DoubleParts k, boolean given, double[] x, double[] w, double[] mean, double[] rstd, double[] dy,
            double[] dx, double[] dw, double[] db, int rows, int columns, int from, int to) {
        int n = to - from;
        double[] f = DoubleRows.scratch(3 * n);
        for (int j = from; j < to; j += TILE) {
            int width = Math.min(TILE, to - j);
            double[] s = given && dw == null ? null
                : sums(k, Pair.SLOPES, mean, j, null, 0, x, j, columns, dy, rows, width);
            for (int i = 0; i < width; i++) {
                int c = j + i;
                double factor = w == null ? 1.0 : w[c];
                double scale = rstd[c];
                double sum = s == null ? 0 : s[i];
                double slope = s == null ? 0 : s[TILE + i];
                if (dw != null) {
                    dw[c] = (slope * scale);
                    db[c] = sum;
                }
                f[c - from] = given ? rstd[c] * factor : factor;
                f[n + c - from] = given ? NOTHING : (factor * sum / rows);
                f[2 * n + c - from] = given ? 0.0 : (factor * slope / rows * scale * scale);
            }
        }
        if (dx == null) return;
        for (int i = 0; i < rows; i += FEW) {
            int at = i * columns + from;
            int few = Math.min(FEW, rows - i);
            if (given) k.scaleColumns(dy, at, few, columns, f, 2 * n, f, 0, f, n, dx, n);
            else k.tiltColumns(mean, rstd, from, f, n, x, dy, dx, at, few, columns, n);
        }
    }

    /// [Kernels#normalizeRowsSums].
    static void rowsSums(DoubleParts k, double[] x, double[] mean, double[] rstd, int period, double[] dy, double[] dw,
            double[] db, int rows, int n, int from, int to) {
        for (int j = from; j < to;) {
            int part = j / n; // columns of one row of the period
            int width = Math.min(Math.min(TILE, to - j), (part + 1) * n - j);
            double[] s = sums(k, Pair.ROWS, mean, part, rstd, period, x, j, period * n, dy, rows / period, width);
            System.arraycopy(s, 0, db, j, width);
            System.arraycopy(s, TILE, dw, j, width);
            j += width;
        }
    }

    /// Both sums of `width` columns from `xo` on; the second is a tile behind the first. Finished block sums wait in a stack, as
    /// the carries of a binary counter do.
    private static double[] sums(DoubleParts k, Pair of, double[] a, int ao, double[] rstd, int step, double[] x, int xo,
            int stride, double[] dy, int rows, int width) {
        double[] s = waiting(rows);
        int depth = 0;
        for (int from = 0, block = 1; from < rows || block == 1; from += Kernels.STRIDED_BLOCK, block++) {
            int at = xo + from * stride;
            int n = Math.min(rows - from, Kernels.STRIDED_BLOCK);
            switch (of) {
                case DEVIATIONS -> k.columnDeviations(a, ao, x, at, n, stride, s, depth * LEVEL, width);
                case SLOPES -> k.columnSlopes(a, ao, x, at, dy, at, n, stride, s, depth * LEVEL, width);
                case ROWS -> k.columnSlopesOfRows(a, rstd, ao + from * step, step, x, at, dy, at, n, stride, s, depth * LEVEL,
                    width);
            }
            depth++;
            for (int carries = Integer.numberOfTrailingZeros(block); carries > 0; carries--) depth = foldTop(k, s, depth, width);
        }
        while (depth > 1) depth = foldTop(k, s, depth, width);
        return s;
    }

    /// Room for block sums that wait for their partner: one a level of the tree, and one more.
    private static double[] waiting(int rows) {
        double[] s = WAITING.get();
        int levels = 34 - Integer.numberOfLeadingZeros(rows / Kernels.STRIDED_BLOCK);
        if (s.length < levels * LEVEL) {
            s = new double[levels * LEVEL];
            WAITING.set(s);
        }
        return s;
    }

    private static int foldTop(DoubleParts k, double[] s, int depth, int width) {
        int below = (depth - 2) * LEVEL;
        k.fold(s, below, below + LEVEL, width);
        k.fold(s, below + TILE, below + LEVEL + TILE, width);
        return depth - 1;
    }
}
