// Generated from FloatVectorDistances.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// The chains of [DoubleDistances] with vectors: four rows by two vectors of outputs stay in registers. `DoubleVectorDistances` is
/// generated from this file.
final class DoubleVectorDistances extends DoubleDistances {
    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    /// Rows that are missing are the last one again, columns beyond `w` whatever the panel holds: nobody reads those results.
    @Override
    void tile(double p, int rows, int w, int d, double[] a, int ao, int la, double[] work) {
        int a1 = ao + Math.min(1, rows - 1) * la;
        int a2 = ao + Math.min(2, rows - 1) * la;
        int a3 = ao + (rows - 1) * la;
        for (int j = 0; j < w; j += 2 * V) {
            if (p == 2) squares(d, a, ao, a1, a2, a3, work, j);
            else if (p == 1) magnitudes(d, a, ao, a1, a2, a3, work, j);
            else largest(d, a, ao, a1, a2, a3, work, j);
        }
    }

    private static void squares(int d, double[] a, int a0, int a1, int a2, int a3, double[] b, int j) {
        var s00 = DoubleVector.zero(S);
        var s01 = s00;
        var s10 = s00;
        var s11 = s00;
        var s20 = s00;
        var s21 = s00;
        var s30 = s00;
        var s31 = s00;
        for (int t = 0; t < d; t++) {
            var u = fromArray(S, b, j + t * WIDTH);
            var v = fromArray(S, b, j + V + t * WIDTH);
            var c = DoubleVector.broadcast(S, a[a0 + t]);
            var x = u.sub(c);
            s00 = x.fma(x, s00);
            x = v.sub(c);
            s01 = x.fma(x, s01);
            c = DoubleVector.broadcast(S, a[a1 + t]);
            x = u.sub(c);
            s10 = x.fma(x, s10);
            x = v.sub(c);
            s11 = x.fma(x, s11);
            c = DoubleVector.broadcast(S, a[a2 + t]);
            x = u.sub(c);
            s20 = x.fma(x, s20);
            x = v.sub(c);
            s21 = x.fma(x, s21);
            c = DoubleVector.broadcast(S, a[a3 + t]);
            x = u.sub(c);
            s30 = x.fma(x, s30);
            x = v.sub(c);
            s31 = x.fma(x, s31);
        }
        int y = DEPTH * WIDTH + j;
        s00.intoArray(b, y);
        s01.intoArray(b, y + V);
        s10.intoArray(b, y + WIDTH);
        s11.intoArray(b, y + WIDTH + V);
        s20.intoArray(b, y + 2 * WIDTH);
        s21.intoArray(b, y + 2 * WIDTH + V);
        s30.intoArray(b, y + 3 * WIDTH);
        s31.intoArray(b, y + 3 * WIDTH + V);
    }

    private static void magnitudes(int d, double[] a, int a0, int a1, int a2, int a3, double[] b, int j) {
        var s00 = DoubleVector.zero(S);
        var s01 = s00;
        var s10 = s00;
        var s11 = s00;
        var s20 = s00;
        var s21 = s00;
        var s30 = s00;
        var s31 = s00;
        for (int t = 0; t < d; t++) {
            var u = fromArray(S, b, j + t * WIDTH);
            var v = fromArray(S, b, j + V + t * WIDTH);
            var c = DoubleVector.broadcast(S, a[a0 + t]);
            var x = u.sub(c);
            s00 = s00.add(x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s01 = s01.add(x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a1 + t]);
            x = u.sub(c);
            s10 = s10.add(x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s11 = s11.add(x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a2 + t]);
            x = u.sub(c);
            s20 = s20.add(x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s21 = s21.add(x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a3 + t]);
            x = u.sub(c);
            s30 = s30.add(x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s31 = s31.add(x.lanewise(VectorOperators.ABS));
        }
        int y = DEPTH * WIDTH + j;
        s00.intoArray(b, y);
        s01.intoArray(b, y + V);
        s10.intoArray(b, y + WIDTH);
        s11.intoArray(b, y + WIDTH + V);
        s20.intoArray(b, y + 2 * WIDTH);
        s21.intoArray(b, y + 2 * WIDTH + V);
        s30.intoArray(b, y + 3 * WIDTH);
        s31.intoArray(b, y + 3 * WIDTH + V);
    }

    private static void largest(int d, double[] a, int a0, int a1, int a2, int a3, double[] b, int j) {
        var s00 = DoubleVector.zero(S);
        var s01 = s00;
        var s10 = s00;
        var s11 = s00;
        var s20 = s00;
        var s21 = s00;
        var s30 = s00;
        var s31 = s00;
        for (int t = 0; t < d; t++) {
            var u = fromArray(S, b, j + t * WIDTH);
            var v = fromArray(S, b, j + V + t * WIDTH);
            var c = DoubleVector.broadcast(S, a[a0 + t]);
            var x = u.sub(c);
            s00 = s00.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s01 = s01.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a1 + t]);
            x = u.sub(c);
            s10 = s10.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s11 = s11.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a2 + t]);
            x = u.sub(c);
            s20 = s20.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s21 = s21.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            c = DoubleVector.broadcast(S, a[a3 + t]);
            x = u.sub(c);
            s30 = s30.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
            x = v.sub(c);
            s31 = s31.lanewise(VectorOperators.MAX, x.lanewise(VectorOperators.ABS));
        }
        int y = DEPTH * WIDTH + j;
        s00.intoArray(b, y);
        s01.intoArray(b, y + V);
        s10.intoArray(b, y + WIDTH);
        s11.intoArray(b, y + WIDTH + V);
        s20.intoArray(b, y + 2 * WIDTH);
        s21.intoArray(b, y + 2 * WIDTH + V);
        s30.intoArray(b, y + 3 * WIDTH);
        s31.intoArray(b, y + 3 * WIDTH + V);
    }

    /// Four vectors of a row of `Y` at a time; the columns left over go the plain way, their chains are the same.
    @Override
    void addWeighted(double p, int m, int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao, double[] b, int bo,
            double[] y, int yo) {
        int t = 0;
        for (; t <= k - 4 * V; t += 4 * V) {
            for (int i = 0; i < m; i++) {
                int at = ao + i * k + t;
                int to = yo + i * k + t;
                if (p == 2) four(n, k, w, wo + i * n, a, at, b, bo + t, y, to);
                else if (p == 1) fourSigns(n, k, w, wo + i * n, a, at, b, bo + t, y, to);
                else fourLargest(n, k, w, wo + i * n, d, from + i * n, a, at, b, bo + t, y, to);
            }
        }
        for (; t <= k - V; t += V) {
            for (int i = 0; i < m; i++) {
                int at = ao + i * k + t;
                int to = yo + i * k + t;
                if (p == 2) one(n, k, w, wo + i * n, a, at, b, bo + t, y, to);
                else if (p == 1) oneSigns(n, k, w, wo + i * n, a, at, b, bo + t, y, to);
                else oneLargest(n, k, w, wo + i * n, d, from + i * n, a, at, b, bo + t, y, to);
            }
        }
        if (t < k) columns(p, t, m, n, k, w, wo, d, from, a, ao, b, bo, y, yo);
    }

    private static void four(int n, int k, double[] w, int wo, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        var a0 = fromArray(S, a, ao);
        var a1 = fromArray(S, a, ao + V);
        var a2 = fromArray(S, a, ao + 2 * V);
        var a3 = fromArray(S, a, ao + 3 * V);
        var s0 = fromArray(S, y, yo);
        var s1 = fromArray(S, y, yo + V);
        var s2 = fromArray(S, y, yo + 2 * V);
        var s3 = fromArray(S, y, yo + 3 * V);
        for (int j = 0; j < n; j++) {
            var v = DoubleVector.broadcast(S, w[wo + j]);
            int at = bo + j * k;
            s0 = a0.sub(fromArray(S, b, at)).fma(v, s0);
            s1 = a1.sub(fromArray(S, b, at + V)).fma(v, s1);
            s2 = a2.sub(fromArray(S, b, at + 2 * V)).fma(v, s2);
            s3 = a3.sub(fromArray(S, b, at + 3 * V)).fma(v, s3);
        }
        s0.intoArray(y, yo);
        s1.intoArray(y, yo + V);
        s2.intoArray(y, yo + 2 * V);
        s3.intoArray(y, yo + 3 * V);
    }

    private static void one(int n, int k, double[] w, int wo, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        var c = fromArray(S, a, ao);
        var s = fromArray(S, y, yo);
        for (int j = 0; j < n; j++) {
            s = c.sub(fromArray(S, b, bo + j * k)).fma(DoubleVector.broadcast(S, w[wo + j]), s);
        }
        s.intoArray(y, yo);
    }

    private static void fourSigns(int n, int k, double[] w, int wo, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        var a0 = fromArray(S, a, ao);
        var a1 = fromArray(S, a, ao + V);
        var a2 = fromArray(S, a, ao + 2 * V);
        var a3 = fromArray(S, a, ao + 3 * V);
        var s0 = fromArray(S, y, yo);
        var s1 = fromArray(S, y, yo + V);
        var s2 = fromArray(S, y, yo + 2 * V);
        var s3 = fromArray(S, y, yo + 3 * V);
        var zero = DoubleVector.zero(S);
        var up = DoubleVector.broadcast(S, 1);
        var down = DoubleVector.broadcast(S, -1);
        for (int j = 0; j < n; j++) {
            var v = DoubleVector.broadcast(S, w[wo + j]);
            int at = bo + j * k;
            var x = a0.sub(fromArray(S, b, at));
            s0 = x.blend(up, x.compare(GT, zero)).blend(down, x.compare(LT, zero)).fma(v, s0);
            x = a1.sub(fromArray(S, b, at + V));
            s1 = x.blend(up, x.compare(GT, zero)).blend(down, x.compare(LT, zero)).fma(v, s1);
            x = a2.sub(fromArray(S, b, at + 2 * V));
            s2 = x.blend(up, x.compare(GT, zero)).blend(down, x.compare(LT, zero)).fma(v, s2);
            x = a3.sub(fromArray(S, b, at + 3 * V));
            s3 = x.blend(up, x.compare(GT, zero)).blend(down, x.compare(LT, zero)).fma(v, s3);
        }
        s0.intoArray(y, yo);
        s1.intoArray(y, yo + V);
        s2.intoArray(y, yo + 2 * V);
        s3.intoArray(y, yo + 3 * V);
    }

    private static void oneSigns(int n, int k, double[] w, int wo, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        var c = fromArray(S, a, ao);
        var s = fromArray(S, y, yo);
        var zero = DoubleVector.zero(S);
        var up = DoubleVector.broadcast(S, 1);
        var down = DoubleVector.broadcast(S, -1);
        for (int j = 0; j < n; j++) {
            var x = c.sub(fromArray(S, b, bo + j * k));
            s = x.blend(up, x.compare(GT, zero)).blend(down, x.compare(LT, zero)).fma(DoubleVector.broadcast(S, w[wo + j]), s);
        }
        s.intoArray(y, yo);
    }

    private static void fourLargest(int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao, double[] b, int bo,
            double[] y, int yo) {
        var a0 = fromArray(S, a, ao);
        var a1 = fromArray(S, a, ao + V);
        var a2 = fromArray(S, a, ao + 2 * V);
        var a3 = fromArray(S, a, ao + 3 * V);
        var s0 = fromArray(S, y, yo);
        var s1 = fromArray(S, y, yo + V);
        var s2 = fromArray(S, y, yo + 2 * V);
        var s3 = fromArray(S, y, yo + 3 * V);
        var zero = DoubleVector.zero(S);
        var up = DoubleVector.broadcast(S, 1);
        var down = DoubleVector.broadcast(S, -1);
        for (int j = 0; j < n; j++) {
            var v = DoubleVector.broadcast(S, w[wo + j]);
            var c = DoubleVector.broadcast(S, d[from + j]);
            var e = DoubleVector.broadcast(S, -d[from + j]);
            int at = bo + j * k;
            var x = a0.sub(fromArray(S, b, at));
            s0 = zero.blend(up, x.compare(EQ, c)).blend(down, x.compare(EQ, e)).fma(v, s0);
            x = a1.sub(fromArray(S, b, at + V));
            s1 = zero.blend(up, x.compare(EQ, c)).blend(down, x.compare(EQ, e)).fma(v, s1);
            x = a2.sub(fromArray(S, b, at + 2 * V));
            s2 = zero.blend(up, x.compare(EQ, c)).blend(down, x.compare(EQ, e)).fma(v, s2);
            x = a3.sub(fromArray(S, b, at + 3 * V));
            s3 = zero.blend(up, x.compare(EQ, c)).blend(down, x.compare(EQ, e)).fma(v, s3);
        }
        s0.intoArray(y, yo);
        s1.intoArray(y, yo + V);
        s2.intoArray(y, yo + 2 * V);
        s3.intoArray(y, yo + 3 * V);
    }

    private static void oneLargest(int n, int k, double[] w, int wo, double[] d, int from, double[] a, int ao, double[] b, int bo,
            double[] y, int yo) {
        var c = fromArray(S, a, ao);
        var s = fromArray(S, y, yo);
        var zero = DoubleVector.zero(S);
        var up = DoubleVector.broadcast(S, 1);
        var down = DoubleVector.broadcast(S, -1);
        for (int j = 0; j < n; j++) {
            var x = c.sub(fromArray(S, b, bo + j * k));
            var plus = x.compare(EQ, DoubleVector.broadcast(S, d[from + j]));
            var minus = x.compare(EQ, DoubleVector.broadcast(S, -d[from + j]));
            s = zero.blend(up, plus).blend(down, minus).fma(DoubleVector.broadcast(S, w[wo + j]), s);
        }
        s.intoArray(y, yo);
    }

    @Override
    void countLargest(int m, int n, int k, double[] d, int from, double[] a, int ao, double[] b, int bo, double[] y, int yo) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[yo + i * n + j] = some(d[from + i * n + j], a, ao + i * k, b, bo + j * k, k);
            }
        }
    }

    private static int some(double d, double[] a, int ao, double[] b, int bo, int n) {
        var largest = DoubleVector.broadcast(S, d);
        int count = 0;
        int t = 0;
        for (int end = S.loopBound(n); t < end; t += V) {
            var x = fromArray(S, a, ao + t).sub(fromArray(S, b, bo + t)).lanewise(VectorOperators.ABS);
            count += x.compare(EQ, largest).trueCount();
        }
        return count + count(d, a, ao + t, b, bo + t, n - t);
    }
}
