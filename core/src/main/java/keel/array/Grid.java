package keel.array;

import java.util.Arrays;

/// Which elements of a dense array an operation takes, as a regular grid: element `(i₀, i₁, …)` of `shape` is at `offset + Σ
/// iₖ·strides[k]` in the array's row-major order. Strides may be 0 (repeats an element) or negative (runs backward).
/// [NdArray#pick] copies a grid out, [NdArray#place] adds into one.
public record Grid(Shape shape, int offset, int... strides) {
    /// Everything, in order.
    private static Grid all(Shape x) {
        var strides = new int[x.rank()];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = x.product(i + 1, strides.length);
        }
        return new Grid(x, 0, strides);
    }

    /// The axes reversed; no axes means none.
    public static Grid flip(Shape x, int... axes) {
        if (x.rank() == 0 && axes.length > 0) {
            throw new IllegalArgumentException("flip: a single value has no axis " + axes[0] + "; unsqueeze it");
        }
        var flags = axes.length == 0 ? new boolean[x.rank()] : Reductions.flags("flip", x, axes);
        var all = all(x);
        int offset = 0;
        for (int i = 0; i < flags.length; i++) {
            if (flags[i]) {
                offset += Math.max(0, x.extent(i) - 1) * all.strides[i];
                all.strides[i] = -all.strides[i];
            }
        }
        return new Grid(x, offset, all.strides);
    }

    /// Elements `from, from + step, …` before `to` of an axis, `step` ≥ 1.
    public static Grid slice(Shape x, int axis, int from, int to, int step) {
        int a = x.axis("slice", axis);
        if (from < 0 || to < from || to > x.extent(a) || step < 1) {
            throw new IllegalArgumentException("slice: " + from + " … " + to + " by " + step + " is not in axis " + axis
                + " of " + x
                + "; give 0 ≤ from ≤ to ≤ " + x.extent(a) + " and a step of 1 or more");
        }
        var all = all(x);
        int offset = from * all.strides[a];
        all.strides[a] *= step;
        return new Grid(x.with(a, Math.ceilDiv(to - from, step)), offset, all.strides);
    }

    /// Elements whose indices on two axes differ by `offset` (second minus first), as a new last axis; the two axes go.
    public static Grid diagonal(Shape x, int offset, int first, int second) {
        int a = x.axis("diagonal", first);
        int b = x.axis("diagonal", second);
        if (a == b) {
            throw new IllegalArgumentException("diagonal: axis " + first + " of " + x + " is named twice; name two axes");
        }
        var all = all(x);
        int above = Math.clamp(offset, -x.extent(a), x.extent(b)); // beyond that there is nothing either
        int n = Math.min(x.extent(a) + Math.min(above, 0), x.extent(b) - Math.max(above, 0));
        int start = n <= 0 ? 0 : Math.max(-above, 0) * all.strides[a] + Math.max(above, 0) * all.strides[b];
        var strides = new int[x.rank() - 1];
        int k = 0;
        for (int i = 0; i < x.rank(); i++) {
            if (i != a && i != b) {
                strides[k++] = all.strides[i];
            }
        }
        strides[k] = all.strides[a] + all.strides[b];
        return new Grid(x.removed(Math.max(a, b)).removed(Math.min(a, b)).inserted(k, Math.max(0, n)), start, strides);
    }

    /// Windows of `size` elements along an axis, one every `step`; the elements of a window are a new last axis.
    public static Grid windows(Shape x, int axis, int size, int step) {
        int a = x.axis("windows", axis);
        if (size < 1 || size > x.extent(a) || step < 1) {
            throw new IllegalArgumentException("windows: " + size + " elements every " + step + " of axis " + axis + " of " + x
                + "; give a size of 1 … " + x.extent(a) + " and a step of 1 or more");
        }
        var all = all(x);
        var strides = Arrays.copyOf(all.strides, x.rank() + 1);
        strides[x.rank()] = all.strides[a];
        strides[a] *= step;
        return new Grid(x.with(a, (x.extent(a) - size) / step + 1).inserted(x.rank(), size), 0, strides);
    }

    /// Refuses a grid that reaches outside of an array of `size` elements.
    void requireWithin(String name, int size) {
        long low = offset;
        long high = offset;
        for (int i = 0; i < strides.length; i++) {
            long reach = (long) strides[i] * (shape.extent(i) - 1);
            low += Math.min(reach, 0);
            high += Math.max(reach, 0);
        }
        if (strides.length != shape.rank() || shape.size() > 0 && (low < 0 || high >= size)) {
            throw new IllegalArgumentException(name + ": a grid of shape " + shape + " from " + low + " to " + high
                + " does not lie in 0 … " + (size - 1)
                + "; make grids with Grid.slice, flip, diagonal or windows of the very shape");
        }
    }

    /// Calls `visitor` for all lines of each plane of the last two axes, in row-major order of [#shape()].
    void visit(Visitor visitor) {
        int rank = shape.rank();
        int n = rank == 0 ? 1 : shape.extent(rank - 1);
        int stride = rank == 0 ? 1 : strides[rank - 1];
        int lines = rank < 2 ? 1 : shape.extent(rank - 2);
        int apart = rank < 2 ? n * stride : strides[rank - 2];
        var index = new int[rank];
        int at = offset;
        for (int to = 0; to < shape.size(); to += lines * n) {
            visitor.run(lines, at, apart, stride, to, n);
            for (int axis = rank - 3; axis >= 0; axis--) {
                at += strides[axis];
                if (++index[axis] < shape.extent(axis)) {
                    break;
                }
                at -= strides[axis] * shape.extent(axis);
                index[axis] = 0;
            }
        }
    }

    /// Some lines, the first from `at` and each `apart` from the one before: `n` elements, `stride` apart, which are elements
    /// from `to` on of the grid, line by line.
    interface Visitor {
        void run(int lines, int at, int apart, int stride, int to, int n);
    }
}
