package keel.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of [FloatVectorCorrelation] for short chains. `DoubleVectorShortTile` is generated from this file.
///
/// `C (m, n) = A·B + z` with a `z` for each row, added before a tile leaves its registers. Where chains are short, what a tile
/// costs at its ends counts as much as its steps: so sums start from zeros that are not loaded, and nobody reads `C` once more to
/// add to it, which would wait for its lines to come from memory. `A` and `B` are laid out as for [FloatVectorWideTile].
final class FloatVectorShortTile {
    private FloatVectorShortTile() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    private static final int NR = 2 * V;
    private static final int LA = FloatVectorPanels.LA;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /// Rows of a tile: with vectors of 512 bits there are 32 registers for its sums.
    private static final int HIGHEST = S.vectorBitSize() == 512 ? 8 : 4;
    /// To add that changes nothing, −0 included.
    static final float[] NOTHING = {(float) -0.0};

    /// `n`, a multiple of `2 V`, columns; `z` from `zo` on, or null for no bias.
    static void multiply(int m, int n, int kc, float[] a, MemorySegment b, float[] z, int zo, float[] c, int co, int lc) {
        int zs = z == null ? 0 : 1;
        for (int i = 0, rows; i < m; i += rows) {
            rows = Math.min(HIGHEST, Integer.highestOneBit(m - i));
            for (int j = 0; j < n; j += NR) {
                run(rows, kc, a, i * LA, b, j * (kc + 1) * (long) Float.BYTES, z == null ? NOTHING : z, zs * (zo + i), zs, c,
                    co + i * lc + j, lc);
            }
        }
    }

    private static void run(int rows, int kc, float[] a, int ao, MemorySegment b, long bo, float[] z, int zo, int zs, float[] c,
            int co, int lc) {
        switch (rows) {
            case 8 -> rows8(kc, a, ao, b, bo, z, zo, zs, c, co, lc);
            case 4 -> rows4(kc, a, ao, b, bo, z, zo, zs, c, co, lc);
            case 2 -> rows2(kc, a, ao, b, bo, z, zo, zs, c, co, lc);
            default -> rows1(kc, a, ao, b, bo, z, zo, zs, c, co, lc);
        }
    }

    private static void rows8(int kc, float[] a, int ao, MemorySegment b, long bo, float[] z, int zo, int zs, float[] c, int co,
            int lc) {
        b = FloatVectorSpace.known(b);
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        var c4l = FloatVector.zero(S); var c4r = FloatVector.zero(S);
        var c5l = FloatVector.zero(S); var c5r = FloatVector.zero(S);
        var c6l = FloatVector.zero(S); var c6r = FloatVector.zero(S);
        var c7l = FloatVector.zero(S); var c7r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            long j = bo + p * (2L * V * Float.BYTES);
            var l = FloatVector.fromMemorySegment(S, b, j, ORDER);
            var r = FloatVector.fromMemorySegment(S, b, j + V * Float.BYTES, ORDER);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
            var x4 = FloatVector.broadcast(S, a[i + 4 * LA]); c4l = x4.fma(l, c4l); c4r = x4.fma(r, c4r);
            var x5 = FloatVector.broadcast(S, a[i + 5 * LA]); c5l = x5.fma(l, c5l); c5r = x5.fma(r, c5r);
            var x6 = FloatVector.broadcast(S, a[i + 6 * LA]); c6l = x6.fma(l, c6l); c6r = x6.fma(r, c6r);
            var x7 = FloatVector.broadcast(S, a[i + 7 * LA]); c7l = x7.fma(l, c7l); c7r = x7.fma(r, c7r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, co); c0r.add(z0).intoArray(c, co + V);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, co + lc); c1r.add(z1).intoArray(c, co + lc + V);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, co + 2 * lc); c2r.add(z2).intoArray(c, co + 2 * lc + V);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, co + 3 * lc); c3r.add(z3).intoArray(c, co + 3 * lc + V);
        var z4 = FloatVector.broadcast(S, z[zo + 4 * zs]);
        c4l.add(z4).intoArray(c, co + 4 * lc); c4r.add(z4).intoArray(c, co + 4 * lc + V);
        var z5 = FloatVector.broadcast(S, z[zo + 5 * zs]);
        c5l.add(z5).intoArray(c, co + 5 * lc); c5r.add(z5).intoArray(c, co + 5 * lc + V);
        var z6 = FloatVector.broadcast(S, z[zo + 6 * zs]);
        c6l.add(z6).intoArray(c, co + 6 * lc); c6r.add(z6).intoArray(c, co + 6 * lc + V);
        var z7 = FloatVector.broadcast(S, z[zo + 7 * zs]);
        c7l.add(z7).intoArray(c, co + 7 * lc); c7r.add(z7).intoArray(c, co + 7 * lc + V);
    }

    private static void rows4(int kc, float[] a, int ao, MemorySegment b, long bo, float[] z, int zo, int zs, float[] c, int co,
            int lc) {
        b = FloatVectorSpace.known(b);
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            long j = bo + p * (2L * V * Float.BYTES);
            var l = FloatVector.fromMemorySegment(S, b, j, ORDER);
            var r = FloatVector.fromMemorySegment(S, b, j + V * Float.BYTES, ORDER);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, co); c0r.add(z0).intoArray(c, co + V);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, co + lc); c1r.add(z1).intoArray(c, co + lc + V);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, co + 2 * lc); c2r.add(z2).intoArray(c, co + 2 * lc + V);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, co + 3 * lc); c3r.add(z3).intoArray(c, co + 3 * lc + V);
    }

    private static void rows2(int kc, float[] a, int ao, MemorySegment b, long bo, float[] z, int zo, int zs, float[] c, int co,
            int lc) {
        b = FloatVectorSpace.known(b);
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            long j = bo + p * (2L * V * Float.BYTES);
            var l = FloatVector.fromMemorySegment(S, b, j, ORDER);
            var r = FloatVector.fromMemorySegment(S, b, j + V * Float.BYTES, ORDER);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, co); c0r.add(z0).intoArray(c, co + V);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, co + lc); c1r.add(z1).intoArray(c, co + lc + V);
    }

    private static void rows1(int kc, float[] a, int ao, MemorySegment b, long bo, float[] z, int zo, int zs, float[] c, int co,
            int lc) {
        b = FloatVectorSpace.known(b);
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            long j = bo + p * (2L * V * Float.BYTES);
            var l = FloatVector.fromMemorySegment(S, b, j, ORDER);
            var r = FloatVector.fromMemorySegment(S, b, j + V * Float.BYTES, ORDER);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, co); c0r.add(z0).intoArray(c, co + V);
    }
}
