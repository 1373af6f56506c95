package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.VectorSpecies;

/// The loops of [FloatParts], a vector at a time.
final class FloatVectorParts extends FloatParts {
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    @Override
    float sum(float[] x, int xo, int n) {
        return FloatVectorSums.sum(x, xo, n);
    }

    @Override
    float dot(float[] x, int xo, float[] z, int zo, int n) {
        return FloatVectorSums.dot(x, xo, z, zo, n);
    }

    @Override
    float dotDeviation(float a, float[] x, int xo, float[] z, int zo, int n) {
        return FloatVectorDeviations.dotDeviation(a, x, xo, z, zo, n);
    }

    @Override
    void deviations(float a, float[] x, int xo, int n, float[] s, float[] q, int r) {
        s[r] = FloatVectorDeviations.deviation(a, x, xo, n);
        q[r] = FloatVectorDeviations.squaredDeviation(a, x, xo, n);
    }

    @Override
    void sumRows(boolean squares, float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        FloatVectorSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    @Override
    float max(float[] x, int xo, int n) {
        return FloatVectorSums.max(x, xo, n);
    }

    @Override
    float min(float[] x, int xo, int n) {
        return FloatVectorSums.min(x, xo, n);
    }

    @Override
    void maxInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.max(y, yo, x, xo, y, yo, n);
    }

    @Override
    void minInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.min(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mulInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.mul(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mul(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatVectorLoops.mul(x, xo, z, zo, y, yo, n);
    }

    // only float: functions
    @Override
    void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorMath.expAll(a, x, xo, y, yo, n);
    }
    // end

    @Override
    void sub(float a, float b, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(a).sub(b).intoArray(y, yo + i);
        }
        super.sub(a, b, x, xo + i, y, yo + i, n - i);
    }

    @Override
    void div(float a, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).div(a).intoArray(y, yo + i);
        }
        super.div(a, x, xo + i, y, yo + i, n - i);
    }

    @Override
    void subMul(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            broadcast(S, -a).fma(fromArray(S, x, xo + i), fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        super.subMul(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    @Override
    void mulDeviation(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).mul(fromArray(S, z, zo + i).sub(a)).intoArray(y, yo + i);
        }
        super.mulDeviation(a, x, xo + i, z, zo + i, y, yo + i, n - i);
    }

    @Override
    void normalize(float mean, float rstd, float[] x, int xo, float[] w, float[] b, float[] y, int yo, int n) {
        if (w != null && b != null) {
            normalizeScaled(mean, rstd, x, xo, w, b, y, yo, n);
        } else if (w == null && b == null) {
            normalizeOnly(mean, rstd, x, xo, y, yo, n);
        } else {
            super.normalize(mean, rstd, x, xo, w, b, y, yo, n);
        }
    }

    private static void normalizeScaled(float mean, float rstd, float[] x, int xo, float[] w, float[] b, float[] y, int yo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).fma(fromArray(S, w, i), fromArray(S, b, i)).intoArray(y, yo + i);
        }
        for (; i < n; i++) y[yo + i] = Math.fma((x[xo + i] - mean) * rstd, w[i], b[i]);
    }

    private static void normalizeOnly(float mean, float rstd, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) fromArray(S, x, xo + i).sub(mean).mul(rstd).intoArray(y, yo + i);
        for (; i < n; i++) y[yo + i] = (x[xo + i] - mean) * rstd;
    }

    @Override
    void project(float a, float c, float mean, float rstd, float[] x, int xo, float[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var g = fromArray(S, y, yo + i).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(y, yo + i);
        }
        super.project(a, c, mean, rstd, x, xo + i, y, yo + i, n - i);
    }
}
