package keel.kernel;

/// Row-wise functions: passes over a row, or over a few short rows, that stay in the first-level cache. Sums in the order of
/// [Kernels]. The output may be the input.
final class FloatRows {
    private FloatRows() {}

    /// Rows shorter than this are exponentiated several at a time.
    private static final int SHORT = 128;
    /// Elements of such a group.
    private static final int GROUP = 1024;
    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[GROUP]);

    /// Softmax of each row. The logarithm keeps its exponentials apart, because they are only summed.
    static void softmax(FloatParts k, boolean log, float[] x, int xo, float[] y, int yo, int rows, int n) {
        int group = n < SHORT ? GROUP / Math.max(n, 1) : 1;
        float[] t = log ? scratch(group * n) : y;
        for (int r = 0; r < rows; r += group) {
            int here = Math.min(group, rows - r);
            int to = log ? 0 : yo + r * n;
            if (group == 1) {
                float max = k.max(x, xo + r * n, n);
                k.exp(max, x, xo + r * n, t, to, n);
                if (log) {
                    k.sub(max, FloatMath.log(k.sum(t, to, n)), x, xo + r * n, y, yo + r * n, n);
                } else {
                    k.div(k.sum(t, to, n), t, to, t, to, n);
                }
            } else {
                shiftByMax(k, x, xo + r * n, y, yo + r * n, here, n);
                k.exp((float) 0.0, y, yo + r * n, t, to, here * n);
                finish(k, log, t, to, y, yo + r * n, here, n);
            }
        }
    }

    private static void shiftByMax(FloatParts k, float[] x, int xo, float[] y, int yo, int rows, int n) {
        for (int r = 0; r < rows; r++) k.sub(k.max(x, xo + r * n, n), (float) 0.0, x, xo + r * n, y, yo + r * n, n);
    }

    private static void finish(FloatParts k, boolean log, float[] t, int to, float[] y, int yo, int rows, int n) {
        for (int r = 0; r < rows; r++) {
            float sum = k.sum(t, to + r * n, n);
            if (log) {
                k.sub(FloatMath.log(sum), (float) 0.0, y, yo + r * n, y, yo + r * n, n);
            } else {
                k.div(sum, t, to + r * n, y, yo + r * n, n);
            }
        }
    }

    /// `dx` of one row.
    static void softmaxGrad(FloatParts k, boolean log, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int n) {
        if (log) {
            float[] t = scratch(n);
            float sum = k.sum(dy, dyo, n);
            k.exp((float) 0.0, y, yo, t, 0, n);
            k.subMul(sum, t, 0, dy, dyo, dx, dxo, n);
        } else {
            k.mulDeviation(k.dot(dy, dyo, y, yo, n), y, yo, dy, dyo, dx, dxo, n);
        }
    }

    private static float[] scratch(int n) {
        float[] t = SCRATCH.get();
        if (t.length < n) {
            t = new float[n];
            SCRATCH.set(t);
        }
        return t;
    }
}
