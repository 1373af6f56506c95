package keel.array;

import java.util.Arrays;
import java.util.List;

/// Where the windows of a convolution lie. Lists hold one number for all spatial axes, or one for each.
///
/// ```java
/// ConvOptions.defaults().stride(2).padding(1)       // every axis
/// ConvOptions.defaults().padding(1, 0).groups(4)    // rows and columns differ
/// ConvOptions.defaults().paddingSame()              // as many outputs as inputs
/// ```
///
/// @param stride inputs between neighbouring windows, ≥ 1
/// @param padding zeros at both ends of an axis, ≥ 0; without effect if `same`
/// @param same pad so that there are as many outputs as inputs, an odd one at the end; needs stride 1
/// @param dilation inputs between neighbouring taps of a window, ≥ 1
/// @param groups channels are cut into so many parts, each convolved by itself
/// @param outputPadding transposed convolution only: outputs beyond what the windows cover, less than stride or dilation
public record ConvOptions(List<Integer> stride, List<Integer> padding, boolean same, List<Integer> dilation, int groups,
        List<Integer> outputPadding) {
    /// @throws IllegalArgumentException if a number is out of its range
    public ConvOptions {
        stride = least("convolution", "stride", 1, stride);
        padding = least("convolution", "padding", 0, padding);
        dilation = least("convolution", "dilation", 1, dilation);
        outputPadding = least("convolution", "outputPadding", 0, outputPadding);
        if (groups < 1) {
            throw new IllegalArgumentException("convolution: groups is " + groups + "; give 1 or more");
        }
        if (same && stride.stream().anyMatch(s -> s != 1)) {
            throw new IllegalArgumentException("convolution: padding \"same\" with stride " + stride
                + " is not defined; use stride 1, or give the padding as numbers");
        }
    }

    /// Stride 1, no padding, dilation 1, one group: PyTorch's defaults.
    public static ConvOptions defaults() {
        var one = List.of(1);
        var zero = List.of(0);
        return new ConvOptions(one, zero, false, one, 1, zero);
    }

    /// Inputs between neighbouring windows: one number for all axes, or one for each.
    public ConvOptions stride(int... stride) {
        return new ConvOptions(list(stride), padding, same, dilation, groups, outputPadding);
    }

    /// Zeros at both ends: one number for all axes, or one for each.
    public ConvOptions padding(int... padding) {
        return new ConvOptions(stride, list(padding), false, dilation, groups, outputPadding);
    }

    /// As many outputs as inputs: `dilation·(kernel − 1)` zeros in all, the larger half at the end.
    public ConvOptions paddingSame() { return new ConvOptions(stride, padding, true, dilation, groups, outputPadding); }

    /// No padding: only windows that lie inside.
    public ConvOptions paddingValid() { return padding(0); }

    /// Inputs between neighbouring taps: one number for all axes, or one for each.
    public ConvOptions dilation(int... dilation) {
        return new ConvOptions(stride, padding, same, list(dilation), groups, outputPadding);
    }

    /// Into how many parts the channels are cut; as many as channels is a depthwise convolution.
    public ConvOptions groups(int groups) { return new ConvOptions(stride, padding, same, dilation, groups, outputPadding); }

    /// Outputs that a transposed convolution adds at the end of each axis.
    public ConvOptions outputPadding(int... outputPadding) {
        return new ConvOptions(stride, padding, same, dilation, groups, list(outputPadding));
    }

    static List<Integer> list(int... values) { return Arrays.stream(values).boxed().toList(); }

    static List<Integer> least(String operation, String name, int least, List<Integer> values) {
        for (int v : values) {
            if (v < least) {
                throw new IllegalArgumentException(operation + ": " + name + " " + values + " has " + v + "; give " + least
                    + " or more");
            }
        }
        return List.copyOf(values);
    }

    /// The numbers of an option for each of `axes` axes.
    static int[] perAxis(String operation, String option, List<Integer> values, int axes) {
        if (values.size() != 1 && values.size() != axes) {
            throw new IllegalArgumentException(operation + ": " + option + " " + values + " has " + values.size()
                + " numbers for " + axes + (axes == 1 ? " axis" : " axes") + "; give one, or one an axis");
        }
        var y = new int[axes];
        Arrays.setAll(y, i -> values.get(values.size() == 1 ? 0 : i));
        return y;
    }
}
