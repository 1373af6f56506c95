package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

/// What a tensor says when it refuses. Where it only hands on to an array, the array's own messages are tested there.
class TensorMessagesTest {
    private static final Tensor X = Tensor.parameter(NdArray.zeros(DType.F32, 4, 3));

    private static Tensor zeros(int... extents) {
        return Tensor.parameter(NdArray.zeros(DType.F32, extents));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void parametersAreFloats() {
        refused("parameter: I32 (2) has no gradient; use F32 or F64", () -> Tensor.parameter(NdArray.of(1, 2)));
        refused("cast: no gradient flows through I32; use value().cast(I32)", () -> X.cast(DType.I32));
        refused("exp: not defined for I32 (2); cast it to F32 or F64", () -> Tensor.of(NdArray.of(1, 2)).exp());
    }

    @Test
    void productsShowTheShapesThatWereGiven() {
        refused("matmul: inner extents differ, (2, 4, 3) · (4, 3); transpose one, or use matmulNT",
            () -> zeros(2, 4, 3).matmul(X));
        refused("matmulNT: inner extents differ, (2, 3, 4) · (4, 3); transpose one, or use matmul",
            () -> zeros(2, 3, 4).matmulNT(X));
        refused("matmul: types differ, F32 (2, 5, 4) and F64 (4, 3); cast one", () -> zeros(2, 5, 4).matmul(X.cast(DType.F64)));
        refused("linear: input F32 (2, 5) does not fit weight F32 (4, 3); give (…, in) and (out, in) of one type",
            () -> zeros(2, 5).linear(X, null));
        refused("linear: input F32 () does not fit weight F32 (4, 3); give (…, in) and (out, in) of one type",
            () -> zeros().linear(X, null));
        refused("linear: input F32 (2, 3) does not fit weight F64 (4, 3); give (…, in) and (out, in) of one type",
            () -> zeros(2, 3).linear(X.cast(DType.F64), null));
        refused("linear: bias F32 (3) does not fit weight F32 (4, 3); give F32 (4)", () -> zeros(2, 3).linear(X, zeros(3)));
    }

    @Test
    void normalizationAndLosses() {
        refused("layerNorm: 3 axes to normalize of (4, 3); give 1 … 2", () -> X.layerNorm(3, null, null, 1e-5));
        refused("layerNorm: 1 axes to normalize of (); unsqueeze it", () -> zeros().layerNorm(1, null, null, 1e-5));
        refused("layerNorm: parameter F32 (3, 4) does not fit the last 2 axes of F32 (4, 3); give F32 (4, 3)",
            () -> X.layerNorm(2, zeros(3, 4), null, 1e-5));
        refused("layerNorm: parameter F64 (3) does not fit the last 1 axes of F32 (4, 3); give F32 (3)",
            () -> X.layerNorm(1, null, zeros(3).cast(DType.F64), 1e-5));
        var labels = NdArray.of(0, 1, 2, 0);
        refused("crossEntropy: logits (4, 3) and labels (3) do not fit; give logits (n, classes) and labels (n)",
            () -> X.crossEntropy(NdArray.of(0, 1, 2), 0));
        refused("crossEntropy: labels are F64; give class indices as I32",
            () -> X.crossEntropy(NdArray.of(0, Double.NaN, 2, 0), 0));
        refused("crossEntropy: label 3 of row 2 is not in 0 … 2, the classes of logits (4, 3)",
            () -> X.crossEntropy(NdArray.of(0, 1, 3, -1), 0));
        refused("crossEntropy: label -1 of row 3 is not in 0 … 2, the classes of logits (4, 3)",
            () -> X.crossEntropy(NdArray.of(0, 1, 2, -1), 0));
        refused("crossEntropy: label smoothing NaN is not in 0 … 1", () -> X.crossEntropy(labels, Double.NaN));
        refused("crossEntropy: label smoothing 1.5 is not in 0 … 1", () -> X.crossEntropy(labels, 1.5));
        refused("crossEntropy: the batch is empty, logits (0, 3); the mean needs at least one row",
            () -> zeros(0, 3).crossEntropy(NdArray.zeros(DType.I32, 0), 0));
        refused("softmax: axis 2 is not in shape (4, 3); use -2 … 1", () -> X.softmax(2));
        refused("variance: axis 2 is not in shape (4, 3); use -2 … 1", () -> X.variance(false, 1, 2));
    }

    @Test
    void backwardNeedsASeedThatFitsOrOneElement() {
        refused("backward: Square F32 (4, 3) has 12 elements; reduce it to one (sum, mean), or give Backward.from(y).seed(dy)",
            () -> X.square().backward());
        refused("backward: seed constant F64 () does not fit Sum F32 (); type and shape must agree",
            () -> Backward.from(X.sum()).seed(Tensor.scalar(DType.F64, 1)).run());
        refused("backward: seed constant F32 (1) does not fit Sum F32 (); type and shape must agree",
            () -> Backward.from(X.sum()).seed(Tensor.of(NdArray.ones(DType.F32, 1))).run());
    }

    @Test
    void rearrangementsNameTheirOperation() {
        refused("stack: nothing to join; give at least one array", () -> Tensor.stack(0));
        refused("transpose: axis 5 is not in shape (4, 3); use -2 … 1", () -> X.transpose(0, 5));
        refused("max: axis 0 of (0, 3) has no elements; give at least one", () -> zeros(0, 3).max());
        refused("expand: (4, 3) does not expand to (3); only axes of extent 1 grow", () -> X.expand(Shape.of(3)));
    }
}
