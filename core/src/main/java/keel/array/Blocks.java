package keel.array;

import java.lang.reflect.Array;
import keel.kernel.Backend;

/// Copies between arrays of one type, whichever it is, a run of neighbours at a time. The type is asked for once, not for each
/// run, as [System#arraycopy] between arrays of unknown type has to.
final class Blocks {
    private Blocks() {}

    /// `y[yo + h·ly + i] = x[xo + h·lx + i]`, `h < lines`, `i < n`.
    static void copy(int lines, Object x, int xo, int lx, Object y, int yo, int ly, int n) {
        copy(lines, x, xo, lx, 1, y, yo, ly, n);
    }

    /// `y[yo + h·ly + i] = x[xo + h·lx + i·stride]`, `h < lines`, `i < n`; strides may be 0 or negative.
    static void copy(int lines, Object x, int xo, int lx, int stride, Object y, int yo, int ly, int n) {
        if (lines == 0 || n == 0) {
            return;
        }
        if (n == 1 && lines > 1 && ly == 1) { // one line of what lies lx apart
            copy(1, x, xo, lx, lx, y, yo, 1, lines);
            return;
        }
        if (n == 1 && lx == 1 && spread(x, xo, y, yo, ly, lines)) {
            return;
        }
        boolean dense = lx == n * stride && ly == n;
        int count = dense ? 1 : lines;
        int each = dense ? lines * n : n;
        switch (x) {
            case float[] v -> Backend.f32().copyLines(count, v, xo, lx, stride, (float[]) y, yo, ly, each);
            case double[] v -> Backend.f64().copyLines(count, v, xo, lx, stride, (double[]) y, yo, ly, each);
            default -> {
                for (int h = 0; h < count; h++) {
                    strided(x, xo + h * lx, stride, y, yo + h * ly, each);
                }
            }
        }
    }

    /// `y[yo + i·stride] = x[xo + i]`, `i < n`, of floats; false of others.
    private static boolean spread(Object x, int xo, Object y, int yo, int stride, int n) {
        switch (x) {
            case float[] v -> Backend.f32().spread(v, xo, (float[]) y, yo, stride, n);
            case double[] v -> Backend.f64().spread(v, xo, (double[]) y, yo, stride, n);
            default -> {
                return false;
            }
        }
        return true;
    }

    /// `y[yo + i·n + j] = x[xo + row[i]·n + j]`, `j < n`, for every row named.
    static void rows(Object x, int xo, int[] row, Object y, int yo, int n) {
        switch (x) {
            case float[] v -> Backend.f32().copyRows(v, xo, row, (float[]) y, yo, n);
            case double[] v -> Backend.f64().copyRows(v, xo, row, (double[]) y, yo, n);
            case int[] v -> copyRows(v, xo, row, (int[]) y, yo, n);
            case boolean[] v -> copyRows(v, xo, row, (boolean[]) y, yo, n);
            default -> throw new AssertionError(Array.getLength(x));
        }
    }

    private static void copyRows(int[] x, int xo, int[] row, int[] y, int yo, int n) {
        for (int i = 0; i < row.length; i++) {
            System.arraycopy(x, xo + row[i] * n, y, yo + i * n, n);
        }
    }

    private static void copyRows(boolean[] x, int xo, int[] row, boolean[] y, int yo, int n) {
        for (int i = 0; i < row.length; i++) {
            System.arraycopy(x, xo + row[i] * n, y, yo + i * n, n);
        }
    }

    /// `y[yo + i] = x[xo + place[i]]`, `i < n`, of places that lie close together.
    static void lookUp(Object x, int xo, int[] place, Object y, int yo, int n) {
        switch (x) {
            case float[] v -> Backend.f32().gather(v, xo, place, 0, (float[]) y, yo, n);
            case double[] v -> Backend.f64().gather(v, xo, place, 0, (double[]) y, yo, n);
            default -> Targets.pick(x, xo, place, 0, 1, 0, y, yo, n);
        }
    }

    /// `y[yo + j·ly + i] = x[xo + i·lx + j]`, `i < m`, `j < n`.
    static void turn(int m, int n, Object x, int xo, int lx, Object y, int yo, int ly) {
        switch (x) {
            case float[] v -> Backend.f32().transpose(m, n, v, xo, lx, (float[]) y, yo, ly);
            case double[] v -> Backend.f64().transpose(m, n, v, xo, lx, (double[]) y, yo, ly);
            default -> {
                for (int j = 0; j < n; j++) {
                    strided(x, xo + j, lx, y, yo + j * ly, m);
                }
            }
        }
    }

    // Integers and masks: `y[yo + i] = x[xo + i·stride]`, `i < n`.
    private static void strided(Object x, int xo, int stride, Object y, int yo, int n) {
        if (stride == 1) {
            System.arraycopy(x, xo, y, yo, n);
            return;
        }
        switch (x) {
            case int[] from -> copy(from, xo, stride, (int[]) y, yo, n);
            case boolean[] from -> copy(from, xo, stride, (boolean[]) y, yo, n);
            default -> throw new AssertionError(Array.getLength(x));
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
