package keel.autograd;

import java.util.Arrays;
import java.util.stream.IntStream;
import keel.array.AxisMap;
import keel.array.MaxPool;
import keel.array.NdArray;
import keel.array.PoolOptions;
import keel.array.Windows;

/// Pools over windows of one, two or three spatial axes, differentiable to any order: `(n, channels, …)` or `(channels, …)` →
/// the same with one element for each window.
///
/// An axis has `⌊(extent + 2·padding − dilation·(kernel − 1) − 1)/stride⌋ + 1` windows, rounded up in ceil mode unless the last
/// would start in the padding. All throw an `IllegalArgumentException` if shape or options do not fit.
public final class Pooling {
    private Pooling() {}

    /// The largest of each window with its place.
    ///
    /// @param y the largest; the gradient goes to the one that was taken: the first in row-major order where several are equal,
    ///         the last NaN before everything
    /// @param indices where it is: row-major index in its channel's image, `I32`
    public record MaxPooled(Tensor y, NdArray indices) {}

    // ---- largest

    /// The largest of each window of the last axis.
    public static Tensor maxPool1d(Tensor x, PoolOptions options) { return maxPool1dWithIndices(x, options).y(); }

    /// The largest of each window of the last two axes.
    public static Tensor maxPool2d(Tensor x, PoolOptions options) { return maxPool2dWithIndices(x, options).y(); }

    /// The largest of each window of the last three axes.
    public static Tensor maxPool3d(Tensor x, PoolOptions options) { return maxPool3dWithIndices(x, options).y(); }

    /// [#maxPool1d] with places.
    public static MaxPooled maxPool1dWithIndices(Tensor x, PoolOptions options) {
        return max(x, Windows.of("maxPool1d", options, x.shape(), 1));
    }

    /// [#maxPool2d] with places.
    public static MaxPooled maxPool2dWithIndices(Tensor x, PoolOptions options) {
        return max(x, Windows.of("maxPool2d", options, x.shape(), 2));
    }

    /// [#maxPool3d] with places.
    public static MaxPooled maxPool3dWithIndices(Tensor x, PoolOptions options) {
        return max(x, Windows.of("maxPool3d", options, x.shape(), 3));
    }

    /// The largest of each of `out` windows that cover the last axis evenly: `⌊j·in/out⌋ … ⌈(j + 1)·in/out⌉ − 1`.
    public static MaxPooled adaptiveMaxPool1d(Tensor x, int out) {
        return max(x, Windows.adaptive("adaptiveMaxPool1d", x.shape(), out));
    }

    /// The largest of each of `height · width` windows that cover the last two axes evenly.
    public static MaxPooled adaptiveMaxPool2d(Tensor x, int height, int width) {
        return max(x, Windows.adaptive("adaptiveMaxPool2d", x.shape(), height, width));
    }

    /// The largest of each of `depth · height · width` windows that cover the last three axes evenly.
    public static MaxPooled adaptiveMaxPool3d(Tensor x, int depth, int height, int width) {
        return max(x, Windows.adaptive("adaptiveMaxPool3d", x.shape(), depth, height, width));
    }

    private static MaxPooled max(Tensor x, Windows... windows) {
        var found = MaxPool.of(x.value(), windows);
        int plane = x.shape().product(x.rank() - windows.length, x.rank());
        return new MaxPooled(Tensor.op(found.y(), new Windowed.Pick(x, plane, found.indices())), found.indices());
    }

    // ---- average

    /// The average of each window of the last axis: its sum divided by its size, or by `options.divisor()`.
    public static Tensor avgPool1d(Tensor x, PoolOptions options) { return average("avgPool1d", x, options, 1); }

    /// The average of each window of the last two axes.
    public static Tensor avgPool2d(Tensor x, PoolOptions options) { return average("avgPool2d", x, options, 2); }

    /// The average of each window of the last three axes.
    public static Tensor avgPool3d(Tensor x, PoolOptions options) { return average("avgPool3d", x, options, 3); }

    /// The average of each of `out` windows that cover the last axis evenly.
    public static Tensor adaptiveAvgPool1d(Tensor x, int out) {
        return average(x, true, Windows.adaptive("adaptiveAvgPool1d", x.shape(), out));
    }

    /// The average of each of `height · width` windows that cover the last two axes evenly.
    public static Tensor adaptiveAvgPool2d(Tensor x, int height, int width) {
        return average(x, true, Windows.adaptive("adaptiveAvgPool2d", x.shape(), height, width));
    }

    /// The average of each of `depth · height · width` windows that cover the last three axes evenly.
    public static Tensor adaptiveAvgPool3d(Tensor x, int depth, int height, int width) {
        return average(x, true, Windows.adaptive("adaptiveAvgPool3d", x.shape(), depth, height, width));
    }

    private static Tensor average(String name, Tensor x, PoolOptions options, int axes) {
        if (options.dilation().stream().anyMatch(d -> d != 1)) {
            throw new IllegalArgumentException(name + ": dilation " + options.dilation() + "; an average has dilation 1");
        }
        var windows = Windows.of(name, options, x.shape(), axes);
        return options.divisor() != 0 ? sum(x, windows).div(options.divisor()) : average(x, options.countPadding(), windows);
    }

    private static Tensor average(Tensor x, boolean withPadding, Windows... windows) {
        double count = Windows.count(withPadding, windows);
        var sum = sum(x, windows);
        var y = count > 0 ? sum.div(count) : sum.div(Tensor.of(Windows.counts(x.dtype(), withPadding, windows)));
        if (!sum.wantsGradient()) sum.release(); // nobody else knows it
        return y;
    }

    // A window that holds everything is summed as a reduction is, in lanes and blocks, not along one axis after the other.
    private static Tensor sum(Tensor x, Windows... windows) {
        if (Arrays.stream(windows).allMatch(Windows::isWhole)) {
            return x.sum(true, IntStream.range(x.rank() - windows.length, x.rank()).toArray());
        }
        var maps = new AxisMap[windows.length];
        for (int i = 0; i < maps.length; i++) {
            maps[i] = AxisMap.sums(windows[i]);
        }
        return Windowed.map(x, maps);
    }

    // ---- power average

    /// `(Σ xᵖ)^(1/p)` of each window of the last axis, `p` above 0; 0 with gradient 0 where the sum is 0, NaN where it has no
    /// such root. A window that sticks out in ceil mode counts as if it were full.
    public static Tensor lpPool1d(Tensor x, double p, PoolOptions options) { return powers("lpPool1d", x, p, options, 1); }

    /// [#lpPool1d] over the last two axes.
    public static Tensor lpPool2d(Tensor x, double p, PoolOptions options) { return powers("lpPool2d", x, p, options, 2); }

    /// [#lpPool1d] over the last three axes.
    public static Tensor lpPool3d(Tensor x, double p, PoolOptions options) { return powers("lpPool3d", x, p, options, 3); }

    private static Tensor powers(String name, Tensor x, double p, PoolOptions options, int axes) {
        if (!(p > 0 && p < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": p is " + p + "; give a finite number above 0, or use maxPool");
        }
        var windows = Windows.of(name, options, x.shape(), axes);
        var sum = sum(x.pow(p), windows);
        if (options.ceilMode()) {
            var counts = Windows.counts(x.dtype(), true, windows);
            sum = sum.mul(Tensor.of(counts.rdiv(counts.max().item())));
        }
        var nothing = sum.eq(0); // there the root is flat: its slope would be infinite, times 0
        return Tensor.where(nothing, Tensor.scalar(x.dtype(), 0), Tensor.where(nothing, Tensor.scalar(x.dtype(), 1), sum)
            .pow(1 / p));
    }
}
