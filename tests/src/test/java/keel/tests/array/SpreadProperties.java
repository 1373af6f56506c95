package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
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

/// Norms, variance, standard deviation, products, logarithms of sums of exponentials and counts over any axes: against plain
/// folds in double, exact sums, PyTorch, and at the ends of the range.
class SpreadProperties {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    @Provide
    Arbitrary<Shape> shapes() {
        return Arbitraries.oneOf(Samples.shapes(0, 5, 300), Samples.awkward());
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    private static double relative(DType dtype) {
        return dtype == DType.F32 ? 2e-6 : 1e-14;
    }

    /// Sizes from the smallest to the largest normal numbers: most squares do not fit the type.
    @Property(tries = 300)
    void normsOverAnyAxesOfNumbersOfAnySize(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll boolean keep,
        @ForAll boolean extreme, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var axes = Samples.axes(shape, random);
        int power = !extreme ? 0 : dtype == DType.F32 ? random.nextInt(-140, 118) : random.nextInt(-1060, 1010);
        double scale = Math.scalb(1.0, power);
        var x = Samples.dyadic(dtype, shape, random).mul(dtype == DType.F32 ? (float) scale : scale);
        var a = Naive.of(x).map(v -> v / scale); // rounded to the type, then of size 1
        double floor = dtype == DType.F32 ? Float.MIN_VALUE : Double.MIN_VALUE;
        a.map(v -> v * v).reduce(keep, axes, 0, Double::sum).map(s -> Math.sqrt(s) * scale).assertMatches("norm 2",
            x.norm(2, keep, axes), relative(dtype), floor);
        a.map(v -> Math.abs(v)).reduce(keep, axes, 0, Double::sum).map(s -> s * scale).assertMatches("norm 1",
            x.norm(1, keep, axes), relative(dtype), floor);
        for (double p : new double[] {3, 0.5, -2}) {
            if (p > 0 || shape.size() > 0) {
                a.map(v -> StrictMath.pow(Math.abs(v), p)).reduce(keep, axes, 0, Double::sum)
                    .map(s -> StrictMath.pow(s, 1 / p) * scale).assertMatches("norm " + p, x.norm(p, keep, axes),
                        10 * relative(dtype), 2 * floor);
            }
        }
        a.map(v -> v == 0 ? 0 : 1).reduce(keep, axes, 0, Double::sum).assertIs("norm 0", x.norm(0, keep, axes));
        if (shape.size() > 0) {
            a.map(Math::abs).reduce(keep, axes, 0, Math::max).map(s -> s * scale).assertIs("norm ∞", x.norm(INF, keep, axes));
            a.map(Math::abs).reduce(keep, axes, INF, Math::min).map(s -> s * scale).assertIs("norm −∞",
                x.norm(-INF, keep, axes));
        }
        assertEquals(Math.sqrt(a.map(v -> v * v).reduce(false, new int[0], 0, Double::sum).values()[0]) * scale, x.norm(),
            1e-14 * shape.size() * scale + Double.MIN_VALUE);
    }

    @Property(tries = 300)
    void varianceOverAnyAxesOfNumbersOfAnySize(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype,
        @ForAll boolean keep, @ForAll boolean extreme, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var axes = Samples.axes(shape, random);
        int power = !extreme ? 0 : dtype == DType.F32 ? random.nextInt(-118, 112) : random.nextInt(-1000, 1000);
        double scale = Math.scalb(1.0, power);
        var x = Samples.between(dtype, shape, 5, 9, random).mul(dtype == DType.F32 ? (float) scale : scale);
        var a = Naive.of(x).map(v -> v / scale);
        var n = a.map(_ -> 1).reduce(true, axes, 0, Double::sum);
        var mean = a.reduce(true, axes, 0, Double::sum).zip(n, (s, count) -> s / count);
        var squares = a.zip(mean, (v, m) -> (v - m) * (v - m)).reduce(keep, axes, 0, Double::sum);
        double count = shape.countOver("test", axes);
        for (double correction : new double[] {0, 1, 0.5}) {
            double freedom = Math.max(0, count - correction);
            double tolerance = 10 * relative(dtype);
            double floor = 1e-7 * (dtype == DType.F32 ? 1e-6 : 1e-20); // the variance of a few that are nearly equal
            squares.map(s -> Math.sqrt(s / freedom) * scale).assertMatches("std", x.std(keep, correction, axes), tolerance,
                count == 1 ? 0 : Math.sqrt(floor) * scale);
            var variance = squares.map(s -> s / freedom * scale * scale);
            if (power == 0) {
                variance.assertMatches("variance", x.variance(keep, correction, axes), tolerance, count == 1 ? 0 : floor);
            }
        }
    }

    /// Values of torch.linalg.vector_norm, var, std and prod of PyTorch 2.13 for
    /// `[[1.5, −2.25, 0.125, 3.75], [0, −0.5, 8, −1], [−3.5, 2, 2, 0.75]]` in double.
    @Test
    void valuesOfPyTorch() {
        var x = NdArray.of(1.5, -2.25, 0.125, 3.75, 0, -0.5, 8, -1, -3.5, 2, 2, 0.75).reshape(3, 4);
        double[][] norms = {{2, 3.8078865529319543, 3.0516389039334255, 8.247158601603342, 3.952847075210474},
            {1, 5, 4.75, 10.125, 5.5}, {INF, 3.5, 2.25, 8, 3.75}, {-INF, 0, 0.5, 0.125, 0.75}, {0, 2, 3, 3, 3},
            {3, 3.589527176034159, 2.6923250260527127, 8.041461585088584, 3.7834052440074024}};
        double[] whole = {10.36595991695897, 25.375, 8, 0, 11, 8.61739685629224};
        for (int i = 0; i < norms.length; i++) {
            var columns = java.util.Arrays.copyOfRange(norms[i], 1, 5);
            assertArrayEquals(columns, x.norm(norms[i][0], false, 0).toDoubles(), 4e-15, "order " + norms[i][0]);
            assertArrayEquals(columns, x.transpose().norm(norms[i][0], false, 1).toDoubles(), 4e-15, "order " + norms[i][0]);
            assertEquals(whole[i], x.norm(norms[i][0], false).item(), 4e-15, "order " + norms[i][0]);
        }
        assertArrayEquals(new double[] {6.583333333333333, 4.5625, 16.921875, 5.770833333333333},
            x.variance(false, 1, 0).toDoubles(), 4e-15);
        assertArrayEquals(new double[] {4.7373046875, 13.671875, 5.10546875}, x.variance(false, 0, 1).toDoubles(), 4e-15);
        assertEquals(8.872514204545455, x.variance(false, 1).item(), 4e-15);
        assertArrayEquals(new double[] {2.565800719723442, 2.1360009363293826, 4.113620667976083, 2.4022558842332624},
            x.std(false, 1, 0).toDoubles(), 2e-15);
        assertArrayEquals(new double[] {-0.0, 2.25, 2.0, -2.8125}, x.prod(false, 0).toDoubles());
        assertArrayEquals(new double[] {-1.58203125, 0.0, -10.5}, x.prod(false, 1).toDoubles());
    }

    /// Rows and columns that overflow, vanish, are 0, infinite or NaN beside one that is ordinary.
    @Test
    void extremesStayInTheirLine() {
        var x = NdArray.of(3, 4, 0, 3e30f, -4e30f, 0, 3e-30f, 4e-30f, 0, 0, -0f, 0, 1, -Float.MAX_VALUE, 0, Float.NaN, 1, 2,
            Float.NEGATIVE_INFINITY, 1, 2, Float.MIN_VALUE, 0, 0, 1e-23f, 1, 0).reshape(9, 3);
        double[] norms = {5, 5e30, 5e-30, 0, Float.MAX_VALUE, NAN, INF, Float.MIN_VALUE, 1};
        double[] stds = {Math.sqrt(13.0 / 3), Math.sqrt(37.0 / 3) * 1e30, Math.sqrt(13.0 / 3) * 1e-30, 0,
            Float.MAX_VALUE / Math.sqrt(3), NAN, NAN, Float.MIN_VALUE / Math.sqrt(3), Math.sqrt(1.0 / 3)};
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var rows = x.cast(dtype);
            for (var got : new NdArray[] {rows.norm(2, false, 1), rows.transpose().norm(2, false, 0)}) {
                new Naive(new int[] {9}, norms).assertMatches("norm", got, relative(dtype) + 1e-7, 0);
            }
            for (var got : new NdArray[] {rows.std(false, 1, 1), rows.transpose().std(false, 1, 0)}) {
                new Naive(new int[] {9}, stds).assertMatches("std", got, relative(dtype) + 1e-7, 0);
            }
            var variance = rows.variance(false, 1, 1).toDoubles();
            assertEquals(dtype == DType.F32 ? INF : 37e60 / 3, variance[1], 1e55, "what does not fit is ∞");
            assertEquals(dtype == DType.F32 ? 0 : 13e-60 / 3, variance[2], 1e-65);
        }
        assertEquals(5e-200, NdArray.of(3e-200, 4e-200).norm(2, false).item(), 1e-214);
        assertEquals(5e200, NdArray.of(3e200, 4e200).norm(2, false).item(), 1e186);
        assertEquals(1e300 * Math.sqrt(0.5), NdArray.of(1e300, 2e300).std(false, 1).item(), 1e286);
        assertEquals(Math.sqrt(2) * Double.MAX_VALUE, NdArray.of(-Double.MAX_VALUE, Double.MAX_VALUE).std(false, 1).item(),
            1e295);
    }

    @Test
    void equalElementsDoNotVaryAndAFarMeanCostsNoDigits() {
        for (double v : new double[] {0.1, -7e30, 3e-40, 12345.678}) {
            for (int n : new int[] {2, 3, 1000, 5000}) {
                var x = NdArray.full(DType.F32, Shape.of(n), v);
                assertEquals(0, x.variance(false, 1).item(), v + " " + n);
                assertEquals(0, x.std(false, 0).item(), v + " " + n);
                assertEquals(0, x.cast(DType.F64).std(false, 0).item(), v + " " + n);
            }
        }
        for (int n : new int[] {1000, 40_000}) {
            var x = NdArray.uniform(DType.F32, Shape.of(n), 0, 1, new SplittableRandom(n)).add(1000);
            var wide = x.cast(DType.F64);
            for (var y : new NdArray[] {x, x.reshape(10, n / 10), x.reshape(n / 10, 10)}) {
                assertEquals(wide.sub(wide.mean()).square().mean().item(), y.variance(false, 0).item(), 1e-7);
            }
        }
        assertTrue(Double.isNaN(NdArray.of(5.0).variance(false, 1).item()), "nothing is known of one");
        assertTrue(Double.isNaN(NdArray.of(5.0).std(false, 2).item()), "the divisor is 0 at least");
        assertEquals(INF, NdArray.of(5.0, 6.0).variance(false, 2).item());
        assertTrue(Double.isNaN(NdArray.zeros(DType.F32, 0).variance(false, 1).item()), "nor of none");
        assertEquals(Shape.of(0, 1), NdArray.zeros(DType.F32, 0, 3).std(true, 1, 1).shape());
    }

    /// A sum of squares has the error bound of a sum, `γ(d)` with the depth of its tree (Higham 1993, eq. 3.4): 64 additions a
    /// lane, 4 folds, log₂ of the blocks; a root halves it.
    @Test
    void errorsGrowWithTheDepthOfTheTree() {
        for (int n : new int[] {1000, 10_000, 200_000}) {
            var x = NdArray.uniform(DType.F32, Shape.of(n), 1, 3, new SplittableRandom(n));
            var sum = BigDecimal.ZERO;
            var squares = BigDecimal.ZERO;
            for (float v : x.floats()) {
                sum = sum.add(new BigDecimal(v));
                squares = squares.add(new BigDecimal(v).pow(2));
            }
            var m = MathContext.DECIMAL64;
            double norm = squares.sqrt(m).doubleValue();
            double variance = squares.subtract(sum.pow(2).divide(BigDecimal.valueOf(n), MathContext.DECIMAL128))
                .divide(BigDecimal.valueOf(n), m).doubleValue();
            double depth = 64 + 4 + Math.ceil(Math.log(Math.ceilDiv(n, 1024)) / Math.log(2));
            for (var y : new NdArray[] {x, x.reshape(n / 100, 100), x.reshape(8, n / 8)}) {
                assertEquals(norm, y.norm(2, false).item(), 0.1 * depth * 0x1p-24 * norm, "n=" + n);
                assertEquals(variance, y.variance(false, 0).item(), 0.1 * depth * 0x1p-23 * variance, "n=" + n);
                assertEquals(norm, y.norm(), 1e-14 * norm, "n=" + n);
            }
            double columns = 32 + Math.ceil(Math.log(Math.ceilDiv(n / 5, 32)) / Math.log(2));
            double above = x.reshape(n / 5, 5).norm(2, false, 0).cast(DType.F64).norm();
            assertEquals(norm, above, 0.1 * columns * 0x1p-24 * norm, "columns of n=" + n);
        }
    }

    /// `ln Σeˣ` of huge, infinite and missing numbers is that of PyTorch, whichever axes it is taken over.
    @Test
    void logarithmsOfSumsOfExponentialsAtTheEndsOfTheRange() {
        float inf = Float.POSITIVE_INFINITY;
        var x = NdArray.of(-inf, -inf, inf, 1, inf, -inf, Float.NaN, inf, Float.NaN, -inf, 1e30f, 1e30f, -1e30f, -1e30f, -inf, 2)
            .reshape(8, 2);
        double[] expected = {-INF, INF, INF, NAN, NAN, 1e30f, -1e30f, 2};
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var y = x.cast(dtype);
            assertArrayEquals(expected, y.logSumExp(false, 1).toDoubles());
            assertArrayEquals(expected, y.transpose().logSumExp(false, 0).toDoubles());
            assertArrayEquals(expected, y.reshape(8, 1, 2).permute(2, 0, 1).logSumExp(false, 0, 2).toDoubles());
            var all = y.slice(0, 5, 8);
            assertEquals(1e30f, all.logSumExp(false).item());
            assertEquals(-INF, NdArray.zeros(dtype, 0).logSumExp(false).item());
            assertArrayEquals(new double[] {-INF, -INF}, NdArray.zeros(dtype, 2, 0, 3).logSumExp(false, 1, 2).toDoubles());
            assertEquals(Shape.of(0), NdArray.zeros(dtype, 0, 3).logSumExp(false, 1).shape());
            assertEquals(5, NdArray.full(dtype, Shape.of(), 5).logSumExp(false).item());
        }
        var z = NdArray.of(1.5, -2.25, 0.125, 3.75, 0, -0.5, 8, -1, -3.5, 2, 2, 0.75).reshape(3, 4);
        assertArrayEquals(new double[] {1.706906933673413, 2.0919857805919686, 8.00285480230594, 3.80679495783708},
            z.logSumExp(false, 0).toDoubles(), 2e-15);
        assertArrayEquals(new double[] {3.876215889276401, 8.000662121550139, 2.8288101109735053},
            z.logSumExp(false, 1).toDoubles(), 2e-15);
        assertEquals(8.022273404956133, z.logSumExp(false).item(), 2e-15);
    }

    @Property(tries = 200)
    void whatIsNotZeroIsCountedOverAnyAxes(@ForAll("shapes") Shape shape, @ForAll boolean keep, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var axes = Samples.axes(shape, random);
        var mask = Samples.mask(shape, random);
        var many = mask.or(Samples.mask(shape, random)).or(Samples.mask(shape, random));
        for (var x : new NdArray[] {mask, many, mask.cast(DType.F32), many.cast(DType.F64), mask.cast(DType.I32),
            Samples.special(DType.F32, shape, random), NdArray.zeros(DType.F64, shape)}) {
            var one = Naive.of(x).map(v -> v != 0 ? 1 : 0);
            one.reduce(keep, axes, 0, Double::sum).assertIs("countNonZero", x.countNonZero(keep, axes));
            one.reduce(keep, axes, 0, Math::max).assertIs("any", x.any(keep, axes));
            one.reduce(keep, axes, 1, Math::min).assertIs("all", x.all(keep, axes));
        }
    }

    @Test
    void wrongArgumentsAreNamedByTheOperation() {
        var x = NdArray.zeros(DType.F32, 2, 0);
        assertEquals("norm: the order is NaN; give a number or an infinity",
            assertThrows(IllegalArgumentException.class, () -> x.norm(NAN, false)).getMessage());
        assertEquals("norm: axis 1 of (2, 0) has no elements; give at least one",
            assertThrows(IllegalArgumentException.class, () -> x.norm(INF, false, 1)).getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> x.norm(1, false, 2)).getMessage()
            .startsWith("norm: axis 2"));
        for (var name : new String[] {"std", "variance", "any", "all", "countNonZero"}) {
            var e = assertThrows(IllegalArgumentException.class, () -> {
                switch (name) {
                    case "std" -> x.std(false, 1, 0, 0);
                    case "variance" -> x.variance(false, 1, 0, 0);
                    case "any" -> x.any(false, 0, 0);
                    case "all" -> x.all(false, 0, 0);
                    default -> x.countNonZero(false, 0, 0);
                }
            });
            assertEquals(name + ": axis 0 of (2, 0) is named twice; name each once", e.getMessage());
        }
    }
}
