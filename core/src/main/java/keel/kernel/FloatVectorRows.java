package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products whose right-hand rows lie anywhere, with vectors: see [Kernels#matmulRows]. `DoubleVectorRows` is generated from this
/// file.
///
/// Few rows of `A` read those of `B` where they lie. For many, the rows are laid out as the panels of [FloatVectorMatmul], a
/// quarter megabyte at a time: that is all that is ever unfolded of an image.
final class FloatVectorRows {
    private FloatVectorRows() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int NR = FloatVectorMatmul.NR;
    private static final int KC = FloatVectorPanels.KC;
    private static final int LA = FloatVectorPanels.LA;
    private static final int MOST_ROWS = FloatVectorMatmul.MC + FloatVectorMatmul.MR;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /// Rows of `A` for which nothing is copied.
    private static final int FEW = 3;
    /// Numbers in the panels of a block.
    private static final int PANELS = 1 << 16;
    private static final int WIDEST = 2048;

    static void matmulRows(int m, int n, int k, float[] a, int ao, float[] b, int bo, int[] rows, float[] c, int co, int lc) {
        if (m <= FEW || k == 0) {
            for (int i = 0; i < m; i++) row(n, k, a, ao + i * k, b, bo, rows, c, co + i * lc);
            return;
        }
        // A last block of few steps would cost as much as a whole one in reading and writing C: two halves instead.
        int depth = k <= KC || k >= 2 * KC ? Math.min(k, KC) : (k + 1) / 2;
        int width = Math.min((n + NR - 1) / NR * NR, Math.clamp(PANELS / depth / NR * NR, NR, WIDEST));
        boolean once = m <= MOST_ROWS && k == depth; // A is copied once for all columns
        var space = FloatVectorSpace.take(MOST_ROWS * LA, width * (depth + 1));
        for (int j = 0; j < n; j += width) {
            int columns = Math.min(width, n - j);
            for (int p = 0; p < k; p += depth) {
                int kc = Math.min(depth, k - p);
                pack(b, bo + j, rows, p, kc, columns, space.b);
                for (int i = 0, mc; i < m; i += mc) {
                    mc = m - i <= MOST_ROWS ? m - i : FloatVectorMatmul.MC;
                    if (j == 0 || !once) FloatVectorPanels.copy(a, ao + i * k + p, k, mc, kc, space.a, 0, LA);
                    FloatVectorMatmul.multiply(p == 0, FloatVectorMatmul.Way.COPIED, false, mc, columns, kc, space, 0,
                        b, 0, 0, c, co + i * lc + j, lc);
                }
            }
        }
        space.giveBack();
    }

    /// Panels of the first `n` numbers of rows `p0 … p0 + kc − 1`; four rows at a time.
    private static void pack(float[] b, int bo, int[] rows, int p0, int kc, int n, MemorySegment w) {
        int panels = n / NR;
        int step = NR * (kc + 1);
        int p = 0;
        for (; p + 3 < kc; p += 4) {
            int x0 = bo + rows[p0 + p];
            int x1 = bo + rows[p0 + p + 1];
            int x2 = bo + rows[p0 + p + 2];
            int x3 = bo + rows[p0 + p + 3];
            long to = p * (long) NR * Float.BYTES;
            for (int j = 0; j < panels; j++) {
                fourRows(b, x0 + j * NR, x1 + j * NR, x2 + j * NR, x3 + j * NR, w, to + j * (long) step * Float.BYTES);
            }
        }
        for (; p < kc; p++) {
            for (int j = 0; j < panels; j++) {
                oneRow(b, bo + rows[p0 + p] + j * NR, w, (j * (long) step + p * NR) * Float.BYTES);
            }
        }
        if (panels * NR < n) packLast(b, bo + panels * NR, rows, p0, kc, n - panels * NR, w, panels * (long) step * Float.BYTES);
    }

    /// A panel of which only the first `n` columns exist.
    private static void packLast(float[] b, int bo, int[] rows, int p0, int kc, int n, MemorySegment w, long wo) {
        int width = FloatVectorMatmul.widthOfPanel(n);
        var left = S.indexInRange(0, n);
        var right = S.indexInRange(V, n);
        for (int p = 0; p < kc; p++) {
            int x = bo + rows[p0 + p];
            long to = wo + p * (long) width * Float.BYTES;
            FloatVector.fromArray(S, b, x, left).intoMemorySegment(w, to, ORDER);
            if (width > V) FloatVector.fromArray(S, b, x + V, right).intoMemorySegment(w, to + V * Float.BYTES, ORDER);
        }
    }

    private static void fourRows(float[] x, int x0, int x1, int x2, int x3, MemorySegment w, long wo) {
        var a = FloatVector.fromArray(S, x, x0);
        var b = FloatVector.fromArray(S, x, x0 + V);
        var c = FloatVector.fromArray(S, x, x1);
        var d = FloatVector.fromArray(S, x, x1 + V);
        var e = FloatVector.fromArray(S, x, x2);
        var f = FloatVector.fromArray(S, x, x2 + V);
        var g = FloatVector.fromArray(S, x, x3);
        var h = FloatVector.fromArray(S, x, x3 + V);
        a.intoMemorySegment(w, wo, ORDER);
        b.intoMemorySegment(w, wo + V * Float.BYTES, ORDER);
        c.intoMemorySegment(w, wo + 2 * V * Float.BYTES, ORDER);
        d.intoMemorySegment(w, wo + 3 * V * Float.BYTES, ORDER);
        e.intoMemorySegment(w, wo + 4 * V * Float.BYTES, ORDER);
        f.intoMemorySegment(w, wo + 5 * V * Float.BYTES, ORDER);
        g.intoMemorySegment(w, wo + 6 * V * Float.BYTES, ORDER);
        h.intoMemorySegment(w, wo + 7 * V * Float.BYTES, ORDER);
    }

    private static void oneRow(float[] x, int xo, MemorySegment w, long wo) {
        FloatVector.fromArray(S, x, xo).intoMemorySegment(w, wo, ORDER);
        FloatVector.fromArray(S, x, xo + V).intoMemorySegment(w, wo + V * Float.BYTES, ORDER);
    }

    /// `c (n) = a (k)·B`. What is left over of whole steps is a step that reaches back over what is done.
    private static void row(int n, int k, float[] a, int ao, float[] b, int bo, int[] rows, float[] c, int co) {
        int j = 0;
        if (n >= 4 * V) {
            for (; j <= n - 4 * V; j += 4 * V) fourVectors(k, a, ao, b, bo + j, rows, c, co + j);
            if (j < n) fourVectors(k, a, ao, b, bo + n - 4 * V, rows, c, co + n - 4 * V);
            return;
        }
        for (; j <= n - V; j += V) oneVector(k, a, ao, b, bo + j, rows, c, co + j);
        if (j < n && n >= V) oneVector(k, a, ao, b, bo + n - V, rows, c, co + n - V);
        else for (; j < n; j++) c[co + j] = one(k, a, ao, b, bo + j, rows);
    }

    private static void fourVectors(int k, float[] a, int ao, float[] b, int bo, int[] rows, float[] c, int co) {
        var s0 = FloatVector.zero(S);
        var s1 = FloatVector.zero(S);
        var s2 = FloatVector.zero(S);
        var s3 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            var x = FloatVector.broadcast(S, a[ao + p]);
            int i = bo + rows[p];
            s0 = x.fma(FloatVector.fromArray(S, b, i), s0);
            s1 = x.fma(FloatVector.fromArray(S, b, i + V), s1);
            s2 = x.fma(FloatVector.fromArray(S, b, i + 2 * V), s2);
            s3 = x.fma(FloatVector.fromArray(S, b, i + 3 * V), s3);
        }
        s0.intoArray(c, co);
        s1.intoArray(c, co + V);
        s2.intoArray(c, co + 2 * V);
        s3.intoArray(c, co + 3 * V);
    }

    private static void oneVector(int k, float[] a, int ao, float[] b, int bo, int[] rows, float[] c, int co) {
        var s = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            s = FloatVector.broadcast(S, a[ao + p]).fma(FloatVector.fromArray(S, b, bo + rows[p]), s);
        }
        s.intoArray(c, co);
    }

    private static float one(int k, float[] a, int ao, float[] b, int bo, int[] rows) {
        float s = (float) 0;
        for (int p = 0; p < k; p++) s = Math.fma(a[ao + p], b[bo + rows[p]], s);
        return s;
    }
}
