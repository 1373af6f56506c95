// Generated from FloatWindows.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Loops over windows and index tables of `double[]`: what pooling, padding, resampling and unfolding are made of.
final class DoubleWindows {
    private DoubleWindows() {}

    /// What outputs `from … to − 1` of a row read, in order.
    static void unfold(double[] b, int bo, Places at, int from, int to, double[] y, int yo) {
        for (int o = from, n; o < to; o += n) {
            n = Math.min(to - o, at.width() - o % at.width());
            System.arraycopy(b, bo + at.of(o), y, yo + o - from, n);
        }
    }

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
        if (from == to) Arrays.fill(y, yo, yo + inner, (double) 0);
        else start(w[from], x, xo + column[from] * inner, y, yo, inner);
        for (int t = from + 1; t < to; t++) DoubleLoops.axpy(w[t], x, xo + column[t] * inner, y, yo, inner);
    }

    /// The first link of a chain that starts at +0: never −0.
    private static void start(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, x[xo + i], (double) 0);
    }

    /// `y (n)`: `taps` neighbours each, `stride` apart.
    static void slide(int n, int stride, int taps, double w, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < n; i++) {
            double s = (double) 0;
            for (int t = 0; t < taps; t++) s = Math.fma(w, x[xo + i * stride + t], s);
            y[yo + i] = s;
        }
    }

    /// `y[j] = x[j·stride]`, found at `base + j·stride`.
    static void first(double[] x, int xo, int stride, int base, double[] y, int yo, int[] at, int ao, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + j * stride];
            at[ao + j] = base + j * stride;
        }
    }

    /// `x[j·stride]`, found at `base + j·stride`, where it is larger than `y[j]`, or NaN.
    static void tap(double[] x, int xo, int stride, int base, double[] y, int yo, int[] at, int ao, int n) {
        for (int j = 0; j < n; j++) {
            double v = x[xo + j * stride];
            double b = y[yo + j];
            boolean takes = v > b | v != v; // without branches: which one is larger, nobody can foresee
            y[yo + j] = takes ? v : b;
            at[ao + j] = takes ? base + j * stride : at[ao + j];
        }
    }

    /// From result `from` on.
    static void maxTiles(double[] x, int xo, int from, int planes, int h, int w, double[] y, int yo, int[] at, int ao) {
        for (int o = from; o < planes * h * w; o++) {
            int plane = o / (h * w) * 4 * h * w;
            int place = o / w * 4 * w + o % w * 2 - plane;
            double best = x[xo + plane + place];
            for (int t = 1, first = place; t < 4; t++) {
                int here = first + t % 2 + t / 2 * 2 * w;
                double v = x[xo + plane + here];
                boolean takes = v > best | v != v;
                best = takes ? v : best;
                place = takes ? here : place;
            }
            y[yo + o] = best;
            at[ao + o] = place;
        }
    }

    /// From result `from` on.
    static void sumTiles(double[] x, int xo, int from, int h, int w, double[] y, int yo) {
        for (int o = from; o < h * w; o++) {
            int p = xo + o / w * 4 * w + o % w * 2;
            y[yo + o] = x[p] + (double) 0 + x[p + 2 * w] + (x[p + 1] + (double) 0 + x[p + 2 * w + 1]);
        }
    }

    /// From element `from` on.
    static void spreadTiles(double[] x, int xo, int from, int h, int w, double[] y, int yo) {
        for (int o = from; o < h * w; o++) {
            int p = yo + o / w * 4 * w + o % w * 2;
            double v = x[xo + o] + (double) 0;
            y[p] = v;
            y[p + 1] = v;
            y[p + 2 * w] = v;
            y[p + 2 * w + 1] = v;
        }
    }

    static void maxInto(double[] x, int xo, int[] from, int fo, double[] y, int yo, int[] at, int ao, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[xo + i];
            double b = y[yo + i];
            boolean takes = v > b | v != v;
            y[yo + i] = takes ? v : b;
            at[ao + i] = takes ? from[fo + i] : at[ao + i];
        }
    }
}
