package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a matrix block by block. `DoubleVectorTranspose` is generated from this file.
///
/// Rows of `x` are fetched ahead by the processor, since they are read in order. What is written lies in as many lines of the
/// cache as there are columns, and where the caches do not hold both matrices, there are processors that fetch few lines at a
/// time for stores: then a block of `y` is read before it is written, for loads fetch many. Others lose by that, see [Faster].
final class FloatVectorTranspose {
    private FloatVectorTranspose() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final VectorMask<Float> LAST = VectorMask.fromLong(S, 1L << V - 1);

    /// Bytes of a matrix that the second cache holds together with the other.
    private static final long NEAR = 5 << 18;
    /// Bytes of a matrix from which on it lies in memory more likely than in a cache: rows of a block are longer then.
    private static final long FAR = 1 << 24;
    /// Columns whose lines of `y` the first cache keeps from one stripe of rows to the next.
    private static final int FEW = 256;
    /// To read `y` first, or not to.
    private static final Faster WAY = new Faster();

    /// `y[yo + j·ly + i] = x[xo + i·lx + j]`, `i < m`, `j < n`, both a vector or more.
    static void transpose(int m, int n, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        long bytes = (long) m * n * Float.BYTES;
        if (bytes <= NEAR) {
            int side = n > FEW ? 64 : FEW;
            for (int i = 0, rows; i < m; i += rows) {
                rows = step(m - i, side);
                stripe(false, rows, n, side, x, xo + i * lx, lx, y, yo + i, ly);
            }
            return;
        }
        int side = bytes > FAR ? 256 : 64;
        boolean asks = m >= 4 * side && WAY.asks();
        boolean read = !WAY.other();
        long readNanos = 0, otherNanos = 0;
        int readRows = 0, otherRows = 0;
        for (int i = 0, rows; i < m; i += rows) {
            rows = step(m - i, side);
            if (!asks) {
                stripe(read, rows, n, read ? side : FEW, x, xo + i * lx, lx, y, yo + i, ly);
                continue;
            }
            read = !read;
            long start = System.nanoTime();
            stripe(read, rows, n, read ? side : FEW, x, xo + i * lx, lx, y, yo + i, ly);
            long nanos = System.nanoTime() - start;
            if (read) {
                readNanos += nanos;
                readRows += rows;
            } else {
                otherNanos += nanos;
                otherRows += rows;
            }
        }
        if (asks) WAY.took(readNanos, readRows, otherNanos, otherRows);
    }

    /// How many of `rest` rows or columns are next: `side`, or all if less than a vector would be left for the last block.
    private static int step(int rest, int side) {
        return rest < side + V ? rest : side;
    }

    /// Some rows of `x`, `side` columns at a time.
    private static void stripe(boolean read, int rows, int n, int side, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        for (int j = 0, columns; j < n; j += columns) {
            columns = step(n - j, side);
            if (read) fetch(columns, rows, y, yo + j * ly, ly);
            FloatVectorTurn.turn(x, xo + j, lx, rows, columns, y, yo + j * ly, ly);
        }
    }

    /// Reads rows of `y` that are going to be written, and changes only the first number, lest the compiler leave it out.
    private static void fetch(int rows, int n, float[] y, int yo, int ly) {
        var any = FloatVector.zero(S);
        for (int i = 0; i < rows; i++) {
            int end = yo + i * ly + n - V;
            for (int j = yo + i * ly; j < end; j += V) any = any.blend(FloatVector.fromArray(S, y, j), LAST);
            any = any.blend(FloatVector.fromArray(S, y, end), LAST);
        }
        y[yo] = any.lane(V - 1);
    }
}
