package keel.array;

import java.util.Arrays;
import java.util.StringJoiner;

/// Extents of the axes of a dense row-major array, immutable. Rank 0 has one element.
public final class Shape {
    /// Most elements a shape can have: what one array holds on HotSpot.
    public static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        this.extents = extents;
        this.size = count(extents);
    }

    /// A shape with the given extents, each ≥ 0.
    ///
    /// @throws IllegalArgumentException if an extent is negative, or those other than 0 multiply to more than one array can hold
    public static Shape of(int... extents) { return new Shape(extents.clone()); }

    /// The shape that two operands broadcast to: axes are matched from the last; extents agree or one of them is 1.
    ///
    /// @throws IllegalArgumentException naming `operation` and both shapes if they do not fit
    public static Shape broadcast(String operation, Shape a, Shape b) {
        if (a.equals(b)) {
            return a;
        }
        int rank = Math.max(a.rank(), b.rank());
        var y = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int p = i <= a.rank() ? a.extents[a.rank() - i] : 1;
            int q = i <= b.rank() ? b.extents[b.rank() - i] : 1;
            if (p != q && p != 1 && q != 1) {
                throw new IllegalArgumentException(operation + ": shapes " + a + " and " + b + " do not broadcast, extents " + p
                    + " and " + q + " meet; reshape one so that matching axes are equal or 1");
            }
            y[rank - i] = p == 1 ? q : p;
        }
        return new Shape(y);
    }

    /// Number of axes.
    public int rank() { return extents.length; }

    /// Number of elements: the product of all extents.
    public int size() { return size; }

    /// Extent of an axis; negative axes count from the end.
    public int extent(int axis) { return extents[axis("extent", axis)]; }

    /// A copy of all extents.
    public int[] extents() { return extents.clone(); }

    /// The axis as an index `0 … rank−1`; negative axes count from the end.
    ///
    /// @throws IllegalArgumentException naming `operation` if there is no such axis
    public int axis(String operation, int axis) {
        if (axis < -extents.length || axis >= extents.length) {
            throw new IllegalArgumentException(operation + ": axis " + axis + " is not in shape " + this + "; use "
                + (extents.length == 0 ? "an array with axes" : -extents.length + " … " + (extents.length - 1)));
        }
        return axis < 0 ? axis + extents.length : axis;
    }

    /// This shape with one extent replaced.
    public Shape with(int axis, int extent) {
        var e = extents.clone();
        e[axis("with", axis)] = extent;
        return new Shape(e);
    }

    /// This shape with its last extents replaced.
    public Shape withLast(int... last) {
        if (last.length > rank()) {
            throw new IllegalArgumentException("withLast: " + last.length + " extents for shape " + this + "; give " + rank()
                + " or fewer");
        }
        var e = extents.clone();
        System.arraycopy(last, 0, e, e.length - last.length, last.length);
        return new Shape(e);
    }

    /// This shape with an axis put in before `axis` of `0 … rank`.
    public Shape inserted(int axis, int extent) {
        if (axis < 0 || axis > rank()) {
            throw new IllegalArgumentException("inserted: no place " + axis + " in shape " + this + "; use 0 … " + rank());
        }
        var e = new int[extents.length + 1];
        System.arraycopy(extents, 0, e, 0, axis);
        e[axis] = extent;
        System.arraycopy(extents, axis, e, axis + 1, extents.length - axis);
        return new Shape(e);
    }

    /// This shape without `axis`.
    public Shape removed(int axis) {
        int a = axis("removed", axis);
        var e = new int[extents.length - 1];
        System.arraycopy(extents, 0, e, 0, a);
        System.arraycopy(extents, a + 1, e, a, e.length - a);
        return new Shape(e);
    }

    /// This shape with the given axes made 1; no axes means all. Rank 0 lets the axes 0 and −1 pass.
    ///
    /// @throws IllegalArgumentException naming `operation` if there is no such axis or one is named twice
    public Shape reduced(String operation, int... axes) {
        var e = extents.clone();
        var flags = Reductions.flags(operation, this, axes);
        for (int i = 0; i < e.length; i++) {
            e[i] = flags[i] ? 1 : e[i];
        }
        return new Shape(e);
    }

    /// How many elements a reduction over the given axes takes together; no axes means all.
    public int countOver(String operation, int... axes) {
        return Reductions.count(operation, this, axes);
    }

    /// Product of the extents `from ≤ axis < to`; never overflows, since extents other than 0 multiply to what one array can
    /// hold.
    public int product(int from, int to) {
        if (from < 0 || to > rank()) {
            throw new IllegalArgumentException("product: axes " + from + " … " + to + " are not in shape " + this
                + "; use 0 … " + rank());
        }
        int n = 1;
        for (int i = from; i < to; i++) {
            n *= extents[i];
        }
        return n;
    }

    /// The first `count` axes.
    Shape leading(int count) {
        return new Shape(Arrays.copyOf(extents, count));
    }

    /// The last `count` axes.
    Shape trailing(int count) {
        return new Shape(Arrays.copyOfRange(extents, rank() - count, rank()));
    }

    private static int count(int[] extents) {
        long n = 1;
        boolean empty = false;
        for (int e : extents) {
            if (e < 0) {
                throw new IllegalArgumentException("shape: extent " + e + " in " + text(extents)
                    + " is negative; extents are 0 or more");
            }
            empty |= e == 0;
            n = Math.min(n * Math.max(e, 1), MAX_SIZE + 1L);
        }
        if (extents.length > MAX_RANK) {
            throw new IllegalArgumentException("shape: " + extents.length + " axes; merge some, at most " + MAX_RANK + " can be");
        }
        if (n > MAX_SIZE) { // also refused beside an extent 0: then the product of any of the extents fits an int
            throw new IllegalArgumentException("shape: " + text(extents) + (empty ? " would have, but for the 0," : " has")
                + " more than " + MAX_SIZE + " elements, the most one array can hold; split it");
        }
        return empty ? 0 : (int) n;
    }

    // As in PyTorch; more are a mistake.
    private static final int MAX_RANK = 64;

    @Override
    public boolean equals(Object o) { return o == this || o instanceof Shape s && Arrays.equals(extents, s.extents); }

    @Override
    public int hashCode() { return Arrays.hashCode(extents); }

    /// `(2, 3)`; `()` for rank 0, `(5)` for rank 1.
    @Override
    public String toString() { return text(extents); }

    private static String text(int[] extents) {
        var s = new StringJoiner(", ", "(", ")");
        for (int e : extents) {
            s.add(Integer.toString(e));
        }
        return s.toString();
    }
}
