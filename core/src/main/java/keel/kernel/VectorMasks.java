package keel.kernel;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Counts of true elements, the numbers of [Counts]: a vector of bytes holds as many booleans.
final class VectorMasks {
    private VectorMasks() {}

    private static final VectorSpecies<Byte> S = VectorSpecies.of(byte.class, VectorShape.forBitSize(VectorWidth.BITS));
    private static final int V = S.length();
    /// Rows whose counts fit a byte.
    private static final int MOST = 127;

    /// How many of `n` are true.
    static int count(boolean[] x, int xo, int n) {
        int count = 0;
        int i = 0;
        for (; i <= n - V; i += V) count += VectorMask.fromArray(S, x, xo + i).trueCount();
        return count + Counts.count(x, xo + i, n - i);
    }

    /// `y[yo + j] +=` how many of column `j` are true. The last vector of columns reaches back over what others count too.
    static void countColumns(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        if (inner < V) {
            Counts.countColumns(x, xo, n, inner, y, yo);
            return;
        }
        byte[] counts = new byte[inner];
        for (int from = 0; from < n; from += MOST) {
            int rows = Math.min(MOST, n - from);
            for (int j = 0; j < inner; j += V) column(x, xo + from * inner, rows, inner, Math.min(j, inner - V), counts);
            for (int j = 0; j < inner; j++) y[yo + j] += counts[j];
        }
    }

    private static void column(boolean[] x, int xo, int rows, int inner, int j, byte[] counts) {
        var a = ByteVector.zero(S);
        for (int i = 0; i < rows; i++) {
            a = a.blend(a.add((byte) 1), VectorMask.fromArray(S, x, xo + i * inner + j));
        }
        a.intoArray(counts, j);
    }
}
