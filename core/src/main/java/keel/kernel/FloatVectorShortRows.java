package keel.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;
import static jdk.incubator.vector.VectorOperators.GE;
import static keel.kernel.FloatVectorRows.LANES;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Sums in pairs as in [FloatVectorPairs], and what is made of them, for rows from one vector to eight, and for vectors of 16
/// lanes only, with the same bits.
///
/// The loop over rows is the only one: what a row does not have it passes over by branches, the same ones for all rows. Its last
/// vector reaches back, and is read before anything is written, because the output may be the input.
///
/// The last pass of a gradient needs few registers for addresses, else C2 keeps some in vectors, where each use has to fetch
/// them: the numbers of a row come from one array, inputs and output have one offset, and the loop tells that it is short, so
/// that there is no second one around it for safepoints.
final class FloatVectorShortRows {
    private FloatVectorShortRows() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final VectorSpecies<Integer> I = VectorWidth.INT;
    private static final int V = S.length();
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.fromOp(S, j -> (j ^ 8) % V);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.fromOp(S, j -> (j ^ 4) % V);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.fromOp(S, j -> (j ^ 2) % V);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.fromOp(S, j -> (j ^ 1) % V);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, 0xff00L & (1L << V) - 1);
    private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(S, 0xf0f0L & (1L << V) - 1);
    private static final VectorShuffle<Float> ORDER = VectorShuffle.fromOp(S, j -> ((j & 1) * 8 + (j >> 1 & 1) * 4) % V);

    /// Whether lines of `n` elements are for these loops.
    static boolean fit(int n) {
        return V == 16 && n > V && n <= 8 * V;
    }

    /// As [FloatVectorPairs#deviations].
    static void deviations(float[] a, int ao, int da, float[] x, int xo, int step, int lines, int n, float[] s, int at) {
        int last = n - V;
        int before = (n - 1) / V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < lines; i0 += 2) {
            int r = Math.min(i0, lines - 2);
            int p0 = xo + r * step;
            int p1 = p0 + step;
            var a0 = broadcast(S, a[ao + r * da]);
            var a1 = broadcast(S, a[ao + (r + 1) * da]);
            var s0 = zero(S);
            var t0 = zero(S);
            var s1 = zero(S);
            var t1 = zero(S);
            var g0 = fromArray(S, x, p0).sub(a0);
            var g1 = fromArray(S, x, p1).sub(a1);
            s0 = s0.add(g0);
            t0 = g0.fma(g0, t0);
            s1 = s1.add(g1);
            t1 = g1.fma(g1, t1);
            if (before > 1) {
                g0 = fromArray(S, x, p0 + 1 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 1 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            if (before > 2) {
                g0 = fromArray(S, x, p0 + 2 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 2 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            if (before > 3) {
                g0 = fromArray(S, x, p0 + 3 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 3 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            if (before > 4) {
                g0 = fromArray(S, x, p0 + 4 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 4 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            if (before > 5) {
                g0 = fromArray(S, x, p0 + 5 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 5 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            if (before > 6) {
                g0 = fromArray(S, x, p0 + 6 * V).sub(a0);
                g1 = fromArray(S, x, p1 + 6 * V).sub(a1);
                s0 = s0.add(g0);
                t0 = g0.fma(g0, t0);
                s1 = s1.add(g1);
                t1 = g1.fma(g1, t1);
            }
            g0 = fromArray(S, x, p0 + last).sub(a0);
            g1 = fromArray(S, x, p1 + last).sub(a1);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            t0 = turn.selectFrom(t0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            t1 = turn.selectFrom(t1.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(s0.add(g0), rest);
            t0 = t0.blend(g0.fma(g0, t0), rest);
            s1 = s1.blend(s1.add(g1), rest);
            t1 = t1.blend(g1.fma(g1, t1), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(t0.add(t0.rearrange(BY_8)), UPPER);
            var u1 = s1.add(s1.rearrange(BY_8)).blend(t1.add(t1.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + 2 * r);
        }
    }

    /// As [FloatVectorPairs#slopes].
    static void slopes(float[] a, int ao, int da, float[] x, int xo, float[] z, int zo, int step, int lines, int n,
            float[] s, int at) {
        int last = n - V;
        int before = (n - 1) / V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < lines; i0 += 2) {
            int r = Math.min(i0, lines - 2);
            int p0 = xo + r * step;
            int p1 = p0 + step;
            int q0 = zo + r * step;
            int q1 = q0 + step;
            var a0 = broadcast(S, a[ao + r * da]);
            var a1 = broadcast(S, a[ao + (r + 1) * da]);
            var s0 = zero(S);
            var t0 = zero(S);
            var s1 = zero(S);
            var t1 = zero(S);
            var g0 = fromArray(S, z, q0);
            var g1 = fromArray(S, z, q1);
            s0 = s0.add(g0);
            t0 = fromArray(S, x, p0).sub(a0).fma(g0, t0);
            s1 = s1.add(g1);
            t1 = fromArray(S, x, p1).sub(a1).fma(g1, t1);
            if (before > 1) {
                g0 = fromArray(S, z, q0 + 1 * V);
                g1 = fromArray(S, z, q1 + 1 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 1 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 1 * V).sub(a1).fma(g1, t1);
            }
            if (before > 2) {
                g0 = fromArray(S, z, q0 + 2 * V);
                g1 = fromArray(S, z, q1 + 2 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 2 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 2 * V).sub(a1).fma(g1, t1);
            }
            if (before > 3) {
                g0 = fromArray(S, z, q0 + 3 * V);
                g1 = fromArray(S, z, q1 + 3 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 3 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 3 * V).sub(a1).fma(g1, t1);
            }
            if (before > 4) {
                g0 = fromArray(S, z, q0 + 4 * V);
                g1 = fromArray(S, z, q1 + 4 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 4 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 4 * V).sub(a1).fma(g1, t1);
            }
            if (before > 5) {
                g0 = fromArray(S, z, q0 + 5 * V);
                g1 = fromArray(S, z, q1 + 5 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 5 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 5 * V).sub(a1).fma(g1, t1);
            }
            if (before > 6) {
                g0 = fromArray(S, z, q0 + 6 * V);
                g1 = fromArray(S, z, q1 + 6 * V);
                s0 = s0.add(g0);
                t0 = fromArray(S, x, p0 + 6 * V).sub(a0).fma(g0, t0);
                s1 = s1.add(g1);
                t1 = fromArray(S, x, p1 + 6 * V).sub(a1).fma(g1, t1);
            }
            g0 = fromArray(S, z, q0 + last);
            g1 = fromArray(S, z, q1 + last);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            t0 = turn.selectFrom(t0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            t1 = turn.selectFrom(t1.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(s0.add(g0), rest);
            t0 = t0.blend(fromArray(S, x, p0 + last).sub(a0).fma(g0, t0), rest);
            s1 = s1.blend(s1.add(g1), rest);
            t1 = t1.blend(fromArray(S, x, p1 + last).sub(a1).fma(g1, t1), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(t0.add(t0.rearrange(BY_8)), UPPER);
            var u1 = s1.add(s1.rearrange(BY_8)).blend(t1.add(t1.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + 2 * r);
        }
    }

    /// `s[at + r] = Σ x²` of at least four rows, with room for a vector from the last four on.
    static void squares(float[] x, int xo, int rows, int n, float[] s, int at) {
        int last = n - V;
        int before = (n - 1) / V;
        var turn = IntVector.fromArray(I, LANES, n & 15);
        var rest = fromArray(S, FloatSums.NUMBERS, 0).compare(GE, (float) (-n & 15));
        for (int i0 = 0; i0 < rows; i0 += 4) {
            int r = Math.min(i0, rows - 4);
            int p0 = xo + r * n;
            int p1 = p0 + n;
            int p2 = p1 + n;
            int p3 = p2 + n;
            var g0 = fromArray(S, x, p0);
            var g1 = fromArray(S, x, p1);
            var g2 = fromArray(S, x, p2);
            var g3 = fromArray(S, x, p3);
            var s0 = g0.fma(g0, zero(S));
            var s1 = g1.fma(g1, zero(S));
            var s2 = g2.fma(g2, zero(S));
            var s3 = g3.fma(g3, zero(S));
            if (before > 1) {
                g0 = fromArray(S, x, p0 + 1 * V);
                g1 = fromArray(S, x, p1 + 1 * V);
                g2 = fromArray(S, x, p2 + 1 * V);
                g3 = fromArray(S, x, p3 + 1 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            if (before > 2) {
                g0 = fromArray(S, x, p0 + 2 * V);
                g1 = fromArray(S, x, p1 + 2 * V);
                g2 = fromArray(S, x, p2 + 2 * V);
                g3 = fromArray(S, x, p3 + 2 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            if (before > 3) {
                g0 = fromArray(S, x, p0 + 3 * V);
                g1 = fromArray(S, x, p1 + 3 * V);
                g2 = fromArray(S, x, p2 + 3 * V);
                g3 = fromArray(S, x, p3 + 3 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            if (before > 4) {
                g0 = fromArray(S, x, p0 + 4 * V);
                g1 = fromArray(S, x, p1 + 4 * V);
                g2 = fromArray(S, x, p2 + 4 * V);
                g3 = fromArray(S, x, p3 + 4 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            if (before > 5) {
                g0 = fromArray(S, x, p0 + 5 * V);
                g1 = fromArray(S, x, p1 + 5 * V);
                g2 = fromArray(S, x, p2 + 5 * V);
                g3 = fromArray(S, x, p3 + 5 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            if (before > 6) {
                g0 = fromArray(S, x, p0 + 6 * V);
                g1 = fromArray(S, x, p1 + 6 * V);
                g2 = fromArray(S, x, p2 + 6 * V);
                g3 = fromArray(S, x, p3 + 6 * V);
                s0 = g0.fma(g0, s0);
                s1 = g1.fma(g1, s1);
                s2 = g2.fma(g2, s2);
                s3 = g3.fma(g3, s3);
            }
            g0 = fromArray(S, x, p0 + last);
            g1 = fromArray(S, x, p1 + last);
            g2 = fromArray(S, x, p2 + last);
            g3 = fromArray(S, x, p3 + last);
            s0 = turn.selectFrom(s0.reinterpretAsInts()).reinterpretAsFloats();
            s1 = turn.selectFrom(s1.reinterpretAsInts()).reinterpretAsFloats();
            s2 = turn.selectFrom(s2.reinterpretAsInts()).reinterpretAsFloats();
            s3 = turn.selectFrom(s3.reinterpretAsInts()).reinterpretAsFloats();
            s0 = s0.blend(g0.fma(g0, s0), rest);
            s1 = s1.blend(g1.fma(g1, s1), rest);
            s2 = s2.blend(g2.fma(g2, s2), rest);
            s3 = s3.blend(g3.fma(g3, s3), rest);
            var u0 = s0.add(s0.rearrange(BY_8)).blend(s1.add(s1.rearrange(BY_8)), UPPER);
            var u1 = s2.add(s2.rearrange(BY_8)).blend(s3.add(s3.rearrange(BY_8)), UPPER);
            var v = u0.add(u0.rearrange(BY_4)).blend(u1.add(u1.rearrange(BY_4)), UPPER_4);
            v = v.add(v.rearrange(BY_2));
            v = v.add(v.rearrange(BY_1));
            v.rearrange(ORDER).intoArray(s, at + r);
        }
    }

    /// The last pass of [FloatNorms#rows] with a weight and a bias for each element, the same ones for all rows.
    static void affine(float[] mean, float[] rstd, int row, float[] x, int xo, float[] w, float[] b, float[] y, int yo, int rows,
            int n) {
        int last = n - V;
        int before = (n - 1) / V;
        var w0 = fromArray(S, w, 0);
        var w1 = before > 1 ? fromArray(S, w, 1 * V) : w0;
        var w2 = before > 2 ? fromArray(S, w, 2 * V) : w0;
        var w3 = before > 3 ? fromArray(S, w, 3 * V) : w0;
        var w4 = before > 4 ? fromArray(S, w, 4 * V) : w0;
        var w5 = before > 5 ? fromArray(S, w, 5 * V) : w0;
        var w6 = before > 6 ? fromArray(S, w, 6 * V) : w0;
        var w7 = fromArray(S, w, last);
        var b0 = fromArray(S, b, 0);
        var b1 = before > 1 ? fromArray(S, b, 1 * V) : b0;
        var b2 = before > 2 ? fromArray(S, b, 2 * V) : b0;
        var b3 = before > 3 ? fromArray(S, b, 3 * V) : b0;
        var b4 = before > 4 ? fromArray(S, b, 4 * V) : b0;
        var b5 = before > 5 ? fromArray(S, b, 5 * V) : b0;
        var b6 = before > 6 ? fromArray(S, b, 6 * V) : b0;
        var b7 = fromArray(S, b, last);
        for (int r = 0, p = xo, to = yo; r < rows; r++, p += n, to += n) {
            var m = broadcast(S, mean[row + r]);
            var f = broadcast(S, rstd[row + r]);
            var end = fromArray(S, x, p + last).sub(m).mul(f).fma(w7, b7);
            fromArray(S, x, p).sub(m).mul(f).fma(w0, b0).intoArray(y, to);
            if (before > 1) fromArray(S, x, p + 1 * V).sub(m).mul(f).fma(w1, b1).intoArray(y, to + 1 * V);
            if (before > 2) fromArray(S, x, p + 2 * V).sub(m).mul(f).fma(w2, b2).intoArray(y, to + 2 * V);
            if (before > 3) fromArray(S, x, p + 3 * V).sub(m).mul(f).fma(w3, b3).intoArray(y, to + 3 * V);
            if (before > 4) fromArray(S, x, p + 4 * V).sub(m).mul(f).fma(w4, b4).intoArray(y, to + 4 * V);
            if (before > 5) fromArray(S, x, p + 5 * V).sub(m).mul(f).fma(w5, b5).intoArray(y, to + 5 * V);
            if (before > 6) fromArray(S, x, p + 6 * V).sub(m).mul(f).fma(w6, b6).intoArray(y, to + 6 * V);
            end.intoArray(y, to + last);
        }
    }

    /// [FloatParts#tilt(float[], int, float[], int, float[], float[], float[], int, int, int)].
    static void tilt(float[] s, int at, float[] w, int wo, float[] x, float[] dy, float[] dx, int o, int rows, int n) {
        int last = n - V;
        int before = (n - 1) / V;
        var w0 = fromArray(S, w, wo);
        var w1 = before > 1 ? fromArray(S, w, wo + 1 * V) : w0;
        var w2 = before > 2 ? fromArray(S, w, wo + 2 * V) : w0;
        var w3 = before > 3 ? fromArray(S, w, wo + 3 * V) : w0;
        var w4 = before > 4 ? fromArray(S, w, wo + 4 * V) : w0;
        var w5 = before > 5 ? fromArray(S, w, wo + 5 * V) : w0;
        var w6 = before > 6 ? fromArray(S, w, wo + 6 * V) : w0;
        var w7 = fromArray(S, w, wo + last);
        for (int r = 0, p = o; r < Math.min(rows, FloatNorms.MOST); r++, p += n) {
            int g = at + r * FloatNorms.EACH;
            var m = broadcast(S, s[g]);
            var f = broadcast(S, s[g + 1]);
            var a = broadcast(S, s[g + 2]);
            var c = broadcast(S, s[g + 3]);
            var end = m.sub(fromArray(S, x, p + last)).fma(c, fromArray(S, dy, p + last).mul(w7).sub(a)).mul(f);
            m.sub(fromArray(S, x, p)).fma(c, fromArray(S, dy, p).mul(w0).sub(a)).mul(f).intoArray(dx, p);
            if (before > 1) {
                m.sub(fromArray(S, x, p + 1 * V)).fma(c, fromArray(S, dy, p + 1 * V).mul(w1).sub(a)).mul(f)
                    .intoArray(dx, p + 1 * V);
            }
            if (before > 2) {
                m.sub(fromArray(S, x, p + 2 * V)).fma(c, fromArray(S, dy, p + 2 * V).mul(w2).sub(a)).mul(f)
                    .intoArray(dx, p + 2 * V);
            }
            if (before > 3) {
                m.sub(fromArray(S, x, p + 3 * V)).fma(c, fromArray(S, dy, p + 3 * V).mul(w3).sub(a)).mul(f)
                    .intoArray(dx, p + 3 * V);
            }
            if (before > 4) {
                m.sub(fromArray(S, x, p + 4 * V)).fma(c, fromArray(S, dy, p + 4 * V).mul(w4).sub(a)).mul(f)
                    .intoArray(dx, p + 4 * V);
            }
            if (before > 5) {
                m.sub(fromArray(S, x, p + 5 * V)).fma(c, fromArray(S, dy, p + 5 * V).mul(w5).sub(a)).mul(f)
                    .intoArray(dx, p + 5 * V);
            }
            if (before > 6) {
                m.sub(fromArray(S, x, p + 6 * V)).fma(c, fromArray(S, dy, p + 6 * V).mul(w6).sub(a)).mul(f)
                    .intoArray(dx, p + 6 * V);
            }
            end.intoArray(dx, p + last);
        }
    }

    /// [FloatParts#scaleLines].
    static void scale(float mean, float rstd, float[] w, float[] b, int wo, int dw, float[] x, int xo, float[] y, int yo,
            int step, int lines, int n) {
        int last = n - V;
        int before = (n - 1) / V;
        for (int r = 0, p = xo, to = yo, c = wo; r < lines; r++, p += step, to += step, c += dw) {
            var m = broadcast(S, mean);
            var f = broadcast(S, w == null ? rstd : rstd * w[c]);
            var h = broadcast(S, b == null ? FloatNorms.NOTHING : b[c]);
            var end = fromArray(S, x, p + last).sub(m).fma(f, h);
            fromArray(S, x, p).sub(m).fma(f, h).intoArray(y, to);
            if (before > 1) fromArray(S, x, p + 1 * V).sub(m).fma(f, h).intoArray(y, to + 1 * V);
            if (before > 2) fromArray(S, x, p + 2 * V).sub(m).fma(f, h).intoArray(y, to + 2 * V);
            if (before > 3) fromArray(S, x, p + 3 * V).sub(m).fma(f, h).intoArray(y, to + 3 * V);
            if (before > 4) fromArray(S, x, p + 4 * V).sub(m).fma(f, h).intoArray(y, to + 4 * V);
            if (before > 5) fromArray(S, x, p + 5 * V).sub(m).fma(f, h).intoArray(y, to + 5 * V);
            if (before > 6) fromArray(S, x, p + 6 * V).sub(m).fma(f, h).intoArray(y, to + 6 * V);
            end.intoArray(y, to + last);
        }
    }

    /// [FloatParts#tiltLines].
    static void tilt(float mean, float rstd, float[] w, int wo, int dw, float a, float c, float[] x, float[] dy,
            float[] dx, int o, int step, int lines, int n) {
        int last = n - V;
        int before = (n - 1) / V;
        var m = broadcast(S, mean);
        var f = broadcast(S, rstd);
        var s = broadcast(S, a);
        var t = broadcast(S, c);
        for (int r = 0, p = o, j = wo; r < lines; r++, p += step, j += dw) {
            var g = broadcast(S, w == null ? 1f : w[j]);
            var end = m.sub(fromArray(S, x, p + last)).fma(t, fromArray(S, dy, p + last).mul(g).sub(s)).mul(f);
            m.sub(fromArray(S, x, p)).fma(t, fromArray(S, dy, p).mul(g).sub(s)).mul(f).intoArray(dx, p);
            if (before > 1) {
                m.sub(fromArray(S, x, p + 1 * V)).fma(t, fromArray(S, dy, p + 1 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 1 * V);
            }
            if (before > 2) {
                m.sub(fromArray(S, x, p + 2 * V)).fma(t, fromArray(S, dy, p + 2 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 2 * V);
            }
            if (before > 3) {
                m.sub(fromArray(S, x, p + 3 * V)).fma(t, fromArray(S, dy, p + 3 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 3 * V);
            }
            if (before > 4) {
                m.sub(fromArray(S, x, p + 4 * V)).fma(t, fromArray(S, dy, p + 4 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 4 * V);
            }
            if (before > 5) {
                m.sub(fromArray(S, x, p + 5 * V)).fma(t, fromArray(S, dy, p + 5 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 5 * V);
            }
            if (before > 6) {
                m.sub(fromArray(S, x, p + 6 * V)).fma(t, fromArray(S, dy, p + 6 * V).mul(g).sub(s)).mul(f)
                    .intoArray(dx, p + 6 * V);
            }
            end.intoArray(dx, p + last);
        }
    }
}
