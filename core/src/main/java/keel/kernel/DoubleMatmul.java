// Generated from FloatMatmul.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import java.util.Arrays;

/// Matrix products of `double[]` in plain Java: the specification of [Kernels#matmul], and what runs where there is no SIMD.
///
/// `c[i, j]` is one chain: it starts at +0 and takes `c = fma(a[i, p], b[p, j], c)` for `p = 0, 1, … k − 1`. Nothing else is promised, and
/// nothing else may happen: whatever computes the same chains computes the same bits, in any order of `i` and `j`, in blocks of any size,
/// on any number of threads. (Which of several NaNs survives a chain is not part of the promise: the machine chooses.)
final class DoubleMatmul {
    private DoubleMatmul() {}

    /// Rows of the product below which a transposed `B` is read where it lies instead of being copied.
    private static final int FEW_ROWS = 4;

    /// `C (m, n) = op(A)·op(B)`, see [Kernels#matmul].
    static void matmul(Form form, int m, int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        Arrays.fill(c, co, co + m * n, (double) 0);
        if (form == Form.NT && m < FEW_ROWS) {
            for (int i = 0; i < m; i++) {
                dots(n, k, a, ao + i * k, b, bo, c, co + i * n);
            }
            return;
        }
        boolean flip = form == Form.NT;
        var rows = flip ? transposed(n, k, b, bo) : b; // (k, n)
        int ro = flip ? 0 : bo;
        int stepI = form == Form.TN ? 1 : k;
        int stepP = form == Form.TN ? m : 1;
        for (int i = 0; i < m; i++) {
            row(n, k, a, ao + i * stepI, stepP, rows, ro, c, co + i * n);
        }
    }

    /// One row of the product, four links of every chain per pass over it: `c (n) ← c + a (k)·b (k, n)`.
    private static void row(int n, int k, double[] a, int ao, int stepP, double[] b, int bo, double[] c, int co) {
        int p = 0;
        for (; p + 3 < k; p += 4) {
            int ap = ao + p * stepP;
            fourSteps(n, a[ap], a[ap + stepP], a[ap + 2 * stepP], a[ap + 3 * stepP], b, bo + p * n, c, co);
        }
        for (; p < k; p++) {
            oneStep(n, a[ao + p * stepP], b, bo + p * n, c, co);
        }
    }

    private static void fourSteps(int n, double a0, double a1, double a2, double a3, double[] b, int bo, double[] c, int co) {
        int b1 = bo + n;
        int b2 = b1 + n;
        int b3 = b2 + n;
        for (int j = 0; j < n; j++) {
            double s = Math.fma(a0, b[bo + j], c[co + j]);
            s = Math.fma(a1, b[b1 + j], s);
            s = Math.fma(a2, b[b2 + j], s);
            c[co + j] = Math.fma(a3, b[b3 + j], s);
        }
    }

    private static void oneStep(int n, double a, double[] b, int bo, double[] c, int co) {
        for (int j = 0; j < n; j++) {
            c[co + j] = Math.fma(a, b[bo + j], c[co + j]);
        }
    }

    /// `c (n) = a (k)·b (n, k)ᵀ`: four chains at a time hide the latency of each.
    private static void dots(int n, int k, double[] a, int ao, double[] b, int bo, double[] c, int co) {
        int j = 0;
        for (; j + 3 < n; j += 4) {
            int b0 = bo + j * k;
            int b1 = b0 + k;
            int b2 = b1 + k;
            int b3 = b2 + k;
            double s0 = (double) 0;
            double s1 = (double) 0;
            double s2 = (double) 0;
            double s3 = (double) 0;
            for (int p = 0; p < k; p++) {
                double x = a[ao + p];
                s0 = Math.fma(x, b[b0 + p], s0);
                s1 = Math.fma(x, b[b1 + p], s1);
                s2 = Math.fma(x, b[b2 + p], s2);
                s3 = Math.fma(x, b[b3 + p], s3);
            }
            c[co + j] = s0;
            c[co + j + 1] = s1;
            c[co + j + 2] = s2;
            c[co + j + 3] = s3;
        }
        for (; j < n; j++) {
            double s = (double) 0;
            for (int p = 0; p < k; p++) {
                s = Math.fma(a[ao + p], b[bo + j * k + p], s);
            }
            c[co + j] = s;
        }
    }

    /// A copy `(n, k) → (k, n)`.
    private static double[] transposed(int n, int k, double[] b, int bo) {
        var t = new double[n * k];
        for (int j = 0; j < n; j++) {
            for (int p = 0; p < k; p++) {
                t[p * n + j] = b[bo + j * k + p];
            }
        }
        return t;
    }
}
