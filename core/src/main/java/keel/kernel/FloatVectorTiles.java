package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 2 × 2 with vectors, see [Kernels#maxTiles]: two vectors of each row give one of results.
/// `DoubleVectorTiles` is generated from this file.
final class FloatVectorTiles {
    private FloatVectorTiles() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    /// As many indices as a vector has numbers.
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(V * Integer.SIZE));
    private static final int[] TWOS = twos();

    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % V);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> 2 * i % V + 1);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, (1L << V) - (1L << V / 2));

    private static int[] twos() {
        var y = new int[V];
        for (int i = 0; i < V; i++) y[i] = 2 * i;
        return y;
    }

    private static FloatVector even(FloatVector low, FloatVector high) {
        return low.rearrange(EVEN).blend(high.rearrange(EVEN), UPPER);
    }

    private static FloatVector odd(FloatVector low, FloatVector high) {
        return low.rearrange(ODD).blend(high.rearrange(ODD), UPPER);
    }

    private static VectorMask<Float> takes(FloatVector v, FloatVector best) {
        return v.compare(VectorOperators.GT, best).or(v.compare(VectorOperators.NE, v));
    }

    static void max(float[] x, int xo, int h, int w, float[] y, int yo, int[] at, int ao) {
        int whole = S.loopBound(w);
        for (int i = 0; i < h; i++) {
            int row = 4 * i * w;
            int to = i * w;
            for (int j = 0; j < whole; j += V) wholeMax(x, xo, row + 2 * j, 2 * w, y, yo + to + j, at, ao + to + j);
            if (whole < w) someMax(w - whole, x, xo, row + 2 * whole, 2 * w, y, yo + to + whole, at, ao + to + whole);
        }
    }

    private static void wholeMax(float[] x, int xo, int p, int line, float[] y, int yo, int[] at, int ao) {
        var a = FloatVector.fromArray(S, x, xo + p);
        var b = FloatVector.fromArray(S, x, xo + p + V);
        var c = FloatVector.fromArray(S, x, xo + p + line);
        var d = FloatVector.fromArray(S, x, xo + p + line + V);
        var best = even(a, b);
        var v = odd(a, b);
        var second = takes(v, best);
        best = best.blend(v, second);
        v = even(c, d);
        var third = takes(v, best);
        best = best.blend(v, third);
        v = odd(c, d);
        var fourth = takes(v, best);
        best.blend(v, fourth).intoArray(y, yo);
        var place = IntVector.fromArray(I, TWOS, 0).add(p);
        place.blend(place.add(1), second.cast(I)).blend(place.add(line), third.cast(I)).blend(place.add(line + 1), fourth.cast(I))
            .intoArray(at, ao);
    }

    private static void someMax(int n, float[] x, int xo, int p, int line, float[] y, int yo, int[] at, int ao) {
        var low = S.indexInRange(0, 2 * n);
        var high = S.indexInRange(V, 2 * n);
        var some = S.indexInRange(0, n);
        var a = FloatVector.fromArray(S, x, xo + p, low);
        var b = FloatVector.fromArray(S, x, xo + p + V, high);
        var c = FloatVector.fromArray(S, x, xo + p + line, low);
        var d = FloatVector.fromArray(S, x, xo + p + line + V, high);
        var best = even(a, b);
        var v = odd(a, b);
        var second = takes(v, best);
        best = best.blend(v, second);
        v = even(c, d);
        var third = takes(v, best);
        best = best.blend(v, third);
        v = odd(c, d);
        var fourth = takes(v, best);
        best.blend(v, fourth).intoArray(y, yo, some);
        var place = IntVector.fromArray(I, TWOS, 0).add(p);
        place.blend(place.add(1), second.cast(I)).blend(place.add(line), third.cast(I)).blend(place.add(line + 1), fourth.cast(I))
            .intoArray(at, ao, some.cast(I));
    }

    static void sum(float[] x, int xo, int h, int w, float[] y, int yo) {
        int whole = S.loopBound(w);
        for (int i = 0; i < h; i++) {
            int row = xo + 4 * i * w;
            int to = yo + i * w;
            for (int j = 0; j < whole; j += V) wholeSums(x, row + 2 * j, 2 * w, y, to + j);
            if (whole < w) someSums(w - whole, x, row + 2 * whole, 2 * w, y, to + whole);
        }
    }

    private static void wholeSums(float[] x, int p, int line, float[] y, int yo) {
        var low = FloatVector.fromArray(S, x, p).add((float) 0).add(FloatVector.fromArray(S, x, p + line));
        var high = FloatVector.fromArray(S, x, p + V).add((float) 0).add(FloatVector.fromArray(S, x, p + line + V));
        even(low, high).add(odd(low, high)).intoArray(y, yo);
    }

    private static void someSums(int n, float[] x, int p, int line, float[] y, int yo) {
        var some = S.indexInRange(0, 2 * n);
        var more = S.indexInRange(V, 2 * n);
        var low = FloatVector.fromArray(S, x, p, some).add((float) 0).add(FloatVector.fromArray(S, x, p + line, some));
        var high = FloatVector.fromArray(S, x, p + V, more).add((float) 0).add(FloatVector.fromArray(S, x, p + line + V, more));
        even(low, high).add(odd(low, high)).intoArray(y, yo, S.indexInRange(0, n));
    }
}
