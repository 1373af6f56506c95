package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Transposes a matrix block by block. `DoubleVectorTranspose` is generated from this file.
///
/// Rows of `x` are fetched ahead by the processor, since they are read in order. What is written lies in as many lines of the
/// cache as there are columns, and stores fetch few lines at a time: so where the caches do not hold both matrices, a block of
/// `y` is read before it is written, for loads fetch many.
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

    /// `y[yo + j·ly + i] = x[xo + i·lx + j]`, `i < m`, `j < n`, both a vector or more.
    static void transpose(int m, int n, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        long bytes = (long) m * n * Float.BYTES;
        boolean away = bytes > NEAR;
        int side = bytes > FAR ? 256 : away || n > FEW ? 64 : FEW;
        for (int i = 0, rows; i < m; i += rows) {
            rows = m - i < side + V ? m - i : side; // a vector at least is left for the last block
            for (int j = 0, columns; j < n; j += columns) {
                columns = n - j < side + V ? n - j : side;
                int to = yo + j * ly + i;
                if (away) fetch(columns, rows, y, to, ly);
                FloatVectorTurn.turn(x, xo + i * lx + j, lx, rows, columns, y, to, ly);
            }
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
