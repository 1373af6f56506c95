package keel.array;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import keel.kernel.Backend;

/// Masks made of values, and what is asked of masks.
final class Masks {
    private Masks() {}

    static NdArray where(NdArray x, DoublePredicate p) {
        var y = new boolean[x.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = p.test(Elements.element(x, i));
        }
        return NdArray.of(x.shape(), y);
    }

    /// Truth tables of two masks.
    enum Logic { AND, OR, XOR }

    static NdArray logic(String name, Logic f, NdArray a, NdArray b) {
        requireMask(name, a);
        requireMask(name, b);
        var shape = Shape.broadcast(name, a.shape(), b.shape());
        var p = a.expand(shape).booleans();
        var q = b.expand(shape).booleans();
        var y = NdArray.empty(DType.BOOL, shape);
        switch (f) {
            case AND -> and(p, q, y.booleans());
            case OR -> or(p, q, y.booleans());
            case XOR -> xor(p, q, y.booleans());
        }
        return y;
    }

    private static void and(boolean[] p, boolean[] q, boolean... y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = p[i] & q[i];
        }
    }

    private static void or(boolean[] p, boolean[] q, boolean... y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = p[i] | q[i];
        }
    }

    private static void xor(boolean[] p, boolean[] q, boolean... y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = p[i] ^ q[i];
        }
    }

    static NdArray not(NdArray a) {
        requireMask("not", a);
        var y = NdArray.empty(DType.BOOL, a.shape());
        not(a.booleans(), y.booleans());
        return y;
    }

    private static void not(boolean[] p, boolean... y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = !p[i];
        }
    }

    /// How many elements are not 0 over the axes; NaN is not 0.
    static NdArray count(String name, NdArray x, boolean keepAxes, int... axes) {
        var kept = x.shape().reduced(name, axes);
        var y = new int[kept.size()];
        var mask = x.cast(DType.BOOL).booleans();
        var runs = Runs.of(x.shape(), kept);
        int n = runs.inner();
        boolean down = runs.innerStride(0) == 1;
        var k = Backend.f32();
        // rows that are counted into the same places lie one behind another, and are counted together
        for (int i = 0, last = 0; i < mask.length; i += last) {
            int to = runs.offset(0);
            for (last = 0; i + last < mask.length && runs.offset(0) == to && (down || last == 0); runs.next()) {
                last += n;
            }
            k.countTrue(mask, i, down ? last / n : n, down ? n : 1, y, to);
        }
        return NdArray.of(keepAxes ? kept : Reductions.drop(x.shape(), Reductions.flags(name, x.shape(), axes)), y);
    }

    /// Whether at least so many elements are not 0 over the axes.
    static NdArray reach(String name, NdArray x, int least, boolean keepAxes, int... axes) {
        var count = count(name, x, keepAxes, axes);
        var y = new boolean[count.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = count.ints()[i] >= least;
        }
        return NdArray.of(count.shape(), y);
    }

    /// Indices of the elements that are not 0, a row each: (n, rank).
    static NdArray nonZero(NdArray x) {
        var mask = x.cast(DType.BOOL).booleans();
        int rank = x.rank();
        var y = new int[mask.length * rank];
        int n = 0;
        for (int i = 0; i < mask.length; i++) {
            if (!mask[i]) {
                continue;
            }
            for (int axis = rank - 1, rest = i; axis >= 0; axis--) {
                y[n * rank + axis] = rest % x.extent(axis);
                rest /= x.extent(axis);
            }
            n++;
        }
        return NdArray.of(Shape.of(n, rank), Arrays.copyOf(y, n * rank));
    }

    /// Flat positions where a mask is true.
    static NdArray positions(NdArray mask) {
        requireMask("positions", mask);
        var y = new int[mask.size()];
        int n = 0;
        for (int i = 0; i < y.length; i++) {
            if (mask.booleans()[i]) {
                y[n++] = i;
            }
        }
        return NdArray.of(Arrays.copyOf(y, n));
    }

    /// Rows and columns of a triangle of an (m, n) matrix.
    static NdArray triangle(String name, int m, int n, int offset, boolean lower) {
        if (m < 0 || n < 0) {
            throw new IllegalArgumentException(name + ": a matrix of " + m + " rows and " + n + " columns; give 0 or more");
        }
        var keep = new boolean[Shape.of(m, n).size()];
        for (int i = 0; i < keep.length; i++) {
            long above = (long) (i % n) - i / n;
            keep[i] = lower ? above <= offset : above >= offset;
        }
        return nonZero(NdArray.of(Shape.of(m, n), keep)).transpose();
    }

    static void requireMask(String name, NdArray x) {
        if (x.dtype() != DType.BOOL) {
            throw new IllegalArgumentException(name + ": " + x.dtype() + " " + x.shape()
                + " is no mask; use a comparison, or cast(DType.BOOL)");
        }
    }
}
