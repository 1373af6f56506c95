// Generated from FloatVectorSmall.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// Products of small matrices, for vectors of 512 bits: operands that the first-level cache holds are read where they lie, and
/// only a transposed `B` is turned. `DoubleVectorSmall` is generated from this file.
///
/// There are no tiles for what is left of rows and columns: the last ones reach back over what others compute too, to the same
/// bits.
final class DoubleVectorSmall {
    private DoubleVectorSmall() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int NR = 2 * V;
    private static final int WIDEST = DoubleVectorSmallPanels.WIDTH;
    private static final boolean WIDE = S.vectorBitSize() == 512;
    /// Numbers of `B`.
    private static final int MOST = 1 << 13;
    /// A kilobyte.
    private static final int FAR = 1024 / Double.BYTES;
    private static final int HIGHEST = 13;
    /// Heights of tiles, four vectors wide, two and one.
    private static final int[] FOUR = {6, 4};
    private static final int[] TWO_OF_PANEL = {11, 8};
    private static final int[] TWO_OF_NEAR = {13, 11, 8};
    private static final int[] TWO = {13, 11, 8, 4, 2};
    private static final int[] ONE = {8, 4, 2};
    private static final int ROWS_OF_CLOSE = 16;
    /// Where no tile may have more than so many rows: the height of the next one where so many rows are left.
    private static final byte[][] NEXT_FOUR = plans(FOUR);
    private static final byte[][] NEXT_TWO_OF_PANEL = plans(TWO_OF_PANEL);
    private static final byte[][] NEXT_TWO_OF_NEAR = plans(TWO_OF_NEAR);
    private static final byte[][] NEXT_TWO = plans(TWO);
    private static final byte[][] NEXT_ONE = plans(ONE);

    /// Whether this is the way for a product of such extents, rows of `A` `la` apart: all of `B` stays in the first-level cache,
    /// and `A` passes. Of a tall transposed `A`, lines a multiple of a kilobyte apart would compete for sets of that cache.
    static boolean suits(Form form, int m, int n, int k, int la) {
        return WIDE && m > 1 && n >= V && n <= MOST / k && (form != Form.TN || m <= MOST / k || la % FAR != 0);
    }

    /// `C (m, n) = op(A)·op(B)` for parts of matrices with rows `la`, `lb` and `lc` apart.
    static void multiply(Form form, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] c, int co, int lc) {
        boolean sides = form == Form.TN;
        if (form != Form.NT) {
            columns(sides, m, n, k, a, ao, la, b, bo, lb, c, co, lc);
            return;
        }
        int panel = n <= NR ? NR : WIDEST;
        var space = DoubleVectorSpace.take(k * panel, 0);
        for (int j = 0; j < n; j += panel) {
            int from = Math.min(j, n - V);
            int width = Math.min(panel, n - from);
            DoubleVectorTurn.turn(b, bo + from * lb, lb, width, k, space.a, 0, panel);
            columns(sides, m, width, k, a, ao, la, space.a, 0, panel, c, co + from, lc);
        }
        space.giveBack();
    }

    private static void columns(boolean sides, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] c, int co, int lc) {
        int widest = sides || m < 4 ? 0 : n / WIDEST * WIDEST;
        if (widest > 0) four(m, widest, k, a, ao, la, b, bo, lb, c, co, lc);
        int whole = (n - widest) / NR * NR + widest;
        int rest = n - whole;
        if (whole > widest) {
            two(sides, m, widest, rest > V ? n : whole, k, a, ao, la, b, bo, lb, c, co, lc);
        } else if (rest > V) {
            one(sides, m, k, a, ao, la, b, bo + whole, lb, c, co + whole, lc);
        }
        if (rest > 0 && (rest <= V || whole == widest)) one(sides, m, k, a, ao, la, b, bo + n - V, lb, c, co + n - V, lc);
    }

    /// Columns `0 … n − 1`, a multiple of `4 V`, of four rows or more.
    private static void four(int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] c, int co, int lc) {
        var next = NEXT_FOUR[Math.min(m, HIGHEST)];
        for (int i = 0, rows; i < m; i += rows) {
            rows = lb == WIDEST ? next[Math.min(m - i, next.length - 1)] : 4;
            int at = Math.min(i, m - rows);
            int to = co + at * lc;
            if (lb == WIDEST) DoubleVectorSmallPanels.four(rows, k, a, ao + at * la, la, b, bo, c, to, lc);
            else for (int j = 0; j < n; j += WIDEST) {
                DoubleVectorSmallRows.four(k, a, ao + at * la, la, b, bo + j, lb, c, to + j, lc);
            }
        }
    }

    /// Columns `first … n − 1`, two vectors or more.
    private static void two(boolean sides, int m, int first, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] c, int co, int lc) {
        boolean panel = !sides && lb == NR && m >= TWO_OF_PANEL[1];
        boolean near = panel && (la == DoubleVectorSmall32.LA || la == DoubleVectorSmall64.LA);
        var next = (near ? NEXT_TWO_OF_NEAR : panel ? NEXT_TWO_OF_PANEL : NEXT_TWO)[Math.min(m, HIGHEST)];
        for (int i = 0, rows; i < m; i += rows) {
            rows = next[Math.min(m - i, next.length - 1)];
            int at = Math.min(i, m - rows);
            for (int j = first; j < n; j += NR) {
                int to = Math.min(j, n - NR);
                if (near) near(rows, k, a, ao + at * la, la, b, bo + to, c, co + at * lc + to, lc);
                else if (panel) DoubleVectorSmallPanels.two(rows, k, a, ao + at * la, la, b, bo + to, c, co + at * lc + to, lc);
                else if (sides) DoubleVectorSmallSides.two(rows, k, a, ao + at, la, b, bo + to, lb, c, co + at * lc + to, lc);
                else DoubleVectorSmallRows.two(rows, k, a, ao + at * la, la, b, bo + to, lb, c, co + at * lc + to, lc);
            }
        }
    }

    private static void near(int rows, int k, double[] a, int ao, int la, double[] b, int bo, double[] c, int co, int lc) {
        if (la == DoubleVectorSmall32.LA) DoubleVectorSmall32.two(rows, k, a, ao, b, bo, c, co, lc);
        else DoubleVectorSmall64.two(rows, k, a, ao, b, bo, c, co, lc);
    }

    /// `V` columns.
    private static void one(boolean sides, int m, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] c, int co, int lc) {
        var next = NEXT_ONE[Math.min(m, HIGHEST)];
        int i = 0;
        if (!sides && la == DoubleVectorSmallRows.CLOSE) {
            for (; i <= m - ROWS_OF_CLOSE; i += ROWS_OF_CLOSE) {
                DoubleVectorSmallRows.one16(k, a, ao + i * la, b, bo, lb, c, co + i * lc, lc);
            }
        }
        for (int rows; i < m; i += rows) {
            rows = next[Math.min(m - i, next.length - 1)];
            int at = Math.min(i, m - rows);
            if (sides) DoubleVectorSmallSides.one(rows, k, a, ao + at, la, b, bo, lb, c, co + at * lc, lc);
            else DoubleVectorSmallRows.one(rows, k, a, ao + at * la, la, b, bo, lb, c, co + at * lc, lc);
        }
    }

    private static byte[][] plans(int[] heights) {
        var plans = new byte[HIGHEST + 1][];
        for (int most = heights[heights.length - 1]; most <= HIGHEST; most++) plans[most] = plan(heights, most);
        return plans;
    }

    /// Heights of which the sum is no less than the rows, and which cost least. A step in `k` costs a tile a cycle for each
    /// row, but no less than five, and something for its ends.
    private static byte[] plan(int[] heights, int most) {
        var next = new byte[12 * HIGHEST];
        var cost = new double[next.length];
        for (int rows = 1; rows < next.length; rows++) {
            cost[rows] = Double.POSITIVE_INFINITY;
            for (int height : heights) {
                if (height > most) continue;
                double sum = Math.max(height, 5) + 1.5 + cost[Math.max(0, rows - height)];
                if (sum < cost[rows]) {
                    cost[rows] = sum;
                    next[rows] = (byte) height;
                }
            }
        }
        return next;
    }
}
