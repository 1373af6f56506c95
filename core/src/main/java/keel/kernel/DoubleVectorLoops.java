// Generated from FloatVectorLoops.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.DoubleLoops.SIXTH;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [DoubleLoops] without a function in them, a vector at a time; the rest of the last vector goes the plain way.
/// C2 would vectorize many of them by itself only where all arrays are indexed alike.
final class DoubleVectorLoops {
    private DoubleVectorLoops() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    static void neg(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).neg().intoArray(y, yo + i);
        }
        DoubleLoops.neg(x, xo + i, y, yo + i, n - i);
    }

    static void abs(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).abs().intoArray(y, yo + i);
        }
        DoubleLoops.abs(x, xo + i, y, yo + i, n - i);
    }

    static void sqrt(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sqrt().intoArray(y, yo + i);
        }
        DoubleLoops.sqrt(x, xo + i, y, yo + i, n - i);
    }

    static void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, 1.0).div(fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
        }
        DoubleLoops.rsqrt(x, xo + i, y, yo + i, n - i);
    }

    static void square(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(v).intoArray(y, yo + i);
        }
        DoubleLoops.square(x, xo + i, y, yo + i, n - i);
    }

    static void sign(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(1.0, v.compare(GT, 0.0)).blend(-1.0, v.compare(LT, 0.0))
                .blend(0.0, v.compare(NE, v)).intoArray(y, yo + i); // NaN differs from itself
        }
        DoubleLoops.sign(x, xo + i, y, yo + i, n - i);
    }

    static void relu(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(0.0, v.compare(LE, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.relu(x, xo + i, y, yo + i, n - i);
    }

    static void leakyRelu(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.mul(a).blend(v, v.compare(GT, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.leakyRelu(a, x, xo + i, y, yo + i, n - i);
    }

    static void add(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).add(a).intoArray(y, yo + i);
        }
        DoubleLoops.add(a, x, xo + i, y, yo + i, n - i);
    }

    static void mul(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(a).intoArray(y, yo + i);
        }
        DoubleLoops.mul(a, x, xo + i, y, yo + i, n - i);
    }

    static void rsub(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, a).sub(fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.rsub(a, x, xo + i, y, yo + i, n - i);
    }

    static void rdiv(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, a).div(fromArray(S, x, xo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.rdiv(a, x, xo + i, y, yo + i, n - i);
    }

    static void max(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MAX, broadcast(S, a)).intoArray(y, yo + i);
        }
        DoubleLoops.max(a, x, xo + i, y, yo + i, n - i);
    }

    static void min(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MIN, broadcast(S, a)).intoArray(y, yo + i);
        }
        DoubleLoops.min(a, x, xo + i, y, yo + i, n - i);
    }

    /// One comparison and a blend for either end, where that does what [Math#max] and [Math#min] do with zeros and NaN.
    static void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
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
        DoubleLoops.clamp(low, high, x, xo + i, y, yo + i, n - i);
    }

    /// Not where an end is NaN, `low` −0 or `high` +0.
    private static boolean clampsByComparison(double low, double high) {
        return low == low && high == high && (low != 0 || 1 / low > 0) && (high != 0 || 1 / high < 0);
    }

    static void within(double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var in = v.compare(GE, low).and(v.compare(LE, high));
            broadcast(S, 0.0).blend(fromArray(S, z, zo + i), in).intoArray(y, yo + i);
        }
        DoubleLoops.within(low, high, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void inside(double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).blend(0.0, v.compare(LE, low)).blend(0.0, v.compare(GE, high))
                .intoArray(y, yo + i);
        }
        DoubleLoops.inside(low, high, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void hardSigmoid(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i).add(3.0);
            v = v.blend(0.0, v.compare(LE, 0.0)).blend(6.0, v.compare(GE, 6.0));
            v.mul(SIXTH).intoArray(y, yo + i);
        }
        DoubleLoops.hardSigmoid(x, xo + i, y, yo + i, n - i);
    }

    static void hardSwish(double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            v.blend(v.mul(v.add(3.0)).mul(SIXTH), v.compare(LT, 3.0))
                .blend(0.0, v.compare(LE, -3.0)).intoArray(y, yo + i);
        }
        DoubleLoops.hardSwish(x, xo + i, y, yo + i, n - i);
    }

    static void hardSigmoidGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(SIXTH).blend(0.0, v.compare(LE, -3.0))
                .blend(0.0, v.compare(GE, 3.0)).intoArray(y, yo + i);
        }
        DoubleLoops.hardSigmoidGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void hardSwishGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            var w = fromArray(S, z, zo + i);
            w.blend(w.mul(v.fma(broadcast(S, 2 * SIXTH), broadcast(S, 0.5))), v.compare(LT, 3.0))
                .blend(0.0, v.compare(LE, -3.0)).intoArray(y, yo + i);
        }
        DoubleLoops.hardSwishGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void eq(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(EQ, a)).intoArray(y, yo + i);
        }
        DoubleLoops.eq(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void lt(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(LT, a)).intoArray(y, yo + i);
        }
        DoubleLoops.lt(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void le(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(LE, a)).intoArray(y, yo + i);
        }
        DoubleLoops.le(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void gt(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(GT, a)).intoArray(y, yo + i);
        }
        DoubleLoops.gt(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void ge(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(fromArray(S, x, xo + i), fromArray(S, c, co + i).compare(GE, a)).intoArray(y, yo + i);
        }
        DoubleLoops.ge(a, c, co + i, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).fma(broadcast(S, a), fromArray(S, y, yo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.axpy(a, x, xo + i, y, yo + i, n - i);
    }

    static void add(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).add(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.add(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void sub(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.sub(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.mul(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void div(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        byDivider(x, xo, z, zo, y, yo, n);
    }

    static void byDivider(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(DIV, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.div(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void min(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MIN, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.min(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void max(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).lanewise(MAX, fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        DoubleLoops.max(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void tanhGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(v.neg().fma(v, broadcast(S, 1.0))).intoArray(y, yo + i);
        }
        DoubleLoops.tanhGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void sigmoidGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var v = fromArray(S, x, xo + i);
            fromArray(S, z, zo + i).mul(v.mul(broadcast(S, 1.0).sub(v))).intoArray(y, yo + i);
        }
        DoubleLoops.sigmoidGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    static void reluGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, z, zo + i).blend(0.0, fromArray(S, x, xo + i).compare(LE, 0.0)).intoArray(y, yo + i);
        }
        DoubleLoops.reluGrad(x, xo + i, z, zo + i, y, yo + i, n - i);
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
