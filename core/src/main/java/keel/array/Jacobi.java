package keel.array;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The singular value decomposition of one matrix by rotations of its columns until all are orthogonal (Hestenes 1958; Demmel and
/// Veselić 1992): small singular values are as accurate, relatively, as the matrix defines them.
final class Jacobi {
    private Jacobi() {}

    private static final int MAX_SWEEPS = 60;
    /// A column shorter than this, beside elements around 1, is nothing: rotating it further would only turn denormal numbers.
    private static final double NOTHING = 0x1p-450;

    /// Factors of one matrix: u (m, k), s (k) decreasing, vT (k, n), all in rows; k = min(m, n).
    record Factors(double[] u, double[] s, double... vT) {}

    static Factors decompose(int m, int n, double... a) {
        int k = Math.min(m, n);
        for (double v : a) {
            if (!Double.isFinite(v)) { // nothing would converge
                var nan = new double[Math.max(m, n) * k];
                Arrays.fill(nan, Double.NaN);
                return new Factors(Arrays.copyOf(nan, m * k), Arrays.copyOf(nan, k), Arrays.copyOf(nan, k * n));
            }
        }
        if (m < n) {
            var y = tall(n, m, transposed(m, n, a));
            return signed(m, n, k, transposed(k, m, y.vT), y.s, transposed(n, k, y.u));
        }
        var y = tall(m, n, a);
        return signed(m, n, k, y.u, y.s, y.vT);
    }

    // m ≥ n: the columns of R are rotated, u = Q·those. Here matrices of columns: w[j] is column j.
    private static Factors tall(int m, int n, double... a) {
        double scale = Householder.scale(a);
        var r = a.clone();
        for (int i = 0; i < r.length; i++) {
            r[i] *= scale; // a power of two: squares neither overflow nor vanish
        }
        var q = new double[m * n];
        Householder.decompose(m, n, r, q);
        var w = new double[n][n];
        var v = new double[n][n];
        for (int j = 0; j < n; j++) {
            v[j][j] = 1;
            for (int i = 0; i < n; i++) {
                w[j][i] = r[i * n + j];
            }
        }
        for (int sweep = 0; rotate(n, w, v); sweep++) {
            if (sweep == MAX_SWEEPS) {
                throw new IllegalStateException("svd: a matrix of (" + m + ", " + n + ") did not converge in " + MAX_SWEEPS
                    + " sweeps; scale its rows or columns to a similar size");
            }
        }
        var norm = new double[n];
        for (int j = 0; j < n; j++) {
            norm[j] = Math.sqrt(dot(w[j], w[j]));
            norm[j] = norm[j] < NOTHING ? 0 : norm[j];
        }
        var order = IntStream.range(0, n).boxed().sorted(Comparator.comparing((Integer j) -> -norm[j])).toList();
        var left = new double[n][];
        var s = new double[n];
        var vT = new double[n * n];
        for (int j = 0; j < n; j++) {
            int from = order.get(j);
            s[j] = norm[from] / scale;
            left[j] = unit(w[from], norm[from], left, j);
            System.arraycopy(v[from], 0, vT, j * n, n);
        }
        var u = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < n; p++) {
                    sum += q[i * n + p] * left[j][p];
                }
                u[i * n + j] = sum;
            }
        }
        return new Factors(u, s, vT);
    }

    // One sweep over all pairs of columns; whether any had to be rotated.
    private static boolean rotate(int n, double[][] w, double[]... v) {
        boolean rotated = false;
        double small = n * 0x1p-52;
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                double a = dot(w[p], w[p]);
                double b = dot(w[q], w[q]);
                double c = dot(w[p], w[q]);
                if (Math.abs(c) <= small * Math.sqrt(a) * Math.sqrt(b) || Math.min(a, b) < NOTHING * NOTHING) {
                    continue;
                }
                rotated = true;
                double zeta = (b - a) / (2 * c);
                double tan = Math.copySign(1 / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta)), zeta);
                double cos = 1 / Math.sqrt(1 + tan * tan);
                turn(w[p], w[q], cos, cos * tan);
                turn(v[p], v[q], cos, cos * tan);
            }
        }
        return rotated;
    }

    private static void turn(double[] x, double[] y, double cos, double sin) {
        for (int i = 0; i < x.length; i++) {
            double t = x[i];
            x[i] = cos * t - sin * y[i];
            y[i] = sin * t + cos * y[i];
        }
    }

    private static double dot(double[] x, double... y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    // The column over its norm; where that is 0, some direction at right angles to those before.
    private static double[] unit(double[] column, double norm, double[][] before, int count) {
        int n = column.length;
        for (int axis = -1; axis < n; axis++) {
            var y = new double[n];
            if (axis < 0) {
                System.arraycopy(column, 0, y, 0, norm > 0 ? n : 0);
            } else {
                y[axis] = 1;
                for (int twice = 0; twice < 2; twice++) { // once is not enough to make it orthogonal in every digit
                    for (int j = 0; j < count; j++) {
                        double along = dot(y, before[j]);
                        for (int i = 0; i < n; i++) {
                            y[i] -= along * before[j][i];
                        }
                    }
                }
            }
            double length = Math.sqrt(dot(y, y));
            if (length > (axis < 0 ? 0 : 0.5 / Math.sqrt(n))) { // one of the axes is that far from any smaller space
                for (int i = 0; i < n; i++) {
                    y[i] /= length;
                }
                return y;
            }
        }
        throw new AssertionError("no direction left of " + n);
    }

    // The largest element of each left vector positive, the first of equals: the signs are a choice otherwise.
    private static Factors signed(int m, int n, int k, double[] u, double[] s, double... vT) {
        for (int j = 0; j < k; j++) {
            double largest = 0;
            for (int i = 0; i < m; i++) {
                largest = Math.abs(u[i * k + j]) > Math.abs(largest) ? u[i * k + j] : largest;
            }
            for (int i = 0; i < m && largest < 0; i++) {
                u[i * k + j] = -u[i * k + j];
            }
            for (int i = 0; i < n && largest < 0; i++) {
                vT[j * n + i] = -vT[j * n + i];
            }
        }
        return new Factors(u, s, vT);
    }

    private static double[] transposed(int m, int n, double... a) {
        var y = new double[a.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                y[j * m + i] = a[i * n + j];
            }
        }
        return y;
    }
}
