// Generated from FloatVectorMatmul.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products of `double[]` with vectors: the chains of [DoubleMatmul], many at a time. `DoubleVectorMatmul` is generated from this file.
///
/// The classic design (Goto and van de Geijn 2008, doi:10.1145/1356052.1356053): blocks of `A` and `B` are copied into the order in which they are
/// read, panels that the caches hold, and tiles of `C` are computed in registers. Between blocks of `k` the sums wait in `C`, so each remains
/// one chain, and neither blocks, tiles, threads nor the number of rows can change a bit.
final class DoubleVectorMatmul {
    private DoubleVectorMatmul() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final long SIZE = Double.BYTES;
    /// With 512 bits there are 32 registers, and panels lie outside the heap: see [DoubleVectorWideTile].
    private static final boolean WIDE = S.vectorBitSize() == 512;
    private static final int[] HEIGHTS = WIDE ? DoubleVectorWideTile.HEIGHTS : DoubleVectorTile.HEIGHTS;
    private static final int MR = HEIGHTS[0];
    private static final int NR = 2 * V;
    /// Extents of the blocks: `KC × NR` of `B` and `MC × KC` of `A` fit the second-level cache together.
    private static final int KC = 1024;
    private static final int MC = 96 / MR * MR;
    private static final int NC = 2048;
    /// Multiply-adds worth a thread of their own: they take about as long as handing them over.
    private static final int GRAIN = 1 << 16;
    private static final double[] ZEROS = new double[NR];
    /// The height of the next tile where so many rows are left.
    private static final byte[] NEXT = plan();

    /// `C (m, n) = op(A)·op(B)`, see [Kernels#matmul].
    static void matmul(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        if (m == 0 || n == 0) return;
        if (k == 0) {
            Arrays.fill(c, co, co + m * n, (double) 0);
            return;
        }
        int la = form == Form.TN ? m : k;
        int lb = form == Form.NT ? k : n;
        int parts = parts(m, n, k);
        if (parts == 1) block(form, m, n, k, a, ao, la, b, bo, lb, c, co, n);
        else Parallel.run(parts, t -> part(t, parts, form, m, n, k, a, ao, la, b, bo, lb, c, co));
    }

    /// How many threads share the product: each gets a part of the longer side of `C`, and panels of its own.
    private static int parts(int m, int n, int k) {
        long most = Math.min(Parallel.threads(), (long) m * n * k / GRAIN);
        return Math.clamp(most, 1, n >= m ? (n + NR - 1) / NR : (m + MR - 1) / MR);
    }

    private static void part(int t, int parts, Form form, int m, int n, int k,
            double[] a, int ao, int la, double[] b, int bo, int lb, double[] c, int co) {
        if (n >= m) {
            int panels = (n + NR - 1) / NR;
            int from = (int) ((long) panels * t / parts) * NR;
            int to = Math.min(n, (int) ((long) panels * (t + 1) / parts) * NR);
            block(form, m, to - from, k, a, ao, la, b, form == Form.NT ? bo + from * lb : bo + from, lb, c, co + from, n);
        } else {
            int from = (int) ((long) m * t / parts);
            int to = (int) ((long) m * (t + 1) / parts);
            block(form, to - from, n, k, a, form == Form.TN ? ao + from : ao + from * la, la, b, bo, lb, c, co + from * n, n);
        }
    }

    /// A product whose operands are parts of matrices with rows `la`, `lb` and `lc` apart.
    static void block(Form form, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb, double[] c, int co, int lc) {
        int depth = k <= KC || k >= 2 * KC ? Math.min(k, KC) : (k + 7) / 8 * 4;
        int width = Math.min(NC, (n + NR - 1) / NR * NR);
        int roomOfA = Math.max(Math.min(MC + MR, m), NR) * depth + V;
        var space = DoubleVectorSpace.take(roomOfA, width * depth + V);
        for (int j = 0; j < n; j += NC) {
            int nc = Math.min(NC, n - j);
            for (int p = 0; p < k; p += depth) {
                int kc = Math.min(depth, k - p);
                if (form == Form.NT) packTurned(b, bo + j * lb + p, lb, kc, nc, space);
                else pack(b, bo + p * lb + j, lb, kc, nc, space);
                for (int i = 0, mc; i < m; i += mc) {
                    mc = rowsOfBlock(m - i);
                    packRows(form == Form.TN, a, form == Form.TN ? ao + p * la + i : ao + i * la + p, la, kc, mc, space.a);
                    multiply(p == 0, mc, nc, kc, space, c, co + i * lc + j, lc);
                }
            }
        }
        space.giveBack();
    }

    /// `C ← C + A·B`, or `A·B` at first, from the panels in the space.
    private static void multiply(boolean first, int m, int n, int kc, DoubleVectorSpace space, double[] c, int co, int lc) {
        for (int j = 0; j < n; j += NR) {
            int panel = j * kc;
            int columns = Math.min(NR, n - j);
            for (int i = 0, rows; i < m; i += rows) {
                rows = next(m - i);
                int tile = i * kc;
                int at = co + i * lc + j;
                if (columns < NR) edge(first, rows, columns, kc, space, tile, panel, c, at, lc);
                else if (first) tile(rows, kc, space, tile, panel, ZEROS, 0, 0, c, at, lc);
                else tile(rows, kc, space, tile, panel, c, at, lc, c, at, lc);
            }
        }
    }

    private static void tile(int rows, int kc, DoubleVectorSpace space, int ao, int bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        if (WIDE) DoubleVectorWideTile.run(rows, kc, space.a, ao, space.b, bo * SIZE, s, so, ls, c, co, lc);
        else DoubleVectorTile.run(rows, kc, space.a, ao, space.arrayOfB, bo, s, so, ls, c, co, lc);
    }

    /// A tile of which only the first `columns` columns exist: computed beside `C`, then copied.
    private static void edge(boolean first, int rows, int columns, int kc, DoubleVectorSpace space, int ao, int bo, double[] c, int co, int lc) {
        var aside = space.aside;
        if (first) {
            tile(rows, kc, space, ao, bo, ZEROS, 0, 0, aside, 0, NR);
        } else {
            DoubleVectorPanels.move(c, co, lc, aside, 0, NR, rows, columns);
            tile(rows, kc, space, ao, bo, aside, 0, NR, aside, 0, NR);
        }
        DoubleVectorPanels.move(aside, 0, NR, c, co, lc, rows, columns);
    }

    /// Panels of `A`, one for each tile of rows.
    private static void packRows(boolean transposed, double[] a, int ao, int la, int kc, int m, double[] w) {
        for (int i = 0, rows; i < m; i += rows) {
            rows = next(m - i);
            int tile = i * kc;
            if (transposed) DoubleVectorPanels.copy(a, ao + i, la, kc, rows, w, tile, rows);
            else DoubleVectorPanels.turn(a, ao + i * la, la, kc, rows, w, tile, rows);
        }
    }

    /// Panels of `B` `(k, n)`.
    private static void pack(double[] b, int bo, int lb, int kc, int n, DoubleVectorSpace space) {
        int full = n / NR * NR;
        DoubleVectorPanels.copyPanels(b, bo, lb, kc, full / NR, space.b);
        if (full == n) return;
        DoubleVectorPanels.copy(b, bo + full, lb, kc, n - full, space.a, 0, NR);
        DoubleVectorPanels.lay(space.a, kc * NR, space.b, full * kc);
    }

    /// Panels of `B` given as `(n, k)`; each is turned where `A` will be, then laid where it belongs.
    private static void packTurned(double[] b, int bo, int lb, int kc, int n, DoubleVectorSpace space) {
        for (int j = 0; j < n; j += NR) {
            DoubleVectorPanels.turn(b, bo + j * lb, lb, kc, Math.min(NR, n - j), space.a, 0, NR);
            DoubleVectorPanels.lay(space.a, kc * NR, space.b, j * kc);
        }
    }

    /// Whole tiles of the plan for `rows` rows, about [#MC].
    private static int rowsOfBlock(int rows) {
        int sum = 0;
        while (sum < rows && sum < MC) sum += next(rows - sum);
        return sum;
    }

    private static int next(int rows) {
        return NEXT[Math.min(rows, NEXT.length - 1)];
    }

    /// For every number of rows the height of the first of those tiles that together cost least. A step in `k` costs a tile a cycle for each row, but at
    /// least the four of a multiply-add's latency, and something for its ends.
    private static byte[] plan() {
        var next = new byte[MR * 12];
        var cost = new double[next.length];
        for (int rows = 1; rows < next.length; rows++) {
            cost[rows] = Double.POSITIVE_INFINITY;
            for (int height : HEIGHTS) {
                if (height > rows) continue;
                double sum = Math.max(height, 4) + 0.6 + cost[rows - height];
                if (sum < cost[rows]) {
                    cost[rows] = sum;
                    next[rows] = (byte) height;
                }
            }
        }
        return next;
    }
}
