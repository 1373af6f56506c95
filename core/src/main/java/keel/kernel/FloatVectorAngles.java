package keel.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.VectorSpecies;

/// Lengths of [FloatMath], a vector at a time, as [FloatVectorMath] has the other functions.
final class FloatVectorAngles {
    private FloatVectorAngles() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    /// `n` is a multiple of `V`.
    static void hypot(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            var h = v.fma(v, w.mul(w));
            if (!h.compare(GE, FloatMath.HYPOT_FROM).and(h.compare(LE, FloatMath.HYPOT_TO)).allTrue()) {
                FloatCalls.hypot(x, xo + i, z, zo + i, y, yo + i, V);
                continue;
            }
            h.sqrt().intoArray(y, yo + i);
        }
    }
}
