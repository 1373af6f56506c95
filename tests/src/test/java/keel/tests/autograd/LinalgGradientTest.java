package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Linalg;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Gradients of decompositions: the numbers of PyTorch 2.13 (`torch.linalg` in float64), and what happens where there is none.
class LinalgGradientTest {
    private static final NdArray A = NdArray.of(Shape.of(4, 3), new double[] {1, 2, 3, -2, 0.5, 1, 4, -1, 2, 0, 3, -1});
    private static final Tensor W = Tensor.of(NdArray.of(Shape.of(3, 3), new double[] {1, -1, 2, 3, 0, 1, -2, 1, 1}));

    private static double[] gradient(NdArray at, UnaryOperator<Tensor> f) {
        var x = Tensor.parameter(at);
        return f.apply(x).sum().backward().of(x).doubles();
    }

    @Test
    void theNumbersOfPyTorch() {
        assertArrayEquals(new double[] {-0.6241400755801856, -0.8663569010166317, -1.814484199300329, -4.16129409209384,
            -4.936874614918364, 3.744379609913573, -3.070255950890833, -1.106204158466064, 0.03452300730394903,
            0.6697381317550797, 0.8134310934394678, -0.2057030839428483}, gradient(A, x -> {
                var y = Linalg.qr(x);
                var w = Tensor.of(NdArray.arange(DType.F64, 12).add(1).reshape(4, 3));
                return y.q().mul(w).sum().add(y.r().mul(W).sum());
            }), 1e-13);
        assertArrayEquals(new double[] {30, 37.5, 10, 45, 60, 35, 60, 82.5, 60, 75, 105, 85}, gradient(A, x -> {
            var y = Linalg.svd(x); // u·s²·uᵀ = x·xᵀ, whatever the signs of u
            return y.u().mul(y.s().square().unsqueeze(0)).matmulNT(y.u())
                .mul(Tensor.of(NdArray.arange(DType.F64, 16).reshape(4, 4)));
        }), 1e-12);
        assertArrayEquals(new double[] {0.08008463354546172, 0.490095153067132, 0.752228293049528, -0.5587233201052161,
            0.04277262350054167, 0.4367615585321014, 0.8068715035752718, -0.20194439448304, 0.3105724175348594,
            0.1742787415569484, 0.8468740786893088, -0.3833232442612322}, gradient(A, x -> Linalg.nuclearNorm(x, false, 0, 1)),
            1e-14);
        assertArrayEquals(new double[] {0.3527950397911399, -0.05153091574817228, 0.2444308701605481, -0.1747508601429551,
            0.02552493894550898, -0.1210745616812935, 0.7003938206452192, -0.10230284128591, 0.4852615590534762,
            -0.1432043292161376, 0.02091710310887325, -0.09921783146889127},
            gradient(A, x -> Linalg.spectralNorm(x, false, false, 0, 1)), 1e-14);
        assertArrayEquals(new double[] {0.2645234993968053, 0.2799845751989722, -0.2693057682508972, 0.2799845751989723,
            -0.0208626909157699, 0.1035110433897814, -0.2693057682508972, 0.1035110433897814, 0.1537087298313717},
            gradient(A.matmulTN(A), x -> Linalg.cholesky(x).mul(W)), 1e-14);
        assertArrayEquals(new double[] {1 / 9.0, 4 / 9.0, 0, -3.5 / 9, -5 / 9.0, 0.5, 0.25 / 9, -3.5 / 9, 0.25},
            gradient(A.slice(0, 0, 3), x -> Linalg.slogdet(x).logAbs()), 1e-15);
        assertArrayEquals(new double[] {4, 4, -4, -2, -2, 2, 0, 0, 0},
            gradient(NdArray.of(Shape.of(3, 3), new double[] {1, 2, 3, 2, 4, 6, 1, 0, 1}), Linalg::det), 1e-13);
        assertEquals(11.867075053504115, Linalg.nuclearNorm(Tensor.of(A), false, 0, 1).item(), 1e-14);
        assertEquals(2.6894910797548413, Linalg.spectralNorm(Tensor.of(A), true, false, 0, 1).item(), 1e-14);
    }

    /// All singular values of the identity are equal: its vectors are anybody's choice, but what does not depend on them has a
    /// derivative.
    @Test
    void equalSingularValuesHurtOnlyWhatDependsOnTheirVectors() {
        var one = NdArray.eye(DType.F64, 3);
        assertArrayEquals(one.doubles(), gradient(one, x -> Linalg.singularValues(x)), 1e-15);
        assertArrayEquals(one.doubles(), gradient(one, x -> Linalg.svd(x).s()), 1e-15);
        var u = Tensor.parameter(one);
        assertFalse(Linalg.svd(u).u().mul(W).sum().backward().of(u).isFinite());
    }

    @Test
    void aDerivativeThatDoesNotExistIsAnErrorThatSaysSo() {
        var x = Tensor.parameter(NdArray.ones(DType.F64, 2, 2));
        var y = Linalg.qr(x).r().sum();
        assertTrue(assertThrows(IllegalArgumentException.class, y::backward).getMessage().contains("is singular"));
        var log = Linalg.slogdet(x).logAbs();
        assertTrue(assertThrows(IllegalArgumentException.class, log::backward).getMessage().contains("is singular"));
        assertEquals("nuclearNorm: axis 2 is not in shape (2, 2); use -2 … 1",
            assertThrows(IllegalArgumentException.class, () -> Linalg.nuclearNorm(x, false, 0, 2)).getMessage());
        assertEquals("qr: (2) has fewer than two axes; unsqueeze it",
            assertThrows(IllegalArgumentException.class, () -> Linalg.qr(Tensor.of(NdArray.of(1.0, 2)))).getMessage());
    }

    // One bad matrix of a batch must not stop the run before anyone can see where the bad number came from.
    @Test
    void whatIsNotFiniteHasNaNForAGradientAndLeavesTheOthersAlone() {
        double inf = Double.POSITIVE_INFINITY;
        var x = NdArray.of(Shape.of(3, 2, 2), new double[] {2, 1, 1, 3, inf, 1, 1, 1, 1, 2, 2, 3});
        double[] det = gradient(x, Linalg::det);
        assertArrayEquals(new double[] {3, -1, -1, 2, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 3, -2, -2, 1}, det, 1e-12);
        double[] log = gradient(x.slice(0, 0, 2), y -> Linalg.slogdet(y).logAbs());
        assertArrayEquals(new double[] {0.6, -0.2, -0.2, 0.4, Double.NaN, Double.NaN, Double.NaN, Double.NaN}, log, 1e-12);
    }
}
