// Generated from FloatVectorWideColumn.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [DoubleVectorWideTile] for a panel `(kc, V)`: the last columns of a product, where one vector holds them. Rows of
/// `A` lie `la` apart, so that it need not be copied for a product that is no wider; the highest tile reads rows that were
/// copied, [DoubleVectorPanels#LA] apart. `DoubleVectorWideColumn` is generated from this file.
final class DoubleVectorWideColumn {
    private DoubleVectorWideColumn() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final int LA = DoubleVectorPanels.LA;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Heights for which there is a loop below.
    static final int[] HEIGHTS = {8, 4, 2, 1};
    /// And for rows that were copied: as high as most tiles beside them, which three loops would share.
    static final int[] OF_COPIES = {13, 8, 4, 2, 1};

    /// The tile of `rows` rows (one of [#HEIGHTS], or of [#OF_COPIES]).
    static void run(int rows, int kc, double[] a, int ao, int la, MemorySegment b, long bo, double[] s,
            double[] c, int co, int lc) {
        switch (rows) {
            case 13 -> rows13(kc, a, ao, b, bo, s, c, co, lc);
            case 8 -> rows8(kc, a, ao, la, b, bo, s, c, co, lc);
            case 4 -> rows4(kc, a, ao, la, b, bo, s, c, co, lc);
            case 2 -> rows2(kc, a, ao, la, b, bo, s, c, co, lc);
            case 1 -> rows1(kc, a, ao, la, b, bo, s, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows13(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0 = DoubleVector.fromArray(S, s, 0);
        var c1 = DoubleVector.fromArray(S, s, 2 * V);
        var c2 = DoubleVector.fromArray(S, s, 4 * V);
        var c3 = DoubleVector.fromArray(S, s, 6 * V);
        var c4 = DoubleVector.fromArray(S, s, 8 * V);
        var c5 = DoubleVector.fromArray(S, s, 10 * V);
        var c6 = DoubleVector.fromArray(S, s, 12 * V);
        var c7 = DoubleVector.fromArray(S, s, 14 * V);
        var c8 = DoubleVector.fromArray(S, s, 16 * V);
        var c9 = DoubleVector.fromArray(S, s, 18 * V);
        var c10 = DoubleVector.fromArray(S, s, 20 * V);
        var c11 = DoubleVector.fromArray(S, s, 22 * V);
        var c12 = DoubleVector.fromArray(S, s, 24 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = DoubleVector.fromMemorySegment(S, b, bo + p * ((long) V * Double.BYTES), ORDER);
            c0 = DoubleVector.broadcast(S, a[i]).fma(l, c0);
            c1 = DoubleVector.broadcast(S, a[i + LA]).fma(l, c1);
            c2 = DoubleVector.broadcast(S, a[i + 2 * LA]).fma(l, c2);
            c3 = DoubleVector.broadcast(S, a[i + 3 * LA]).fma(l, c3);
            c4 = DoubleVector.broadcast(S, a[i + 4 * LA]).fma(l, c4);
            c5 = DoubleVector.broadcast(S, a[i + 5 * LA]).fma(l, c5);
            c6 = DoubleVector.broadcast(S, a[i + 6 * LA]).fma(l, c6);
            c7 = DoubleVector.broadcast(S, a[i + 7 * LA]).fma(l, c7);
            c8 = DoubleVector.broadcast(S, a[i + 8 * LA]).fma(l, c8);
            c9 = DoubleVector.broadcast(S, a[i + 9 * LA]).fma(l, c9);
            c10 = DoubleVector.broadcast(S, a[i + 10 * LA]).fma(l, c10);
            c11 = DoubleVector.broadcast(S, a[i + 11 * LA]).fma(l, c11);
            c12 = DoubleVector.broadcast(S, a[i + 12 * LA]).fma(l, c12);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
        c4.intoArray(c, co + 4 * lc);
        c5.intoArray(c, co + 5 * lc);
        c6.intoArray(c, co + 6 * lc);
        c7.intoArray(c, co + 7 * lc);
        c8.intoArray(c, co + 8 * lc);
        c9.intoArray(c, co + 9 * lc);
        c10.intoArray(c, co + 10 * lc);
        c11.intoArray(c, co + 11 * lc);
        c12.intoArray(c, co + 12 * lc);
    }

    private static void rows8(int kc, double[] a, int ao, int la, MemorySegment b, long bo, double[] s,
            double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0 = DoubleVector.fromArray(S, s, 0);
        var c1 = DoubleVector.fromArray(S, s, 2 * V);
        var c2 = DoubleVector.fromArray(S, s, 4 * V);
        var c3 = DoubleVector.fromArray(S, s, 6 * V);
        var c4 = DoubleVector.fromArray(S, s, 8 * V);
        var c5 = DoubleVector.fromArray(S, s, 10 * V);
        var c6 = DoubleVector.fromArray(S, s, 12 * V);
        var c7 = DoubleVector.fromArray(S, s, 14 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = DoubleVector.fromMemorySegment(S, b, bo + p * ((long) V * Double.BYTES), ORDER);
            c0 = DoubleVector.broadcast(S, a[i]).fma(l, c0);
            c1 = DoubleVector.broadcast(S, a[i + la]).fma(l, c1);
            c2 = DoubleVector.broadcast(S, a[i + 2 * la]).fma(l, c2);
            c3 = DoubleVector.broadcast(S, a[i + 3 * la]).fma(l, c3);
            c4 = DoubleVector.broadcast(S, a[i + 4 * la]).fma(l, c4);
            c5 = DoubleVector.broadcast(S, a[i + 5 * la]).fma(l, c5);
            c6 = DoubleVector.broadcast(S, a[i + 6 * la]).fma(l, c6);
            c7 = DoubleVector.broadcast(S, a[i + 7 * la]).fma(l, c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
        c4.intoArray(c, co + 4 * lc);
        c5.intoArray(c, co + 5 * lc);
        c6.intoArray(c, co + 6 * lc);
        c7.intoArray(c, co + 7 * lc);
    }

    private static void rows4(int kc, double[] a, int ao, int la, MemorySegment b, long bo, double[] s,
            double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0 = DoubleVector.fromArray(S, s, 0);
        var c1 = DoubleVector.fromArray(S, s, 2 * V);
        var c2 = DoubleVector.fromArray(S, s, 4 * V);
        var c3 = DoubleVector.fromArray(S, s, 6 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = DoubleVector.fromMemorySegment(S, b, bo + p * ((long) V * Double.BYTES), ORDER);
            c0 = DoubleVector.broadcast(S, a[i]).fma(l, c0);
            c1 = DoubleVector.broadcast(S, a[i + la]).fma(l, c1);
            c2 = DoubleVector.broadcast(S, a[i + 2 * la]).fma(l, c2);
            c3 = DoubleVector.broadcast(S, a[i + 3 * la]).fma(l, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
    }

    private static void rows2(int kc, double[] a, int ao, int la, MemorySegment b, long bo, double[] s,
            double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0 = DoubleVector.fromArray(S, s, 0);
        var c1 = DoubleVector.fromArray(S, s, 2 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = DoubleVector.fromMemorySegment(S, b, bo + p * ((long) V * Double.BYTES), ORDER);
            c0 = DoubleVector.broadcast(S, a[i]).fma(l, c0);
            c1 = DoubleVector.broadcast(S, a[i + la]).fma(l, c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
    }

    private static void rows1(int kc, double[] a, int ao, int la, MemorySegment b, long bo, double[] s,
            double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0 = DoubleVector.fromArray(S, s, 0);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = DoubleVector.fromMemorySegment(S, b, bo + p * ((long) V * Double.BYTES), ORDER);
            c0 = DoubleVector.broadcast(S, a[i]).fma(l, c0);
        }
        c0.intoArray(c, co);
    }
}
