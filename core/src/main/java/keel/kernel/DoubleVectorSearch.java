// Generated from FloatVectorSearch.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Where the extremes are, with vectors: see [Kernels#argExtreme]. `DoubleVectorSearch` is generated from this file.
final class DoubleVectorSearch {
    private DoubleVectorSearch() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// As many indices as a vector has numbers.
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(V * Integer.SIZE));
    /// Elements of which only the extreme is found at first: few enough to be searched once more, enough to find it fast.
    private static final int BLOCK = 4096;

    /// Of blocks only the extreme; the first block that has it is then searched for its place. −0 is as large as +0 here, and as
    /// the first NaN wins, so does the first block with one.
    static int argExtreme(boolean largest, double[] x, int xo, int n) {
        double best = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        int from = 0;
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            double v = largest ? DoubleVectorExtremes.max(x, xo + i, size) : DoubleVectorExtremes.min(x, xo + i, size);
            if (v != v) return i + firstNaN(x, xo + i, size);
            if (largest ? v > best : v < best) {
                best = v;
                from = i;
            }
        }
        return from + first(best, x, xo + from, n - from);
    }

    /// The first element that equals `v`; there is one.
    private static int first(double v, double[] x, int xo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var found = DoubleVector.fromArray(S, x, xo + i).compare(EQ, v);
            if (found.anyTrue()) return i + found.firstTrue();
        }
        while (x[xo + i] != v) i++;
        return i;
    }

    private static int firstNaN(double[] x, int xo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = DoubleVector.fromArray(S, x, xo + i);
            var found = v.compare(NE, v);
            if (found.anyTrue()) return i + found.firstTrue();
        }
        while (x[xo + i] == x[xo + i]) i++;
        return i;
    }

    /// Of each column of `x (n, inner)`, `inner ≥ V`: two vectors of columns at a time. Those beyond the last column reach back
    /// over what is found already.
    static void argExtremes(boolean largest, double[] x, int xo, int n, int inner, int[] y, int yo) {
        double sign = largest ? 1 : -1; // the smallest has the largest negative
        int last = inner - V;
        for (int j = 0; j < inner; j += 2 * V) {
            pair(sign, x, xo, n, inner, Math.min(j, last), Math.min(j + V, last), y, yo);
        }
    }

    private static void pair(double sign, double[] x, int xo, int n, int inner, int j0, int j1, int[] y, int yo) {
        var a = DoubleVector.fromArray(S, x, xo + j0).mul(sign);
        var b = DoubleVector.fromArray(S, x, xo + j1).mul(sign);
        var at = IntVector.zero(I);
        var bt = IntVector.zero(I);
        for (int i = 1; i < n; i++) {
            var v = DoubleVector.fromArray(S, x, xo + i * inner + j0).mul(sign);
            var takesA = v.compare(GT, a).or(v.compare(NE, v).and(a.compare(EQ, a)));
            a = a.blend(v, takesA);
            at = at.blend(i, takesA.cast(I));
            var w = DoubleVector.fromArray(S, x, xo + i * inner + j1).mul(sign);
            var takesB = w.compare(GT, b).or(w.compare(NE, w).and(b.compare(EQ, b)));
            b = b.blend(w, takesB);
            bt = bt.blend(i, takesB.cast(I));
        }
        at.intoArray(y, yo + j0);
        bt.intoArray(y, yo + j1);
    }
}
