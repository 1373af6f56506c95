// Generated from FloatNorms.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Normalization of rows and of channels, and their derivatives: see [Kernels#normalizeRows] and [Kernels#normalizeChannels].
///
/// All is made of *lines*, stretches of memory with one scale and shift: a row, the positions of a channel, or, where a channel
/// has one position only, a column, which is handled in blocks of rows. What a first pass over lines needs to know comes of
/// sums, in the order of [Kernels]; sums of several lines are added in double.
///
/// Mean and variance come of one pass: sums of `x − a` and `(x − a)²` about a guess `a`, the mean of the first few elements.
/// Where the guess was too far off to leave the variance its digits, the sums are taken again about the mean that they gave.
final class DoubleNorms {
    private DoubleNorms() {}

    /// Elements whose mean is the guess.
    private static final int FEW = 16;
    /// Largest ratio of (guess − mean)² to the variance: of the bits of the variance, two are lost.
    private static final double FAR = 4;
    /// A number that changes nothing when it is added, not even the sign of a zero.
    private static final double NOTHING = -0.0;
    /// Two sums a level of the tree, and two more.
    private static final ThreadLocal<double[]> PAIR = ThreadLocal.withInitial(() -> new double[64]);

    /// [Kernels#normalizeRows].
    static void rows(DoubleParts k, boolean centered, double[] x, int xo, double[] w, double[] b, int inner, int period,
            double eps, double[] y, int yo, double[] mean, double[] variance, double[] rstd, int row, int rows, int n) {
        double[] pair = PAIR.get();
        int line = w == null && b == null ? n : inner;
        for (int r = row; r < row + rows; r++, xo += n, yo += n) {
            double var;
            if (centered) {
                var = moments(k, x, xo, n, mean, r, pair);
            } else {
                mean[r] = 0.0;
                var = k.dot(x, xo, x, xo, n) / (double) n;
            }
            variance[r] = var;
            rstd[r] = (1 / Math.sqrt(var + eps));
            if (line == 1 && n > 1) {
                k.normalize(mean[r], rstd[r], x, xo, w, b, r % period * n, y, yo, n);
            } else {
                int c = r % period * (n / line);
                for (int i = 0; i < n; i += line, c++) {
                    double scale = w == null ? rstd[r] : rstd[r] * w[c];
                    k.scale(mean[r], scale, b == null ? NOTHING : b[c], x, xo + i, y, yo + i, line);
                }
            }
        }
    }

    /// The variance of `n` elements; their mean goes to `mean[r]`.
    private static double moments(DoubleParts k, double[] x, int xo, int n, double[] mean, int r, double[] pair) {
        int few = Math.min(n, FEW);
        double a = (k.sum(x, xo, few) / (double) few);
        k.deviations(a, x, xo, n, pair, 0);
        double rest = pair[0] / (double) n;
        double var = variance(pair[1] / (double) n, rest);
        if (!(rest * rest <= FAR * var)) {
            a = (a + rest);
            k.deviations(a, x, xo, n, pair, 0);
            rest = pair[0] / (double) n;
            var = Math.max(0.0, variance(pair[1] / (double) n, rest));
        }
        mean[r] = (a + rest);
        return var;
    }

    /// The variance of what has this mean and mean square; infinite where squares overflowed, which their difference is not.
    static double variance(double squares, double mean) {
        return squares < Double.POSITIVE_INFINITY ? squares - mean * mean : squares;
    }

    /// [Kernels#normalizeRowsGrad].
    static void rowsGrad(DoubleParts k, boolean centered, double[] x, int xo, double[] w, int inner, int period, double[] mean,
            double[] rstd, int row, double[] dy, int dyo, double[] dx, int dxo, double[] sums, double[] slopes, int rows, int n) {
        double[] pair = PAIR.get();
        int line = w == null && sums == null ? n : inner;
        boolean each = line == 1 && w != null;
        for (int r = row; r < row + rows; r++, xo += n, dyo += n, dxo += n) {
            double m = mean[r];
            double scale = rstd[r];
            double sum = 0;
            double slope = 0;
            int c = r % period * (n / line);
            if (each) {
                k.slopes(m, x, xo, w, c, dy, dyo, n, pair, 0);
                sum = pair[0];
                slope = pair[1];
            } else {
                int at = r * (n / line);
                for (int i = 0; i < n; i += line, at++, c++) {
                    k.slopes(m, x, xo + i, dy, dyo + i, line, pair, 0);
                    double factor = w == null ? 1 : w[c];
                    sum += factor * pair[0];
                    slope += factor * pair[1];
                    if (sums != null) {
                        sums[at] = pair[0];
                        slopes[at] = (pair[1] * scale);
                    }
                }
            }
            if (dx == null) continue;
            double a = centered ? (sum / n) : 0.0;
            double b = (slope / n * scale * scale);
            if (each) {
                k.tilt(m, rstd[r], a, b, x, xo, w, c, dy, dyo, dx, dxo, n);
            } else {
                c -= n / line;
                for (int i = 0; i < n; i += line, c++) {
                    k.tilt(m, rstd[r], w == null ? 1.0 : w[c], a, b, x, xo + i, dy, dyo + i, dx, dxo + i, line);
                }
            }
        }
    }

    /// [Kernels#normalizeChannels], more than one position a channel.
    static void channels(DoubleParts k, boolean given, double[] x, double[] w, double[] b, double eps, double[] y, double[] mean,
            double[] variance, double[] rstd, int outer, int channels, int inner, int from, int to) {
        double[] pair = PAIR.get();
        for (int c = from; c < to; c++) {
            if (!given) {
                double var = moments(k, x, outer, channels, inner, c, mean, pair);
                variance[c] = var;
                rstd[c] = (1 / Math.sqrt(var + eps));
            }
            double scale = w == null ? rstd[c] : rstd[c] * w[c];
            double shift = b == null ? NOTHING : b[c];
            for (int o = 0; o < outer; o++) {
                int at = (o * channels + c) * inner;
                k.scale(mean[c], scale, shift, x, at, y, at, inner);
            }
        }
    }

    /// The variance of a channel; its mean goes to `mean[c]`.
    private static double moments(DoubleParts k, double[] x, int outer, int channels, int inner, int c, double[] mean,
            double[] pair) {
        double n = (double) outer * inner;
        int few = Math.min(inner, FEW);
        double a = n == 0 ? 0.0 : (k.sum(x, c * inner, few) / (double) few);
        for (boolean again = false;; again = true) {
            double sum = 0;
            double squares = 0;
            for (int o = 0; o < outer; o++) {
                k.deviations(a, x, (o * channels + c) * inner, inner, pair, 0);
                sum += pair[0];
                squares += pair[1];
            }
            double rest = sum / n;
            double var = variance(squares / n, rest);
            if (again || rest * rest <= FAR * var) {
                mean[c] = (a + rest);
                return Math.max(0.0, var);
            }
            a = (a + rest);
        }
    }

    /// [Kernels#normalizeChannelsGrad], more than one position a channel.
    static void channelsGrad(DoubleParts k, boolean given, double[] x, double[] w, double[] mean, double[] rstd, double[] dy,
            double[] dx, double[] dw, double[] db, int outer, int channels, int inner, int from, int to) {
        double[] pair = PAIR.get();
        double n = (double) outer * inner;
        for (int c = from; c < to; c++) {
            double scale = rstd[c];
            double sum = 0;
            double slope = 0;
            for (int o = 0; o < outer && (!given || dw != null); o++) {
                int at = (o * channels + c) * inner;
                k.slopes(mean[c], x, at, dy, at, inner, pair, 0);
                sum += pair[0];
                slope += pair[1];
            }
            if (dw != null) {
                dw[c] = (slope * scale);
                db[c] = sum;
            }
            if (dx == null) continue;
            double factor = w == null ? 1.0 : w[c];
            double a = (factor * sum / n);
            double b = (factor * slope / n * scale * scale);
            for (int o = 0; o < outer; o++) {
                int at = (o * channels + c) * inner;
                if (given) k.scale(0.0, rstd[c] * factor, NOTHING, dy, at, dx, at, inner);
                else k.tilt(mean[c], rstd[c], factor, a, b, x, at, dy, at, dx, at, inner);
            }
        }
    }
}
