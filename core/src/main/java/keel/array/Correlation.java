package keel.array;

import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Places;

/// Sums over windows for a batch of images: `y[g, i, o] = Σ a[g, i, (c, t)]·x[g, c, o·step + offset[t]] + b[g, i]`.
///
/// Every element is one chain of fused multiply-adds over channels, then taps in increasing order, from +0; the bias is added
/// last. Zeros beyond the edge take part. Blocks and threads change no bit.
final class Correlation {
    /// Outputs of the images that are worked on together: so many that laying out the weights costs little beside.
    private static final int ENOUGH_OUTPUTS = 1024;
    /// Elements that they may take up together, a megabyte in F32.
    private static final int ROOM = 1 << 18;
    /// Elements of the outputs that are computed aside at a time.
    private static final int ASIDE = 1 << 16;
    /// Fewer tasks than this are worked on one after another, by all threads.
    private static final int FEW_TASKS = 8;
    /// Outputs of a share of a task: enough for laying out the weights once more.
    private static final int SHARE = 256;

    /// Elements beyond the last plane, so that vectors that begin in it may be read as a whole.
    private static final int BEYOND = 64;

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
    private final Places places;
    private final Target target;
    private final int slices;
    private final int lines;
    private final int width;
    private final boolean dense; // outputs go where they are neighbours

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
        places = planes.places();
        slices = axes[0].count;
        lines = axes[1].count;
        width = axes[2].count;
        dense = target.step == 1 && (lines == 1 || target.line == width) && (slices == 1 || target.slice == lines * width);
    }

    /// Sums for `n` images of `image` elements a channel in `x`, into `y`.
    void run(int n, Object x, int image, Object y) {
        int outputs = slices * lines * width;
        if (n * groups * outs * outputs == 0) {
            return;
        }
        int size = planes.size();
        int batch = Math.min(n, Math.max(1, Math.min(ENOUGH_OUTPUTS / outputs, size == 0 ? n : ROOM / size)));
        int tasks = (n + batch - 1) / batch * groups;
        boolean few = tasks < FEW_TASKS; // then the outputs of each are shared
        long work = (long) outs * planes.rows.length * outputs;
        Parallel.RangeTask all = (lo, hi) -> {
            var room = Buffers.take(k, x, batch * size + BEYOND);
            k.fill(room, 0, batch * size, 0);
            for (int t = lo; t < hi; t++) {
                task(t / groups * batch, Math.min(batch, n - t / groups * batch), t % groups, x, image, room, few ? work : 0, y);
            }
            Buffers.giveBack(room);
        };
        if (few) {
            all.run(0, tasks);
        } else {
            Parallel.ranges(work * n * groups, tasks, 1, all);
        }
    }

    private int linesAside() { return Math.max(1, ASIDE / outs / width); }

    // Images first … first + count − 1 of group `g`; `work` of each is worth sharing, or 0.
    private void task(int first, int count, int g, Object x, int image, Object room, long work, Object y) {
        int at = first * groups + g;
        for (int q = 0; q < count; q++) {
            planes.fill(k, x, (at + q * groups) * channels * image, room, q * planes.size());
        }
        var source = planes.isDirect() ? x : room;
        int start = planes.start(at * channels * image);
        int step = planes.isDirect() ? groups * channels * image : planes.size();
        int to = at * outs * target.channel + target.base;
        int next = groups * outs * target.channel;
        if (dense) {
            Parallel.ranges(work * count, slices * lines * width, SHARE, (lo, hi) -> k.correlate(outs, weights,
                g * outs * planes.rows.length, bias, g * outs, places, count, source, start, step, lo, hi, y, to, next,
                target.channel));
            return;
        }
        for (int q = 0; q < count; q++) {
            int from = start + q * step;
            int into = to + q * next;
            Parallel.ranges(work, slices * lines, Math.min(linesAside(), (SHARE - 1) / width + 1),
                (lo, hi) -> aside(g, source, from, lo, hi, y, into));
        }
    }

    // Lines lo … hi − 1, computed aside and then dealt out.
    private void aside(int g, Object source, int start, int lo, int hi, Object y, int yo) {
        var aside = Buffers.take(k, y, outs * Math.min(hi - lo, linesAside()) * width);
        for (int line = lo, count; line < hi; line += count) {
            count = Math.min(linesAside(), hi - line);
            int n = count * width;
            k.correlate(outs, weights, g * outs * planes.rows.length, bias, g * outs, places, 1, source, start, 0,
                line * width, line * width + n, aside, -line * width, 0, n);
            for (int i = 0; i < outs; i++) {
                for (int l = line; l < line + count; l++) {
                    k.spread(aside, i * n + (l - line) * width, y,
                        yo + i * target.channel + l / lines * target.slice + l % lines * target.line, target.step, width);
                }
            }
        }
        Buffers.giveBack(aside);
    }
}
