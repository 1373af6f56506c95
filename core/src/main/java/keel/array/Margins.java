package keel.array;

/// One value around an array.
public final class Margins {
    private Margins() {}

    /// `x` with `before[i]` and `after[i]` places around axis `i`; negative amounts cut off. New places hold `value`.
    ///
    /// @throws IllegalArgumentException if less than nothing would be left of an axis
    public static NdArray constant(NdArray x, double value, int[] before, int... after) {
        var extents = new int[before.length];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = Tables.paddedExtent("pad", PadMode.ZEROS, x.extent(i), before[i], after[i]);
        }
        var y = value == 0 ? NdArray.zeros(x.dtype(), extents) : NdArray.full(x.dtype(), Shape.of(extents), value);
        if (x.size() > 0 && y.size() > 0) {
            copy(x, y, before, 0, 0, 0);
        }
        return y;
    }

    // From `axis` on: x[i] → y[i + before] where both exist; xo and yo are how many of this axis come before in each.
    private static void copy(NdArray x, NdArray y, int[] before, int axis, int xo, int yo) {
        if (axis == before.length) {
            System.arraycopy(x.data(), xo, y.data(), yo, 1);
            return;
        }
        int from = Math.max(0, -before[axis]);
        int to = Math.min(x.extent(axis), y.extent(axis) - before[axis]);
        int xs = xo * x.extent(axis);
        int ys = yo * y.extent(axis) + before[axis];
        if (axis == before.length - 2 && x.dtype().isFloat()) {
            copyLines(x, y, before[axis + 1], xs + from, ys + from, to - from);
            return;
        }
        if (axis == before.length - 1 && from < to) {
            System.arraycopy(x.data(), xs + from, y.data(), ys + from, to - from);
        }
        for (int i = from; axis < before.length - 1 && i < to; i++) {
            copy(x, y, before, axis + 1, xs + i, ys + i);
        }
    }

    // The last axis, `lines` times.
    private static void copyLines(NdArray x, NdArray y, int before, int xo, int yo, int lines) {
        int lx = x.extent(-1);
        int ly = y.extent(-1);
        int from = Math.max(0, -before);
        int to = Math.min(lx, ly - before);
        if (from < to) {
            x.kernels().copyLines(lines, x.data(), xo * lx + from, lx, 1, y.data(), yo * ly + before + from, ly, to - from);
        }
    }
}
