package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.Arrays;
import java.util.stream.IntStream;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Kernels;

/// Normalization by the statistics of rows, of groups of eight channels and of channels, with weight and bias.
final class Norms {
    private Norms() {}

    private static final int GROUP = 8;
    private static final double EPS = 1e-5;
    /// Cost of an element in elements of a copy.
    private static final int COST = 4;
    private static final Kernels<float[]> K = Backend.f32();

    /// What is normalized and what comes of it; statistics and sums have room for all that may be wanted.
    private record Data(float[] x, float[] dy, float[] y, float[] w, float[] b, float[] mean, float[] variance, float[] rstd,
            float[] sums, float[] slopes) {
        static Data of(int n) {
            var rstd = new float[n];
            Arrays.fill(rstd, 1);
            return new Data(normal(n, 1), normal(n, 2), new float[n], normal(n, 3), normal(n, 4), new float[n], new float[n],
                rstd, new float[n], new float[n]);
        }
    }

    /// One kernel over units `from … to − 1` of what can be split.
    private interface Loop {
        void run(Data d, int from, int to);
    }

    static void fill(Shelf shelf) {
        for (int[] s : new int[][] {{10, 100}, {1000, 100}, {100, 1000}}) {
            rows(shelf, "layer norm", true, s[0], s[1]);
            rows(shelf, "rms norm", false, s[0], s[1]);
        }
        for (int[] s : new int[][] {{4, 16, 16}, {16, 64, 100}}) {
            groups(shelf, s[0], s[1], s[2]);
            channels(shelf, s[0], s[1], s[2]);
        }
        for (int[] s : Rows.SMALL_AND_LARGE) channels(shelf, s[0], s[1]);
    }

    private static void rows(Shelf shelf, String name, boolean centered, int rows, int n) {
        add(shelf, name, 8, 2, rows, (d, from, to) -> K.normalizeRows(centered, d.x, from * n, d.w, centered ? d.b : null, 1, 1,
            EPS, d.y, from * n, d.mean, d.variance, d.rstd, from, to - from, n), rows, n);
        add(shelf, name + " grad", 13, 3, rows, (d, from, to) -> K.normalizeRowsGrad(centered, d.x, d.w, 1, 1, d.mean, d.rstd,
            from, d.dy, d.y, from * n, null, null, to - from, n), rows, n);
        add(shelf, name + " sums", 5, 2, n, (d, from, to) -> K.normalizeRowsSums(d.x, d.mean, d.rstd, 1, d.dy, d.slopes, d.sums,
            rows, n, from, to), rows, n);
    }

    private static void groups(Shelf shelf, int samples, int channels, int inner) {
        int period = channels / GROUP;
        int n = GROUP * inner;
        add(shelf, "group norm", 8, 2, samples * period, (d, from, to) -> K.normalizeRows(true, d.x, from * n, d.w, d.b, inner,
            period, EPS, d.y, from * n, d.mean, d.variance, d.rstd, from, to - from, n), samples, channels, inner);
        add(shelf, "group norm grad", 13, 3, samples * period, (d, from, to) -> K.normalizeRowsGrad(true, d.x, d.w, inner,
            period, d.mean, d.rstd, from, d.dy, d.y, from * n, d.sums, d.slopes, to - from, n), samples, channels, inner);
    }

    private static void channels(Shelf shelf, int samples, int channels, int... positions) {
        int inner = positions.length == 0 ? 1 : positions[0];
        var shape = IntStream.concat(IntStream.of(samples, channels), IntStream.of(positions)).toArray();
        add(shelf, "batch norm", 8, 2, channels, (d, from, to) -> K.normalizeChannels(false, d.x, d.w, d.b, EPS, d.y, d.mean,
            d.variance, d.rstd, samples, channels, inner, from, to), shape);
        add(shelf, "batch norm grad", 13, 3, channels, (d, from, to) -> K.normalizeChannelsGrad(false, d.x, d.w, d.mean, d.rstd,
            d.dy, d.y, d.slopes, d.sums, samples, channels, inner, from, to), shape);
        add(shelf, "batch norm eval", 3, 2, channels, (d, from, to) -> K.normalizeChannels(true, d.x, d.w, d.b, EPS, d.y, d.mean,
            d.variance, d.rstd, samples, channels, inner, from, to), shape);
    }

    private static void add(Shelf shelf, String name, double flops, double moved, int units, Loop loop, int... shape) {
        int n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        var traffic = moved == 2 ? Traffic.COPY : Traffic.TRIAD;
        shelf.add(name + " " + Rows.name(shape), Cost.each(n, flops, moved, moved, traffic), () -> {
            var data = Data.of(n);
            return split((long) n * COST, units, 1, (from, to) -> loop.run(data, from, to));
        });
    }
}
