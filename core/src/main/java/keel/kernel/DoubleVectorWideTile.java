// Generated from FloatVectorWideTile.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of [DoubleVectorMatmul] for vectors of 512 bits, where the machine has 32 registers.
///
/// A tile is up to 13 rows of `C`, two vectors wide: 26 sums, 2 vectors of `B` and a broadcast of `A` live in registers. `A` lies packed as
/// `(kc, rows)`, `B` as `(kc, 2 V)`, both outside the heap, because there they begin at a cache line: on the heap every vector of 64 bytes would
/// straddle two lines, which costs a fifth of the speed. Sums start from the tile at `s` (`ls` apart; 0 to start every row alike) and go to `c`.
/// Thirteen rows were measured best (0.96 of the peak; 12: 0.91, 14: 0.93, 8 × 3 and 6 × 4 vectors: 0.7–0.85, where C2 spills).
final class DoubleVectorWideTile {
    private DoubleVectorWideTile() {}

    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();
    private static final long SIZE = Double.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /// Heights for which there is a loop below, and what one step in `k` costs each: a cycle a row, but never less than a multiply-add's latency.
    static final int[] HEIGHTS = {13, 12, 10, 8, 6, 4, 2, 1};

    /// The tile of `rows` rows (one of [#HEIGHTS]).
    static void run(int rows, int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        switch (rows) {
            case 13 -> rows13(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 12 -> rows12(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 10 -> rows10(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 8 -> rows8(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 6 -> rows6(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 4 -> rows4(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 2 -> rows2(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 1 -> rows1(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows13(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = DoubleVector.fromArray(S, s, so + 4 * ls); var c4r = DoubleVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = DoubleVector.fromArray(S, s, so + 5 * ls); var c5r = DoubleVector.fromArray(S, s, so + 5 * ls + V);
        var c6l = DoubleVector.fromArray(S, s, so + 6 * ls); var c6r = DoubleVector.fromArray(S, s, so + 6 * ls + V);
        var c7l = DoubleVector.fromArray(S, s, so + 7 * ls); var c7r = DoubleVector.fromArray(S, s, so + 7 * ls + V);
        var c8l = DoubleVector.fromArray(S, s, so + 8 * ls); var c8r = DoubleVector.fromArray(S, s, so + 8 * ls + V);
        var c9l = DoubleVector.fromArray(S, s, so + 9 * ls); var c9r = DoubleVector.fromArray(S, s, so + 9 * ls + V);
        var c10l = DoubleVector.fromArray(S, s, so + 10 * ls); var c10r = DoubleVector.fromArray(S, s, so + 10 * ls + V);
        var c11l = DoubleVector.fromArray(S, s, so + 11 * ls); var c11r = DoubleVector.fromArray(S, s, so + 11 * ls + V);
        var c12l = DoubleVector.fromArray(S, s, so + 12 * ls); var c12r = DoubleVector.fromArray(S, s, so + 12 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 13]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 13 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 13 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 13 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[ao + p * 13 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[ao + p * 13 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[ao + p * 13 + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[ao + p * 13 + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[ao + p * 13 + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[ao + p * 13 + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = DoubleVector.broadcast(S, a[ao + p * 13 + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = DoubleVector.broadcast(S, a[ao + p * 13 + 11]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
            var x12 = DoubleVector.broadcast(S, a[ao + p * 13 + 12]); c12l = x12.fma(l, c12l); c12r = x12.fma(r, c12r);
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

    private static void rows12(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = DoubleVector.fromArray(S, s, so + 4 * ls); var c4r = DoubleVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = DoubleVector.fromArray(S, s, so + 5 * ls); var c5r = DoubleVector.fromArray(S, s, so + 5 * ls + V);
        var c6l = DoubleVector.fromArray(S, s, so + 6 * ls); var c6r = DoubleVector.fromArray(S, s, so + 6 * ls + V);
        var c7l = DoubleVector.fromArray(S, s, so + 7 * ls); var c7r = DoubleVector.fromArray(S, s, so + 7 * ls + V);
        var c8l = DoubleVector.fromArray(S, s, so + 8 * ls); var c8r = DoubleVector.fromArray(S, s, so + 8 * ls + V);
        var c9l = DoubleVector.fromArray(S, s, so + 9 * ls); var c9r = DoubleVector.fromArray(S, s, so + 9 * ls + V);
        var c10l = DoubleVector.fromArray(S, s, so + 10 * ls); var c10r = DoubleVector.fromArray(S, s, so + 10 * ls + V);
        var c11l = DoubleVector.fromArray(S, s, so + 11 * ls); var c11r = DoubleVector.fromArray(S, s, so + 11 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 12]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 12 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 12 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 12 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[ao + p * 12 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[ao + p * 12 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[ao + p * 12 + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[ao + p * 12 + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[ao + p * 12 + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[ao + p * 12 + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = DoubleVector.broadcast(S, a[ao + p * 12 + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = DoubleVector.broadcast(S, a[ao + p * 12 + 11]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
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

    private static void rows10(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = DoubleVector.fromArray(S, s, so + 4 * ls); var c4r = DoubleVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = DoubleVector.fromArray(S, s, so + 5 * ls); var c5r = DoubleVector.fromArray(S, s, so + 5 * ls + V);
        var c6l = DoubleVector.fromArray(S, s, so + 6 * ls); var c6r = DoubleVector.fromArray(S, s, so + 6 * ls + V);
        var c7l = DoubleVector.fromArray(S, s, so + 7 * ls); var c7r = DoubleVector.fromArray(S, s, so + 7 * ls + V);
        var c8l = DoubleVector.fromArray(S, s, so + 8 * ls); var c8r = DoubleVector.fromArray(S, s, so + 8 * ls + V);
        var c9l = DoubleVector.fromArray(S, s, so + 9 * ls); var c9r = DoubleVector.fromArray(S, s, so + 9 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 10]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 10 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 10 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 10 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[ao + p * 10 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[ao + p * 10 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[ao + p * 10 + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[ao + p * 10 + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = DoubleVector.broadcast(S, a[ao + p * 10 + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = DoubleVector.broadcast(S, a[ao + p * 10 + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
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

    private static void rows8(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = DoubleVector.fromArray(S, s, so + 4 * ls); var c4r = DoubleVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = DoubleVector.fromArray(S, s, so + 5 * ls); var c5r = DoubleVector.fromArray(S, s, so + 5 * ls + V);
        var c6l = DoubleVector.fromArray(S, s, so + 6 * ls); var c6r = DoubleVector.fromArray(S, s, so + 6 * ls + V);
        var c7l = DoubleVector.fromArray(S, s, so + 7 * ls); var c7r = DoubleVector.fromArray(S, s, so + 7 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 8]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 8 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 8 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 8 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[ao + p * 8 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[ao + p * 8 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = DoubleVector.broadcast(S, a[ao + p * 8 + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = DoubleVector.broadcast(S, a[ao + p * 8 + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
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

    private static void rows6(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = DoubleVector.fromArray(S, s, so + 4 * ls); var c4r = DoubleVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = DoubleVector.fromArray(S, s, so + 5 * ls); var c5r = DoubleVector.fromArray(S, s, so + 5 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 6]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 6 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 6 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 6 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = DoubleVector.broadcast(S, a[ao + p * 6 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = DoubleVector.broadcast(S, a[ao + p * 6 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
    }

    private static void rows4(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        var c2l = DoubleVector.fromArray(S, s, so + 2 * ls); var c2r = DoubleVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = DoubleVector.fromArray(S, s, so + 3 * ls); var c3r = DoubleVector.fromArray(S, s, so + 3 * ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 4]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 4 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = DoubleVector.broadcast(S, a[ao + p * 4 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = DoubleVector.broadcast(S, a[ao + p * 4 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void rows2(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        var c1l = DoubleVector.fromArray(S, s, so + ls); var c1r = DoubleVector.fromArray(S, s, so + ls + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p * 2]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = DoubleVector.broadcast(S, a[ao + p * 2 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    private static void rows1(int kc, double[] a, int ao, MemorySegment b, long bo, double[] s, int so, int ls, double[] c, int co, int lc) {
        var c0l = DoubleVector.fromArray(S, s, so); var c0r = DoubleVector.fromArray(S, s, so + V);
        for (int p = 0; p < kc; p++) {
            long j = bo + p * (2L * V * SIZE);
            var l = DoubleVector.fromMemorySegment(S, b, j, ORDER);
            var r = DoubleVector.fromMemorySegment(S, b, j + V * SIZE, ORDER);
            var x0 = DoubleVector.broadcast(S, a[ao + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
    }
}
