// Generated from FloatWindows.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Loops over windows and index tables of `double[]`: what pooling, padding, resampling and unfolding are made of.
final class DoubleWindows {
    private DoubleWindows() {}

    static void gather(double[] x, int xo, int[] index, int io, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            int j = index[io + i];
            y[yo + i] = j < 0 ? 0 : x[xo + j];
        }
    }

    static void scatterAdd(double[] x, int xo, int[] index, int io, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            int j = index[io + i];
            if (j >= 0) y[yo + j] += x[xo + i];
        }
    }

    /// `y (n) = W·x`.
    static void sparse(int n, int[] start, int[] column, double[] w, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < n; i++) {
            double s = (double) 0;
            for (int t = start[i]; t < start[i + 1]; t++) s = Math.fma(w[t], x[xo + column[t]], s);
            y[yo + i] = s;
        }
    }

    /// `y (inner) = Σ w[t]·x[column[t]]`, `from ≤ t < to`, `X (…, inner)`.
    static void sparseRow(int from, int to, int[] column, double[] w, double[] x, int xo, int inner, double[] y, int yo) {
        Arrays.fill(y, yo, yo + inner, (double) 0);
        for (int t = from; t < to; t++) DoubleLoops.axpy(w[t], x, xo + column[t] * inner, y, yo, inner);
    }

    /// Index of the first largest of `x[xo + i]`, `i = from, from + step, …` below `to`; of the last NaN if there is one.
    static int largest(double[] x, int xo, int from, int to, int step) {
        int best = from;
        double b = x[xo + from];
        for (int i = from + step; i < to; i += step) {
            double v = x[xo + i];
            if (v > b || v != v) {
                b = v;
                best = i;
            }
        }
        return best;
    }

    static void maxInto(double[] x, int xo, int[] from, int fo, double[] y, int yo, int[] at, int ao, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[xo + i];
            boolean takes = v > y[yo + i] || v != v;
            y[yo + i] = takes ? v : y[yo + i];
            at[ao + i] = takes ? from[fo + i] : at[ao + i];
        }
    }
}
