package keel.kernel;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of [FloatVectorMatmul] for vectors of 128 and 256 bits, where the machine may have 16 registers only.
/// `DoubleVectorTile` is generated from this file.
///
/// `C (rows, 2 V) = S + A·B` for a tile of `C` that stays in registers; `S` is where the sums start. Rows of `A` lie
/// [FloatVectorPanels#LA] apart, those of `S` two vectors: constants, which one register and one check serve. `B` lies in a
/// panel
/// `(kc, 2 V)`.
///
/// Twelve sums, two vectors of `B` and a broadcast of `A` fill 15 registers. The fence between rows is no instruction on x86,
/// but it keeps C2's scheduler from loading all six values of `A` first: then a sum is spilled, and the loop runs at 0.6 of its
/// speed. Elsewhere the fence would be an instruction.
final class FloatVectorTile {
    private FloatVectorTile() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int LA = FloatVectorPanels.LA;
    private static final boolean FENCE = System.getProperty("os.arch").matches("amd64|x86_64");

    /// Heights for which there is a loop below.
    static final int[] HEIGHTS = {6, 5, 4, 3, 2, 1};

    /// The tile of `rows` rows (one of [#HEIGHTS]).
    static void run(int rows, int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        switch (rows) {
            case 6 -> rows6(kc, a, ao, b, bo, s, c, co, lc);
            case 5 -> rows5(kc, a, ao, b, bo, s, c, co, lc);
            case 4 -> rows4(kc, a, ao, b, bo, s, c, co, lc);
            case 3 -> rows3(kc, a, ao, b, bo, s, c, co, lc);
            case 2 -> rows2(kc, a, ao, b, bo, s, c, co, lc);
            case 1 -> rows1(kc, a, ao, b, bo, s, c, co, lc);
            default -> throw new IllegalArgumentException("tile: no loop for " + rows + " rows");
        }
    }

    private static void rows6(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        var c2l = FloatVector.fromArray(S, s, 4 * V); var c2r = FloatVector.fromArray(S, s, 5 * V);
        var c3l = FloatVector.fromArray(S, s, 6 * V); var c3r = FloatVector.fromArray(S, s, 7 * V);
        var c4l = FloatVector.fromArray(S, s, 8 * V); var c4r = FloatVector.fromArray(S, s, 9 * V);
        var c5l = FloatVector.fromArray(S, s, 10 * V); var c5r = FloatVector.fromArray(S, s, 11 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            if (FENCE) VarHandle.loadLoadFence();
            var x4 = FloatVector.broadcast(S, a[i + 4 * LA]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            if (FENCE) VarHandle.loadLoadFence();
            var x5 = FloatVector.broadcast(S, a[i + 5 * LA]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
    }

    private static void rows5(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        var c2l = FloatVector.fromArray(S, s, 4 * V); var c2r = FloatVector.fromArray(S, s, 5 * V);
        var c3l = FloatVector.fromArray(S, s, 6 * V); var c3r = FloatVector.fromArray(S, s, 7 * V);
        var c4l = FloatVector.fromArray(S, s, 8 * V); var c4r = FloatVector.fromArray(S, s, 9 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            if (FENCE) VarHandle.loadLoadFence();
            var x4 = FloatVector.broadcast(S, a[i + 4 * LA]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
    }

    private static void rows4(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        var c2l = FloatVector.fromArray(S, s, 4 * V); var c2r = FloatVector.fromArray(S, s, 5 * V);
        var c3l = FloatVector.fromArray(S, s, 6 * V); var c3r = FloatVector.fromArray(S, s, 7 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
    }

    private static void rows3(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        var c2l = FloatVector.fromArray(S, s, 4 * V); var c2r = FloatVector.fromArray(S, s, 5 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
    }

    private static void rows2(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
    }

    private static void rows1(int kc, float[] a, int ao, float[] b, int bo, float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * (2 * V));
            var r = FloatVector.fromArray(S, b, bo + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
    }

    /// The tile of 6 rows, with `B` read where it lies, in rows `lb` apart, and laid out as a panel for the tiles below.
    static void fused(int kc, float[] a, int ao, float[] b, int bo, int lb, float[] panel, int po,
            float[] s, float[] c, int co, int lc) {
        var c0l = FloatVector.fromArray(S, s, 0); var c0r = FloatVector.fromArray(S, s, V);
        var c1l = FloatVector.fromArray(S, s, 2 * V); var c1r = FloatVector.fromArray(S, s, 3 * V);
        var c2l = FloatVector.fromArray(S, s, 4 * V); var c2r = FloatVector.fromArray(S, s, 5 * V);
        var c3l = FloatVector.fromArray(S, s, 6 * V); var c3r = FloatVector.fromArray(S, s, 7 * V);
        var c4l = FloatVector.fromArray(S, s, 8 * V); var c4r = FloatVector.fromArray(S, s, 9 * V);
        var c5l = FloatVector.fromArray(S, s, 10 * V); var c5r = FloatVector.fromArray(S, s, 11 * V);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, bo + p * lb);
            var r = FloatVector.fromArray(S, b, bo + p * lb + V);
            l.intoArray(panel, po + p * (2 * V));
            r.intoArray(panel, po + p * (2 * V) + V);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            if (FENCE) VarHandle.loadLoadFence();
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            if (FENCE) VarHandle.loadLoadFence();
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            if (FENCE) VarHandle.loadLoadFence();
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            if (FENCE) VarHandle.loadLoadFence();
            var x4 = FloatVector.broadcast(S, a[i + 4 * LA]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            if (FENCE) VarHandle.loadLoadFence();
            var x5 = FloatVector.broadcast(S, a[i + 5 * LA]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
        }
        c0l.intoArray(c, co); c0r.intoArray(c, co + V);
        c1l.intoArray(c, co + lc); c1r.intoArray(c, co + lc + V);
        c2l.intoArray(c, co + 2 * lc); c2r.intoArray(c, co + 2 * lc + V);
        c3l.intoArray(c, co + 3 * lc); c3r.intoArray(c, co + 3 * lc + V);
        c4l.intoArray(c, co + 4 * lc); c4r.intoArray(c, co + 4 * lc + V);
        c5l.intoArray(c, co + 5 * lc); c5r.intoArray(c, co + 5 * lc + V);
    }
}
