// Generated from FloatVectorParts.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.VectorSpecies;

/// The loops of [DoubleParts], a vector at a time.
final class DoubleVectorParts extends DoubleParts {
    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    @Override
    double sum(double[] x, int xo, int n) {
        return DoubleVectorSums.sum(x, xo, n);
    }

    @Override
    double dot(double[] x, int xo, double[] z, int zo, int n) {
        return DoubleVectorSums.dot(x, xo, z, zo, n);
    }

    @Override
    double dotDeviation(double a, double[] x, int xo, double[] z, int zo, int n) {
        return DoubleVectorDeviations.dotDeviation(a, x, xo, z, zo, n);
    }

    @Override
    void deviations(double a, double[] x, int xo, int n, double[] s, double[] q, int r) {
        s[r] = DoubleVectorDeviations.deviation(a, x, xo, n);
        q[r] = DoubleVectorDeviations.squaredDeviation(a, x, xo, n);
    }

    @Override
    void sumRows(boolean squares, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleVectorSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    @Override
    double max(double[] x, int xo, int n) {
        return DoubleVectorSums.max(x, xo, n);
    }

    @Override
    double min(double[] x, int xo, int n) {
        return DoubleVectorSums.min(x, xo, n);
    }

    @Override
    void maxInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.max(y, yo, x, xo, y, yo, n);
    }

    @Override
    void minInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.min(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mulInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.mul(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleVectorLoops.mul(x, xo, z, zo, y, yo, n);
    }

    @Override
    void sub(double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(a).sub(b).intoArray(y, yo + i);
        }
        super.sub(a, b, x, xo + i, y, yo + i, n - i);
    }

    @Override
    void div(double a, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).div(a).intoArray(y, yo + i);
        }
        super.div(a, x, xo + i, y, yo + i, n - i);
    }

    @Override
    void subMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, -a).fma(fromArray(S, x, xo + i), fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        super.subMul(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    @Override
    void mulDeviation(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(fromArray(S, z, zo + i).sub(a)).intoArray(y, yo + i);
        }
        super.mulDeviation(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    @Override
    void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, double[] y, int yo, int n) {
        if (w != null && b != null) {
            normalizeScaled(mean, rstd, x, xo, w, b, y, yo, n);
        } else if (w == null && b == null) {
            normalizeOnly(mean, rstd, x, xo, y, yo, n);
        } else {
            super.normalize(mean, rstd, x, xo, w, b, y, yo, n);
        }
    }

    private static void normalizeScaled(double mean, double rstd, double[] x, int xo, double[] w, double[] b, double[] y, int yo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).fma(fromArray(S, w, i), fromArray(S, b, i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) y[yo + i] = Math.fma((x[xo + i] - mean) * rstd, w[i], b[i]);
    }

    private static void normalizeOnly(double mean, double rstd, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) fromArray(S, x, xo + i).sub(mean).mul(rstd).intoArray(y, yo + i);
        for (; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd;
    }

    @Override
    void project(double a, double c, double mean, double rstd, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var g = fromArray(S, y, yo + i).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(y, yo + i);
        }
        super.project(a, c, mean, rstd, x, xo + i, y, yo + i, n - i);
    }
}
