package keel.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Elements or slices at positions that have an index for each of the leading axes: `x[i, j]` and `x[i, j] = v`.
final class Positions {
    private Positions() {}

    /// `x` as rows `(places, rest)`, which rows are meant, and the shape of what is there.
    private record Rows(Tensor x, NdArray index, Shape shape) {}

    static Tensor index(Tensor x, NdArray... indices) {
        var rows = rows("index", x, indices);
        return rows.x.indexSelect(0, rows.index).reshape(rows.shape);
    }

    static Tensor indexPut(Tensor x, Tensor values, boolean accumulate, NdArray... indices) {
        var rows = rows("indexPut", x, indices);
        if (values.rank() > rows.shape.rank() || !Shape.broadcast("indexPut", values.shape(), rows.shape).equals(rows.shape)) {
            throw new IllegalArgumentException("indexPut: values " + values.shape() + " do not expand to " + rows.shape
                + ", what the indices choose of " + x.shape() + "; reshape them");
        }
        var v = values.expand(rows.shape).reshape(Shape.of(rows.index.size(), rows.x.extent(1)));
        var y = accumulate ? rows.x.indexAdd(0, rows.index, v) : rows.x.indexCopy(0, rows.index, v);
        return y.reshape(x.shape());
    }

    private static Rows rows(String name, Tensor x, NdArray... given) {
        var indices = integers(name, x, given);
        int axes = indices.size();
        if (axes == 0 || axes > x.rank()) {
            throw new IllegalArgumentException(name + ": " + axes + " indices for the axes of " + x.shape() + "; give 1 … "
                + x.rank());
        }
        var shape = Shape.of();
        for (var i : indices) {
            shape = Shape.broadcast(name, shape, i.shape());
        }
        var at = new int[shape.size()];
        for (int axis = 0; axis < axes; axis++) {
            int n = x.extent(axis);
            var i = indices.get(axis).expand(shape).ints();
            for (int k = 0; k < at.length; k++) {
                if (i[k] < -n || i[k] >= n) {
                    throw new IllegalArgumentException(name + ": index " + i[k] + " is not in axis " + axis + " of " + x.shape()
                        + (n == 0 ? ", which is empty" : "; give " + -n + " … " + (n - 1)));
                }
                at[k] = at[k] * n + (i[k] < 0 ? i[k] + n : i[k]);
            }
        }
        int places = x.shape().product(0, axes);
        for (int axis = axes; axis < x.rank(); axis++) {
            shape = shape.inserted(shape.rank(), x.extent(axis));
        }
        return new Rows(x.reshape(Shape.of(places, x.shape().product(axes, x.rank()))), NdArray.of(at), shape);
    }

    // A mask stands for the indices of its true elements, one for each of its axes.
    private static List<NdArray> integers(String name, Tensor x, NdArray... given) {
        var y = new ArrayList<NdArray>();
        for (var g : given) {
            if (g.dtype() == DType.BOOL) {
                requireFits(name, x, y.size(), g);
                var all = g.nonZero();
                for (int axis = 0; axis < g.rank(); axis++) {
                    y.add(all.slice(1, axis, axis + 1).reshape(all.extent(0)));
                }
            } else if (g.dtype() == DType.I32) {
                y.add(g);
            } else {
                throw new IllegalArgumentException(name + ": an index is " + g.dtype() + " " + g.shape()
                    + "; use I32, or a mask");
            }
        }
        return y;
    }

    private static void requireFits(String name, Tensor x, int axis, NdArray mask) {
        int to = axis + mask.rank();
        boolean fits = mask.rank() > 0 && to <= x.rank()
            && Arrays.equals(mask.shape().extents(), Arrays.copyOfRange(x.shape().extents(), axis, to));
        if (!fits) {
            throw new IllegalArgumentException(name + ": mask " + mask.shape() + " does not fit the axes of " + x.shape()
                + " from " + axis + " on; give one of their extents");
        }
    }
}
