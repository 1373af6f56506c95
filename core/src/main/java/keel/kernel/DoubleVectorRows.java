// Generated from FloatVectorRows.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// Products whose right-hand rows lie anywhere, with vectors: see [Kernels#matmulRows]. `DoubleVectorRows` is generated from
/// this file.
///
/// Few rows of `A` read those of `B` where they lie. Many get the rows of some columns copied side by side first, into a panel
/// that the second-level cache holds; the copy costs little, because the rows of a convolution overlap and are in the cache
/// already.
final class DoubleVectorRows {
    private DoubleVectorRows() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// Rows of `A` for which nothing is copied.
    private static final int FEW = 3;
    /// Elements of a panel: a quarter megabyte in F32.
    private static final int PANEL = 1 << 16;
    private static final int NARROWEST = 4 * V;
    private static final int WIDEST = 384;
    private static final ThreadLocal<double[]> ROOM = ThreadLocal.withInitial(() -> new double[PANEL]);

    static void matmulRows(int m, int n, int k, double[] a, int ao, double[] b, int bo, int[] rows, double[] c, int co, int lc) {
        if (m <= FEW || k == 0) {
            for (int i = 0; i < m; i++) row(n, k, a, ao + i * k, b, bo, rows, c, co + i * lc);
            return;
        }
        int width = Math.min(n, Math.clamp(PANEL / k / NARROWEST * NARROWEST, NARROWEST, WIDEST));
        var panel = room(k * width);
        for (int j = 0; j < n; j += width) {
            int columns = Math.min(width, n - j);
            for (int p = 0; p < k; p++) System.arraycopy(b, bo + rows[p] + j, panel, p * columns, columns);
            DoubleVectorMatmul.block(Form.NN, m, columns, k, a, ao, k, panel, 0, columns, c, co + j, lc);
        }
    }

    private static double[] room(int size) {
        var room = ROOM.get();
        if (room.length < size) ROOM.set(room = new double[size]);
        return room;
    }

    /// `c (n) = a (k)·B`. What is left over of whole steps is a step that reaches back over what is done.
    private static void row(int n, int k, double[] a, int ao, double[] b, int bo, int[] rows, double[] c, int co) {
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

    private static void fourVectors(int k, double[] a, int ao, double[] b, int bo, int[] rows, double[] c, int co) {
        var s0 = DoubleVector.zero(S);
        var s1 = DoubleVector.zero(S);
        var s2 = DoubleVector.zero(S);
        var s3 = DoubleVector.zero(S);
        for (int p = 0; p < k; p++) {
            var x = DoubleVector.broadcast(S, a[ao + p]);
            int i = bo + rows[p];
            s0 = x.fma(DoubleVector.fromArray(S, b, i), s0);
            s1 = x.fma(DoubleVector.fromArray(S, b, i + V), s1);
            s2 = x.fma(DoubleVector.fromArray(S, b, i + 2 * V), s2);
            s3 = x.fma(DoubleVector.fromArray(S, b, i + 3 * V), s3);
        }
        s0.intoArray(c, co);
        s1.intoArray(c, co + V);
        s2.intoArray(c, co + 2 * V);
        s3.intoArray(c, co + 3 * V);
    }

    private static void oneVector(int k, double[] a, int ao, double[] b, int bo, int[] rows, double[] c, int co) {
        var s = DoubleVector.zero(S);
        for (int p = 0; p < k; p++) s = DoubleVector.broadcast(S, a[ao + p]).fma(DoubleVector.fromArray(S, b, bo + rows[p]), s);
        s.intoArray(c, co);
    }

    private static double one(int k, double[] a, int ao, double[] b, int bo, int[] rows) {
        double s = (double) 0;
        for (int p = 0; p < k; p++) s = Math.fma(a[ao + p], b[bo + rows[p]], s);
        return s;
    }
}
