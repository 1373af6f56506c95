package keel.array;

import java.util.Arrays;
import java.util.List;

/// How to resample the spatial axes of an image: to a size or by a factor, and how to read between its elements.
///
/// ```java
/// Resize.by(2)                       // nearest
/// Resize.to(64, 48).linear()         // bilinear
/// Resize.by(1.5).cubic().alignCorners(true)
/// ```
///
/// Output `i` of `out` stands at input `(i + ½)·in/out − ½`, elements being cells; with `alignCorners` at
/// `i·(in − 1)/(out − 1)`, elements being points.
///
/// @param size extents of the output, one for all axes or one for each; empty if `factor` is given
/// @param factor extents of the output are `⌊factor·in⌋`, one for all axes or one for each; empty if `size` is given
/// @param mode how to read between elements
/// @param alignCorners whether the corners of input and output coincide; linear and cubic only
/// @param recompute whether `in/out` is used as the step even if a factor is given, which differs from `1/factor` where
///         `factor·in` is not whole
public record Resize(List<Integer> size, List<Double> factor, Mode mode, boolean alignCorners, boolean recompute) {
    /// How to read between elements.
    public enum Mode {
        /// the element at or before the place, rounded as PyTorch's `nearest` does: `⌊i·in/out⌋`
        NEAREST,
        /// the element whose cell holds the place: `⌊(i + ½)·in/out⌋`
        NEAREST_EXACT,
        /// between the two neighbours of each axis: linear, bilinear, trilinear
        LINEAR,
        /// by cubic convolution over four neighbours of each axis (Keys 1981, doi:10.1109/TASSP.1981.1163711, a = −¾)
        CUBIC,
        /// the average of the elements that an output covers: adaptive average pooling
        AREA
    }

    /// Keys' parameter; PyTorch's choice.
    private static final double A = -0.75;

    /// @throws IllegalArgumentException if neither or both of size and factor are given, one is not positive, or corners are
    ///         aligned where that means nothing
    public Resize {
        size = List.copyOf(size);
        factor = List.copyOf(factor);
        if (size.isEmpty() == factor.isEmpty()) {
            throw new IllegalArgumentException("resize: size " + size + " and factor " + factor + "; give one of them");
        }
        if (!size.stream().allMatch(s -> s > 0) || !factor.stream().allMatch(f -> f > 0 && f < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("resize: " + (factor.isEmpty() ? "size " + size : "factor " + factor)
                + "; give numbers above 0");
        }
        if (alignCorners && mode != Mode.LINEAR && mode != Mode.CUBIC) {
            throw new IllegalArgumentException("resize: " + mode
                + " has no corners to align; use linear or cubic, or leave alignCorners out");
        }
    }

    /// To these extents, nearest.
    public static Resize to(int... size) { return new Resize(ConvOptions.list(size), List.of(), Mode.NEAREST, false, false); }

    /// By these factors, nearest.
    public static Resize by(double... factor) {
        return new Resize(List.of(), Arrays.stream(factor).boxed().toList(), Mode.NEAREST, false, false);
    }

    /// Another way to read between elements.
    public Resize mode(Mode mode) { return new Resize(size, factor, mode, alignCorners, recompute); }

    /// Linear, bilinear or trilinear.
    public Resize linear() { return mode(Mode.LINEAR); }

    /// Bicubic on two axes.
    public Resize cubic() { return mode(Mode.CUBIC); }

    /// Whether corners coincide.
    public Resize alignCorners(boolean alignCorners) { return new Resize(size, factor, mode, alignCorners, recompute); }

    /// Whether the step is computed from the extents even if a factor is given.
    public Resize recompute(boolean recompute) { return new Resize(size, factor, mode, alignCorners, recompute); }

    /// The extents of the output for the last `axes` axes of `x`.
    ///
    /// @throws IllegalArgumentException if there is not one number an axis, or nothing would be left
    public int[] extents(Shape x, int axes) {
        if (!size.isEmpty()) {
            return ConvOptions.perAxis("interpolate", "size", size, axes);
        }
        var y = new int[axes];
        for (int i = 0; i < axes; i++) {
            y[i] = (int) Math.floor(x.extent(i - axes) * factorOf(i, axes));
            if (y[i] < 1) {
                throw new IllegalArgumentException("interpolate: factor " + factorOf(i, axes) + " leaves nothing of axis "
                    + (i - axes) + " of " + x + "; use a larger one");
            }
        }
        return y;
    }

    private double factorOf(int axis, int axes) {
        if (factor.size() != 1 && factor.size() != axes) {
            throw new IllegalArgumentException("interpolate: factor " + factor + " has " + factor.size() + " numbers for " + axes
                + (axes == 1 ? " axis" : " axes") + "; give one, or one an axis");
        }
        return factor.get(factor.size() == 1 ? 0 : axis);
    }

    /// For the nearest modes: the element of axis `axis` of `axes` that each output shows. In F32, as PyTorch decides it.
    public int[] nearest(int axis, int axes, int in, int out) {
        float step = factor.isEmpty() || recompute ? (float) in / out : (float) (1 / factorOf(axis, axes));
        float half = mode == Mode.NEAREST_EXACT ? 0.5f : 0;
        var y = new int[out];
        Arrays.setAll(y, i -> Math.min((int) Math.floor((i + half) * step), in - 1));
        return y;
    }

    /// For linear and cubic: the weights of axis `axis` of `axes`.
    public AxisMap map(int axis, int axes, int in, int out) {
        double corners = out > 1 ? (in - 1.0) / (out - 1) : 0;
        double cells = factor.isEmpty() || recompute ? (double) in / out : 1 / factorOf(axis, axes);
        var at = new double[out];
        for (int i = 0; i < out; i++) {
            at[i] = alignCorners ? i * corners : (i + 0.5) * cells - 0.5;
        }
        return mode == Mode.LINEAR ? linear(in, at) : cubic(in, at);
    }

    // Places before the first element show it, like those behind the last.
    private static AxisMap linear(int in, double... at) {
        return AxisMap.of(in, at.length, 2, new AxisMap.Terms() {
            @Override public int column(int i, int t) { return Math.min((int) Math.max(at[i], 0) + t, in - 1); }
            @Override public double weight(int i, int t) {
                double beyond = Math.max(at[i], 0) - (int) Math.max(at[i], 0);
                return t == 0 ? 1 - beyond : beyond;
            }
        });
    }

    private static AxisMap cubic(int in, double... at) {
        return AxisMap.of(in, at.length, 4, new AxisMap.Terms() {
            @Override public int column(int i, int t) { return Math.clamp((long) Math.floor(at[i]) + t - 1, 0, in - 1); }
            @Override public double weight(int i, int t) { return keys(Math.abs(at[i] - Math.floor(at[i]) + 1 - t)); }
        });
    }

    // The cubic convolution kernel at distance d < 2.
    private static double keys(double d) {
        return d <= 1 ? ((A + 2) * d - (A + 3)) * d * d + 1 : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
    }
}
