// Generated from FloatVectorPanels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of matrices into the order in which the loops of [DoubleVectorMatmul] read them.
final class DoubleVectorPanels {
    private DoubleVectorPanels() {}

    /// The longest row of a block of `A`.
    static final int KC = 1024;
    /// From one row of a block of `A` to the next: a line more than a row, so that rows do not compete for one set of the
    /// cache, and room for a vector.
    static final int LA = KC + 16;
    /// From one step of a strip of `A` to the next: see [DoubleVectorWideStrip].
    static final int SIDE = 16;

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int NR = 2 * V;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// `w[i·lw + j] = x[i·ld + j]` for `i < rows`, `j < n`.
    static void copy(double[] x, int xo, int ld, int rows, int n, double[] w, int wo, int lw) {
        for (int i = 0; i < rows; i++) copyRow(x, xo + i * ld, n, w, wo + i * lw);
    }

    /// The same for rows of one vector to two, of which the second reaches back: no mask, so nothing to depend on what else was
    /// copied before.
    static void copyPairs(double[] x, int xo, int ld, int rows, int n, double[] w, int wo, int lw) {
        int last = n - V;
        for (int i = 0; i < rows; i++) {
            var a = DoubleVector.fromArray(S, x, xo + i * ld);
            var b = DoubleVector.fromArray(S, x, xo + i * ld + last);
            a.intoArray(w, wo + i * lw);
            b.intoArray(w, wo + i * lw + last);
        }
    }

    private static void copyRow(double[] x, int xo, int n, double[] w, int wo) {
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) DoubleVector.fromArray(S, x, xo + j).intoArray(w, wo + j);
        if (j == n) return;
        if (n < V) System.arraycopy(x, xo, w, wo, n);
        else DoubleVector.fromArray(S, x, xo + n - V).intoArray(w, wo + n - V);
    }

    /// Columns `0 … panels·2V − 1` of `x` `(kc, …)` as panels `(kc, 2 V)`, `step` numbers from one to the next; four rows at a
    /// time, read along the rows.
    static void copyPanels(double[] x, int xo, int ld, int kc, int panels, MemorySegment w, int step) {
        int p = 0;
        for (; p + 3 < kc; p += 4) {
            for (int j = 0; j < panels; j++) fourRows(x, xo + p * ld + j * NR, ld, w, (j * step + p * NR) * (long) Double.BYTES);
        }
        for (; p < kc; p++) {
            for (int j = 0; j < panels; j++) oneRow(x, xo + p * ld + j * NR, w, (j * step + p * NR) * (long) Double.BYTES);
        }
    }

    private static void fourRows(double[] x, int xo, int ld, MemorySegment w, long wo) {
        w = DoubleVectorSpace.known(w);
        var a = DoubleVector.fromArray(S, x, xo);
        var b = DoubleVector.fromArray(S, x, xo + V);
        var c = DoubleVector.fromArray(S, x, xo + ld);
        var d = DoubleVector.fromArray(S, x, xo + ld + V);
        var e = DoubleVector.fromArray(S, x, xo + 2 * ld);
        var f = DoubleVector.fromArray(S, x, xo + 2 * ld + V);
        var g = DoubleVector.fromArray(S, x, xo + 3 * ld);
        var h = DoubleVector.fromArray(S, x, xo + 3 * ld + V);
        a.intoMemorySegment(w, wo, ORDER);
        b.intoMemorySegment(w, wo + V * Double.BYTES, ORDER);
        c.intoMemorySegment(w, wo + 2 * V * Double.BYTES, ORDER);
        d.intoMemorySegment(w, wo + 3 * V * Double.BYTES, ORDER);
        e.intoMemorySegment(w, wo + 4 * V * Double.BYTES, ORDER);
        f.intoMemorySegment(w, wo + 5 * V * Double.BYTES, ORDER);
        g.intoMemorySegment(w, wo + 6 * V * Double.BYTES, ORDER);
        h.intoMemorySegment(w, wo + 7 * V * Double.BYTES, ORDER);
    }

    private static void oneRow(double[] x, int xo, MemorySegment w, long wo) {
        w = DoubleVectorSpace.known(w);
        DoubleVector.fromArray(S, x, xo).intoMemorySegment(w, wo, ORDER);
        DoubleVector.fromArray(S, x, xo + V).intoMemorySegment(w, wo + V * Double.BYTES, ORDER);
    }

    /// Four times `columns` of the columns of `x` `(kc, …)` as strips `(kc, SIDE)`, one after the other. Whole vectors are read:
    /// there are so many columns.
    static void copyFourStrips(double[] x, int xo, int ld, int kc, int columns, double[] w, int wo) {
        int step = kc * SIDE;
        for (int p = 0; p < kc; p++) {
            int from = xo + p * ld;
            int to = wo + p * SIDE;
            for (int v = 0; v < SIDE; v += V) {
                DoubleVector.fromArray(S, x, from + v).intoArray(w, to + v);
                DoubleVector.fromArray(S, x, from + columns + v).intoArray(w, to + step + v);
                DoubleVector.fromArray(S, x, from + 2 * columns + v).intoArray(w, to + 2 * step + v);
                DoubleVector.fromArray(S, x, from + 3 * columns + v).intoArray(w, to + 3 * step + v);
            }
        }
    }

    /// Columns `0 … columns − 1` of `x` `(kc, …)` as a strip `(kc, SIDE)`. Whole vectors are read where the array does not end
    /// before them; loads under a mask became objects in some JVMs.
    static void copyStrip(double[] x, int xo, int ld, int kc, int columns, double[] w, int wo) {
        int whole = Math.clamp(Math.floorDiv(x.length - SIDE - xo, ld) + 1, 0, kc);
        for (int p = 0; p < whole; p++) {
            for (int v = 0; v < SIDE; v += V) DoubleVector.fromArray(S, x, xo + p * ld + v).intoArray(w, wo + p * SIDE + v);
        }
        for (int p = whole; p < kc; p++) System.arraycopy(x, xo + p * ld, w, wo + p * SIDE, columns);
    }

    /// Columns `0 … n − 1` of `x` `(kc, …)` as a panel `(kc, width)`, one vector wide or two, with zeros where it is wider. Rows
    /// behind which the array ends too soon go by way of `aside`.
    static void copyPanel(double[] x, int xo, int ld, int kc, int n, double[] aside, MemorySegment w, int wo, int width) {
        int whole = Math.clamp(Math.floorDiv(x.length - width - xo, ld) + 1, 0, kc);
        panel(x, xo, ld, whole, n, w, wo, width);
        // No vectors for these few: one of them became an object in some JVMs.
        for (int p = whole; p < kc; p++) {
            Arrays.fill(aside, 0, width, (double) 0);
            System.arraycopy(x, xo + p * ld, aside, 0, n);
            MemorySegment.copy(aside, 0, w, ValueLayout.JAVA_DOUBLE, (wo + p * width) * (long) Double.BYTES, width);
        }
    }

    private static void panel(double[] x, int xo, int ld, int kc, int n, MemorySegment w, int wo, int width) {
        w = DoubleVectorSpace.known(w);
        double columns = n;
        double more = n - V;
        var numbers = DoubleVector.fromArray(S, DoubleSums.NUMBERS, 0);
        var left = numbers.compare(VectorOperators.LT, columns);
        var right = numbers.compare(VectorOperators.LT, more);
        var zero = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int from = xo + p * ld;
            long to = (wo + p * width) * (long) Double.BYTES;
            zero.blend(DoubleVector.fromArray(S, x, from), left).intoMemorySegment(w, to, ORDER);
            if (width == V) continue;
            zero.blend(DoubleVector.fromArray(S, x, from + V), right).intoMemorySegment(w, to + V * Double.BYTES, ORDER);
        }
    }

    /// Copies `rows` rows of at most two vectors, and nothing beside them. Under a mask only where whole vectors fit the arrays:
    /// else lanes are checked one by one, and in some JVMs that check made objects.
    static void move(double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int columns) {
        if (columns >= V) {
            copyPairs(x, xo, lx, rows, columns, y, yo, ly);
            return;
        }
        int fit = rows;
        while (fit > 0 && (xo + (fit - 1) * lx > x.length - V || yo + (fit - 1) * ly > y.length - V)) fit--;
        var few = S.indexInRange(0, columns);
        for (int i = 0; i < fit; i++) DoubleVector.fromArray(S, x, xo + i * lx, few).intoArray(y, yo + i * ly, few);
        for (int i = fit; i < rows; i++) System.arraycopy(x, xo + i * lx, y, yo + i * ly, columns);
    }
}
