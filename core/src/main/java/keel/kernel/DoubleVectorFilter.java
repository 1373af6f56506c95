// Generated from FloatVectorFilter.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// One row of sums over windows with vectors: see [Kernels#correlate]. `DoubleVectorFilter` is generated from this file.
///
/// With one row there is nothing to share what is laid out: vectors are read where they lie, eight at a time, since one alone
/// would wait for each of its multiply-adds.
final class DoubleVectorFilter {
    private DoubleVectorFilter() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int AT_ONCE = 8;
    /// Where the vectors begin that are read together, then where their results do: kept, for a call may be one for each channel.
    private static final ThreadLocal<int[]> STARTS = ThreadLocal.withInitial(() -> new int[2 * AT_ONCE]);

    /// `c[co + o] = Σ a[ao + p]·b[bo + (p, o)] + z`, `from ≤ o < to`.
    static void filter(double[] a, int ao, double z, Places at, double[] b, int bo, int from, int to, double[] c, int co) {
        int[] rows = at.rows();
        int[] starts = STARTS.get();
        int count = 0;
        for (int o = from, n; o < to; o += n) {
            n = Math.min(to - o, at.width() - o % at.width());
            int start = bo + at.of(o);
            if (n < V) {
                some(n, a, ao, z, rows, b, start, c, co + o);
                continue;
            }
            for (int j = 0; j < n; j += V) {
                int i = Math.min(j, n - V); // the last one of a line reaches back over what is done
                starts[count] = start + i;
                starts[AT_ONCE + count] = co + o + i;
                if (++count == AT_ONCE) {
                    eight(a, ao, z, rows, b, c, starts);
                    count = 0;
                }
            }
        }
        if (count == 0) return;
        for (int i = count; i < AT_ONCE; i++) { // once more the first
            starts[i] = starts[0];
            starts[AT_ONCE + i] = starts[AT_ONCE];
        }
        eight(a, ao, z, rows, b, c, starts);
    }

    private static void eight(double[] a, int ao, double z, int[] rows, double[] b, double[] c, int[] starts) {
        int k = rows.length;
        int x0 = starts[0];
        int x1 = starts[1];
        int x2 = starts[2];
        int x3 = starts[3];
        int x4 = starts[4];
        int x5 = starts[5];
        int x6 = starts[6];
        int x7 = starts[7];
        var s0 = DoubleVector.zero(S);
        var s1 = DoubleVector.zero(S);
        var s2 = DoubleVector.zero(S);
        var s3 = DoubleVector.zero(S);
        var s4 = DoubleVector.zero(S);
        var s5 = DoubleVector.zero(S);
        var s6 = DoubleVector.zero(S);
        var s7 = DoubleVector.zero(S);
        for (int p = 0; p < k; p++) {
            var w = DoubleVector.broadcast(S, a[ao + p]);
            int row = rows[p];
            s0 = w.fma(DoubleVector.fromArray(S, b, x0 + row), s0);
            s1 = w.fma(DoubleVector.fromArray(S, b, x1 + row), s1);
            s2 = w.fma(DoubleVector.fromArray(S, b, x2 + row), s2);
            s3 = w.fma(DoubleVector.fromArray(S, b, x3 + row), s3);
            s4 = w.fma(DoubleVector.fromArray(S, b, x4 + row), s4);
            s5 = w.fma(DoubleVector.fromArray(S, b, x5 + row), s5);
            s6 = w.fma(DoubleVector.fromArray(S, b, x6 + row), s6);
            s7 = w.fma(DoubleVector.fromArray(S, b, x7 + row), s7);
        }
        s0.add(z).intoArray(c, starts[AT_ONCE]);
        s1.add(z).intoArray(c, starts[AT_ONCE + 1]);
        s2.add(z).intoArray(c, starts[AT_ONCE + 2]);
        s3.add(z).intoArray(c, starts[AT_ONCE + 3]);
        s4.add(z).intoArray(c, starts[AT_ONCE + 4]);
        s5.add(z).intoArray(c, starts[AT_ONCE + 5]);
        s6.add(z).intoArray(c, starts[AT_ONCE + 6]);
        s7.add(z).intoArray(c, starts[AT_ONCE + 7]);
    }

    private static void some(int n, double[] a, int ao, double z, int[] rows, double[] b, int x, double[] c, int y) {
        var first = S.indexInRange(0, n);
        var s = DoubleVector.zero(S);
        for (int p = 0; p < rows.length; p++) {
            s = DoubleVector.broadcast(S, a[ao + p]).fma(DoubleVector.fromArray(S, b, x + rows[p], first), s);
        }
        s.add(z).intoArray(c, y, first);
    }
}
