package keel.array;

import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Unary;

/// Sums over windows for a batch of images: `y[g, i, o] = Σ a[g, i, (c, t)]·x[g, c, o·step + offset[t]] + b[g, i]`.
///
/// Every element is one chain of fused multiply-adds over channels, then taps in increasing order, from +0; the bias is added
/// last. Zeros beyond the edge take part. Blocks and threads change no bit.
final class Correlation {
    /// Elements of the block of outputs that is in work, about a quarter megabyte in F32.
    private static final int BLOCK = 1 << 16;
    /// Columns of a block: enough for the rows of `a` to be worth the loading, few enough to leave work for several threads.
    private static final int LEAST_COLUMNS = 256;
    private static final int MOST_COLUMNS = 4096;
    /// Fewer images (times groups) than this are worked on one after another, by all threads.
    private static final int FEW_IMAGES = 8;

    /// Where outputs go: output `(d, h, w)` of channel 0 to `base + d·slice + h·line + w·step`, channel `i` to `i·channel`
    /// beyond.
    record Target(int base, int slice, int line, int step, int channel) {}

    private final Kernels<Object> k;
    private final int groups;
    private final int channels;
    private final int outs;
    private final Object weights;
    private final Object bias;
    private final Planes planes;
    private final Target target;
    private final boolean dense; // outputs have no gaps, in y and among the positions
    private final int slices;
    private final int lines;
    private final int width;

    /// `weights (groups, outs, channels·taps)`; `bias (groups, outs)` or null; `axes` are depth, height and width.
    Correlation(Kernels<Object> k, int groups, int channels, int outs, Object weights, Object bias, Target target, Taps... axes) {
        this.k = k;
        this.groups = groups;
        this.channels = channels;
        this.outs = outs;
        this.weights = weights;
        this.bias = bias;
        this.target = target;
        planes = new Planes(channels, axes);
        // Axes that continue each other without a gap, here and there, are one.
        boolean linesJoin = planes.line == axes[2].count && target.step == 1 && target.line == axes[2].count;
        boolean slicesJoin = linesJoin && planes.slice == axes[1].count * planes.line && target.slice == planes.slice;
        width = slicesJoin ? axes[0].count * planes.slice : linesJoin ? axes[1].count * planes.line : axes[2].count;
        lines = linesJoin ? 1 : axes[1].count;
        slices = slicesJoin ? 1 : axes[0].count;
        dense = lines == 1 && target.step == 1;
    }

    /// Sums for `n` images of `image` elements a channel in `x`, into `y`.
    void run(int n, Object x, int image, Object y) {
        int all = n * groups;
        int positions = (lines - 1) * planes.line + width;
        if (all * outs * slices * lines * width == 0) {
            return;
        }
        int columns = Math.min(positions, Math.clamp(BLOCK / outs / 64 * 64L, LEAST_COLUMNS, MOST_COLUMNS));
        int blocks = slices * ((positions + columns - 1) / columns);
        long work = (long) outs * planes.rows.length * positions * slices;
        if (all < FEW_IMAGES) { // share the blocks of each out, else the images
            var room = k.allocate(planes.size());
            for (int i = 0; i < all; i++) {
                int image0 = i;
                planes.fill(k, x, i * channels * image, room);
                Parallel.ranges(work, blocks, 1, (lo, hi) -> blocks(image0, x, image, room, columns, lo, hi, aside(columns), y));
            }
            return;
        }
        Parallel.ranges(work * all, all, 1, (lo, hi) -> {
            var room = k.allocate(planes.size());
            var aside = aside(columns);
            for (int i = lo; i < hi; i++) {
                planes.fill(k, x, i * channels * image, room);
                blocks(i, x, image, room, columns, 0, blocks, aside, y);
            }
        });
    }

    private Object aside(int columns) {
        return dense ? null : k.allocate(outs * columns);
    }

    // Blocks lo … hi − 1 of image and group `i`.
    private void blocks(int i, Object x, int image, Object room, int columns, int lo, int hi, Object aside, Object y) {
        int positions = (lines - 1) * planes.line + width;
        int perSlice = (positions + columns - 1) / columns;
        Object source = planes.isDirect() ? x : room;
        int start = planes.start(i * channels * image);
        for (int b = lo; b < hi; b++) {
            int from = b % perSlice * columns;
            block(i % groups, source, start, b / perSlice, from, Math.min(columns, positions - from), aside, y,
                i * outs * target.channel);
        }
    }

    private void block(int g, Object source, int start, int slice, int from, int n, Object aside, Object y, int yo) {
        int depth = planes.rows.length;
        int so = start + slice * planes.slice + from;
        int to = yo + target.base + slice * target.slice;
        var sums = dense ? y : aside;
        int at = dense ? to + from : 0;
        int step = dense ? target.channel : n;
        k.matmulRows(outs, n, depth, weights, g * outs * depth, source, so, planes.rows, sums, at, step);
        for (int i = 0; bias != null && i < outs; i++) {
            k.unary(Unary.ADD_SCALAR, k.get(bias, g * outs + i), sums, at + i * step, sums, at + i * step, n);
        }
        for (int i = 0; !dense && i < outs; i++) {
            copyLines(aside, i * n, from, n, y, to + i * target.channel);
        }
    }

    // Positions from … from + n − 1 of a channel, those that are outputs, to their lines.
    private void copyLines(Object x, int xo, int from, int n, Object y, int yo) {
        for (int h = from / planes.line; h < lines && h * planes.line < from + n; h++) {
            int line = h * planes.line;
            int whole = Math.min((from + n - line - width) / planes.line + 1, lines - h);
            if (target.step == 1 && from <= line && whole > 1) {
                k.copyLines(whole, x, xo + line - from, planes.line, 1, y, yo + h * target.line, target.line, width);
                h += whole - 1;
                continue;
            }
            int lo = Math.max(from, line);
            int hi = Math.min(from + n, line + width);
            if (lo < hi) {
                k.spread(x, xo + lo - from, y, yo + h * target.line + (lo - line) * target.step, target.step, hi - lo);
            }
        }
    }
}
