package keel.array;

import java.lang.reflect.Array;
import keel.kernel.Backend;

/// Where an index points to along one axis of an array that is no shorter than the index on any other axis: line by line of
/// the index (the longest runs over which it advances evenly), whose element `j` means element `base + index[start + j]·scale +
/// j·step`.
final class Targets {
    /// Elements of an array from which on it lies in memory more likely than in a cache: more plain loads than gathers wait for
    /// it at a time.
    private static final int FAR = 1 << 22;

    private final Shape shape; // of the index
    private final int[] index;
    private final int[] strides; // in the array, of the axes before the last; 0 for the one along which the index points
    private final int n;
    private final int scale;
    private final int step;

    private Targets(Shape shape, int[] index, int[] strides, int n, int scale, int step) {
        this.shape = shape;
        this.index = index;
        this.strides = strides;
        this.n = n;
        this.scale = scale;
        this.step = step;
    }

    static Targets of(String name, Shape x, int axis, NdArray index) {
        int rank = x.rank();
        boolean within = index.rank() == rank;
        int a = rank == 0 && (axis == 0 || axis == -1) ? 0 : x.axis(name, axis);
        for (int i = 0; within && i < rank; i++) {
            within = i == a || index.extent(i) <= x.extent(i);
        }
        if (!within) {
            throw new IllegalArgumentException(name + ": index " + index.shape() + " does not fit " + x
                + "; it needs as many axes, none longer but axis " + axis);
        }
        var at = Moves.indices(name, index, rank == 0 ? 1 : x.extent(a));
        int line = Math.max(0, rank - 1);
        while (line > 0 && index.extent(line) == 1) {
            line--;
        }
        int step = rank == 0 || line == a ? 0 : x.product(line + 1, rank);
        int n = rank == 0 ? 1 : index.extent(line);
        while (line > 0 && line != a && line - 1 != a && index.extent(line) == x.extent(line)) {
            n *= index.extent(--line);
        }
        var strides = new int[line];
        for (int i = 0; i < line; i++) {
            strides[i] = i == a ? 0 : x.product(i + 1, rank);
        }
        return new Targets(index.shape(), at, strides, n, rank == 0 ? 1 : x.product(a + 1, rank), step);
    }

    private interface Line {
        void run(int start, int base);
    }

    private void visit(Line line) {
        var at = new int[strides.length];
        for (int start = 0, base = 0; start < index.length; start += n) {
            line.run(start, base);
            for (int axis = at.length - 1; axis >= 0; axis--) {
                base += strides[axis];
                if (++at[axis] < shape.extent(axis)) {
                    break;
                }
                base -= at[axis] * strides[axis];
                at[axis] = 0;
            }
        }
    }

    /// The place that each element of the index means.
    int[] places() {
        var y = new int[index.length];
        visit((start, base) -> {
            for (int j = 0; j < n; j++) {
                y[start + j] = base + index[start + j] * scale + j * step;
            }
        });
        return y;
    }

    /// `y[i] = x[place of i]`
    void pick(Object x, Object y) {
        visit((start, base) -> pick(x, base, index, start, scale, step, y, start, n));
    }

    /// `y[yo + j] = x[xo + index[io + j]·scale + j·step]`, `j < n`.
    static void pick(Object x, int xo, int[] index, int io, int scale, int step, Object y, int yo, int n) {
        boolean dense = scale == 1 && step == 0;
        switch (x) {
            case float[] v when dense && v.length <= FAR -> Backend.f32().gather(v, xo, index, io, (float[]) y, yo, n);
            case double[] v when dense && v.length <= FAR -> Backend.f64().gather(v, xo, index, io, (double[]) y, yo, n);
            case float[] v -> pick(v, xo, index, io, scale, step, (float[]) y, yo, n);
            case double[] v -> pick(v, xo, index, io, scale, step, (double[]) y, yo, n);
            case int[] v -> pick(v, xo, index, io, scale, step, (int[]) y, yo, n);
            case boolean[] v -> pick(v, xo, index, io, scale, step, (boolean[]) y, yo, n);
            default -> throw new AssertionError(Array.getLength(x));
        }
    }

    private static void pick(float[] x, int xo, int[] index, int io, int scale, int step, float[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + index[io + j] * scale + j * step];
        }
    }

    private static void pick(double[] x, int xo, int[] index, int io, int scale, int step, double[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + index[io + j] * scale + j * step];
        }
    }

    private static void pick(int[] x, int xo, int[] index, int io, int scale, int step, int[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + index[io + j] * scale + j * step];
        }
    }

    private static void pick(boolean[] x, int xo, int[] index, int io, int scale, int step, boolean[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + index[io + j] * scale + j * step];
        }
    }

    /// `y[place of i] = x[i]`, in increasing `i`.
    void deal(Object x, Object y) {
        visit((start, base) -> {
            switch (x) {
                case float[] v -> deal(v, start, (float[]) y, base);
                case double[] v -> deal(v, start, (double[]) y, base);
                case int[] v -> deal(v, start, (int[]) y, base);
                case boolean[] v -> deal(v, start, (boolean[]) y, base);
                default -> throw new AssertionError(Array.getLength(x));
            }
        });
    }

    private void deal(float[] x, int xo, float[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + index[xo + j] * scale + j * step] = x[xo + j];
        }
    }

    private void deal(double[] x, int xo, double[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + index[xo + j] * scale + j * step] = x[xo + j];
        }
    }

    private void deal(int[] x, int xo, int[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + index[xo + j] * scale + j * step] = x[xo + j];
        }
    }

    private void deal(boolean[] x, int xo, boolean[] y, int yo) {
        for (int j = 0; j < n; j++) {
            y[yo + index[xo + j] * scale + j * step] = x[xo + j];
        }
    }

    /// `y[place of i] += x[i]`, in increasing `i`.
    void add(Object x, Object y) {
        visit((start, base) -> add(x, start, index, start, scale, step, y, base, n));
    }

    /// `y[yo + index[io + j]·scale + j·step] += x[xo + j]`, in increasing `j < n`.
    static void add(Object x, int xo, int[] index, int io, int scale, int step, Object y, int yo, int n) {
        if (x instanceof float[] v) {
            add(v, xo, index, io, scale, step, (float[]) y, yo, n);
        } else {
            add((double[]) x, xo, index, io, scale, step, (double[]) y, yo, n);
        }
    }

    private static void add(float[] x, int xo, int[] index, int io, int scale, int step, float[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + index[io + j] * scale + j * step] += x[xo + j];
        }
    }

    private static void add(double[] x, int xo, int[] index, int io, int scale, int step, double[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + index[io + j] * scale + j * step] += x[xo + j];
        }
    }
}
