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
        boolean joined = planes.line == axes[2].count();
        width = joined ? axes[1].count() * axes[2].count() : axes[2].count();
        lines = joined ? 1 : axes[1].count();
        outputs = axes[0].count() * axes[1].count() * axes[2].count();
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
        var sums = new Object[runs];
        Parallel.ranges((long) size * outputs * n, runs * groups, 1, (lo, hi) -> {
            var work = new Work(k.allocate(planes.size()), k.allocate(rows * BLOCK), k.allocate(outs * BLOCK),
                k.allocate(outs * rows));
            for (int i = lo; i < hi; i++) {
                int r = i / groups;
                int g = i % groups;
                var sum = r == 0 ? dw : sumOf(sums, r, size);
                for (int image0 = (int) ((long) n * r / runs); image0 < (int) ((long) n * (r + 1) / runs); image0++) {
                    int at = image0 * groups + g;
                    add(work, x, at * channels * image, dy, at * outs * outputs, sum, g * outs * depth);
                }
            }
        });
        for (int r = 1; r < runs; r++) {
            k.binary(Binary.ADD, 0, dw, 0, sums[r], 0, dw, 0, size);
        }
    }

    private Object sumOf(Object[] sums, int run, int size) {
        synchronized (sums) { // groups of one run may be on different threads
            if (sums[run] == null) {
                sums[run] = k.allocate(size);
            }
            return sums[run];
        }
    }

    /// Buffers of one thread.
    private record Work(Object planes, Object unfolded, Object left, Object product) {}

    private void add(Work work, Object x, int xo, Object dy, int dyo, Object sum, int so) {
        planes.fill(k, x, xo, work.planes);
        Object source = planes.isDirect() ? x : work.planes;
        int start = planes.start(xo);
        int depth = planes.rows.length;
        for (int o = 0; o < outputs; o += BLOCK) {
            int n = Math.min(BLOCK, outputs - o);
            for (int i = 0; i < outs; i++) {
                k.copyStrided(dy, dyo + i * outputs + o, 1, work.left, i * n, n);
            }
            var pieces = pieces(o, n);
            for (int row = 0; row < depth; row += rows) {
                int m = Math.min(rows, depth - row);
                for (int i = 0; i < m; i++) {
                    unfold(source, start + planes.rows[row + i], pieces, work.unfolded, i * n);
                }
                multiply(m, n, work);
                for (int i = 0; i < outs; i++) {
                    int to = so + i * depth + row;
                    k.binary(Binary.ADD, 0, sum, to, work.product, i * m, sum, to, m);
                }
            }
        }
    }

    // product (outs, m) = left (outs, n)·unfolded (m, n)ᵀ
    private void multiply(int m, int n, Work work) {
        if (outs > 1) {
            k.matmul(Form.NT, outs, m, n, work.left, 0, work.unfolded, 0, work.product, 0);
            return;
        }
        for (int i = 0; i < m; i++) {
            k.set(work.product, i, k.dot(work.left, 0, work.unfolded, i * n, n));
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
