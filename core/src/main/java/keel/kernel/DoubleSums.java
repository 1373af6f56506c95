// Generated from FloatSums.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Reductions in the fixed order of [Kernels]: 16 virtual lanes in blocks of 1024, block sums folded pairwise.
/// The pairwise fold is a tree whose left half is the largest power of two of blocks, so a plain recursion follows it without
/// storage; its error grows with the logarithm of `n`.
final class DoubleSums {
    private DoubleSums() {}

    /// Columns of a strided sum that are handled together.
    static final int TILE = 64;
    /// How far apart the two sums of a column lie.
    static final int APART = DoubleColumns.TILE;
    /// Rows of lanes that stay in the first cache.
    private static final int FEW = 16;
    /// Block sums of a strided sum that wait for their partner: one a level of the tree.
    private static final int LEVELS = 28;
    private static final ThreadLocal<double[]> WAITING = ThreadLocal.withInitial(() -> new double[LEVELS * TILE]);
    private static final ThreadLocal<double[]> WIDE = ThreadLocal.withInitial(() -> new double[Kernels.WIDE]);
    private static final ThreadLocal<double[]> LANE = ThreadLocal.withInitial(() -> new double[Kernels.LANES]);
    private static final ThreadLocal<double[]> ENDS = ThreadLocal.withInitial(() -> new double[3 * Kernels.LANES]);
    /// The number of each lane: those below `n` are what a comparison with `n` tells.
    static final double[] NUMBERS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /// `Σ x`.
    static double sum(double[] x, int xo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return sum(x, xo, left) + sum(x, xo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] += x[xo + i];
        return fold(l);
    }

    /// `Σ x·z`.
    static double dot(double[] x, int xo, double[] z, int zo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return dot(x, xo, z, zo, left) + dot(x, xo + left, z, zo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] = Math.fma(x[xo + i], z[zo + i], l[i & 15]);
        return fold(l);
    }

    /// `Σ (x − a)`.
    static double deviation(double a, double[] x, int xo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return deviation(a, x, xo, left) + deviation(a, x, xo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] += x[xo + i] - a;
        return fold(l);
    }

    /// `Σ (x − a)²`.
    static double squaredDeviation(double a, double[] x, int xo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return squaredDeviation(a, x, xo, left) + squaredDeviation(a, x, xo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) {
            double d = x[xo + i] - a;
            l[i & 15] = Math.fma(d, d, l[i & 15]);
        }
        return fold(l);
    }

    /// `Σ (x − a)·z`.
    static double dotDeviation(double a, double[] x, int xo, double[] z, int zo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return dotDeviation(a, x, xo, z, zo, left) + dotDeviation(a, x, xo + left, z, zo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] = Math.fma(x[xo + i] - a, z[zo + i], l[i & 15]);
        return fold(l);
    }

    /// `Σ z·w`, products rounded before they are added.
    static double sumOfProducts(double[] z, int zo, double[] w, int wo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return sumOfProducts(z, zo, w, wo, left) + sumOfProducts(z, zo + left, w, wo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] += z[zo + i] * w[wo + i];
        return fold(l);
    }

    /// `Σ (x − a)·(z·w)`.
    static double dotDeviation(double a, double[] x, int xo, double[] w, int wo, double[] z, int zo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return dotDeviation(a, x, xo, w, wo, z, zo, left)
                + dotDeviation(a, x, xo + left, w, wo + left, z, zo + left, n - left);
        }
        double[] l = lanes();
        for (int i = 0; i < n; i++) l[i & 15] = Math.fma(x[xo + i] - a, z[zo + i] * w[wo + i], l[i & 15]);
        return fold(l);
    }

    /// `Π x`.
    static double prod(double[] x, int xo, int n) {
        if (n > Kernels.BLOCK) {
            int left = leftHalf(n);
            return prod(x, xo, left) * prod(x, xo + left, n - left);
        }
        double[] l = LANE.get();
        fill(l, 0, Kernels.LANES, 1.0);
        for (int i = 0; i < n; i++) l[i & 15] *= x[xo + i];
        for (int h = Kernels.LANES / 2; h > 0; h /= 2) {
            for (int j = 0; j < h; j++) l[j] *= l[j + h];
        }
        return l[0];
    }

    /// `Σ x²` in double; the squares of doubles are exact there.
    static double squares(DoubleParts k, double[] x, int xo, int n) {
        double[] l = WIDE.get();
        int lanes = Integer.highestOneBit(Math.clamp(2L * n - 1, 1, Kernels.WIDE));
        Arrays.fill(l, 0, lanes, 0.0);
        int rows = n / lanes;
        for (int i = 0; i < rows; i += FEW) k.addSquares(x, xo + i * lanes, Math.min(FEW, rows - i), lanes, l);
        k.addSquares(x, xo + rows * lanes, 1, n - rows * lanes, l);
        for (int h = lanes / 2; h > 0; h /= 2) addHalf(l, h);
        return l[0];
    }

    /// `l[j] += x²` in double, for each of some rows of `n`.
    static void addSquares(double[] x, int xo, int rows, int n, double[] l) {
        for (int i = xo; i < xo + rows * n; i += n) {
            for (int j = 0; j < n; j++) {
                double v = x[i + j];
                l[j] += v * v;
            }
        }
    }

    private static void addHalf(double[] l, int h) {
        for (int j = 0; j < h; j++) l[j] += l[j + h];
    }

    /// Largest element; NaN wins.
    static double max(double[] x, int xo, int n) {
        double m = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) m = Math.max(m, x[xo + i]);
        return m;
    }

    /// Smallest element; NaN wins.
    static double min(double[] x, int xo, int n) {
        double m = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) m = Math.min(m, x[xo + i]);
        return m;
    }

    /// `y[j]`: the largest of column `j` of some rows.
    static void maxRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        fill(y, yo, width, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) DoubleLoops.max(y, yo, x, xo + i * inner, y, yo, width);
    }

    /// `y[j]`: the smallest of column `j` of some rows.
    static void minRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        fill(y, yo, width, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) DoubleLoops.min(y, yo, x, xo + i * inner, y, yo, width);
    }

    /// Reduces the middle extent of `x (n, inner)` into `y (inner)`, `inner > 1`.
    static void strided(DoubleParts k, Reduce f, double[] x, int xo, int n, int inner, double[] y, int yo) {
        switch (f) {
            case SUM, SUM_SQUARES -> {
                for (int j = 0; j < inner; j += TILE) {
                    stridedSum(k, f == Reduce.SUM_SQUARES, x, xo + j, n, inner, Math.min(TILE, inner - j), y, yo + j);
                }
            }
            case PROD -> {
                fill(y, yo, inner, 1.0);
                for (int i = 0; i < n; i++) k.mulInto(x, xo + i * inner, y, yo, inner);
            }
            case MAX -> k.maxRows(x, xo, n, inner, y, yo, inner);
            case MIN -> k.minRows(x, xo, n, inner, y, yo, inner);
        }
    }

    /// Sums `width` columns over `n` rows; finished block sums wait in a stack, as the carries of a binary counter do.
    private static void stridedSum(DoubleParts k, boolean squares, double[] x, int xo, int n, int inner, int width, double[] y,
            int yo) {
        double[] s = waiting();
        int depth = 0;
        for (int from = 0, block = 1; from < n || block == 1; from += Kernels.STRIDED_BLOCK, block++) {
            k.sumRows(squares, x, xo + from * inner, Math.min(n - from, Kernels.STRIDED_BLOCK), inner, s, depth * TILE, width);
            depth++;
            for (int carries = Integer.numberOfTrailingZeros(block); carries > 0; carries--) depth = foldTop(k, s, depth, width);
        }
        while (depth > 1) depth = foldTop(k, s, depth, width);
        System.arraycopy(s, 0, y, yo, width);
    }

    /// `y[j] = Σ x[i, j]` (or of squares) over `rows` rows, in index order.
    static void sumRows(boolean squares, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        fill(y, yo, width, 0.0);
        for (int i = 0; i < rows; i++) {
            if (squares) {
                addSquares(x, xo + i * inner, y, yo, width);
            } else {
                DoubleLoops.add(y, yo, x, xo + i * inner, y, yo, width);
            }
        }
    }

    /// `s[j] = Σ (x − a)`, `s[APART + j] = Σ (x − a)²` down the columns, in index order.
    static void columnDeviations(double[] a, int ao, double[] x, int xo, int rows, int stride, double[] s, int so, int width) {
        fill(s, so, width, 0.0);
        fill(s, so + APART, width, 0.0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                double d = x[xo + i * stride + j] - a[ao + j];
                s[so + j] += d;
                s[so + APART + j] = Math.fma(d, d, s[so + APART + j]);
            }
        }
    }

    /// `s[j] = Σ z`, `s[APART + j] = Σ (x − a)·z` down the columns, in index order.
    static void columnSlopes(double[] a, int ao, double[] x, int xo, double[] z, int zo, int rows, int stride, double[] s, int so,
            int width) {
        fill(s, so, width, 0.0);
        fill(s, so + APART, width, 0.0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                double g = z[zo + i * stride + j];
                s[so + j] += g;
                s[so + APART + j] = Math.fma(x[xo + i * stride + j] - a[ao + j], g, s[so + APART + j]);
            }
        }
    }

    /// `s[j] = Σ z`, `s[APART + j] = Σ ((x − mean)·rstd)·z` down the columns, in index order; row `i` has the statistics
    /// `ro + i·step`.
    static void columnSlopesOfRows(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] z, int zo,
            int rows, int stride, double[] s, int so, int width) {
        fill(s, so, width, 0.0);
        fill(s, so + APART, width, 0.0);
        for (int i = 0; i < rows; i++) {
            double m = mean[ro + i * step];
            double r = rstd[ro + i * step];
            for (int j = 0; j < width; j++) {
                double g = z[zo + i * stride + j];
                s[so + j] += g;
                s[so + APART + j] = Math.fma((x[xo + i * stride + j] - m) * r, g, s[so + APART + j]);
            }
        }
    }

    private static int foldTop(DoubleParts k, double[] s, int depth, int width) {
        int below = (depth - 2) * TILE;
        k.fold(s, below, below + TILE, width);
        return depth - 1;
    }

    private static void addSquares(double[] x, int xo, double[] s, int so, int n) {
        for (int i = 0; i < n; i++) s[so + i] = Math.fma(x[xo + i], x[xo + i], s[so + i]);
    }

    private static void fill(double[] y, int yo, int n, double value) {
        for (int i = 0; i < n; i++) y[yo + i] = value;
    }

    /// Elements of the left half of the pairwise tree: the largest power of two of blocks that leaves something to the right.
    static int leftHalf(int n) {
        return Integer.highestOneBit((n - 1) / Kernels.BLOCK) * Kernels.BLOCK;
    }

    /// A copy of the last `n` numbers of `x`, for a loop whose vectors would reach beyond the end of the array, from place `at`
    /// of an array of this thread on, a multiple of 16; up to 16 can be read there, and what follows the copy is any numbers.
    static double[] end(double[] x, int from, int n, int at) {
        double[] y = ENDS.get();
        System.arraycopy(x, from, y, at, n);
        return y;
    }

    /// For the sums of blocks of this thread that wait for their partners.
    static double[] waiting() {
        return WAITING.get();
    }

    private static double[] lanes() {
        double[] l = LANE.get();
        fill(l, 0, Kernels.LANES, 0.0);
        return l;
    }

    private static double fold(double[] l) {
        return fold(l, 0);
    }

    /// The sum of the lanes from `at` on, which is left in the first of them.
    static double fold(double[] l, int at) {
        for (int h = Kernels.LANES / 2; h > 0; h /= 2) {
            for (int j = at; j < at + h; j++) l[j] += l[j + h];
        }
        return l[at];
    }
}
