package keel.kernel;

/// The simplest loops over arrays too long for the first cache, all indexed alike, which C2 then vectorizes by itself. Unlike the
/// loops on the Vector API, these begin one number at a time until the results are whole vectors aligned: no store straddles two
/// lines of the cache. That pays in the second cache, and costs too much where all is in the first; beyond both it does not
/// matter for one operand, and two are faster the other way. They have no other caller: loops whose profile says that they are
/// short are not vectorized.
final class FloatLong {
    private FloatLong() {}

    private static final int FIRST = (1 << 15) / Float.BYTES;
    private static final int SECOND = (1 << 19) / Float.BYTES;

    /// Whether so many results of one operand are worth it.
    static boolean one(int n) {
        return n >= FIRST;
    }

    /// Whether so many results of two operands are worth it.
    static boolean two(int n) {
        return n >= FIRST && n <= SECOND;
    }

    static void neg(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = -x[i];
    }

    static void abs(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = Math.abs(x[i]);
    }

    static void square(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * x[i];
    }

    static void relu(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = Math.max(x[i], 0);
    }

    static void add(float a, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] + a;
    }

    static void mul(float a, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * a;
    }

    static void add(float[] x, float[] z, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] + z[i];
    }

    static void sub(float[] x, float[] z, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] - z[i];
    }

    static void mul(float[] x, float[] z, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * z[i];
    }
}
