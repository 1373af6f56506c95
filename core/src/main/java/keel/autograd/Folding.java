package keel.autograd;

import java.util.Arrays;
import keel.array.NdArray;
import keel.array.PoolOptions;
import keel.array.Shape;
import keel.array.Tables;
import keel.array.Windows;

/// Images as columns of windows and back (im2col, col2im), differentiable to any order. Kernel, stride (1 if not given),
/// padding and dilation are read of the options.
public final class Folding {
    private Folding() {}

    /// `(n, channels, height, width) → (n, channels·kernel, windows)`: column `j` is window `j` flattened, zeros where it lies
    /// in the padding; without `n` too.
    ///
    /// @throws IllegalArgumentException if shape or options do not fit
    public static Tensor unfold(Tensor x, PoolOptions options) {
        Windows.requireImage("unfold", x.shape(), 2);
        int h = x.extent(-2);
        int w = x.extent(-1);
        x.value().requireFloat("unfold");
        var g = new Grid("unfold", options, h, w);
        int channels = Shape.of(x.extent(-3), g.taps()).size();
        var shape = x.rank() == 3 ? Shape.of(channels, g.windows()) : Shape.of(x.extent(0), channels, g.windows());
        return Windowed.pick(x, h * w, g.table(), shape);
    }

    /// `(n, channels·kernel, windows) → (n, channels, height, width)`: the sum of all windows where they belong, the transpose
    /// of [#unfold]; without `n` too.
    ///
    /// @throws IllegalArgumentException if shape or options do not fit
    public static Tensor fold(Tensor x, int height, int width, PoolOptions options) {
        if (height < 1 || width < 1 || x.rank() < 2 || x.rank() > 3) {
            throw new IllegalArgumentException("fold: input " + x.shape() + " to height " + height + " and width " + width
                + "; give (n, channels·kernel, windows), or one image without n, and extents of 1 or more");
        }
        x.value().requireFloat("fold");
        var g = new Grid("fold", options, height, width);
        if (x.extent(-2) % g.taps() != 0 || x.extent(-1) != g.windows() || x.extent(-2) == 0) {
            throw new IllegalArgumentException("fold: input " + x.shape() + " does not fit " + g.windows() + " windows of "
                + g.taps()
                + " elements on (" + height + ", " + width + "); give (n, channels·" + g.taps() + ", " + g.windows() + ")");
        }
        int channels = x.extent(-2) / g.taps();
        var shape = x.rank() == 2 ? Shape.of(channels, height, width) : Shape.of(x.extent(0), channels, height, width);
        return Windowed.place(x, height * width, g.table(), shape);
    }

    /// The windows over an image of two axes.
    private static final class Grid {
        private final int[] extents;
        private final int[] kernel;
        private final int[] out = new int[2];
        private final int[] stride;
        private final int[] padding;
        private final int[] dilation;

        Grid(String name, PoolOptions o, int... extents) {
            this.extents = extents;
            kernel = o.kernel(name, 2);
            stride = o.stride().isEmpty() ? new int[] {1, 1} : o.stride(name, 2);
            padding = o.padding(name, 2);
            dilation = o.dilation(name, 2);
            for (int i = 0; i < 2; i++) {
                long room = extents[i] + 2L * padding[i] - (long) dilation[i] * (kernel[i] - 1) - 1;
                if (room < 0) {
                    throw new IllegalArgumentException(name + ": a window of kernel " + Arrays.toString(kernel)
                        + " and dilation " + Arrays.toString(dilation)
                        + " is larger than the image " + Arrays.toString(extents) + " with padding " + Arrays.toString(padding)
                        + "; use a smaller one");
                }
                out[i] = (int) Math.min(room / stride[i] + 1, Integer.MAX_VALUE);
            }
            Shape.of(taps(), windows()); // refuses what one array cannot hold
        }

        int taps() { return Shape.of(kernel).size(); }

        int windows() { return Shape.of(out).size(); }

        NdArray table() { return Tables.unfolded(extents, kernel, out, stride, padding, dilation); }
    }
}
