// Generated from FloatExponents.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// `ln Σeˣ` of rows, and it and softmax down columns. Sums in the order of [Kernels]; the output may be the input. Columns are
/// done a tile at a time, in blocks of rows that lie one behind another while they are exponentiated.
final class DoubleExponents {
    private DoubleExponents() {}

    private static final int TILE = DoubleSums.TILE;
    private static final int BLOCK = Kernels.STRIDED_BLOCK;
    /// Rows shorter than this are exponentiated several at a time, and elements of rows that are.
    private static final int SHORT = 48;
    private static final int TOGETHER = 4096;
    /// Where things lie in the array of a thread: a block, what is subtracted from each column of a tile (or of each row of a
    /// group), zeros, and sums, of which those of columns wait for their partner, one a level of the tree.
    private static final int SHIFT = BLOCK * TILE;
    private static final int ZEROS = SHIFT + TILE;
    private static final int SUMS = ZEROS + TILE;
    private static final int LEVELS = 28;
    private static final ThreadLocal<double[]> WORK = ThreadLocal.withInitial(() -> new double[SUMS + LEVELS * TILE]);

    /// `y = ln Σeˣ` of each of some rows of `n`.
    static void logSumExp(DoubleParts k, double[] x, int xo, int rows, int n, double[] y, int yo) {
        double[] s = WORK.get();
        int group = Math.clamp(TOGETHER / Math.max(n, 1), 1, TILE);
        double[] t = DoubleRows.scratch(group * n);
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            for (int r = 0; r < here; r++) {
                int from = xo + (r0 + r) * n;
                s[SHIFT + r] = finite(k.largest(x, from, n));
                if (n < SHORT) k.sub(s[SHIFT + r], 0.0, x, from, t, r * n, n);
                else k.exp(s[SHIFT + r], x, from, t, r * n, n);
            }
            if (n < SHORT) k.exp(0.0, t, 0, t, 0, here * n);
            k.sums(t, 0, here, n, s, SUMS);
            k.log(s, SUMS, s, SUMS, here);
            DoubleLoops.add(s, SHIFT, s, SUMS, y, yo + r0, here);
        }
    }

    /// `y = ln Σeˣ` of each column of `x (n, inner)`.
    static void logSumExpColumns(DoubleParts k, double[] x, int xo, int n, int inner, double[] y, int yo) {
        double[] s = WORK.get();
        for (int j = 0; j < inner; j += TILE) {
            int width = Math.min(TILE, inner - j);
            k.maxRows(x, xo + j, n, inner, s, SHIFT, width);
            for (int i = SHIFT; i < SHIFT + width; i++) s[i] = finite(s[i]);
            sums(k, x, xo + j, n, inner, width, s, null, 0);
            k.log(s, SUMS, s, SUMS, width);
            DoubleLoops.add(s, SHIFT, s, SUMS, y, yo + j, width);
        }
    }

    /// Softmax, or its logarithm, of each column of `x (n, inner)`.
    static void softmaxColumns(DoubleParts k, boolean log, double[] x, int xo, int n, int inner, double[] y, int yo) {
        double[] s = WORK.get();
        for (int j = 0; j < inner; j += TILE) {
            int width = Math.min(TILE, inner - j);
            k.maxRows(x, xo + j, n, inner, s, SHIFT, width);
            sums(k, x, xo + j, n, inner, width, s, log ? null : y, yo + j);
            if (log) {
                k.log(s, SUMS, s, SUMS, width);
                k.subColumns(s, SHIFT, SUMS, x, xo + j, inner, y, yo + j, inner, n, width);
            } else {
                k.divColumns(s, SUMS, y, yo + j, inner, n, width);
            }
        }
    }

    // An infinite largest element is not subtracted, so that what is left of it is infinite too.
    private static double finite(double largest) {
        return largest - largest == 0 ? largest : 0.0;
    }

    /// Sums of exponentials of the columns of a tile; these themselves go to `y`, unless that is null. Finished block sums wait
    /// in a stack, as the carries of a binary counter do.
    private static void sums(DoubleParts k, double[] x, int xo, int n, int inner, int width, double[] s, double[] y, int yo) {
        int depth = 0;
        for (int from = 0, block = 1; from < n || block == 1; from += BLOCK, block++) {
            int rows = Math.min(n - from, BLOCK);
            k.subColumns(s, SHIFT, ZEROS, x, xo + from * inner, inner, s, 0, width, rows, width);
            k.exp(0.0, s, 0, s, 0, rows * width);
            for (int i = 0; y != null && i < rows; i++) {
                System.arraycopy(s, i * width, y, yo + (from + i) * inner, width);
            }
            k.sumRows(false, s, 0, rows, width, s, SUMS + depth * TILE, width);
            depth++;
            for (int carries = Integer.numberOfTrailingZeros(block); carries > 0; carries--) depth = foldTop(k, s, depth, width);
        }
        while (depth > 1) depth = foldTop(k, s, depth, width);
    }

    private static int foldTop(DoubleParts k, double[] s, int depth, int width) {
        int below = SUMS + (depth - 2) * TILE;
        k.fold(s, below, below + TILE, width);
        return depth - 1;
    }
}
