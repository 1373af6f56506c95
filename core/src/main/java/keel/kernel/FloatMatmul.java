package keel.kernel;

import java.util.Arrays;

/// Matrix products of `float[]` in plain Java: the specification of [Kernels#matmul], and what runs where there is no SIMD.
/// `DoubleMatmul` is generated from this file.
///
/// `c[i, j]` is one chain: it starts at +0 and takes `c = fma(a[i, p], b[p, j], c)` for `p = 0, 1, … k − 1`. Nothing else is
/// promised, and nothing else may happen: whatever computes the same chains computes the same bits, in any order of `i` and `j`,
/// in blocks of any size, on any number of threads. (Which of several NaNs survives a chain is not part of the promise: the
/// machine chooses.)
final class FloatMatmul {
    private FloatMatmul() {}

    /// Rows and columns of the block of `B` that is in work: a quarter megabyte, which every second-level cache holds.
    private static final int BLOCK = 256;
    /// Rows of the product below which a transposed `B` is read where it lies instead of being copied.
    private static final int FEW_ROWS = 4;

    /// `C (m, n) = op(A)·op(B)`, see [Kernels#matmul].
    static void matmul(Form form, int m, int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        if (form == Form.NT && m < FEW_ROWS || k == 0) {
            for (int i = 0; i < m; i++) dots(n, k, a, ao + i * k, b, bo, c, co + i * n);
        } else {
            block(form, m, n, k, a, ao, form == Form.TN ? m : k, b, bo, form == Form.NT ? k : n, c, co, n);
        }
    }

    /// A product whose operands are parts of matrices with rows `la`, `lb` and `lc` apart; `k ≥ 1`.
    static void block(Form form, int m, int n, int k, float[] a, int ao, int la, float[] b, int bo, int lb,
            float[] c, int co, int lc) {
        int stepI = form == Form.TN ? 1 : la;
        int stepP = form == Form.TN ? la : 1;
        // C2 makes vector code of a loop only if all its arrays are indexed alike: so rows of B become arrays of their own.
        var rows = new float[Math.min(k, BLOCK)][Math.min(n, BLOCK)];
        var y = new float[Math.min(n, BLOCK)];
        for (int j = 0; j < n; j += BLOCK) {
            int width = Math.min(BLOCK, n - j);
            for (int p = 0; p < k; p += BLOCK) {
                int depth = Math.min(BLOCK, k - p);
                if (form == Form.NT) copyTransposed(b, bo + j * lb + p, lb, rows, depth, width);
                else copy(b, bo + p * lb + j, lb, rows, depth, width);
                for (int i = 0; i < m; i++) {
                    int from = co + i * lc + j;
                    for (int q = 0; q < width; q++) y[q] = p == 0 ? (float) 0 : c[from + q];
                    row(width, depth, a, ao + i * stepI + p * stepP, stepP, rows, y);
                    System.arraycopy(y, 0, c, from, width);
                }
            }
        }
    }

    /// `C = A (m, k)·B`, row `p` of `B` at `b[bo + at[p]]`, as [Kernels#correlate] reads it.
    static void matmulRows(int m, int n, int k, float[] a, int ao, float[] b, int bo, int[] at, float[] c, int co, int lc) {
        var rows = new float[Math.min(k, BLOCK)][Math.min(n, BLOCK)];
        var y = new float[Math.min(n, BLOCK)];
        for (int j = 0; j < n; j += BLOCK) {
            int width = Math.min(BLOCK, n - j);
            for (int i = 0; i < m; i++) Arrays.fill(c, co + i * lc + j, co + i * lc + j + width, (float) 0);
            for (int p = 0; p < k; p += BLOCK) {
                int depth = Math.min(BLOCK, k - p);
                for (int q = 0; q < depth; q++) System.arraycopy(b, bo + at[p + q] + j, rows[q], 0, width);
                for (int i = 0; i < m; i++) {
                    int from = co + i * lc + j;
                    System.arraycopy(c, from, y, 0, width);
                    row(width, depth, a, ao + i * k + p, 1, rows, y);
                    System.arraycopy(y, 0, c, from, width);
                }
            }
        }
    }

    /// `y (n) ← y + a (k)·rows (k, n)`, four links of every chain per pass over `y`.
    private static void row(int n, int k, float[] a, int ao, int step, float[][] rows, float[] y) {
        int p = 0;
        for (; p + 3 < k; p += 4) {
            int i = ao + p * step;
            fourSteps(n, a[i], a[i + step], a[i + 2 * step], a[i + 3 * step], rows[p], rows[p + 1], rows[p + 2], rows[p + 3], y);
        }
        for (; p < k; p++) oneStep(n, a[ao + p * step], rows[p], y);
    }

    private static void fourSteps(int n, float a0, float a1, float a2, float a3,
            float[] b0, float[] b1, float[] b2, float[] b3, float[] y) {
        for (int j = 0; j < n; j++) {
            y[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], y[j]))));
        }
    }

    private static void oneStep(int n, float a, float[] b, float[] y) {
        for (int j = 0; j < n; j++) y[j] = Math.fma(a, b[j], y[j]);
    }

    /// `c (n) = a (k)·b (n, k)ᵀ`: eight chains at a time, so that none waits for its own last link.
    static void dots(int n, int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        int j = 0;
        for (; j + 7 < n; j += 8) eightDots(k, a, ao, b, bo + j * k, c, co + j);
        for (; j < n; j++) {
            float s = (float) 0;
            for (int p = 0; p < k; p++) s = Math.fma(a[ao + p], b[bo + j * k + p], s);
            c[co + j] = s;
        }
    }

    private static void eightDots(int k, float[] a, int ao, float[] b, int bo, float[] c, int co) {
        float s0 = (float) 0;
        float s1 = (float) 0;
        float s2 = (float) 0;
        float s3 = (float) 0;
        float s4 = (float) 0;
        float s5 = (float) 0;
        float s6 = (float) 0;
        float s7 = (float) 0;
        for (int p = 0; p < k; p++) {
            float x = a[ao + p];
            int i = bo + p;
            s0 = Math.fma(x, b[i], s0);
            s1 = Math.fma(x, b[i + k], s1);
            s2 = Math.fma(x, b[i + 2 * k], s2);
            s3 = Math.fma(x, b[i + 3 * k], s3);
            s4 = Math.fma(x, b[i + 4 * k], s4);
            s5 = Math.fma(x, b[i + 5 * k], s5);
            s6 = Math.fma(x, b[i + 6 * k], s6);
            s7 = Math.fma(x, b[i + 7 * k], s7);
        }
        c[co] = s0;
        c[co + 1] = s1;
        c[co + 2] = s2;
        c[co + 3] = s3;
        c[co + 4] = s4;
        c[co + 5] = s5;
        c[co + 6] = s6;
        c[co + 7] = s7;
    }

    private static void copy(float[] b, int bo, int stride, float[][] rows, int depth, int width) {
        for (int p = 0; p < depth; p++) System.arraycopy(b, bo + p * stride, rows[p], 0, width);
    }

    private static void copyTransposed(float[] b, int bo, int stride, float[][] rows, int depth, int width) {
        for (int p = 0; p < depth; p++) {
            var row = rows[p];
            for (int j = 0; j < width; j++) row[j] = b[bo + j * stride + p];
        }
    }
}
