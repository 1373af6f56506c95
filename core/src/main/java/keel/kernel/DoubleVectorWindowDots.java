// Generated from FloatVectorWindowDots.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import static jdk.incubator.vector.DoubleVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Products of windows with one row, as the gradient of a depthwise convolution's weight needs them: see
/// [Kernels#windowProducts]. `DoubleVectorWindowDots` is generated from this file.
///
/// Nothing is unfolded: three rows, the taps of a line of 3 × 3, are read where they lie, against one vector of `d`. Where a
/// vector crosses the end of a line, it is blended of two.
final class DoubleVectorWindowDots {
    private DoubleVectorWindowDots() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int LANES = Kernels.LANES;
    private static final int TOGETHER = 3;
    private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Double> BY_1 = VectorShuffle.iota(S, 1, 1, true);

    /// Whether lines are long enough, and no vector reaches beyond `b`.
    static boolean fits(Places at, double[] b, int bo) {
        if (V > LANES || at.width() < LANES || at.rows().length == 0) return false;
        int[] lines = at.lines();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i] - lines[i - 1] < LANES) return false;
        }
        int last = 0;
        for (int row : at.rows()) last = Math.max(last, row);
        return bo + lines[lines.length - 1] + last + at.width() <= b.length;
    }

    /// `c[co + p] += Σ b[bo + (p, o)]·d[xo + o]`, `from ≤ o < to`, at most a block of a sum; `l` has room for the lanes of three
    /// sums.
    static void add(double[] d, int xo, Places at, double[] b, int bo, int from, int to, double[] c, int co, double[] l) {
        int[] rows = at.rows();
        int whole = to - (to - from) % LANES;
        for (int p = 0; p < rows.length; p += TOGETHER) {
            int some = Math.min(TOGETHER, rows.length - p);
            int x0 = bo + rows[p];
            int x1 = bo + rows[p + some / 2]; // of one or two rows the last once more
            int x2 = bo + rows[p + some - 1];
            for (int part = 0; part < LANES; part += V) three(d, xo, at, b, x0, x1, x2, from, whole, part, l);
            for (int o = whole; o < to; o++) {
                int x = at.of(o);
                int j = o - whole;
                l[j] = Math.fma(b[x0 + x], d[xo + o], l[j]);
                l[LANES + j] = Math.fma(b[x1 + x], d[xo + o], l[LANES + j]);
                l[2 * LANES + j] = Math.fma(b[x2 + x], d[xo + o], l[2 * LANES + j]);
            }
            fold(l);
            c[co + p] += l[0];
            if (some == TOGETHER) c[co + p + 1] += l[LANES];
            if (some > 1) c[co + p + some - 1] += l[2 * LANES];
        }
    }

    /// The lanes of three sums from `part` on.
    private static void three(double[] d, int xo, Places at, double[] b, int x0, int x1, int x2, int from, int to, int part,
            double[] l) {
        int width = at.width();
        int[] lines = at.lines();
        var s0 = DoubleVector.zero(S);
        var s1 = DoubleVector.zero(S);
        var s2 = DoubleVector.zero(S);
        int line = (from + part) / width;
        int j = (from + part) % width;
        int x = line < lines.length ? lines[line] + j : 0;
        for (int o = from + part; o < to; o += LANES) {
            var v = fromArray(S, d, xo + o);
            if (j + V <= width) {
                s0 = fromArray(S, b, x0 + x).fma(v, s0);
                s1 = fromArray(S, b, x1 + x).fma(v, s1);
                s2 = fromArray(S, b, x2 + x).fma(v, s2);
            } else {
                int y = lines[line + 1] - width + j;
                var first = fromArray(S, DoubleSums.NUMBERS, 0).compare(VectorOperators.LT, (width - j));
                s0 = fromArray(S, b, x0 + y).blend(fromArray(S, b, x0 + x), first).fma(v, s0);
                s1 = fromArray(S, b, x1 + y).blend(fromArray(S, b, x1 + x), first).fma(v, s1);
                s2 = fromArray(S, b, x2 + y).blend(fromArray(S, b, x2 + x), first).fma(v, s2);
            }
            x += LANES;
            j += LANES;
            if (j < width || o + LANES >= to) continue;
            j -= width;
            x = lines[++line] + j;
        }
        s0.intoArray(l, part);
        s1.intoArray(l, LANES + part);
        s2.intoArray(l, 2 * LANES + part);
    }

    /// The lanes of each of three sums, folded by halves into the first.
    private static void fold(double[] l) {
        if (V < LANES) {
            for (int i = 0; i < TOGETHER * LANES; i += LANES) DoubleSums.fold(l, i);
            return;
        }
        var s0 = fromArray(S, l, 0);
        var s1 = fromArray(S, l, LANES);
        var s2 = fromArray(S, l, 2 * LANES);
        s0 = s0.add(s0.rearrange(BY_8));
        s1 = s1.add(s1.rearrange(BY_8));
        s2 = s2.add(s2.rearrange(BY_8));
        s0 = s0.add(s0.rearrange(BY_4));
        s1 = s1.add(s1.rearrange(BY_4));
        s2 = s2.add(s2.rearrange(BY_4));
        s0 = s0.add(s0.rearrange(BY_2));
        s1 = s1.add(s1.rearrange(BY_2));
        s2 = s2.add(s2.rearrange(BY_2));
        l[0] = s0.add(s0.rearrange(BY_1)).lane(0);
        l[LANES] = s1.add(s1.rearrange(BY_1)).lane(0);
        l[2 * LANES] = s2.add(s2.rearrange(BY_1)).lane(0);
    }
}
