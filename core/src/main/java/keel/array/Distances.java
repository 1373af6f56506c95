package keel.array;

import keel.kernel.Kernels;
import keel.kernel.Parallel;
import keel.kernel.Reduce;
import keel.kernel.Unary;

/// Distances between the rows of two matrices, over leading axes that broadcast: without the differences in memory.
final class Distances {
    private Distances() {}

    /// Rows that are worked on at a time: their distances to many others stay in the second cache.
    private static final int ROWS = 128;
    /// Distances that are looked through together for those that need more care.
    private static final int SOME = 128;
    /// Smaller sums may have lost digits below the smallest number.
    private static final double LEAST = 0x1p-100;
    /// Differences in the time of one addition from memory to memory, which is what [Parallel] counts in.
    private static final int DIFFERENCES_A_STEP = 8;

    /// `‖aᵢ − bⱼ‖ₚ`: (…, m, k), (…, n, k) → (…, m, n).
    static NdArray of(NdArray a, NdArray b, double p) {
        requireRows("cdist", a, b);
        if (!(p >= 0)) {
            throw new IllegalArgumentException("cdist: order " + p + "; give 0 or more, or ∞");
        }
        int m = a.extent(-2);
        int n = b.extent(-2);
        int k = a.extent(-1);
        var at = Batches.of("cdist", a, b);
        var shape = at.shape().inserted(at.shape().rank(), m).inserted(at.shape().rank() + 1, n);
        if (k == 0 || shape.size() == 0) {
            return NdArray.zeros(a.dtype(), shape);
        }
        var y = NdArray.empty(a.dtype(), shape);
        int blocks = Math.ceilDiv(m, ROWS);
        var kernels = a.kernels();
        Parallel.ranges((long) y.size() * k / DIFFERENCES_A_STEP, at.shape().size() * blocks, 1, (lo, hi) -> {
            var work = Buffers.take(kernels, a.data(), Kernels.ROOM_FOR_DIFFERENCES);
            for (int i = lo; i < hi; i++) {
                int row = i % blocks * ROWS;
                int rows = Math.min(ROWS, m - row);
                int ao = at.a()[i / blocks] + row * k;
                int bo = at.b()[i / blocks];
                int yo = (i / blocks * m + row) * n;
                kernels.differences(p, rows, n, k, a.data(), ao, b.data(), bo, y.data(), yo, work);
                if (p > 0 && p != 1 && p != Double.POSITIVE_INFINITY) {
                    roots(p, rows, n, k, a, ao, b, bo, y, yo);
                }
            }
            Buffers.giveBack(work);
        });
        return y;
    }

    private static void requireRows(String name, NdArray a, NdArray b) {
        a.requireMatrix(name);
        b.requireMatrix(name);
        if (a.extent(-1) != b.extent(-1)) {
            throw new IllegalArgumentException(name + ": rows of " + a.shape() + " and " + b.shape()
                + " differ in length; give (…, m, k) and (…, n, k)");
        }
        Elementwise.requireSame(name, a, b);
    }

    /// Where the matrices of each index of the leading axes begin.
    private record Batches(Shape shape, int[] a, int... b) {
        static Batches of(String name, NdArray a, NdArray b) {
            var ofA = a.shape().leading(a.rank() - 2);
            var ofB = b.shape().leading(b.rank() - 2);
            var all = Shape.broadcast(name + " (leading axes)", ofA, ofB);
            return new Batches(all, Products.offsets(all, ofA, a.extent(-2) * a.extent(-1)),
                Products.offsets(all, ofB, b.extent(-2) * b.extent(-1)));
        }
    }

    // Sums that overflowed, or nearly vanished, are calculated once more.
    private static void roots(double p, int m, int n, int k, NdArray a, int ao, NdArray b, int bo, NdArray y, int yo) {
        var kernels = y.kernels();
        Object d = y.data();
        kernels.unary(p == 2 ? Unary.SQRT : Unary.POW_SCALAR, 1 / p, d, yo, d, yo, m * n);
        double least = p == 2 ? 0x1p-50 : StrictMath.pow(LEAST, 1 / p);
        var extremes = kernels.allocate(2);
        for (int i = 0; i < m * n; i += SOME) {
            int some = Math.min(SOME, m * n - i);
            kernels.reduce(Reduce.MIN, d, yo + i, some, 1, extremes, 0);
            kernels.reduce(Reduce.MAX, d, yo + i, some, 1, extremes, 1);
            if (kernels.get(extremes, 0) >= least && kernels.get(extremes, 1) < Double.POSITIVE_INFINITY) {
                continue;
            }
            for (int j = i; j < i + some; j++) {
                double v = kernels.get(d, yo + j);
                if (v < least || v == Double.POSITIVE_INFINITY) {
                    kernels.set(d, yo + j, scaled(p, k, a, ao + j / n * k, b, bo + j % n * k));
                }
            }
        }
    }

    // In double, divided by a power of two: it overflows only if its true value does.
    private static double scaled(double p, int k, NdArray a, int ao, NdArray b, int bo) {
        double largest = 0;
        for (int t = 0; t < k; t++) {
            largest = Math.max(largest, difference(a, ao + t, b, bo + t));
        }
        if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        double scale = Math.scalb(1.0, Math.max(Math.getExponent(largest), Double.MIN_EXPONENT));
        double sum = 0;
        for (int t = 0; t < k; t++) {
            double v = difference(a, ao + t, b, bo + t) / scale;
            sum += p == 2 ? v * v : StrictMath.pow(v, p);
        }
        return scale * (p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
    }

    private static double difference(NdArray a, int i, NdArray b, int j) {
        return Math.abs(a.dtype() == DType.F32 ? a.floats()[i] - b.floats()[j] : a.doubles()[i] - b.doubles()[j]);
    }

    /// `Σⱼ wᵢⱼ·(aᵢ − bⱼ)`: (…, m, k), (…, n, k), (…, m, n) → (…, m, k), the leading axes those of w.
    static NdArray weighted(NdArray a, NdArray b, NdArray w) { return weighted("weightedDifferences", 2, a, b, w, w); }

    /// `Σⱼ wᵢⱼ·sign(aᵢ − bⱼ)`.
    static NdArray weightedSigns(NdArray a, NdArray b, NdArray w) { return weighted("weightedSigns", 1, a, b, w, w); }

    /// `Σⱼ wᵢⱼ·sign(aᵢ − bⱼ)/nᵢⱼ` where `|aᵢ − bⱼ|` is `dᵢⱼ > 0`, which it is at `nᵢⱼ` places.
    static NdArray weightedLargest(NdArray a, NdArray b, NdArray d, NdArray w) {
        var at = checked("weightedLargest", a, b, d);
        checked("weightedLargest", a, b, w);
        int n = b.extent(-2);
        int k = a.extent(-1);
        var count = NdArray.empty(a.dtype(), w.shape());
        blocks((long) w.size() * k, at, a.extent(-2), (batch, row, rows, from) ->
            a.kernels().countLargest(rows, n, k, d.data(), from * n, a.data(), at.a()[batch] + row * k, b.data(), at.b()[batch],
                count.data(), from * n));
        var each = w.div(count);
        count.release();
        var shares = NdArray.where(d.eq(0), NdArray.zeros(w.dtype()), each);
        each.release();
        var y = weighted("weightedLargest", Double.POSITIVE_INFINITY, a, b, d, shares);
        shares.release();
        return y;
    }

    private static NdArray weighted(String name, double p, NdArray a, NdArray b, NdArray d, NdArray w) {
        var at = checked(name, a, b, w);
        int m = a.extent(-2);
        int n = b.extent(-2);
        int k = a.extent(-1);
        var y = NdArray.zeros(a.dtype(), at.shape().inserted(at.shape().rank(), m).inserted(at.shape().rank() + 1, k));
        blocks((long) y.size() * n, at, m, (batch, row, rows, from) ->
            a.kernels().addWeighted(p, rows, n, k, w.data(), from * n, d.data(), from * n, a.data(), at.a()[batch] + row * k,
                b.data(), at.b()[batch], y.data(), from * k));
        return y;
    }

    private static Batches checked(String name, NdArray a, NdArray b, NdArray w) {
        requireRows(name, a, b);
        Elementwise.requireSame(name, a, w);
        var at = Batches.of(name, a, b);
        var rows = at.shape().inserted(at.shape().rank(), a.extent(-2));
        if (!w.shape().equals(rows.inserted(rows.rank(), b.extent(-2)))) {
            throw new IllegalArgumentException(name + ": weights " + w.shape() + " do not fit rows of " + a.shape()
                + " and " + b.shape() + "; give one for each pair");
        }
        return at;
    }

    /// Some rows from `row` on of the matrix of a batch; in all batches the first of them is row `from`.
    private interface Block {
        void run(int batch, int row, int rows, int from);
    }

    private static void blocks(long differences, Batches at, int m, Block task) {
        int blocks = Math.ceilDiv(m, ROWS);
        Parallel.ranges(differences / DIFFERENCES_A_STEP, at.shape().size() * blocks, 1, (lo, hi) -> {
            for (int i = lo; i < hi; i++) {
                int row = i % blocks * ROWS;
                task.run(i / blocks, row, Math.min(ROWS, m - row), i / blocks * m + row);
            }
        });
    }
}
