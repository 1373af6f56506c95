package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The largest of windows with vectors, see [FloatWindows]. `DoubleVectorWindows` is generated from this file.
///
/// Which of two numbers is larger nobody can foresee: a loop that branches there runs ten times slower.
final class FloatVectorWindows {
    private FloatVectorWindows() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    /// As many indices as a vector has numbers.
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(V * Integer.SIZE));
    /// Distances of the elements of a vector of windows, for strides 0 … 8 and 0 … V windows: those beyond the last are like
    /// the first.
    private static final int[][][] DISTANCES = distances();

    /// The even lanes, twice, and the odd ones.
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % V);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> (2 * i + 1) % V);
    private static final VectorShuffle<Float> BACKWARD = VectorShuffle.fromOp(S, i -> V - 1 - i);
    /// Vectors of a line so short that lines are taken together.
    private static final int FEW = 3;
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, (1L << V) - (1L << V / 2));

    private static int[][][] distances() {
        var y = new int[9][V + 1][V];
        for (int stride = 0; stride < y.length; stride++) {
            for (int n = 0; n <= V; n++) {
                for (int i = 0; i < n; i++) y[stride][n][i] = i * stride;
            }
        }
        return y;
    }

    /// `x[j·stride]`, found at `base + j·stride`, where it is larger than `y[j]`, or NaN.
    static void tap(float[] x, int xo, int stride, int base, float[] y, int yo, int[] at, int ao, int n) {
        if (stride >= DISTANCES.length) {
            FloatWindows.tap(x, xo, stride, base, y, yo, at, ao, n);
            return;
        }
        int[] all = DISTANCES[stride][V];
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) tap(x, xo + j * stride, all, base + j * stride, y, yo + j, at, ao + j);
        if (j < n) tapSome(n - j, x, xo + j * stride, DISTANCES[stride][n - j], base + j * stride, y, yo + j, at, ao + j);
    }

    private static void tap(float[] x, int xo, int[] distances, int base, float[] y, int yo, int[] at, int ao) {
        var v = FloatVector.fromArray(S, x, xo, distances, 0);
        var b = FloatVector.fromArray(S, y, yo);
        VectorMask<Float> takes = v.compare(VectorOperators.GT, b).or(v.compare(VectorOperators.NE, v));
        b.blend(v, takes).intoArray(y, yo);
        var here = IntVector.fromArray(I, distances, 0).add(base);
        IntVector.fromArray(I, at, ao).blend(here, takes.cast(I)).intoArray(at, ao);
    }

    // A gather checks all its indices, masked or not: so those that do not count are those of the first.
    private static void tapSome(int n, float[] x, int xo, int[] distances, int base, float[] y, int yo, int[] at, int ao) {
        var some = S.indexInRange(0, n);
        var v = FloatVector.fromArray(S, x, xo, distances, 0);
        var b = FloatVector.fromArray(S, y, yo, some);
        VectorMask<Float> takes = v.compare(VectorOperators.GT, b).or(v.compare(VectorOperators.NE, v));
        b.blend(v, takes).intoArray(y, yo, some);
        var someInts = some.cast(I);
        var here = IntVector.fromArray(I, distances, 0).add(base);
        IntVector.fromArray(I, at, ao, someInts).blend(here, takes.cast(I)).intoArray(at, ao, someInts);
    }

    static void maxInto(float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at, int ao, int n) {
        int i = 0;
        for (int end = S.loopBound(n); i < end; i += V) maxInto(x, xo + i, from, fo + i, y, yo + i, at, ao + i);
        if (i < n) someInto(S.indexInRange(i, n), x, xo + i, from, fo + i, y, yo + i, at, ao + i);
    }

    private static void maxInto(float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at, int ao) {
        var v = FloatVector.fromArray(S, x, xo);
        var b = FloatVector.fromArray(S, y, yo);
        VectorMask<Float> takes = v.compare(VectorOperators.GT, b).or(v.compare(VectorOperators.NE, v));
        b.blend(v, takes).intoArray(y, yo);
        IntVector.fromArray(I, at, ao).blend(IntVector.fromArray(I, from, fo), takes.cast(I)).intoArray(at, ao);
    }

    private static void someInto(VectorMask<Float> some, float[] x, int xo, int[] from, int fo, float[] y, int yo, int[] at,
            int ao) {
        var v = FloatVector.fromArray(S, x, xo, some);
        var b = FloatVector.fromArray(S, y, yo, some);
        VectorMask<Float> takes = v.compare(VectorOperators.GT, b).or(v.compare(VectorOperators.NE, v));
        b.blend(v, takes).intoArray(y, yo, some);
        var someInts = some.cast(I);
        var there = IntVector.fromArray(I, from, fo, someInts);
        IntVector.fromArray(I, at, ao, someInts).blend(there, takes.cast(I)).intoArray(at, ao, someInts);
    }

    /// See [Kernels#gather]; vectors with a negative index go the plain way.
    static void gather(float[] x, int xo, int[] index, int io, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - V; i += V) {
            if (IntVector.fromArray(I, index, io + i).compare(VectorOperators.LT, 0).anyTrue()) {
                FloatWindows.gather(x, xo, index, io + i, y, yo + i, V);
            } else {
                FloatVector.fromArray(S, x, xo, index, io + i).intoArray(y, yo + i);
            }
        }
        FloatWindows.gather(x, xo, index, io + i, y, yo + i, n - i);
    }

    /// `Y (n, inner) = W·X`, a vector of a row of `Y` at a time.
    static void sparse(int n, int[] start, int[] column, double[] w, float[] x, int xo, int inner, float[] y, int yo) {
        for (int i = 0; i < n; i++) sparseRow(start[i], start[i + 1], column, w, x, xo, inner, y, yo + i * inner);
    }

    private static void sparseRow(int from, int to, int[] column, double[] w, float[] x, int xo, int inner, float[] y, int yo) {
        int j = 0;
        for (int end = S.loopBound(inner); j < end; j += V) {
            var s = FloatVector.zero(S);
            for (int t = from; t < to; t++) {
                s = FloatVector.broadcast(S, (float) w[t]).fma(FloatVector.fromArray(S, x, xo + column[t] * inner + j), s);
            }
            s.intoArray(y, yo + j);
        }
        if (j < inner) sparseRest(S.indexInRange(j, inner), from, to, column, w, x, xo + j, inner, y, yo + j);
    }

    private static void sparseRest(VectorMask<Float> rest, int from, int to, int[] column, double[] w, float[] x, int xo,
            int inner, float[] y, int yo) {
        var s = FloatVector.zero(S);
        for (int t = from; t < to; t++) {
            s = FloatVector.broadcast(S, (float) w[t]).fma(FloatVector.fromArray(S, x, xo + column[t] * inner, rest), s);
        }
        s.intoArray(y, yo, rest);
    }

    /// The first outputs of [Kernels#slide] with stride 2, as many as fill vectors and read no more than they mean to; returns
    /// how many.
    static int slideByTwo(int n, int taps, float w, float[] x, int xo, float[] y, int yo) {
        int i = 0;
        for (; i < n - V; i += V) {
            var s = FloatVector.zero(S);
            for (int t = 0; t < taps; t++) {
                int p = xo + 2 * i + t;
                var low = FloatVector.fromArray(S, x, p).rearrange(EVEN);
                var v = low.blend(FloatVector.fromArray(S, x, p + V).rearrange(EVEN), UPPER);
                s = FloatVector.broadcast(S, w).fma(v, s);
            }
            s.intoArray(y, yo + i);
        }
        return i;
    }

    /// `y[yo + i·n + j] = x[xo + row[i]·n + j]`, `j < n`.
    static void copyRows(float[] x, int xo, int[] row, float[] y, int yo, int n) {
        for (int i = 0; i < row.length; i++) copyRow(x, xo + row[i] * n, y, yo + i * n, n);
    }

    private static void copyRow(float[] x, int xo, float[] y, int yo, int n) {
        int j = 0;
        for (int end = S.loopBound(n); j < end; j += V) FloatVector.fromArray(S, x, xo + j).intoArray(y, yo + j);
        if (j == n) return;
        if (n < V) System.arraycopy(x, xo, y, yo, n);
        else FloatVector.fromArray(S, x, xo + n - V).intoArray(y, yo + n - V);
    }

    /// `y[yo + h·ly + i] = x[xo + h·lx]`, `h < lines`, `i < n`, `n` a vector or more: the last vector of a line reaches back.
    static void repeat(int lines, float[] x, int xo, int lx, float[] y, int yo, int ly, int n) {
        for (int h = 0; h < lines; h++) repeat(x[xo + h * lx], y, yo + h * ly, n);
    }

    private static void repeat(float a, float[] y, int yo, int n) {
        var v = FloatVector.broadcast(S, a);
        for (int i = 0, end = n - V; i < end; i += V) v.intoArray(y, yo + i);
        v.intoArray(y, yo + n - V);
    }

    /// `y[yo + h·ly + i] = x[xo + h·lx − i]`, `h < lines`, `i < n`, `n` a vector or more: the last vector of a line reaches back.
    static void reverse(int lines, float[] x, int xo, int lx, float[] y, int yo, int ly, int n) {
        for (int h = 0; h < lines; h++) reverse(x, xo + h * lx - V + 1, y, yo + h * ly, n);
    }

    private static void reverse(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0, end = n - V; i < end; i += V) {
            FloatVector.fromArray(S, x, xo - i).rearrange(BACKWARD).intoArray(y, yo + i);
        }
        FloatVector.fromArray(S, x, xo - n + V).rearrange(BACKWARD).intoArray(y, yo + n - V);
    }

    /// Whether elements so far apart are gathered faster than they are copied one by one.
    static boolean near(int stride) {
        return V >= 8 && stride > 2 && stride < DISTANCES.length;
    }

    /// `y[yo + h·ly + i] = x[xo + h·lx + i·stride]`, `h < lines`, `i < n`, of strides that are [#near].
    static void strided(int lines, float[] x, int xo, int lx, int stride, float[] y, int yo, int ly, int n) {
        int[] distances = DISTANCES[stride][V];
        for (int h = 0; h < lines; h++) strided(x, xo + h * lx, stride, distances, y, yo + h * ly, n);
    }

    private static void strided(float[] x, int xo, int stride, int[] distances, float[] y, int yo, int n) {
        int i = 0;
        for (; i <= n - V; i += V) FloatVector.fromArray(S, x, xo + i * stride, distances, 0).intoArray(y, yo + i);
        for (; i < n; i++) y[yo + i] = x[xo + i * stride];
    }

    /// `y[yo + h·ly + i] = x[xo + h·lx + 2·i]`, `h < lines`, `i < n`: along long lines, across short ones, and the last vector
    /// of a line reaches back.
    static void everySecond(int lines, float[] x, int xo, int lx, float[] y, int yo, int ly, int n) {
        if (n < V) {
            someSecond(n, lines, x, xo, lx, y, yo, ly);
            return;
        }
        int whole = n / V;
        if (whole > Math.min(lines, FEW)) {
            for (int h = 0; h < lines; h++) everySecond(whole, x, xo + h * lx, 2 * V, y, yo + h * ly, V);
        } else {
            for (int i = 0; i < whole; i++) everySecond(lines, x, xo + 2 * V * i, lx, y, yo + V * i, ly);
        }
        if (whole * V < n) everySecond(lines, x, xo + 2 * (n - V), lx, y, yo + n - V, ly);
    }

    // The second of two loads begins one number early, and so ends with the last number that is needed.
    private static void everySecond(int count, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        for (int h = 0; h < count; h++) {
            var low = FloatVector.fromArray(S, x, xo + h * lx).rearrange(EVEN);
            low.blend(FloatVector.fromArray(S, x, xo + h * lx + V - 1).rearrange(ODD), UPPER).intoArray(y, yo + h * ly);
        }
    }

    private static void someSecond(int n, int count, float[] x, int xo, int lx, float[] y, int yo, int ly) {
        var first = S.indexInRange(0, 2 * n - 1);
        var second = S.indexInRange(0, 2 * n - V);
        var some = S.indexInRange(0, n);
        for (int h = 0; h < count; h++) {
            var low = FloatVector.fromArray(S, x, xo + h * lx, first).rearrange(EVEN);
            var high = FloatVector.fromArray(S, x, xo + h * lx + V - 1, second).rearrange(ODD);
            low.blend(high, UPPER).intoArray(y, yo + h * ly, some);
        }
    }
}
