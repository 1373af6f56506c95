package keel.autograd;

import keel.array.PadMode;
import keel.array.Tables;

/// Arrays with something around them. Amounts come in pairs, before and after, from the last axis backwards as in PyTorch:
/// `(left, right)` or `(left, right, top, bottom)` or three pairs and so on; negative ones cut off.
public final class Pads {
    private Pads() {}

    /// `x` with places of `value` around its last axes.
    ///
    /// @throws IllegalArgumentException if the amounts are no pairs, or more is cut off than there is
    public static Tensor constant(Tensor x, double value, int... amounts) {
        requirePairs(x, amounts);
        var before = new int[x.rank()];
        var after = new int[x.rank()];
        for (int i = 0; i < amounts.length / 2; i++) {
            before[x.rank() - 1 - i] = amounts[2 * i];
            after[x.rank() - 1 - i] = amounts[2 * i + 1];
        }
        return Windowed.pad(x, value, before, after);
    }

    /// `x` with more of itself, or zeros, around its last axes.
    ///
    /// @throws IllegalArgumentException if the amounts are no pairs, or there is not enough to pad with
    public static Tensor pad(Tensor x, PadMode mode, int... amounts) {
        if (mode == PadMode.ZEROS) {
            return constant(x, 0, amounts);
        }
        requirePairs(x, amounts);
        x.value().requireFloat("pad");
        int axes = amounts.length / 2;
        var extents = new int[axes];
        var padded = new int[axes];
        for (int i = 0; i < axes; i++) {
            int pair = 2 * (axes - 1 - i);
            extents[i] = x.extent(i - axes);
            padded[i] = Tables.paddedExtent("pad", mode, extents[i], amounts[pair], amounts[pair + 1]);
        }
        x.shape().withLast(padded); // refuses what one array cannot hold
        var sources = new int[axes][];
        for (int i = 0; i < axes; i++) {
            int pair = 2 * (axes - 1 - i);
            sources[i] = Tables.padded("pad", mode, extents[i], amounts[pair], amounts[pair + 1]);
        }
        return Resampling.pickAxes(x, extents, sources);
    }

    /// [PadMode#REFLECT]
    public static Tensor reflect(Tensor x, int... amounts) { return pad(x, PadMode.REFLECT, amounts); }

    /// [PadMode#REPLICATE]
    public static Tensor replicate(Tensor x, int... amounts) { return pad(x, PadMode.REPLICATE, amounts); }

    /// [PadMode#CIRCULAR]
    public static Tensor circular(Tensor x, int... amounts) { return pad(x, PadMode.CIRCULAR, amounts); }

    private static void requirePairs(Tensor x, int... amounts) {
        if (amounts.length % 2 != 0 || amounts.length / 2 > x.rank()) {
            throw new IllegalArgumentException("pad: " + amounts.length + " amounts for input " + x.shape()
                + "; give a pair for each axis to pad, from the last one: (left, right, top, bottom, …)");
        }
    }
}
