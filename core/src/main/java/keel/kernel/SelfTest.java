package keel.kernel;

import java.util.SplittableRandom;

/// Compares kernels with the plain ones, bit for bit, often enough that the compiler compiles both on the way: a miscompiled loop
/// is right in the interpreter and wrong afterwards. [Backend] runs it at the start if the system property `keel.selftest` is
/// true, and falls back to plain kernels if anything differs.
public final class SelfTest {
    private SelfTest() {}

    /// Not a multiple of the lanes of any vector, and more than one block of a sum.
    private static final int N = 1_543;
    /// Every kernel is compared so often even if there is no time left.
    private static final int LEAST_ROUNDS = 2;

    /// Compares for `millis` milliseconds, and at least twice, functions, sums, rows, products and optimizer steps of
    /// `suspect` with
    /// those of `plain`.
    ///
    /// @return the name of the first kernel with a different bit, null if there is none; one NaN is as good as another
    public static <A> String firstDifference(Kernels<A> suspect, Kernels<A> plain, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
            var difference = new Comparison<>(suspect, plain, round).first();
            if (difference != null) return difference;
        }
        return null;
    }

    /// One round on numbers of its own.
    private static final class Comparison<A> {
        private final Kernels<A> suspect;
        private final Kernels<A> plain;
        private final A x;
        private final A z;

        Comparison(Kernels<A> suspect, Kernels<A> plain, long seed) {
            this.suspect = suspect;
            this.plain = plain;
            var random = new SplittableRandom(seed);
            x = plain.allocate(N);
            z = plain.allocate(N);
            for (int i = 0; i < N; i++) {
                plain.set(x, i, random.nextGaussian() * Math.scalb(1.0, random.nextInt(-4, 5)));
                plain.set(z, i, random.nextGaussian());
            }
        }

        /// What fills an array of [#N] numbers.
        private interface Filling<A> {
            void fill(Kernels<A> kernels, A y);
        }

        String first() {
            for (var f : Unary.values()) if (differs((k, y) -> k.unary(f, 0.3, x, 0, y, 0, N))) return f.name();
            for (var f : Binary.values()) if (differs((k, y) -> k.binary(f, 0.3, x, 0, z, 0, y, 0, N))) return f.name();
            for (var f : Compare.values()) {
                if (differs((k, y) -> k.choose(f, 0.3, x, 0, z, 0, x, 0, y, 0, N))) return "choose " + f;
            }
            for (var f : Reduce.values()) {
                if (differs((k, y) -> k.reduce(f, x, 0, N, 1, y, 0))) return f.name();
                if (differs((k, y) -> k.reduce(f, x, 0, N / 70, 70, y, 0))) return f + " of columns";
            }
            for (var f : Reduce.values()) {
                if (differs((k, y) -> k.reduceRows(f, x, 0, N / 90, 90, y, 0))) return f + " of rows";
            }
            if (differs((k, y) -> k.set(y, 0, k.dot(x, 0, z, 0, N)))) return "dot";
            if (differs((k, y) -> k.softmax(false, x, 0, y, 0, N / 90, 90))) return "softmax";
            if (differs((k, y) -> k.softmaxColumns(false, x, 0, N / 90, 90, y, 0))) return "softmax of columns";
            if (differs((k, y) -> k.logSumExp(x, 0, 1, N / 90, 90, y, 0))) return "logSumExp of columns";
            if (differs((k, y) -> k.logSumExp(x, 0, N / 90, 90, 1, y, 0))) return "logSumExp";
            if (differs((k, y) -> k.normalizeRows(true, x, 0, z, x, 1, 1, 1e-5, y, 0, plain.allocate(N), plain.allocate(N),
                plain.allocate(N), 0, N / 90, 90))) return "normalizeRows";
            if (differs((k, y) -> k.normalizeChannels(false, x, z, x, 1e-5, y, plain.allocate(N), plain.allocate(N),
                plain.allocate(N), 3, 7, N / 21, 0, 7))) return "normalizeChannels";
            for (var form : Form.values()) if (differs((k, y) -> k.matmul(form, 37, 39, 37, x, 0, z, 0, y,
                0))) return "matmul " + form;
            if (differs((k, y) -> k.transpose(37, 39, x, 0, y, 0))) return "transpose";
            if (differs(this::adam)) return "adam";
            return null;
        }

        private void adam(Kernels<A> k, A y) {
            k.copyStrided(x, 0, 1, y, 0, N);
            k.adam(y, z, plain.allocate(N), plain.allocate(N), 0, N, 0.1, 0.9, 0.999, 1e-8, 0, 0.01, 1);
        }

        private boolean differs(Filling<A> filling) {
            A expected = plain.allocate(N);
            A actual = plain.allocate(N);
            filling.fill(plain, expected);
            filling.fill(suspect, actual);
            for (int i = 0; i < N; i++) {
                long bits = Double.doubleToLongBits(plain.get(expected, i));
                if (bits != Double.doubleToLongBits(plain.get(actual, i))) return true;
            }
            return false;
        }
    }
}
