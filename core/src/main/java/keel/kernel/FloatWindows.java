package keel.kernel;

import java.util.Arrays;

/// Loops over windows and index tables of `float[]`: what pooling, padding, resampling and unfolding are made of.
/// `DoubleWindows` is generated from this file.
final class FloatWindows {
    private FloatWindows() {}

    static void gather(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            int j = index[io + i];
            y[yo + i] = j < 0 ? 0 : x[xo + j];
        }
    }

    static void scatterAdd(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            int j = index[io + i];
            if (j >= 0) y[yo + j] += x[xo + i];
        }
    }

    /// `y (n) = W·x`.
    static void sparse(int n, int[] start, int[] column, double[] w, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            float s = (float) 0;
            for (int t = start[i]; t < start[i + 1]; t++) s = Math.fma((float) w[t], x[xo + column[t]], s);
            y[yo + i] = s;
        }
    }

    /// `y (inner) = Σ w[t]·x[column[t]]`, `from ≤ t < to`, `X (…, inner)`.
    static void sparseRow(int from, int to, int[] column, double[] w, float[] x, int xo, int inner, float[] y, int yo) {
        Arrays.fill(y, yo, yo + inner, (float) 0);
        for (int t = from; t < to; t++) FloatLoops.axpy((float) w[t], x, xo + column[t] * inner, y, yo, inner);
    }

    /// Index of the first largest of `x[xo + i]`, `i = from, from + step, …` below `to`; of the last NaN if there is one.
    static int largest(float[] x, int xo, int from, int to, int step) {
        int best = from;
        float b = x[xo + from];
        for (int i = from + step; i < to; i += step) {
            float v = x[xo + i];
            if (v > b || v != v) {
                b = v;
                best = i;
            }
        }
        return best;
    }

    static void maxInto(float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at, int ao, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            boolean takes = v > y[yo + i] || v != v;
            y[yo + i] = takes ? v : y[yo + i];
            at[ao + i] = takes ? from[fo + i] : at[ao + i];
        }
    }
}
