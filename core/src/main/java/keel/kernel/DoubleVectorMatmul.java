// Generated from FloatVectorMatmul.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/// Matrix products of `double[]` with vectors: the chains of [DoubleMatmul], many at a time.
///
/// The classic design (Goto and van de Geijn 2008, doi:10.1145/1356052.1356053): blocks of `A` and `B` are copied into the
/// order in which they are read, pieces that the caches hold, and tiles of `C` are computed in registers. Between blocks of `k`
/// the sums wait in `C`, so each remains one chain, and neither blocks, tiles, threads nor the number of rows can change a bit.
final class DoubleVectorMatmul {
    private DoubleVectorMatmul() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// With 512 bits there are 32 registers, and panels lie outside the heap: see [DoubleVectorWideTile].
    private static final boolean WIDE = S.vectorBitSize() == 512;
    static final int MR = WIDE ? 13 : 6;
    static final int NR = 2 * V;
    /// Rows of `A` that are laid out at a time, and how many of them are kept for the next columns of `B`.
    private static final int KC = DoubleVectorPanels.KC;
    private static final int LA = DoubleVectorPanels.LA;
    private static final int SIDE = DoubleVectorPanels.SIDE;
    static final int MC = 96 / MR * MR;
    private static final int MOST_ROWS = 2048 / MR * MR;
    /// What the second-level cache holds beside what passes through it. With 512 bits it has a megabyte or more, and a block
    /// of `B` of that size stays there while `A` and `C` pass: `C` in rows of many panels, which the processor foresees. Else
    /// `MC × KC` of `A` stay, and panels of `B` pass.
    private static final int MOST_OF_B = WIDE ? 9 << 15 : Integer.MAX_VALUE;
    /// Where all of `A` is no more than this, it stays there too, and a few panels of `B` after the other share one place.
    private static final int LITTLE_OF_A = 1 << 16;
    private static final int PASSING_OF_B = 1 << 16;
    private static final int NC = 2048;
    private static final int FORESEEN = 384;
    /// Where rows of `B` lie further apart, each needs a page of its own, and walking down columns more than once does not pay.
    private static final int TOO_FAR = 1024;
    /// Chains for which strips of `A` are better than rows, few or many; longer ones where there are some strips, copied
    /// at once.
    private static final int SHORT = 48;
    private static final int STRIPS = 4 * MR;
    /// No rest of rows is computed in more tiles than this, less one.
    private static final int MOST_STRIPS_LEFT = 4;
    /// Rows of `A` that are turned at a time.
    private static final int TURNED = 32;
    /// Columns for which a panel of strips is not worth it.
    private static final int FEW = 8;
    private static final int NEAR = 1 << 20;
    /// What a tile costs that lays out its panel, in tiles that read one.
    private static final double FUSED_COST = 1.35;
    /// The height of the next tile where so many rows are left, for each kind of tile.
    private static final byte[] NEXT = plan(WIDE ? DoubleVectorWideTile.HEIGHTS : DoubleVectorTile.HEIGHTS);
    /// The same for tiles that read a panel, that read `B`, and for the first where that lays out the panel for the others.
    private static final byte[][] AT_FIRST = {NEXT, plan(WIDE ? DoubleVectorWideDirect.HEIGHTS : DoubleVectorDirect.HEIGHTS),
        first(WIDE ? DoubleVectorWideFused.HEIGHTS : new int[] {MR},
            WIDE ? DoubleVectorWideTile.HEIGHTS : DoubleVectorTile.HEIGHTS)};
    /// And where sums go on from those of the steps before.
    private static final byte[][] THEN = !WIDE ? AT_FIRST : new byte[][] {plan(DoubleVectorWideTile.MORE),
        plan(DoubleVectorWideDirect.MORE), first(DoubleVectorWideFused.MORE, DoubleVectorWideTile.MORE)};
    private static final byte[] NEXT_COLUMN = plan(DoubleVectorWideColumn.HEIGHTS);
    private static final byte[] NEXT_COLUMN_OF_COPIES = plan(DoubleVectorWideColumn.OF_COPIES);
    private static final double[] ZEROS = new double[MR * NR];

    /// How tiles come by their columns of `B`.
    enum Way {
        /// Read where they lie: for so few rows that no other tile needs them, or just one that would wait for a copy.
        DIRECT,
        /// Read where they lie by the first tile, which lays them out as a panel for the others: nearly free, but it walks
        /// down
        /// columns, and the processor does not foresee steps of two kilobytes.
        FUSED,
        /// Copied to panels first, walking along rows.
        COPIED,
        /// Turned into panels first, because `B` is stored transposed.
        TURNED,
        /// Copied, and so is `A`, which is stored transposed: see [DoubleVectorWideStrip].
        STRIPS
    }

    /// `C (m, n) = op(A)·op(B)`, see [Kernels#matmul]; each row plus `bias` (n), unless that is null, while it lies in the
    /// first-level cache.
    static void matmul(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] bias,
            double[] c, int co) {
        if (m == 0 || n == 0) return;
        if (k == 0) {
            Arrays.fill(c, co, co + m * n, (double) 0);
            addRows(bias, 0, m, n, c, co, n);
        } else if (n == 1) {
            // Factors commute bit for bit, so a product of one column is one of one row.
            DoubleVectorShares.split(form == Form.TN ? Form.NN : Form.NT, 1, m, k, b, bo, a, ao, null, c, co);
            if (bias != null) DoubleVectorLoops.add(bias[0], c, co, c, co, m);
        } else {
            DoubleVectorShares.split(m == 1 && form == Form.TN ? Form.NN : form, m, n, k, a, ao, b, bo, bias, c, co);
        }
    }

    /// A product whose operands are parts of matrices with rows `la`, `lb` and `lc` apart.
    static void block(Form form, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] bias, int from, double[] c, int co, int lc) {
        if (m == 1) {
            if (form == Form.NT) DoubleVectorDots.dots(n, k, a, ao, b, bo, c, co);
            else DoubleVectorRowProduct.combine(n, k, a, ao, b, bo, lb, c, co);
            addRows(bias, from, 1, n, c, co, lc);
            return;
        }
        if (DoubleVectorSmall.suits(form, m, n, k, la)) {
            DoubleVectorSmall.multiply(form, m, n, k, a, ao, la, b, bo, lb, c, co, lc);
            addRows(bias, from, m, n, c, co, lc);
            return;
        }
        int done = DoubleVectorWarmUp.rows(form, m, n, k, a, ao, la, b, bo, lb, c, co, lc);
        if (done > 0) addRows(bias, from, done, n, c, co, lc);
        if (done == m) return;
        int left = form == Form.TN ? ao + done : ao + done * la;
        int aside = aside(form, m, n, k);
        tiles(form, m - done, n - aside, k, a, left, la, b, bo, lb, bias, from, c, co + done * lc, lc);
        if (aside == 1) lastColumn(form, m - done, n, k, a, left, la, b, bo, lb, bias, from, c, co + done * lc, lc);
        else if (aside > 1) lastColumns(m - done, n, aside, k, a, left, la, b, bo, lb, bias, from, c, co + done * lc, lc);
    }

    /// How many columns at the end are a product of their own, since in tiles they would have a panel for themselves: one that is
    /// alone, and of strips, whose panels are all two vectors wide, a few, unless `A` has left the caches by then.
    private static int aside(Form form, int m, int n, int k) {
        int columns = n % NR;
        boolean few = form == Form.TN && n > NR && (m + n) * (long) k <= NEAR;
        return WIDE && m >= NR && columns <= (few ? FEW : 1) ? columns : 0;
    }

    /// That column as a product of one row, a quarter of the work of its tiles. Rows of `A` lie `k` apart unless it is transposed.
    private static void lastColumn(Form form, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] bias, int from, double[] c, int co, int lc) {
        var space = DoubleVectorSpace.take(m + k, 0);
        var w = space.a;
        int step = form == Form.NT ? 1 : lb;
        int first = bo + (n - 1) * (form == Form.NT ? lb : 1);
        for (int p = 0; p < k; p++) w[m + p] = b[first + p * step];
        if (form == Form.TN) DoubleVectorRowProduct.combine(m, k, w, m, a, ao, la, w, 0);
        else DoubleVectorDots.dots(m, k, w, m, a, ao, w, 0);
        if (bias != null) DoubleVectorLoops.add(bias[from + n - 1], w, 0, w, 0, m);
        for (int i = 0; i < m; i++) c[co + i * lc + n - 1] = w[i];
        space.giveBack();
    }

    /// The last `few` columns where `A` is stored transposed: `Cᵀ = Bᵀ·A`, and then turned.
    private static void lastColumns(int m, int n, int few, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] bias, int from, double[] c, int co, int lc) {
        var space = DoubleVectorSpace.take(few * m, 0);
        var w = space.a;
        int first = n - few;
        tiles(Form.TN, few, m, k, b, bo + first, lb, a, ao, la, null, 0, w, 0, m);
        for (int i = 0, to = co + first; i < m; i++, to += lc) {
            for (int j = 0; j < few; j++) c[to + j] = w[j * m + i];
        }
        addRows(bias, from + first, m, few, c, co + first, lc);
        space.giveBack();
    }

    private static void tiles(Form form, int m, int n, int k, double[] a, int ao, int la, double[] b, int bo, int lb,
            double[] bias, int from, double[] c, int co, int lc) {
        // A last block of few steps would cost as much as a whole one in reading and writing C: two halves instead.
        int depth = k <= KC || k >= 2 * KC ? Math.min(k, KC) : (k + 1) / 2;
        var way = way(form, m, n, k, lb);
        int most = m * (long) depth <= LITTLE_OF_A ? PASSING_OF_B : MOST_OF_B;
        int parts = (n - 1) / Math.clamp(most / depth / NR * NR, NR, NC) + 1;
        int width = ((n - 1) / parts / NR + 1) * NR;
        int rows = Math.min(m, (n <= width ? MC : MOST_ROWS) + MR);
        int sizeOfA = way == Way.STRIPS ? (rows / MR + MOST_STRIPS_LEFT) * SIDE * depth : rows * LA;
        var space = DoubleVectorSpace.take(sizeOfA, width * (depth + 1));
        boolean inPlace = WIDE && form != Form.TN && way != Way.DIRECT && m >= MR && n > V && depth == k
            && DoubleVectorInPlace.suits(la, m * (long) n * k, space);
        for (int i = 0, mc; i < m; i += mc) {
            mc = m - i <= MOST_ROWS + MR ? m - i : MOST_ROWS;
            for (int p = 0; p < k; p += depth) {
                int kc = Math.min(depth, k - p);
                int ai = form == Form.TN ? ao + p * la + i : ao + i * la + p;
                int bp = form == Form.NT ? bo + p : bo + p * lb;
                columns(form, way, p == 0, inPlace, mc, n, kc, width, a, ai, la, b, bp, lb, space,
                    p + kc == k ? bias : null, from, c, co + i * lc, lc);
            }
        }
        space.giveBack();
    }

    private static Way way(Form form, int m, int n, int k, int lb) {
        if (form == Form.NT) return Way.TURNED;
        boolean far = lb > FORESEEN;
        if (m <= MR || m <= 2 * MR && far && lb <= TOO_FAR) return Way.DIRECT;
        if (form == Form.TN && strips(m, n, k, far)) return Way.STRIPS;
        return far ? Way.COPIED : Way.FUSED;
    }

    /// Whether strips of a transposed `A` take less time than rows, which are turned. Their last columns are computed by tiles of
    /// two vectors, which is more than the turn where there are few.
    private static boolean strips(int m, int n, int k, boolean far) {
        if (!WIDE || n <= V) return false;
        return k <= SHORT || k <= KC && m >= STRIPS && (far || (n - 1) % NR >= V);
    }

    /// `C ← C + A·B`, or `A·B` at first, `width` columns at a time; `A` is laid out with the first, and kept for the others.
    private static void columns(Form form, Way way, boolean first, boolean inPlace, int m, int n, int kc,
            int width, double[] a, int ao, int la, double[] b, int bo, int lb, DoubleVectorSpace space, double[] bias, int from,
            double[] c, int co, int lc) {
        for (int j = 0; j < n; j += width) {
            int nc = Math.min(width, n - j);
            int bj = form == Form.NT ? bo + j * lb : bo + j;
            packB(way, b, bj, lb, kc, nc, space);
            for (int i = 0, mc; i < m; i += mc) {
                mc = rowsAtOnce(first, form, way, n, i, m - i);
                if (WIDE && n <= V && form != Form.TN) {
                    // Each number of A is used but once: no copy.
                    column(first, mc, n, kc, a, ao + i * la, la, space, 0, c, co + i * lc, lc);
                    addRows(bias, from, mc, n, c, co + i * lc, lc);
                    continue;
                }
                if (inPlace && mc == DoubleVectorInPlace.HEIGHT && !(way == Way.FUSED && i == 0)) {
                    multiply(true, way, false, mc, nc, kc, a, ao + i * la, la, space, b, bj, lb, bias, from + j,
                        c, co + i * lc + j, lc);
                    continue;
                }
                int at = n <= width ? 0 : way == Way.STRIPS ? i / MR * (SIDE * kc) : i * LA;
                if (j == 0) packA(form, way, mc, kc, a, form == Form.TN ? ao + i : ao + i * la, la, space.a, at);
                multiply(first, way, i == 0, mc, nc, kc, space.a, at, LA, space, b, bj, lb, bias, from + j,
                    c, co + i * lc + j, lc);
            }
        }
    }

    /// Rows that are laid out before their tiles are computed. Those of one tile, which then finds them in the first-level cache,
    /// but not those that are turned, nor where a panel passes by all rows.
    private static int rowsAtOnce(boolean first, Form form, Way way, int n, int i, int left) {
        if (WIDE && form != Form.TN && n > V) return height(first, way, way == Way.FUSED && i == 0, left);
        int most = way == Way.STRIPS ? STRIPS : MC;
        return left <= most + MR ? left : most;
    }

    // Numbers of loops for [DoubleVectorWarmUp]: of tiles, from each of these on, one for each height.
    private static final int TILE = 0;
    private static final int DIRECT = 13;
    private static final int FUSED = 26;
    private static final int COLUMN = 39;
    private static final int STRIP = 47;
    private static final int TURN_A = 60;
    private static final int TURN_B = 61;
    private static final int HIGH_COLUMN = 62;
    private static final int DOTS = 63;

    /// The loops that a block takes for its product, a bit each.
    static long loops(Form form, int m, int n, int k, int lb) {
        int aside = aside(form, m, n, k);
        if (aside > 0) {
            long others = form != Form.TN ? 1L << DOTS : aside == 1 ? 0 : loops(Form.TN, aside, m, k, m);
            return others | loops(form, m, n - aside, k, lb);
        }
        var way = way(form, m, n, k, lb);
        boolean narrow = WIDE && way != Way.STRIPS && (n - 1) % NR < V;
        long loops = form == Form.NT ? 1L << TURN_B : form == Form.TN && way != Way.STRIPS ? 1L << TURN_A : 0;
        int kind = way == Way.DIRECT ? DIRECT : way == Way.STRIPS ? STRIP : TILE;
        for (int i = 0, mc; i < m; i += mc) {
            mc = rowsAtOnce(true, form, way, n, i, m - i);
            for (int g = 0, rows; g < mc && (n > V || !narrow); g += rows) {
                boolean fuse = way == Way.FUSED && i + g == 0;
                rows = height(true, way, fuse, mc - g);
                loops |= 1L << (fuse ? FUSED : kind) + rows - 1;
            }
            for (int g = 0, rows; g < mc && narrow; g += rows) {
                rows = heightOfColumn(n > V || form == Form.TN ? LA : 0, mc - g);
                loops |= 1L << (rows > 8 ? HIGH_COLUMN : COLUMN + rows - 1);
            }
        }
        return loops;
    }

    /// Rows of a loop's tile; where there is no tile, what takes as long.
    static int rowsOf(int loop) {
        if (loop >= TURN_A) return MR;
        return 1 + (loop >= STRIP ? loop - STRIP : loop >= COLUMN ? loop - COLUMN : loop % DIRECT);
    }

    /// Runs a loop for `kc` steps on memory that nobody reads.
    static void run(int loop, int kc, DoubleVectorSpace space, double[] b) {
        int rows = rowsOf(loop);
        var a = space.a;
        var c = space.aside;
        if (loop == TURN_B) DoubleVectorTurnedPanel.turn(b, 0, kc, NR, kc, space.b, 0, NR);
        else if (loop == TURN_A) DoubleVectorTurn.turn(b, 0, NR, kc, Math.min(NR, TURNED), a, 0, LA);
        else if (loop == DOTS) DoubleVectorDots.dots(V, kc, b, 0, b, 0, c, 0);
        else if (loop == HIGH_COLUMN) DoubleVectorWideColumn.run(rows, kc, a, 0, LA, space.b, 0, ZEROS, c, 0, NR);
        else if (loop >= STRIP) DoubleVectorWideStrip.run(rows, kc, a, 0, space.b, 0, c, 0, NR);
        else if (loop >= COLUMN) DoubleVectorWideColumn.run(rows, kc, a, 0, LA, space.b, 0, ZEROS, c, 0, NR);
        else if (loop >= FUSED && WIDE) DoubleVectorWideFused.run(rows, kc, a, 0, b, 0, NR, space.b, 0, ZEROS, c, 0, NR);
        else if (loop >= FUSED) DoubleVectorTile.fused(kc, a, 0, b, 0, NR, space.arrayOfB, 0, ZEROS, c, 0, NR);
        else if (loop >= DIRECT && WIDE) DoubleVectorWideDirect.run(rows, kc, a, 0, b, 0, NR, ZEROS, c, 0, NR);
        else if (loop >= DIRECT) DoubleVectorDirect.run(rows, kc, a, 0, b, 0, NR, ZEROS, c, 0, NR);
        else if (WIDE) DoubleVectorWideTile.run(rows, kc, a, 0, space.b, 0, ZEROS, c, 0, NR);
        else DoubleVectorTile.run(rows, kc, a, 0, space.arrayOfB, 0, ZEROS, c, 0, NR);
    }

    private static int height(boolean first, Way way, boolean fuse, int rows) {
        var next = (first ? AT_FIRST : THEN)[fuse ? 2 : way == Way.DIRECT ? 1 : 0];
        return next[Math.min(rows, NEXT.length - 1)];
    }

    private static int heightOfColumn(int la, int rows) {
        return (la == LA ? NEXT_COLUMN_OF_COPIES : NEXT_COLUMN)[Math.min(rows, NEXT_COLUMN.length - 1)];
    }

    private static void packA(Form form, Way way, int m, int kc, double[] a, int ao, int la, double[] w, int wo) {
        if (way == Way.STRIPS) {
            packStrips(m, kc, a, ao, la, w, wo);
            return;
        }
        if (form != Form.TN) {
            DoubleVectorPanels.copy(a, ao, la, m, kc, w, wo, LA);
            return;
        }
        // No more rows are written side by side than the processor foresees.
        for (int i = 0, rows; i < m; i += rows) {
            rows = m - i < 2 * TURNED ? m - i : TURNED;
            DoubleVectorTurn.turn(a, ao + i, la, kc, rows, w, wo + i * LA, LA);
        }
    }

    /// A strip for each tile.
    private static void packStrips(int m, int kc, double[] a, int ao, int la, double[] w, int wo) {
        if (m == STRIPS && ao + (kc - 1) * la + m - MR + SIDE <= a.length) {
            DoubleVectorPanels.copyFourStrips(a, ao, la, kc, MR, w, wo);
            return;
        }
        for (int i = 0, to = wo, rows; i < m; i += rows, to += SIDE * kc) {
            rows = NEXT[Math.min(m - i, NEXT.length - 1)];
            DoubleVectorPanels.copyStrip(a, ao + i, la, kc, rows, w, to);
        }
    }

    /// `C ← C + A·B`, or `A·B` at first, from rows of `A`, `la` apart, and the panels in the space, or from `B` itself; `fresh`
    /// panels that are fused are still to be laid out. `bias` from `from` on is added to finished rows, unless null.
    private static void multiply(boolean first, Way way, boolean fresh, int m, int n, int kc, double[] a, int ao, int la,
            DoubleVectorSpace space, double[] b, int bo, int lb, double[] bias, int from, double[] c, int co, int lc) {
        // where one vector holds the last columns
        int last = WIDE && way != Way.STRIPS && (n - 1) % NR < V ? (n - 1) / NR * NR : n;
        int group = WIDE ? n : NR;
        for (int g = 0; g < last; g += group) {
            int end = Math.min(last, g + group);
            int place = ao; // of rows of A
            for (int i = 0, rows; i < m; i += rows) {
                boolean fuse = way == Way.FUSED && fresh && i == 0;
                rows = height(first, way, fuse, m - i);
                for (int j = g; j < end; j += NR) {
                    tile(first, way, fuse, rows, Math.min(NR, n - j), kc, a, place, la, space, j * (kc + 1),
                        b, bo + j, lb, c, co + i * lc + j, lc);
                }
                place += way == Way.STRIPS ? SIDE * kc : rows * la;
                addRows(bias, from + g, rows, end - g, c, co + i * lc + g, lc);
            }
        }
        if (last < n) {
            column(first, m, n - last, kc, a, ao, la, space, last * (kc + 1), c, co + last, lc);
            addRows(bias, from + last, m, n - last, c, co + last, lc);
        }
    }

    private static void addRows(double[] bias, int from, int rows, int n, double[] c, int co, int lc) {
        if (bias == null) return;
        for (int i = 0; i < rows; i++) DoubleVectorLoops.add(c, co + i * lc, bias, from, c, co + i * lc, n);
    }

    /// One tile, `columns` wide, from the panel at `at`. A narrow one is computed aside, because its other columns do not
    /// exist.
    private static void tile(boolean first, Way way, boolean fuse, int rows, int columns, int kc, double[] a, int ao, int la,
            DoubleVectorSpace space, int at, double[] b, int bo, int lb, double[] c, int co, int lc) {
        long place = at * (long) Double.BYTES;
        boolean whole = columns == NR;
        var s = ZEROS;
        if (!first) DoubleVectorPanels.move(c, co, lc, s = space.aside, 0, NR, rows, columns);
        var y = whole ? c : space.aside;
        int yo = whole ? co : 0;
        int ly = whole ? lc : NR;
        if (fuse && whole) {
            if (WIDE) DoubleVectorWideFused.run(rows, kc, a, ao, b, bo, lb, space.b, place, s, y, yo, ly);
            else DoubleVectorTile.fused(kc, a, ao, b, bo, lb, space.arrayOfB, at, s, y, yo, ly);
        } else if (way == Way.DIRECT && whole) {
            if (WIDE) DoubleVectorWideDirect.run(rows, kc, a, ao, b, bo, lb, s, y, yo, ly);
            else DoubleVectorDirect.run(rows, kc, a, ao, b, bo, lb, s, y, yo, ly);
        } else if (way == Way.STRIPS) {
            DoubleVectorWideStrip.run(rows, kc, a, ao, space.b, place, y, yo, ly);
        } else if (la != LA) {
            DoubleVectorInPlace.run(kc, a, ao, la, space.b, place, y, yo, ly);
        } else {
            if (WIDE) DoubleVectorWideTile.run(rows, kc, a, ao, space.b, place, s, y, yo, ly);
            else DoubleVectorTile.run(rows, kc, a, ao, space.arrayOfB, at, s, y, yo, ly);
        }
        if (!whole) DoubleVectorPanels.move(y, 0, NR, c, co, lc, rows, columns);
    }

    /// The last columns of a product where one vector holds them, computed aside because its other columns do not exist.
    private static void column(boolean first, int m, int columns, int kc, double[] a, int ao, int la,
            DoubleVectorSpace space, int bo, double[] c, int co, int lc) {
        for (int i = 0, rows; i < m; i += rows) {
            rows = heightOfColumn(la, m - i);
            int to = co + i * lc;
            var s = ZEROS;
            if (!first) DoubleVectorPanels.move(c, to, lc, s = space.aside, 0, NR, rows, columns);
            DoubleVectorWideColumn.run(rows, kc, a, ao + i * la, la, space.b, bo * (long) Double.BYTES, s, space.aside, 0, NR);
            DoubleVectorPanels.move(space.aside, 0, NR, c, to, lc, rows, columns);
        }
    }

    /// Panels of a block `(kc, n)` of `B`. Of those that are read directly or fused only the last is laid out here, if it is
    /// narrower than a tile.
    private static void packB(Way way, double[] b, int bo, int lb, int kc, int n, DoubleVectorSpace space) {
        if (way == Way.TURNED) {
            turnPanels(b, bo, lb, kc, n, space);
            return;
        }
        int whole = n / NR * NR;
        if (way == Way.COPIED || way == Way.STRIPS) {
            DoubleVectorPanels.copyPanels(b, bo, lb, kc, whole / NR, space.b, NR * (kc + 1));
        }
        if (whole == n) return;
        int at = whole * (kc + 1);
        DoubleVectorPanels.copyPanel(b, bo + whole, lb, kc, n - whole, space.aside, space.b, at,
            way == Way.STRIPS ? NR : widthOfPanel(n - whole));
    }

    /// Lays out all of `op(B) (k, n)`, which fits a block, as panels for [#byPanels].
    static void panels(Form form, double[] b, int bo, int lb, int k, int n, DoubleVectorSpace space) {
        packB(form == Form.NT ? Way.TURNED : Way.COPIED, b, bo, lb, k, n, space);
    }

    /// `C (m, n) = A (m, k)·op(B)` for at most [#MC] rows, from [#panels].
    static void byPanels(int m, int n, int k, double[] a, int ao, DoubleVectorSpace space, double[] c, int co, int lc) {
        DoubleVectorPanels.copy(a, ao, k, m, k, space.a, 0, LA);
        byPanels(true, m, n, k, space, c, co, lc);
    }

    /// `C ← C + A·B`, or `A·B` at first, from rows and panels that lie in the space from its beginning on.
    static void byPanels(boolean first, int m, int n, int kc, DoubleVectorSpace space, double[] c, int co, int lc) {
        multiply(first, Way.COPIED, false, m, n, kc, space.a, 0, LA, space, null, 0, 0, null, 0, c, co, lc);
    }

    /// Panels of a block of `B` that is stored as `(n, kc)`.
    private static void turnPanels(double[] b, int bo, int lb, int kc, int n, DoubleVectorSpace space) {
        for (int j = 0; j < n; j += NR) {
            int columns = Math.min(NR, n - j);
            long place = j * (kc + 1) * (long) Double.BYTES;
            DoubleVectorTurnedPanel.turn(b, bo + j * lb, lb, columns, kc, space.b, place, widthOfPanel(columns));
        }
    }

    /// Two vectors, or one where a panel of one has loops of its own.
    static int widthOfPanel(int columns) {
        return WIDE && columns <= V ? V : NR;
    }

    /// For every number of rows the height of the first of those tiles that together cost least.
    private static byte[] plan(int[] heights) {
        return best(heights, 1, costs(heights));
    }

    /// The same where the first has one of these heights, and lays out the panel for the others.
    private static byte[] first(int[] fused, int[] others) {
        return best(fused, FUSED_COST, costs(others));
    }

    /// What a step in `k` costs so many rows: a tile a cycle for each row, but at least the four of a multiply-add's latency, and
    /// something for its ends.
    private static double[] costs(int[] heights) {
        var cost = new double[MR * 12];
        for (int rows = 1; rows < cost.length; rows++) {
            cost[rows] = Double.POSITIVE_INFINITY;
            for (int height : heights) {
                if (height <= rows) cost[rows] = Math.min(cost[rows], cost(height) + cost[rows - height]);
            }
        }
        return cost;
    }

    private static double cost(int height) {
        return Math.max(height, 4) + 0.6;
    }

    /// The height that is best for the first tile, which costs `times` as much as others, above rows that cost `rest`.
    private static byte[] best(int[] heights, double times, double[] rest) {
        var next = new byte[rest.length];
        for (int rows = 1; rows < next.length; rows++) {
            double least = Double.POSITIVE_INFINITY;
            for (int height : heights) {
                if (height > rows || times * cost(height) + rest[rows - height] >= least) continue;
                least = times * cost(height) + rest[rows - height];
                next[rows] = (byte) height;
            }
        }
        return next;
    }
}
