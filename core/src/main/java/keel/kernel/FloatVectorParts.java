package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
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
    void dots(float[] x, int xo, float[] z, int zo, int rows, int n, float[] s, int at) {
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            float[] t = FloatNorms.sums();
            for (; i <= rows - 8; i += 8) {
                FloatVectorFour.dots(x, xo + i * n, z, zo + i * n, n, n, t, FloatNorms.EIGHT);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[FloatNorms.EIGHT + j];
            }
        }
        if (i < rows) super.dots(x, xo + i * n, z, zo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void squares(float[] x, int xo, int rows, int n, float[] s, int at) {
        // only float: vectors of 16 lanes
        if (rows > 3 && FloatVectorShortRows.fit(n)) {
            float[] t = FloatNorms.sums(); // which has room for vectors that reach beyond what is asked for
            int first = s == t ? rows : rows < V + 4 ? 0 : rows - V;
            if (first > 0) FloatVectorShortRows.squares(x, xo, first, n, s, at);
            if (first < rows) {
                FloatVectorShortRows.squares(x, xo + first * n, rows - first, n, t, FloatNorms.EIGHT);
                System.arraycopy(t, FloatNorms.EIGHT, s, at + first, rows - first);
            }
            return;
        }
        // end
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            float[] t = FloatNorms.sums();
            for (; i <= rows - 8; i += 8) {
                FloatVectorFour.squares(x, xo + i * n, n, n, t, FloatNorms.EIGHT);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[FloatNorms.EIGHT + j];
            }
        }
        if (i < rows) super.squares(x, xo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void sums(float[] x, int xo, int rows, int n, float[] s, int at) {
        int i = 0;
        if (V == 16 && n >= V && n <= Kernels.BLOCK && rows >= 8) {
            float[] t = FloatNorms.sums();
            for (; i <= rows - 8; i += 8) {
                FloatVectorFour.sums(x, xo + i * n, n, n, t, 0);
                for (int j = 0; j < 8; j++) s[at + i + j] = t[j];
            }
        }
        if (i < rows) super.sums(x, xo + i * n, rows - i, n, s, at + i);
    }

    @Override
    void deviations(float[] a, int ao, int da, float[] x, int xo, int step, int lines, int n, float[] s, int at) {
        // only float: vectors of 16 lanes
        if (lines > 1 && FloatVectorRows.fit(n)) {
            if (FloatVectorShortRows.fit(n)) FloatVectorShortRows.deviations(a, ao, da, x, xo, step, lines, n, s, at);
            else FloatVectorPairs.deviations(a, ao, da, x, xo, step, lines, n, s, at);
            return;
        }
        // end
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= lines - 4; i += 4) {
            FloatVectorFour.deviations(a, ao + i * da, da, x, xo + i * step, step, n, s, at + 2 * i);
        }
        for (; i < lines; i++) FloatVectorDeviations.deviations(a[ao + i * da], x, xo + i * step, n, s, at + 2 * i);
    }

    @Override
    void slopes(float[] a, int ao, int da, float[] x, int xo, float[] dy, int dyo, int step, int lines, int n, float[] s,
            int at) {
        // only float: vectors of 16 lanes
        if (lines > 1 && FloatVectorRows.fit(n)) {
            if (FloatVectorShortRows.fit(n)) FloatVectorShortRows.slopes(a, ao, da, x, xo, dy, dyo, step, lines, n, s, at);
            else FloatVectorPairs.slopes(a, ao, da, x, xo, dy, dyo, step, lines, n, s, at);
            return;
        }
        // end
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= lines - 4; i += 4) {
            FloatVectorFour.slopes(a, ao + i * da, da, x, xo + i * step, dy, dyo + i * step, step, n, s, at + 2 * i);
        }
        for (; i < lines; i++) {
            FloatVectorDeviations.slopes(a[ao + i * da], x, xo + i * step, dy, dyo + i * step, n, s, at + 2 * i);
        }
    }

    @Override
    void slopes(float[] a, int ao, float[] x, int xo, float[] w, int wo, float[] dy, int dyo, int n, int rows, float[] s,
            int at) {
        // only float: vectors of 16 lanes
        if (rows > 1 && FloatVectorRows.fit(n)) {
            FloatVectorPairs.weighted(a, ao, x, xo, w, wo, dy, dyo, n, rows, s, at);
            return;
        }
        // end
        int i = 0;
        for (; V == 16 && n <= Kernels.BLOCK && i <= rows - 4; i += 4) {
            FloatVectorFour.weighted(a, ao + i, x, xo + i * n, w, wo, dy, dyo + i * n, n, s, at + 2 * i);
        }
        for (; i < rows; i++) {
            FloatVectorDeviations.slopes(a[ao + i], x, xo + i * n, w, wo, dy, dyo + i * n, n, s, at + 2 * i);
        }
    }

    @Override
    void columnDeviations(float[] a, int ao, float[] x, int xo, int rows, int stride, float[] s, int so, int width) {
        FloatVectorColumns.deviations(a, ao, x, xo, rows, stride, s, so, width);
    }

    @Override
    void columnSlopes(float[] a, int ao, float[] x, int xo, float[] dy, int dyo, int rows, int stride, float[] s, int so,
            int width) {
        FloatVectorColumns.slopes(a, ao, x, xo, dy, dyo, rows, stride, s, so, width);
    }

    @Override
    void columnSlopesOfRows(float[] mean, float[] rstd, int ro, int step, float[] x, int xo, float[] dy, int dyo, int rows,
            int stride, float[] s, int so, int width) {
        FloatVectorColumns.slopesOfRows(mean, rstd, ro, step, x, xo, dy, dyo, rows, stride, s, so, width);
    }

    @Override
    void sumRows(boolean squares, float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        FloatVectorSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }

    @Override
    float prod(float[] x, int xo, int n) {
        return FloatVectorSums.prod(x, xo, n);
    }

    @Override
    float max(float[] x, int xo, int n) {
        return FloatVectorExtremes.max(x, xo, n);
    }

    @Override
    float largest(float[] x, int xo, int n) {
        return FloatVectorExtremes.largest(x, xo, n);
    }

    @Override
    float min(float[] x, int xo, int n) {
        return FloatVectorExtremes.min(x, xo, n);
    }

    @Override
    void extremes(boolean largest, float[] x, int xo, int rows, int n, float[] y, int yo) {
        if (rows < 8 || !FloatVectorExtremes.fit(n)) {
            super.extremes(largest, x, xo, rows, n, y, yo);
            return;
        }
        float[] t = FloatNorms.sums();
        float sign = largest ? 1 : -1;
        for (int i = 0; i < rows; i += 8) {
            int at = Math.min(i, rows - 8);
            if (FloatVectorFour.extremes(sign, x, xo + at * n, n, t, 0)) System.arraycopy(t, 0, y, yo + at, 8);
            else super.extremes(largest, x, xo + at * n, 8, n, y, yo + at);
        }
    }

    @Override
    void maxRows(float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        if (FloatVectorExtremes.ofRows((float) 1.0, x, xo, rows, inner, y, yo, width)) return;
        Arrays.fill(y, yo, yo + width, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < rows; i++) FloatVectorLoops.max(y, yo, x, xo + i * inner, y, yo, width);
    }

    @Override
    void minRows(float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        if (FloatVectorExtremes.ofRows((float) -1.0, x, xo, rows, inner, y, yo, width)) return;
        Arrays.fill(y, yo, yo + width, Float.POSITIVE_INFINITY);
        for (int i = 0; i < rows; i++) FloatVectorLoops.min(y, yo, x, xo + i * inner, y, yo, width);
    }

    @Override
    void fold(float[] s, int to, int from, int n) {
        FloatVectorLoops.add(s, to, s, from, s, to, n);
    }

    @Override
    void mulInto(float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorLoops.mul(y, yo, x, xo, y, yo, n);
    }

    @Override
    void mul(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatVectorLoops.mul(x, xo, z, zo, y, yo, n);
    }

    /// `y` is not `x`, so its last vectors may reach back.
    @Override
    void addBias(float[] x, int xo, float[] b, int bo, float[] y, int rows, int n) {
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

    // only float: vectors of 16 lanes
    @Override
    void normalize(float[] mean, float[] rstd, int row, float[] x, int xo, float[] w, float[] b, int period, float[] y, int yo,
            int rows, int n) {
        if (w == null || b == null || period > 1 || !FloatVectorShortRows.fit(n)) {
            super.normalize(mean, rstd, row, x, xo, w, b, period, y, yo, rows, n);
        } else {
            FloatVectorShortRows.affine(mean, rstd, row, x, xo, w, b, y, yo, rows, n);
        }
    }

    @Override
    void tilt(float[] s, int at, float[] w, int wo, float[] x, float[] dy, float[] dx, int o, int rows, int n) {
        if (FloatVectorShortRows.fit(n)) FloatVectorShortRows.tilt(s, at, w, wo, x, dy, dx, o, rows, n);
        else super.tilt(s, at, w, wo, x, dy, dx, o, rows, n);
    }

    @Override
    void scaleLines(float mean, float rstd, float[] w, float[] b, int wo, int dw, float[] x, int xo, float[] y, int yo, int step,
            int lines, int n) {
        if (FloatVectorShortRows.fit(n)) {
            FloatVectorShortRows.scale(mean, rstd, w, b, wo, dw, x, xo, y, yo, step, lines, n);
        } else {
            super.scaleLines(mean, rstd, w, b, wo, dw, x, xo, y, yo, step, lines, n);
        }
    }

    @Override
    void tiltLines(float mean, float rstd, float[] w, int wo, int dw, float a, float c, float[] x, float[] dy, float[] dx, int o,
            int step, int lines, int n) {
        if (FloatVectorShortRows.fit(n)) {
            FloatVectorShortRows.tilt(mean, rstd, w, wo, dw, a, c, x, dy, dx, o, step, lines, n);
        } else {
            super.tiltLines(mean, rstd, w, wo, dw, a, c, x, dy, dx, o, step, lines, n);
        }
    }
    // end

    // only float: functions
    @Override
    void addSquares(float[] x, int xo, int rows, int n, double[] l) {
        FloatVectorSquares.add(x, xo, rows, n, l);
    }

    @Override
    void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorMath.expAll(a, x, xo, y, yo, n);
    }

    @Override
    void log(float[] x, int xo, float[] y, int yo, int n) {
        FloatVectorMath.all(Unary.LOG, x, xo, y, yo, n);
    }
    // end

    // What is left over of whole vectors is a vector that reaches back over what others do too; it is made before anything is
    // written, because the output may be the input.

    @Override
    void sub(float a, float b, float[] x, int xo, float[] y, int yo, int n) {
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
    void subColumns(float[] s, int a, int b, float[] x, int xo, int lx, float[] y, int yo, int ly, int rows, int n) {
        if (n < V || x == y) super.subColumns(s, a, b, x, xo, lx, y, yo, ly, rows, n);
        else FloatVectorColumns.sub(s, a, b, x, xo, lx, y, yo, ly, rows, n);
    }

    @Override
    void divColumns(float[] s, int a, float[] y, int yo, int ly, int rows, int n) {
        int whole = S.loopBound(n);
        FloatVectorColumns.div(s, a, y, yo, ly, rows, whole);
        if (whole < n) super.divColumns(s, a + whole, y, yo + whole, ly, rows, n - whole);
    }

    @Override
    void div(float a, float[] x, int xo, float[] y, int yo, int n) {
        if (n < V) {
            super.div(a, x, xo, y, yo, n);
            return;
        }
        float r = (float) 1.0 / a;
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
    void subMul(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
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
    void mulDeviation(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
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
    void normalize(float mean, float rstd, float[] x, int xo, float[] w, float[] b, int wo, float[] y, int yo, int n) {
        if (n < V || w == null) super.normalize(mean, rstd, x, xo, w, b, wo, y, yo, n);
        else if (b == null) weighted(mean, rstd, x, xo, w, wo, y, yo, n);
        else affine(mean, rstd, x, xo, w, b, wo, y, yo, n);
    }

    private static void affine(float mean, float rstd, float[] x, int xo, float[] w, float[] b, int wo, float[] y, int yo,
            int n) {
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(mean).mul(rstd).fma(fromArray(S, w, wo + last), fromArray(S, b, wo + last));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).fma(fromArray(S, w, wo + i), fromArray(S, b, wo + i))
                .intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    private static void weighted(float mean, float rstd, float[] x, int xo, float[] w, int wo, float[] y, int yo, int n) {
        int last = n - V;
        var end = fromArray(S, x, xo + last).sub(mean).mul(rstd).mul(fromArray(S, w, wo + last));
        for (int i = 0; i < last; i += V) {
            fromArray(S, x, xo + i).sub(mean).mul(rstd).mul(fromArray(S, w, wo + i)).intoArray(y, yo + i);
        }
        end.intoArray(y, yo + last);
    }

    @Override
    void scale(float mean, float a, float b, float[] x, int xo, float[] y, int yo, int n) {
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
    void tilt(float mean, float rstd, float w, float a, float c, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo,
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
    void tilt(float mean, float rstd, float a, float c, float[] x, int xo, float[] w, int wo, float[] dy, int dyo,
            float[] dx, int dxo, int n) {
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
    void scaleColumns(float[] x, int xo, int rows, int stride, float[] mean, int mo, float[] a, int ao, float[] b, int bo,
            float[] y, int n) {
        if (n < V) super.scaleColumns(x, xo, rows, stride, mean, mo, a, ao, b, bo, y, n);
        else FloatVectorColumns.scale(x, xo, rows, stride, mean, mo, a, ao, b, bo, y, n);
    }

    @Override
    void tiltColumns(float[] mean, float[] rstd, int mo, float[] f, int step, float[] x, float[] dy, float[] dx, int xo,
            int rows, int stride, int n) {
        if (n < V) super.tiltColumns(mean, rstd, mo, f, step, x, dy, dx, xo, rows, stride, n);
        else FloatVectorColumns.tilt(mean, rstd, mo, f, step, x, dy, dx, xo, rows, stride, n);
    }
}
