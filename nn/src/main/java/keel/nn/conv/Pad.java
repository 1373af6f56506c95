package keel.nn.conv;

import java.util.Arrays;
import java.util.List;

import keel.array.PadMode;
import keel.autograd.Pads;
import keel.autograd.Tensor;

/// Something around the last axes: what PyTorch calls ZeroPad, ConstantPad, ReflectionPad, ReplicationPad and CircularPad with
/// 1d, 2d or 3d behind. Amounts are pairs from the last axis backwards: `(left, right)`, `(left, right, top, bottom)` or three
/// pairs; negative ones cut off.
///
/// @param mode what stands there
/// @param value what stands there instead of zeros
/// @param amounts pairs, before and after
public record Pad(PadMode mode, double value, List<Integer> amounts) implements Windowed {
    /// @throws IllegalArgumentException if the amounts are no pairs, or another value than 0 goes with a mode that shows the
    ///         input
    public Pad {
        amounts = List.copyOf(amounts);
        if (amounts.size() % 2 != 0) {
            throw new IllegalArgumentException("Pad: " + amounts + " has " + amounts.size()
                + " amounts; give pairs: (left, right, top, bottom, …)");
        }
        if (mode != PadMode.ZEROS && value != 0) {
            throw new IllegalArgumentException("Pad: " + mode + " with value " + value + "; a value goes with ZEROS");
        }
    }

    /// Zeros.
    public static Pad zeros(int... amounts) {
        return constant(0, amounts);
    }

    /// A value.
    public static Pad constant(double value, int... amounts) {
        return new Pad(PadMode.ZEROS, value, list(amounts));
    }

    /// The input mirrored at its edges, which are not repeated.
    public static Pad reflect(int... amounts) {
        return new Pad(PadMode.REFLECT, 0, list(amounts));
    }

    /// The edge again and again.
    public static Pad replicate(int... amounts) {
        return new Pad(PadMode.REPLICATE, 0, list(amounts));
    }

    /// The input from its other end.
    public static Pad circular(int... amounts) {
        return new Pad(PadMode.CIRCULAR, 0, list(amounts));
    }

    private static List<Integer> list(int... amounts) {
        return Arrays.stream(amounts).boxed().toList();
    }

    @Override
    public Tensor apply(Tensor x) {
        var pairs = amounts.stream().mapToInt(Integer::intValue).toArray();
        return mode == PadMode.ZEROS ? Pads.constant(x, value, pairs) : Pads.pad(x, mode, pairs);
    }
}
