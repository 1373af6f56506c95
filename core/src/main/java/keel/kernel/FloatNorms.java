package keel.kernel;

/// Normalization of rows and of channels, and their derivatives: see [Kernels#normalizeRows] and [Kernels#normalizeChannels].
///
/// All is made of *lines*, stretches of memory with one scale and shift: a row, the positions of a channel, or, where a channel
/// has one position only, a column, which is handled in blocks of rows. What a first pass over lines needs to know comes of
/// sums, in the order of [Kernels]; sums of several lines are added in double.
///
/// Mean and variance come of one pass: sums of `x − a` and `(x − a)²` about a guess `a`, the mean of a few elements. Where the
/// guess was too far off to leave the variance its digits, the sums are taken again about the mean that they gave.
final class FloatNorms {
    private FloatNorms() {}

    /// Largest ratio of (guess − mean)² to the variance: of the bits of the variance, two are lost.
    private static final double FAR = 4;
    /// A number that changes nothing when it is added, not even the sign of a zero.
    static final float NOTHING = (float) -0.0;
    /// Elements of rows that are worked on together, pass by pass, while they lie in the first cache; and most rows.
    private static final int TOGETHER = 4096;
    static final int MOST = 32;
    /// Where the sums of one more line go.
    private static final int MORE = 2 * MOST;
    /// Where eight single sums go before they are handed on.
    static final int EIGHT = MORE + 16;
    /// Where vectors of sums wait that are not folded yet.
    static final int LANES = MORE + 64;
    /// Where the numbers of rows wait for the last pass, [#EACH] for each.
    static final int FACTORS = LANES + 8 * Kernels.LANES;
    static final int EACH = 4;
    /// Two sums a row, two more, what waits in the tree of a long one, eight vectors, and what a last pass takes.
    private static final ThreadLocal<float[]> SUMS = ThreadLocal.withInitial(() -> new float[FACTORS + MOST * EACH]);

    /// That array, of this thread: from [#LANES] on it has room for eight vectors.
    static float[] sums() {
        return SUMS.get();
    }

    /// [Kernels#normalizeRows].
    static void rows(FloatParts k, boolean centered, float[] x, int xo, float[] w, float[] b, int inner, int period,
            double eps, float[] y, int yo, float[] mean, float[] variance, float[] rstd, int row, int rows, int n) {
        float[] sums = SUMS.get();
        int line = w == null && b == null ? n : inner;
        int together = Math.clamp(TOGETHER / Math.max(n, 1), 1, MOST);
        for (int r0 = row, end = row + rows; r0 < end; r0 += together) {
            int here = Math.min(together, end - r0);
            int at = xo + (r0 - row) * n;
            if (centered) moments(k, x, at, n, eps, mean, variance, rstd, r0, here, sums);
            else squares(k, x, at, n, eps, mean, variance, rstd, r0, here, sums);
            int to = yo + (r0 - row) * n;
            if (line == 1 && n > 1) {
                k.normalize(mean, rstd, r0, x, at, w, b, period, y, to, here, n);
                continue;
            }
            for (int r = r0; r < r0 + here; r++, at += n, to += n) {
                int lines = n / line;
                k.scaleLines(mean[r], rstd[r], w, b, r % period * lines, 1, x, at, y, to, line, lines, line);
            }
        }
    }

    /// Statistics of rows about their mean.
    private static void moments(FloatParts k, float[] x, int xo, int n, double eps, float[] mean, float[] variance, float[] rstd,
            int row, int rows, float[] sums) {
        double inverse = 1 / (double) n;
        for (int r = 0; r < rows; r++) mean[row + r] = guess(x, xo + r * n, n);
        k.deviations(mean, row, 1, x, xo, n, rows, n, sums, 0);
        for (int r = 0; r < rows; r++) {
            float a = mean[row + r];
            double rest = quotient(sums[2 * r], n, inverse);
            double var = variance(quotient(sums[2 * r + 1], n, inverse), rest);
            if (!(rest * rest <= FAR * var)) {
                a = (float) (a + rest);
                mean[row + r] = a;
                k.deviations(mean, row + r, 0, x, xo + r * n, n, 1, n, sums, MORE);
                rest = sums[MORE] / (double) n;
                var = Math.max(0.0, variance(sums[MORE + 1] / (double) n, rest));
            }
            mean[row + r] = (float) (a + rest);
            variance[row + r] = (float) var;
            if (rstd != null) rstd[row + r] = (float) (1 / Math.sqrt(var + eps));
        }
    }

    /// [Kernels#moments] of rows of `n`.
    static void moments(FloatParts k, float[] x, int xo, int n, float[] mean, float[] variance, int to, int rows) {
        float[] sums = SUMS.get();
        for (int r = 0; r < rows; r += MOST) {
            moments(k, x, xo + r * n, n, 0, mean, variance, null, to + r, Math.min(MOST, rows - r), sums);
        }
    }

    /// [Kernels#moments], more than one position a channel.
    static void moments(FloatParts k, float[] x, int xo, int outer, int channels, int inner, float[] mean, float[] variance,
            int to) {
        float[] sums = SUMS.get();
        for (int c = 0; c < channels; c++) {
            variance[to + c] = (float) moments(k, x, xo + c * inner, outer, channels * inner, inner, mean, to + c, sums);
        }
    }

    /// Statistics of rows about 0.
    private static void squares(FloatParts k, float[] x, int xo, int n, double eps, float[] mean, float[] variance, float[] rstd,
            int row, int rows, float[] sums) {
        double inverse = 1 / (double) n;
        k.squares(x, xo, rows, n, sums, 0);
        for (int r = 0; r < rows; r++) {
            double var = quotient(sums[r], n, inverse);
            mean[row + r] = (float) 0.0;
            variance[row + r] = (float) var;
            rstd[row + r] = (float) (1 / Math.sqrt(var + eps));
        }
    }

    /// The mean of four elements a quarter apart.
    static float guess(float[] x, int xo, int n) {
        if (n == 0) return (float) 0.0;
        int q = n / 4;
        int h = n / 2;
        return (float) 0.25 * ((x[xo] + x[xo + q]) + (x[xo + h] + x[xo + h + q]));
    }

    /// `s/n`, where `inverse = 1/n`.
    static double quotient(float s, int n, double inverse) {
        // only float: what the product leaves over is exact, and the quotient of a float by an int is never so near to the middle
        // between two doubles as what is rounded on the way (Markstein 1990, doi:10.1147/rd.341.0111); division takes longer
        double q = s * inverse;
        q = Math.fma(Math.fma(-q, n, s), inverse, q);
        if (q == q) return q; // neither infinite nor NaN
        // end
        return s / (double) n;
    }

    /// The variance of what has this mean and mean square; infinite where squares overflowed, which their difference is not.
    static double variance(double squares, double mean) {
        return squares < Double.POSITIVE_INFINITY ? squares - mean * mean : squares;
    }

    /// [Kernels#normalizeRowsGrad].
    static void rowsGrad(FloatParts k, boolean centered, float[] x, float[] w, int inner, int period, float[] mean,
            float[] rstd, int row, float[] dy, float[] dx, int o, float[] sums, float[] slopes, int rows, int n) {
        int line = w == null && sums == null ? n : inner;
        if (line > 1 || w == null) {
            for (int r = 0; r < rows; r++) {
                linesGrad(k, centered, x, w, line, period, mean, rstd, row + r, dy, dx, o + r * n, sums, slopes, n);
            }
            return;
        }
        float[] s = SUMS.get();
        double inverse = 1 / (double) n;
        int together = Math.clamp(TOGETHER / 2 / Math.max(n, 1), 1, MOST);
        for (int r0 = 0; r0 < rows; r0 += together) {
            int here = Math.min(together, rows - r0);
            int same = period == 1 ? here : 1; // rows with the same weight
            for (int r = r0; r < r0 + here; r += same) {
                int at = o + r * n;
                k.slopes(mean, row + r, x, at, w, (row + r) % period * n, dy, at, n, same, s, 2 * (r - r0));
            }
            for (int i = 0, f = FACTORS; i < here; i++, f += EACH) {
                int r = row + r0 + i;
                double scale = rstd[r];
                s[f] = mean[r];
                s[f + 1] = rstd[r];
                s[f + 2] = centered ? (float) quotient(s[2 * i], n, inverse) : (float) 0.0;
                s[f + 3] = (float) (quotient(s[2 * i + 1], n, inverse) * scale * scale);
            }
            for (int r = r0; r < r0 + here; r += same) {
                k.tilt(s, FACTORS + (r - r0) * EACH, w, (row + r) % period * n, x, dy, dx, o + r * n, same, n);
            }
        }
    }

    /// One row with one weight for each line.
    private static void linesGrad(FloatParts k, boolean centered, float[] x, float[] w, int line, int period, float[] mean,
            float[] rstd, int r, float[] dy, float[] dx, int o, float[] sums, float[] slopes, int n) {
        float[] s = SUMS.get();
        int lines = n / line;
        int from = r % period * lines;
        double scale = rstd[r];
        double sum = 0;
        double slope = 0;
        for (int i0 = 0; i0 < lines; i0 += MOST) {
            int here = Math.min(MOST, lines - i0);
            k.slopes(mean, r, 0, x, o + i0 * line, dy, o + i0 * line, line, here, line, s, 0);
            for (int i = 0; i < here; i++) {
                double factor = w == null ? 1 : w[from + i0 + i];
                sum += factor * s[2 * i];
                slope += factor * s[2 * i + 1];
                if (sums != null) {
                    sums[r * lines + i0 + i] = s[2 * i];
                    slopes[r * lines + i0 + i] = (float) (s[2 * i + 1] * scale);
                }
            }
        }
        if (dx == null) return;
        float a = centered ? (float) (sum / n) : (float) 0.0;
        float c = (float) (slope / n * scale * scale);
        k.tiltLines(mean[r], rstd[r], w, from, 1, a, c, x, dy, dx, o, line, lines, line);
    }

    /// [Kernels#normalizeChannels], more than one position a channel.
    static void channels(FloatParts k, boolean given, float[] x, float[] w, float[] b, double eps, float[] y, float[] mean,
            float[] variance, float[] rstd, int outer, int channels, int inner, int from, int to) {
        float[] sums = SUMS.get();
        for (int c = from; c < to; c++) {
            if (!given) {
                double var = moments(k, x, c * inner, outer, channels * inner, inner, mean, c, sums);
                variance[c] = (float) var;
                rstd[c] = (float) (1 / Math.sqrt(var + eps));
            }
            int at = c * inner;
            k.scaleLines(mean[c], rstd[c], w, b, c, 0, x, at, y, at, channels * inner, outer, inner);
        }
    }

    /// The variance of a channel, `outer` lines of `inner`, a `step` apart; its mean goes to `mean[c]`.
    private static double moments(FloatParts k, float[] x, int xo, int outer, int step, int inner, float[] mean, int c,
            float[] sums) {
        double n = (double) outer * inner;
        int middle = xo + outer / 2 * step;
        float a = n == 0 ? (float) 0.0 : (float) 0.5 * guess(x, xo, inner) + (float) 0.5 * guess(x, middle, inner);
        for (boolean again = false;; again = true) {
            mean[c] = a;
            double sum = 0;
            double squares = 0;
            for (int o = 0; o < outer; o += MOST) {
                int here = Math.min(MOST, outer - o);
                k.deviations(mean, c, 0, x, xo + o * step, step, here, inner, sums, 0);
                for (int i = 0; i < here; i++) {
                    sum += sums[2 * i];
                    squares += sums[2 * i + 1];
                }
            }
            double rest = sum / n;
            double var = variance(squares / n, rest);
            if (again || rest * rest <= FAR * var) {
                mean[c] = (float) (a + rest);
                return Math.max(0.0, var);
            }
            a = (float) (a + rest);
        }
    }

    /// [Kernels#normalizeChannelsGrad], more than one position a channel.
    static void channelsGrad(FloatParts k, boolean given, float[] x, float[] w, float[] mean, float[] rstd, float[] dy,
            float[] dx, float[] dw, float[] db, int outer, int channels, int inner, int from, int to) {
        float[] sums = SUMS.get();
        double n = (double) outer * inner;
        for (int c = from; c < to; c++) {
            double scale = rstd[c];
            double sum = 0;
            double slope = 0;
            for (int o = 0; o < outer && (!given || dw != null); o += MOST) {
                int here = Math.min(MOST, outer - o);
                int at = (o * channels + c) * inner;
                k.slopes(mean, c, 0, x, at, dy, at, channels * inner, here, inner, sums, 0);
                for (int i = 0; i < here; i++) {
                    sum += sums[2 * i];
                    slope += sums[2 * i + 1];
                }
            }
            if (dw != null) {
                dw[c] = (float) (slope * scale);
                db[c] = (float) sum;
            }
            if (dx == null) continue;
            float factor = w == null ? (float) 1.0 : w[c];
            float a = (float) (factor * sum / n);
            float b = (float) (factor * slope / n * scale * scale);
            int at = c * inner;
            int step = channels * inner;
            if (given) k.scaleLines((float) 0.0, rstd[c], w, null, c, 0, dy, at, dx, at, step, outer, inner);
            else k.tiltLines(mean[c], rstd[c], w, c, 0, a, b, x, dy, dx, at, step, outer, inner);
        }
    }
}
