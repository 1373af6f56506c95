package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.Epilogue;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.kernel.Binary;
import keel.kernel.Form;
import org.junit.jupiter.api.Test;

/// Bias and activation in one pass: the bits of the two operations, forward and backward.
class EpilogueTest {
    private static Tensor composed(Tensor x, Tensor w, Tensor b, Epilogue f) {
        var z = x.linear(w, b);
        return switch (f) {
            case RELU -> z.relu();
            case GELU -> z.gelu();
            case GELU_TANH -> z.geluTanh();
            case SILU -> z.silu();
        };
    }

    @Test
    void theBitsAreThoseOfTheTwoOperations() {
        for (var f : Epilogue.values()) {
            for (var type : List.of(DType.F32, DType.F64)) {
                for (var rows : List.of(Shape.of(0), Shape.of(1), Shape.of(2, 67), Shape.of(5, 3, 1), Shape.of())) {
                    for (int out : new int[] {0, 1, 7, 33, 5000}) assertSameBits(f, type, rows, out);
                }
            }
        }
    }

    private static void assertSameBits(Epilogue f, DType type, Shape rows, int out) {
        var random = new SplittableRandom(out);
        var values = new NdArray[] {NdArray.normal(type, rows.inserted(rows.rank(), 3), 0, 2, random),
            NdArray.normal(type, Shape.of(out, 3), 0, 1, random), NdArray.normal(type, Shape.of(out), 0, 1, random)};
        var results = new NdArray[2][];
        for (int i = 0; i < 2; i++) {
            var t = new Tensor[3];
            for (int j = 0; j < 3; j++) t[j] = Tensor.parameter(values[j]);
            var y = i == 0 ? t[0].linear(t[1], t[2], f) : composed(t[0], t[1], t[2], f);
            var g = y.mul(y).sum().backward();
            results[i] = new NdArray[] {y.value(), g.of(t[0]), g.of(t[1]), g.of(t[2])};
        }
        var alone = Recording.off(() -> Tensor.of(values[0]).linear(Tensor.of(values[1]), Tensor.of(values[2]), f)).value();
        assertEquals(results[0][0].shape(), alone.shape());
        assertArrayEquals(results[0][0].toDoubles(), alone.toDoubles(), f + " " + type + " " + rows + " " + out);
        for (int j = 0; j < results[0].length; j++) {
            assertEquals(results[1][j].shape(), results[0][j].shape());
            assertArrayEquals(results[1][j].toDoubles(), results[0][j].toDoubles(), f + " " + type + " " + rows + " " + out);
        }
    }

    @Test
    void extremesPassThrough() {
        var x = Tensor.of(NdArray.of(Shape.of(5, 1), new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN,
            -0f, 1e30f}));
        var one = Tensor.of(NdArray.of(Shape.of(1, 1), new float[] {1}));
        var zero = Tensor.of(NdArray.of(0f));
        for (var f : Epilogue.values()) {
            assertArrayEquals(composed(x, one, zero, f).value().toFloats(), x.linear(one, zero, f).value().toFloats(),
                f.toString());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() {
        var x = Tensor.of(NdArray.zeros(DType.F32, 2, 3));
        var w = Tensor.of(NdArray.zeros(DType.F32, 4, 3));
        assertEquals("linear: GELU follows a bias, and there is none; give one (out)",
            assertThrows(IllegalArgumentException.class,
            () -> x.linear(w, null, Epilogue.GELU)).getMessage());
        assertEquals("SILU: a bias F32 (3) does not fit F32 (2, 4); give (rows, n) and (n) of one type",
            assertThrows(IllegalArgumentException.class,
                () -> x.linear(w, Tensor.of(NdArray.zeros(DType.F32, 3)), Epilogue.SILU)).getMessage());
        assertEquals("gradient of RELU: dy is (4, 2); give (2, 4)", assertThrows(IllegalArgumentException.class,
            () -> Epilogue.RELU.gradient(NdArray.zeros(DType.F32, 2, 4), NdArray.zeros(DType.F32, 4),
                NdArray.zeros(DType.F32, 4, 2))).getMessage());
    }

    /// Gradients that have flowed on give their arrays to the next ones: none may be overwritten that is still needed, on
    /// whatever ways gradients come together, and none that the user has.
    @Test
    void arraysAreUsedAgainOnlyWhenNobodyNeedsThem() {
        var random = new SplittableRandom(5);
        int n = 6;
        var w = new Tensor[6];
        for (int i = 0; i < w.length; i++) w[i] = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(n, n), 0, 0.5, random));
        var b = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(n), 0, 0.5, random));
        var x = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(n, n), 0, 1, random));
        var h = x.linear(w[0], b, Epilogue.RELU);
        var left = h.linear(w[1], b).gelu().linear(w[2], b, Epilogue.SILU);
        var right = h.tanh().add(h).linear(w[3], b, Epilogue.RELU);
        var both = left.add(right).add(right.sub(x)).linear(w[4], b, Epilogue.GELU).add(h).leakyRelu(0.1);
        var loss = both.linear(w[5], b).sigmoid().sub(both.relu().reshape(n * n).reshape(n, n)).silu().square().mean();
        var recorded = Backward.from(loss).createGraph().watch(h, left, both).run(); // no array is used again
        var plain = Backward.from(loss).retainGraph().watch(h, left, both).run();
        var first = plain.of(w[3]).toDoubles();
        var once = loss.backward();
        for (var t : plain.tensors()) {
            assertArrayEquals(recorded.of(t).toDoubles(), plain.of(t).toDoubles(), 1e-6, t.toString());
            if (once.has(t)) assertArrayEquals(plain.of(t).toDoubles(), once.of(t).toDoubles(), t.toString());
        }
        assertArrayEquals(first, plain.of(w[3]).toDoubles());
    }
}
