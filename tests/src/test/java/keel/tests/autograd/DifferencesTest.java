package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Differences, areas, distances, joins and functions of two values at their corners: the numbers of PyTorch 2.13.
class DifferencesTest {
    private static final double NAN = Double.NaN;

    @Test
    void differencesEndWhereNothingIsLeft() {
        var y = Tensor.of(NdArray.of(1.0, 3, 2, 8));
        assertArrayEquals(new double[] {-3, 7}, y.diff(2, 0).value().doubles());
        assertEquals(Shape.of(0), y.diff(9, -1).shape());
        assertArrayEquals(y.value().doubles(), y.diff(0, 0).value().doubles());
        assertEquals(Shape.of(2, 0), Tensor.of(NdArray.zeros(DType.F32, 2, 0)).diff(1, 1).shape());
        refused("diff: -1 times; give 0 or more", () -> y.diff(-1, 0));
        refused("diff: axis 0 is not in shape (); use an array with axes", () -> Tensor.scalar(DType.F64, 1).diff(1, 0));
    }

    @Test
    void areasByTrapezoids() {
        var y = Tensor.of(NdArray.of(1.0, 3, 2, 8));
        var x = Tensor.of(NdArray.of(0, 1, 3, 3.5));
        assertEquals(4.75, y.trapezoid(0.5, 0).item());
        assertEquals(9.5, y.trapezoid(x, 0).item());
        assertArrayEquals(new double[] {2, 7, 9.5}, y.cumulativeTrapezoid(x, -1).value().doubles());
        assertArrayEquals(new double[] {1, 2.25, 4.75}, y.cumulativeTrapezoid(0.5, -1).value().doubles());
        var columns = Tensor.stack(1, y, y.mul(2));
        assertArrayEquals(new double[] {9.5, 19}, columns.trapezoid(x, 0).value().doubles());
        assertEquals(Shape.of(3), Tensor.of(NdArray.ones(DType.F32, 3, 0)).trapezoid(1, -1).shape());
        assertArrayEquals(new double[3], Tensor.of(NdArray.ones(DType.F32, 3, 1)).trapezoid(1, -1).value().toDoubles());
        refused("trapezoid: points (2) do not fit axis 0 of values (4); give one for each of its 4 values",
            () -> y.trapezoid(Tensor.of(NdArray.of(1.0, 2)), 0));
    }

    @Test
    void distancesOfEveryOrderAndTheirDerivatives() {
        double[][] expected = {{0, 0, 1, 2, 2, 1, 2, 0, 0, 0, 0}, {0.5, 0, 4, 4, 13.928203230275509, 3, 13.928203230275509, 2, -3,
            5.02072594216369, 4.02072594216369}, {1, 0, 4, 2, 7, 3, 7, 1, -2, 3, 2}, {2, 0, 4, 1.4142135623730951, 5, 3, 5,
            0.7071067811865475, -1.7071067811865475, 2.4, 1.4}, {3, 0, 4, 1.2599210498948732, 4.497941445275415, 3,
            4.497941445275415, 0.6299605249474365, -1.6299605249474367, 2.235698199251488, 1.2356981992514877},
            // where two differences are the largest they share; PyTorch gives each the whole: 1, −2
            {Double.POSITIVE_INFINITY, 0, 4, 1, 4, 3, 4, 0.5, -1.5, 2, 1}};
        for (var e : expected) {
            var a = Tensor.parameter(NdArray.of(0.0, 0, 3, 4).reshape(2, 2));
            var b = Tensor.of(NdArray.of(0.0, 0, 0, 4, -1, 1).reshape(3, 2));
            var d = a.cdist(b, e[0]);
            assertArrayEquals(Arrays.copyOfRange(e, 1, 7), d.value().doubles(), 1e-14, "order " + e[0]);
            assertArrayEquals(Arrays.copyOfRange(e, 7, 11), d.sum().backward().of(a).doubles(), 1e-14, "order " + e[0]);
        }
        var none = Tensor.of(NdArray.zeros(DType.F32, 2, 0));
        assertArrayEquals(new double[4], none.cdist(none, 2).value().toDoubles());
        refused("cdist: rows of (2, 0) and (2, 2) differ in length; give (…, m, k) and (…, n, k)",
            () -> none.cdist(Tensor.of(NdArray.zeros(DType.F32, 2, 2)), 2));
        refused("cdist: order -1.0; give 0 or more, or ∞", () -> none.cdist(none, -1));
        refused("cdist: (1) has fewer than two axes; unsqueeze it", () -> Tensor.of(NdArray.of(1.0)).cdist(none, 2));
    }

    /// Long rows and many: blocks, chains and panels, matrices that repeat; values that overflow or vanish when squared.
    @Test
    void distancesOfManyRowsAreThoseOfEachPair() {
        var random = new SplittableRandom(8);
        for (double p : new double[] {0, 0.5, 1, 2, 3.5, Double.POSITIVE_INFINITY}) {
            for (double scale : new double[] {1, 1e30, 1e-30, 3e-41}) {
                for (var dtype : scale == 1 ? new DType[] {DType.F32, DType.F64} : new DType[] {DType.F32}) {
                    var a = NdArray.normal(DType.F64, Shape.of(2, 1, 131, 67), 0, 1, random).mul(scale).cast(dtype);
                    var b = NdArray.concat(-2, a.slice(0, 1, 2).slice(2, 0, 41).reshape(1, 41, 67),
                        NdArray.zeros(dtype, 1, 4, 67));
                    b = b.reshape(3, 15, 67);
                    var y = Tensor.of(a).cdist(Tensor.of(b), p).value();
                    assertEquals(Shape.of(2, 3, 131, 15), y.shape());
                    var values = y.toDoubles();
                    var rowsOfA = a.cast(DType.F64).reshape(2 * 131, 67);
                    var rowsOfB = b.cast(DType.F64).reshape(3 * 15, 67);
                    for (int q = 0; q < y.size(); q += 37) {
                        int i = q / (3 * 131 * 15) * 131 + q / 15 % 131;
                        int j = q / (131 * 15) % 3 * 15 + q % 15;
                        var u = rowsOfA.slice(0, i, i + 1);
                        var v = rowsOfB.slice(0, j, j + 1);
                        double expected = u.sub(v).cast(dtype).cast(DType.F64).norm(p, false).item();
                        double most = dtype == DType.F32 ? Float.MAX_VALUE : Double.MAX_VALUE;
                        double actual = values[q];
                        assertTrue(expected > most ? actual == Double.POSITIVE_INFINITY
                            : Math.abs(actual - expected) <= expected * (dtype == DType.F32 ? 3e-6 : 1e-13) + Float.MIN_VALUE,
                            dtype + " " + p + " " + scale + " [" + q + "]: " + expected + ", got " + actual);
                    }
                }
            }
        }
    }

    @Test
    void distancesToWhatIsNoNumber() {
        var a = Tensor.of(NdArray.of(Double.NaN, 1, Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY, Double.NaN)
            .reshape(3, 2));
        var b = Tensor.of(NdArray.zeros(DType.F64, 1, 2));
        for (double p : new double[] {0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
            assertArrayEquals(new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NaN}, a.cdist(b, p).value().toDoubles(),
                "order " + p);
        }
        assertArrayEquals(new double[] {2, 2, 2}, a.cdist(b, 0).value().toDoubles());
    }

    /// Blocks of rows give what all of them at once give, to the digit for order 2, whose derivative is a kernel.
    @Test
    void derivativesOfManyDistancesAreThoseOfNorms() {
        var random = new SplittableRandom(9);
        for (double p : new double[] {1, 2, 3, Double.POSITIVE_INFINITY}) {
            for (double scale : new double[] {1, 1e-310}) {
                var a = Tensor.parameter(NdArray.normal(DType.F64, Shape.of(2, 70, 65), 0, scale, random));
                var b = Tensor.parameter(NdArray.concat(0, a.value().slice(0, 0, 1).reshape(70, 65),
                    NdArray.normal(DType.F64, Shape.of(61, 65), 0, scale, random)));
                var w = Tensor.of(NdArray.normal(DType.F64, Shape.of(2, 70, 131), 0, 1, random));
                var g = a.cdist(b, p).mul(w).sum().backward();
                var e = a.unsqueeze(-2).sub(b.unsqueeze(-3)).norm(p, false, -1).mul(w).sum().backward();
                for (var x : new Tensor[] {a, b}) {
                    assertArrayEquals(e.of(x).toDoubles(), g.of(x).toDoubles(), 1e-11, p + " " + scale);
                }
            }
        }
        var none = Tensor.parameter(NdArray.zeros(DType.F32, 0, 3));
        var rows = Tensor.parameter(NdArray.ones(DType.F32, 2, 3));
        var g = none.cdist(rows, 2).sum().backward();
        assertEquals(Shape.of(0, 3), g.of(none).shape());
        assertArrayEquals(new double[6], g.of(rows).toDoubles());
        refused("weightedDifferences: weights (2, 3) do not fit rows of (2, 3) and (2, 3); give one for each pair",
            () -> rows.value().weightedDifferences(rows.value(), NdArray.ones(DType.F32, 2, 3)));
    }

    @Test
    void logarithmsTimesAFactorHaveADerivativeWhereTheFactorIsZero() {
        double[] a = {0, 0, 2, 0};
        double[] b = {2, 0, 3, -1};
        slopes(Tensor::xlogy, a, b, new double[] {Math.log(2), 0, Math.log(3), 0}, 0, NAN, 2 / 3.0, -0.0);
        slopes(Tensor::xlog1py, a, b, new double[] {Math.log(3), 0, Math.log(4), 0}, 0, 0, 0.5, NAN);
    }

    @Test
    void extremesThatIgnoreNaNGiveTiesToTheFirst() {
        double[] a = {1, 2, NAN, 3};
        double[] b = {1, 3, 1, NAN};
        slopes(Tensor::fmax, a, b, new double[] {1, 0, 0, 1}, 0, 1, 1, 0);
        slopes(Tensor::fmin, a, b, new double[] {1, 1, 0, 1}, 0, 0, 1, 0);
        slopes(Tensor::heaviside, new double[] {-1, 0, 1, NAN}, a, new double[4], 0, 1, 0, 0);
    }

    @Test
    void logitIsFlatBeyondItsMargin() {
        var x = Tensor.parameter(NdArray.of(0.1, 0.2, 0.5, 0.8, 0.9));
        var y = x.logit(0.2);
        assertArrayEquals(new double[] {0, 6.25, 4, 6.25, 0}, y.sum().backward().of(x).doubles(), 1e-14);
        double inf = Double.POSITIVE_INFINITY;
        var p = Tensor.parameter(NdArray.of(-0.1, 0, 0.5, 1, 1.1));
        assertArrayEquals(new double[] {NAN, inf, 4, inf, NAN}, p.logit().sum().backward().of(p).doubles());
    }

    private static void slopes(BinaryOperator<Tensor> f, double[] a, double[] b, double[] da, double... db) {
        var x = Tensor.parameter(NdArray.of(a));
        var z = Tensor.parameter(NdArray.of(b));
        var g = Backward.from(f.apply(x, z).sum()).createGraph().run();
        assertArrayEquals(da, g.of(x).doubles(), 1e-15);
        assertArrayEquals(db, g.of(z).doubles(), 1e-15);
    }

    @Test
    void joinsAddTheAxesTheyNeed() {
        var s = Tensor.scalar(DType.F32, 1);
        var v = Tensor.of(NdArray.of(1f, 2, 3));
        var m = Tensor.of(NdArray.zeros(DType.F32, 2, 3));
        assertEquals(Shape.of(2), Tensor.hstack(s, s).shape());
        assertEquals(Shape.of(6), Tensor.hstack(v, v).shape());
        assertEquals(Shape.of(2, 6), Tensor.hstack(m, m).shape());
        assertEquals(Shape.of(3, 3), Tensor.vstack(v, m).shape());
        assertEquals(Shape.of(2, 1), Tensor.vstack(s, s).shape());
        assertEquals(Shape.of(1, 3, 2), Tensor.dstack(v, v).shape());
        assertEquals(Shape.of(2, 3, 2), Tensor.dstack(m, m.unsqueeze(2)).shape());
        assertEquals(Shape.of(3, 2), Tensor.columnStack(v, v).shape());
        assertEquals(Shape.of(2, 4), Tensor.columnStack(m, Tensor.of(NdArray.of(7f, 8))).shape());
        assertArrayEquals(new double[] {1, 5, 1, 6, 2, 5, 2, 6, 3, 5, 3, 6},
            Tensor.cartesianProd(v, Tensor.of(NdArray.of(5f, 6))).value().toDoubles());
        assertArrayEquals(v.value().floats(), Tensor.cartesianProd(v).value().floats());
        refused("hstack: nothing to join; give at least one tensor", Tensor::hstack);
        refused("concat: F32 (3) does not join F32 (2, 3) along axis 1; all other axes and the type must agree",
            () -> Tensor.hstack(m, v));
        refused("cartesianProd: (2, 3) has 2 axes; give 1", () -> Tensor.cartesianProd(m));
    }

    @Test
    void trianglesByIndexAndRandomOrders() {
        assertArrayEquals(new int[] {0, 0, 1, 0, 1, 1}, NdArray.triuIndices(2, 2, 0).ints());
        assertArrayEquals(new int[] {1, 2, 2, 0, 0, 1}, NdArray.trilIndices(3, 2, -1).ints());
        assertEquals(Shape.of(2, 0), NdArray.triuIndices(0, 5, 0).shape());
        assertEquals(Shape.of(2, 6), NdArray.trilIndices(2, 3, Integer.MAX_VALUE).shape());
        refused("triuIndices: a matrix of -1 rows and 2 columns; give 0 or more", () -> NdArray.triuIndices(-1, 2, 0));
        var p = NdArray.randperm(5, new SplittableRandom(1)).ints();
        assertArrayEquals(p, NdArray.randperm(5, new SplittableRandom(1)).ints());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, Arrays.stream(p).sorted().toArray());
        var seen = new TreeSet<String>();
        var random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            seen.add(NdArray.randperm(3, random).toString());
        }
        assertEquals(6, seen.size(), "every order of three");
        assertEquals(0, NdArray.randperm(0, random).size());
    }

    @Test
    void countingByAnyStep() {
        assertArrayEquals(new double[] {1, 1.5, 2}, NdArray.arange(DType.F64, 1, 2.5, 0.5).doubles());
        assertArrayEquals(new double[] {3, 1, -1}, NdArray.arange(DType.F64, 3, -2, -2).doubles());
        assertArrayEquals(new int[] {2, 5, 8}, NdArray.arange(DType.I32, 2, 9, 3).ints());
        assertEquals(0, NdArray.arange(DType.F32, 1, 1, 1).size());
        refused("arange: F32 from 0.0 to 1.0 by -1.0; give a step that leads there, in no more than 2147483639 values",
            () -> NdArray.arange(DType.F32, 0, 1, -1));
        refused("arange: F32 from 0.0 to 1.0 by 0.0; give a step that leads there, in no more than 2147483639 values",
            () -> NdArray.arange(DType.F32, 0, 1, 0));
        refused("arange: BOOL from 0.0 to 1.0 by 1.0; BOOL cannot count", () -> NdArray.arange(DType.BOOL, 0, 1, 1));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
