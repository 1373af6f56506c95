package keel.autograd;

import java.util.Arrays;
import keel.array.AxisMap;
import keel.array.NdArray;
import keel.array.Resize;
import keel.array.Shape;
import keel.array.Tables;
import keel.array.Windows;

/// Images in other resolutions, differentiable to any order.
public final class Resampling {
    private Resampling() {}

    /// `x (n, channels, …)` with one to three spatial axes, read at other places of them: see [Resize] for sizes, factors and
    /// modes.
    ///
    /// @throws IllegalArgumentException if shape or options do not fit
    public static Tensor interpolate(Tensor x, Resize resize) {
        int axes = x.rank() - 2;
        if (axes < 1 || axes > 3) {
            throw new IllegalArgumentException("interpolate: the input is " + x.shape()
                + "; give (n, channels, spatial…) with 1 to 3 spatial axes");
        }
        Windows.requireImage("interpolate", x.shape(), axes);
        var in = Arrays.copyOfRange(x.shape().extents(), 2, x.rank());
        var out = resize.extents(x.shape(), axes);
        x.value().requireFloat("interpolate");
        x.shape().withLast(out); // refuses what one array cannot hold
        return switch (resize.mode()) {
            case NEAREST, NEAREST_EXACT -> nearest(x, resize, in, out);
            case LINEAR, CUBIC -> {
                var maps = new AxisMap[axes];
                Arrays.setAll(maps, i -> resize.map(i, axes, in[i], out[i]));
                yield Windowed.map(x, maps);
            }
            case AREA -> switch (axes) {
                case 1 -> Pooling.adaptiveAvgPool1d(x, out[0]);
                case 2 -> Pooling.adaptiveAvgPool2d(x, out[0], out[1]);
                default -> Pooling.adaptiveAvgPool3d(x, out[0], out[1], out[2]);
            };
        };
    }

    private static Tensor nearest(Tensor x, Resize resize, int[] in, int... out) {
        var sources = new int[in.length][];
        Arrays.setAll(sources, i -> resize.nearest(i, in.length, in[i], out[i]));
        return pickAxes(x, in, sources);
    }

    // Each of the last axes shows other elements of itself.
    static Tensor pickAxes(Tensor x, int[] extents, int[]... sources) {
        var shape = x.shape();
        int plane = 1;
        for (int i = 0; i < sources.length; i++) {
            shape = shape.with(x.rank() - sources.length + i, sources[i].length);
            plane *= extents[i];
        }
        NdArray table = Tables.product(extents, sources);
        return Windowed.pick(x, plane, table, shape);
    }

    /// `(…, channels·factor², height, width) → (…, channels, height·factor, width·factor)`: channels become neighbouring pixels
    /// (Shi et al. 2016, arXiv:1609.05158).
    ///
    /// @throws IllegalArgumentException if the channels do not divide by `factor²`
    public static Tensor pixelShuffle(Tensor x, int factor) {
        requirePixels("pixelShuffle", x, factor);
        int channels = x.extent(-3);
        if (channels % ((long) factor * factor) != 0) {
            throw new IllegalArgumentException("pixelShuffle: " + channels + " channels of " + x.shape()
                + " do not divide by factor² = " + (long) factor * factor + "; make them a multiple");
        }
        int c = (int) (channels / ((long) factor * factor));
        int h = x.extent(-2);
        int w = x.extent(-1);
        int n = x.shape().product(0, x.rank() - 3);
        var shape = image(x.shape(), c, times(h, factor), times(w, factor));
        return x.reshape(n, c, factor, factor, h, w).permute(0, 1, 4, 2, 5, 3).reshape(shape);
    }

    /// The reverse of [#pixelShuffle]: `(…, channels, height, width) → (…, channels·factor², height/factor, width/factor)`.
    ///
    /// @throws IllegalArgumentException if height or width do not divide by `factor`
    public static Tensor pixelUnshuffle(Tensor x, int factor) {
        requirePixels("pixelUnshuffle", x, factor);
        if (x.extent(-2) % factor != 0 || x.extent(-1) % factor != 0) {
            throw new IllegalArgumentException("pixelUnshuffle: height and width of " + x.shape() + " do not divide by factor "
                + factor + "; crop or pad");
        }
        int c = x.extent(-3);
        int h = x.extent(-2) / factor;
        int w = x.extent(-1) / factor;
        int n = x.shape().product(0, x.rank() - 3);
        var shape = image(x.shape(), times(times(c, factor), factor), h, w);
        return x.reshape(n, c, h, factor, w, factor).permute(0, 1, 3, 5, 2, 4).reshape(shape);
    }

    private static void requirePixels(String name, Tensor x, int factor) {
        if (x.rank() < 3 || factor < 1) {
            throw new IllegalArgumentException(name + ": input " + x.shape() + " and factor " + factor
                + "; give (…, channels, height, width) and 1 or more");
        }
    }

    // Too large for an int stays too large for a shape, which refuses it.
    private static int times(int a, int b) { return (int) Math.min((long) a * b, Integer.MAX_VALUE); }

    private static Shape image(Shape x, int channels, int height, int width) {
        return x.with(x.rank() - 3, channels).with(x.rank() - 2, height).with(x.rank() - 1, width);
    }
}
