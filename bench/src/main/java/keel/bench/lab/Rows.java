package keel.bench.lab;

import keel.array.NdArray;

/// Whether the units of a layer differ: each row of a weight `(out, in)` is what one unit looks for.
final class Rows {
    // Float weights have seven digits: a pivot this much below the first is rounding.
    private static final double NEGLIGIBLE = 1e-6;

    private Rows() {}

    /// The largest difference of two rows in any one input; 0 if all units are copies of one.
    static double difference(NdArray weight) {
        double largest = 0;
        for (int j = 0; j < weight.extent(1); j++) {
            double low = weight.get(0, j);
            double high = low;
            for (int i = 1; i < weight.extent(0); i++) {
                low = Math.min(low, weight.get(i, j)); // NaN stays
                high = Math.max(high, weight.get(i, j));
            }
            largest = Math.max(largest, high - low);
        }
        return largest;
    }

    /// How many rows are independent, by elimination with complete pivoting; 0 if an element is not finite.
    static int rank(NdArray weight) {
        int m = weight.extent(0);
        int n = weight.extent(1);
        var a = weight.toDoubles();
        if (!weight.isFinite()) return 0;
        double first = 0;
        for (int rank = 0; rank < Math.min(m, n); rank++) {
            int pivot = largest(a, m, n, rank);
            double size = Math.abs(a[pivot]);
            if (rank == 0) first = size;
            if (size == 0 || size <= NEGLIGIBLE * first) return rank;
            swapRows(a, n, rank, pivot / n);
            swapColumns(a, m, n, rank, pivot % n);
            for (int i = rank + 1; i < m; i++) {
                double factor = a[i * n + rank] / a[rank * n + rank];
                for (int j = rank; j < n; j++) a[i * n + j] -= factor * a[rank * n + j];
            }
        }
        return Math.min(m, n);
    }

    private static int largest(double[] a, int m, int n, int from) {
        int at = from * n + from;
        for (int i = from; i < m; i++) {
            for (int j = from; j < n; j++) {
                if (Math.abs(a[i * n + j]) > Math.abs(a[at])) at = i * n + j;
            }
        }
        return at;
    }

    private static void swapRows(double[] a, int n, int i, int k) {
        for (int j = 0; j < n; j++) {
            double x = a[i * n + j];
            a[i * n + j] = a[k * n + j];
            a[k * n + j] = x;
        }
    }

    private static void swapColumns(double[] a, int m, int n, int j, int k) {
        for (int i = 0; i < m; i++) {
            double x = a[i * n + j];
            a[i * n + j] = a[i * n + k];
            a[i * n + k] = x;
        }
    }
}
