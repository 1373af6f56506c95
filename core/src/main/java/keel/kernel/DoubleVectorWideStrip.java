// Generated from FloatVectorWideStrip.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [DoubleVectorWideTile] for an `A` that is stored transposed: its rows lie side by side in a strip `(kc, 16)`, as
/// they lie in memory, so that nothing is turned; the sums start at zero. `DoubleVectorWideStrip` is generated from this file.
///
/// A strip is a fifth longer than the rows themselves, and leaves the first-level cache sooner, so that no more of them are laid
/// out at a time than one reading of the rows of memory serves.
/// In place, in rows `la` apart, a strip would be as fast in the first-level cache, and 0.6 times as fast in the second.
final class DoubleVectorWideStrip {
    private DoubleVectorWideStrip() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final int SIDE = DoubleVectorPanels.SIDE;

    /// The tile `A·B` of `rows` rows (one of [DoubleVectorWideTile#HEIGHTS]).
    static void run(int rows, int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        switch (rows) {
            case 13 -> rows13(kc, a, ao, b, bo, c, co, lc);
            case 12 -> rows12(kc, a, ao, b, bo, c, co, lc);
            case 10 -> rows10(kc, a, ao, b, bo, c, co, lc);
            case 8 -> rows8(kc, a, ao, b, bo, c, co, lc);
            case 6 -> rows6(kc, a, ao, b, bo, c, co, lc);
            case 4 -> rows4(kc, a, ao, b, bo, c, co, lc);
            case 2 -> rows2(kc, a, ao, b, bo, c, co, lc);
            case 1 -> rows1(kc, a, ao, b, bo, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows13(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        var c4l = DoubleVector.zero(S); var c4r = DoubleVector.zero(S);
        var c5l = DoubleVector.zero(S); var c5r = DoubleVector.zero(S);
        var c6l = DoubleVector.zero(S); var c6r = DoubleVector.zero(S);
        var c7l = DoubleVector.zero(S); var c7r = DoubleVector.zero(S);
        var c8l = DoubleVector.zero(S); var c8r = DoubleVector.zero(S);
        var c9l = DoubleVector.zero(S); var c9r = DoubleVector.zero(S);
        var c10l = DoubleVector.zero(S); var c10r = DoubleVector.zero(S);
        var c11l = DoubleVector.zero(S); var c11r = DoubleVector.zero(S);
        var c12l = DoubleVector.zero(S); var c12r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[i + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[i + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = DoubleVector.broadcast(S, a[i + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = DoubleVector.broadcast(S, a[i + 11]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
            var x12 = DoubleVector.broadcast(S, a[i + 12]); c12l = x12.fma(l, c12l); c12r = x12.fma(r, c12r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
        c6l.intoArray(c, co + 6 * lc); c6r.intoArray(c, co + 6 * lc + V);
        c7l.intoArray(c, co + 7 * lc); c7r.intoArray(c, co + 7 * lc + V);
        c8l.intoArray(c, co + 8 * lc); c8r.intoArray(c, co + 8 * lc + V);
        c9l.intoArray(c, co + 9 * lc); c9r.intoArray(c, co + 9 * lc + V);
        c10l.intoArray(c, co + 10 * lc); c10r.intoArray(c, co + 10 * lc + V);
        c11l.intoArray(c, co + 11 * lc); c11r.intoArray(c, co + 11 * lc + V);
        c12l.intoArray(c, co + 12 * lc); c12r.intoArray(c, co + 12 * lc + V);
    }

    private static void rows12(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        var c4l = DoubleVector.zero(S); var c4r = DoubleVector.zero(S);
        var c5l = DoubleVector.zero(S); var c5r = DoubleVector.zero(S);
        var c6l = DoubleVector.zero(S); var c6r = DoubleVector.zero(S);
        var c7l = DoubleVector.zero(S); var c7r = DoubleVector.zero(S);
        var c8l = DoubleVector.zero(S); var c8r = DoubleVector.zero(S);
        var c9l = DoubleVector.zero(S); var c9r = DoubleVector.zero(S);
        var c10l = DoubleVector.zero(S); var c10r = DoubleVector.zero(S);
        var c11l = DoubleVector.zero(S); var c11r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[i + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[i + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = DoubleVector.broadcast(S, a[i + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = DoubleVector.broadcast(S, a[i + 11]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
        c6l.intoArray(c, co + 6 * lc); c6r.intoArray(c, co + 6 * lc + V);
        c7l.intoArray(c, co + 7 * lc); c7r.intoArray(c, co + 7 * lc + V);
        c8l.intoArray(c, co + 8 * lc); c8r.intoArray(c, co + 8 * lc + V);
        c9l.intoArray(c, co + 9 * lc); c9r.intoArray(c, co + 9 * lc + V);
        c10l.intoArray(c, co + 10 * lc); c10r.intoArray(c, co + 10 * lc + V);
        c11l.intoArray(c, co + 11 * lc); c11r.intoArray(c, co + 11 * lc + V);
    }

    private static void rows10(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        var c4l = DoubleVector.zero(S); var c4r = DoubleVector.zero(S);
        var c5l = DoubleVector.zero(S); var c5r = DoubleVector.zero(S);
        var c6l = DoubleVector.zero(S); var c6r = DoubleVector.zero(S);
        var c7l = DoubleVector.zero(S); var c7r = DoubleVector.zero(S);
        var c8l = DoubleVector.zero(S); var c8r = DoubleVector.zero(S);
        var c9l = DoubleVector.zero(S); var c9r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[i + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[i + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
        c6l.intoArray(c, co + 6 * lc); c6r.intoArray(c, co + 6 * lc + V);
        c7l.intoArray(c, co + 7 * lc); c7r.intoArray(c, co + 7 * lc + V);
        c8l.intoArray(c, co + 8 * lc); c8r.intoArray(c, co + 8 * lc + V);
        c9l.intoArray(c, co + 9 * lc); c9r.intoArray(c, co + 9 * lc + V);
    }

    private static void rows8(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        var c4l = DoubleVector.zero(S); var c4r = DoubleVector.zero(S);
        var c5l = DoubleVector.zero(S); var c5r = DoubleVector.zero(S);
        var c6l = DoubleVector.zero(S); var c6r = DoubleVector.zero(S);
        var c7l = DoubleVector.zero(S); var c7r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
        c6l.intoArray(c, co + 6 * lc); c6r.intoArray(c, co + 6 * lc + V);
        c7l.intoArray(c, co + 7 * lc); c7r.intoArray(c, co + 7 * lc + V);
    }

    private static void rows6(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        var c4l = DoubleVector.zero(S); var c4r = DoubleVector.zero(S);
        var c5l = DoubleVector.zero(S); var c5r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
    }

    private static void rows4(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        var c2l = DoubleVector.zero(S); var c2r = DoubleVector.zero(S);
        var c3l = DoubleVector.zero(S); var c3r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void rows2(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        var c1l = DoubleVector.zero(S); var c1r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    private static void rows1(int kc, double[] a, int ao, MemorySegment b, long bo, double[] c, int co, int lc) {
        b = DoubleVectorSpace.known(b);
        var c0l = DoubleVector.zero(S); var c0r = DoubleVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p * SIDE;
            long j = bo + p * (2L * V * Double.BYTES);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * Double.BYTES, ORDER);
            var x0 = DoubleVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
    }
}
