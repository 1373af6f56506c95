package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products with windows, as the gradient of a convolution's weight needs them: see [Kernels#windowProducts].
/// `DoubleVectorWindowProducts` is generated from this file.
///
/// Windows are unfolded straight into the rows of `A` that the tiles of [FloatVectorMatmul] read, as many as stay in the
/// second-level cache; `D` is turned into panels once for all of them.
final class FloatVectorWindowProducts {
    private FloatVectorWindowProducts() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int NR = FloatVectorMatmul.NR;
    private static final int KC = FloatVectorPanels.KC;
    private static final int LA = FloatVectorPanels.LA;
    private static final int MOST_ROWS = Math.min(FloatVectorMatmul.MC + FloatVectorMatmul.MR, Kernels.WINDOW_ROWS);

    /// Numbers that are copied row by row: by columns, rows would be read that compete for one set of the cache.
    private static final int LONG = 8 * V;

    static void products(int m, float[] d, int xo, int ld, Places at, float[] b, int bo, int from, int to, float[] c, int co,
            float[] work) {
        int n = to - from;
        int k = at.rows().length;
        if (n > KC) throw new IllegalArgumentException("windowProducts: " + n + " outputs at a time; give " + KC + " or fewer");
        if (k == 0 || m == 0) return;
        int parts = (k - 1) / MOST_ROWS + 1;
        int most = (k - 1) / parts + 1;
        var space = FloatVectorSpace.take(most * LA, (m - 1) / NR * NR * (n + 1) + NR * (n + 1));
        for (int j = 0; j < m; j += NR) {
            int columns = Math.min(NR, m - j);
            FloatVectorTurnedPanel.turn(d, xo + j * ld + from, ld, columns, n, space.b, j * (n + 1) * (long) Float.BYTES,
                FloatVectorMatmul.widthOfPanel(columns));
        }
        for (int p = 0; p < k; p += most) {
            int rows = Math.min(most, k - p);
            unfold(b, bo, at, p, rows, from, to, space.a, LA);
            FloatVectorMatmul.byPanels(true, rows, m, n, space, work, 0, m);
            FloatVectorLoops.add(c, co + p * m, work, 0, c, co + p * m, rows * m);
        }
        space.giveBack();
    }

    /// What outputs `from … to − 1` read in rows `p … p + rows − 1`, to rows `ly` apart. Whole vectors are written, so that what
    /// follows a row is lost.
    static void unfold(float[] b, int bo, Places at, int p, int rows, int from, int to, float[] y, int ly) {
        int last = 0;
        for (int i = 0; i < rows; i++) last = Math.max(last, at.rows()[p + i]);
        for (int o = from, n; o < to; o += n) {
            n = Math.min(to - o, at.width() - o % at.width());
            int x = bo + at.of(o);
            if (n >= LONG) {
                copy(n, b, x, at.rows(), p, rows, y, o - from, ly);
                continue;
            }
            int j = 0;
            for (; j <= n - V; j += V) column(b, x + j, at.rows(), p, rows, y, o - from + j, ly);
            if (j == n) continue;
            // The last vector of a line reaches into the next, unless the array ends there.
            if (x + j + last + V <= b.length) column(b, x + j, at.rows(), p, rows, y, o - from + j, ly);
            else copy(n - j, b, x + j, at.rows(), p, rows, y, o - from + j, ly);
        }
    }

    // Eight rows at a time, and so too long to be inlined: as part of a larger method these vectors became objects in some JVMs.
    private static void column(float[] b, int bo, int[] at, int p, int rows, float[] y, int yo, int ly) {
        int i = 0;
        for (; i + 7 < rows; i += 8) {
            var v0 = FloatVector.fromArray(S, b, bo + at[p + i]);
            var v1 = FloatVector.fromArray(S, b, bo + at[p + i + 1]);
            var v2 = FloatVector.fromArray(S, b, bo + at[p + i + 2]);
            var v3 = FloatVector.fromArray(S, b, bo + at[p + i + 3]);
            var v4 = FloatVector.fromArray(S, b, bo + at[p + i + 4]);
            var v5 = FloatVector.fromArray(S, b, bo + at[p + i + 5]);
            var v6 = FloatVector.fromArray(S, b, bo + at[p + i + 6]);
            var v7 = FloatVector.fromArray(S, b, bo + at[p + i + 7]);
            v0.intoArray(y, yo + i * ly);
            v1.intoArray(y, yo + (i + 1) * ly);
            v2.intoArray(y, yo + (i + 2) * ly);
            v3.intoArray(y, yo + (i + 3) * ly);
            v4.intoArray(y, yo + (i + 4) * ly);
            v5.intoArray(y, yo + (i + 5) * ly);
            v6.intoArray(y, yo + (i + 6) * ly);
            v7.intoArray(y, yo + (i + 7) * ly);
        }
        for (; i < rows; i++) FloatVector.fromArray(S, b, bo + at[p + i]).intoArray(y, yo + i * ly);
    }

    private static void copy(int n, float[] b, int bo, int[] at, int p, int rows, float[] y, int yo, int ly) {
        for (int i = 0; i < rows; i++) System.arraycopy(b, bo + at[p + i], y, yo + i * ly, n);
    }
}
