package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums over windows with vectors: see [Kernels#correlate]. `DoubleVectorCorrelation` is generated from this file.
///
/// Windows are mostly read where they lie ([FloatVectorWindowTile]; for few rows [FloatVectorFilter]). Long chains over a single
/// line, or where tiles are low, go strip by strip, as wide as a tile of [FloatVectorMatmul]: what the outputs of a strip read is
/// laid out as one panel, and all rows of `A` use it while the cache holds it. That is all that is ever unfolded of an image.
/// Strips run on over the ends of lines, so that no lane computes what is no output, and `C` is written where it stays.
final class FloatVectorCorrelation {
    private FloatVectorCorrelation() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int NR = FloatVectorMatmul.NR;
    private static final int KC = FloatVectorPanels.KC;
    private static final int LA = FloatVectorPanels.LA;
    private static final int MOST_ROWS = FloatVectorMatmul.MC + FloatVectorMatmul.MR;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /// Rows of `A` for which nothing is laid out.
    private static final int FEW = 3;
    /// Numbers in the panels that are laid out at a time where all lines are one, if one panel has no more.
    private static final int PANELS = 1 << 14;
    /// Results to which the bias is added at a time, long after they were written: who reads at once what straddles two cache
    /// lines waits until both have come from memory.
    private static final int LATER = 1 << 14;

    static void correlate(int m, float[] a, int ao, float[] z, int zo, Places at, int images, float[] b, int bo, int bs,
            int from, int to, float[] c, int co, int cs, int lc) {
        int k = at.rows().length;
        if (m <= FEW || k == 0) {
            for (int q = 0; q < images; q++) {
                for (int i = 0; i < m; i++) {
                    FloatVectorFilter.filter(a, ao + i * k, z == null ? (float) -0.0 : z[zo + i], at, b, bo + q * bs, from, to,
                        c, co + q * cs + i * lc);
                }
            }
            return;
        }
        if (FloatVectorWindowTile.fits(m, at, from, to)) {
            FloatVectorWindowTile.correlate(m, a, ao, z, zo, at, images, b, bo, bs, from, to, c, co, cs, lc);
            return;
        }
        // A last block of few steps would cost as much as a whole one in reading and writing C: two halves instead.
        int depth = k <= KC || k >= 2 * KC ? Math.min(k, KC) : (k + 1) / 2;
        // One line is read in long runs, and written so.
        int width = at.lines().length > 1 ? NR : Math.max(NR, Math.min(PANELS / depth, to - from + NR - 1) / NR * NR);
        int[] each = at.width() < V ? each(at, to) : null;
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (int row : at.rows()) {
            lowest = Math.min(lowest, row);
            highest = Math.max(highest, row);
        }
        var space = FloatVectorSpace.take(Math.min(m, MOST_ROWS) * LA, width * (depth + 1));
        for (int p = 0; p < k; p += depth) {
            int kc = Math.min(depth, k - p);
            for (int i = 0, mc; i < m; i += mc) {
                mc = m - i <= MOST_ROWS ? m - i : FloatVectorMatmul.MC;
                FloatVectorPanels.copy(a, ao + i * k + p, k, mc, kc, space.a, 0, LA);
                for (int q = 0; q < images; q++) {
                    int x = bo + q * bs;
                    int added = from;
                    for (int o = from; o < to; o += width) {
                        int n = Math.min(width, to - o);
                        for (int j = 0; j < n; j += NR) {
                            int columns = Math.min(NR, n - j);
                            int w = j * (kc + 1);
                            boolean whole = each == null && columns == NR
                                    && packWhole(b, x, at, lowest, highest, p, kc, o + j, space.b, w);
                            if (!whole) pack(b, x, at, each, p, kc, o + j, columns, space.b, w);
                        }
                        int y = co + q * cs + i * lc + o;
                        FloatVectorMatmul.byPanels(p == 0, mc, n, kc, space, c, y, lc);
                        if (z == null || p + kc < k || o + n < to && mc * (o + n - added) < LATER) continue;
                        add(z, zo + i, mc, c, co + q * cs + i * lc + added, lc, o + n - added);
                        added = o + n;
                    }
                }
            }
        }
        space.giveBack();
    }

    /// `c[i, j] += z[i]`, `i < m`, `j < n`.
    private static void add(float[] z, int zo, int m, float[] c, int co, int lc, int n) {
        for (int i = 0; i < m; i++) FloatVectorLoops.add(z[zo + i], c, co + i * lc, c, co + i * lc, n);
    }

    /// What each output reads, where lines are shorter than a vector; the last one again for those of its vector beyond it.
    private static int[] each(Places at, int to) {
        var y = new int[to + NR];
        for (int o = 0; o < y.length; o++) y[o] = at.of(Math.min(o, to - 1));
        return y;
    }

    /// The panel of outputs `o … o + 2V − 1`, if whole vectors may be read for it: returns whether. Where a line ends within a
    /// vector, the lanes after it are those of one that begins as much before the next line.
    private static boolean packWhole(float[] b, int bo, Places at, int lowest, int highest, int p, int kc, int o, MemorySegment w,
            int wo) {
        int width = at.width();
        int left = width - o % width;
        int right = width - (o + V) % width;
        int x = bo + at.of(o);
        int y = bo + at.of(o + V);
        int next = left < V ? bo + at.lines()[o / width + 1] - left : x;
        int last = right < V ? bo + at.lines()[(o + V) / width + 1] - right : y;
        int first = Math.min(Math.min(x, next), Math.min(y, last)) + lowest;
        if (first < 0 || Math.max(Math.max(x, next), Math.max(y, last)) + highest + V > b.length) return false;
        if (left >= NR) {
            copyPair(b, x, at.rows(), p, kc, w, wo);
        } else {
            // Of the two at most one crosses where lines have 28 pixels: only that one is read twice.
            if (left < V) blend(b, x, next, left, at.rows(), p, kc, w, wo);
            else copy(b, x, at.rows(), p, kc, w, wo, NR);
            if (right < V) blend(b, y, last, right, at.rows(), p, kc, w, wo + V);
            else copy(b, y, at.rows(), p, kc, w, wo + V, NR);
        }
        return true;
    }

    private static void blend(float[] b, int x, int next, int left, int[] rows, int p, int kc, MemorySegment w, int wo) {
        w = FloatVectorSpace.known(w);
        var first = S.indexInRange(0, left);
        for (int q = 0; q < kc; q++) {
            int row = rows[p + q];
            FloatVector.fromArray(S, b, next + row).blend(FloatVector.fromArray(S, b, x + row), first)
                .intoMemorySegment(w, (wo + q * NR) * (long) Float.BYTES, ORDER);
        }
    }

    /// The panel of outputs `o … o + n − 1` for rows `p … p + kc − 1`.
    private static void pack(float[] b, int bo, Places at, int[] each, int p, int kc, int o, int n, MemorySegment w,
            int wo) {
        int[] rows = at.rows();
        int width = FloatVectorMatmul.widthOfPanel(n);
        if (each != null) {
            gather(b, bo, rows, p, kc, each, o, w, wo, width);
            if (width > V) gather(b, bo, rows, p, kc, each, Math.min(o + V, each.length - V), w, wo + V, width);
        } else {
            pack(b, bo, at, p, kc, o, n, w, wo, width);
            if (width > V) pack(b, bo, at, p, kc, o + V, n - V, w, wo + V, width);
        }
    }

    /// One vector of the panel; of its outputs, the first `n`, one line may end.
    private static void pack(float[] b, int bo, Places at, int p, int kc, int o, int n, MemorySegment w, int wo, int width) {
        if (n <= 0) {
            clear(kc, w, wo, width);
            return;
        }
        int line = o / at.width();
        int left = (line + 1) * at.width() - o;
        int from = bo + at.of(o);
        if (n >= V && left >= V) {
            copy(b, from, at.rows(), p, kc, w, wo, width);
        } else if (left >= n) {
            copySome(b, from, n, at.rows(), p, kc, w, wo, width);
        } else {
            copyAcross(b, from, left, bo + at.lines()[line + 1] - left, n, at.rows(), p, kc, w, wo, width);
        }
    }

    private static void copyPair(float[] b, int from, int[] rows, int p, int kc, MemorySegment w, int wo) {
        w = FloatVectorSpace.known(w);
        for (int q = 0; q < kc; q++) {
            int x = from + rows[p + q];
            long to = (wo + q * NR) * (long) Float.BYTES;
            FloatVector.fromArray(S, b, x).intoMemorySegment(w, to, ORDER);
            FloatVector.fromArray(S, b, x + V).intoMemorySegment(w, to + V * Float.BYTES, ORDER);
        }
    }

    private static void copy(float[] b, int from, int[] rows, int p, int kc, MemorySegment w, int wo, int width) {
        w = FloatVectorSpace.known(w);
        for (int q = 0; q < kc; q++) {
            FloatVector.fromArray(S, b, from + rows[p + q]).intoMemorySegment(w, (wo + q * width) * (long) Float.BYTES, ORDER);
        }
    }

    private static void copySome(float[] b, int from, int n, int[] rows, int p, int kc, MemorySegment w, int wo, int width) {
        w = FloatVectorSpace.known(w);
        var some = S.indexInRange(0, n);
        for (int q = 0; q < kc; q++) {
            FloatVector.fromArray(S, b, from + rows[p + q], some)
                .intoMemorySegment(w, (wo + q * width) * (long) Float.BYTES, ORDER);
        }
    }

    private static void copyAcross(float[] b, int from, int left, int next, int n, int[] rows, int p, int kc, MemorySegment w,
            int wo, int width) {
        w = FloatVectorSpace.known(w);
        var first = S.indexInRange(0, left);
        var second = S.indexInRange(0, n).andNot(first);
        for (int q = 0; q < kc; q++) {
            int x = rows[p + q];
            FloatVector.fromArray(S, b, from + x, first).blend(FloatVector.fromArray(S, b, next + x, second), second)
                .intoMemorySegment(w, (wo + q * width) * (long) Float.BYTES, ORDER);
        }
    }

    private static void gather(float[] b, int bo, int[] rows, int p, int kc, int[] each, int o, MemorySegment w, int wo,
            int width) {
        w = FloatVectorSpace.known(w);
        for (int q = 0; q < kc; q++) {
            FloatVector.fromArray(S, b, bo + rows[p + q], each, o)
                .intoMemorySegment(w, (wo + q * width) * (long) Float.BYTES, ORDER);
        }
    }

    private static void clear(int kc, MemorySegment w, int wo, int width) {
        w = FloatVectorSpace.known(w);
        for (int q = 0; q < kc; q++) {
            FloatVector.zero(S).intoMemorySegment(w, (wo + q * width) * (long) Float.BYTES, ORDER);
        }
    }
}
