package keel.array;

import keel.kernel.Binary;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Parallel;

/// Gradient of a convolution's weight: `dw[i, (c, t)] = Σ dy[i, o]·x[c, o·step + offset[t]]` over images and outputs.
///
/// The order: the images are dealt in order to at most [#RUNS] runs of neighbours, fewer where the weight is large; the outputs
/// of an image are cut in order into blocks of [#BLOCK]; each block is one chain of fused multiply-adds from +0, or, with one
/// output channel a group, a sum in the order of [Kernels#dot]; the blocks of a run are added in order, then the runs. All of
/// it depends on shapes alone.
final class WeightGradient {
    /// Outputs of one chain.
    static final int BLOCK = 512;
    /// Rows of inputs that are unfolded at a time: `ROWS·BLOCK` elements, a quarter megabyte in F32.
    private static final int ROWS = 128;
    private static final int RUNS = 8;
    /// Most elements that the sums of all runs may take.
    private static final int ROOM = 1 << 22;

    private final Kernels<Object> k;
    private final int groups;
    private final int channels;
    private final int outs;
    private final Planes planes;
    private final int outputs;
    private final int lines;
    private final int width;
    private final int rows; // unfolded at a time

    WeightGradient(Kernels<Object> k, int groups, int channels, int outs, Taps... axes) {
        this.k = k;
        this.groups = groups;
        this.channels = channels;
        this.outs = outs;
        planes = new Planes(channels, axes);
        boolean joined = planes.line == axes[2].count;
        width = joined ? axes[1].count * axes[2].count : axes[2].count;
        lines = joined ? 1 : axes[1].count;
        outputs = axes[0].count * axes[1].count * axes[2].count;
        int depth = planes.rows.length;
        int parts = (depth + ROWS - 1) / ROWS;
        rows = parts == 0 ? 0 : (depth + parts - 1) / parts;
    }

    /// Sums over `n` images of `image` elements a channel into the zeroed `dw (groups, outs, channels·taps)`.
    void run(int n, Object x, int image, Object dy, Object dw) {
        int depth = planes.rows.length;
        int size = groups * outs * depth;
        if (size == 0 || outputs == 0 || n == 0) {
            return;
        }
        int runs = Math.max(1, Math.min(Math.min(n, RUNS), ROOM / size));
        var sums = new Object[runs]; // each (groups, channels·taps, outs)
        for (int r = 0; r < runs; r++) {
            sums[r] = k.allocate(size);
        }
        Parallel.ranges((long) size * outputs * n, runs * groups, 1, (lo, hi) -> {
            int most = Math.min(BLOCK, outputs);
            var work = new Work(k.allocate(planes.size()), k.allocate(rows * most), k.allocate(outs * most),
                k.allocate(rows * outs));
            for (int i = lo; i < hi; i++) {
                int r = i / groups;
                int g = i % groups;
                for (int image0 = (int) ((long) n * r / runs); image0 < (int) ((long) n * (r + 1) / runs); image0++) {
                    int at = image0 * groups + g;
                    add(work, x, at * channels * image, dy, at * outs * outputs, sums[r], g * outs * depth);
                }
            }
        });
        for (int r = 1; r < runs; r++) {
            k.binary(Binary.ADD, 0, sums[0], 0, sums[r], 0, sums[0], 0, size);
        }
        for (int g = 0; g < groups; g++) {
            k.transpose(depth, outs, sums[0], g * outs * depth, dw, g * outs * depth);
        }
    }

    /// Buffers of one thread: the padded image, some of its rows unfolded, gradients of one block, and the product of both.
    private record Work(Object planes, Object unfolded, Object dy, Object product) {}

    private void add(Work work, Object x, int xo, Object dy, int dyo, Object sum, int so) {
        planes.fill(k, x, xo, work.planes, 0);
        Object source = planes.isDirect() ? x : work.planes;
        int start = planes.start(xo);
        int depth = planes.rows.length;
        for (int o = 0; o < outputs; o += BLOCK) {
            int n = Math.min(BLOCK, outputs - o);
            for (int i = 0; i < outs; i++) {
                k.copyStrided(dy, dyo + i * outputs + o, 1, work.dy, i * n, n);
            }
            var pieces = pieces(o, n);
            for (int row = 0; row < depth; row += rows) {
                int m = Math.min(rows, depth - row);
                for (int i = 0; i < m; i++) {
                    unfold(source, start + planes.rows[row + i], pieces, work.unfolded, i * n);
                }
                multiply(m, n, work);
                int to = so + row * outs;
                k.binary(Binary.ADD, 0, sum, to, work.product, 0, sum, to, m * outs);
            }
        }
    }

    // product (m, outs) = unfolded (m, n)·dy (outs, n)ᵀ
    private void multiply(int m, int n, Work work) {
        if (outs > 1) {
            k.matmul(Form.NT, m, outs, n, work.unfolded, 0, work.dy, 0, work.product, 0);
            return;
        }
        for (int i = 0; i < m; i++) {
            k.set(work.product, i, k.dot(work.unfolded, i * n, work.dy, 0, n));
        }
    }

    // The lines, cut to outputs o … o + n − 1: position and length of each piece.
    private int[] pieces(int o, int n) {
        int first = o / width;
        int last = (o + n - 1) / width;
        var y = new int[2 * (last - first + 1)];
        for (int l = first, i = 0; l <= last; l++) {
            int lo = Math.max(o, l * width);
            y[i++] = l / lines * planes.slice + l % lines * planes.line + lo - l * width;
            y[i++] = Math.min(o + n, (l + 1) * width) - lo;
        }
        return y;
    }

    private void unfold(Object source, int so, int[] pieces, Object y, int yo) {
        int to = yo;
        for (int p = 0; p < pieces.length; p += 2) {
            k.copyStrided(source, so + pieces[p], 1, y, to, pieces[p + 1]);
            to += pieces[p + 1];
        }
    }
}
