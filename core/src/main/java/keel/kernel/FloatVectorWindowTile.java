package keel.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums over windows whose inputs are read where they lie, for [FloatVectorCorrelation]. `DoubleVectorWindowTile` is generated
/// from this file.
///
/// A tile is two vectors of outputs, from anywhere, by four or eight rows of `A`: beside its multiply-adds, loads that cross the
/// lines of the cache cost nothing, and mostly nothing is laid out. Neighbouring taps read the same lines, so a tile needs less
/// of the cache than a panel would. A vector that crosses the end of a line of outputs is blended of two loads, and such vectors
/// have tiles of their own. The others find the places of both in one table, made for all tiles of a pair: so a step has less to
/// add and to keep, and C2, which spilled what it could not keep under G1, takes a tenth less time. What is left over at the end,
/// of rows or of outputs, is computed together with what is done already. The bias is added in the registers.
final class FloatVectorWindowTile {
    private FloatVectorWindowTile() {}

    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();
    /// Rows of a tile: with vectors of 512 bits there are 32 registers for its sums.
    private static final int HIGHEST = S.vectorBitSize() == 512 ? 8 : 4;
    /// Steps of the longest chain: 512 channels of 3 × 3.
    private static final int LONGEST = 9 * 512;
    /// Steps up to which these tiles are faster than panels, for a single line, or where they have four rows.
    private static final int SHORT = 320;
    /// From one row of the copy of `A` to the next, so far that rows do not compete for one set of the cache.
    private static final int LA = LONGEST + 16;
    /// Numbers of windows that are laid out at a time.
    private static final int LAID = 1 << 14;
    /// To add that changes nothing, −0 included.
    private static final float[] NOTHING = {(float) -0.0};
    /// Rows of `A` that are copied together, and the least rows of a tile.
    private static final int MOST_ROWS = 64;
    private static final int LEAST_ROWS = 4;

    /// Whether [#correlate] can do this.
    static boolean fits(int m, Places at, int from, int to) {
        int[] lines = at.lines();
        int k = at.rows().length;
        if (m < LEAST_ROWS || k == 0 || to - from < V) return false;
        if (k > (lines.length > 1 && HIGHEST == 8 ? LONGEST : SHORT)) return false;
        for (int i = 1; i < lines.length; i++) {
            if (lines[i] - lines[i - 1] < at.width()) return false;
        }
        return true;
    }

    /// Whether windows have to be laid out: rows over a single line may lie any power of two apart, and where lines are short,
    /// some vector is of three lines or more.
    private static boolean laid(Places at, int from, int to) {
        if (at.lines().length == 1) return true;
        for (int o = from; at.width() < V && o < to; o += V) {
            if (left(at, Math.min(o, to - V)) + at.width() < V) return true;
        }
        return false;
    }

    /// As [Kernels#correlate].
    static void correlate(int m, float[] a, int ao, float[] z, int zo, Places at, int images, float[] b, int bo, int bs, int from,
            int to, float[] c, int co, int cs, int lc) {
        int k = at.rows().length;
        float[] added = z == null ? NOTHING : z;
        int zs = z == null ? 0 : 1;
        boolean laid = laid(at, from, to);
        int room = laid ? Math.max(2 * V, LAID / k / (2 * V) * (2 * V)) : 0;
        int sizeOfA = Math.min(m, MOST_ROWS + LEAST_ROWS) * LA;
        var space = FloatVectorSpace.take(sizeOfA + k * (room + V), 1);
        for (int i = 0, mc; i < m; i += mc) {
            mc = m - i < MOST_ROWS + LEAST_ROWS ? m - i : MOST_ROWS;
            FloatVectorPanels.copy(a, ao + i * k, k, mc, k, space.a, 0, LA);
            int y = co + i * lc;
            int add = zs * (zo + i);
            if (laid) {
                sweepLaid(mc, space, sizeOfA, room, added, add, zs, at, images, b, bo, bs, from, to, c, y, cs, lc);
            } else {
                sweep(false, mc, space, added, add, zs, at, images, b, bo, bs, from, to, c, y, cs, lc);
                sweep(true, mc, space, added, add, zs, at, images, b, bo, bs, from, to, c, y, cs, lc);
            }
        }
        space.giveBack();
    }

    /// All vectors, of as many outputs at a time as there is `room` for, of several images if they are small: their windows are
    /// laid out in `space.a`, as rows of a single line.
    private static void sweepLaid(int m, FloatVectorSpace space, int wo, int room, float[] z, int zo, int zs, Places at,
            int images, float[] b, int bo, int bs, int from, int to, float[] c, int co, int cs, int lc) {
        var rows = new int[at.rows().length];
        for (int p = 0; p < rows.length; p++) rows[p] = p * (room + V);
        var line = new Places(rows, new int[1], room);
        int together = Math.max(1, room / (to - from));
        for (int q = 0, count; q < images; q += count) {
            count = Math.min(together, images - q);
            for (int o = from; o < to; o += room) {
                int first = Math.min(o, to - V); // the last vector may reach back
                int n = Math.min(room, to - first);
                for (int i = 0; i < count; i++) layOut(n, at, b, bo + (q + i) * bs, first, space.a, wo + i * n, room + V);
                sweep(false, m, space, z, zo, zs, line, count, space.a, wo, n, 0, n, c, co + q * cs + first, cs, lc);
            }
        }
    }

    /// What outputs `o … o + n − 1` read, to rows `lw` apart. Of short lines whole vectors are copied, and the next line takes
    /// back what is too much.
    private static void layOut(int n, Places at, float[] b, int bo, int o, float[] w, int wo, int lw) {
        int[] rows = at.rows();
        for (int i = 0, count; i < n; i += count) {
            count = Math.min(n - i, at.width() - (o + i) % at.width());
            int x = bo + at.of(o + i);
            for (int p = 0; p < rows.length; p++) {
                int from = x + rows[p];
                int to = wo + p * lw + i;
                if (count < V && from + V <= b.length) FloatVector.fromArray(S, b, from).intoArray(w, to);
                else System.arraycopy(b, from, w, to, count);
            }
        }
    }

    /// Outputs on the line of output `o`, from it on.
    private static int left(Places at, int o) {
        return at.width() - o % at.width();
    }

    /// All vectors that cross the end of a line, or all others, two at a time.
    private static void sweep(boolean across, int m, FloatVectorSpace space, float[] z, int zo, int zs, Places at, int images,
            float[] b, int bo, int bs, int from, int to, float[] c, int co, int cs, int lc) {
        int waiting = -1; // a vector for which there is no second one yet, and the image it belongs to
        int image = 0;
        for (int q = 0; q < images; q++) {
            for (int v = from; v < to; v += V) {
                int o = Math.min(v, to - V);
                if (left(at, o) < V != across) continue;
                if (waiting < 0) {
                    waiting = o;
                    image = q;
                    continue;
                }
                pair(across, m, space, z, zo, zs, at, b, bo + image * bs, waiting, bo + q * bs, o, c, co + image * cs,
                    co + q * cs, lc);
                waiting = -1;
            }
        }
        if (waiting < 0) return;
        int x = bo + image * bs;
        int y = co + image * cs;
        pair(across, m, space, z, zo, zs, at, b, x, waiting, x, waiting, c, y, y, lc);
    }

    /// All rows of the vectors that begin with output `l` of the image at `bl` and output `r` of that at `br`.
    private static void pair(boolean across, int m, FloatVectorSpace space, float[] z, int zo, int zs, Places at, float[] b,
            int bl, int l, int br, int r, float[] c, int cl, int cr, int lc) {
        int xl = bl + at.of(l);
        int xr = br + at.of(r);
        if (across) {
            // Lanes after the end of a line are those of a vector that begins as much before the next one.
            int leftl = left(at, l);
            int leftr = left(at, r);
            int yl = bl + at.lines()[l / at.width() + 1] - leftl;
            int yr = br + at.lines()[r / at.width() + 1] - leftr;
            across(m, space.a, at.rows(), b, xl, yl, leftl, xr, yr, leftr, z, zo, zs, c, cl + l, cr + r, lc);
        } else {
            within(m, space, at.rows(), b, xl, xr, z, zo, zs, c, cl + l, cr + r, lc);
        }
    }

    private static void within(int m, FloatVectorSpace space, int[] rows, float[] b, int xl, int xr, float[] z, int zo, int zs,
            float[] c, int cl, int cr, int lc) {
        int k = rows.length;
        int[] places = space.places(2 * k);
        for (int p = 0; p < k; p++) {
            places[2 * p] = xl + rows[p];
            places[2 * p + 1] = xr + rows[p];
        }
        for (int i = 0, n; i < m; i += n) {
            n = height(m, i);
            int first = Math.min(i, m - n);
            int down = first * lc;
            if (n == 8) within8(k, space.a, first * LA, places, b, z, zo + first * zs, zs, c, cl + down, cr + down, lc);
            else within4(k, space.a, first * LA, places, b, z, zo + first * zs, zs, c, cl + down, cr + down, lc);
        }
    }

    private static void across(int m, float[] a, int[] rows, float[] b, int xl, int yl, int leftl, int xr, int yr, int leftr,
            float[] z, int zo, int zs, float[] c, int cl, int cr, int lc) {
        int k = rows.length;
        for (int i = 0, n; i < m; i += n) {
            n = height(m, i);
            int first = Math.min(i, m - n);
            int ao = first * LA;
            int add = zo + first * zs;
            int down = first * lc;
            if (n == 8) across8(k, a, ao, rows, b, xl, yl, leftl, xr, yr, leftr, z, add, zs, c, cl + down, cr + down, lc);
            else across4(k, a, ao, rows, b, xl, yl, leftl, xr, yr, leftr, z, add, zs, c, cl + down, cr + down, lc);
        }
    }

    /// Rows of the next tile, when `done` of `m` are done.
    private static int height(int m, int done) {
        return HIGHEST == 8 && m >= 8 && m - done > 4 ? 8 : 4;
    }

    private static void within8(int kc, float[] a, int ao, int[] places, float[] b, float[] z, int zo, int zs, float[] c,
            int cl, int cr, int lc) {
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
            var l = FloatVector.fromArray(S, b, places[2 * p]);
            var r = FloatVector.fromArray(S, b, places[2 * p + 1]);
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
        c0l.add(z0).intoArray(c, cl); c0r.add(z0).intoArray(c, cr);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, cl + lc); c1r.add(z1).intoArray(c, cr + lc);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, cl + 2 * lc); c2r.add(z2).intoArray(c, cr + 2 * lc);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, cl + 3 * lc); c3r.add(z3).intoArray(c, cr + 3 * lc);
        var z4 = FloatVector.broadcast(S, z[zo + 4 * zs]);
        c4l.add(z4).intoArray(c, cl + 4 * lc); c4r.add(z4).intoArray(c, cr + 4 * lc);
        var z5 = FloatVector.broadcast(S, z[zo + 5 * zs]);
        c5l.add(z5).intoArray(c, cl + 5 * lc); c5r.add(z5).intoArray(c, cr + 5 * lc);
        var z6 = FloatVector.broadcast(S, z[zo + 6 * zs]);
        c6l.add(z6).intoArray(c, cl + 6 * lc); c6r.add(z6).intoArray(c, cr + 6 * lc);
        var z7 = FloatVector.broadcast(S, z[zo + 7 * zs]);
        c7l.add(z7).intoArray(c, cl + 7 * lc); c7r.add(z7).intoArray(c, cr + 7 * lc);
    }

    private static void within4(int kc, float[] a, int ao, int[] places, float[] b, float[] z, int zo, int zs, float[] c,
            int cl, int cr, int lc) {
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            var l = FloatVector.fromArray(S, b, places[2 * p]);
            var r = FloatVector.fromArray(S, b, places[2 * p + 1]);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, cl); c0r.add(z0).intoArray(c, cr);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, cl + lc); c1r.add(z1).intoArray(c, cr + lc);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, cl + 2 * lc); c2r.add(z2).intoArray(c, cr + 2 * lc);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, cl + 3 * lc); c3r.add(z3).intoArray(c, cr + 3 * lc);
    }

    private static void across8(int kc, float[] a, int ao, int[] rows, float[] b, int xl, int yl, int leftl, int xr, int yr,
            int leftr, float[] z, int zo, int zs, float[] c, int cl, int cr, int lc) {
        var firstl = S.indexInRange(0, leftl);
        var firstr = S.indexInRange(0, leftr);
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
            int row = rows[p];
            var l = FloatVector.fromArray(S, b, yl + row).blend(FloatVector.fromArray(S, b, xl + row), firstl);
            var r = FloatVector.fromArray(S, b, yr + row).blend(FloatVector.fromArray(S, b, xr + row), firstr);
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
        c0l.add(z0).intoArray(c, cl); c0r.add(z0).intoArray(c, cr);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, cl + lc); c1r.add(z1).intoArray(c, cr + lc);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, cl + 2 * lc); c2r.add(z2).intoArray(c, cr + 2 * lc);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, cl + 3 * lc); c3r.add(z3).intoArray(c, cr + 3 * lc);
        var z4 = FloatVector.broadcast(S, z[zo + 4 * zs]);
        c4l.add(z4).intoArray(c, cl + 4 * lc); c4r.add(z4).intoArray(c, cr + 4 * lc);
        var z5 = FloatVector.broadcast(S, z[zo + 5 * zs]);
        c5l.add(z5).intoArray(c, cl + 5 * lc); c5r.add(z5).intoArray(c, cr + 5 * lc);
        var z6 = FloatVector.broadcast(S, z[zo + 6 * zs]);
        c6l.add(z6).intoArray(c, cl + 6 * lc); c6r.add(z6).intoArray(c, cr + 6 * lc);
        var z7 = FloatVector.broadcast(S, z[zo + 7 * zs]);
        c7l.add(z7).intoArray(c, cl + 7 * lc); c7r.add(z7).intoArray(c, cr + 7 * lc);
    }

    private static void across4(int kc, float[] a, int ao, int[] rows, float[] b, int xl, int yl, int leftl, int xr, int yr,
            int leftr, float[] z, int zo, int zs, float[] c, int cl, int cr, int lc) {
        var firstl = S.indexInRange(0, leftl);
        var firstr = S.indexInRange(0, leftr);
        var c0l = FloatVector.zero(S); var c0r = FloatVector.zero(S);
        var c1l = FloatVector.zero(S); var c1r = FloatVector.zero(S);
        var c2l = FloatVector.zero(S); var c2r = FloatVector.zero(S);
        var c3l = FloatVector.zero(S); var c3r = FloatVector.zero(S);
        for (int p = 0; p < kc; p++) {
            int i = ao + p;
            int row = rows[p];
            var l = FloatVector.fromArray(S, b, yl + row).blend(FloatVector.fromArray(S, b, xl + row), firstl);
            var r = FloatVector.fromArray(S, b, yr + row).blend(FloatVector.fromArray(S, b, xr + row), firstr);
            var x0 = FloatVector.broadcast(S, a[i]); c0l = x0.fma(l, c0l); c0r = x0.fma(r, c0r);
            var x1 = FloatVector.broadcast(S, a[i + LA]); c1l = x1.fma(l, c1l); c1r = x1.fma(r, c1r);
            var x2 = FloatVector.broadcast(S, a[i + 2 * LA]); c2l = x2.fma(l, c2l); c2r = x2.fma(r, c2r);
            var x3 = FloatVector.broadcast(S, a[i + 3 * LA]); c3l = x3.fma(l, c3l); c3r = x3.fma(r, c3r);
        }
        var z0 = FloatVector.broadcast(S, z[zo]);
        c0l.add(z0).intoArray(c, cl); c0r.add(z0).intoArray(c, cr);
        var z1 = FloatVector.broadcast(S, z[zo + zs]);
        c1l.add(z1).intoArray(c, cl + lc); c1r.add(z1).intoArray(c, cr + lc);
        var z2 = FloatVector.broadcast(S, z[zo + 2 * zs]);
        c2l.add(z2).intoArray(c, cl + 2 * lc); c2r.add(z2).intoArray(c, cr + 2 * lc);
        var z3 = FloatVector.broadcast(S, z[zo + 3 * zs]);
        c3l.add(z3).intoArray(c, cl + 3 * lc); c3r.add(z3).intoArray(c, cr + 3 * lc);
    }
}
