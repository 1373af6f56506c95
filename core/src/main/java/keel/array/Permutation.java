package keel.array;

/// Axes in another order. Axes that are neighbours before and after are one; what then comes last is either a run of neighbours,
/// copied as lines of a block, or crosses the axis whose elements are neighbours in `x`: a transpose of both, tile by tile. Of
/// matrices too narrow for tiles elements are looked up, by a table that serves them all.
final class Permutation {
    private static final int NARROW = 16;
    private static final int TABLE = 1024;
    private static final int MANY = 4 * TABLE; // elements for which it pays to make a table
    private static final int FEW = 32; // elements of a matrix for which it pays to look them up

    private final int[] extents; // of y, merged
    private final int[] from; // strides in x
    private final int[] to; // strides in y
    private final int last;
    private final int side; // the axis that is copied together with the last
    private final Object x;
    private final Object y;
    private final int[] places; // in x, of what lies side by side in y; null where there is no table

    private Permutation(int count, int[] extents, int[] from, Object x, Object y) {
        this.extents = extents;
        this.from = from;
        this.x = x;
        this.y = y;
        last = count - 1;
        to = new int[count];
        for (int i = last, n = 1; i >= 0; i--) {
            to[i] = n;
            n *= extents[i];
        }
        int neighbours = last;
        while (from[neighbours] != 1) {
            neighbours--;
        }
        side = neighbours == last ? last - 1 : neighbours;
        int rows = extents[last];
        int columns = extents[side];
        boolean turns = from[last] != 1 && (long) rows * columns >= FEW && (long) to[0] * extents[0] >= MANY;
        places = turns && rows < NARROW && to[side] == rows ? table(rows, from[last], 1)
            : turns && columns < NARROW && rows >= NARROW ? table(1, 0, from[last]) : null;
    }

    // As many as are whole rows of y: place `j·rows + i` is `i·down + j·right` in x.
    private static int[] table(int rows, int down, int right) {
        var y = new int[TABLE / rows * rows];
        for (int k = 0; k < y.length; k++) {
            y[k] = k % rows * down + k / rows * right;
        }
        return y;
    }

    static NdArray of(NdArray x, int... order) {
        int rank = x.rank();
        if (order.length != rank) {
            throw new IllegalArgumentException("permute: " + order.length + " axes named for shape " + x.shape()
                + "; name all " + rank);
        }
        var extents = new int[rank];
        var merged = new int[rank];
        var strides = new int[rank];
        var seen = new boolean[rank];
        int count = 0;
        for (int i = 0; i < rank; i++) {
            int axis = x.shape().axis("permute", order[i]);
            if (seen[axis]) {
                throw new IllegalArgumentException("permute: axis " + order[i] + " of " + x.shape()
                    + " is named twice; name each once");
            }
            seen[axis] = true;
            int extent = x.extent(axis);
            extents[i] = extent;
            if (extent == 1) {
                continue;
            }
            int stride = x.shape().product(axis + 1, rank);
            if (count > 0 && strides[count - 1] == stride * extent) {
                merged[count - 1] *= extent;
            } else {
                merged[count++] = extent;
            }
            strides[count - 1] = stride;
        }
        var shape = Shape.of(extents);
        if (count < 2 || x.size() == 0) {
            return x.copy().reshape(shape);
        }
        var y = NdArray.empty(x.dtype(), shape);
        new Permutation(count, merged, strides, x.data(), y.data()).copy(0, 0, 0);
        return y;
    }

    private void copy(int axis, int xo, int yo) {
        if (axis == side) {
            copy(axis + 1, xo, yo);
        } else if (axis < last) {
            for (int i = 0; i < extents[axis]; i++) {
                copy(axis + 1, xo + i * from[axis], yo + i * to[axis]);
            }
        } else if (from[last] == 1) {
            Blocks.copy(extents[side], x, xo, from[side], y, yo, to[side], extents[last]);
        } else if (places == null) {
            Blocks.turn(extents[last], extents[side], x, xo, from[last], y, yo, to[side]);
        } else if (extents[last] < NARROW) {
            int n = extents[last] * extents[side];
            for (int i = 0; i < n; i += places.length) {
                lookUp(xo + i / extents[last], yo + i, n - i);
            }
        } else {
            for (int i = 0; i < extents[last]; i += places.length) {
                for (int j = 0; j < extents[side]; j++) {
                    lookUp(xo + i * from[last] + j, yo + j * to[side] + i, extents[last] - i);
                }
            }
        }
    }

    private void lookUp(int xo, int yo, int n) {
        Blocks.lookUp(x, xo, places, y, yo, Math.min(places.length, n));
    }
}
