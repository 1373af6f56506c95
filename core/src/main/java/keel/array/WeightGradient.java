package keel.array;

import keel.kernel.Binary;
import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Places;

/// Gradient of a convolution's weight: `dw[i, (c, t)] = Σ dy[i, o]·x[c, o·step + offset[t]]` over images and outputs.
///
/// The order: the images are dealt in order to at most [#RUNS] runs of neighbours, fewer where the weight is large; the outputs
/// of an image are cut in order into blocks of [#BLOCK]; each block is one chain of fused multiply-adds from +0, or, with one
/// output channel a group, a sum in the order of [Kernels#dot]; the blocks of a run are added in order, then the runs. All of
/// it depends on shapes alone.
final class WeightGradient {
    /// Outputs of one chain.
    static final int BLOCK = 512;
    private static final int RUNS = 8;
    /// Most elements that the sums of all runs may take.
    private static final int ROOM = 1 << 22;

    private final Kernels<Object> k;
    private final int groups;
    private final int channels;
    private final int outs;
    private final Planes planes;
    private final Places places;
    private final int outputs;

    WeightGradient(Kernels<Object> k, int groups, int channels, int outs, Taps... axes) {
        this.k = k;
        this.groups = groups;
        this.channels = channels;
        this.outs = outs;
        planes = new Planes(channels, axes);
        places = planes.places();
        outputs = axes[0].count * axes[1].count * axes[2].count;
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
            sums[r] = Buffers.take(k, dw, size);
            k.fill(sums[r], 0, size, 0);
        }
        Parallel.ranges((long) size * outputs * n, runs * groups, 1, (lo, hi) -> {
            var room = Buffers.take(k, x, planes.size());
            var work = Buffers.take(k, x, Kernels.roomForWindows(outs, Math.min(BLOCK, outputs)));
            k.fill(room, 0, planes.size(), 0);
            for (int i = lo; i < hi; i++) {
                int r = i / groups;
                int g = i % groups;
                for (int image0 = (int) ((long) n * r / runs); image0 < (int) ((long) n * (r + 1) / runs); image0++) {
                    int at = image0 * groups + g;
                    add(room, work, x, at * channels * image, dy, at * outs * outputs, sums[r], g * outs * depth);
                }
            }
            Buffers.giveBack(room);
            Buffers.giveBack(work);
        });
        for (int r = 1; r < runs; r++) {
            k.binary(Binary.ADD, 0, sums[0], 0, sums[r], 0, sums[0], 0, size);
        }
        for (int g = 0; g < groups; g++) {
            k.transpose(depth, outs, sums[0], g * outs * depth, dw, g * outs * depth);
        }
        for (var sum : sums) {
            Buffers.giveBack(sum);
        }
    }

    private void add(Object room, Object work, Object x, int xo, Object dy, int dyo, Object sum, int so) {
        planes.fill(k, x, xo, room, 0);
        var source = planes.isDirect() ? x : room;
        for (int o = 0; o < outputs; o += BLOCK) {
            k.windowProducts(outs, dy, dyo, outputs, places, source, planes.start(xo), o, Math.min(o + BLOCK, outputs), sum, so,
                work);
        }
    }
}
