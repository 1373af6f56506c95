package keel.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Elementwise loops that choose between lanes; C2 does not vectorize these by itself. The rest of the last vector goes the plain way.
final class FloatVectorLoops {
    private FloatVectorLoops() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    static void relu(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend((float) 0.0, v.compare(LE, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.relu(x, xo + i, y, yo + i, n - i);
    }

    static void sign(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend((float) 1.0, v.compare(GT, (float) 0.0)).blend((float) -1.0, v.compare(LT, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.sign(x, xo + i, y, yo + i, n - i);
    }

    static void leakyRelu(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(a).blend(v, v.compare(GT, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.leakyRelu(a, x, xo + i, y, yo + i, n - i);
    }

    static void leakyReluGrad(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var w = fromArray(S, z, zo + i);
            w.mul(a).blend(w, fromArray(S, x, xo + i).compare(GT, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.leakyReluGrad(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void eq(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(EQ, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.eq(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void ne(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(NE, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.ne(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void lt(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(LT, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.lt(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void le(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).compare(LE, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.le(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void where(boolean[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var m = VectorMask.fromArray(S, c, co + i);
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), m).intoArray(y, yo + i);
        }
        FloatLoops.where(c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }
}
