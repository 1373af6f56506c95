package keel.array;

/// Triangular factors of one square matrix: Gauss' elimination with the largest pivot of each column, and Cholesky's.
final class Elimination {
    private Elimination() {}

    /// Turns a, (n, n) in rows, into L (below, its diagonal 1) and U with `P·A = L·U`; `rows[i]` is the row of A that came to
    /// row i. Returns the sign of that exchange of rows. A pivot of 0 stays; its column is left as it is.
    static int decompose(int n, double[] a, int... rows) {
        int sign = 1;
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        for (int j = 0; j < n; j++) {
            int best = j;
            for (int i = j + 1; i < n; i++) {
                best = Math.abs(a[i * n + j]) > Math.abs(a[best * n + j]) ? i : best;
            }
            if (best != j) {
                sign = -sign;
                int row = rows[j];
                rows[j] = rows[best];
                rows[best] = row;
                for (int c = 0; c < n; c++) {
                    double t = a[j * n + c];
                    a[j * n + c] = a[best * n + c];
                    a[best * n + c] = t;
                }
            }
            double pivot = a[j * n + j];
            for (int i = j + 1; i < n && pivot != 0; i++) {
                double factor = a[i * n + j] /= pivot;
                for (int c = j + 1; c < n; c++) {
                    a[i * n + c] -= factor * a[j * n + c];
                }
            }
        }
        return sign;
    }

    /// The first pivot that is 0, or −1.
    static int zeroPivot(int n, double... lu) {
        for (int i = 0; i < n; i++) {
            if (lu[i * n + i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /// Solves `A·x = b` for the decomposed A: b and x (n, k) in rows.
    static void solve(int n, int k, double[] lu, int[] rows, double[] b, double... x) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(b, rows[i] * k, x, i * k, k);
            for (int j = 0; j < i; j++) {
                subtract(k, x, i, lu[i * n + j], j);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                subtract(k, x, i, lu[i * n + j], j);
            }
            for (int c = 0; c < k; c++) {
                x[i * k + c] /= lu[i * n + i];
            }
        }
    }

    // Row i less a multiple of row j.
    private static void subtract(int k, double[] x, int i, double factor, int j) {
        for (int c = 0; c < k; c++) {
            x[i * k + c] -= factor * x[j * k + c];
        }
    }

    /// Turns the lower triangle of a symmetric a, (n, n) in rows, into L with `A = L·Lᵀ`, zeros above. Returns the first row
    /// whose pivot is not positive, or −1.
    static int cholesky(int n, double... a) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i * n + j];
                for (int p = 0; p < j; p++) {
                    sum -= a[i * n + p] * a[j * n + p];
                }
                if (i > j) {
                    a[i * n + j] = sum / a[j * n + j];
                } else if (sum > 0) {
                    a[i * n + i] = Math.sqrt(sum);
                } else {
                    return i;
                }
            }
            for (int j = i + 1; j < n; j++) {
                a[i * n + j] = 0;
            }
        }
        return -1;
    }
}
