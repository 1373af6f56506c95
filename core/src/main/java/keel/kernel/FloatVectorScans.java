package keel.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The groups of [FloatScans#sums], one a vector of doubles: only the sum of all before is a chain, an addition for eight
/// elements.
final class FloatVectorScans {
    private FloatVectorScans() {}

    private static final VectorSpecies<Double> D = VectorWidth.DOUBLE;
    private static final int H = D.length();
    /// Elements that are widened at a time.
    private static final int BLOCK = 512;
    private static final ThreadLocal<double[]> SOME = ThreadLocal.withInitial(() -> new double[BLOCK]);
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
        double[] some = SOME.get();
        for (int o = from; o < to; o++) {
            if (backward) {
                double carry = backward(some, x, y, o * n + n, n & -H);
                FloatScans.sums(x, y, o * n + (n & H - 1) - 1, n & H - 1, -1, carry);
            } else {
                double carry = forward(some, x, y, o * n, n & -H);
                FloatScans.sums(x, y, o * n + (n & -H), n & H - 1, 1, carry);
            }
        }
    }

    // The doubles wait in an array of their own: vectors of half the length would be a second class of them, for which tiles that
    // were compiled afterwards made objects of theirs.

    private static double forward(double[] some, float[] x, float[] y, int at, int n) {
        var carry = DoubleVector.zero(D);
        for (int from = 0; from < n; from += BLOCK) {
            int here = Math.min(BLOCK, n - from);
            for (int i = 0; i < here; i++) some[i] = x[at + from + i];
            for (int i = 0; i < here; i += H) {
                var v = DoubleVector.fromArray(D, some, i);
                v = v.add(v.rearrange(LEFT_1), ODD_1);
                v = v.add(v.rearrange(LEFT_2), ODD_2);
                v = v.add(v.rearrange(LEFT_4), ODD_4);
                carry.add(v).intoArray(some, i);
                carry = carry.add(v.rearrange(LAST));
            }
            for (int i = 0; i < here; i++) y[at + from + i] = (float) some[i];
        }
        return carry.lane(0);
    }

    /// Down from `end`.
    private static double backward(double[] some, float[] x, float[] y, int end, int n) {
        var carry = DoubleVector.zero(D);
        for (int done = 0; done < n; done += BLOCK) {
            int here = Math.min(BLOCK, n - done);
            int at = end - done - here;
            for (int i = 0; i < here; i++) some[i] = x[at + i];
            for (int i = here - H; i >= 0; i -= H) {
                var v = DoubleVector.fromArray(D, some, i).rearrange(TURN);
                v = v.add(v.rearrange(LEFT_1), ODD_1);
                v = v.add(v.rearrange(LEFT_2), ODD_2);
                v = v.add(v.rearrange(LEFT_4), ODD_4);
                carry.add(v).rearrange(TURN).intoArray(some, i);
                carry = carry.add(v.rearrange(LAST));
            }
            for (int i = 0; i < here; i++) y[at + i] = (float) some[i];
        }
        return carry.lane(0);
    }
}
