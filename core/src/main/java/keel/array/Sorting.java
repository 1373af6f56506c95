package keel.array;

import java.util.Arrays;
import keel.kernel.Parallel;
import keel.kernel.Reduce;

/// Orders along an axis. NaN counts as larger than everything, −0 as equal to 0, and equals keep their order.
///
/// Elements become integers of the same order, each with its place below it in a `long`. So no two are equal, and however
/// these are sorted, the result is that of a stable sort. Doubles, which leave no room for a place, are sorted by their upper
/// halves, then those that agree there by their lower ones.
final class Sorting {
    private Sorting() {}

    /// From this length on a few ranks are found by counting, before the elements near them are sorted.
    private static final int LONG = 2048;
    /// Up to this part of a line, its first elements are kept apart while it is read.
    private static final int FEW = 8;
    /// Neighbours that are looked at together.
    private static final int STRETCH = 128;
    /// For so many at least.
    private static final int ROOM = 8;
    /// Elements are counted by so many leading bits: sign, exponent and three of a float's fraction.
    private static final int BITS = 12;
    /// Comparisons and moves of an element, in the time of one addition from memory to memory.
    private static final int COST = 32;
    private static final long LOW = 0xffffffffL;

    /// Indices that sort each line.
    static NdArray argsort(NdArray x, int axis, boolean descending) {
        x.requireFloat("argsort");
        return argsort(x, axis, descending, 0, Lines.of("argsort", x.shape(), axis).n());
    }

    /// Of these only those of the ranks `from … to − 1`.
    static NdArray argsort(NdArray x, int axis, boolean descending, int from, int to) {
        x.requireFloat("argsort");
        var lines = Lines.of("argsort", x.shape(), axis);
        if (from < 0 || to < from || to > lines.n() || x.rank() == 0 && from == to) {
            throw new IllegalArgumentException("argsort: ranks " + from + " … " + to + " are not in axis " + axis + " of "
                + x.shape() + "; give " + (x.rank() == 0 ? "0 and 1" : "0 ≤ from ≤ to ≤ " + lines.n()));
        }
        int n = to - from;
        var y = NdArray.empty(DType.I32, Lines.resized(x.shape(), axis, n));
        if (y.size() == 0) {
            return y;
        }
        Parallel.ranges((long) x.size() * COST, lines.count(), 1, (lo, hi) -> {
            var work = new long[lines.n()];
            for (int i = lo; i < hi; i++) {
                int first = order(x, lines.start(i), lines.stride(), lines.n(), descending, from, to, work);
                places(work, first, y.ints(), i / lines.stride() * n * lines.stride() + i % lines.stride(), lines.stride(), n);
            }
        });
        return y;
    }

    /// Where in `work` the ranks `from … to − 1` of a line begin, its places in the low halves.
    private static int order(NdArray x, int start, int stride, int n, boolean descending, int from, int to, long[] work) {
        int flip = descending ? -1 : 0;
        if (x.dtype() == DType.F32 && to <= n / FEW) {
            first(x, start, stride, n, flip, to, work);
            return from;
        }
        if (x.dtype() == DType.F32) {
            keys(x.floats(), start, stride, flip, work);
        } else {
            upper(x.doubles(), start, stride, flip, work);
        }
        int skipped = 0;
        int end = n;
        if (n >= LONG && to - from < n / 2) {
            var counts = counts(work);
            int first = bucket(counts, from);
            int last = bucket(counts, to - 1);
            for (int i = 0; i < first; i++) {
                skipped += counts[i];
            }
            end = keep(work, first, last);
        }
        Arrays.sort(work, 0, end);
        if (x.dtype() == DType.F64) {
            lower(x.doubles(), start, stride, flip, end, work);
        }
        return from - skipped;
    }

    private static void keys(float[] x, int start, int stride, int flip, long... y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = key(x[start + j * stride], flip) | j;
        }
    }

    private static long key(float x, int flip) {
        int b = Float.floatToIntBits(x + 0f); // −0 + 0 = 0
        return (long) (b ^ b >> 31 & Integer.MAX_VALUE ^ flip) << 32;
    }

    // Sorts the first `many` of n keys to the front: those that may be among them gather behind, until there is no room. Most are
    // passed over by one comparison, which NaN do not pass, and where elements are neighbours a stretch of them by its extreme.
    private static void first(NdArray x, int start, int stride, int n, int flip, int many, long... y) {
        var values = x.floats();
        var extremes = new float[stride == 1 && n >= LONG ? n / STRETCH : 0];
        x.kernels().reduceRows(flip < 0 ? Reduce.MAX : Reduce.MIN, values, start, extremes.length, STRETCH, extremes, 0);
        int room = Math.min(n, Math.max(2 * many, ROOM));
        float sign = flip < 0 ? -1 : 1;
        float bound = Float.NaN;
        int count = 0;
        for (int from = 0, b = 0; from < n; from += STRETCH, b++) {
            if (b < extremes.length && extremes[b] * sign >= bound) {
                continue;
            }
            for (int j = from, to = Math.min(n, from + STRETCH); j < to; j++) {
                float v = values[start + j * stride];
                if (v * sign >= bound) {
                    continue;
                }
                y[count++] = key(v, flip) | j;
                if (count == room) {
                    Arrays.sort(y, 0, room);
                    count = many;
                    bound = values[start + (int) y[many - 1] * stride] * sign;
                }
            }
        }
        Arrays.sort(y, 0, count);
    }

    private static long key(double x, int flip) {
        long b = Double.doubleToLongBits(x + 0.0);
        return b ^ b >> 63 & Long.MAX_VALUE ^ flip;
    }

    private static void upper(double[] x, int start, int stride, int flip, long... y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = key(x[start + j * stride], flip) & ~LOW | j;
        }
    }

    // Sorts those whose upper halves agree; lower halves count without a sign.
    private static void lower(double[] x, int start, int stride, int flip, int n, long... y) {
        for (int i = 0, end; i < n; i = end) {
            for (end = i + 1; end < n && (y[i] ^ y[end]) >>> 32 == 0;) {
                end++;
            }
            for (int j = i; end - i > 1 && j < end; j++) {
                int place = (int) y[j];
                y[j] = key(x[start + place * stride], flip) << 32 ^ Long.MIN_VALUE | place;
            }
            Arrays.sort(y, i, end);
        }
    }

    private static int[] counts(long... keys) {
        var y = new int[1 << BITS];
        for (long k : keys) {
            y[number(k)]++;
        }
        return y;
    }

    private static int number(long key) { return (int) (key >> 64 - BITS) + (1 << BITS - 1); }

    // In which bucket the element of a rank is.
    private static int bucket(int[] counts, int rank) {
        int i = 0;
        for (int n = counts[0]; n <= rank;) {
            n += counts[++i];
        }
        return i;
    }

    // Moves the keys of some buckets to the front, and says how many there are.
    private static int keep(long[] keys, int first, int last) {
        int n = 0;
        for (long k : keys) {
            int b = number(k);
            keys[n] = k;
            n += b >= first && b <= last ? 1 : 0;
        }
        return n;
    }

    private static void places(long[] keys, int first, int[] y, int start, int stride, int n) {
        for (int j = 0; j < n; j++) {
            y[start + j * stride] = (int) keys[first + j];
        }
    }

    /// Distinct values in increasing order with what they came from.
    static NdArray.Unique unique(NdArray x) {
        var flat = x.reshape(Shape.of(x.size()));
        var order = argsort(flat, 0, false).ints();
        var v = x.toDoubles();
        var values = new int[v.length];
        var inverse = new int[v.length];
        var counts = new int[v.length];
        int n = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || v[order[i]] != v[order[i - 1]]) { // every NaN is distinct
                values[n++] = order[i];
            }
            inverse[order[i]] = n - 1;
            counts[n - 1]++;
        }
        return new NdArray.Unique(flat.indexSelect(0, NdArray.of(Arrays.copyOf(values, n))), NdArray.of(x.shape(), inverse),
            NdArray.of(Arrays.copyOf(counts, n)));
    }
}
