package keel.tests.array;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import keel.array.DType;
import keel.array.NdArray;

/// The oracle: an array as a function of its index, computed in double, one element at a time. Nothing is shared with the library
/// but the array it reads.
record Naive(int[] extents, double... values) {
    static Naive of(NdArray x) {
        return new Naive(x.shape().extents(), x.toDoubles());
    }

    /// The array whose element at each index is `f(index)`.
    static Naive build(int[] extents, ToDoubleFunction<int[]> f) {
        var y = new double[size(extents)];
        var index = new int[extents.length];
        for (int i = 0; i < y.length; i++) {
            int rest = i;
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                index[axis] = rest % extents[axis];
                rest /= extents[axis];
            }
            y[i] = f.applyAsDouble(index.clone());
        }
        return new Naive(extents, y);
    }

    static int size(int... extents) {
        return Arrays.stream(extents).reduce(1, Math::multiplyExact);
    }

    int rank() {
        return extents.length;
    }

    /// The element at an index of a shape that this broadcasts to: axes are matched from the last, extents of 1 repeat.
    double at(int... index) {
        int flat = 0;
        for (int axis = 0; axis < extents.length; axis++) {
            int i = index[index.length - extents.length + axis];
            flat = flat * extents[axis] + (extents[axis] == 1 ? 0 : i);
        }
        return values[flat];
    }

    Naive map(DoubleUnaryOperator f) {
        return new Naive(extents, Arrays.stream(values).map(f).toArray());
    }

    /// Elementwise over the common shape.
    Naive zip(Naive b, DoubleBinaryOperator f) {
        return build(common(extents, b.extents), i -> f.applyAsDouble(at(i), b.at(i)));
    }

    static int[] common(int[] a, int[] b) {
        var y = new int[Math.max(a.length, b.length)];
        for (int i = 1; i <= y.length; i++) {
            int p = i <= a.length ? a[a.length - i] : 1;
            int q = i <= b.length ? b[b.length - i] : 1;
            y[y.length - i] = p == 1 ? q : p;
        }
        return y;
    }

    /// Folds the elements along the axes (none: all) in index order; extents of 1 stay where `keep`.
    Naive reduce(boolean keep, int[] axes, double start, DoubleBinaryOperator f) {
        var reduced = new boolean[rank()];
        Arrays.fill(reduced, axes.length == 0);
        for (int axis : axes) {
            reduced[Math.floorMod(axis, rank())] = true;
        }
        var kept = extents.clone();
        for (int axis = 0; axis < kept.length; axis++) {
            kept[axis] = reduced[axis] ? 1 : kept[axis];
        }
        var y = new double[size(kept)];
        Arrays.fill(y, start);
        var positions = build(kept, i -> 0); // only its shape is used, to find where an element goes
        build(extents, i -> {
            int at = positions.flat(i);
            y[at] = f.applyAsDouble(y[at], at(i));
            return 0;
        });
        var shape = kept;
        if (!keep) {
            int n = 0;
            shape = new int[kept.length];
            for (int axis = 0; axis < kept.length; axis++) {
                if (!reduced[axis]) {
                    shape[n++] = kept[axis];
                }
            }
            shape = Arrays.copyOf(shape, n);
        }
        return new Naive(shape, y);
    }

    private int flat(int... index) {
        int flat = 0;
        for (int axis = 0; axis < extents.length; axis++) {
            flat = flat * extents[axis] + (extents[axis] == 1 ? 0 : index[axis]);
        }
        return flat;
    }

    /// Fails unless `got` has this shape and every element is equal (NaN to NaN) or within `absolute + relative·|expected|`; with
    /// both 0, equal to the bit, −0 apart from +0. In F32 the expected value is rounded first.
    void assertMatches(String what, NdArray got, double relative, double absolute) {
        if (!Arrays.equals(extents, got.shape().extents())) {
            fail(what + ": shape " + got.shape() + ", expected " + Arrays.toString(extents));
        }
        var g = got.toDoubles();
        for (int i = 0; i < g.length; i++) {
            double e = got.dtype() == DType.F32 ? (float) values[i] : values[i];
            boolean same = Double.compare(e, g[i]) == 0;
            boolean close = relative + absolute > 0 && (e == g[i] || Double.isFinite(e)
                && Math.abs(e - g[i]) <= absolute + relative * Math.abs(e));
            if (!same && !close) {
                fail(what + ": element " + i + " of " + got.dtype() + " " + got.shape() + " is " + g[i] + ", expected " + e);
            }
        }
    }

    /// [#assertMatches(String, NdArray, double, double)] to the bit.
    void assertIs(String what, NdArray got) {
        assertMatches(what, got, 0, 0);
    }
}
