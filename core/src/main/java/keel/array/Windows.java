package keel.array;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The windows of one axis: window `j` holds the elements `from[j], from[j] + step, …` below `to[j]` of an axis of extent `in`,
/// and with padding `padded[j]` places.
public record Windows(int in, int step, int[] from, int[] to, int[] padded) {
    /// Number of windows.
    public int count() { return from.length; }

    /// Whether there is one window, which holds everything.
    public boolean isWhole() { return count() == 1 && step == 1 && from[0] == 0 && to[0] == in; }

    /// The windows of a pool over the last `axes` axes of `x`.
    ///
    /// @throws IllegalArgumentException naming `operation` if shape or options do not fit
    public static Windows[] of(String operation, PoolOptions o, Shape x, int axes) {
        requireImage(operation, x, axes);
        var kernel = o.kernel(operation, axes);
        var stride = o.stride(operation, axes);
        var padding = o.padding(operation, axes);
        var dilation = o.dilation(operation, axes);
        var y = new Windows[axes];
        for (int i = 0; i < axes; i++) {
            int in = x.extent(i - axes);
            if (2L * padding[i] > kernel[i]) {
                throw new IllegalArgumentException(operation + ": padding " + padding[i] + " is more than half the kernel "
                    + kernel[i] + "; windows of nothing but padding would arise, so give at most " + kernel[i] / 2);
            }
            long span = (long) dilation[i] * (kernel[i] - 1) + 1;
            long room = in + 2L * padding[i] - span;
            long count = Math.floorDiv(room + (o.ceilMode() ? stride[i] - 1 : 0), stride[i]) + 1;
            if (o.ceilMode() && (count - 1) * stride[i] >= in + (long) padding[i]) {
                count--; // a window must start before the padding at the end
            }
            if (count < 1) {
                throw new IllegalArgumentException(operation + ": a window spans " + span + " on axis " + (i - axes) + " of " + x
                    + ", which has " + in + " and " + 2L * padding[i] + " of padding; use a smaller kernel or dilation");
            }
            y[i] = strided((int) count, in, kernel[i], stride[i], padding[i], dilation[i]);
            for (int j = 0; j < count; j++) {
                if (y[i].from[j] >= y[i].to[j]) {
                    throw new IllegalArgumentException(operation + ": window " + j + " on axis " + (i - axes) + " of " + x
                        + " meets nothing but padding, its dilation " + dilation[i]
                        + " steps over every element; use a smaller one");
                }
            }
        }
        return y;
    }

    private static Windows strided(int count, int in, int kernel, int stride, int padding, int dilation) {
        var from = new int[count];
        var to = new int[count];
        var padded = new int[count];
        for (int j = 0; j < count; j++) {
            int start = j * stride - padding;
            int end = start + (kernel - 1) * dilation + 1;
            padded[j] = Math.min(end, in + padding) - start;
            from[j] = start < 0 ? Math.floorMod(start, dilation) : start;
            to[j] = Math.min(end, in);
        }
        return new Windows(in, dilation, from, to, padded);
    }

    /// `out` windows that cover an axis evenly: from `⌊j·in/out⌋` to `⌈(j + 1)·in/out⌉`.
    ///
    /// @throws IllegalArgumentException naming `operation` if there are less than 0, or if nothing is to be covered
    public static Windows[] adaptive(String operation, Shape x, int... out) {
        requireImage(operation, x, out.length);
        if (Arrays.stream(out).anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException(operation + ": " + Arrays.toString(out)
                + " outputs; give 0 or more for each axis");
        }
        x.withLast(out); // refuses what one array cannot hold, before anything of that size is made
        var y = new Windows[out.length];
        for (int i = 0; i < out.length; i++) {
            int in = x.extent(i - out.length);
            var from = new int[out[i]];
            var to = new int[out[i]];
            var padded = new int[out[i]];
            for (int j = 0; j < out[i]; j++) {
                from[j] = (int) ((long) j * in / out[i]);
                to[j] = (int) (((j + 1L) * in + out[i] - 1) / out[i]);
                padded[j] = to[j] - from[j];
            }
            y[i] = new Windows(in, 1, from, to, padded);
        }
        return y;
    }

    /// Refuses anything but `(n, channels, …)` or `(channels, …)` with `axes` spatial axes, none empty but the batch.
    ///
    /// @throws IllegalArgumentException naming `operation`
    public static void requireImage(String operation, Shape x, int axes) {
        boolean fits = x.rank() == axes + 1 || x.rank() == axes + 2;
        for (int i = x.rank() == axes + 1 ? 0 : 1; fits && i < x.rank(); i++) {
            fits = x.extent(i) > 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(operation + ": the input is " + x + "; give (n, channels" + ", extent".repeat(axes)
                + "), or one image without n, with extents of 1 or more");
        }
    }

    /// The shape of `x` with its last axes replaced by the numbers of windows.
    static Shape shape(Shape x, Windows... windows) {
        return x.withLast(Arrays.stream(windows).mapToInt(Windows::count).toArray());
    }

    /// Elements of window `j`.
    int taps(int j) { return (to[j] - from[j] + step - 1) / step; }

    /// Lengths of the runs of windows that have as many elements each, at even distances.
    int[] runs() {
        var y = new int[count()];
        int runs = 0;
        for (int j = 0; j < count(); j += y[runs++]) {
            int n = 1;
            while (j + n < count() && taps(j + n) == taps(j) && from[j + n] - from[j + n - 1] == from[j + 1] - from[j]) {
                n++;
            }
            y[runs] = n;
        }
        return Arrays.copyOf(y, runs);
    }

    /// Whether the windows are all alike and cover the axis without a gap, one after the other.
    boolean tiles() {
        boolean alike = runs().length == 1 && step == 1 && in == count() * taps(0);
        return alike && from[0] == 0 && (count() == 1 || from[1] == taps(0));
    }

    /// Whether they are two elements each, one pair after the other.
    boolean arePairs() { return tiles() && taps(0) == 2; }

    /// Elements of each window, without padding or with it.
    int[] counts(boolean withPadding) {
        return IntStream.range(0, count()).map(j -> count(j, withPadding)).toArray();
    }

    private int count(int j, boolean withPadding) { return withPadding ? padded[j] : taps(j); }

    /// How many elements every output of a pool over these axes averages; 0 where not all average as many, or there is none.
    public static double count(boolean withPadding, Windows... windows) {
        double y = 1;
        for (var w : windows) {
            int n = w.count() == 0 ? 0 : w.count(0, withPadding);
            for (int j = 1; j < w.count(); j++) if (w.count(j, withPadding) != n) return 0;
            y *= n;
        }
        return y;
    }

    /// How many elements each output of a pool over these axes averages, one array of `type` in the shape of the windows.
    public static NdArray counts(DType type, boolean withPadding, Windows... windows) {
        var y = NdArray.ones(type);
        for (var w : windows) {
            y = y.unsqueeze(-1).mul(NdArray.of(w.counts(withPadding)).cast(type));
        }
        return y;
    }
}
