package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.Arrays;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Parallel;

/// Softmax and layer normalization of whole rows.
final class Rows {
    private Rows() {}

    private static final int N = 100_000;
    /// Cost of an element in elements of a copy.
    private static final int COST = 8;

    /// What rows are made of and what comes of them.
    private record Data(float[] x, float[] dy, float[] y, float[] w, float[] b, float[] mean, float[] variance,
            float[] rstd) {
        static Data of(int rows, int n) {
            var rstd = new float[rows];
            Arrays.fill(rstd, 1);
            return new Data(normal(rows * n, 1), normal(rows * n, 2), new float[rows * n], normal(n, 3), normal(n, 4),
                new float[rows], new float[rows], rstd);
        }
    }

    /// One kernel over `rows` rows that start at row `from`.
    private interface Loop {
        void run(Data d, int n, int from, int rows);
    }

    static void fill(Shelf shelf) {
        var kernels = Backend.f32();
        for (int n : new int[] {10, 100, 1000}) {
            add(shelf, "softmax", n, 27, 2, (d, k, from, rows) -> kernels.softmax(false, d.x, from * k, d.y, from * k, rows, k));
        }
        add(shelf, "log softmax", 100, 27, 2,
            (d, k, from, rows) -> kernels.softmax(true, d.x, from * k, d.y, from * k, rows, k));
        add(shelf, "softmax grad", 100, 4, 3, (d, k, from, rows) ->
            kernels.softmaxGrad(false, d.x, from * k, d.dy, from * k, d.y, from * k, rows, k));
        for (int n : new int[] {100, 1000}) {
            add(shelf, "layer norm", n, 8, 2, (d, k, from, rows) ->
                kernels.normalizeRows(true, d.x, from * k, d.w, d.b, 1, 1, 1e-5, d.y, from * k, d.mean, d.variance, d.rstd, from, rows,
                    k));
            add(shelf, "layer norm grad", n, 13, 3, (d, k, from, rows) ->
                kernels.normalizeRowsGrad(true, d.x, from * k, d.w, 1, 1, d.mean, d.rstd, from, d.dy, from * k, d.y, from * k,
                    null, null, rows, k));
        }
    }

    private static void add(Shelf shelf, String name, int n, double flops, double moved, Loop loop) {
        int rows = N / n;
        var traffic = moved == 2 ? Traffic.COPY : Traffic.TRIAD;
        shelf.add(name + " " + rows + "x" + n, Cost.each(N, flops, moved, moved, traffic), () -> {
            var data = Data.of(rows, n);
            Parallel.RangeTask task = (from, to) -> loop.run(data, n, from, to - from);
            return split((long) N * COST, rows, 1, task);
        });
    }
}
