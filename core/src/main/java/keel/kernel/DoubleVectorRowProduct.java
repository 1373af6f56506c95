// Generated from FloatVectorRowProduct.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The product of a single row and a matrix, with vectors whose lanes are outputs.
final class DoubleVectorRowProduct {
    private DoubleVectorRowProduct() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    /// Columns worth two vectors more.
    private static final int WORTH_ENDS = 128;
    /// Numbers of `B` that stay in the first-level cache.
    private static final int LITTLE_OF_B = 1 << 13;

    /// `c (n) = a (k)·B (k, n)`: reads `B` once, in the order it lies, eight links of every chain per pass over `c`.
    static void combine(int n, int k, double[] a, int ao, double[] b, int bo, int lb, double[] c, int co) {
        Arrays.fill(c, co, co + n, (double) 0);
        // In the first-level cache, and behind the second, lines that are read twice cost little.
        boolean aligned = n >= WORTH_ENDS && lb % V == 0 && k > LITTLE_OF_B / n && VectorStart.KNOWN;
        int first = aligned ? Math.floorMod(VectorStart.first(V, Double.BYTES) - bo, V) : 0;
        int p = 0;
        for (; p + 7 < k; p += 8) {
            if (first == 0) eightSteps(n, a, ao + p, b, bo + p * lb, lb, c, co);
            else eightAligned(n, first, a, ao + p, b, bo + p * lb, lb, c, co);
        }
        for (; p < k; p++) oneStep(n, a[ao + p], b, bo + p * lb, c, co);
    }

    private static void eightSteps(int n, double[] a, int ao, double[] b, int bo, int lb, double[] c, int co) {
        var x0 = DoubleVector.broadcast(S, a[ao]);
        var x1 = DoubleVector.broadcast(S, a[ao + 1]);
        var x2 = DoubleVector.broadcast(S, a[ao + 2]);
        var x3 = DoubleVector.broadcast(S, a[ao + 3]);
        var x4 = DoubleVector.broadcast(S, a[ao + 4]);
        var x5 = DoubleVector.broadcast(S, a[ao + 5]);
        var x6 = DoubleVector.broadcast(S, a[ao + 6]);
        var x7 = DoubleVector.broadcast(S, a[ao + 7]);
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) {
            var y = DoubleVector.fromArray(S, c, co + j);
            y = x0.fma(DoubleVector.fromArray(S, b, bo + j), y);
            y = x1.fma(DoubleVector.fromArray(S, b, bo + lb + j), y);
            y = x2.fma(DoubleVector.fromArray(S, b, bo + 2 * lb + j), y);
            y = x3.fma(DoubleVector.fromArray(S, b, bo + 3 * lb + j), y);
            y = x4.fma(DoubleVector.fromArray(S, b, bo + 4 * lb + j), y);
            y = x5.fma(DoubleVector.fromArray(S, b, bo + 5 * lb + j), y);
            y = x6.fma(DoubleVector.fromArray(S, b, bo + 6 * lb + j), y);
            y = x7.fma(DoubleVector.fromArray(S, b, bo + 7 * lb + j), y);
            y.intoArray(c, co + j);
        }
        for (; j < n; j++) {
            double y = c[co + j];
            for (int q = 0; q < 8; q++) y = Math.fma(a[ao + q], b[bo + q * lb + j], y);
            c[co + j] = y;
        }
    }

    /// The same where vectors of `B` begin at a line in column `first`. The first vector and the last lie across: they begin with
    /// what was there before, and are written last, over what others computed too, to the same bits.
    private static void eightAligned(int n, int first, double[] a, int ao, double[] b, int bo, int lb, double[] c, int co) {
        var x0 = DoubleVector.broadcast(S, a[ao]);
        var x1 = DoubleVector.broadcast(S, a[ao + 1]);
        var x2 = DoubleVector.broadcast(S, a[ao + 2]);
        var x3 = DoubleVector.broadcast(S, a[ao + 3]);
        var x4 = DoubleVector.broadcast(S, a[ao + 4]);
        var x5 = DoubleVector.broadcast(S, a[ao + 5]);
        var x6 = DoubleVector.broadcast(S, a[ao + 6]);
        var x7 = DoubleVector.broadcast(S, a[ao + 7]);
        int last = n - V;
        var head = DoubleVector.fromArray(S, c, co);
        var tail = DoubleVector.fromArray(S, c, co + last);
        head = x0.fma(DoubleVector.fromArray(S, b, bo), head);
        head = x1.fma(DoubleVector.fromArray(S, b, bo + lb), head);
        head = x2.fma(DoubleVector.fromArray(S, b, bo + 2 * lb), head);
        head = x3.fma(DoubleVector.fromArray(S, b, bo + 3 * lb), head);
        head = x4.fma(DoubleVector.fromArray(S, b, bo + 4 * lb), head);
        head = x5.fma(DoubleVector.fromArray(S, b, bo + 5 * lb), head);
        head = x6.fma(DoubleVector.fromArray(S, b, bo + 6 * lb), head);
        head = x7.fma(DoubleVector.fromArray(S, b, bo + 7 * lb), head);
        for (int j = first; j <= last; j += V) {
            var y = DoubleVector.fromArray(S, c, co + j);
            y = x0.fma(DoubleVector.fromArray(S, b, bo + j), y);
            y = x1.fma(DoubleVector.fromArray(S, b, bo + lb + j), y);
            y = x2.fma(DoubleVector.fromArray(S, b, bo + 2 * lb + j), y);
            y = x3.fma(DoubleVector.fromArray(S, b, bo + 3 * lb + j), y);
            y = x4.fma(DoubleVector.fromArray(S, b, bo + 4 * lb + j), y);
            y = x5.fma(DoubleVector.fromArray(S, b, bo + 5 * lb + j), y);
            y = x6.fma(DoubleVector.fromArray(S, b, bo + 6 * lb + j), y);
            y = x7.fma(DoubleVector.fromArray(S, b, bo + 7 * lb + j), y);
            y.intoArray(c, co + j);
        }
        tail = x0.fma(DoubleVector.fromArray(S, b, bo + last), tail);
        tail = x1.fma(DoubleVector.fromArray(S, b, bo + lb + last), tail);
        tail = x2.fma(DoubleVector.fromArray(S, b, bo + 2 * lb + last), tail);
        tail = x3.fma(DoubleVector.fromArray(S, b, bo + 3 * lb + last), tail);
        tail = x4.fma(DoubleVector.fromArray(S, b, bo + 4 * lb + last), tail);
        tail = x5.fma(DoubleVector.fromArray(S, b, bo + 5 * lb + last), tail);
        tail = x6.fma(DoubleVector.fromArray(S, b, bo + 6 * lb + last), tail);
        tail = x7.fma(DoubleVector.fromArray(S, b, bo + 7 * lb + last), tail);
        head.intoArray(c, co);
        tail.intoArray(c, co + last);
    }

    private static void oneStep(int n, double a, double[] b, int bo, double[] c, int co) {
        var x = DoubleVector.broadcast(S, a);
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) {
            x.fma(DoubleVector.fromArray(S, b, bo + j), DoubleVector.fromArray(S, c, co + j)).intoArray(c, co + j);
        }
        for (; j < n; j++) c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
    }
}
