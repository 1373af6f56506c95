package keel.array;

import java.util.Arrays;

/// Orders along an axis. NaN counts as larger than everything, −0 as equal to 0, and equals keep their order.
final class Sorting {
    private Sorting() {}

    /// Indices that sort each line.
    static NdArray argsort(NdArray x, int axis, boolean descending) {
        x.requireFloat("argsort");
        var lines = Lines.of("argsort", x.shape(), axis);
        var v = x.toDoubles();
        var y = new int[v.length];
        var line = new double[lines.n()];
        var order = new int[lines.n()];
        var spare = new int[lines.n()];
        for (int i = 0; i < lines.count(); i++) {
            int start = lines.start(i);
            for (int j = 0; j < lines.n(); j++) {
                line[j] = v[start + j * lines.stride()];
                order[j] = j;
            }
            sort(line, order, spare, 0, lines.n(), descending);
            for (int j = 0; j < lines.n(); j++) {
                y[start + j * lines.stride()] = order[j];
            }
        }
        return NdArray.of(x.shape(), y);
    }

    // Merge sort of the indices from … to−1.
    private static void sort(double[] v, int[] order, int[] spare, int from, int to, boolean descending) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(v, order, spare, from, middle, descending);
        sort(v, order, spare, middle, to, descending);
        System.arraycopy(order, from, spare, from, to - from);
        for (int i = from, a = from, b = middle; i < to; i++) {
            boolean second = a == middle || b < to && before(v[spare[b]], v[spare[a]], descending);
            order[i] = spare[second ? b++ : a++];
        }
    }

    private static boolean before(double a, double b, boolean descending) {
        return descending ? less(b, a) : less(a, b);
    }

    private static boolean less(double a, double b) {
        return a < b || Double.isNaN(b) && !Double.isNaN(a);
    }

    /// Distinct values in increasing order with what they came from.
    static NdArray.Unique unique(NdArray x) {
        var flat = x.reshape(Shape.of(x.size()));
        var order = argsort(flat, 0, false).ints();
        var v = x.toDoubles();
        var values = new int[v.length];
        var inverse = new int[v.length];
        var counts = new int[v.length];
        int n = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == 0 || v[order[i]] != v[order[i - 1]]) { // every NaN is distinct
                values[n++] = order[i];
            }
            inverse[order[i]] = n - 1;
            counts[n - 1]++;
        }
        return new NdArray.Unique(flat.indexSelect(0, NdArray.of(Arrays.copyOf(values, n))), NdArray.of(x.shape(), inverse),
            NdArray.of(Arrays.copyOf(counts, n)));
    }
}
