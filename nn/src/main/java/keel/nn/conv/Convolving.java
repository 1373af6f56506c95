package keel.nn.conv;

import java.util.List;

import keel.array.ConvOptions;
import keel.array.PadMode;
import keel.autograd.Convolution;
import keel.autograd.Pads;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// What the convolution layers share: a weight whose rank says over how many axes it works, a bias or none, and where the
/// windows lie.
public sealed interface Convolving extends Layer
        permits Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
    /// `(out, in/groups, kernel…)`, or `(in, out/groups, kernel…)` of a transposed convolution.
    Tensor weight();

    /// `(out)`, or null for none.
    Tensor bias();

    /// Stride, padding, dilation, groups.
    ConvOptions options();

    /// What stands beyond the edge.
    default PadMode mode() {
        return PadMode.ZEROS;
    }

    /// Whether this is a transposed convolution.
    default boolean isTransposed() {
        return false;
    }

    /// Channels that come in.
    default int in() {
        return isTransposed() ? weight().extent(0) : weight().extent(1) * options().groups();
    }

    /// Channels that go out.
    default int out() {
        return isTransposed() ? weight().extent(1) * options().groups() : weight().extent(0);
    }

    /// The output for `x (n, in, …)` or `(in, …)`.
    ///
    /// @throws IllegalArgumentException naming layer, path and shapes if the input has other axes, channels or type, or is
    ///         smaller than the kernel
    @Override
    default Tensor forward(Tensor x, Pass pass) {
        try {
            return compute(x);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    private Tensor compute(Tensor x) {
        var around = x;
        var o = options();
        int axes = weight().rank() - 2;
        if (mode() != PadMode.ZEROS && x.rank() > axes) {
            around = Pads.pad(x, mode(), amounts(axes));
            o = o.paddingValid();
        }
        return switch (axes) {
            case 1 -> isTransposed() ? Convolution.convTranspose1d(around, weight(), bias(), o)
                : Convolution.conv1d(around, weight(), bias(), o);
            case 2 -> isTransposed() ? Convolution.convTranspose2d(around, weight(), bias(), o)
                : Convolution.conv2d(around, weight(), bias(), o);
            default -> isTransposed() ? Convolution.convTranspose3d(around, weight(), bias(), o)
                : Convolution.conv3d(around, weight(), bias(), o);
        };
    }

    // Pairs from the last axis backwards.
    private int[] amounts(int axes) {
        var y = new int[2 * axes];
        for (int i = 0; i < axes; i++) {
            int axis = axes - 1 - i;
            var o = options();
            int total = o.same() ? one(o.dilation(), axis) * (weight().extent(axis + 2) - 1) : 2 * one(o.padding(), axis);
            y[2 * i] = total / 2;
            y[2 * i + 1] = total - total / 2;
        }
        return y;
    }

    private static int one(List<Integer> values, int axis) {
        return values.get(values.size() == 1 ? 0 : axis);
    }

    @Override
    default void visit(Visitor visitor) {
        visitor.parameter("weight", weight());
        if (bias() != null) visitor.parameter("bias", bias());
    }
}
