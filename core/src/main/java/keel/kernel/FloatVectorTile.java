package keel.kernel;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of [FloatVectorMatmul] for vectors of 128 and 256 bits, where the machine may have 16 registers only.
/// `DoubleVectorTile` is generated from this file.
///
/// A tile is up to 6 rows of `C`, two vectors wide: 12 sums, 2 vectors of `B` and a broadcast of `A` fill 15 registers. `A` lies packed as
/// `(kc, rows)`, `B` as `(kc, 2 V)`, both in `w`. Sums start from the tile at `s` (`ls` apart; 0 to start every row alike) and go to `c`.
///
/// The fence between rows is no instruction on x86, but it keeps C2's scheduler from loading all six values of `A` first: then a sum is spilled
/// to the stack, and the loop runs at half the speed. Elsewhere the fence would be an instruction, and there are registers enough.
final class FloatVectorTile {
    private FloatVectorTile() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final boolean FENCE = System.getProperty("os.arch").matches("amd64|x86_64");

    /// Heights for which there is a loop below.
    static final int[] HEIGHTS = {6, 5, 4, 3, 2, 1};

    /// The tile of `rows` rows (one of [#HEIGHTS]).
    static void run(int rows, int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        switch (rows) {
            case 6 -> rows6(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 5 -> rows5(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 4 -> rows4(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 3 -> rows3(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 2 -> rows2(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            case 1 -> rows1(kc, a, ao, b, bo, s, so, ls, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows6(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        var c1l = FloatVector.fromArray(S, s, so + ls); var c1r = FloatVector.fromArray(S, s, so + ls + V);
        var c2l = FloatVector.fromArray(S, s, so + 2 * ls); var c2r = FloatVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = FloatVector.fromArray(S, s, so + 3 * ls); var c3r = FloatVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = FloatVector.fromArray(S, s, so + 4 * ls); var c4r = FloatVector.fromArray(S, s, so + 4 * ls + V);
        var c5l = FloatVector.fromArray(S, s, so + 5 * ls); var c5r = FloatVector.fromArray(S, s, so + 5 * ls + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p * 6]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[ao + p * 6 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[ao + p * 6 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[ao + p * 6 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            if (FENCE) VarHandle.loadLoadFence();
            var x4 = FloatVector.broadcast(S, a[ao + p * 6 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            if (FENCE) VarHandle.loadLoadFence();
            var x5 = FloatVector.broadcast(S, a[ao + p * 6 + 5]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
    }

    private static void rows5(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        var c1l = FloatVector.fromArray(S, s, so + ls); var c1r = FloatVector.fromArray(S, s, so + ls + V);
        var c2l = FloatVector.fromArray(S, s, so + 2 * ls); var c2r = FloatVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = FloatVector.fromArray(S, s, so + 3 * ls); var c3r = FloatVector.fromArray(S, s, so + 3 * ls + V);
        var c4l = FloatVector.fromArray(S, s, so + 4 * ls); var c4r = FloatVector.fromArray(S, s, so + 4 * ls + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p * 5]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[ao + p * 5 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[ao + p * 5 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[ao + p * 5 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            if (FENCE) VarHandle.loadLoadFence();
            var x4 = FloatVector.broadcast(S, a[ao + p * 5 + 4]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
    }

    private static void rows4(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        var c1l = FloatVector.fromArray(S, s, so + ls); var c1r = FloatVector.fromArray(S, s, so + ls + V);
        var c2l = FloatVector.fromArray(S, s, so + 2 * ls); var c2r = FloatVector.fromArray(S, s, so + 2 * ls + V);
        var c3l = FloatVector.fromArray(S, s, so + 3 * ls); var c3r = FloatVector.fromArray(S, s, so + 3 * ls + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p * 4]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[ao + p * 4 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[ao + p * 4 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[ao + p * 4 + 3]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void rows3(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        var c1l = FloatVector.fromArray(S, s, so + ls); var c1r = FloatVector.fromArray(S, s, so + ls + V);
        var c2l = FloatVector.fromArray(S, s, so + 2 * ls); var c2r = FloatVector.fromArray(S, s, so + 2 * ls + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p * 3]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[ao + p * 3 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[ao + p * 3 + 2]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
    }

    private static void rows2(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        var c1l = FloatVector.fromArray(S, s, so + ls); var c1r = FloatVector.fromArray(S, s, so + ls + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p * 2]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[ao + p * 2 + 1]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    private static void rows1(int kc, float[] a, int ao, float[] b, int bo, float[] s, int so, int ls, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, so); var c0r = FloatVector.fromArray(S, s, so + V);
        for (int p = 0; p < kc; p++) {
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[ao + p]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
    }
}
