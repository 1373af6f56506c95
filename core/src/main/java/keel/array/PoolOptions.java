package keel.array;

import java.util.List;

/// Where the windows of a pool (or of unfolding) lie. Lists hold one number for all spatial axes, or one for each.
///
/// ```java
/// PoolOptions.of(2)                          // windows of 2, next to each other
/// PoolOptions.of(3).stride(2).padding(1)
/// ```
///
/// @param kernel elements of a window, ≥ 1
/// @param stride inputs between neighbouring windows, ≥ 1; an empty list is the kernel
/// @param padding at both ends, at most half the kernel: never the largest, and zeros in an average
/// @param dilation inputs between neighbouring elements of a window, ≥ 1; averages take 1 only
/// @param ceilMode whether a last window that sticks out counts too
/// @param countPadding averages: whether padding counts in the divisor
/// @param divisor averages: divides by this instead of by the number of elements; 0 for none
public record PoolOptions(
        List<Integer> kernel, List<Integer> stride, List<Integer> padding, List<Integer> dilation, boolean ceilMode,
        boolean countPadding, int divisor) {
    /// @throws IllegalArgumentException if a number is out of its range
    public PoolOptions {
        kernel = ConvOptions.least("pool", "kernel", 1, kernel);
        stride = ConvOptions.least("pool", "stride", 1, stride);
        padding = ConvOptions.least("pool", "padding", 0, padding);
        dilation = ConvOptions.least("pool", "dilation", 1, dilation);
    }

    /// Windows next to each other, without padding: PyTorch's defaults.
    public static PoolOptions of(int... kernel) {
        return new PoolOptions(ConvOptions.list(kernel), List.of(), List.of(0), List.of(1), false, true, 0);
    }

    /// Inputs between neighbouring windows: one number for all axes, or one for each.
    public PoolOptions stride(int... stride) {
        return new PoolOptions(kernel, ConvOptions.list(stride), padding, dilation, ceilMode, countPadding, divisor);
    }

    /// Padding at both ends: one number for all axes, or one for each.
    public PoolOptions padding(int... padding) {
        return new PoolOptions(kernel, stride, ConvOptions.list(padding), dilation, ceilMode, countPadding, divisor);
    }

    /// Inputs between neighbouring elements of a window: one number for all axes, or one for each.
    public PoolOptions dilation(int... dilation) {
        return new PoolOptions(kernel, stride, padding, ConvOptions.list(dilation), ceilMode, countPadding, divisor);
    }

    /// Whether a last window that sticks out counts too.
    public PoolOptions ceilMode(boolean ceilMode) {
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, countPadding, divisor);
    }

    /// Averages: whether padding counts in the divisor.
    public PoolOptions countPadding(boolean countPadding) {
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, countPadding, divisor);
    }

    /// Averages: divides every sum by this.
    ///
    /// @throws IllegalArgumentException if it is 0
    public PoolOptions divisor(int divisor) {
        if (divisor == 0) {
            throw new IllegalArgumentException("pool: divisor is 0; give another number, or leave it out to divide by the "
                + "size of the window");
        }
        return new PoolOptions(kernel, stride, padding, dilation, ceilMode, countPadding, divisor);
    }

    /// The kernel of each of `axes` axes.
    ///
    /// @throws IllegalArgumentException naming `operation` if there are neither one nor `axes` numbers; so do the following
    public int[] kernel(String operation, int axes) { return ConvOptions.perAxis(operation, "kernel", kernel, axes); }

    /// The stride of each axis; the kernel where none was given.
    public int[] stride(String operation, int axes) {
        return ConvOptions.perAxis(operation, "stride", stride.isEmpty() ? kernel : stride, axes);
    }

    /// The padding of each axis.
    public int[] padding(String operation, int axes) { return ConvOptions.perAxis(operation, "padding", padding, axes); }

    /// The dilation of each axis.
    public int[] dilation(String operation, int axes) { return ConvOptions.perAxis(operation, "dilation", dilation, axes); }
}
