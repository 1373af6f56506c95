package keel.array;

import java.util.Arrays;

/// Tables for [Planewise#pick]: for each output of a plane, the row-major index of the element it shows, −1 for none.
public final class Tables {
    private Tables() {}

    /// One output axis for each input axis: output `(i, j, …)` shows input `(source[0][i], source[1][j], …)`.
    public static NdArray product(int[] extents, int[]... source) {
        var table = new int[] {0};
        for (int axis = 0; axis < source.length; axis++) {
            var next = new int[Math.multiplyExact(table.length, source[axis].length)];
            for (int i = 0; i < next.length; i++) {
                int before = table[i / source[axis].length];
                int here = source[axis][i % source[axis].length];
                next[i] = before < 0 || here < 0 ? -1 : before * extents[axis] + here;
            }
            table = next;
        }
        return NdArray.of(table);
    }

    /// The sources of a padded axis: `before + n + after` places; negative amounts cut off.
    ///
    /// @throws IllegalArgumentException naming `operation` if there is not enough to pad with or to cut off, or nothing is left
    public static int[] padded(String operation, PadMode mode, int n, int before, int after) {
        var y = new int[paddedExtent(operation, mode, n, before, after)];
        Arrays.setAll(y, i -> mode.source(i - before, n));
        return y;
    }

    /// Extent of a padded axis.
    ///
    /// @throws IllegalArgumentException naming `operation` if there is not enough to pad with or to cut off, or nothing is left
    public static int paddedExtent(String operation, PadMode mode, int n, int before, int after) {
        var amounts = operation + ": padding (" + before + ", " + after + ") of an axis of extent " + n;
        if (Math.max(before, after) > mode.most(n)) {
            throw new IllegalArgumentException(amounts + "; " + mode + " has at most " + mode.most(n) + " at an end");
        }
        long extent = (long) n + before + after;
        if (Math.min(before, after) < -n || extent < (mode == PadMode.ZEROS ? 0 : 1)) {
            throw new IllegalArgumentException(amounts + " cuts off more than there is; cut off less");
        }
        return (int) Math.min(extent, Integer.MAX_VALUE); // which the shape refuses
    }

    /// The windows of a convolution or pool unfolded: output `(taps…, windows…)` shows the element that the tap of the window
    /// meets, −1 in padding. `extents`, `kernel`, `out`, `stride`, `padding`, `dilation` have an entry for each axis.
    public static NdArray unfolded(int[] extents, int[] kernel, int[] out, int[] stride, int[] padding, int... dilation) {
        int axes = extents.length;
        var steps = new int[2 * axes];
        int size = 1;
        for (int i = 0; i < axes; i++) {
            steps[i] = kernel[i];
            steps[axes + i] = out[i];
            size = Math.multiplyExact(size, Math.multiplyExact(kernel[i], out[i]));
        }
        var y = new int[size];
        var at = new int[2 * axes];
        for (int i = 0; i < size; i++) {
            int index = 0;
            for (int axis = 0; axis < axes && index >= 0; axis++) {
                int e = at[axes + axis] * stride[axis] + at[axis] * dilation[axis] - padding[axis];
                index = e < 0 || e >= extents[axis] ? -1 : index * extents[axis] + e;
            }
            y[i] = index;
            for (int axis = 2 * axes - 1; axis >= 0 && ++at[axis] == steps[axis]; axis--) {
                at[axis] = 0;
            }
        }
        return NdArray.of(y);
    }
}
