package keel.autograd;

import java.util.Arrays;
import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;

/// Choosing and placing elements by order, index or mask, made of [Tensor#gather], [Tensor#indexSelect], [Tensor#scatter] and
/// [Tensor#where].
final class Choose {
    private Choose() {}

    static Indexed extreme(Tensor x, int axis, boolean largest, boolean keepAxis) {
        var at = largest ? x.value().argmax(axis) : x.value().argmin(axis);
        return Indexed.of(x, axis, x.rank() == 0 ? at : at.unsqueeze(axis), keepAxis);
    }

    static Indexed sort(Tensor x, int axis, boolean descending) {
        return Indexed.of(x, axis, x.value().argsort(axis, descending), true);
    }

    static Indexed topK(Tensor x, int k, int axis, boolean largest) {
        int n = x.rank() == 0 ? 1 : x.extent(axis);
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("topK: " + k + " elements of axis " + axis + " of " + x.shape() + "; give 0 … "
                + n);
        }
        if (k == 1 && largest) { // not the smallest: to argmin NaN is the first, in an order the last
            return extreme(x, axis, true, true);
        }
        return Indexed.of(x, axis, x.value().argsort(axis, largest, 0, x.rank() == 0 ? 1 : k), true);
    }

    static Indexed kthSmallest(Tensor x, int k, int axis, boolean keepAxis) {
        int n = x.rank() == 0 ? 1 : x.extent(axis);
        if (k < 1 || k > n) {
            throw new IllegalArgumentException("kthSmallest: " + k + " of axis " + axis + " of " + x.shape() + "; give 1 … " + n);
        }
        return Indexed.of(x, axis, x.value().argsort(axis, false, k - 1, k), keepAxis);
    }

    /// The lower middle; the first NaN where there is one. Sorted, NaN stand last: then the first of them is as far from the
    /// end as there are.
    static Indexed median(Tensor x, int axis, boolean keepAxis) {
        if (x.rank() == 0) {
            return kthSmallest(x, 1, axis, keepAxis);
        }
        int n = x.extent(axis);
        if (n == 0) {
            throw new IllegalArgumentException("median: axis " + axis + " of " + x.shape()
                + " has no elements; give at least one");
        }
        if (!x.value().hasNaN()) {
            return kthSmallest(x, (n + 1) / 2, axis, keepAxis);
        }
        var order = x.value().argsort(axis, false);
        var nans = x.value().nanMask().countNonZero(true, axis).ints();
        var at = NdArray.of(x.shape().reduced("median", axis),
            Arrays.stream(nans).map(c -> c == 0 ? (n - 1) / 2 : n - c).toArray());
        return Indexed.of(x, axis, order.gather(axis, at), keepAxis);
    }

    /// The value at rank `q·(n − 1)` of the sorted elements: one of them, or between two on a straight line; NaN where there is
    /// one.
    static Tensor quantile(Tensor x, double q, int axis, boolean keepAxis) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile: " + q + " is not in 0 … 1");
        }
        if (x.rank() == 0 && (axis == 0 || axis == -1)) {
            return quantile(x.unsqueeze(0), q, 0, false);
        }
        int n = x.extent(axis);
        if (n == 0) {
            throw new IllegalArgumentException("quantile: axis " + axis + " of " + x.shape()
                + " has no elements; give at least one");
        }
        double rank = q * (n - 1);
        int low = (int) Math.floor(rank);
        int many = rank == low ? 1 : 2; // the next one may be infinite, and 0·∞ is no number
        var y = Indexed.of(x, axis, x.value().argsort(axis, false, low, low + many), true).values();
        if (many == 2) y = y.slice(axis, 0, 1).lerp(y.slice(axis, 1, 2), rank - low);
        if (x.value().hasNaN()) {
            var nan = x.value().nanMask().any(true, axis);
            y = Tensor.where(nan, Tensor.scalar(x.dtype(), Double.NaN), y);
        }
        return keepAxis ? y : y.squeeze(axis);
    }

    /// Elements at flat positions; negative ones count from the end.
    static Tensor take(Tensor x, NdArray index) {
        return x.reshape(x.size()).indexSelect(0, fromEnd("take", index.reshape(index.size()), x.size())).reshape(index.shape());
    }

    private static NdArray fromEnd(String name, NdArray index, int n) {
        if (index.dtype() != DType.I32) {
            throw new IllegalArgumentException(name + ": index is " + index.dtype() + "; use I32");
        }
        var y = index.ints().clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += y[i] >> 31 & n;
        }
        return NdArray.of(index.shape(), y);
    }

    /// [Tensor#gather] with an index that broadcasts against x on the other axes.
    static Tensor takeAlong(Tensor x, int axis, NdArray index) {
        if (index.rank() != x.rank()) {
            throw new IllegalArgumentException("takeAlong: index " + index.shape() + " and values " + x.shape()
                + " differ in rank; unsqueeze one");
        }
        int a = x.shape().axis("takeAlong", axis);
        var shape = Shape.broadcast("takeAlong", x.shape().with(a, 1), index.shape().with(a, 1));
        var at = index.expand(shape.with(a, index.extent(a)));
        return x.expand(shape.with(a, x.extent(a))).gather(a, fromEnd("takeAlong", at, x.extent(a)));
    }

    static Tensor maskedSelect(Tensor x, NdArray mask) {
        var shape = Shape.broadcast("maskedSelect", x.shape(), mask.shape());
        return x.expand(shape).reshape(shape.size()).indexSelect(0, mask.expand(shape).positions());
    }

    /// Elements of `source`, in order, where the mask is true.
    static Tensor maskedScatter(Tensor x, NdArray mask, Tensor source) {
        var shape = Shape.broadcast("maskedScatter", x.shape(), mask.shape());
        var at = mask.expand(shape).positions();
        if (source.size() < at.size()) {
            throw new IllegalArgumentException("maskedScatter: " + source.size() + " values for " + at.size()
                + " places; give as many or more");
        }
        var values = source.reshape(source.size()).slice(0, 0, at.size());
        return x.expand(shape).reshape(shape.size()).scatter(0, at, values).reshape(shape);
    }

    static Tensor scatterAdd(Tensor x, int axis, NdArray index, Tensor source) {
        if (x.rank() == 0 && index.rank() == 0 && source.rank() == 0) {
            return scatterAdd(x.unsqueeze(0), axis, index.reshape(1), source.unsqueeze(0)).squeeze(0);
        }
        var y = leading(source, index.shape()).scatterAdd(axis, index, x.extent(axis));
        for (int i = 0; i < x.rank(); i++) {
            y = y.extent(i) == x.extent(i) ? y : y.embed(i, 0, x.extent(i));
        }
        return x.add(y);
    }

    static Tensor scatter(Tensor x, int axis, NdArray index, Tensor source) {
        var values = leading(source, index.shape());
        return Tensor.op(x.value().scatter(axis, index, values.value()), new Rearrangements.Scatter(x, axis, index, values));
    }

    // The leading elements of every axis, as many as the shape has.
    static Tensor leading(Tensor x, Shape shape) {
        if (x.rank() != shape.rank()) {
            throw new IllegalArgumentException("scatter: index " + shape + " and values " + x.shape()
                + " differ in rank; give each value an index");
        }
        var y = x;
        for (int i = 0; i < x.rank(); i++) {
            y = shape.extent(i) == y.extent(i) ? y : y.slice(i, 0, shape.extent(i));
        }
        return y;
    }

    static Tensor indexAdd(Tensor x, int axis, NdArray index, Tensor source) {
        int a = x.shape().axis("indexAdd", axis);
        requireSlices("indexAdd", x, a, index, source);
        return x.add(source.indexAdd(a, index, x.extent(a)));
    }

    static Tensor indexCopy(Tensor x, int axis, NdArray index, Tensor source) {
        int a = x.shape().axis("indexCopy", axis);
        requireSlices("indexCopy", x, a, index, source);
        var one = new int[x.rank()];
        Arrays.fill(one, 1);
        one[a] = index.size();
        return x.scatter(a, index.reshape(one).expand(source.shape()), source);
    }

    static Tensor indexFill(Tensor x, int axis, NdArray index, Tensor value) {
        if (x.rank() == 0 && (axis == 0 || axis == -1)) {
            return indexFill(x.unsqueeze(0), 0, index, value).squeeze(0);
        }
        int a = x.shape().axis("indexFill", axis);
        var ones = NdArray.full(x.dtype(), x.shape().with(a, index.size()), 1);
        var hit = ones.indexAdd(a, index.reshape(index.size()), x.extent(a)).ne(0);
        return Tensor.where(hit, value, x);
    }

    private static void requireSlices(String name, Tensor x, int axis, NdArray index, Tensor source) {
        if (source.rank() != x.rank() || !source.shape().with(axis, x.extent(axis)).equals(x.shape())
            || index.size() != source.extent(axis)) {
            throw new IllegalArgumentException(name + ": " + index.size() + " indices, source " + source.shape() + " and "
                + x.shape()
                + " do not fit; the source has a slice an index along axis " + axis + " and agrees on all others");
        }
    }

    /// `source` on a grid of x, x elsewhere.
    static Tensor put(String name, Tensor x, Grid grid, Tensor source) {
        if (!source.shape().equals(grid.shape())) {
            throw new IllegalArgumentException(name + ": source " + source.shape() + " does not fill " + grid.shape() + " of "
                + x.shape());
        }
        var hit = NdArray.full(x.dtype(), grid.shape(), 1).place(grid, x.shape()).ne(0);
        return Tensor.where(hit, source.place(grid, x.shape()), x);
    }
}
