package keel.array;

import java.util.EnumSet;
import java.util.Set;
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
    /// Functions that cost as much as a copy.
    private static final Set<Unary> PLAIN = EnumSet.of(Unary.NEG, Unary.ABS, Unary.SIGN, Unary.SQUARE, Unary.RELU,
        Unary.LEAKY_RELU, Unary.ADD_SCALAR, Unary.MUL_SCALAR, Unary.RSUB_SCALAR, Unary.MIN_SCALAR, Unary.MAX_SCALAR);

    /// An optimizer's step over `n` parameters, of which one costs as much as `cost` elements of a copy. The same thread seldom
    /// gets the same parameters as a step before, so it gets many at a time.
    static void step(int cost, int n, Parallel.RangeTask step) {
        Parallel.ranges((long) n * cost, n, 8 * TILE, step);
    }

    /// Splits `0 … n − 1` over threads; one alone takes it whole, since nothing here depends on the ranges.
    private static void spread(int cost, int n, Parallel.RangeTask task) {
        if (Parallel.threads() == 1 && n > 0) task.run(0, n);
        else Parallel.ranges((long) n * cost, n, TILE, task);
    }

    static NdArray unary(String name, Unary f, double p, NdArray x) {
        x.requireFloat(name);
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object from = x.data();
        Object to = y.data();
        spread(PLAIN.contains(f) ? 1 : COST, x.size(), (lo, hi) -> k.unary(f, p, from, lo, to, lo, hi - lo));
        return y;
    }

    static NdArray clamp(double low, double high, NdArray x) {
        x.requireFloat("clamp");
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object from = x.data();
        Object to = y.data();
        spread(1, x.size(), (lo, hi) -> k.clamp(low, high, from, lo, to, lo, hi - lo));
        return y;
    }

    static NdArray clampGrad(double low, double high, NdArray x, NdArray dy) {
        requireSame("clampGrad", x, dy);
        if (!x.shape().equals(dy.shape())) {
            throw new IllegalArgumentException("clampGrad: shapes differ, " + x.shape() + " and " + dy.shape()
                + "; give a gradient of each element");
        }
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        Object from = x.data();
        Object z = dy.data();
        Object to = y.data();
        Parallel.ranges(x.size(), x.size(), TILE, (lo, hi) -> k.clampGrad(false, low, high, from, lo, z, lo, to, lo, hi - lo));
        return y;
    }

    static NdArray lerp(NdArray x, NdArray end, NdArray weight) {
        requireSame("lerp", x, end);
        requireSame("lerp", x, weight);
        var shape = Shape.broadcast("lerp", Shape.broadcast("lerp", x.shape(), end.shape()), weight.shape());
        var y = NdArray.empty(x.dtype(), shape);
        var k = x.kernels();
        Object a = x.expand(shape).data();
        Object b = end.expand(shape).data();
        Object c = y.data();
        if (weight.size() == 1) {
            double w = weight.toDoubles()[0];
            Parallel.ranges((long) y.size() * 2, y.size(), TILE, (lo, hi) -> k.lerp(w, a, lo, b, lo, c, lo, hi - lo));
            return y;
        }
        Object w = weight.expand(shape).data();
        Parallel.ranges((long) y.size() * 2, y.size(), TILE, (lo, hi) -> k.lerp(a, lo, b, lo, w, lo, c, lo, hi - lo));
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
        spread(1, x.size(), (lo, hi) -> k.binary(f, p, a, lo, b, lo, c, lo, hi - lo));
    }

    private static NdArray broadcast(String name, Binary f, double p, NdArray x, NdArray z) {
        var y = NdArray.empty(x.dtype(), Shape.broadcast(name, x.shape(), z.shape()));
        var k = x.kernels();
        Object c = y.data();
        pairs(y.shape(), x, z, new Stretch() {
            @Override public void run(Object a, int ao, Object b, int bo, int yo, int n) {
                k.binary(f, p, a, ao, b, bo, c, yo, n);
            }
            @Override public boolean columns(Object a, int ao, int la, Object b, int bo, int yo, int lines, int n) {
                return k.columns(f, lines, n, a, ao, la, b, bo, c, yo);
            }
            @Override public boolean commutes() { return f == Binary.ADD || f == Binary.MUL; }
        });
        return y;
    }

    static NdArray compare(String name, Compare f, NdArray x, NdArray z) {
        if (x.dtype() == DType.I32 && z.dtype() == DType.I32) {
            return compare(name, f, x.cast(DType.F64), z.cast(DType.F64)); // exact
        }
        requireSame(name, x, z);
        var shape = Shape.broadcast(name, x.shape(), z.shape());
        var y = NdArray.empty(DType.BOOL, shape);
        var to = y.booleans();
        var k = x.kernels();
        pairs(shape, x, z, (a, ao, b, bo, yo, n) -> k.compare(f, a, ao, b, bo, to, yo, n));
        return y;
    }

    static NdArray compare(String name, Compare f, NdArray x, double b) {
        var v = x.dtype() == DType.I32 ? x.cast(DType.F64) : x;
        v.requireFloat(name);
        return compare(name, f, v, NdArray.full(v.dtype(), Shape.of(), b));
    }

    static NdArray where(NdArray condition, NdArray x, NdArray z) {
        if (condition.dtype() != DType.BOOL) {
            throw new IllegalArgumentException("where: the condition is " + condition.dtype() + " " + condition.shape()
                + "; use a comparison, which gives BOOL");
        }
        requireSame("where", x, z);
        var shape = Shape.broadcast("where", condition.shape(), Shape.broadcast("where", x.shape(), z.shape()));
        var y = NdArray.empty(x.dtype(), shape);
        var k = x.kernels();
        var mask = condition.expand(shape).booleans();
        Object c = y.data();
        pairs(shape, x, z, (a, ao, b, bo, yo, n) -> k.where(mask, yo, a, ao, b, bo, c, yo, n));
        return y;
    }

    /// A stretch of two operands over which both advance by one.
    private interface Stretch {
        void run(Object a, int ao, Object b, int bo, int yo, int n);

        /// Lines of the first, `la` apart, and for each a value of the second operand; false where this is not done at once.
        default boolean columns(Object a, int ao, int la, Object b, int bo, int yo, int lines, int n) { return false; }

        /// Whether operands may be exchanged.
        default boolean commutes() { return false; }
    }

    /// Covers `shape`, to which x and z broadcast, with stretches. A value that repeats inside a run is spread over a tile first.
    private static void pairs(Shape shape, NdArray x, NdArray z, Stretch stretch) {
        int size = shape.size();
        Object a = x.data();
        Object b = z.data();
        if (x.shape().equals(shape) && z.shape().equals(shape)) {
            spread(1, size, (lo, hi) -> stretch.run(a, lo, b, lo, lo, hi - lo));
        } else if (size > 0) {
            Parallel.ranges(size, Runs.of(shape, x.shape(), z.shape()).count(), 1,
                (lo, hi) -> runs(shape, x, z, lo, hi, stretch));
        }
    }

    private static void runs(Shape shape, NdArray x, NdArray z, int from, int to, Stretch stretch) {
        var runs = Runs.of(shape, x.shape(), z.shape()).startAt(from);
        int n = runs.inner();
        var a = new Operand(runs, 0, x);
        var b = new Operand(runs, 1, z);
        var rows = a.isColumn() && stretch.commutes() ? b : a;
        var column = rows == a ? b : a;
        boolean together = column.isColumn() && rows.along == 1 && (rows.across == n || rows.across == 0);
        for (int r = from; r < to;) {
            int lines = Math.min(runs.left(), to - r);
            if (together
                && stretch.columns(rows.x.data(), rows.at(), rows.across, column.x.data(), column.at(), r * n, lines, n)) {
                r += lines;
                runs.next(lines);
                continue;
            }
            lines = Math.min(lines, Math.max(1, TILE / n));
            for (int i = 0; i < n; i += TILE) {
                int some = Math.min(TILE, n - i);
                a.lines(lines, some, i);
                b.lines(lines, some, i);
                stretch.run(a.array, a.at, b.array, b.at, r * n + i, lines * some);
            }
            r += lines;
            runs.next(lines);
        }
        a.giveBack();
        b.giveBack();
    }

    /// An operand, some lines at a time, one behind another: where it lies, or, where values or whole lines repeat, spread over a
    /// tile.
    private static final class Operand {
        private final Runs runs;
        private final int number;
        private final NdArray x;
        private final int along;
        private final int across;
        private final Object tile;
        private int spread = -1; // what the tile holds: lines from this offset of x, as many as fit
        Object array;
        int at;

        Operand(Runs runs, int number, NdArray x) {
            this.runs = runs;
            this.number = number;
            this.x = x;
            along = runs.innerStride(number);
            across = runs.outerStride(number);
            boolean inPlace = along == 1 && (across == runs.inner() || runs.inner() > TILE / 2);
            tile = inPlace ? null : Buffers.take(x.kernels(), x.data(), TILE);
            array = inPlace ? x.data() : tile;
        }

        /// Whether each line has one value, the next line the next.
        boolean isColumn() { return along == 0 && across == 1; }

        /// Where the current line is.
        int at() { return runs.offset(number); }

        /// Elements `i … i + n − 1` of so many lines from the current one on.
        void lines(int lines, int n, int i) {
            int from = runs.offset(number) + i * along;
            if (tile == null) {
                at = from;
            } else if (from != spread) {
                int many = across == 0 ? TILE / n : lines;
                x.kernels().copyLines(many, x.data(), from, across, along, tile, 0, n, n);
                spread = from;
            }
        }

        void giveBack() {
            if (tile != null) {
                Buffers.giveBack(tile);
            }
        }
    }

    static void requireSame(String name, NdArray x, NdArray z) {
        x.requireFloat(name);
        z.requireFloat(name);
        if (x.dtype() != z.dtype()) {
            throw new IllegalArgumentException(name + ": types differ, " + x.dtype() + " " + x.shape() + " and " + z.dtype()
                + " " + z.shape() + "; cast one");
        }
    }
}
