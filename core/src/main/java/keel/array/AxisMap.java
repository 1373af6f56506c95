package keel.array;

import java.util.Arrays;
import keel.kernel.Parallel;

/// A linear map along one axis with few non-zero weights, such as a moving sum or an interpolation:
/// `y[…, i, …] = Σ w[t]·x[…, column[t], …]` over the terms `t` of `i`. Each output is one chain of fused multiply-adds over its
/// terms in order, from +0.
public final class AxisMap {
    private final int in;
    private final int[] start; // the terms of output i are start[i] … start[i + 1] − 1
    private final int[] column;
    private final double[] weight;
    private final int stride; // of outputs that all read as many neighbours, with the same weight; 0 if they do not

    private AxisMap(int in, int[] start, int[] column, double... weight) {
        this.in = in;
        this.start = start;
        this.column = column;
        this.weight = weight;
        stride = evenStride();
    }

    private int evenStride() {
        int taps = out() == 0 ? 0 : start[1];
        if (taps == 0 || column.length != taps * out()) {
            return 0;
        }
        int y = out() == 1 ? 1 : column[taps];
        boolean even = y > 0;
        for (int i = 0; even && i < out(); i++) {
            even = start[i] == i * taps;
            for (int t = 0; even && t < taps; t++) {
                even = column[i * taps + t] == i * y + t && weight[i * taps + t] == weight[0];
            }
        }
        return even ? y : 0;
    }

    private int out() { return start.length - 1; }

    /// Which inputs each output reads, added in the given order.
    interface Terms {
        /// Column of term `t` of output `i`, or −1 after the last.
        int column(int i, int t);

        /// Weight of that term; terms of weight 0 are left out.
        double weight(int i, int t);
    }

    static AxisMap of(int in, int out, int most, Terms terms) {
        var start = new int[out + 1];
        var column = new int[Math.multiplyExact(out, most)];
        var weight = new double[column.length];
        int n = 0;
        for (int i = 0; i < out; i++) {
            for (int t = 0; t < most && terms.column(i, t) >= 0; t++) {
                if (terms.weight(i, t) != 0) {
                    column[n] = terms.column(i, t);
                    weight[n++] = terms.weight(i, t);
                }
            }
            start[i + 1] = n;
        }
        return new AxisMap(in, start, Arrays.copyOf(column, n), Arrays.copyOf(weight, n));
    }

    /// The sum over each window.
    public static AxisMap sums(Windows w) {
        int most = Arrays.stream(w.counts(false)).max().orElse(0);
        return of(w.in(), w.count(), most, new Terms() {
            @Override public int column(int i, int t) {
                return w.from()[i] + t * w.step() < w.to()[i] ? w.from()[i] + t * w.step() : -1;
            }
            @Override public double weight(int i, int t) { return 1; }
        });
    }

    /// The map with inputs and outputs exchanged: its derivative. Terms come in the order of this map's outputs.
    public AxisMap transposed() {
        var at = new int[in + 1];
        for (int c : column) {
            at[c + 1]++;
        }
        for (int i = 0; i < in; i++) {
            at[i + 1] += at[i];
        }
        var begin = at.clone();
        var to = new int[column.length];
        var w = new double[column.length];
        for (int i = 0; i < out(); i++) {
            for (int t = start[i]; t < start[i + 1]; t++) {
                int n = at[column[t]]++;
                to[n] = i;
                w[n] = weight[t];
            }
        }
        return new AxisMap(out(), begin, to, w);
    }

    /// Maps the last axes of `x`, one map each: those that shrink from the first to the last, then those that grow from the
    /// last to the first, so that least is computed.
    public static NdArray apply(NdArray x, AxisMap... maps) {
        var y = x;
        int first = x.rank() - maps.length;
        if (maps.length == 2 && maps[0].addsPairs() && maps[1].addsPairs()) {
            return tiles(x, maps[0].out(), maps[1].out());
        }
        if (maps.length == 2 && maps[0].repeatsEach() && maps[1].repeatsEach()) {
            return intoTiles(x, maps[0].out(), maps[1].out());
        }
        for (int i = 0; i < maps.length; i++) {
            y = maps[i].out() <= maps[i].in ? maps[i].along(y, first + i) : y;
        }
        for (int i = maps.length - 1; i >= 0; i--) {
            y = maps[i].out() > maps[i].in ? maps[i].along(y, first + i) : y;
        }
        return y;
    }

    private boolean addsPairs() { return stride == 2 && start[1] == 2 && weight[0] == 1 && in == 2 * out(); }

    // Both axes at once, without a row of sums between them in memory.
    private static NdArray tiles(NdArray x, int height, int width) {
        x.requireFloat("axisMap");
        var y = NdArray.empty(x.dtype(), x.shape().withLast(height, width));
        int rows = y.size() / width;
        Parallel.ranges(x.size(), rows, 1, (lo, hi) -> x.kernels().sumTiles(x.data(), lo * 4 * width, hi - lo, width, y.data(),
            lo * width));
        return y;
    }

    private boolean repeatsEach() {
        boolean y = out() > 0 && out() == 2 * in && column.length == out();
        for (int i = 0; y && i < out(); i++) y = start[i] == i && column[i] == i / 2 && weight[i] == 1;
        return y;
    }

    private static NdArray intoTiles(NdArray x, int height, int width) {
        x.requireFloat("axisMap");
        var y = NdArray.empty(x.dtype(), x.shape().withLast(height, width));
        int w = width / 2;
        Parallel.ranges(y.size(), x.size() / w, 1, (lo, hi) -> x.kernels().spreadTiles(x.data(), lo * w, hi - lo, w, y.data(),
            lo * 4 * w));
        return y;
    }

    private NdArray along(NdArray x, int axis) {
        x.requireFloat("axisMap");
        var y = NdArray.empty(x.dtype(), x.shape().with(axis, out()));
        int outer = x.shape().product(0, axis);
        int inner = x.shape().product(axis + 1, x.rank());
        var k = x.kernels();
        if (inner == 1 && stride > 0) {
            boolean onAndOn = in == out() * stride; // outputs of one line continue those of the line before
            Parallel.ranges((long) outer * column.length, outer, 1, (lo, hi) -> {
                int lines = onAndOn ? 1 : hi - lo;
                for (int o = lo; o < lo + lines; o++) {
                    k.slide(onAndOn ? (hi - lo) * out() : out(), stride, start[1], weight[0], x.data(), o * in, y.data(),
                        o * out());
                }
            });
            return y;
        }
        Parallel.ranges((long) outer * column.length * inner, outer, 1, (lo, hi) -> {
            for (int o = lo; o < hi; o++) {
                k.sparse(out(), start, column, weight, x.data(), o * in * inner, inner, y.data(), o * out() * inner);
            }
        });
        return y;
    }
}
