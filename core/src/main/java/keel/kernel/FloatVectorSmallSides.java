package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of [FloatVectorSmall] for an `A` that is stored transposed: the numbers of a step lie side by side, and the steps `la`
/// apart. `DoubleVectorSmallSides` is generated from this file.
final class FloatVectorSmallSides {
    private FloatVectorSmallSides() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

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

    /// The tile of `rows` rows by one vector.
    static void one(int rows, int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        switch (rows) {
            case 8 -> one8(k, a, ao, la, b, bo, lb, c, co, lc);
            case 4 -> one4(k, a, ao, la, b, bo, lb, c, co, lc);
            case 2 -> one2(k, a, ao, la, b, bo, lb, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void two13(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        var c4l = FloatVector.zero(S); var c4r = FloatVector.zero(S);
        var c5l = FloatVector.zero(S); var c5r = FloatVector.zero(S);
        var c6l = FloatVector.zero(S); var c6r = FloatVector.zero(S);
        var c7l = FloatVector.zero(S); var c7r = FloatVector.zero(S);
        var c8l = FloatVector.zero(S); var c8r = FloatVector.zero(S);
        var c9l = FloatVector.zero(S); var c9r = FloatVector.zero(S);
        var c10l = FloatVector.zero(S); var c10r = FloatVector.zero(S);
        var c11l = FloatVector.zero(S); var c11r = FloatVector.zero(S);
        var c12l = FloatVector.zero(S); var c12r = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = FloatVector.broadcast(S, a[i + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = FloatVector.broadcast(S, a[i + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = FloatVector.broadcast(S, a[i + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
            var x11 = FloatVector.broadcast(S, a[i + 11]); c11l = x11.fma(l, c11l); c11r = x11.fma(r, c11r);
            var x12 = FloatVector.broadcast(S, a[i + 12]); c12l = x12.fma(l, c12l); c12r = x12.fma(r, c12r);
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

    private static void two11(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        var c4l = FloatVector.zero(S); var c4r = FloatVector.zero(S);
        var c5l = FloatVector.zero(S); var c5r = FloatVector.zero(S);
        var c6l = FloatVector.zero(S); var c6r = FloatVector.zero(S);
        var c7l = FloatVector.zero(S); var c7r = FloatVector.zero(S);
        var c8l = FloatVector.zero(S); var c8r = FloatVector.zero(S);
        var c9l = FloatVector.zero(S); var c9r = FloatVector.zero(S);
        var c10l = FloatVector.zero(S); var c10r = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
            var x8 = FloatVector.broadcast(S, a[i + 8]); c8l = x8.fma(l, c8l); c8r = x8.fma(r, c8r);
            var x9 = FloatVector.broadcast(S, a[i + 9]); c9l = x9.fma(l, c9l); c9r = x9.fma(r, c9r);
            var x10 = FloatVector.broadcast(S, a[i + 10]); c10l = x10.fma(l, c10l); c10r = x10.fma(r, c10r);
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

    private static void two8(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        var c4l = FloatVector.zero(S); var c4r = FloatVector.zero(S);
        var c5l = FloatVector.zero(S); var c5r = FloatVector.zero(S);
        var c6l = FloatVector.zero(S); var c6r = FloatVector.zero(S);
        var c7l = FloatVector.zero(S); var c7r = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i + 6]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i + 7]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
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

    private static void two4(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void two2(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    private static void one8(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0 = FloatVector.zero(S);
        var c1 = FloatVector.zero(S);
        var c2 = FloatVector.zero(S);
        var c3 = FloatVector.zero(S);
        var c4 = FloatVector.zero(S);
        var c5 = FloatVector.zero(S);
        var c6 = FloatVector.zero(S);
        var c7 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + 1]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3]).fma(l, c3);
            c4 = FloatVector.broadcast(S, a[i + 4]).fma(l, c4);
            c5 = FloatVector.broadcast(S, a[i + 5]).fma(l, c5);
            c6 = FloatVector.broadcast(S, a[i + 6]).fma(l, c6);
            c7 = FloatVector.broadcast(S, a[i + 7]).fma(l, c7);
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

    private static void one4(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0 = FloatVector.zero(S);
        var c1 = FloatVector.zero(S);
        var c2 = FloatVector.zero(S);
        var c3 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + 1]).fma(l, c1);
            c2 = FloatVector.broadcast(S, a[i + 2]).fma(l, c2);
            c3 = FloatVector.broadcast(S, a[i + 3]).fma(l, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
        c2.intoArray(c, co + 2 * lc);
        c3.intoArray(c, co + 3 * lc);
    }

    private static void one2(int k, float[] a, int ao, int la, float[] b, int bo, int lb, float[] c, int co, int lc) {
        var c0 = FloatVector.zero(S);
        var c1 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            int i = ao + p * la;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            c0 = FloatVector.broadcast(S, a[i]).fma(l, c0);
            c1 = FloatVector.broadcast(S, a[i + 1]).fma(l, c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + lc);
    }
}
