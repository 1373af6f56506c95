package keel.array;

import keel.kernel.Kernels;
import keel.kernel.Places;

/// The channels of an image laid out so that the inputs of one tap for all outputs of a line, in order, are neighbours: padded
/// with zeros, and dealt to phases where the step is not 1. A product over windows can then read its right-hand rows in place,
/// shifted: a tap costs an offset, not a copy (a `kernel`-fold saving over im2col).
///
/// Output `(d, h, w)` reads at `d·slice + h·line + w` from where output 0 does.
final class Planes {
    private final int channels;
    private final Taps[] axes;
    private final boolean direct;
    private final int origin; // direct: where output 0 reads its lowest tap
    private final int size;
    /// Elements from what one line of outputs reads, and one slice of lines, to the next.
    final int line;
    final int slice;
    /// For every channel and tap, in this order, where output 0 reads.
    final int[] rows;

    /// Planes of `channels` channels for taps along depth, height and width.
    Planes(int channels, Taps... axes) {
        this.channels = channels;
        this.axes = axes;
        direct = axes[0].isDirect() && axes[1].isDirect() && axes[2].isDirect();
        int height = direct ? axes[1].extent : axes[1].length;
        int width = direct ? axes[2].extent : axes[2].length;
        line = width;
        slice = height * width;
        origin = direct ? axes[0].lowest * slice + axes[1].lowest * line + axes[2].lowest : 0;
        int plane = direct ? axes[0].extent * slice : Math.multiplyExact(axes[0].length, slice);
        int block = plane;
        for (var axis : axes) {
            block = direct ? block : Math.multiplyExact(block, axis.usedBefore(axis.step));
        }
        size = direct ? 0 : Math.multiplyExact(channels, block);
        rows = new int[channels * axes[0].size * axes[1].size * axes[2].size];
        int i = 0;
        for (int c = 0; c < channels; c++) {
            for (int d = 0; d < axes[0].size; d++) {
                for (int h = 0; h < axes[1].size; h++) {
                    for (int w = 0; w < axes[2].size; w++) {
                        rows[i++] = c * block + slot(d, h, w) * plane + axes[0].shift[d] * slice + axes[1].shift[h] * line
                            + axes[2].shift[w];
                    }
                }
            }
        }
    }

    // Which of a channel's planes holds the phases that these taps read.
    private int slot(int d, int h, int w) {
        int y = 0;
        int[] taps = {d, h, w};
        for (int i = 0; i < 3; i++) {
            y = y * axes[i].usedBefore(axes[i].step) + axes[i].usedBefore(axes[i].phase[taps[i]]);
        }
        return y;
    }

    /// Where every output reads. Lines that continue each other without a gap are one.
    Places places() {
        int height = axes[1].count;
        int width = axes[2].count;
        boolean linesJoin = line == width || height == 1;
        boolean slicesJoin = linesJoin && (slice == height * width || axes[0].count == 1);
        int n = slicesJoin ? 1 : linesJoin ? axes[0].count : axes[0].count * height;
        var lines = new int[n];
        for (int i = 0; i < n; i++) {
            lines[i] = linesJoin ? i * slice : i / height * slice + i % height * line;
        }
        return new Places(rows, lines, slicesJoin ? axes[0].count * height * width : linesJoin ? height * width : width);
    }

    /// Elements that [#fill] writes: 0 where nothing has to be copied.
    int size() { return size; }

    /// Whether the image itself serves, so that [#fill] copies nothing.
    boolean isDirect() { return direct; }

    /// Where output 0 is, in `planes` or, if [#isDirect], in the image that starts at `xo`.
    int start(int xo) { return direct ? xo + origin : 0; }

    /// Copies the channels of the image at `xo` into zeroed `planes`, from `po` on; padding is never written, so that the next
    /// image may use the same.
    void fill(Kernels<Object> k, Object x, int xo, Object planes, int po) {
        if (direct) {
            return;
        }
        int image = axes[0].extent * axes[1].extent * axes[2].extent;
        int to = po;
        for (int c = 0; c < channels; c++) {
            for (int pd = 0; pd < axes[0].step; pd++) {
                for (int ph = 0; ph < axes[1].step; ph++) {
                    for (int pw = 0; pw < axes[2].step; pw++) {
                        if (axes[0].used[pd] && axes[1].used[ph] && axes[2].used[pw]) {
                            fillPlane(k, x, xo + c * image, pd, ph, pw, planes, to);
                            to += axes[0].length * slice;
                        }
                    }
                }
            }
        }
    }

    private void fillPlane(Kernels<Object> k, Object x, int xo, int pd, int ph, int pw, Object planes, int to) {
        var height = axes[1];
        var width = axes[2];
        int top = height.firstInput(ph);
        int lines = height.inputs(ph);
        int left = width.firstInput(pw);
        int n = width.inputs(pw);
        if (lines == 0 || n == 0) {
            return;
        }
        int y = height.lowest + ph + top * height.step;
        int from = y * width.extent + width.lowest + pw + left * width.step;
        int begin = axes[0].firstInput(pd);
        for (int d = begin; d < begin + axes[0].inputs(pd); d++) {
            int z = axes[0].lowest + pd + d * axes[0].step;
            k.copyLines(lines, x, xo + z * height.extent * width.extent + from, height.step * width.extent, width.step,
                planes, to + d * slice + top * line + left, line, n);
        }
    }
}
