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
    void deviations(double a, double[] x, int xo, int n, double[] s, int at) {
        DoubleVectorDeviations.deviations(a, x, xo, n, s, at);
    }

    @Override
    void slopes(double a, double[] x, int xo, double[] dy, int dyo, int n, double[] s, int at) {
        DoubleVectorDeviations.slopes(a, x, xo, dy, dyo, n, s, at);
    }

    @Override
    void slopes(double a, double[] x, int xo, double[] w, int wo, double[] dy, int dyo, int n, double[] s, int at) {
        DoubleVectorDeviations.slopes(a, x, xo, w, wo, dy, dyo, n, s, at);
    }

    @Override
    void columnDeviations(double[] a, int ao, double[] x, int xo, int rows, int stride, double[] s, int so, int width) {
        DoubleVectorColumns.deviations(a, ao, x, xo, rows, stride, s, so, width);
    }

    @Override
    void columnSlopes(double[] a, int ao, double[] x, int xo, double[] dy, int dyo, int rows, int stride, double[] s, int so,
            int width) {
        DoubleVectorColumns.slopes(a, ao, x, xo, dy, dyo, rows, stride, s, so, width);
    }

    @Override
    void columnSlopesOfRows(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] dy, int dyo, int rows,
            int stride, double[] s, int so, int width) {
        DoubleVectorColumns.slopesOfRows(mean, rstd, ro, step, x, xo, dy, dyo, rows, stride, s, so, width);
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
    void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, int wo, double[] y, int yo, int n) {
        int done = w == null ? 0 : b == null ? weighted(mean, rstd, x, xo, w, wo, y, yo, n)
            : affine(mean, rstd, x, xo, w, b, wo, y, yo, n);
        super.normalize(mean, rstd, x, xo + done, w, b, wo + done, y, yo + done, n - done);
    }

    private static int affine(double mean, double rstd, double[] x, int xo, double[] w, double[] b, int wo, double[] y, int yo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).fma(fromArray(S, w, wo + i), fromArray(S, b, wo + i))
                .intoArray(y, yo + i);
        }
        return i;
    }

    private static int weighted(double mean, double rstd, double[] x, int xo, double[] w, int wo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).mul(fromArray(S, w, wo + i)).intoArray(y, yo + i);
        }
        return i;
    }

    @Override
    void scale(double mean, double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(mean).fma(broadcast(S, a), broadcast(S, b)).intoArray(y, yo + i);
        }
        super.scale(mean, a, b, x, xo + i, y, yo + i, n - i);
    }

    @Override
    void tilt(double mean, double rstd, double w, double a, double c, double[] x, int xo, double[] dy, int dyo, double[] dx, int dxo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var g = fromArray(S, dy, dyo + i).mul(w).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(dx, dxo + i);
        }
        super.tilt(mean, rstd, w, a, c, x, xo + i, dy, dyo + i, dx, dxo + i, n - i);
    }

    @Override
    void tilt(double mean, double rstd, double a, double c, double[] x, int xo, double[] w, int wo, double[] dy, int dyo,
            double[] dx, int dxo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var g = fromArray(S, dy, dyo + i).mul(fromArray(S, w, wo + i)).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(dx, dxo + i);
        }
        super.tilt(mean, rstd, a, c, x, xo + i, w, wo + i, dy, dyo + i, dx, dxo + i, n - i);
    }

    @Override
    void scaleColumns(double[] x, int xo, double[] mean, int mo, double[] a, int ao, double[] b, int bo, double[] y, int yo,
            int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            fromArray(S, x, xo + i).sub(fromArray(S, mean, mo + i)).fma(fromArray(S, a, ao + i), fromArray(S, b, bo + i))
                .intoArray(y, yo + i);
        }
        super.scaleColumns(x, xo + i, mean, mo + i, a, ao + i, b, bo + i, y, yo + i, n - i);
    }

    @Override
    void tiltColumns(double[] mean, double[] rstd, int mo, double[] f, int step, double[] x, int xo, double[] dy, int dyo,
            double[] dx, int dxo, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) {
            var g = fromArray(S, dy, dyo + i).mul(fromArray(S, f, i)).sub(fromArray(S, f, step + i));
            fromArray(S, mean, mo + i).sub(fromArray(S, x, xo + i)).fma(fromArray(S, f, 2 * step + i), g)
                .mul(fromArray(S, rstd, mo + i)).intoArray(dx, dxo + i);
        }
        for (; i < n; i++) {
            double g = dy[dyo + i] * f[i] - f[step + i];
            dx[dxo + i] = rstd[mo + i] * Math.fma(mean[mo + i] - x[xo + i], f[2 * step + i], g);
        }
    }
}
