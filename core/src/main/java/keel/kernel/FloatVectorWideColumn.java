package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [FloatVectorWideTile] for a panel `(kc, V)`: the last columns of a product, where one vector holds them. Rows of
/// `A` lie `la` apart, so that it need not be copied for a product that is no wider; the highest tile reads rows that were
/// copied, [FloatVectorPanels#LA] apart. `DoubleVectorWideColumn` is generated from this file.
final class FloatVectorWideColumn {
    private FloatVectorWideColumn() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int LA = FloatVectorPanels.LA;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Heights for which there is a loop below.
    static final int[] HEIGHTS = {8, 4, 2, 1};
    /// And for rows that were copied: as high as most tiles beside them, which three loops would share.
    static final int[] OF_COPIES = {13, 8, 4, 2, 1};

    /// The tile of `rows` rows (one of [#HEIGHTS], or of [#OF_COPIES]).
    static void run(int rows, int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] s,
            float[] c, int co, int lc) {
        switch (rows) {
            case 13 -> rows13(kc, a, ao, b, bo, s, c, co, lc);
            case 8 -> rows8(kc, a, ao, la, b, bo, s, c, co, lc);
            case 4 -> rows4(kc, a, ao, la, b, bo, s, c, co, lc);
            case 2 -> rows2(kc, a, ao, la, b, bo, s, c, co, lc);
            case 1 -> rows1(kc, a, ao, la, b, bo, s, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows13(int kc, float[] a, int ao, MemorySegment b, long bo, float[] s, float[] c, int co, int lc) {
        b = FloatVectorSpace.known(b);
        var c0 = FloatVector.fromArray(S, s, 0);
        var c1 = FloatVector.fromArray(S, s, 2 * V);
        var c2 = FloatVector.fromArray(S, s, 4 * V);
        var c3 = FloatVector.fromArray(S, s, 6 * V);
        var c4 = FloatVector.fromArray(S, s, 8 * V);
        var c5 = FloatVector.fromArray(S, s, 10 * V);
        var c6 = FloatVector.fromArray(S, s, 12 * V);
        var c7 = FloatVector.fromArray(S, s, 14 * V);
        var c8 = FloatVector.fromArray(S, s, 16 * V);
        var c9 = FloatVector.fromArray(S, s, 18 * V);
        var c10 = FloatVector.fromArray(S, s, 20 * V);
        var c11 = FloatVector.fromArray(S, s, 22 * V);
        var c12 = FloatVector.fromArray(S, s, 24 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromMemorySegment(S, b, bo + p * ((long) V * Float.BYTES), ORDER);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + LA]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2 * LA]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3 * LA]).fma(l, c3);
            c4 = FloatVector.broadcast(S, a[i + 4 * LA]).fma(l, c4);
            c5 = FloatVector.broadcast(S, a[i + 5 * LA]).fma(l, c5);
            c6 = FloatVector.broadcast(S, a[i + 6 * LA]).fma(l, c6);
            c7 = FloatVector.broadcast(S, a[i + 7 * LA]).fma(l, c7);
            c8 = FloatVector.broadcast(S, a[i + 8 * LA]).fma(l, c8);
            c9 = FloatVector.broadcast(S, a[i + 9 * LA]).fma(l, c9);
            c10 = FloatVector.broadcast(S, a[i + 10 * LA]).fma(l, c10);
            c11 = FloatVector.broadcast(S, a[i + 11 * LA]).fma(l, c11);
            c12 = FloatVector.broadcast(S, a[i + 12 * LA]).fma(l, c12);
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

    private static void rows8(int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] s,
            float[] c, int co, int lc) {
        b = FloatVectorSpace.known(b);
        var c0 = FloatVector.fromArray(S, s, 0);
        var c1 = FloatVector.fromArray(S, s, 2 * V);
        var c2 = FloatVector.fromArray(S, s, 4 * V);
        var c3 = FloatVector.fromArray(S, s, 6 * V);
        var c4 = FloatVector.fromArray(S, s, 8 * V);
        var c5 = FloatVector.fromArray(S, s, 10 * V);
        var c6 = FloatVector.fromArray(S, s, 12 * V);
        var c7 = FloatVector.fromArray(S, s, 14 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromMemorySegment(S, b, bo + p * ((long) V * Float.BYTES), ORDER);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + la]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2 * la]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3 * la]).fma(l, c3);
            c4 = FloatVector.broadcast(S, a[i + 4 * la]).fma(l, c4);
            c5 = FloatVector.broadcast(S, a[i + 5 * la]).fma(l, c5);
            c6 = FloatVector.broadcast(S, a[i + 6 * la]).fma(l, c6);
            c7 = FloatVector.broadcast(S, a[i + 7 * la]).fma(l, c7);
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

    private static void rows4(int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] s,
            float[] c, int co, int lc) {
        b = FloatVectorSpace.known(b);
        var c0 = FloatVector.fromArray(S, s, 0);
        var c1 = FloatVector.fromArray(S, s, 2 * V);
        var c2 = FloatVector.fromArray(S, s, 4 * V);
        var c3 = FloatVector.fromArray(S, s, 6 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromMemorySegment(S, b, bo + p * ((long) V * Float.BYTES), ORDER);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + la]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2 * la]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3 * la]).fma(l, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
    }

    private static void rows2(int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] s,
            float[] c, int co, int lc) {
        b = FloatVectorSpace.known(b);
        var c0 = FloatVector.fromArray(S, s, 0);
        var c1 = FloatVector.fromArray(S, s, 2 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromMemorySegment(S, b, bo + p * ((long) V * Float.BYTES), ORDER);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + la]).fma(l, c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
    }

    private static void rows1(int kc, float[] a, int ao, int la, MemorySegment b, long bo, float[] s,
            float[] c, int co, int lc) {
        b = FloatVectorSpace.known(b);
        var c0 = FloatVector.fromArray(S, s, 0);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromMemorySegment(S, b, bo + p * ((long) V * Float.BYTES), ORDER);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
        }
        c0.intoArray(c, co);
    }
}
