package keel.array;

import java.util.Arrays;
import keel.kernel.Parallel;
import keel.kernel.Reduce;

/// Reductions over any axes: the axes are merged into runs, each run reduced by the kernels from the last to the first.
final class Reductions {
    private Reductions() {}

    static NdArray reduce(String name, Reduce f, NdArray x, boolean keepAxes, int... axes) {
        x.requireFloat(name);
        var reduced = flags(name, x.shape(), axes);
        if (f == Reduce.MAX || f == Reduce.MIN) {
            requireElements(name, x.shape(), reduced);
        }
        var y = x;
        var g = f;
        int rank = x.rank();
        for (int hi = rank; hi > 0; ) {
            if (!reduced[hi - 1]) {
                hi--;
                continue;
            }
            int lo = hi;
            while (lo > 0 && reduced[lo - 1]) {
                lo--;
            }
            y = run(g, y, lo, hi);
            g = f == Reduce.SUM_SQUARES ? Reduce.SUM : f;
            hi = lo;
        }
        if (y == x) { // no axis was left to reduce: rank 0
            y = f == Reduce.SUM_SQUARES ? x.square() : x.copy();
        }
        return keepAxes ? y : y.reshape(drop(x.shape(), reduced));
    }

    // Reduces axes lo … hi−1 to extent 1.
    private static NdArray run(Reduce f, NdArray x, int lo, int hi) {
        var extents = x.shape().extents();
        Arrays.fill(extents, lo, hi, 1);
        var y = NdArray.empty(x.dtype(), Shape.of(extents));
        if (y.size() == 0) {
            return y;
        }
        int n = x.shape().product(lo, hi);
        int inner = x.shape().product(hi, x.rank());
        int outer = y.size() / inner;
        var k = x.kernels();
        Object from = x.data();
        Object to = y.data();
        Parallel.ranges(x.size(), outer, 1, (a, b) -> {
            if (inner == 1) {
                k.reduceRows(f, from, a * n, b - a, n, to, a);
            }
            for (int i = a; i < b && inner > 1; i++) {
                k.reduce(f, from, i * n * inner, n, inner, to, i * inner);
            }
        });
        return y;
    }

    /// For each element `dy` times the product of the others that were reduced with it: from the left, then from the right, in
    /// double.
    static NdArray prodGrad(NdArray x, NdArray dy) {
        Elementwise.requireSame("prodGrad", x, dy);
        if (dy.rank() != x.rank() || !Shape.broadcast("prodGrad", x.shape(), dy.shape()).equals(x.shape())) {
            throw new IllegalArgumentException("prodGrad: " + dy.shape() + " is no reduction of " + x.shape()
                + "; keep reduced axes as 1");
        }
        var to = targets(x.shape(), dy.shape());
        var v = x.toDoubles();
        var d = dy.toDoubles();
        var y = new double[v.length];
        var product = new double[d.length];
        Arrays.fill(product, 1);
        for (int i = 0; i < v.length; i++) {
            y[i] = product[to[i]];
            product[to[i]] *= v[i];
        }
        System.arraycopy(d, 0, product, 0, d.length);
        for (int i = v.length - 1; i >= 0; i--) {
            y[i] *= product[to[i]];
            product[to[i]] *= v[i];
        }
        return NdArray.rounded(x.dtype(), x.shape(), y);
    }

    /// For each element of `x` the position in `kept`, whose axes are those of x or 1, that it is reduced to.
    static int[] targets(Shape x, Shape kept) {
        var to = new int[x.size()];
        var runs = Runs.of(x, kept);
        for (int i = 0; i < to.length; runs.next()) {
            for (int j = 0; j < runs.inner(); j++) {
                to[i++] = runs.offset(0) + j * runs.innerStride(0);
            }
        }
        return to;
    }

    static NdArray argExtreme(String name, boolean largest, NdArray x, int axis) {
        x.requireFloat(name);
        var lines = Lines.of(name, x.shape(), axis);
        var shape = Lines.dropped(x.shape(), axis);
        if (lines.n() == 0) {
            throw new IllegalArgumentException(name + ": axis " + axis + " of " + x.shape()
                + " has no elements; give at least one");
        }
        var y = new int[shape.size()];
        if (y.length == 0) {
            return NdArray.of(shape, y);
        }
        var k = x.kernels();
        int n = lines.n();
        int inner = lines.stride();
        Parallel.ranges(x.size(), y.length / inner, 1, (lo, hi) -> {
            for (int i = lo; i < hi; i++) {
                if (inner == 1) {
                    y[i] = k.argExtreme(largest, x.data(), i * n, 1, n);
                } else {
                    k.argExtremes(largest, x.data(), i * n * inner, n, inner, y, i * inner);
                }
            }
        });
        return NdArray.of(shape, y);
    }

    /// Sums over the axes along which `shape` was broadcast.
    static NdArray sumTo(NdArray x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        int extra = x.rank() - shape.rank();
        if (extra < 0 || !Shape.broadcast("sumTo", x.shape(), shape).equals(x.shape())) {
            throw new IllegalArgumentException("sumTo: " + shape + " does not broadcast to " + x.shape()
                + "; give a shape that it was expanded from");
        }
        var axes = new int[x.rank()];
        int count = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (i < extra || shape.extent(i - extra) == 1 && x.extent(i) != 1) {
                axes[count++] = i;
            }
        }
        return count == 0 ? x.reshape(shape) : reduce("sumTo", Reduce.SUM, x, true, Arrays.copyOf(axes, count)).reshape(shape);
    }

    /// `√Σx²` in double, scaled by a power of two where the plain sum may overflow or vanish. ∞ or NaN if an element is.
    static double norm(NdArray x) {
        x.requireFloat("norm");
        double sum = x.kernels().sumSquares(x.data(), 0, x.size());
        if (x.dtype() == DType.F32 || Norms.isSafe(DType.F64, sum)) {
            return Math.sqrt(sum);
        }
        return Norms.norm(x.doubles());
    }

    /// Which axes are meant; none given means all.
    static boolean[] flags(String name, Shape shape, int... axes) {
        var flags = new boolean[shape.rank()];
        if (axes.length == 0) {
            Arrays.fill(flags, true);
        }
        for (int axis : axes) {
            if (shape.rank() == 0 && (axis == 0 || axis == -1)) {
                continue; // a single value may be taken for one along an axis
            }
            int a = shape.axis(name, axis);
            if (flags[a]) {
                throw new IllegalArgumentException(name + ": axis " + axis + " of " + shape + " is named twice; name each once");
            }
            flags[a] = true;
        }
        return flags;
    }

    /// How many elements meet in each element of a result over the axes; none given means all.
    static int count(String name, Shape shape, int... axes) {
        var flags = flags(name, shape, axes);
        int n = 1;
        for (int i = 0; i < flags.length; i++) {
            n *= flags[i] ? shape.extent(i) : 1;
        }
        return n;
    }

    static void requireElements(String name, Shape shape, boolean[] reduced) {
        for (int i = 0; i < reduced.length; i++) {
            if (reduced[i] && shape.extent(i) == 0) {
                throw new IllegalArgumentException(name + ": axis " + i + " of " + shape + " has no elements; give at least one");
            }
        }
    }

    static Shape drop(Shape shape, boolean[] reduced) {
        var y = shape;
        for (int i = reduced.length - 1; i >= 0; i--) {
            y = reduced[i] ? y.removed(i) : y;
        }
        return y;
    }
}
