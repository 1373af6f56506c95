// Generated from FloatLong.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// The simplest loops over arrays too long for the first cache, all indexed alike, which C2 then vectorizes by itself. Unlike the
/// loops on the Vector API, these begin one number at a time until the results are whole vectors aligned: no store straddles two
/// lines of the cache. That pays in the second cache, and costs too much where all is in the first; beyond both it does not
/// matter for one operand, and two are faster the other way. They have no other caller: loops whose profile says that they are
/// short are not vectorized.
final class DoubleLong {
    private DoubleLong() {}

    private static final int FIRST = (1 << 15) / Double.BYTES;
    private static final int SECOND = (1 << 19) / Double.BYTES;

    /// Whether so many results of one operand are worth it.
    static boolean one(int n) {
        return n >= FIRST;
    }

    /// Whether so many results of two operands are worth it.
    static boolean two(int n) {
        return n >= FIRST && n <= SECOND;
    }

    static void neg(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = -x[i];
    }

    static void abs(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = Math.abs(x[i]);
    }

    static void square(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * x[i];
    }

    static void relu(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = Math.max(x[i], 0);
    }

    static void add(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] + a;
    }

    static void mul(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * a;
    }

    static void add(double[] x, double[] z, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] + z[i];
    }

    static void sub(double[] x, double[] z, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] - z[i];
    }

    static void mul(double[] x, double[] z, double[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * z[i];
    }
}
