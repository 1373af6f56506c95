package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import keel.array.Combine;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Combining by index, with ties, zeros and places that nothing goes to: the numbers of PyTorch 2.13 (`scatter_reduce`,
/// `index_put` and their gradients in float64) but where a test says otherwise.
class ScatterTest {
    private static final Shape X = Shape.of(2, 3);
    private static final Shape S = Shape.of(2, 4);
    private static final NdArray INDEX = NdArray.of(S, new int[] {0, 1, 0, 1, 2, 2, 0, 0});

    private static void assertReduces(Combine how, boolean self, double[] y, double[] dx, double... ds) {
        for (var dtype : new DType[] {DType.F64, DType.F32}) {
            double delta = dtype == DType.F64 ? 1e-14 : 1e-5;
            var x = Tensor.parameter(NdArray.of(X, new double[] {1, 5, 2, 4, 0, 3}).cast(dtype));
            var s = Tensor.parameter(NdArray.of(S, new double[] {1, 5, 1, 7, 0, 0, -2, 6}).cast(dtype));
            var out = x.scatterReduce(1, INDEX, s, how, self);
            assertArrayEquals(y, out.value().toDoubles(), delta);
            assertArrayEquals(y, x.value().scatterReduce(1, INDEX, s.value(), how, self).toDoubles(), delta);
            var seed = Tensor.of(NdArray.of(X, new double[] {1, 2, 3, 4, 5, 6}).cast(dtype));
            var g = Backward.from(out).seed(seed).createGraph().run(); // the differentiable form, then the fused one
            assertArrayEquals(dx, g.of(x).toDoubles(), delta);
            assertArrayEquals(ds, g.of(s).toDoubles(), delta);
            var h = Backward.from(x.scatterReduce(1, INDEX, s, how, self)).seed(seed).run();
            assertArrayEquals(dx, h.of(x).toDoubles(), delta);
            assertArrayEquals(ds, h.of(s).toDoubles(), delta);
        }
    }

    @Test
    void sumsAndMeans() {
        double t = 1 / 3.0;
        assertReduces(Combine.SUM, true, new double[] {3, 17, 2, 8, 0, 3}, new double[] {1, 2, 3, 4, 5, 6},
            1, 2, 1, 2, 6, 6, 4, 4);
        assertReduces(Combine.SUM, false, new double[] {2, 12, 2, 4, 0, 0}, new double[] {0, 0, 3, 0, 5, 0},
            1, 2, 1, 2, 6, 6, 4, 4);
        assertReduces(Combine.MEAN, true, new double[] {1, 17 * t, 2, 8 * t, 0, 1}, new double[] {t, 2 * t, 3, 4 * t, 5, 2},
            t, 2 * t, t, 2 * t, 2, 2, 4 * t, 4 * t);
        assertReduces(Combine.MEAN, false, new double[] {1, 6, 2, 2, 0, 0}, new double[] {0, 0, 3, 0, 5, 0},
            0.5, 1, 0.5, 1, 3, 3, 2, 2);
    }

    @Test
    void productsWithTwoZerosAtOnePlace() {
        assertReduces(Combine.PROD, true, new double[] {1, 175, 2, -48, 0, 0}, new double[] {1, 70, 3, -48, 5, 0},
            1, 70, 1, 50, 0, 0, 96, -32);
        assertReduces(Combine.PROD, false, new double[] {1, 35, 2, -12, 0, 0}, new double[] {0, 0, 3, 0, 5, 0},
            1, 14, 1, 10, 0, 0, 24, -8);
    }

    @Test
    void extremesShareWithTheirEquals() {
        double t = 1 / 3.0;
        assertReduces(Combine.MAX, true, new double[] {1, 7, 2, 6, 0, 3}, new double[] {t, 0, 3, 0, 5, 6},
            t, 0, t, 2, 0, 0, 0, 4);
        assertReduces(Combine.MIN, true, new double[] {1, 5, 2, -2, 0, 0}, new double[] {t, 1, 3, 0, 5, 0},
            t, 1, t, 0, 3, 3, 4, 0);
    }

    /// PyTorch counts an element of x that happens to be equal among those that share, though it took no part, and its share is
    /// lost: ⅓, ⅓ for the first and third value.
    @Test
    void anEqualThatTookNoPartHasNoShare() {
        assertReduces(Combine.MAX, false, new double[] {1, 7, 2, 6, 0, 0}, new double[] {0, 0, 3, 0, 5, 0},
            0.5, 0, 0.5, 2, 3, 3, 0, 4);
        assertReduces(Combine.MIN, false, new double[] {1, 5, 2, -2, 0, 0}, new double[] {0, 0, 3, 0, 5, 0},
            0.5, 2, 0.5, 0, 3, 3, 4, 0);
    }

    @Test
    void aSourceLongerThanTheIndexIsCutAndARowOfXMayBeLeftOut() {
        var x = Tensor.parameter(NdArray.of(Shape.of(2, 2), new double[] {1, 2, 3, 4}));
        var s = Tensor.parameter(NdArray.of(Shape.of(2, 2), new double[] {5, 6, 7, 8}));
        var y = x.scatterReduce(-1, NdArray.of(Shape.of(1, 2), new int[] {1, 1}), s, Combine.PROD, true);
        assertArrayEquals(new double[] {1, 60, 3, 4}, y.value().doubles());
        var g = y.sum().backward();
        assertArrayEquals(new double[] {12, 10, 0, 0}, g.of(s).doubles());
        assertArrayEquals(new double[] {1, 30, 1, 1}, g.of(x).doubles());
    }

    @Test
    void nothingAndNaN() {
        var x = NdArray.of(1.0, Double.NaN);
        var none = NdArray.zeros(DType.I32, 0);
        for (var how : Combine.values()) {
            assertArrayEquals(x.doubles(), x.scatterReduce(0, none, NdArray.zeros(DType.F64, 0), how, false).doubles());
            var nan = x.scatterReduce(0, NdArray.of(0), NdArray.of(Double.NaN), how, true);
            assertArrayEquals(new double[] {Double.NaN, Double.NaN}, nan.doubles());
        }
        var single = NdArray.full(DType.F64, Shape.of(), 2);
        assertEquals(6, single.scatterReduce(0, NdArray.of(Shape.of(), new int[1]), single.add(1), Combine.PROD, true).item());
    }

    @Test
    void positionsAreReadAndWrittenAsInPyTorch() {
        var x = Tensor.parameter(NdArray.arange(DType.F64, 12).reshape(3, 4));
        var i = NdArray.of(Shape.of(2, 1), new int[] {0, -1});
        var j = NdArray.of(1, 1, 3);
        assertArrayEquals(new double[] {1, 1, 3, 9, 9, 11}, x.index(i, j).value().doubles());
        assertEquals(Shape.of(2, 3), x.index(i, j).shape());
        assertEquals(Shape.of(2, 1, 4), x.index(i).shape());
        var v = Tensor.parameter(NdArray.of(10.0, 20, 30));
        var y = x.indexPut(v, true, i, j);
        assertArrayEquals(new double[] {0, 31, 2, 33, 4, 5, 6, 7, 8, 39, 10, 41}, y.value().doubles());
        var g = Backward.from(y).seed(Tensor.of(x.value())).run();
        assertArrayEquals(x.value().doubles(), g.of(x).doubles());
        assertArrayEquals(new double[] {10, 10, 14}, g.of(v).doubles());
        var mask = NdArray.of(true, false, true);
        assertArrayEquals(new double[] {0, 1, 2, 3, 8, 9, 10, 11}, x.index(mask).value().doubles());
        assertArrayEquals(new double[] {7, 7, 7, 7, 4, 5, 6, 7, 7, 7, 7, 7},
            x.indexPut(Tensor.scalar(DType.F64, 7), false, mask).value().doubles());
        assertArrayEquals(new double[] {1, 11}, x.index(mask, NdArray.of(1, 3)).value().doubles());
    }

    @Test
    void errorsNameTheOperationAndBothShapes() {
        var x = Tensor.of(NdArray.zeros(DType.F64, 2, 3));
        refused("index: index 2 is not in axis 0 of (2, 3); give -2 … 1", () -> x.index(NdArray.of(2)));
        var one = NdArray.of(1);
        refused("index: 3 indices for the axes of (2, 3); give 1 … 2", () -> x.index(one, one, one));
        refused("index: an index is F64 (1); use I32, or a mask", () -> x.index(NdArray.of(1.0)));
        refused("index: mask (3) does not fit the axes of (2, 3) from 0 on; give one of their extents",
            () -> x.index(NdArray.of(true, true, false)));
        refused("indexPut: values (2, 3) do not expand to (1, 3), what the indices choose of (2, 3); reshape them",
            () -> x.indexPut(x, false, NdArray.of(1)));
        refused("scatterReduce: index 5 at position 0 is not in 0 … 2",
            () -> x.scatterReduce(1, NdArray.of(Shape.of(1, 1), new int[] {5}), x, Combine.MAX, true));
        refused("scatterReduce: index (1) and values (2, 3) differ; give each value an index",
            () -> x.value().scatterReduce(1, NdArray.of(1), x.value(), Combine.SUM, true));
        refused("scatterReduce: types differ, F64 (2, 3) and F32 (1, 1); cast one",
            () -> x.scatterReduce(1, NdArray.of(Shape.of(1, 1), new int[1]), x.cast(DType.F32), Combine.PROD, true));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
