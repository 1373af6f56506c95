package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 2 × 2 with vectors, see [Kernels#maxTiles]: two vectors of each row give one of results. `DoubleVectorTiles` is
/// generated from this file.
///
/// Most rows are one vector or two, so one loop goes through those of all rows. The last of a row reaches back. Where a row is
/// shorter, its vector takes in what follows, and the results behind it are overwritten by those of the next row; the plain
/// kernel does the last rows, which nothing follows.
final class FloatVectorTiles {
    private FloatVectorTiles() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    /// As many indices as a vector has numbers.
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(V * Integer.SIZE));
    private static final int[] TWOS = new int[V];
    private static final float[] EVENS = new float[V];

    /// Whether processors pick lanes out of two vectors by one operation.
    private static final boolean BOTH = S.vectorBitSize() == 512;
    private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(S, i -> 2 * i % V);
    private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(S, i -> 2 * i % V + 1);
    /// Each lane of a half twice.
    private static final VectorShuffle<Float> LOWER = VectorShuffle.fromOp(S, i -> i / 2);
    private static final VectorShuffle<Float> HIGHER = VectorShuffle.fromOp(S, i -> (V + i) / 2);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, (1L << V) - (1L << V / 2));

    static {
        for (int i = 0; i < V; i++) {
            TWOS[i] = 2 * i;
            EVENS[i] = (float) TWOS[i];
        }
    }

    private static FloatVector even(FloatVector evens, FloatVector low, FloatVector high) {
        return BOTH ? evens.selectFrom(low, high) : low.rearrange(EVEN).blend(high.rearrange(EVEN), UPPER);
    }

    private static FloatVector odd(FloatVector odds, FloatVector low, FloatVector high) {
        return BOTH ? odds.selectFrom(low, high) : low.rearrange(ODD).blend(high.rearrange(ODD), UPPER);
    }

    private static VectorMask<Float> takes(FloatVector v, FloatVector best) {
        return v.compare(VectorOperators.GT, best).or(v.compare(VectorOperators.NE, v));
    }

    // The right one of each row against the left one, then the lower row against the upper one, is row-major order, too.
    static void max(float[] x, int xo, int planes, int h, int w, float[] y, int yo, int[] at, int ao) {
        int line = 2 * w;
        int plane = h * w;
        int end = planes * plane;
        int last = Math.max(0, w - V);
        var twos = IntVector.fromArray(I, TWOS, 0);
        var evens = FloatVector.fromArray(S, EVENS, 0);
        var odds = evens.add((float) 1);
        int row = 0;
        int first = 0; // row of its plane
        int j = 0;
        while (row + j + V <= end && xo + 4 * row + 2 * j + line + 2 * V <= x.length) {
            int p = xo + 4 * row + 2 * j;
            var a = FloatVector.fromArray(S, x, p);
            var b = FloatVector.fromArray(S, x, p + V);
            var c = FloatVector.fromArray(S, x, p + line);
            var d = FloatVector.fromArray(S, x, p + line + V);
            var upper = even(evens, a, b);
            var v = odd(odds, a, b);
            var second = takes(v, upper);
            upper = upper.blend(v, second);
            var lower = even(evens, c, d);
            v = odd(odds, c, d);
            var fourth = takes(v, lower);
            lower = lower.blend(v, fourth);
            var below = takes(lower, upper);
            upper.blend(lower, below).intoArray(y, yo + row + j);
            var left = twos.add(4 * (row - first) + 2 * j);
            left.lanewise(VectorOperators.ADD, 1, second.cast(I))
                .blend(left.add(line).lanewise(VectorOperators.ADD, 1, fourth.cast(I)), below.cast(I))
                .intoArray(at, ao + row + j);
            if (j < last) {
                j = Math.min(j + V, last);
            } else {
                j = 0;
                row += w;
                if (row == first + plane) first = row;
            }
        }
        FloatWindows.maxTiles(x, xo, row, planes, h, w, y, yo, at, ao);
    }

    static void sum(float[] x, int xo, int h, int w, float[] y, int yo) {
        int line = 2 * w;
        int end = h * w;
        int last = Math.max(0, w - V);
        var evens = FloatVector.fromArray(S, EVENS, 0);
        var odds = evens.add((float) 1);
        int row = 0;
        int j = 0;
        while (row + j + V <= end && xo + 4 * row + 2 * j + line + 2 * V <= x.length) {
            int p = xo + 4 * row + 2 * j;
            var a = FloatVector.fromArray(S, x, p).add((float) 0).add(FloatVector.fromArray(S, x, p + line));
            var b = FloatVector.fromArray(S, x, p + V).add((float) 0).add(FloatVector.fromArray(S, x, p + line + V));
            even(evens, a, b).add(odd(odds, a, b)).intoArray(y, yo + row + j);
            if (j < last) {
                j = Math.min(j + V, last);
            } else {
                j = 0;
                row += w;
            }
        }
        FloatWindows.sumTiles(x, xo, row, h, w, y, yo);
    }

    static void spread(float[] x, int xo, int h, int w, float[] y, int yo) {
        int line = 2 * w;
        int end = h * w;
        int last = Math.max(0, w - V);
        int row = 0;
        int j = 0;
        while (row + j + V <= end && 4 * row + 2 * j + line + 2 * V <= 4 * end) {
            int p = yo + 4 * row + 2 * j;
            var v = FloatVector.fromArray(S, x, xo + row + j).add((float) 0);
            var low = v.rearrange(LOWER);
            var high = v.rearrange(HIGHER);
            low.intoArray(y, p);
            high.intoArray(y, p + V);
            low.intoArray(y, p + line);
            high.intoArray(y, p + line + V);
            if (j < last) {
                j = Math.min(j + V, last);
            } else {
                j = 0;
                row += w;
            }
        }
        FloatWindows.spreadTiles(x, xo, row, h, w, y, yo);
    }
}
