package keel.array;

import java.util.Arrays;

/// Padding with one value.
public final class Pads {
    private Pads() {}

    /// `x` with `before[i]` and `after[i]` places around axis `i`; negative amounts cut off. New places hold `value`.
    ///
    /// @throws IllegalArgumentException if less than nothing would be left of an axis
    public static NdArray constant(NdArray x, double value, int[] before, int... after) {
        var extents = new int[before.length];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = Tables.paddedExtent("pad", PadMode.ZEROS, x.extent(i), before[i], after[i]);
        }
        var y = NdArray.empty(x.dtype(), Shape.of(extents));
        if (value != 0) {
            y.fillInPlace(value);
        }
        copy(x, y, before);
        return y;
    }

    // x[i] → y[i + before] where both exist, in runs along the last axis.
    private static void copy(NdArray x, NdArray y, int... before) {
        int rank = before.length;
        if (rank == 0) {
            System.arraycopy(x.data(), 0, y.data(), 0, 1);
            return;
        }
        var from = new int[rank];
        var count = new int[rank];
        for (int i = 0; i < rank; i++) {
            from[i] = Math.max(0, -before[i]);
            count[i] = Math.min(x.extent(i), y.extent(i) - before[i]) - from[i];
            if (count[i] <= 0) {
                return;
            }
        }
        int last = rank - 1;
        int runs = Arrays.stream(count, 0, last).reduce(1, (a, b) -> a * b);
        for (int r = 0; r < runs; r++) {
            int xo = 0;
            int yo = 0;
            for (int i = 0, rest = r, size = runs; i < last; i++) {
                size /= count[i];
                int at = from[i] + rest / size;
                rest %= size;
                xo = xo * x.extent(i) + at;
                yo = yo * y.extent(i) + at + before[i];
            }
            System.arraycopy(x.data(), xo * x.extent(last) + from[last], y.data(),
                yo * y.extent(last) + from[last] + before[last], count[last]);
        }
    }
}
