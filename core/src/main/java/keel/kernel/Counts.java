package keel.kernel;

/// How many elements of masks are true.
final class Counts {
    private Counts() {}

    /// Of `n`.
    static int count(boolean[] x, int xo, int n) {
        int count = 0;
        for (int i = 0; i < n; i++) count += x[xo + i] ? 1 : 0;
        return count;
    }

    /// `y[yo + j] +=` how many of column `j` of `x (n, inner)`.
    static void countColumns(boolean[] x, int xo, int n, int inner, int[] y, int yo) {
        for (int i = xo; i < xo + n * inner; i += inner) {
            for (int j = 0; j < inner; j++) y[yo + j] += x[i + j] ? 1 : 0;
        }
    }
}
