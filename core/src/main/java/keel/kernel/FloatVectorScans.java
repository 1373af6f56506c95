package keel.kernel;

import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The groups of [FloatScans#sums], one a vector of doubles: only the sum of all before is a chain, an addition for eight elements.
final class FloatVectorScans {
    private FloatVectorScans() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    /// As many floats as a vector holds doubles.
    private static final VectorSpecies<Float> S = VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.BITS / 2));
    private static final int H = S.length();
    /// Whether a vector holds a group.
    static final boolean FITS = H == 8;

    /// In lanes of the second half of each pair, four and eight: the last lane of the first.
    private static final VectorShuffle<Double> LEFT_1 = VectorShuffle.fromOp(D, i -> i - 1 & H - 1);
    private static final VectorShuffle<Double> LEFT_2 = VectorShuffle.fromOp(D, i -> (i & -4) + 1 & H - 1);
    private static final VectorShuffle<Double> LEFT_4 = VectorShuffle.fromOp(D, i -> 3 & H - 1);
    private static final VectorShuffle<Double> LAST = VectorShuffle.fromOp(D, i -> H - 1);
    private static final VectorMask<Double> ODD_1 = VectorMask.fromLong(D, 0xaaL);
    private static final VectorMask<Double> ODD_2 = VectorMask.fromLong(D, 0xccL);
    private static final VectorMask<Double> ODD_4 = VectorMask.fromLong(D, 0xf0L);
    private static final VectorShuffle<Double> TURN = VectorShuffle.fromOp(D, i -> H - 1 - i);

    static void sums(boolean backward, int from, int to, int n, float[] x, float[] y) {
        for (int o = from; o < to; o++) {
            if (backward) {
                double carry = backward(x, y, o * n + n, n & -H);
                FloatScans.sums(x, y, o * n + (n & H - 1) - 1, n & H - 1, -1, carry);
            } else {
                double carry = forward(x, y, o * n, n & -H);
                FloatScans.sums(x, y, o * n + (n & -H), n & H - 1, 1, carry);
            }
        }
    }

    private static double forward(float[] x, float[] y, int at, int n) {
        var carry = DoubleVector.zero(D);
        for (int i = 0; i < n; i += H) {
            var v = (DoubleVector) fromArray(S, x, at + i).castShape(D, 0);
            v = v.add(v.rearrange(LEFT_1), ODD_1);
            v = v.add(v.rearrange(LEFT_2), ODD_2);
            v = v.add(v.rearrange(LEFT_4), ODD_4);
            ((FloatVector) carry.add(v).castShape(S, 0)).intoArray(y, at + i);
            carry = carry.add(v.rearrange(LAST));
        }
        return carry.lane(0);
    }

    /// Down from `end`.
    private static double backward(float[] x, float[] y, int end, int n) {
        var carry = DoubleVector.zero(D);
        for (int i = H; i <= n; i += H) {
            var v = (DoubleVector) fromArray(S, x, end - i).castShape(D, 0);
            v = v.rearrange(TURN); // not in floats: half vectors would spoil the profile of whole ones
            v = v.add(v.rearrange(LEFT_1), ODD_1);
            v = v.add(v.rearrange(LEFT_2), ODD_2);
            v = v.add(v.rearrange(LEFT_4), ODD_4);
            ((FloatVector) carry.add(v).rearrange(TURN).castShape(S, 0)).intoArray(y, end - i);
            carry = carry.add(v.rearrange(LAST));
        }
        return carry.lane(0);
    }
}
