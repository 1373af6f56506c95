package keel.array;

import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.Parallel;
import keel.kernel.Unary;

/// Elementwise functions over whole arrays: checks, broadcasting and the split over threads; the loops are the kernels'.
final class Elementwise {
    private Elementwise() {}

    /// Broadcast values are spread over a tile of this many elements: it stays in the first-level cache.
    private static final int TILE = 1024;
    /// Rough cost of one element of a transcendental function, in elements of a copy.
    private static final int COST = 8;

    static NdArray unary(String name, Unary f, double p, NdArray x) {
        x.requireFloat(name);
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object from = x.data();
        Object to = y.data();
        Parallel.ranges((long) x.size() * COST, x.size(), TILE, (lo, hi) -> k.unary(f, p, from, lo, to, lo, hi - lo));
        return y;
    }

    static NdArray binary(String name, Binary f, double p, NdArray x, NdArray z) {
        requireSame(name, x, z);
        if (!x.shape().equals(z.shape())) {
            return broadcast(name, f, p, x, z);
        }
        var y = NdArray.empty(x.dtype(), x.shape());
        binaryInto(f, p, x, z, y);
        return y;
    }

    /// `y = f(x, z)` for equal shapes; `y` may be `x` or `z`.
    static void binaryInto(Binary f, double p, NdArray x, NdArray z, NdArray y) {
        var k = x.kernels();
        Object a = x.data();
        Object b = z.data();
        Object c = y.data();
        Parallel.ranges(x.size(), x.size(), TILE, (lo, hi) -> k.binary(f, p, a, lo, b, lo, c, lo, hi - lo));
    }

    private static NdArray broadcast(String name, Binary f, double p, NdArray x, NdArray z) {
        var shape = Shape.broadcast(name, x.shape(), z.shape());
        var y = NdArray.empty(x.dtype(), shape);
        if (y.size() == 0) {
            return y;
        }
        var runs = Runs.of(shape, x.shape(), z.shape());
        var k = x.kernels();
        Object a = x.data();
        Object b = z.data();
        Object c = y.data();
        int n = runs.inner();
        // A stride of 0 inside a run: the value is spread over a tile once a run.
        Object aTile = runs.innerStride(0) == 0 ? k.allocate(Math.min(n, TILE)) : null;
        Object bTile = runs.innerStride(1) == 0 ? k.allocate(Math.min(n, TILE)) : null;
        for (int r = 0; r < runs.count(); r++, runs.next()) {
            int yo = r * n;
            int ao = runs.offset(0);
            int bo = runs.offset(1);
            if (aTile != null) {
                k.copyStrided(a, ao, 0, aTile, 0, Math.min(n, TILE));
            }
            if (bTile != null) {
                k.copyStrided(b, bo, 0, bTile, 0, Math.min(n, TILE));
            }
            if (aTile == null && bTile == null) {
                k.binary(f, p, a, ao, b, bo, c, yo, n);
                continue;
            }
            for (int i = 0; i < n; i += TILE) {
                k.binary(f, p, aTile == null ? a : aTile, aTile == null ? ao + i : 0,
                    bTile == null ? b : bTile, bTile == null ? bo + i : 0, c, yo + i, Math.min(TILE, n - i));
            }
        }
        return y;
    }

    static NdArray compare(String name, Compare f, NdArray x, NdArray z) {
        requireSame(name, x, z);
        var shape = Shape.broadcast(name, x.shape(), z.shape());
        var y = new boolean[shape.size()];
        x.kernels().compare(f, x.expand(shape).data(), 0, z.expand(shape).data(), 0, y, 0, y.length);
        return NdArray.of(shape, y);
    }

    static NdArray where(NdArray condition, NdArray x, NdArray z) {
        if (condition.dtype() != DType.BOOL) {
            throw new IllegalArgumentException("where: the condition is " + condition.dtype() + "; use a comparison, which gives BOOL");
        }
        requireSame("where", x, z);
        var shape = Shape.broadcast("where", condition.shape(), Shape.broadcast("where", x.shape(), z.shape()));
        var y = NdArray.empty(x.dtype(), shape);
        x.kernels().where(condition.expand(shape).booleans(), 0, x.expand(shape).data(), 0, z.expand(shape).data(), 0, y.data(), 0, shape.size());
        return y;
    }

    static void requireSame(String name, NdArray x, NdArray z) {
        x.requireFloat(name);
        z.requireFloat(name);
        if (x.dtype() != z.dtype()) {
            throw new IllegalArgumentException(name + ": types differ, " + x.dtype() + " " + x.shape() + " and " + z.dtype() + " " + z.shape()
                + "; cast one");
        }
    }
}
