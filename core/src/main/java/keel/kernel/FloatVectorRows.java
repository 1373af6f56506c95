package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.*;
import static keel.kernel.FloatCoefficients.*;
import static keel.kernel.FloatTables.*;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Softmax of rows from one vector to one block, for vectors of 16 lanes only: [FloatRows] states it, with the same bits.
///
/// The loop over rows is inside each pass, and rows are exponentiated in pairs, vector by vector: one test of the range for both,
/// and two sums that fold as one. The last vector of a row reaches back over what others do too. What it has to add lies in its
/// last lanes, so the lanes of the sum are turned before; a fold by halves does not mind, for lanes that it adds are as far
/// apart as before.
final class FloatVectorRows {
    private FloatVectorRows() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(S, j -> (j ^ 8) % V);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(S, j -> (j ^ 4) % V);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, j -> (j ^ 2) % V);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, j -> (j ^ 1) % V);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, 0xff00L & (1L << V) - 1);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(S, 0xf0f0L & (1L << V) - 1);
    /// Four rows in order; what follows them is overwritten by the next, or unused.
    private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(S, j -> ((j & 1) * 8 + (j >> 1 & 1) * 4) % V);
    /// 0 … 15 twice.
    static final int[] LANES = lanes();
    /// Two numbers whose squares add up to no more: their exponentials need no care.
    private static final float EASY = 86 * 86;
    /// Elements of rows that go through each pass together.
    private static final int TOGETHER = 3072;

    private static int[] lanes() {
        int[] l = new int[32];
        for (int j = 0; j < 32; j++) l[j] = j & 15;
        return l;
    }

    /// Whether rows of `n` elements are for these loops.
    static boolean fit(int n) {
        return V == 16 && n >= V && n <= Kernels.BLOCK;
    }

    /// Softmax of at least two rows.
    static void softmax(boolean log, float[] x, int xo, float[] y, int yo, int rows, int n) {
        int pitch = n + V - 1 & -V;
        int group = Math.max(2, TOGETHER / pitch & ~1);
        float[] t = FloatRows.scratch((group + 1) * pitch);
        float[] s = FloatRows.perRow();
        for (int r0 = 0, here; r0 < rows; r0 += here) {
            here = together(rows - r0, group);
            int at = r0 * n;
            largest(x, xo + at, here, n, s);
            expSums(s, x, xo + at, here, n, t, pitch);
            if (log) {
                FloatVectorMath.all(Unary.LOG, s, FloatRows.GROUP, s, FloatRows.GROUP, here);
                differences(s, x, xo + at, here, n, y, yo + at);
            } else {
                quotients(s, t, here, pitch, n, y, yo + at);
            }
        }
    }

    /// [Kernels#pickedLogSoftmax] of at least two rows: what is not picked is never written.
    static void pickedLogSoftmax(float[] x, int xo, int[] places, int po, float[] y, int yo, int rows, int n) {
        int pitch = n + V - 1 & -V;
        int group = Math.max(2, TOGETHER / pitch & ~1);
        float[] t = FloatRows.scratch((group + 1) * pitch);
        float[] s = FloatRows.perRow();
        for (int r0 = 0, here; r0 < rows; r0 += here) {
            here = together(rows - r0, group);
            largest(x, xo + r0 * n, here, n, s);
            expSums(s, x, xo + r0 * n, here, n, t, pitch);
            FloatVectorMath.all(Unary.LOG, s, FloatRows.GROUP, s, FloatRows.GROUP, here);
            FloatRows.pick(s, x, places, po + r0, y, yo + r0, here);
        }
    }

    /// [Kernels#crossEntropyGrad] of at least two rows. Where the target is `on`, the quotient is taken once more.
    static void crossEntropyGrad(float[] x, int xo, int[] places, int po, float on, float off, float dy, float[] dx, int dxo,
            int rows, int n) {
        int pitch = n + V - 1 & -V;
        int group = Math.max(2, TOGETHER / pitch & ~1);
        float[] t = FloatRows.scratch((group + 1) * pitch);
        float[] s = FloatRows.perRow();
        for (int r0 = 0, here; r0 < rows; r0 += here) {
            here = together(rows - r0, group);
            int at = r0 * n;
            largest(x, xo + at, here, n, s);
            expSums(s, x, xo + at, here, n, t, pitch);
            slopes(s, t, here, pitch, n, off, dy, dx, dxo + at);
            for (int r = 0; r < here; r++) {
                int j = places[po + r0 + r] - xo - at - r * n;
                float e = t[r * pitch + (j < n - V ? j : j + pitch - n)];
                float a = s[FloatRows.GROUP + r];
                float inverse = 1 / a;
                float q = e * inverse;
                dx[dxo + at + r * n + j] = (Math.fma(Math.fma(q, -a, e), inverse, q) - on) * dy;
            }
        }
    }

    /// `s[r]` is the largest element of row `r`, as [FloatParts#largest]: of four rows at a time, which fold as one.
    private static void largest(float[] x, int xo, int rows, int n, float[] s) {
        if (rows < 4) {
            largestOfPairs(x, xo, rows, n, s);
            return;
        }
        int last = n - V;
        for (int i0 = 0; i0 < rows; i0 += 4) {
            int r = Math.min(i0, rows - 4);
            int p0 = xo + r * n;
            int p1 = p0 + n;
            int p2 = p1 + n;
            int p3 = p2 + n;
            var a0 = fromArray(S, x, p0 + last);
            var a1 = fromArray(S, x, p1 + last);
            var a2 = fromArray(S, x, p2 + last);
            var a3 = fromArray(S, x, p3 + last);
            for (int i = 0; i < last; i += V) {
                var v0 = fromArray(S, x, p0 + i);
                a0 = a0.blend(v0, v0.compare(GT, a0));
                var v1 = fromArray(S, x, p1 + i);
                a1 = a1.blend(v1, v1.compare(GT, a1));
                var v2 = fromArray(S, x, p2 + i);
                a2 = a2.blend(v2, v2.compare(GT, a2));
                var v3 = fromArray(S, x, p3 + i);
                a3 = a3.blend(v3, v3.compare(GT, a3));
            }
            var b = a0.blend(a1, UPPER);
            var c = a1.blend(a0, UPPER).rearrange(BY_8);
            b = b.blend(c, c.compare(GT, b));
            var d = a2.blend(a3, UPPER);
            c = a3.blend(a2, UPPER).rearrange(BY_8);
            d = d.blend(c, c.compare(GT, d));
            c = d.blend(b, UPPER_4).rearrange(BY_4);
            b = b.blend(d, UPPER_4);
            b = b.blend(c, c.compare(GT, b));
            c = b.rearrange(BY_2);
            b = b.blend(c, c.compare(GT, b));
            c = b.rearrange(BY_1);
            b.blend(c, c.compare(GT, b)).rearrange(ORDER).intoArray(s, r);
        }
    }

    private static void largestOfPairs(float[] x, int xo, int rows, int n, float[] s) {
        int last = n - V;
        for (int i0 = 0; i0 < rows; i0 += 2) {
            int r = Math.min(i0, rows - 2);
            int p0 = xo + r * n;
            int p1 = p0 + n;
            var a = fromArray(S, x, p0 + last);
            var b = fromArray(S, x, p1 + last);
            for (int i = 0; i < last; i += V) {
                var v = fromArray(S, x, p0 + i);
                a = a.blend(v, v.compare(GT, a));
                var w = fromArray(S, x, p1 + i);
                b = b.blend(w, w.compare(GT, b));
            }
            var c = a.rearrange(BY_8);
            a = a.blend(c, c.compare(GT, a));
            c = b.rearrange(BY_8);
            a = a.blend(b.blend(c, c.compare(GT, b)), UPPER);
            c = a.rearrange(BY_4);
            a = a.blend(c, c.compare(GT, a));
            c = a.rearrange(BY_2);
            a = a.blend(c, c.compare(GT, a));
            c = a.rearrange(BY_1);
            a = a.blend(c, c.compare(GT, a));
            s[r] = a.lane(0);
            s[r + 1] = a.lane(V / 2);
        }
    }

    /// Rows of `pitch` elements of `t` become `e^(x − s[r])`, what reaches back behind what is before it; `s[GROUP + r]` is the
    /// sum of row `r`.
    private static void expSums(float[] s, float[] x, int xo, int rows, int n, float[] t, int pitch) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < rows; i0 += 2) {
            int r = Math.min(i0, rows - 2); // an odd last row has the one before it again for company
            int p0 = xo + r * n;
            int p1 = p0 + n;
            int t0 = r * pitch;
            int t1 = t0 + pitch;
            var m0 = broadcast(S, s[r]);
            var m1 = broadcast(S, s[r + 1]);
            var sum0 = zero(S);
            var sum1 = zero(S);
            var before0 = sum0;
            var before1 = sum1;
            var e0 = sum0;
            var e1 = sum1;
            for (int i = 0; i < n; i += V) {
                int at = Math.min(i, last);
                var c0 = fromArray(S, x, p0 + at).sub(m0);
                var c1 = fromArray(S, x, p1 + at).sub(m1);
                boolean easy = c0.fma(c0, c1.mul(c1)).compare(LE, EASY).allTrue(); // nor where one is NaN
                var k0 = c0.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
                var f0 = k0.sub(MAGIC);
                var d0 = f0.fma(broadcast(S, -LN2_LOW_8), f0.fma(broadcast(S, -LN2_HIGH_8), c0));
                var b0 = k0.reinterpretAsInts();
                var u0 = broadcast(S, CUBIC_3).fma(d0, broadcast(S, CUBIC_2));
                u0 = u0.fma(d0, broadcast(S, CUBIC_1));
                u0 = u0.fma(d0, broadcast(S, CUBIC_0));
                var g0 = b0.selectFrom(IntVector.fromArray(I, ROOTS, 0)).add(b0.lanewise(LSHL, 20)).reinterpretAsFloats();
                e0 = g0.fma(u0, g0);
                var k1 = c1.fma(broadcast(S, LOG2E_8), broadcast(S, MAGIC));
                var f1 = k1.sub(MAGIC);
                var d1 = f1.fma(broadcast(S, -LN2_LOW_8), f1.fma(broadcast(S, -LN2_HIGH_8), c1));
                var b1 = k1.reinterpretAsInts();
                var u1 = broadcast(S, CUBIC_3).fma(d1, broadcast(S, CUBIC_2));
                u1 = u1.fma(d1, broadcast(S, CUBIC_1));
                u1 = u1.fma(d1, broadcast(S, CUBIC_0));
                var g1 = b1.selectFrom(IntVector.fromArray(I, ROOTS, 0)).add(b1.lanewise(LSHL, 20)).reinterpretAsFloats();
                e1 = g1.fma(u1, g1);
                if (!easy) {
                    FloatVectorExp.wideExp(s[r], x, p0 + at, t, t0 + i);
                    FloatVectorExp.wideExp(s[r + 1], x, p1 + at, t, t1 + i);
                    e0 = fromArray(S, t, t0 + i);
                    e1 = fromArray(S, t, t1 + i);
                }
                e0.intoArray(t, t0 + i);
                e1.intoArray(t, t1 + i);
                before0 = sum0;
                before1 = sum1;
                sum0 = sum0.add(e0);
                sum1 = sum1.add(e1);
            }
            sum0 = turn.selectFrom(before0.reinterpretAsInts()).reinterpretAsFloats();
            sum1 = turn.selectFrom(before1.reinterpretAsInts()).reinterpretAsFloats();
            sum0 = sum0.blend(sum0.add(e0), rest);
            sum1 = sum1.blend(sum1.add(e1), rest);
            var both = sum0.add(sum0.rearrange(BY_8)).blend(sum1.add(sum1.rearrange(BY_8)), UPPER);
            both = both.add(both.rearrange(BY_4));
            both = both.add(both.rearrange(BY_2));
            both = both.add(both.rearrange(BY_1));
            s[FloatRows.GROUP + r] = both.lane(0);
            s[FloatRows.GROUP + r + 1] = both.lane(V / 2);
        }
    }

    /// `y = t/a` for rows of `pitch` elements of `t`, `a` their sum: as [FloatParts#div], where −q·a is q·(−a).
    private static void quotients(float[] s, float[] t, int rows, int pitch, int n, float[] y, int yo) {
        int last = n - V;
        for (int r = 0, p = yo, from = 0; r < rows; r++, p += n, from += pitch) {
            float a = s[FloatRows.GROUP + r];
            var b = broadcast(S, -a);
            var inverse = broadcast(S, 1 / a);
            for (int i = 0; i < last; i += V) {
                var e = fromArray(S, t, from + i);
                var q = e.mul(inverse);
                q.fma(b, e).fma(inverse, q).intoArray(y, p + i);
            }
            var e = fromArray(S, t, from + pitch - V);
            var q = e.mul(inverse);
            q.fma(b, e).fma(inverse, q).intoArray(y, p + last);
        }
    }

    /// `y = (t/a − off)·dy`, the quotients as in [#quotients].
    private static void slopes(float[] s, float[] t, int rows, int pitch, int n, float off, float dy, float[] y, int yo) {
        int last = n - V;
        for (int r = 0, p = yo, from = 0; r < rows; r++, p += n, from += pitch) {
            float a = s[FloatRows.GROUP + r];
            var b = broadcast(S, -a);
            var inverse = broadcast(S, 1 / a);
            for (int i = 0; i < last; i += V) {
                var e = fromArray(S, t, from + i);
                var q = e.mul(inverse);
                q.fma(b, e).fma(inverse, q).sub(off).mul(dy).intoArray(y, p + i);
            }
            var e = fromArray(S, t, from + pitch - V);
            var q = e.mul(inverse);
            q.fma(b, e).fma(inverse, q).sub(off).mul(dy).intoArray(y, p + last);
        }
    }

    /// `y = (x − a) − b`, `a` the largest of a row and `b` the logarithm of its sum.
    private static void differences(float[] s, float[] x, int xo, int rows, int n, float[] y, int yo) {
        int last = n - V;
        for (int r = 0, p = xo, q = yo; r < rows; r++, p += n, q += n) {
            var a = broadcast(S, s[r]);
            var b = broadcast(S, s[FloatRows.GROUP + r]);
            var end = fromArray(S, x, p + last).sub(a).sub(b);
            for (int i = 0; i < last; i += V) fromArray(S, x, p + i).sub(a).sub(b).intoArray(y, q + i);
            end.intoArray(y, q + last);
        }
    }

    /// `dx = y·(dy − Σ dy·y)` of rows.
    static void softmaxGrad(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        if (n > V && n <= 8 * V) inRegisters(y, yo, dy, dyo, dx, dxo, rows, n);
        else twice(y, yo, dy, dyo, dx, dxo, rows, n);
    }

    /// Up to eight vectors a row, which stay in registers while their sum is taken: what a row does not have, it passes over by
    /// branches that all its rows take alike.
    private static void inRegisters(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        int last = n - V;
        int before = (n - 1) / V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int r = 0, p = yo, q = dyo, to = dxo; r < rows; r++, p += n, q += n, to += n) {
            var v0 = fromArray(S, y, p);
            var g0 = fromArray(S, dy, q);
            var s = v0.fma(g0, zero(S));
            var v1 = v0;
            var g1 = g0;
            if (before > 1) {
                v1 = fromArray(S, y, p + 1 * V);
                g1 = fromArray(S, dy, q + 1 * V);
                s = v1.fma(g1, s);
            }
            var v2 = v1;
            var g2 = g1;
            if (before > 2) {
                v2 = fromArray(S, y, p + 2 * V);
                g2 = fromArray(S, dy, q + 2 * V);
                s = v2.fma(g2, s);
            }
            var v3 = v2;
            var g3 = g2;
            if (before > 3) {
                v3 = fromArray(S, y, p + 3 * V);
                g3 = fromArray(S, dy, q + 3 * V);
                s = v3.fma(g3, s);
            }
            var v4 = v3;
            var g4 = g3;
            if (before > 4) {
                v4 = fromArray(S, y, p + 4 * V);
                g4 = fromArray(S, dy, q + 4 * V);
                s = v4.fma(g4, s);
            }
            var v5 = v4;
            var g5 = g4;
            if (before > 5) {
                v5 = fromArray(S, y, p + 5 * V);
                g5 = fromArray(S, dy, q + 5 * V);
                s = v5.fma(g5, s);
            }
            var v6 = v5;
            var g6 = g5;
            if (before > 6) {
                v6 = fromArray(S, y, p + 6 * V);
                g6 = fromArray(S, dy, q + 6 * V);
                s = v6.fma(g6, s);
            }
            var v7 = fromArray(S, y, p + last);
            var g7 = fromArray(S, dy, q + last);
            s = turn.selectFrom(s.reinterpretAsInts()).reinterpretAsFloats();
            s = s.blend(v7.fma(g7, s), rest);
            s = s.add(s.rearrange(BY_8));
            s = s.add(s.rearrange(BY_4));
            s = s.add(s.rearrange(BY_2));
            s = s.add(s.rearrange(BY_1));
            v0.mul(g0.sub(s)).intoArray(dx, to);
            if (before > 1) v1.mul(g1.sub(s)).intoArray(dx, to + 1 * V);
            if (before > 2) v2.mul(g2.sub(s)).intoArray(dx, to + 2 * V);
            if (before > 3) v3.mul(g3.sub(s)).intoArray(dx, to + 3 * V);
            if (before > 4) v4.mul(g4.sub(s)).intoArray(dx, to + 4 * V);
            if (before > 5) v5.mul(g5.sub(s)).intoArray(dx, to + 5 * V);
            if (before > 6) v6.mul(g6.sub(s)).intoArray(dx, to + 6 * V);
            v7.mul(g7.sub(s)).intoArray(dx, to + last);
        }
    }

    private static void twice(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int r = 0, p = yo, q = dyo, to = dxo; r < rows; r++, p += n, q += n, to += n) {
            var s = zero(S);
            for (int i = 0; i < last; i += V) s = fromArray(S, dy, q + i).fma(fromArray(S, y, p + i), s);
            var v = fromArray(S, y, p + last);
            var g = fromArray(S, dy, q + last);
            s = turn.selectFrom(s.reinterpretAsInts()).reinterpretAsFloats();
            s = s.blend(v.fma(g, s), rest);
            s = s.add(s.rearrange(BY_8));
            s = s.add(s.rearrange(BY_4));
            s = s.add(s.rearrange(BY_2));
            s = s.add(s.rearrange(BY_1));
            v = v.mul(g.sub(s));
            for (int i = 0; i < last; i += V) fromArray(S, y, p + i).mul(fromArray(S, dy, q + i).sub(s)).intoArray(dx, to + i);
            v.intoArray(dx, to + last);
        }
    }

    /// `dx = dy − e^y·Σ dy` of at least two rows.
    static void logSoftmaxGrad(float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo, int rows, int n) {
        int pitch = n + V - 1 & -V;
        int group = Math.max(2, TOGETHER / pitch & ~1);
        float[] t = FloatRows.scratch((group + 1) * pitch);
        float[] s = FloatRows.perRow();
        for (int r0 = 0, here; r0 < rows; r0 += here) {
            here = together(rows - r0, group);
            int at = r0 * n;
            for (int r = 0; r < here; r++) s[r] = 0;
            expSums(s, y, yo + at, here, n, t, pitch);
            sums(dy, dyo + at, here, n, s);
            minusProducts(s, t, pitch, dy, dyo + at, dx, dxo + at, here, n);
        }
    }

    /// `s[r]` is the sum of row `r`.
    private static void sums(float[] x, int xo, int rows, int n, float[] s) {
        int last = n - V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < rows; i0 += 2) {
            int r = Math.min(i0, rows - 2);
            int p0 = xo + r * n;
            int p1 = p0 + n;
            var sum0 = zero(S);
            var sum1 = zero(S);
            for (int i = 0; i < last; i += V) {
                sum0 = sum0.add(fromArray(S, x, p0 + i));
                sum1 = sum1.add(fromArray(S, x, p1 + i));
            }
            sum0 = turn.selectFrom(sum0.reinterpretAsInts()).reinterpretAsFloats();
            sum1 = turn.selectFrom(sum1.reinterpretAsInts()).reinterpretAsFloats();
            sum0 = sum0.blend(sum0.add(fromArray(S, x, p0 + last)), rest);
            sum1 = sum1.blend(sum1.add(fromArray(S, x, p1 + last)), rest);
            var both = sum0.add(sum0.rearrange(BY_8)).blend(sum1.add(sum1.rearrange(BY_8)), UPPER);
            both = both.add(both.rearrange(BY_4));
            both = both.add(both.rearrange(BY_2));
            both = both.add(both.rearrange(BY_1));
            s[r] = both.lane(0);
            s[r + 1] = both.lane(V / 2);
        }
    }

    /// `dx = dy − a·t` for rows of `pitch` elements of `t`.
    private static void minusProducts(float[] s, float[] t, int pitch, float[] dy, int dyo, float[] dx, int dxo, int rows,
            int n) {
        int last = n - V;
        for (int r = 0, p = 0, q = dyo, to = dxo; r < rows; r++, p += pitch, q += n, to += n) {
            var a = broadcast(S, -s[r]);
            var end = a.fma(fromArray(S, t, p + pitch - V), fromArray(S, dy, q + last));
            for (int i = 0; i < last; i += V) a.fma(fromArray(S, t, p + i), fromArray(S, dy, q + i)).intoArray(dx, to + i);
            end.intoArray(dx, to + last);
        }
    }

    /// Rows of the next group, never one by itself.
    private static int together(int left, int group) {
        return left <= group + 1 ? left : group;
    }
}
