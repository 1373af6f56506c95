// Generated from FloatRows.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// Row-wise functions: passes over a row, or over a few short rows, that stay in the first-level cache. Sums in the order of
/// [Kernels]. The output may be the input.
final class DoubleRows {
    private DoubleRows() {}

    /// Rows shorter than this are exponentiated several at a time.
    private static final int SHORT = 48;
    /// Elements of such a group, and of rows that go through each pass together while they lie in the first cache.
    static final int GROUP = 1024;
    static final int TOGETHER = 4096;
    private static final ThreadLocal<double[]> SCRATCH = ThreadLocal.withInitial(() -> new double[TOGETHER]);
    /// The largest element and the sum of each row of a group.
    private static final ThreadLocal<double[]> ROWS = ThreadLocal.withInitial(() -> new double[2 * GROUP]);

    /// Softmax of each row. The logarithm keeps its exponentials apart, because they are only summed.
    static void softmax(DoubleParts k, boolean log, double[] x, int xo, double[] y, int yo, int rows, int n) {
        boolean isShort = n < SHORT;
        int group = eights((isShort ? GROUP : TOGETHER) / Math.max(n, 1));
        double[] t = log ? scratch(group * n) : y;
        double[] s = perRow();
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            int from = xo + r0 * n;
            int at = yo + r0 * n;
            int to = log ? 0 : at;
            for (int r = 0; r < here; r++) s[r] = k.largest(x, from + r * n, n);
            if (isShort) {
                for (int r = 0; r < here; r++) k.sub(s[r], 0.0, x, from + r * n, y, at + r * n, n);
                k.exp(0.0, y, at, t, to, here * n);
            } else {
                for (int r = 0; r < here; r++) k.exp(s[r], x, from + r * n, t, to + r * n, n);
            }
            k.sums(t, to, here, n, s, GROUP);
            if (!log) {
                for (int r = 0; r < here; r++) k.div(s[GROUP + r], t, to + r * n, y, at + r * n, n);
                continue;
            }
            k.log(s, GROUP, s, GROUP, here);
            for (int r = 0; r < here; r++) {
                if (isShort) k.sub(s[GROUP + r], 0.0, y, at + r * n, y, at + r * n, n);
                else k.sub(s[r], s[GROUP + r], x, from + r * n, y, at + r * n, n);
            }
        }
    }

    /// [Kernels#pickedLogSoftmax], with the bits of [#softmax].
    static void pickedLogSoftmax(DoubleParts k, double[] x, int xo, int[] places, int po, double[] y, int yo, int rows, int n) {
        boolean isShort = n < SHORT;
        int group = eights((isShort ? GROUP : TOGETHER) / Math.max(n, 1));
        double[] t = scratch(group * n);
        double[] s = perRow();
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            int from = xo + r0 * n;
            for (int r = 0; r < here; r++) {
                s[r] = k.largest(x, from + r * n, n);
                if (isShort) k.sub(s[r], 0.0, x, from + r * n, t, r * n, n);
                else k.exp(s[r], x, from + r * n, t, r * n, n);
            }
            if (isShort) k.exp(0.0, t, 0, t, 0, here * n);
            k.sums(t, 0, here, n, s, GROUP);
            k.log(s, GROUP, s, GROUP, here);
            pick(s, x, places, po + r0, y, yo + r0, here);
        }
    }

    /// `y[yo + r] = (x − s[r]) − s[GROUP + r]` at the place of row `r`.
    static void pick(double[] s, double[] x, int[] places, int po, double[] y, int yo, int rows) {
        for (int r = 0; r < rows; r++) y[yo + r] = (x[places[po + r]] - s[r]) - s[GROUP + r];
    }

    /// `dx` of each row.
    static void softmaxGrad(DoubleParts k, boolean log, double[] y, int yo, double[] dy, int dyo, double[] dx, int dxo, int rows,
            int n) {
        int group = eights(Math.min(TOGETHER / 2 / Math.max(n, 1), GROUP));
        double[] t = log ? scratch(n) : null;
        double[] s = perRow();
        for (int r0 = 0; r0 < rows; r0 += group) {
            int here = Math.min(group, rows - r0);
            if (log) k.sums(dy, dyo + r0 * n, here, n, s, 0);
            else k.dots(dy, dyo + r0 * n, y, yo + r0 * n, here, n, s, 0);
            for (int r = 0; r < here; r++) {
                int at = (r0 + r) * n;
                if (log) {
                    k.exp(0.0, y, yo + at, t, 0, n);
                    k.subMul(s[r], t, 0, dy, dyo + at, dx, dxo + at, n);
                } else {
                    k.mulDeviation(s[r], y, yo + at, dy, dyo + at, dx, dxo + at, n);
                }
            }
        }
    }

    /// So many rows, or a little fewer, that sums are taken of eight at a time.
    private static int eights(int rows) {
        return rows < 8 ? Math.max(rows, 1) : rows & ~7;
    }

    /// So many rows, or one, as go together, and if possible such that nothing is left over of their vectors.
    static int wholeVectors(int n) {
        int rows = TOGETHER / Math.max(n, 1);
        return rows < 16 ? eights(rows) : rows & ~15;
    }

    /// Room of this thread for two numbers of each row of a group, the second ones from `GROUP` on.
    static double[] perRow() {
        return ROWS.get();
    }

    /// At least `n` numbers to work with, of this thread, until it asks again.
    static double[] scratch(int n) {
        double[] t = SCRATCH.get();
        if (t.length < n) {
            t = new double[n];
            SCRATCH.set(t);
        }
        return t;
    }
}
