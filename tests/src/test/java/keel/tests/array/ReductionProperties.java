package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Values of the reductions, over any axes, against plain folds in double.
class ReductionProperties {
    /// Sums of about a thousand terms of size 1 in F32 with a pairwise tree.
    private static final double RELATIVE_F32 = 5e-6;
    private static final double RELATIVE_F64 = 1e-13;

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.oneOf(Samples.shapes(0, 5, 300), Samples.awkward());
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    private static double relative(DType dtype) {
        return dtype == DType.F32 ? RELATIVE_F32 : RELATIVE_F64;
    }

    @Property
    void sumsAndProductsOverAnyAxes(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll boolean keep,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = Samples.dyadic(dtype, shape, random);
        var axes = Samples.axes(shape, random);
        var a = Naive.of(x);
        a.reduce(keep, axes, 0, Double::sum).assertIs("sum", x.sum(keep, axes)); // exact: few bits each
        a.map(v -> v * v).reduce(keep, axes, 0, Double::sum).assertMatches("sumSquares", x.sumSquares(keep, axes),
            relative(dtype), 0);
        var counts = a.map(_ -> 1).reduce(keep, axes, 0, Double::sum);
        a.reduce(keep, axes, 0, Double::sum).zip(counts, (v, n) -> v / n).assertMatches("mean", x.mean(keep, axes),
            relative(dtype), 0);
        var nearOne = Samples.between(dtype, shape, 0.9, 1.1, random);
        Naive.of(nearOne).reduce(keep, axes, 1, (p, q) -> p * q).assertMatches("prod", nearOne.prod(keep, axes),
            1e3 * relative(dtype), 0);
    }

    // The first `m` of a group: a half, or a sum of the second half that the first half is added to.
    private static double group(double[] x, int at, int step, int size, int m) {
        int half = size / 2;
        return size == 1 ? x[at] : m <= half ? group(x, at, step, half, m)
            : group(x, at + half * step, step, half, m - half) + group(x, at, step, half, half);
    }

    /// To the bit: in double, in order or in groups of eight, rounded once.
    @Property
    void runningSumsProductsAndExtremes(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll boolean backward,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        if (shape.rank() == 0) {
            var one = Samples.special(dtype, shape, random);
            assertArrayEquals(one.add(0).toDoubles(), one.cumsum(0, backward).toDoubles()); // from +0
            return;
        }
        int axis = Samples.axis(shape, random);
        var x = random.nextInt(3) == 0 ? Samples.special(dtype, shape, random) : Samples.between(dtype, shape, -2, 2, random);
        int a = Math.floorMod(axis, shape.rank());
        int inner = shape.product(a + 1, shape.rank());
        int n = shape.extent(a);
        var v = x.toDoubles();
        var sums = new double[v.length];
        var products = new double[v.length];
        var largest = new int[v.length];
        for (int i = 0; i < v.length; i++) {
            int j = i / inner % n;
            int last = i + (n - 1 - j) * inner;
            double sum = 0;
            double product = 1;
            int best = 0;
            int first = backward ? last : i - j * inner;
            int step = backward ? -inner : inner;
            int count = (backward ? n - 1 - j : j) + 1;
            for (int k = 0; k < count; k += inner == 1 && dtype == DType.F32 ? 8 : 1) {
                sum += inner == 1 && dtype == DType.F32 ? group(v, first + k * step, step, 8, Math.min(8, count - k))
                    : v[first + k * step];
            }
            for (int k = 0; k <= j; k++) {
                double f = v[i - (j - k) * inner];
                product *= f;
                best = f != f || f >= v[i - (j - best) * inner] ? k : best;
            }
            sums[i] = dtype == DType.F32 ? (float) sum : sum;
            products[i] = dtype == DType.F32 ? (float) product : product;
            largest[i] = best;
        }
        assertArrayEquals(sums, x.cumsum(axis, backward).toDoubles());
        assertArrayEquals(products, x.cumprod(axis).toDoubles());
        assertArrayEquals(largest, x.argmaxSoFar(axis).ints());
    }

    @Property
    void extremesOverAnyAxesLetNaNWin(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll boolean keep,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var axes = Samples.axes(shape, random);
        for (var x : new NdArray[] {Samples.dyadic(dtype, shape, random), Samples.special(dtype, shape, random)}) {
            if (shape.size() > 0) {
                var a = Naive.of(x);
                a.reduce(keep, axes, Double.NEGATIVE_INFINITY, Math::max).assertIs("max", x.max(keep, axes));
                a.reduce(keep, axes, Double.POSITIVE_INFINITY, Math::min).assertIs("min", x.min(keep, axes));
            }
        }
    }

    @Property
    void allElementsAreMeantWhenNoAxisIsNamed(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var x = Samples.dyadic(dtype, shape, new SplittableRandom(seed));
        var a = Naive.of(x);
        a.reduce(false, new int[0], 0, Double::sum).assertIs("sum", x.sum());
        a.map(v -> v * v).reduce(false, new int[0], 0, Double::sum).assertMatches("sumSquares", x.sumSquares(), relative(dtype),
            0);
        a.reduce(false, new int[0], 0, Double::sum).map(v -> v / shape.size()).assertMatches("mean", x.mean(), relative(dtype),
            0);
        if (shape.size() > 0) {
            a.reduce(false, new int[0], Double.NEGATIVE_INFINITY, Math::max).assertIs("max", x.max());
            a.reduce(false, new int[0], Double.POSITIVE_INFINITY, Math::min).assertIs("min", x.min());
        }
        var z = Samples.dyadic(dtype, shape, new SplittableRandom(~seed));
        var c = Naive.of(z);
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < shape.size(); i++) {
            dot += a.values()[i] * c.values()[i];
            squares += a.values()[i] * a.values()[i];
        }
        assertEquals(dot, x.dot(z), 1e-3 * relative(dtype) * squares + 1e-3 * relative(dtype) * shape.size()
            + relative(dtype) * Math.abs(dot));
        assertEquals(Math.sqrt(squares), x.norm(), 1e-13 * Math.sqrt(squares));
    }

    @Property
    void argmaxIsTheFirstLargestAndTheFirstNaN(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype,
        @ForAll boolean special, @ForAll long seed) {
        if (shape.rank() == 0 || shape.size() == 0) {
            return;
        }
        var random = new SplittableRandom(seed);
        int axis = Samples.axis(shape, random);
        // F32 rounds some together
        var x = special ? Samples.special(dtype, shape, random) : Samples.dyadic(dtype, shape, random).mul(0.05);
        var a = Naive.of(x);
        int at = Math.floorMod(axis, shape.rank());
        for (int sign = -1; sign <= 1; sign += 2) {
            int s = sign;
            var first = Naive.build(shape.removed(at).extents(), i -> {
                int best = 0;
                for (int j = 0; j < shape.extent(at); j++) {
                    double v = s * a.at(inserted(i, at, j));
                    double b = s * a.at(inserted(i, at, best));
                    best = v > b || Double.isNaN(v) && !Double.isNaN(b) ? j : best;
                }
                return best;
            });
            var got = s > 0 ? x.argmax(axis) : x.argmin(axis);
            first.assertIs(s > 0 ? "argmax" : "argmin", got);
            assertEquals(DType.I32, got.dtype());
        }
    }

    private static int[] inserted(int[] index, int axis, int i) {
        var y = new int[index.length + 1];
        for (int j = 0; j < y.length; j++) {
            y[j] = j < axis ? index[j] : j == axis ? i : index[j - 1];
        }
        return y;
    }

    @Property
    void softmaxRowsSumToOneAndLogSoftmaxIsItsLogarithm(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype,
        @ForAll long seed) {
        if (shape.rank() == 0) {
            return;
        }
        var random = new SplittableRandom(seed);
        int axis = Samples.axis(shape, random);
        var x = Samples.between(dtype, shape, -20, 20, random);
        var a = Naive.of(x);
        var max = a.reduce(true, new int[] {axis}, Double.NEGATIVE_INFINITY, Math::max);
        var shifted = a.zip(max, (v, m) -> v - m);
        var sum = shifted.map(StrictMath::exp).reduce(true, new int[] {axis}, 0, Double::sum);
        double tolerance = dtype == DType.F32 ? 1e-5 : 1e-13;
        shifted.zip(sum, (v, s) -> StrictMath.exp(v) / s).assertMatches("softmax", x.softmax(axis), tolerance, 0);
        shifted.zip(sum, (v, s) -> v - StrictMath.log(s)).assertMatches("logSoftmax", x.logSoftmax(axis), tolerance, tolerance);
        for (double s : x.softmax(axis).sum(true, axis).toDoubles()) {
            assertEquals(shape.extent(axis) == 0 ? 0 : 1, s, tolerance);
        }
        for (double v : x.softmax(axis).log().sub(x.logSoftmax(axis)).toDoubles()) {
            assertEquals(0, v, 10 * tolerance);
        }
    }

    @Test
    void softmaxOfHugeAndMinusInfiniteLogitsIsFinite() {
        var x = NdArray.of(1e30, 1e30, Double.NEGATIVE_INFINITY, -1e30);
        assertArrayEquals(new double[] {0.5, 0.5, 0, 0}, x.softmax(0).toDoubles());
        var y = x.logSoftmax(0).toDoubles();
        assertEquals(-Math.log(2), y[0], 1e-15);
        assertEquals(Double.NEGATIVE_INFINITY, y[2]);
        assertEquals(-2e30, y[3], 1e15);
    }

    @Test
    void nothingSumsToZeroMultipliesToOneAndHasNoMean() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var x = NdArray.zeros(dtype, 2, 0, 3);
            assertEquals(0, x.sum().item());
            assertEquals(1, x.prod().item());
            assertEquals(Double.NaN, x.mean().item());
            assertEquals(0, x.norm());
            assertEquals(0, x.dot(x));
            Naive.build(new int[] {2, 3}, _ -> 0).assertIs("sum", x.sum(false, 1));
            Naive.build(new int[] {2, 3}, _ -> 1).assertIs("prod", x.prod(false, 1));
            Naive.build(new int[] {2, 3}, _ -> Double.NaN).assertIs("mean", x.mean(false, 1));
            assertEquals(Shape.of(0, 3), x.max(false, 0).shape()); // no element of the result has nothing to choose from
            assertEquals(Shape.of(2, 0), x.argmax(2).shape());
            assertEquals(Shape.of(2, 0, 3), x.softmax(1).shape());
        }
    }

    @Test
    void theNormOverflowsOnlyIfTheResultDoes() {
        assertEquals(1e30 * Math.sqrt(2), NdArray.of(1e30f, -1e30f).norm(), 1e24);
        assertEquals(1e300 * Math.sqrt(2), NdArray.of(1e300, -1e300).norm(), 1e286);
        assertEquals(1e-300 * Math.sqrt(2), NdArray.of(1e-300, -1e-300).norm(), 1e-314);
        assertEquals(5e-324, NdArray.of(5e-324, 0).norm());
        assertEquals(Double.POSITIVE_INFINITY, NdArray.of(1, Double.NEGATIVE_INFINITY).norm());
        assertEquals(Double.NaN, NdArray.of(Double.NaN, Double.POSITIVE_INFINITY).norm());
        assertEquals(Double.NaN, NdArray.of(1e300, Double.NaN).norm());
    }

    @Property
    void sumToAddsUpWhatExpandRepeated(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var small = Samples.broadcastableTo(shape, random);
        var x = Samples.dyadic(dtype, small, random);
        double count = small.size() == 0 ? 1 : shape.size() / (double) small.size();
        Naive.of(x).map(v -> v * count + 0.0).assertIs("expand, sumTo", x.expand(shape).sumTo(small));
        var z = Samples.dyadic(dtype, shape, random);
        var y = z.sumTo(small);
        var sums = new double[small.size()];
        var positions = Naive.of(NdArray.arange(DType.F64, small.size()).reshape(small));
        var a = Naive.of(z);
        Naive.build(shape.extents(), i -> sums[(int) positions.at(i)] += a.at(i));
        new Naive(small.extents(), sums).assertIs("sumTo", y);
    }

    @Property(tries = 20)
    void aLongSumLosesFewDigits(@ForAll long seed) {
        var x = NdArray.uniform(DType.F32, Shape.of(100_000), 0, 1, new SplittableRandom(seed));
        double sum = 0;
        for (float v : x.floats()) {
            sum += v;
        }
        assertEquals(sum, x.sum().item(), 2e-6 * sum);
        assertTrue(Math.abs(sum / 100_000 - x.mean().item()) < 2e-6);
    }
}
