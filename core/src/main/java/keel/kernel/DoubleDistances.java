// Generated from FloatDistances.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Sums over the differences of rows in plain Java, see [Kernels#differences]: rows of `B` are turned into a
/// panel in which lanes are outputs, and a chain runs down a column of it. `DoubleDistances` is generated from this file.
class DoubleDistances {
    /// Elements of a row that one chain adds.
    static final int DEPTH = 64;
    /// Rows of `B` in a panel, which then stays in the first cache.
    static final int WIDTH = 128;
    /// Rows of `A` at a time.
    static final int ROWS = 4;

    final void sums(DoubleKernels k, double p, int m, int n, int depth, double[] a, int ao, double[] b, int bo, double[] y,
            int yo, double[] work) {
        for (int j = 0; j < n; j += WIDTH) {
            int w = Math.min(WIDTH, n - j);
            for (int t = 0; t < depth; t += DEPTH) {
                int d = Math.min(DEPTH, depth - t);
                k.transpose(w, d, b, bo + j * depth + t, depth, work, 0, WIDTH);
                boolean few = p == 1 || p == 2 || p == Double.POSITIVE_INFINITY;
                for (int i = 0; i < m; i += ROWS) {
                    int rows = Math.min(ROWS, m - i);
                    int at = ao + i * depth + t;
                    if (few) tile(p, rows, w, d, a, at, depth, work);
                    else powers(k, p, rows, w, d, a, at, depth, work);
                    for (int r = 0; r < rows; r++) {
                        take(t == 0, p, work, (DEPTH + r) * WIDTH, y, yo + (i + r) * n + j, w);
                    }
                }
            }
        }
    }

    private static void take(boolean first, double p, double[] s, int so, double[] y, int yo, int n) {
        if (first) System.arraycopy(s, so, y, yo, n);
        else if (p == Double.POSITIVE_INFINITY) DoubleLoops.max(y, yo, s, so, y, yo, n);
        else DoubleLoops.add(y, yo, s, so, y, yo, n);
    }

    /// Chains over `d` rows of the panel, for `rows` rows of `A` and `w` columns: into the rows of `work` behind the panel.
    void tile(double p, int rows, int w, int d, double[] a, int ao, int la, double[] work) {
        for (int r = 0; r < rows; r++) {
            int at = (DEPTH + r) * WIDTH;
            Arrays.fill(work, at, at + w, 0);
            for (int t = 0; t < d; t++) {
                double v = a[ao + r * la + t];
                if (p == 2) square(v, work, t * WIDTH, at, w);
                else if (p == 1) magnitude(v, work, t * WIDTH, at, w);
                else largest(v, work, t * WIDTH, at, w);
            }
        }
    }

    private static void square(double a, double[] work, int b, int s, int n) {
        for (int j = 0; j < n; j++) work[s + j] = Math.fma(work[b + j] - a, work[b + j] - a, work[s + j]);
    }

    private static void magnitude(double a, double[] work, int b, int s, int n) {
        for (int j = 0; j < n; j++) work[s + j] += Math.abs(work[b + j] - a);
    }

    private static void largest(double a, double[] work, int b, int s, int n) {
        for (int j = 0; j < n; j++) work[s + j] = Math.max(work[s + j], Math.abs(work[b + j] - a));
    }

    // Any order: all powers of a row first, then their sums.
    private static void powers(DoubleKernels k, double p, int rows, int w, int d, double[] a, int ao, int la, double[] work) {
        int at = (DEPTH + ROWS) * WIDTH;
        for (int r = 0; r < rows; r++) {
            for (int t = 0; t < d; t++) DoubleLoops.add(-a[ao + r * la + t], work, t * WIDTH, work, at + t * w, w);
            if (p == 0) {
                some(work, at, d * w);
            } else {
                k.unary(Unary.ABS, 0, work, at, work, at, d * w);
                k.unary(Unary.POW_SCALAR, p, work, at, work, at, d * w);
            }
            sum(work, at, d, w, (DEPTH + r) * WIDTH);
        }
    }

    private static void some(double[] x, int at, int n) {
        for (int i = 0; i < n; i++) x[at + i] = x[at + i] == 0 ? 0 : 1;
    }

    private static void sum(double[] work, int at, int d, int w, int to) {
        System.arraycopy(work, at, work, to, w);
        for (int t = 1; t < d; t++) DoubleLoops.add(work, to, work, at + t * w, work, to, w);
    }

    /// See [Kernels#addWeighted].
    void addWeighted(double p, int m, int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao, double[] b, int bo,
            double[] y, int yo) {
        columns(p, 0, m, n, k, w, wo, d, from, a, ao, b, bo, y, yo);
    }

    /// Of the columns from `first` on.
    static void columns(double p, int first, int m, int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao,
            double[] b, int bo, double[] y, int yo) {
        for (int i = 0; i < m; i++) {
            int at = ao + i * k + first;
            int to = yo + i * k + first;
            for (int j = 0; j < n; j++) {
                double v = w[wo + i * n + j];
                int other = bo + j * k + first;
                if (p == 2) addDifferences(v, a, at, b, other, y, to, k - first);
                else if (p == 1) addSigns(v, a, at, b, other, y, to, k - first);
                else addLargest(v, d[from + i * n + j], a, at, b, other, y, to, k - first);
            }
        }
    }

    private static void addDifferences(double w, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int t = 0; t < n; t++) y[yo + t] = Math.fma(a[ao + t] - b[bo + t], w, y[yo + t]);
    }

    private static void addSigns(double w, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int t = 0; t < n; t++) {
            double v = a[ao + t] - b[bo + t];
            y[yo + t] = Math.fma(v > 0 ? 1 : v < 0 ? -1 : v, w, y[yo + t]);
        }
    }

    private static void addLargest(double w, double d, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
        for (int t = 0; t < n; t++) {
            double v = a[ao + t] - b[bo + t];
            y[yo + t] = Math.fma(v == -d ? -1 : v == d ? 1 : 0, w, y[yo + t]);
        }
    }

    /// See [Kernels#countLargest].
    void countLargest(int m, int n, int k, double[] d, int from, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[yo + i * n + j] = count(d[from + i * n + j], a, ao + i * k, b, bo + j * k, k);
            }
        }
    }

    /// How many of `n` differences are as large as `d`.
    static int count(double d, double[] a, int ao, double[] b, int bo, int n) {
        int count = 0;
        for (int t = 0; t < n; t++) count += Math.abs(a[ao + t] - b[bo + t]) == d ? 1 : 0;
        return count;
    }
}
