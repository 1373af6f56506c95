package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.VectorSpecies;

/// Interpolation of doubles, see [FloatVectorLerp].
final class DoubleVectorLerp {
    private DoubleVectorLerp() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    static void lerp(double[] x, int xo, double[] z, int zo, double[] w, int wo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var a = fromArray(S, x, xo + i);
            var b = fromArray(S, z, zo + i);
            var c = fromArray(S, w, wo + i);
            var d = b.sub(a);
            var far = c.abs().compare(LT, 0.5).not();
            a.blend(b, far).add(c.blend(c.sub(1), far).mul(d)).intoArray(y, yo + i);
        }
        DoubleLoops.lerp(x, xo + i, z, zo + i, w, wo + i, y, yo + i, n - i);
    }

    static void near(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var a = fromArray(S, x, xo + i);
            a.add(fromArray(S, z, zo + i).sub(a).mul(w)).intoArray(y, yo + i);
        }
        DoubleLoops.near(w, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void far(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var b = fromArray(S, z, zo + i);
            b.sub(b.sub(fromArray(S, x, xo + i)).mul(1 - w)).intoArray(y, yo + i);
        }
        DoubleLoops.far(w, x, xo + i, z, zo + i, y, yo + i, n - i);
    }
}
