// Generated from FloatVectorColumns.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.DoubleVector.zero;

import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/// Loops down columns, what belongs to a column in registers, some vectors of columns at a time: the sums in pairs of
/// [DoubleSums], and what [DoubleParts] makes of columns. Vectors beyond the last column reach back over what others do too.
final class DoubleVectorColumns {
    private DoubleVectorColumns() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int APART = DoubleSums.APART;
    /// Columns that are more than some vectors, and than a page or two.
    private static final int LONG = Math.max(8 * V, 256);

    /// `Σ (x − a)`, `Σ (x − a)²`.
    static void deviations(double[] a, int ao, double[] x, int xo, int rows, int stride, double[] s, int so, int width) {
        if (width < V) {
            DoubleSums.columnDeviations(a, ao, x, xo, rows, stride, s, so, width);
            return;
        }
        int last = width - V;
        for (int j = 0; j < width; j += 4 * V) {
            deviationsOfFour(a, ao, x, xo, rows, stride, s, so, Math.min(j, last), Math.min(j + V, last),
                Math.min(j + 2 * V, last), Math.min(j + 3 * V, last));
        }
    }

    private static void deviationsOfFour(double[] a, int ao, double[] x, int xo, int rows, int stride, double[] s, int so,
            int j0, int j1, int j2, int j3) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        var a0 = fromArray(S, a, ao + j0);
        var a1 = fromArray(S, a, ao + j1);
        var a2 = fromArray(S, a, ao + j2);
        var a3 = fromArray(S, a, ao + j3);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * stride;
            var d0 = fromArray(S, x, p + j0).sub(a0);
            s0 = s0.add(d0);
            q0 = d0.fma(d0, q0);
            var d1 = fromArray(S, x, p + j1).sub(a1);
            s1 = s1.add(d1);
            q1 = d1.fma(d1, q1);
            var d2 = fromArray(S, x, p + j2).sub(a2);
            s2 = s2.add(d2);
            q2 = d2.fma(d2, q2);
            var d3 = fromArray(S, x, p + j3).sub(a3);
            s3 = s3.add(d3);
            q3 = d3.fma(d3, q3);
        }
        s0.intoArray(s, so + j0);
        q0.intoArray(s, so + APART + j0);
        s1.intoArray(s, so + j1);
        q1.intoArray(s, so + APART + j1);
        s2.intoArray(s, so + j2);
        q2.intoArray(s, so + APART + j2);
        s3.intoArray(s, so + j3);
        q3.intoArray(s, so + APART + j3);
    }

    /// `Σ z`, `Σ (x − a)·z`.
    static void slopes(double[] a, int ao, double[] x, int xo, double[] z, int zo, int rows, int stride,
            double[] s, int so, int width) {
        if (width < V) {
            DoubleSums.columnSlopes(a, ao, x, xo, z, zo, rows, stride, s, so, width);
            return;
        }
        int last = width - V;
        for (int j = 0; j < width; j += 4 * V) {
            slopesOfFour(a, ao, x, xo, z, zo, rows, stride, s, so, Math.min(j, last), Math.min(j + V, last),
                Math.min(j + 2 * V, last), Math.min(j + 3 * V, last));
        }
    }

    private static void slopesOfFour(double[] a, int ao, double[] x, int xo, double[] z, int zo, int rows, int stride,
            double[] s, int so,
            int j0, int j1, int j2, int j3) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        var a0 = fromArray(S, a, ao + j0);
        var a1 = fromArray(S, a, ao + j1);
        var a2 = fromArray(S, a, ao + j2);
        var a3 = fromArray(S, a, ao + j3);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * stride;
            int r = zo + i * stride;
            var z0 = fromArray(S, z, r + j0);
            s0 = s0.add(z0);
            q0 = fromArray(S, x, p + j0).sub(a0).fma(z0, q0);
            var z1 = fromArray(S, z, r + j1);
            s1 = s1.add(z1);
            q1 = fromArray(S, x, p + j1).sub(a1).fma(z1, q1);
            var z2 = fromArray(S, z, r + j2);
            s2 = s2.add(z2);
            q2 = fromArray(S, x, p + j2).sub(a2).fma(z2, q2);
            var z3 = fromArray(S, z, r + j3);
            s3 = s3.add(z3);
            q3 = fromArray(S, x, p + j3).sub(a3).fma(z3, q3);
        }
        s0.intoArray(s, so + j0);
        q0.intoArray(s, so + APART + j0);
        s1.intoArray(s, so + j1);
        q1.intoArray(s, so + APART + j1);
        s2.intoArray(s, so + j2);
        q2.intoArray(s, so + APART + j2);
        s3.intoArray(s, so + j3);
        q3.intoArray(s, so + APART + j3);
    }

    /// `Σ z`, `Σ ((x − mean)·rstd)·z`; row `i` has the statistics `ro + i·step`. Long rows go four at a time, their sums in
    /// memory: what comes next lies behind what came before.
    static void slopesOfRows(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] z, int zo,
            int rows, int stride, double[] s, int so, int width) {
        if (width < V) {
            DoubleSums.columnSlopesOfRows(mean, rstd, ro, step, x, xo, z, zo, rows, stride, s, so, width);
            return;
        }
        if (width > LONG) {
            slopesOfLongRows(mean, rstd, ro, step, x, xo, z, zo, rows, stride, s, so, width);
            return;
        }
        int last = width - V;
        for (int j = 0; j < width; j += 4 * V) {
            slopesOfRowsOfFour(mean, rstd, ro, step, x, xo, z, zo, rows, stride, s, so, Math.min(j, last), Math.min(j + V, last),
                Math.min(j + 2 * V, last), Math.min(j + 3 * V, last));
        }
    }

    /// All but the last vectors, which lie in four, the last of them reaching back.
    private static void slopesOfLongRows(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] z, int zo,
            int rows, int stride, double[] s, int so, int width) {
        int last = width - V;
        int whole = (width - 1) / V * V - 3 * V;
        Arrays.fill(s, so, so + whole, 0);
        Arrays.fill(s, so + APART, so + APART + whole, 0);
        int i = 0;
        for (; i <= rows - 4; i += 4) {
            addFour(mean, rstd, ro + i * step, step, x, xo + i * stride, z, zo + i * stride, stride, s, so, whole);
        }
        for (; i < rows; i++) {
            addOne(mean[ro + i * step], rstd[ro + i * step], x, xo + i * stride, z, zo + i * stride, s, so, whole);
        }
        slopesOfRowsOfFour(mean, rstd, ro, step, x, xo, z, zo, rows, stride, s, so, whole, whole + V, whole + 2 * V, last);
    }

    private static void addFour(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] z, int zo, int stride,
            double[] s, int so, int width) {
        var m0 = broadcast(S, mean[ro]);
        var m1 = broadcast(S, mean[ro + step]);
        var m2 = broadcast(S, mean[ro + 2 * step]);
        var m3 = broadcast(S, mean[ro + 3 * step]);
        var f0 = broadcast(S, rstd[ro]);
        var f1 = broadcast(S, rstd[ro + step]);
        var f2 = broadcast(S, rstd[ro + 2 * step]);
        var f3 = broadcast(S, rstd[ro + 3 * step]);
        int x1 = xo + stride;
        int x2 = x1 + stride;
        int x3 = x2 + stride;
        int z1 = zo + stride;
        int z2 = z1 + stride;
        int z3 = z2 + stride;
        for (int j = 0; j < width; j += V) {
            var g0 = fromArray(S, z, zo + j);
            var g1 = fromArray(S, z, z1 + j);
            var g2 = fromArray(S, z, z2 + j);
            var g3 = fromArray(S, z, z3 + j);
            fromArray(S, s, so + j).add(g0).add(g1).add(g2).add(g3).intoArray(s, so + j);
            var q = fromArray(S, x, xo + j).sub(m0).mul(f0).fma(g0, fromArray(S, s, so + APART + j));
            q = fromArray(S, x, x1 + j).sub(m1).mul(f1).fma(g1, q);
            q = fromArray(S, x, x2 + j).sub(m2).mul(f2).fma(g2, q);
            fromArray(S, x, x3 + j).sub(m3).mul(f3).fma(g3, q).intoArray(s, so + APART + j);
        }
    }

    private static void addOne(double mean, double rstd, double[] x, int xo, double[] z, int zo, double[] s, int so, int width) {
        for (int j = 0; j < width; j += V) {
            var g = fromArray(S, z, zo + j);
            fromArray(S, s, so + j).add(g).intoArray(s, so + j);
            fromArray(S, x, xo + j).sub(mean).mul(rstd).fma(g, fromArray(S, s, so + APART + j)).intoArray(s, so + APART + j);
        }
    }

    private static void slopesOfRowsOfFour(double[] mean, double[] rstd, int ro, int step, double[] x, int xo, double[] z, int zo,
            int rows, int stride, double[] s, int so,
            int j0, int j1, int j2, int j3) {
        var s0 = zero(S);
        var q0 = zero(S);
        var s1 = zero(S);
        var q1 = zero(S);
        var s2 = zero(S);
        var q2 = zero(S);
        var s3 = zero(S);
        var q3 = zero(S);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * stride;
            int r = zo + i * stride;
            double m = mean[ro + i * step];
            double f = rstd[ro + i * step];
            var z0 = fromArray(S, z, r + j0);
            s0 = s0.add(z0);
            q0 = fromArray(S, x, p + j0).sub(m).mul(f).fma(z0, q0);
            var z1 = fromArray(S, z, r + j1);
            s1 = s1.add(z1);
            q1 = fromArray(S, x, p + j1).sub(m).mul(f).fma(z1, q1);
            var z2 = fromArray(S, z, r + j2);
            s2 = s2.add(z2);
            q2 = fromArray(S, x, p + j2).sub(m).mul(f).fma(z2, q2);
            var z3 = fromArray(S, z, r + j3);
            s3 = s3.add(z3);
            q3 = fromArray(S, x, p + j3).sub(m).mul(f).fma(z3, q3);
        }
        s0.intoArray(s, so + j0);
        q0.intoArray(s, so + APART + j0);
        s1.intoArray(s, so + j1);
        q1.intoArray(s, so + APART + j1);
        s2.intoArray(s, so + j2);
        q2.intoArray(s, so + APART + j2);
        s3.intoArray(s, so + j3);
        q3.intoArray(s, so + APART + j3);
    }

    /// [DoubleParts#scaleColumns], a vector of columns at least.
    static void scale(double[] x, int xo, int rows, int stride, double[] mean, int mo, double[] a, int ao, double[] b, int bo,
            double[] y, int n) {
        int last = n - V;
        for (int j = 0; j < n; j += 4 * V) {
            scaleFour(x, xo, rows, stride, mean, mo, a, ao, b, bo, y, Math.min(j, last), Math.min(j + V, last),
                Math.min(j + 2 * V, last), Math.min(j + 3 * V, last));
        }
    }

    private static void scaleFour(double[] x, int xo, int rows, int stride, double[] mean, int mo, double[] a, int ao, double[] b,
            int bo, double[] y, int j0, int j1, int j2, int j3) {
        var m0 = fromArray(S, mean, mo + j0);
        var m1 = fromArray(S, mean, mo + j1);
        var m2 = fromArray(S, mean, mo + j2);
        var m3 = fromArray(S, mean, mo + j3);
        var a0 = fromArray(S, a, ao + j0);
        var a1 = fromArray(S, a, ao + j1);
        var a2 = fromArray(S, a, ao + j2);
        var a3 = fromArray(S, a, ao + j3);
        var b0 = fromArray(S, b, bo + j0);
        var b1 = fromArray(S, b, bo + j1);
        var b2 = fromArray(S, b, bo + j2);
        var b3 = fromArray(S, b, bo + j3);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * stride;
            fromArray(S, x, p + j0).sub(m0).fma(a0, b0).intoArray(y, p + j0);
            fromArray(S, x, p + j1).sub(m1).fma(a1, b1).intoArray(y, p + j1);
            fromArray(S, x, p + j2).sub(m2).fma(a2, b2).intoArray(y, p + j2);
            fromArray(S, x, p + j3).sub(m3).fma(a3, b3).intoArray(y, p + j3);
        }
    }

    /// [DoubleParts#tiltColumns], a vector of columns at least.
    static void tilt(double[] mean, double[] rstd, int mo, double[] f, int step, double[] x, double[] dy, double[] dx, int xo,
            int rows, int stride, int n) {
        int last = n - V;
        for (int j = 0; j < n; j += 2 * V) {
            tiltTwo(mean, rstd, mo, f, step, x, dy, dx, xo, rows, stride, Math.min(j, last), Math.min(j + V, last));
        }
    }

    private static void tiltTwo(double[] mean, double[] rstd, int mo, double[] f, int step, double[] x, double[] dy,
            double[] dx, int xo, int rows, int stride, int j0, int j1) {
        var m0 = fromArray(S, mean, mo + j0);
        var m1 = fromArray(S, mean, mo + j1);
        var r0 = fromArray(S, rstd, mo + j0);
        var r1 = fromArray(S, rstd, mo + j1);
        var w0 = fromArray(S, f, j0);
        var w1 = fromArray(S, f, j1);
        var a0 = fromArray(S, f, step + j0);
        var a1 = fromArray(S, f, step + j1);
        var c0 = fromArray(S, f, 2 * step + j0);
        var c1 = fromArray(S, f, 2 * step + j1);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * stride;
            m0.sub(fromArray(S, x, p + j0)).fma(c0, fromArray(S, dy, p + j0).mul(w0).sub(a0)).mul(r0).intoArray(dx, p + j0);
            m1.sub(fromArray(S, x, p + j1)).fma(c1, fromArray(S, dy, p + j1).mul(w1).sub(a1)).mul(r1).intoArray(dx, p + j1);
        }
    }

    /// `y = (x − a) − b`, `n ≥ V`: the last vectors reach back over what others do too.
    static void sub(double[] s, int a, int b, double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int n) {
        int last = n - V;
        for (int j = 0; j < n; j += 4 * V) {
            int j0 = Math.min(j, last);
            int j1 = Math.min(j + V, last);
            int j2 = Math.min(j + 2 * V, last);
            int j3 = Math.min(j + 3 * V, last);
            subFour(s, a, b, x, xo, lx, y, yo, ly, rows, j0, j1, j2, j3);
        }
    }

    private static void subFour(double[] s, int a, int b, double[] x, int xo, int lx, double[] y, int yo, int ly, int rows, int j0,
            int j1, int j2, int j3) {
        var a0 = fromArray(S, s, a + j0);
        var a1 = fromArray(S, s, a + j1);
        var a2 = fromArray(S, s, a + j2);
        var a3 = fromArray(S, s, a + j3);
        var b0 = fromArray(S, s, b + j0);
        var b1 = fromArray(S, s, b + j1);
        var b2 = fromArray(S, s, b + j2);
        var b3 = fromArray(S, s, b + j3);
        for (int i = 0; i < rows; i++) {
            int p = xo + i * lx;
            int q = yo + i * ly;
            fromArray(S, x, p + j0).sub(a0).sub(b0).intoArray(y, q + j0);
            fromArray(S, x, p + j1).sub(a1).sub(b1).intoArray(y, q + j1);
            fromArray(S, x, p + j2).sub(a2).sub(b2).intoArray(y, q + j2);
            fromArray(S, x, p + j3).sub(a3).sub(b3).intoArray(y, q + j3);
        }
    }

    /// `y = y/a`, `n` a multiple of `V`.
    static void div(double[] s, int a, double[] y, int yo, int ly, int rows, int n) {
        for (int j = 0; j < n; j += V) {
            var u = fromArray(S, s, a + j);
            var r = broadcast(S, 1.0).div(u);
            for (int i = 0; i < rows; i++) {
                var v = fromArray(S, y, yo + i * ly + j);
                var q = v.mul(r);
                q.neg().fma(u, v).fma(r, q).intoArray(y, yo + i * ly + j);
            }
        }
    }
}
