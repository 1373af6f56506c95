package keel.nn.conv;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.PadMode;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Fans;
import keel.nn.init.Init;

/// Making and checking what the records of [Convolving] hold.
final class ConvParameters {
    private ConvParameters() {}

    /// Refuses tensors and options that make no layer.
    static void check(String name, int axes, boolean transposed, Tensor weight, Tensor bias, ConvOptions options, PadMode mode) {
        var s = weight.shape();
        int first = s.rank() == 0 ? 0 : s.extent(0);
        if (s.rank() != axes + 2 || !weight.dtype().isFloat() || s.size() == 0 || first % options.groups() != 0) {
            throw new IllegalArgumentException(name + ": the weight is " + weight.dtype() + " " + s + " in " + options.groups()
                + " group(s); give F32 or F64 (" + (transposed ? "in, out" : "out, in") + "/groups" + ", kernel".repeat(axes)
                + ") with a multiple of the groups first");
        }
        int out = transposed ? s.extent(1) * options.groups() : first;
        if (bias != null && (bias.dtype() != weight.dtype() || !bias.shape().equals(Shape.of(out)))) {
            throw new IllegalArgumentException(name + ": the weight is " + weight.dtype() + " " + s + " and the bias "
                + bias.dtype() + " " + bias.shape() + "; give the bias as " + weight.dtype() + " (" + out + ")");
        }
        for (var option : List.of(options.stride(), options.padding(), options.dilation(), options.outputPadding())) {
            if (option.size() != 1 && option.size() != axes) {
                throw new IllegalArgumentException(name + ": " + options + " has " + option.size() + " numbers for " + axes
                    + " axes; give one, or one an axis");
            }
        }
        if (mode == null || transposed && options.same()) {
            throw new IllegalArgumentException(name + ": padding mode " + mode + ", same " + options.same()
                + "; give a mode, and numbers for a transposed convolution");
        }
    }

    /// A weight drawn for `in` and `out` channels.
    static Tensor draw(String name, DType dtype, boolean transposed, int in, int out, int[] kernel, ConvOptions options,
            Init init, RandomGenerator random) {
        int groups = options.groups();
        if (in < 1 || out < 1 || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException(name + ": " + in + " → " + out + " channels in " + groups
                + " group(s); both must be 1 or more, and multiples of the groups");
        }
        if (!Arrays.stream(kernel).allMatch(k -> k > 0)) {
            throw new IllegalArgumentException(name + ": kernel " + Arrays.toString(kernel) + "; extents are 1 or more");
        }
        var shape = transposed ? Shape.of(in, out / groups) : Shape.of(out, in / groups);
        for (int k : kernel) shape = shape.inserted(shape.rank(), k);
        return Tensor.parameter(init.create(dtype, shape, Fans.of(shape), random));
    }

    /// A bias for a weight; null where `init` is.
    static Tensor draw(Tensor weight, int out, Init init, RandomGenerator random) {
        return init == null ? null
            : Tensor.parameter(init.create(weight.dtype(), Shape.of(out), Fans.of(weight.shape()), random));
    }

    /// How a layer shows itself: channels, kernel, and what differs from the defaults.
    static String describe(String name, Convolving c) {
        var kernel = Arrays.stream(c.weight().shape().extents()).skip(2).mapToObj(Integer::toString)
            .collect(Collectors.joining("×"));
        var o = c.options();
        var s = new StringBuilder(name).append('(').append(c.in()).append(" → ").append(c.out()).append(", kernel ")
            .append(kernel);
        var d = ConvOptions.defaults();
        if (!o.stride().equals(d.stride())) s.append(", stride ").append(o.stride());
        if (o.same()) s.append(", padding same");
        else if (!o.padding().equals(d.padding())) s.append(", padding ").append(o.padding());
        if (!o.dilation().equals(d.dilation())) s.append(", dilation ").append(o.dilation());
        if (o.groups() != 1) s.append(", ").append(o.groups()).append(" groups");
        if (!o.outputPadding().equals(d.outputPadding())) s.append(", output padding ").append(o.outputPadding());
        if (c.mode() != PadMode.ZEROS) s.append(", ").append(c.mode());
        return s.append(c.bias() == null ? ", no bias)" : ")").toString();
    }
}
