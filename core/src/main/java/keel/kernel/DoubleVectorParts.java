// Generated from FloatVectorParts.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import java.util.Arrays;
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
    void dots(double[] x, int xo, double[] z, int zo, int rows, int n, double[] s, int at) {
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            double[] t = DoubleNorms.sums();
            for (; i <= rows - 8; i += 8) {
                DoubleVectorFour.dots(x, xo + i * n, z, zo + i * n, n, n, t, DoubleNorms.EIGHT);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[DoubleNorms.EIGHT + j];
            }
        }
        if (i < rows) super.dots(x, xo + i * n, z, zo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void squares(double[] x, int xo, int rows, int n, double[] s, int at) {
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            double[] t = DoubleNorms.sums();
            for (; i <= rows - 8; i += 8) {
                DoubleVectorFour.squares(x, xo + i * n, n, n, t, DoubleNorms.EIGHT);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[DoubleNorms.EIGHT + j];
            }
        }
        if (i < rows) super.squares(x, xo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void sums(double[] x, int xo, int rows, int n, double[] s, int at) {
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            double[] t = DoubleNorms.sums();
            for (; i <= rows - 8; i += 8) {
                DoubleVectorFour.sums(x, xo + i * n, n, n, t, 0);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[j];
            }
        }
        if (i < rows) super.sums(x, xo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void deviations(double[] a, int ao, int da, double[] x, int xo, int step, int lines, int n, double[] s, int at) {
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= lines - 4; i += 4) {
            DoubleVectorFour.deviations(a, ao + i * da, da, x, xo + i * step, step, n, s, at + 2 * i);
        }
        for (; i < lines; i++) DoubleVectorDeviations.deviations(a[ao + i * da], x, xo + i * step, n, s, at + 2 * i);
    }

    @Override
    void slopes(double[] a, int ao, int da, double[] x, int xo, double[] dy, int dyo, int step, int lines, int n, double[] s,
            int at) {
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= lines - 4; i += 4) {
            DoubleVectorFour.slopes(a, ao + i * da, da, x, xo + i * step, dy, dyo + i * step, step, n, s, at + 2 * i);
        }
        for (; i < lines; i++) {
            DoubleVectorDeviations.slopes(a[ao + i * da], x, xo + i * step, dy, dyo + i * step, n, s, at + 2 * i);
        }
    }

    @Override
    void slopes(double[] a, int ao, double[] x, int xo, double[] w, int wo, double[] dy, int dyo, int n, int rows, double[] s,
            int at) {
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= rows - 4; i += 4) {
            DoubleVectorFour.weighted(a, ao + i, x, xo + i * n, w, wo, dy, dyo + i * n, n, s, at + 2 * i);
        }
        for (; i < rows; i++) {
            DoubleVectorDeviations.slopes(a[ao + i], x, xo + i * n, w, wo, dy, dyo + i * n, n, s, at + 2 * i);
        }
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
    double prod(double[] x, int xo, int n) {
        return DoubleVectorSums.prod(x, xo, n);
    }

    @Override
    double max(double[] x, int xo, int n) {
        return DoubleVectorExtremes.max(x, xo, n);
    }

    @Override
    double largest(double[] x, int xo, int n) {
        return DoubleVectorExtremes.largest(x, xo, n);
    }

    @Override
    double min(double[] x, int xo, int n) {
        return DoubleVectorExtremes.min(x, xo, n);
    }

    @Override
    void extremes(boolean largest, double[] x, int xo, int rows, int n, double[] y, int yo) {
        if (rows < 8 || !DoubleVectorExtremes.fit(n)) {
            super.extremes(largest, x, xo, rows, n, y, yo);
            return;
        }
        double[] t = DoubleNorms.sums();
        double sign = largest ? 1 : -1;
        for (int i = 0; i < rows; i += 8) {
            int at = Math.min(i, rows - 8);
            if (DoubleVectorFour.extremes(sign, x, xo + at * n, n, t, 0)) System.arraycopy(t, 0, y, yo + at, 8);
            else super.extremes(largest, x, xo + at * n, 8, n, y, yo + at);
        }
    }

    @Override
    void maxRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        if (DoubleVectorExtremes.ofRows(1.0, x, xo, rows, inner, y, yo, width)) return;
        Arrays.fill(y, yo, yo + width, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) DoubleVectorLoops.max(y, yo, x, xo + i * inner, y, yo, width);
    }

    @Override
    void minRows(double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        if (DoubleVectorExtremes.ofRows(-1.0, x, xo, rows, inner, y, yo, width)) return;
        Arrays.fill(y, yo, yo + width, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) DoubleVectorLoops.min(y, yo, x, xo + i * inner, y, yo, width);
    }

    @Override
    void fold(double[] s, int to, int from, int n) {
        DoubleVectorLoops.add(s, to, s, from, s, to, n);
    }

    @Override
    void mulInto(double[] x, int xo, double[] y, int yo, int n) {
        DoubleVectorLoops.mul(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleVectorLoops.mul(x, xo, z, zo, y, yo, n);
    }

    /// `y` is not `x`, so its last vectors may reach back.
    @Override
    void addBias(double[] x, int xo, double[] b, int bo, double[] y, int rows, int n) {
        if (n < V) {
            super.addBias(x, xo, b, bo, y, rows, n);
            return;
        }
        int last = n - V;
        for (int r = 0, p = xo, q = 0; r < rows; r++, p += n, q += n) {
            for (int i = 0; i < last; i += V) fromArray(S, x, p + i).add(fromArray(S, b, bo + i)).intoArray(y, q + i);
            fromArray(S, x, p + last).add(fromArray(S, b, bo + last)).intoArray(y, q + last);
        }
    }

    // What is left over of whole vectors is a vector that reaches back over what others do too; it is made before anything is
    // written, because the output may be the input.

    @Override
    void sub(double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        if (n < V) {
            super.sub(a, b, x, xo, y, yo, n);
            return;
        }
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(a).sub(b);
        for (int i = 0; i < last; i += V) fromArray(S, x, xo + i).sub(a).sub(b).intoArray(y, yo + i);
        end.intoArray(y, yo + last);
    }

    @Override
    void subColumns(double[] s, int a, int b, double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int n) {
        if (n < V || x == y) super.subColumns(s, a, b, x, xo, lx, y, yo, ly, rows, n);
        else DoubleVectorColumns.sub(s, a, b, x, xo, lx, y, yo, ly, rows, n);
    }

    @Override
    void divColumns(double[] s, int a, double[] y, int yo, int ly, int rows, int n) {
        int whole = S.loopBound(n);
        DoubleVectorColumns.div(s, a, y, yo, ly, rows, whole);
        if (whole < n) super.divColumns(s, a + whole, y, yo + whole, ly, rows, n - whole);
    }

    @Override
    void div(double a, double[] x, int xo, double[] y, int yo, int n) {
        if (n < V) {
            super.div(a, x, xo, y, yo, n);
            return;
        }
        double r = 1.0 / a;
        int last = n - V;
        var e = fromArray(S, x, xo + last);
        var p = e.mul(r);
        var end = p.neg().fma(broadcast(S, a), e).fma(broadcast(S, r), p);
        for (int i = 0; i < last; i += V) {
            var v = fromArray(S, x, xo + i);
            var q = v.mul(r);
            q.neg().fma(broadcast(S, a), v).fma(broadcast(S, r), q).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void subMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (n < V) {
            super.subMul(a, x, xo, z, zo, y, yo, n);
            return;
        }
        int last = n - V;
        var end = broadcast(S, -a).fma(fromArray(S, x, xo + last), fromArray(S, z, zo + last));
        for (int i = 0; i < last; i += V) {
            broadcast(S, -a).fma(fromArray(S, x, xo + i), fromArray(S, z, zo + i)).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void mulDeviation(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        if (n < V) {
            super.mulDeviation(a, x, xo, z, zo, y, yo, n);
            return;
        }
        int last = n - V;
        var end = fromArray(S, x, xo + last).mul(fromArray(S, z, zo + last).sub(a));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).mul(fromArray(S, z, zo + i).sub(a)).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void normalize(double mean, double rstd, double[] x, int xo, double[] w, double[] b, int wo, double[] y, int yo, int n) {
        if (n < V || w == null) super.normalize(mean, rstd, x, xo, w, b, wo, y, yo, n);
        else if (b == null) weighted(mean, rstd, x, xo, w, wo, y, yo, n);
        else affine(mean, rstd, x, xo, w, b, wo, y, yo, n);
    }

    private static void affine(double mean, double rstd, double[] x, int xo, double[] w, double[] b, int wo, double[] y, int yo,
            int n) {
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(mean).mul(rstd).fma(fromArray(S, w, wo + last), fromArray(S, b, wo + last));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).fma(fromArray(S, w, wo + i), fromArray(S, b, wo + i))
                .intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    private static void weighted(double mean, double rstd, double[] x, int xo, double[] w, int wo, double[] y, int yo, int n) {
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(mean).mul(rstd).mul(fromArray(S, w, wo + last));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).mul(fromArray(S, w, wo + i)).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void scale(double mean, double a, double b, double[] x, int xo, double[] y, int yo, int n) {
        if (n < V) {
            super.scale(mean, a, b, x, xo, y, yo, n);
            return;
        }
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(mean).fma(broadcast(S, a), broadcast(S, b));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).sub(mean).fma(broadcast(S, a), broadcast(S, b)).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void tilt(double mean, double rstd, double w, double a, double c, double[] x, int xo, double[] dy, int dyo, double[] dx, int dxo,
            int n) {
        if (n < V) {
            super.tilt(mean, rstd, w, a, c, x, xo, dy, dyo, dx, dxo, n);
            return;
        }
        int last = n - V;
        var h = fromArray(S, dy, dyo + last).mul(w).sub(a);
        var end = broadcast(S, mean).sub(fromArray(S, x, xo + last)).fma(broadcast(S, c), h).mul(rstd);
        for (int i = 0; i < last; i += V) {
            var g = fromArray(S, dy, dyo + i).mul(w).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(dx, dxo + i);
        }
        end.intoArray(dx, dxo + last);
    }

    @Override
    void tilt(double mean, double rstd, double a, double c, double[] x, int xo, double[] w, int wo, double[] dy, int dyo,
            double[] dx, int dxo, int n) {
        if (n < V) {
            super.tilt(mean, rstd, a, c, x, xo, w, wo, dy, dyo, dx, dxo, n);
            return;
        }
        int last = n - V;
        var h = fromArray(S, dy, dyo + last).mul(fromArray(S, w, wo + last)).sub(a);
        var end = broadcast(S, mean).sub(fromArray(S, x, xo + last)).fma(broadcast(S, c), h).mul(rstd);
        for (int i = 0; i < last; i += V) {
            var g = fromArray(S, dy, dyo + i).mul(fromArray(S, w, wo + i)).sub(a);
            broadcast(S, mean).sub(fromArray(S, x, xo + i)).fma(broadcast(S, c), g).mul(rstd).intoArray(dx, dxo + i);
        }
        end.intoArray(dx, dxo + last);
    }

    @Override
    void scaleColumns(double[] x, int xo, int rows, int stride, double[] mean, int mo, double[] a, int ao, double[] b, int bo,
            double[] y, int n) {
        if (n < V) super.scaleColumns(x, xo, rows, stride, mean, mo, a, ao, b, bo, y, n);
        else DoubleVectorColumns.scale(x, xo, rows, stride, mean, mo, a, ao, b, bo, y, n);
    }

    @Override
    void tiltColumns(double[] mean, double[] rstd, int mo, double[] f, int step, double[] x, double[] dy, double[] dx, int xo,
            int rows, int stride, int n) {
        if (n < V) super.tiltColumns(mean, rstd, mo, f, step, x, dy, dx, xo, rows, stride, n);
        else DoubleVectorColumns.tilt(mean, rstd, mo, f, step, x, dy, dx, xo, rows, stride, n);
    }
}
