package keel.kernel;

import static jdk.incubator.vector.FloatVector.zero;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of [FloatVectorSmall] for an `A` that lies in rows `la` apart. `DoubleVectorSmallRows` is generated from this file.
///
/// Each row has an index of its own: more than the processor has registers for, and still cheaper than a copy of `A`.
final class FloatVectorSmallRows {
    private FloatVectorSmallRows() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    /// From one row of `A` to the next in [#one16].
    static final int CLOSE = 16;

    /// The tile of `rows` rows by two vectors.
    static void two(int rows, int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        switch (rows) {
            case 13 -> two13(k, a, ao, la, b, bo, lb, c, co, lc);
            case 11 -> two11(k, a, ao, la, b, bo, lb, c, co, lc);
            case 8 -> two8(k, a, ao, la, b, bo, lb, c, co, lc);
            case 4 -> two4(k, a, ao, la, b, bo, lb, c, co, lc);
            case 2 -> two2(k, a, ao, la, b, bo, lb, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    /// The tile of 4 rows by four vectors: as many sums as 8 rows by two, of only four rows, whose indices fit the registers.
    static void four(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        var c0k = zero(S); var c0l = zero(S); var c0m = zero(S); var c0n = zero(S);
        var c1k = zero(S); var c1l = zero(S); var c1m = zero(S); var c1n = zero(S);
        var c2k = zero(S); var c2l = zero(S); var c2m = zero(S); var c2n = zero(S);
        var c3k = zero(S); var c3l = zero(S); var c3m = zero(S); var c3n = zero(S);
        for (int p = 0; p < k; p++) {
            int j = bo + p * lb;
            var bk = FloatVector.fromArray(S, b, j);
            var bl = FloatVector.fromArray(S, b, j + V);
            var bm = FloatVector.fromArray(S, b, j + 2 * V);
            var bn = FloatVector.fromArray(S, b, j + 3 * V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]);
            c0k = x0.fma(bk, c0k); c0l = x0.fma(bl, c0l); c0m = x0.fma(bm, c0m); c0n = x0.fma(bn, c0n);
            var x1 = FloatVector.broadcast(S, a[i1 + p]);
            c1k = x1.fma(bk, c1k); c1l = x1.fma(bl, c1l); c1m = x1.fma(bm, c1m); c1n = x1.fma(bn, c1n);
            var x2 = FloatVector.broadcast(S, a[i2 + p]);
            c2k = x2.fma(bk, c2k); c2l = x2.fma(bl, c2l); c2m = x2.fma(bm, c2m); c2n = x2.fma(bn, c2n);
            var x3 = FloatVector.broadcast(S, a[i3 + p]);
            c3k = x3.fma(bk, c3k); c3l = x3.fma(bl, c3l); c3m = x3.fma(bm, c3m); c3n = x3.fma(bn, c3n);
        }
        c0k.intoArray(c, co); c0l.intoArray(c, co + V);
        c0m.intoArray(c, co + 2 * V); c0n.intoArray(c, co + 3 * V);
        c1k.intoArray(c, co + lc); c1l.intoArray(c, co + lc + V);
        c1m.intoArray(c, co + lc + 2 * V); c1n.intoArray(c, co + lc + 3 * V);
        c2k.intoArray(c, co + 2 * lc); c2l.intoArray(c, co + 2 * lc + V);
        c2m.intoArray(c, co + 2 * lc + 2 * V); c2n.intoArray(c, co + 2 * lc + 3 * V);
        c3k.intoArray(c, co + 3 * lc); c3l.intoArray(c, co + 3 * lc + V);
        c3m.intoArray(c, co + 3 * lc + 2 * V); c3n.intoArray(c, co + 3 * lc + 3 * V);
    }

    /// The tile of `rows` rows by one vector.
    static void one(int rows, int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        switch (rows) {
            case 8 -> one8(k, a, ao, la, b, bo, lb, c, co, lc);
            case 4 -> one4(k, a, ao, la, b, bo, lb, c, co, lc);
            case 2 -> one2(k, a, ao, la, b, bo, lb, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void two13(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        int i4 = i3 + la;
        int i5 = i4 + la;
        int i6 = i5 + la;
        int i7 = i6 + la;
        int i8 = i7 + la;
        int i9 = i8 + la;
        int i10 = i9 + la;
        int i11 = i10 + la;
        int i12 = i11 + la;
        var c0l = zero(S); var c0r = zero(S);
        var c1l = zero(S); var c1r = zero(S);
        var c2l = zero(S); var c2r = zero(S);
        var c3l = zero(S); var c3r = zero(S);
        var c4l = zero(S); var c4r = zero(S);
        var c5l = zero(S); var c5r = zero(S);
        var c6l = zero(S); var c6r = zero(S);
        var c7l = zero(S); var c7r = zero(S);
        var c8l = zero(S); var c8r = zero(S);
        var c9l = zero(S); var c9r = zero(S);
        var c10l = zero(S); var c10r = zero(S);
        var c11l = zero(S); var c11r = zero(S);
        var c12l = zero(S); var c12r = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i1 + p]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i2 + p]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i3 + p]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i4 + p]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i5 + p]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i6 + p]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i7 + p]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = FloatVector.broadcast(S, a[i8 + p]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = FloatVector.broadcast(S, a[i9 + p]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = FloatVector.broadcast(S, a[i10 + p]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = FloatVector.broadcast(S, a[i11 + p]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
            var x12 = FloatVector.broadcast(S, a[i12 + p]); c12l = x12.fma(l, c12l); c12r = x12.fma(r, c12r);
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

    private static void two11(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        int i4 = i3 + la;
        int i5 = i4 + la;
        int i6 = i5 + la;
        int i7 = i6 + la;
        int i8 = i7 + la;
        int i9 = i8 + la;
        int i10 = i9 + la;
        var c0l = zero(S); var c0r = zero(S);
        var c1l = zero(S); var c1r = zero(S);
        var c2l = zero(S); var c2r = zero(S);
        var c3l = zero(S); var c3r = zero(S);
        var c4l = zero(S); var c4r = zero(S);
        var c5l = zero(S); var c5r = zero(S);
        var c6l = zero(S); var c6r = zero(S);
        var c7l = zero(S); var c7r = zero(S);
        var c8l = zero(S); var c8r = zero(S);
        var c9l = zero(S); var c9r = zero(S);
        var c10l = zero(S); var c10r = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i1 + p]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i2 + p]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i3 + p]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i4 + p]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i5 + p]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i6 + p]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i7 + p]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = FloatVector.broadcast(S, a[i8 + p]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = FloatVector.broadcast(S, a[i9 + p]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = FloatVector.broadcast(S, a[i10 + p]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
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
    }

    private static void two8(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        int i4 = i3 + la;
        int i5 = i4 + la;
        int i6 = i5 + la;
        int i7 = i6 + la;
        var c0l = zero(S); var c0r = zero(S);
        var c1l = zero(S); var c1r = zero(S);
        var c2l = zero(S); var c2r = zero(S);
        var c3l = zero(S); var c3r = zero(S);
        var c4l = zero(S); var c4r = zero(S);
        var c5l = zero(S); var c5r = zero(S);
        var c6l = zero(S); var c6r = zero(S);
        var c7l = zero(S); var c7r = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i1 + p]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i2 + p]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i3 + p]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i4 + p]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i5 + p]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i6 + p]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i7 + p]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
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

    private static void two4(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        var c0l = zero(S); var c0r = zero(S);
        var c1l = zero(S); var c1r = zero(S);
        var c2l = zero(S); var c2r = zero(S);
        var c3l = zero(S); var c3r = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i1 + p]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i2 + p]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i3 + p]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void two2(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        var c0l = zero(S); var c0r = zero(S);
        var c1l = zero(S); var c1r = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i0 + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i1 + p]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    /// Sixteen rows, 16 apart, by one vector: see [FloatVectorSmall32].
    static void one16(int k, float[] a, int ao, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0 = zero(S);
        var c1 = zero(S);
        var c2 = zero(S);
        var c3 = zero(S);
        var c4 = zero(S);
        var c5 = zero(S);
        var c6 = zero(S);
        var c7 = zero(S);
        var c8 = zero(S);
        var c9 = zero(S);
        var c10 = zero(S);
        var c11 = zero(S);
        var c12 = zero(S);
        var c13 = zero(S);
        var c14 = zero(S);
        var c15 = zero(S);
        for (int i = ao, end = ao + k; i < end; i++) {
            var l = FloatVector.fromArray(S, b, bo + (i - ao) * lb);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + CLOSE]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2 * CLOSE]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3 * CLOSE]).fma(l, c3);
            c4 = FloatVector.broadcast(S, a[i + 4 * CLOSE]).fma(l, c4);
            c5 = FloatVector.broadcast(S, a[i + 5 * CLOSE]).fma(l, c5);
            c6 = FloatVector.broadcast(S, a[i + 6 * CLOSE]).fma(l, c6);
            c7 = FloatVector.broadcast(S, a[i + 7 * CLOSE]).fma(l, c7);
            c8 = FloatVector.broadcast(S, a[i + 8 * CLOSE]).fma(l, c8);
            c9 = FloatVector.broadcast(S, a[i + 9 * CLOSE]).fma(l, c9);
            c10 = FloatVector.broadcast(S, a[i + 10 * CLOSE]).fma(l, c10);
            c11 = FloatVector.broadcast(S, a[i + 11 * CLOSE]).fma(l, c11);
            c12 = FloatVector.broadcast(S, a[i + 12 * CLOSE]).fma(l, c12);
            c13 = FloatVector.broadcast(S, a[i + 13 * CLOSE]).fma(l, c13);
            c14 = FloatVector.broadcast(S, a[i + 14 * CLOSE]).fma(l, c14);
            c15 = FloatVector.broadcast(S, a[i + 15 * CLOSE]).fma(l, c15);
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
        c13.intoArray(c, co + 13 * lc);
        c14.intoArray(c, co + 14 * lc);
        c15.intoArray(c, co + 15 * lc);
    }

    private static void one8(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        int i4 = i3 + la;
        int i5 = i4 + la;
        int i6 = i5 + la;
        int i7 = i6 + la;
        var c0 = zero(S);
        var c1 = zero(S);
        var c2 = zero(S);
        var c3 = zero(S);
        var c4 = zero(S);
        var c5 = zero(S);
        var c6 = zero(S);
        var c7 = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i0 + p]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i1 + p]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i2 + p]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i3 + p]).fma(l, c3);
            c4 = FloatVector.broadcast(S, a[i4 + p]).fma(l, c4);
            c5 = FloatVector.broadcast(S, a[i5 + p]).fma(l, c5);
            c6 = FloatVector.broadcast(S, a[i6 + p]).fma(l, c6);
            c7 = FloatVector.broadcast(S, a[i7 + p]).fma(l, c7);
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

    private static void one4(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        int i2 = i1 + la;
        int i3 = i2 + la;
        var c0 = zero(S);
        var c1 = zero(S);
        var c2 = zero(S);
        var c3 = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i0 + p]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i1 + p]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i2 + p]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i3 + p]).fma(l, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
    }

    private static void one2(int k, float[] a, int i0, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        int i1 = i0 + la;
        var c0 = zero(S);
        var c1 = zero(S);
        for (int p = 0; p < k; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i0 + p]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i1 + p]).fma(l, c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
    }
}
