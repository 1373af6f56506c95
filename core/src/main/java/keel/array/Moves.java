package keel.array;

import java.lang.reflect.Array;

/// Rearrangements of elements of any type: nothing is computed, only copied.
final class Moves {
    private Moves() {}

    /// The shape with an extent −1 replaced by what is left of `x`.
    static Shape infer(Shape x, int... extents) {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < extents.length; i++) {
            if (extents[i] == -1 && unknown >= 0) {
                throw new IllegalArgumentException("reshape: two extents are −1; give all but one");
            }
            if (extents[i] == -1) {
                unknown = i;
            } else {
                known *= extents[i];
            }
        }
        if (unknown < 0) {
            return Shape.of(extents);
        }
        if (known <= 0 || x.size() % known != 0) {
            throw new IllegalArgumentException("reshape: " + x + " with " + x.size() + " elements does not divide by the given extents' product "
                + known + "; give extents whose product does");
        }
        var y = extents.clone();
        y[unknown] = (int) (x.size() / known);
        return Shape.of(y);
    }

    static NdArray expand(NdArray x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        if (!Shape.broadcast("expand", x.shape(), shape).equals(shape)) {
            throw new IllegalArgumentException("expand: " + x.shape() + " does not expand to " + shape + "; only axes of extent 1 grow");
        }
        var y = NdArray.empty(x.dtype(), shape);
        if (y.size() == 0) {
            return y;
        }
        var runs = Runs.of(shape, x.shape());
        int n = runs.inner();
        for (int r = 0; r < runs.count(); r++, runs.next()) {
            strided(x.data(), runs.offset(0), runs.innerStride(0), y.data(), r * n, n);
        }
        return y;
    }

    static NdArray permute(NdArray x, int... order) {
        int rank = x.rank();
        if (order.length != rank) {
            throw new IllegalArgumentException("permute: " + order.length + " axes named for shape " + x.shape() + "; name all " + rank);
        }
        var sources = new int[rank];
        var strides = new int[rank];
        var extents = new int[rank];
        var seen = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            int axis = x.shape().axis("permute", order[i]);
            if (seen[axis]) {
                throw new IllegalArgumentException("permute: axis " + order[i] + " of " + x.shape() + " is named twice; name each once");
            }
            seen[axis] = true;
            sources[i] = axis;
            extents[i] = x.extent(axis);
            strides[i] = x.shape().product(axis + 1, rank);
        }
        var y = NdArray.empty(x.dtype(), Shape.of(extents));
        if (y.size() == 0) {
            return y;
        }
        if (x.dtype().isFloat() && swapsLastTwo(sources)) {
            int m = x.extent(-2);
            int n = x.extent(-1);
            for (int o = 0; o < x.size(); o += m * n) {
                x.kernels().transpose(m, n, x.data(), o, y.data(), o);
            }
            return y;
        }
        int inner = rank == 0 ? 1 : extents[rank - 1];
        var index = new int[rank];
        int offset = 0;
        for (int yo = 0; yo < y.size(); yo += inner) {
            strided(x.data(), offset, rank == 0 ? 1 : strides[rank - 1], y.data(), yo, inner);
            for (int axis = rank - 2; axis >= 0; axis--) {
                offset += strides[axis];
                if (++index[axis] < extents[axis]) {
                    break;
                }
                offset -= strides[axis] * extents[axis];
                index[axis] = 0;
            }
        }
        return y;
    }

    // Asked of the order, not of extents and strides: where extents are 1, quite other orders have the same strides.
    private static boolean swapsLastTwo(int[] order) {
        int rank = order.length;
        if (rank < 2 || order[rank - 2] != rank - 1 || order[rank - 1] != rank - 2) {
            return false;
        }
        for (int i = 0; i < rank - 2; i++) {
            if (order[i] != i) {
                return false;
            }
        }
        return true;
    }

    static NdArray slice(NdArray x, int axis, int from, int to) {
        int a = x.shape().axis("slice", axis);
        if (from < 0 || to < from || to > x.extent(a)) {
            throw new IllegalArgumentException("slice: " + from + " … " + to + " is not in axis " + axis + " of " + x.shape()
                + "; give 0 ≤ from ≤ to ≤ " + x.extent(a));
        }
        var y = NdArray.empty(x.dtype(), x.shape().with(a, to - from));
        int inner = x.shape().product(a + 1, x.rank());
        int n = (to - from) * inner;
        for (int i = 0; n > 0 && i < y.size() / n; i++) {
            System.arraycopy(x.data(), (i * x.extent(a) + from) * inner, y.data(), i * n, n);
        }
        return y;
    }

    /// The reverse of [#slice]: `x` at `from` of an axis of the given extent, zeros around it.
    static NdArray embed(NdArray x, int axis, int from, int extent) {
        int a = x.shape().axis("embed", axis);
        var y = NdArray.empty(x.dtype(), x.shape().with(a, extent));
        int inner = x.shape().product(a + 1, x.rank());
        int n = x.extent(a) * inner;
        for (int i = 0; n > 0 && i < x.size() / n; i++) {
            System.arraycopy(x.data(), i * n, y.data(), (i * extent + from) * inner, n);
        }
        return y;
    }

    static NdArray concat(int axis, NdArray... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat: nothing to join; give at least one array");
        }
        var first = parts[0];
        int a = first.shape().axis("concat", axis);
        int extent = 0;
        for (var part : parts) {
            if (part.dtype() != first.dtype() || part.rank() != first.rank() || !part.shape().with(a, first.extent(a)).equals(first.shape())) {
                throw new IllegalArgumentException("concat: " + part.dtype() + " " + part.shape() + " does not join " + first.dtype() + " "
                    + first.shape() + " along axis " + axis + "; all other axes and the type must agree");
            }
            extent = Math.addExact(extent, part.extent(a));
        }
        var y = NdArray.empty(first.dtype(), first.shape().with(a, extent));
        int outer = first.shape().product(0, a);
        int inner = first.shape().product(a + 1, first.rank());
        int at = 0;
        for (var part : parts) {
            int n = part.extent(a) * inner;
            for (int i = 0; i < outer; i++) {
                System.arraycopy(part.data(), i * n, y.data(), i * extent * inner + at, n);
            }
            at += n;
        }
        return y;
    }

    static NdArray indexSelect(NdArray x, int axis, NdArray index) {
        int a = x.shape().axis("indexSelect", axis);
        var rows = indices("indexSelect", index, x.extent(a));
        requireRankOne("indexSelect", index);
        var y = NdArray.empty(x.dtype(), x.shape().with(a, rows.length));
        int inner = x.shape().product(a + 1, x.rank());
        int outer = x.shape().product(0, a);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(x.data(), (o * x.extent(a) + rows[i]) * inner, y.data(), (o * rows.length + i) * inner, inner);
            }
        }
        return y;
    }

    /// Adds slice `i` of `x` to slice `index[i]` of zeros of the given extent, in increasing `i`: the derivative of [#indexSelect].
    static NdArray indexAdd(NdArray x, int axis, NdArray index, int extent) {
        int a = x.shape().axis("indexAdd", axis);
        var rows = indices("indexAdd", index, extent);
        requireRankOne("indexAdd", index);
        if (rows.length != x.extent(a)) {
            throw new IllegalArgumentException("indexAdd: " + rows.length + " indices for axis " + axis + " of " + x.shape() + "; give one a slice");
        }
        var y = NdArray.empty(x.dtype(), x.shape().with(a, extent));
        int inner = x.shape().product(a + 1, x.rank());
        int outer = x.shape().product(0, a);
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < rows.length; i++) {
                x.kernels().axpy(1, x.data(), (o * rows.length + i) * inner, y.data(), (o * extent + rows[i]) * inner, inner);
            }
        }
        return y;
    }

    /// `y[…, i, …] = x[…, index[…, i, …], …]` along `axis`; index and x agree on all other axes.
    static NdArray gather(NdArray x, int axis, NdArray index) {
        int a = x.shape().axis("gather", axis);
        requireGatherable("gather", x.shape(), a, index);
        var at = indices("gather", index, x.extent(a));
        var y = NdArray.empty(x.dtype(), index.shape());
        int inner = x.shape().product(a + 1, x.rank());
        int run = index.extent(a) * inner;
        for (int i = 0; i < at.length; i++) {
            System.arraycopy(x.data(), (i / run * x.extent(a) + at[i]) * inner + i % inner, y.data(), i, 1);
        }
        return y;
    }

    /// Adds each element of `x` at its index along `axis` of zeros of the given extent, in index order: the derivative of [#gather].
    static NdArray scatterAdd(NdArray x, int axis, NdArray index, int extent) {
        int a = x.shape().axis("scatterAdd", axis);
        requireGatherable("scatterAdd", x.shape(), a, index);
        var at = indices("scatterAdd", index, extent);
        var y = NdArray.empty(x.dtype(), x.shape().with(a, extent));
        int inner = x.shape().product(a + 1, x.rank());
        int run = index.extent(a) * inner;
        for (int i = 0; i < at.length; i++) {
            x.kernels().axpy(1, x.data(), i, y.data(), (i / run * extent + at[i]) * inner + i % inner, 1);
        }
        return y;
    }

    private static void requireGatherable(String name, Shape x, int axis, NdArray index) {
        if (index.rank() != x.rank() || !index.shape().with(axis, x.extent(axis)).equals(x)) {
            throw new IllegalArgumentException(name + ": index " + index.shape() + " and values " + x + " must agree on every axis but " + axis);
        }
    }

    private static void requireRankOne(String name, NdArray index) {
        if (index.rank() != 1) {
            throw new IllegalArgumentException(name + ": index has shape " + index.shape() + "; give one axis");
        }
    }

    private static int[] indices(String name, NdArray index, int extent) {
        if (index.dtype() != DType.I32) {
            throw new IllegalArgumentException(name + ": index is " + index.dtype() + "; use I32");
        }
        var i = index.ints();
        for (int j = 0; j < i.length; j++) {
            if (i[j] < 0 || i[j] >= extent) {
                throw new IllegalArgumentException(name + ": index " + i[j] + " at position " + j + " is not in 0 … " + (extent - 1));
            }
        }
        return i;
    }

    // y[yo + i] = x[xo + i·stride]
    private static void strided(Object x, int xo, int stride, Object y, int yo, int n) {
        if (stride == 1) {
            System.arraycopy(x, xo, y, yo, n);
            return;
        }
        switch (x) {
            case float[] from -> copy(from, xo, stride, (float[]) y, yo, n);
            case double[] from -> copy(from, xo, stride, (double[]) y, yo, n);
            case int[] from -> copy(from, xo, stride, (int[]) y, yo, n);
            case boolean[] from -> copy(from, xo, stride, (boolean[]) y, yo, n);
            default -> throw new AssertionError(Array.getLength(x));
        }
    }

    private static void copy(float[] x, int xo, int stride, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i * stride];
        }
    }

    private static void copy(double[] x, int xo, int stride, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i * stride];
        }
    }

    private static void copy(int[] x, int xo, int stride, int[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i * stride];
        }
    }

    private static void copy(boolean[] x, int xo, int stride, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i * stride];
        }
    }
}
