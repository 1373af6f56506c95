package keel.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// Interpolation, and third powers: a few operations in double, rounded once.
final class FloatVectorLerp {
    private FloatVectorLerp() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    /// As many floats as a vector holds doubles.
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int H = S.length() / 2;
    /// What is worked on is the low half of a whole vector. Vectors of half the length would be a second class of them, and tiles
    /// that were compiled afterwards made objects of theirs.
    private static final VectorMask<Float> LOW = S.indexInRange(0, H);

    static void lerp(float[] x, int xo, float[] z, int zo, float[] w, int wo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var b = (DoubleVector) fromArray(S, z, zo + i).castShape(D, 0);
            var c = (DoubleVector) fromArray(S, w, wo + i).castShape(D, 0);
            var d = b.sub(a);
            // a + c·d, or b − d·(1 − c)
            var far = c.abs().compare(LT, 0.5).not();
            ((FloatVector) a.blend(b, far).add(c.blend(c.sub(1), far).mul(d)).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.lerp(x, xo + i, z, zo + i, w, wo + i, y, yo + i, n - i);
    }

    static void near(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var b = (DoubleVector) fromArray(S, z, zo + i).castShape(D, 0);
            ((FloatVector) a.add(b.sub(a).mul(w)).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.near(w, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void far(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var a = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            var b = (DoubleVector) fromArray(S, z, zo + i).castShape(D, 0);
            ((FloatVector) b.sub(b.sub(a).mul(1 - w)).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.far(w, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void cube(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - 2 * H; i += H) {
            var v = (DoubleVector) fromArray(S, x, xo + i).castShape(D, 0);
            ((FloatVector) v.mul(v).mul(v).castShape(S, 0)).intoArray(y, yo + i, LOW);
        }
        FloatLoops.cube(x, xo + i, y, yo + i, n - i);
    }
}
