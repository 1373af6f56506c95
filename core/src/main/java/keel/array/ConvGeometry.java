package keel.array;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The checked geometry of one convolution: output `o` of an axis sums over taps `t` the inputs
/// `o·stride + t·dilation − before`. Forward, gradient of the input and gradient of the weight all read it; a transposed
/// convolution is the gradient of the input of the convolution it names.
///
/// Inside there are always three spatial axes, depth, height and width; those that a shape lacks have extent 1.
public final class ConvGeometry {
    final int groups;
    final int inChannels;
    final int outChannels;
    final int[] in;
    final int[] kernel;
    final int[] out;
    final int[] stride;
    final int[] before;
    final int[] dilation;

    private final int axes;

    private ConvGeometry(
            int groups, int inChannels, int outChannels, int[] in, int[] kernel, int[] out, int[] stride, int[] before,
            int... dilation) {
        this.groups = groups;
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.in = three(in, 1);
        this.kernel = three(kernel, 1);
        this.out = three(out, 1);
        this.stride = three(stride, 1);
        this.before = three(before, 0);
        this.dilation = three(dilation, 1);
        axes = in.length;
    }

    private static int[] three(int[] values, int missing) {
        int[] y = {missing, missing, missing};
        System.arraycopy(values, 0, y, 3 - values.length, values.length);
        return y;
    }

    /// The convolution of `x (n, channels, …)` with `weight (out, channels/groups, …)`.
    ///
    /// @throws IllegalArgumentException naming `operation` if shapes or options do not fit
    public static ConvGeometry of(String operation, ConvOptions options, Shape x, Shape weight) {
        int axes = requireRanks(operation, x, weight);
        int groups = options.groups();
        if (weight.extent(0) % groups != 0 || weight.extent(0) == 0) {
            throw new IllegalArgumentException(operation + ": " + weight.extent(0) + " output channels of weight " + weight
                + " do not divide into " + groups + " groups; make them a multiple");
        }
        if (x.extent(1) != (long) weight.extent(1) * groups) {
            throw new IllegalArgumentException(operation + ": input " + x + " has " + x.extent(1) + " channels, weight " + weight
                + " in " + groups + (groups == 1 ? " group" : " groups") + " takes " + (long) weight.extent(1) * groups
                + "; weight is (out, in/groups, kernel…)");
        }
        var stride = ConvOptions.perAxis(operation, "stride", options.stride(), axes);
        var dilation = ConvOptions.perAxis(operation, "dilation", options.dilation(), axes);
        var padding = ConvOptions.perAxis(operation, "padding", options.padding(), axes);
        var in = spatial(x);
        var kernel = spatial(weight);
        var before = new int[axes];
        var out = new int[axes];
        for (int i = 0; i < axes; i++) {
            long reach = (long) dilation[i] * (kernel[i] - 1);
            long total = options.same() ? reach : 2L * padding[i];
            before[i] = (int) (total / 2);
            if (in[i] + total < reach + 1) {
                throw new IllegalArgumentException(operation + ": the kernel of weight " + weight + " spans " + (reach + 1)
                    + " on axis " + (i + 2) + " of input " + x + ", which has " + in[i] + " and " + total
                    + " of padding; pad more, or use a smaller kernel or dilation");
            }
            out[i] = (int) ((in[i] + total - reach - 1) / stride[i] + 1);
        }
        return new ConvGeometry(groups, x.extent(1), weight.extent(0), in, kernel, out, stride, before, dilation);
    }

    /// The convolution whose input gradient is the transposed convolution of `x (n, in, …)` with `weight (in, out/groups, …)`.
    ///
    /// @throws IllegalArgumentException naming `operation` if shapes or options do not fit
    public static ConvGeometry transposed(String operation, ConvOptions options, Shape x, Shape weight) {
        int axes = requireRanks(operation, x, weight);
        int groups = options.groups();
        if (x.extent(1) != weight.extent(0)) {
            throw new IllegalArgumentException(operation + ": input " + x + " has " + x.extent(1) + " channels, weight " + weight
                + " takes " + weight.extent(0) + "; weight is (in, out/groups, kernel…)");
        }
        if (weight.extent(0) % groups != 0 || weight.extent(0) == 0) {
            throw new IllegalArgumentException(operation + ": " + weight.extent(0) + " input channels of weight " + weight
                + " do not divide into " + groups + " groups; make them a multiple");
        }
        if (options.same()) {
            throw new IllegalArgumentException(operation
                + ": padding \"same\" is not defined for a transposed convolution; give numbers");
        }
        var stride = ConvOptions.perAxis(operation, "stride", options.stride(), axes);
        var dilation = ConvOptions.perAxis(operation, "dilation", options.dilation(), axes);
        var padding = ConvOptions.perAxis(operation, "padding", options.padding(), axes);
        var extra = ConvOptions.perAxis(operation, "outputPadding", options.outputPadding(), axes);
        var small = spatial(x);
        var kernel = spatial(weight);
        var large = new int[axes];
        for (int i = 0; i < axes; i++) {
            if (extra[i] >= Math.max(stride[i], dilation[i])) {
                throw new IllegalArgumentException(operation + ": outputPadding " + extra[i] + " on axis " + (i + 2)
                    + " reaches stride " + stride[i] + " and dilation " + dilation[i] + "; give less than the larger of them");
            }
            long extent = (small[i] - 1L) * stride[i] - 2L * padding[i] + (long) dilation[i] * (kernel[i] - 1) + extra[i] + 1;
            if (extent < 1 || extent > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(operation + ": axis " + (i + 2) + " of input " + x + " with weight " + weight
                    + " would have " + extent + " outputs; change padding, stride or kernel");
            }
            large[i] = (int) extent;
        }
        return new ConvGeometry(groups, Math.multiplyExact(weight.extent(1), groups), weight.extent(0), large, kernel, small,
            stride, padding, dilation);
    }

    private static int requireRanks(String operation, Shape x, Shape weight) {
        int axes = weight.rank() - 2;
        if (axes < 1 || axes > 3 || x.rank() != weight.rank()) {
            throw new IllegalArgumentException(operation + ": input " + x + " and weight " + weight
                + " do not fit; give (n, channels, spatial…) and a weight of the same rank, with 1 to 3 spatial axes");
        }
        for (int i = 0; i < axes; i++) {
            if (weight.extent(i + 2) < 1) {
                throw new IllegalArgumentException(operation + ": weight " + weight + " has no taps on axis " + (i + 2)
                    + "; give 1 or more");
            }
        }
        return axes;
    }

    private static int[] spatial(Shape shape) {
        return Arrays.copyOfRange(shape.extents(), 2, shape.rank());
    }

    /// `(n, in channels, in…)`
    public Shape inputShape(int n) { return shape(n, inChannels, in); }

    /// `(n, out channels, out…)`
    public Shape outputShape(int n) { return shape(n, outChannels, out); }

    /// `(out channels, in channels/groups, kernel…)`
    public Shape weightShape() { return shape(outChannels, ins(), kernel); }

    private Shape shape(int n, int channels, int... spatial) {
        var y = new int[axes + 2];
        y[0] = n;
        y[1] = channels;
        System.arraycopy(spatial, 3 - axes, y, 2, axes);
        return Shape.of(y);
    }

    /// Input channels of a group.
    int ins() { return inChannels / groups; }

    /// Output channels of a group.
    int outs() { return outChannels / groups; }

    static int product(int... extents) { return extents[0] * extents[1] * extents[2]; }

    /// What outputs read, for each axis.
    Taps[] outputTaps() {
        var y = new Taps[3];
        for (int i = 0; i < 3; i++) {
            y[i] = Taps.ofOutputs(out[i], stride[i], in[i], kernel[i], dilation[i], before[i]);
        }
        return y;
    }

    /// The taps of an axis, in order, that meet the inputs whose index is `phase` modulo the stride.
    int[] reaching(int axis, int phase) {
        int place = phase + before[axis];
        return IntStream.range(0, kernel[axis]).filter(t -> (place - t * dilation[axis]) % stride[axis] == 0).toArray();
    }

    /// The outputs that inputs of a phase are read by: input `phase + q·stride` meets tap `t` of output
    /// `q + (phase + before − t·dilation)/stride`.
    Taps inputTaps(int axis, int phase) {
        int place = phase + before[axis];
        var offset = IntStream.of(reaching(axis, phase)).map(t -> (place - t * dilation[axis]) / stride[axis]).toArray();
        return new Taps((in[axis] - phase + stride[axis] - 1) / stride[axis], 1, out[axis], offset);
    }
}
