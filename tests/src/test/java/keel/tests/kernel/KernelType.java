package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import keel.kernel.Backend;
import keel.kernel.DoubleKernels;
import keel.kernel.FloatKernels;
import keel.kernel.Kernels;

/// One element type for the tests of kernels: its plain kernels, the ones in use (SIMD, or plain again), and what its numbers
/// look like.
record KernelType<A>(String name, Kernels<A> plain, Kernels<A> used, double epsilon, double smallest, double largest) {
    static final KernelType<float[]> F32 = new KernelType<>("F32", new FloatKernels(), Backend.f32(), 0x1p-24,
            Float.MIN_VALUE, Float.MAX_VALUE);
    static final KernelType<double[]> F64 =
            new KernelType<>("F64", new DoubleKernels(), Backend.f64(), 0x1p-53, Double.MIN_VALUE, Double.MAX_VALUE);

    /// Every length up to four vectors and a few past it, and lengths around blocks.
    static final int[] LENGTHS = IntStream.concat(IntStream.rangeClosed(0, 4 * 16 + 3),
            IntStream.of(1000, 1024, 1025, 5000)).toArray();

    static Stream<KernelType<?>> all() {
        return Stream.of(F32, F64);
    }

    /// Ordinary numbers of many magnitudes, one in nine of them awkward.
    A awkward(int n, long seed) {
        double[] special = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, smallest, -smallest,
                largest, -largest,
            1e30, -1e30, 1e-40, -1e-40, 1, -1, 89, -104, 1e5, -1e5};
        var random = new SplittableRandom(seed);
        return filled(n, random, () -> random.nextInt(9) == 0
                ? special[random.nextInt(special.length)]
                : random.nextGaussian() * Math.scalb(1.0, random.nextInt(-6, 6)));
    }

    /// Normal numbers.
    A normal(int n, long seed) {
        var random = new SplittableRandom(seed);
        return filled(n, random, random::nextGaussian);
    }

    private A filled(int n, RandomGenerator random, java.util.function.DoubleSupplier next) {
        A x = plain.allocate(n);
        for (int i = 0; i < n; i++) plain.set(x, i, next.getAsDouble());
        return x;
    }

    A of(double... values) {
        A x = plain.allocate(values.length);
        for (int i = 0; i < values.length; i++) plain.set(x, i, values[i]);
        return x;
    }

    double[] doubles(A x, int from, int n) {
        return IntStream.range(from, from + n).mapToDouble(i -> plain.get(x, i)).toArray();
    }

    /// Fails unless both arrays hold the same bits; one NaN is as good as another.
    void assertSameBits(A expected, A actual, int n, String what) {
        for (int i = 0; i < n; i++) {
            double e = plain.get(expected, i);
            double a = plain.get(actual, i);
            if (Double.doubleToLongBits(e) != Double.doubleToLongBits(a)) fail(name + " " + what + " [" + i + "]: plain " + e
                    + ", used " + a);
        }
    }

    /// Fails unless `|actual − expected| ≤ tolerance·max(|expected|, scale)`.
    void assertClose(double expected, double actual, double tolerance, double scale, String what) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            assertEquals(expected, actual, what);
        } else if (!(Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), scale))) {
            fail(name + " " + what + ": expected " + expected + ", got " + actual);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
