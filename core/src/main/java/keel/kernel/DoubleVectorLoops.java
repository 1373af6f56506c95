// Generated from FloatVectorLoops.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Elementwise loops that choose between lanes; C2 does not vectorize these by itself. The rest of the last vector goes the plain way.
final class DoubleVectorLoops {
    private DoubleVectorLoops() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    static void relu(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(0.0, v.compare(LE, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.relu(x, xo + i, y, yo + i, n - i);
    }

    static void sign(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(1.0, v.compare(GT, 0.0)).blend(-1.0, v.compare(LT, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.sign(x, xo + i, y, yo + i, n - i);
    }

    static void leakyRelu(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(a).blend(v, v.compare(GT, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.leakyRelu(a, x, xo + i, y, yo + i, n - i);
    }

    static void leakyReluGrad(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var w = fromArray(S, z, zo + i);
            w.mul(a).blend(w, fromArray(S, x, xo + i).compare(GT, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.leakyReluGrad(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void eq(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(EQ, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.eq(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void ne(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(NE, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.ne(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void lt(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(LT, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.lt(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void le(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(LE, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.le(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void where(boolean[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var m = VectorMask.fromArray(S, c, co + i);
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), m).intoArray(y, yo + i);
        }
        DoubleLoops.where(c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }
}
