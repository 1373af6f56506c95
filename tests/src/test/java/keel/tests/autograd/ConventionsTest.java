package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Derivatives where mathematics leaves a choice: kinks, ties, and functions at the end of their domain. The choices are
/// PyTorch's unless the test says otherwise.
class ConventionsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private static void assertSlopes(UnaryOperator<Tensor> f, double[] x, double... expected) {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var p = Tensor.parameter(NdArray.of(x).cast(dtype));
            var y = f.apply(p).sum();
            var recorded = Backward.from(y).createGraph().run().of(p); // the same at the kink, fused or not
            assertArrayEquals(expected, recorded.toDoubles());
            assertArrayEquals(expected, y.backward().of(p).toDoubles());
        }
    }

    @Test
    void kinksOfOneVariable() {
        assertSlopes(Tensor::relu, new double[] {-1, -0.0, 0, 1}, 0, 0, 0, 1);
        assertSlopes(x -> x.leakyRelu(0.25), new double[] {-1, -0.0, 0, 1}, 0.25, 0.25, 0.25, 1);
        assertSlopes(Tensor::abs, new double[] {-1, -0.0, 0, 1}, -1, -0.0, 0, 1);
        assertSlopes(x -> x.clamp(-1, 2), new double[] {-2, -1, 0, 2, 3}, 0, 1, 1, 1, 0);
        assertSlopes(x -> x.maximum(1), new double[] {0, 1, 2}, 0, 0.5, 1);
        assertSlopes(x -> x.minimum(1), new double[] {0, 1, 2}, 1, 0.5, 0);
    }

    /// The value is NaN and shows; PyTorch's sign of it is 0, and with it this derivative.
    @Test
    void theSignOfNaNIsZero() {
        assertSlopes(Tensor::abs, new double[] {NAN, -2}, 0, -1);
        assertArrayEquals(new double[] {0, 1, -1}, NdArray.of(NAN, INF, -INF).sign().doubles());
        assertTrue(Tensor.of(NdArray.of(NAN)).abs().value().hasNaN());
        assertEquals(3, Tensor.scalar(DType.F64, 3).quantile(0.3, -1, true).item());
    }

    /// As `torch.quantile`, but for q = 1, which is NaN there.
    @Test
    void quantileAtAWholeRankIsThatElementWhateverIsNextToIt() {
        assertSlopes(x -> x.quantile(0.5, 0, false), new double[] {INF, 1, 2}, 0, 0, 1);
        assertEquals(2, Tensor.of(NdArray.of(INF, 1, 2)).quantile(0.5, 0, false).item());
        assertEquals(INF, Tensor.of(NdArray.of(INF, 1, 2)).quantile(1, 0, false).item());
        assertEquals(-INF, Tensor.of(NdArray.of(INF, -INF, INF)).quantile(0, 0, false).item());
    }

    /// As the logarithm of the sum of all; `torch.logcumsumexp` gives NaN at −∞.
    @Test
    void logarithmOfNothingSoFarHasNoSlope() {
        assertSlopes(x -> x.logCumsumExp(0).maskedFill(x.value().eq(-INF), 0).sum(), new double[] {-INF, 0, -INF, 0},
            0, 1.5, 0, 0.5);
        assertSlopes(x -> x.logCumsumExp(0).clamp(-1e300, 1e300).sum(), new double[] {-INF, -INF}, 0, 0);
        assertSlopes(x -> x.logCumsumExp(0).sum(), new double[] {-INF, 0}, 0, 1);
        assertSlopes(x -> x.logCumsumExp(0).mul(NAN).sum(), new double[] {1}, NAN);
    }

    @Test
    void tiesShareTheGradientEqually() {
        assertSlopes(Tensor::max, new double[] {1, 3, 3, 2}, 0, 0.5, 0.5, 0);
        assertSlopes(Tensor::min, new double[] {1, 3, 1, 1, 1}, 0.25, 0, 0.25, 0.25, 0.25);
    }

    @Test
    void endsOfDomains() {
        assertSlopes(Tensor::sqrt, new double[] {0, 4}, INF, 0.25);
        assertSlopes(Tensor::log, new double[] {0, 4}, INF, 0.25);
        assertSlopes(x -> x.pow(0), new double[] {0, -2, NAN}, 0, 0, 0);
        assertSlopes(x -> x.pow(1), new double[] {0, -2}, 1, 1);
        assertSlopes(x -> x.pow(2), new double[] {0, -2}, 0, -4);
        assertSlopes(x -> x.pow(0.5), new double[] {0, 4}, INF, 0.25);
    }

    @Test
    void thePowerOfTwoVariablesAtZero() {
        double[] a = {0, 0, 0, 2, NAN, -2};
        double[] b = {0, 2, 1, 0, 0, 2};
        var x = Tensor.parameter(NdArray.of(a));
        var z = Tensor.parameter(NdArray.of(b));
        var g = x.pow(z).sum().backward();
        assertArrayEquals(new double[] {0, 0, 1, 0, 0, -4}, g.of(x).toDoubles());
        assertArrayEquals(new double[] {0, 0, 0, Math.log(2), NAN, NAN}, g.of(z).toDoubles());
    }

    /// ∂²(aᵇ)/∂a∂b = aᵇ⁻¹(1 + b ln a), which is 1/a at b = 0: a mask on b = 0 would make it 0.
    @Test
    void theMixedDerivativeOfAPowerIsRightAtExponentZero() {
        var a = Tensor.parameter(NdArray.of(2.0));
        var b = Tensor.parameter(NdArray.of(0.0));
        var da = Backward.from(a.pow(b).sum()).createGraph().run().tensorOf(a);
        assertEquals(0.5, da.sum().backward().of(b).item(), 1e-15);
        var zero = Tensor.parameter(NdArray.of(0.0));
        var two = Tensor.parameter(NdArray.of(2.0));
        var db = Backward.from(zero.pow(two).sum()).createGraph().run().tensorOf(two);
        assertEquals(0, db.sum().backward().of(zero).item(), "0², flat in both");
    }

    @Test
    void whereSendsNothingToTheBranchNotTaken() {
        var x = Tensor.parameter(NdArray.of(1.0, 4.0));
        var bad = Tensor.parameter(NdArray.of(NAN, INF));
        var g = Tensor.where(NdArray.of(true, true), x.sqrt(), bad).sum().backward();
        assertArrayEquals(new double[] {0.5, 0.25}, g.of(x).toDoubles());
        assertArrayEquals(new double[] {0, 0}, g.of(bad).toDoubles());
        var h = Backward.from(Tensor.where(NdArray.of(true, false), x, bad).sum()).seed(Tensor.scalar(DType.F64, INF)).run();
        assertArrayEquals(new double[] {INF, 0}, h.of(x).toDoubles()); // a choice, not a product with 0
        assertArrayEquals(new double[] {0, INF}, h.of(bad).toDoubles());
    }

    /// The way to use a function only where it is defined: a harmless argument elsewhere. (Without the inner choice 0·∞ = NaN
    /// arises inside the function, as in PyTorch.)
    @Test
    void aFunctionIsCutOffSafelyByChoosingItsArgumentToo() {
        var x = Tensor.parameter(NdArray.of(0.0, 4.0));
        var positive = x.gt(0);
        var one = Tensor.scalar(DType.F64, 1);
        var zero = Tensor.scalar(DType.F64, 0);
        var y = Tensor.where(positive, Tensor.where(positive, x, one).sqrt(), zero);
        assertArrayEquals(new double[] {0, 0.25}, y.sum().backward().of(x).toDoubles());
    }

    @Test
    void reluPassesNoInfinityWhereItIsOff() {
        var x = Tensor.parameter(NdArray.of(-1.0, 1.0));
        var g = Backward.from(x.relu()).seed(Tensor.of(NdArray.of(INF, INF))).run();
        assertArrayEquals(new double[] {0, INF}, g.of(x).toDoubles());
    }

    @Test
    void varianceOfOneElementWithCorrectionIsUndefined() {
        var x = Tensor.parameter(NdArray.of(5.0));
        assertTrue(Double.isNaN(x.variance(false, 1).item()));
        assertTrue(Double.isNaN(x.variance(false, 3).item()), "the divisor is 0 at least");
        assertEquals(0, x.variance(false, 0).item());
    }

    @Test
    void theMeanOfNothingIsNaNAndItsGradientEmpty() {
        var x = Tensor.parameter(NdArray.zeros(DType.F64, 0));
        var y = x.mean();
        assertTrue(Double.isNaN(y.item()));
        assertEquals(Shape.of(0), y.backward().of(x).shape());
        assertFalse(x.sum().backward().of(x).hasNaN());
    }

    @Test
    void varianceKeepsItsDigitsFarFromZero() {
        var x = Tensor.of(NdArray.of(1e8 + 1, 1e8 + 2, 1e8 + 3));
        assertEquals(1, x.variance(false, 1).item(), 1e-7);
        var narrow = Tensor.of(NdArray.of(1000.5f, 1001f, 1001.5f));
        assertEquals(0.25, narrow.variance(false, 1).item(), 1e-6);
    }

    /// Beside a line of zeros, which gets none, one whose reciprocal norm is not finite and one whose squares are not.
    @Test
    void theGradientOfANormIsADirectionOfLengthOne() {
        var x = Tensor.parameter(NdArray.of(0f, 0f, 3e-40f, 4e-40f, -3e30f, 4e30f, 3f, -4f).reshape(4, 2));
        var g = x.norm(2, false, 1).sum().backward().of(x).toDoubles();
        assertArrayEquals(new double[] {0, 0, 0.6, 0.8, -0.6, 0.8, 0.6, -0.8}, g, 1e-5);
        var y = Tensor.parameter(x.value().transpose());
        assertArrayEquals(new double[] {0, 0.6, -0.6, 0.6, 0, 0.8, 0.8, -0.8},
            y.norm(2, true, 0).sum().backward().of(y).toDoubles(), 1e-5);
    }
}
