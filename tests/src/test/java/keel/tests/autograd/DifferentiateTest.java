package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Differentiate;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// Products with Jacobians and Hessians against the whole matrices, and those against closed forms.
class DifferentiateTest {
    private static final double CLOSE = 1e-12; // a few roundings of numbers near 1

    private final SplittableRandom random = new SplittableRandom(7);
    private final NdArray w = normal(4, 3);
    private final UnaryOperator<Tensor> f = x -> x.linear(Tensor.of(w), null).tanh().mul(x.sum());

    private NdArray normal(int... extents) { return NdArray.normal(DType.F64, Shape.of(extents), 0, 1, random); }

    @Test
    void jacobianOfAnOuterProduct() {
        var j = Differentiate.jacobian(x -> x.reshape(2, 1).matmul(x.reshape(1, 2)), NdArray.of(3.0, 5.0));
        assertEquals(Shape.of(2, 2, 2), j.shape());
        assertArrayEquals(new double[] {6, 0, 5, 3, 5, 3, 0, 10}, j.toDoubles());
    }

    @Test
    void productsAgreeWithTheJacobian() {
        var x = normal(2, 3);
        var v = normal(2, 4);
        var u = normal(2, 3);
        var j = Differentiate.jacobian(f, x).reshape(8, 6);
        assertArrayEquals(v.reshape(1, 8).matmul(j).toDoubles(), Differentiate.vjp(f, x, v).derivative().toDoubles(), CLOSE);
        assertArrayEquals(j.matmul(u.reshape(6, 1)).toDoubles(), Differentiate.jvp(f, x, u).derivative().toDoubles(), CLOSE);
        assertArrayEquals(Recording.off(() -> f.apply(Tensor.of(x))).value().toDoubles(),
            Differentiate.jvp(f, x, u).value().toDoubles());
    }

    @Test
    void hessianOfACubeIsDiagonal() {
        var x = NdArray.of(1.0, -2.0, 3.0);
        assertArrayEquals(new double[] {6, 0, 0, 0, -12, 0, 0, 0, 18},
            Differentiate.hessian(t -> t.mul(t).mul(t).sum(), x).toDoubles(), CLOSE);
    }

    @Test
    void hessianVectorProductAgreesWithTheHessian() {
        var x = normal(2, 3);
        var u = normal(2, 3);
        var h = Differentiate.hessian(t -> f.apply(t).square().sum(), x).reshape(6, 6);
        assertArrayEquals(h.matmul(u.reshape(6, 1)).toDoubles(), Differentiate.hvp(t -> f.apply(t).square().sum(), x,
            u).toDoubles(), 1e-10);
        assertArrayEquals(h.toDoubles(), h.transpose().toDoubles(), 1e-10);
    }

    @Test
    void derivativesOfWhatDoesNotDependAreZero() {
        var x = normal(3);
        assertArrayEquals(new double[9], Differentiate.hessian(Tensor::sum, x).toDoubles());
        assertArrayEquals(new double[3], Differentiate.jvp(t -> Tensor.of(x), x, x).derivative().toDoubles());
        assertArrayEquals(new double[3], Differentiate.hvp(_ -> Tensor.scalar(DType.F64, 1), x, x).toDoubles());
    }

    @Test
    void worksWhereRecordingIsOff() {
        var x = NdArray.of(2.0);
        assertEquals(12, Recording.off(() -> Differentiate.hessian(t -> t.mul(t).mul(t).sum(), x)).item());
    }
}
