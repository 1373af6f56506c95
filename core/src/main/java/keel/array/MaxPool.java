package keel.array;

import keel.kernel.Kernels;
import keel.kernel.Parallel;

/// The largest element of each window of the last axes, with its place. The first in row-major order counts where several are
/// equal, the last NaN before everything.
///
/// A plane is searched along its rows first, then across them, so that each row is searched once, however many windows it is
/// part of.
public final class MaxPool {
    private static final Windows ONE = new Windows(1, 1, new int[1], new int[] {1}, new int[] {1});

    private final Kernels<Object> k;
    private final Windows depth;
    private final Windows height;
    private final Windows width;
    private final boolean tiles;
    private final int[] runs;

    /// What was found.
    ///
    /// @param y the largest of each window
    /// @param indices where it is: row-major index in the plane of the input, `I32`
    public record Largest(NdArray y, NdArray indices) {}

    private MaxPool(Kernels<Object> k, Windows... windows) {
        this.k = k;
        int n = windows.length;
        depth = n < 3 ? ONE : windows[n - 3];
        height = n < 2 ? ONE : windows[n - 2];
        width = windows[n - 1];
        tiles = width.tiles();
        runs = width.runs();
    }

    /// The largest of each window; `windows` belong to the last axes of `x`.
    public static Largest of(NdArray x, Windows... windows) {
        x.requireFloat("maxPool");
        var shape = Windows.shape(x.shape(), windows);
        var y = NdArray.empty(x.dtype(), shape);
        var indices = NdArray.empty(DType.I32, shape);
        if (y.size() > 0) {
            new MaxPool(x.kernels(), windows).run(x.data(), x.size(), y.data(), indices.ints());
        }
        return new Largest(y, indices);
    }

    private void run(Object x, int size, Object y, int... at) {
        int rows = depth.in() * height.in();
        int plane = rows * width.in();
        int out = depth.count() * height.count() * width.count();
        if (depth.isWhole() && depth.in() == 1 && height.arePairs() && width.arePairs()) {
            Parallel.ranges(size, size / plane, 1, (lo, hi) -> k.maxTiles(x, lo * plane, hi - lo, height.count(), width.count(), y,
                lo * out, at, lo * out));
            return;
        }
        Parallel.ranges(size * 2L, size / plane, 1, (lo, hi) -> {
            var best = k.allocate(rows * width.count());
            var where = new int[rows * width.count()];
            for (int p = lo; p < hi; p++) {
                alongRows(x, p * plane, rows, best, where);
                acrossRows(best, where, y, at, p * out);
            }
        });
    }

    private void alongRows(Object x, int xo, int rows, Object best, int... where) {
        int n = width.count();
        if (tiles) { // rows continue each other
            k.maxWindows(x, xo, width.taps(0), width.taps(0), 1, 0, best, 0, where, 0, rows * n);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int j = 0;
            for (int alike : runs) {
                int stride = alike > 1 ? width.from()[j + 1] - width.from()[j] : 0;
                int from = r * width.in() + width.from()[j];
                k.maxWindows(x, xo + from, stride, width.taps(j), width.step(), from, best, r * n + j, where, r * n + j, alike);
                j += alike;
            }
        }
    }

    private void acrossRows(Object best, int[] where, Object y, int[] at, int yo) {
        int n = width.count();
        int to = yo;
        for (int d = 0; d < depth.count(); d++) {
            for (int h = 0; h < height.count(); h++, to += n) {
                int first = (depth.from()[d] * height.in() + height.from()[h]) * n;
                k.copyStrided(best, first, 1, y, to, n);
                System.arraycopy(where, first, at, to, n);
                for (int z = depth.from()[d]; z < depth.to()[d]; z += depth.step()) {
                    for (int v = height.from()[h]; v < height.to()[h]; v += height.step()) {
                        int row = (z * height.in() + v) * n;
                        if (row != first) {
                            k.maxInto(best, row, where, row, y, to, at, to, n);
                        }
                    }
                }
            }
        }
    }
}
