package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatLoops.SIXTH;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [FloatLoops] without a function in them, a vector at a time; the rest of the last vector goes the plain way.
/// C2 would vectorize many of them by itself only where all arrays are indexed alike.
final class FloatVectorLoops {
    private FloatVectorLoops() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    static void neg(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).neg().intoArray(y, yo + i);
        }
        FloatLoops.neg(x, xo + i, y, yo + i, n - i);
    }

    static void abs(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).abs().intoArray(y, yo + i);
        }
        FloatLoops.abs(x, xo + i, y, yo + i, n - i);
    }

    static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
        // only float: not all by the divider
        if (FloatVectorRoots.some(n)) {
            FloatVectorRoots.sqrt(x, xo, y, yo, n);
            return;
        }
        // end
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sqrt().intoArray(y, yo + i);
        }
        FloatLoops.sqrt(x, xo + i, y, yo + i, n - i);
    }

    static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
        // only float: not all by the divider
        if (FloatVectorRoots.someReciprocals(n)) {
            FloatVectorRoots.rsqrt(x, xo, y, yo, n);
            return;
        }
        // end
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, (float) 1.0).div(fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
        }
        FloatLoops.rsqrt(x, xo + i, y, yo + i, n - i);
    }

    static void square(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(v).intoArray(y, yo + i);
        }
        FloatLoops.square(x, xo + i, y, yo + i, n - i);
    }

    static void sign(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend((float) 1.0, v.compare(GT, (float) 0.0)).blend((float) -1.0, v.compare(LT, (float) 0.0))
                .blend((float) 0.0, v.compare(NE, v)).intoArray(y, yo + i); // NaN differs from itself
        }
        FloatLoops.sign(x, xo + i, y, yo + i, n - i);
    }

    static void relu(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend((float) 0.0, v.compare(LE, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.relu(x, xo + i, y, yo + i, n - i);
    }

    static void leakyRelu(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(a).blend(v, v.compare(GT, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.leakyRelu(a, x, xo + i, y, yo + i, n - i);
    }

    static void add(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).add(a).intoArray(y, yo + i);
        }
        FloatLoops.add(a, x, xo + i, y, yo + i, n - i);
    }

    static void mul(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(a).intoArray(y, yo + i);
        }
        FloatLoops.mul(a, x, xo + i, y, yo + i, n - i);
    }

    static void rsub(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, a).sub(fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        FloatLoops.rsub(a, x, xo + i, y, yo + i, n - i);
    }

    static void rdiv(float a, float[] x, int xo, float[] y, int yo, int n) {
        // only float: not all by the divider
        if (a == 1 && FloatVectorQuotients.someReciprocals(n)) {
            FloatVectorQuotients.reciprocal(x, xo, y, yo, n);
            return;
        }
        // end
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, a).div(fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        FloatLoops.rdiv(a, x, xo + i, y, yo + i, n - i);
    }

    static void max(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MAX, broadcast(S, a)).intoArray(y, yo + i);
        }
        FloatLoops.max(a, x, xo + i, y, yo + i, n - i);
    }

    static void min(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MIN, broadcast(S, a)).intoArray(y, yo + i);
        }
        FloatLoops.min(a, x, xo + i, y, yo + i, n - i);
    }

    /// One comparison and a blend for either end, where that does what [Math#max] and [Math#min] do with zeros and NaN.
    static void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
        if (!clampsByComparison(low, high)) {
            max(low, x, xo, y, yo, n);
            min(high, y, yo, y, yo, n);
            return;
        }
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v = v.blend(low, v.compare(LE, low));
            v.blend(high, v.compare(GE, high)).intoArray(y, yo + i);
        }
        FloatLoops.clamp(low, high, x, xo + i, y, yo + i, n - i);
    }

    /// Not where an end is NaN, `low` −0 or `high` +0.
    private static boolean clampsByComparison(float low, float high) {
        return low == low && high == high && (low != 0 || 1 / low > 0) && (high != 0 || 1 / high < 0);
    }

    static void within(float low, float high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var in = v.compare(GE, low).and(v.compare(LE, high));
            broadcast(S, (float) 0.0).blend(fromArray(S, z, zo + i), in).intoArray(y, yo + i);
        }
        FloatLoops.within(low, high, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void inside(float low, float high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).blend((float) 0.0, v.compare(LE, low)).blend((float) 0.0, v.compare(GE, high))
                .intoArray(y, yo + i);
        }
        FloatLoops.inside(low, high, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void hardSigmoid(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i).add((float) 3.0);
            v = v.blend((float) 0.0, v.compare(LE, (float) 0.0)).blend((float) 6.0, v.compare(GE, (float) 6.0));
            v.mul(SIXTH).intoArray(y, yo + i);
        }
        FloatLoops.hardSigmoid(x, xo + i, y, yo + i, n - i);
    }

    static void hardSwish(float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(v.mul(v.add((float) 3.0)).mul(SIXTH), v.compare(LT, (float) 3.0))
                .blend((float) 0.0, v.compare(LE, (float) -3.0)).intoArray(y, yo + i);
        }
        FloatLoops.hardSwish(x, xo + i, y, yo + i, n - i);
    }

    static void hardSigmoidGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(SIXTH).blend((float) 0.0, v.compare(LE, (float) -3.0))
                .blend((float) 0.0, v.compare(GE, (float) 3.0)).intoArray(y, yo + i);
        }
        FloatLoops.hardSigmoidGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void hardSwishGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            w.blend(w.mul(v.fma(broadcast(S, 2 * SIXTH), broadcast(S, (float) 0.5))), v.compare(LT, (float) 3.0))
                .blend((float) 0.0, v.compare(LE, (float) -3.0)).intoArray(y, yo + i);
        }
        FloatLoops.hardSwishGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void eq(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(EQ, a)).intoArray(y, yo + i);
        }
        FloatLoops.eq(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void lt(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(LT, a)).intoArray(y, yo + i);
        }
        FloatLoops.lt(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void le(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(LE, a)).intoArray(y, yo + i);
        }
        FloatLoops.le(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void gt(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(GT, a)).intoArray(y, yo + i);
        }
        FloatLoops.gt(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void ge(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(GE, a)).intoArray(y, yo + i);
        }
        FloatLoops.ge(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).fma(broadcast(S, a), fromArray(S, y, yo + i)).intoArray(y, yo + i);
        }
        FloatLoops.axpy(a, x, xo + i, y, yo + i, n - i);
    }

    static void add(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).add(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.add(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void sub(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.sub(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void mul(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.mul(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void div(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        // only float: not all by the divider
        if (FloatVectorQuotients.some(n)) {
            FloatVectorQuotients.div(x, xo, z, zo, y, yo, n);
            return;
        }
        // end
        byDivider(x, xo, z, zo, y, yo, n);
    }

    static void byDivider(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(DIV, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.div(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void min(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MIN, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.min(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void max(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MAX, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        FloatLoops.max(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void tanhGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(v.neg().fma(v, broadcast(S, (float) 1.0))).intoArray(y, yo + i);
        }
        FloatLoops.tanhGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void sigmoidGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(v.mul(broadcast(S, (float) 1.0).sub(v))).intoArray(y, yo + i);
        }
        FloatLoops.sigmoidGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void reluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend((float) 0.0, fromArray(S, x, xo + i).compare(LE, (float) 0.0)).intoArray(y, yo + i);
        }
        FloatLoops.reluGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
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
