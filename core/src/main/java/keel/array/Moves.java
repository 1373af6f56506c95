package keel.array;

import keel.kernel.Binary;

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
            throw new IllegalArgumentException("reshape: " + x + " with " + x.size()
                + " elements does not divide by the given extents' product " + known + "; give extents whose product does");
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
            throw new IllegalArgumentException("expand: " + x.shape() + " does not expand to " + shape
                + "; only axes of extent 1 grow");
        }
        var y = NdArray.empty(x.dtype(), shape);
        if (y.size() == 0) {
            return y;
        }
        var runs = Runs.of(shape, x.shape());
        int n = runs.inner();
        for (int r = 0, lines; r < runs.count(); r += lines, runs.next(lines)) {
            lines = runs.left();
            Blocks.copy(lines, x.data(), runs.offset(0), runs.outerStride(0), runs.innerStride(0), y.data(), r * n, n, n);
        }
        return y;
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
        int lines = n == 0 ? 0 : y.size() / n;
        Blocks.copy(lines, x.data(), from * inner, x.extent(a) * inner, y.data(), 0, n, n);
        return y;
    }

    /// The reverse of [#slice]: `x` at `from` of an axis of the given extent, zeros around it.
    static NdArray embed(NdArray x, int axis, int from, int extent) {
        int a = x.shape().axis("embed", axis);
        if (from < 0 || extent < 0 || from > extent - x.extent(a)) {
            throw new IllegalArgumentException("embed: axis " + axis + " of " + x.shape() + " does not fit at " + from
                + " into extent " + extent + "; give 0 ≤ from ≤ extent − " + x.extent(a));
        }
        var shape = x.shape().with(a, extent);
        int inner = x.shape().product(a + 1, x.rank());
        int n = x.extent(a) * inner;
        if (n > 0 && n == x.size() && x.dtype().isFloat()) return between(shape, from * inner, x);
        var y = NdArray.zeros(x.dtype(), shape);
        Blocks.copy(n == 0 ? 0 : x.size() / n, x.data(), 0, n, y.data(), from * inner, extent * inner, n);
        return y;
    }

    // In one piece: zeros before it and behind it only.
    private static NdArray between(Shape shape, int from, NdArray x) {
        var y = NdArray.empty(x.dtype(), shape);
        var k = x.kernels();
        int end = from + x.size();
        k.fill(y.data(), 0, from, 0);
        k.copyStrided(x.data(), 0, 1, y.data(), from, x.size());
        k.fill(y.data(), end, y.size() - end, 0);
        return y;
    }

    /// `y[…, from + i, …] += x[…, i, …]`
    static void addSlice(NdArray y, int axis, int from, NdArray x) {
        Elementwise.requireSame("addSliceInPlace", y, x);
        int a = y.shape().axis("addSliceInPlace", axis);
        int extent = y.extent(a);
        boolean fits = x.rank() == y.rank() && x.shape().with(a, extent).equals(y.shape());
        if (!fits || from < 0 || from > extent - x.extent(a)) {
            throw new IllegalArgumentException("addSliceInPlace: " + x.shape() + " at " + from + " of axis " + axis
                + " does not fit into " + y.shape() + "; give 0 ≤ from, and a part of that axis");
        }
        int inner = y.shape().product(a + 1, y.rank());
        int n = x.extent(a) * inner;
        var k = y.kernels();
        for (int i = 0; n > 0 && i < x.size() / n; i++) {
            int at = (i * extent + from) * inner;
            k.binary(Binary.ADD, 0, y.data(), at, x.data(), i * n, y.data(), at, n);
        }
    }

    static NdArray concat(int axis, NdArray... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat: nothing to join; give at least one array");
        }
        var first = parts[0];
        int a = first.shape().axis("concat", axis);
        long extent = 0;
        for (var part : parts) {
            if (part.dtype() != first.dtype() || part.rank() != first.rank()
                || !part.shape().with(a, first.extent(a)).equals(first.shape())) {
                throw new IllegalArgumentException("concat: " + part.dtype() + " " + part.shape()
                    + " does not join " + first.dtype() + " "
                    + first.shape() + " along axis " + axis + "; all other axes and the type must agree");
            }
            extent += part.extent(a);
        }
        int joined = (int) Math.min(extent, Integer.MAX_VALUE); // refused by the shape
        var y = NdArray.empty(first.dtype(), first.shape().with(a, joined));
        int outer = first.shape().product(0, a);
        int inner = first.shape().product(a + 1, first.rank());
        int at = 0;
        for (var part : parts) {
            int n = part.extent(a) * inner;
            Blocks.copy(outer, part.data(), 0, n, y.data(), at, joined * inner, n);
            at += n;
        }
        return y;
    }

    static NdArray indexSelect(NdArray x, int axis, NdArray index) {
        int a = x.shape().axis("indexSelect", axis);
        requireRankOne("indexSelect", index);
        var rows = indices("indexSelect", index, x.extent(a));
        var y = NdArray.empty(x.dtype(), x.shape().with(a, rows.length));
        int inner = x.shape().product(a + 1, x.rank());
        int outer = x.shape().product(0, a);
        if (inner == 1) {
            for (int o = 0; o < outer; o++) {
                Targets.pick(x.data(), o * x.extent(a), rows, 0, 1, 0, y.data(), o * rows.length, rows.length);
            }
            return y;
        }
        for (int o = 0; o < outer; o++) {
            Blocks.rows(x.data(), o * x.extent(a) * inner, rows, y.data(), o * rows.length * inner, inner);
        }
        return y;
    }

    /// Adds slice `i` of `x` to slice `index[i]` of zeros of the given extent, in increasing `i`: the derivative of
    /// [#indexSelect].
    static NdArray indexAdd(NdArray x, int axis, NdArray index, int extent) {
        int a = x.shape().axis("indexAdd", axis);
        requireRankOne("indexAdd", index);
        var rows = indices("indexAdd", index, extent);
        if (rows.length != x.extent(a)) {
            throw new IllegalArgumentException("indexAdd: " + rows.length + " indices for axis " + axis + " of " + x.shape()
                + "; give one a slice");
        }
        var y = NdArray.zeros(x.dtype(), x.shape().with(a, extent));
        int inner = x.shape().product(a + 1, x.rank());
        int outer = x.shape().product(0, a);
        for (int o = 0; o < outer; o++) {
            if (inner == 1) {
                Targets.add(x.data(), o * rows.length, rows, 0, 1, 0, y.data(), o * extent, rows.length);
            }
            for (int i = 0; inner != 1 && i < rows.length; i++) {
                x.kernels().axpy(1, x.data(), (o * rows.length + i) * inner, y.data(), (o * extent + rows[i]) * inner, inner);
            }
        }
        return y;
    }

    /// `y[…, i, …] = x[…, index[…, i, …], …]` along `axis`; index and x agree on all other axes.
    static NdArray gather(NdArray x, int axis, NdArray index) {
        int a = x.shape().axis("gather", axis);
        var y = NdArray.empty(x.dtype(), index.shape());
        Targets.of("gather", x.shape(), a, index).pick(x.data(), y.data());
        return y;
    }

    /// Adds each element of `x` at its index along `axis` of zeros of the given extent, in index order: the derivative of
    /// [#gather].
    static NdArray scatterAdd(NdArray x, int axis, NdArray index, int extent) {
        int a = x.shape().axis("scatterAdd", axis);
        if (!index.shape().equals(x.shape())) {
            throw new IllegalArgumentException("scatterAdd: index " + index.shape() + " does not fit " + x.shape()
                + "; give one for each element");
        }
        var y = NdArray.zeros(x.dtype(), x.shape().with(a, extent));
        Targets.of("scatterAdd", y.shape(), a, index).add(x.data(), y.data());
        return y;
    }

    static NdArray oneHot(DType dtype, NdArray labels, int classes) {
        var l = indices("oneHot", labels, classes);
        var y = NdArray.zeros(dtype, labels.shape().inserted(labels.rank(), classes));
        for (int i = 0; i < l.length; i++) {
            Elements.set(y, i * classes + l[i], 1);
        }
        return y;
    }

    /// A copy of `x` with elements of `source` at their indices along `axis`; the last of several counts.
    static NdArray scatter(NdArray x, int axis, NdArray index, NdArray source) {
        if (!source.shape().equals(index.shape()) || source.dtype() != x.dtype()) {
            throw new IllegalArgumentException("scatter: index " + index.shape() + " and values " + source.dtype() + " "
                + source.shape()
                + " do not fit " + x.dtype() + " " + x.shape() + "; give each value an index, and the type of x");
        }
        var to = Targets.of("scatter", x.shape(), axis, index);
        var y = x.copy();
        to.deal(source.data(), y.data());
        return y;
    }

    static NdArray pick(NdArray x, Grid grid) {
        grid.requireWithin("pick", x.size());
        var y = NdArray.empty(x.dtype(), grid.shape());
        grid.visit((lines, at, apart, stride, to, n) -> Blocks.copy(lines, x.data(), at, apart, stride, y.data(), to, n, n));
        return y;
    }

    /// Adds `x` to zeros at the places of a grid, in order.
    static NdArray place(NdArray x, Grid grid, Shape shape) {
        if (!x.shape().equals(grid.shape())) {
            throw new IllegalArgumentException("place: " + x.shape() + " does not fill the grid " + grid.shape()
                + "; their shapes must agree");
        }
        grid.requireWithin("place", shape.size());
        var y = new double[shape.size()];
        var v = x.toDoubles();
        grid.visit((lines, at, apart, stride, to, n) -> {
            for (int h = 0; h < lines; h++) {
                add(v, to + h * n, y, at + h * apart, stride, n);
            }
        });
        return NdArray.rounded(x.dtype(), shape, y);
    }

    private static void add(double[] x, int xo, double[] y, int yo, int stride, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i * stride] += x[xo + i];
        }
    }

    /// Elements moved on along an axis by `0 ≤ by ≤` its extent, those behind its end to its front.
    static NdArray roll(NdArray x, int axis, int by) {
        int a = x.shape().axis("roll", axis);
        if (by < 0 || by > x.extent(a)) {
            throw new IllegalArgumentException("roll: by " + by + " along axis " + axis + " of " + x.shape() + "; give 0 … "
                + x.extent(a));
        }
        var y = NdArray.empty(x.dtype(), x.shape());
        int inner = x.shape().product(a + 1, x.rank());
        int n = x.extent(a) * inner;
        int front = by * inner;
        int lines = n == 0 ? 0 : x.size() / n;
        Blocks.copy(lines, x.data(), n - front, n, y.data(), 0, n, front);
        Blocks.copy(lines, x.data(), 0, n, y.data(), front, n, n - front);
        return y;
    }

    private static void requireRankOne(String name, NdArray index) {
        if (index.rank() != 1) {
            throw new IllegalArgumentException(name + ": index has shape " + index.shape() + "; flatten it to one axis");
        }
    }

    static int[] indices(String name, NdArray index, int extent) {
        if (index.dtype() != DType.I32) {
            throw new IllegalArgumentException(name + ": the index is " + index.dtype() + " " + index.shape()
                + "; cast it to I32");
        }
        var i = index.ints();
        for (int j = outside(i, extent) ? 0 : i.length; j < i.length; j++) {
            if (i[j] < 0 || i[j] >= extent) {
                throw new IllegalArgumentException(name + ": index " + i[j] + " at position " + j + (extent <= 0
                    ? " has nothing to point to: the axis has extent " + extent : " is not in 0 … " + (extent - 1)));
            }
        }
        return i;
    }

    // By their signs, without a branch for each.
    private static boolean outside(int[] index, int extent) {
        int signs = 0;
        for (int i : index) {
            signs |= i | extent - 1 - i;
        }
        return signs < 0;
    }
}
