package keel.tests.nn;

import static keel.tests.nn.Golden.assertCase;
import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Bilinear;
import keel.nn.layer.Embedding;
import keel.nn.layer.EmbeddingBag;
import keel.nn.layer.EmbeddingBag.Mode;
import keel.nn.layer.Flatten;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Unflatten;
import keel.nn.loss.Loss;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final NdArray INDICES = NdArray.of(1, 4, 2, 2, 0, 4, 1, 3);
    private static final NdArray OFFSETS = NdArray.of(0, 3, 3, 7);
    private static final NdArray ROWS = INDICES.reshape(2, 4);

    @Test
    void embeddingsAreThoseOfPyTorch() {
        assertCase("embedding", w -> Embedding.lookup(w[0], ROWS), ramp(1, 5, 3));
        assertCase("embedding padding", w -> new Embedding(w[0], 4, true).lookup(ROWS), ramp(1, 5, 3));
    }

    @Test
    void bagsAreThoseOfPyTorch() {
        for (int pad : new int[] {Embedding.NO_PADDING, 2}) {
            var name = pad < 0 ? "None" : "2";
            assertCase("bag sum " + name, x -> new EmbeddingBag(x[0], Mode.SUM, pad).forward(INDICES, OFFSETS, x[1]),
                ramp(1, 5, 3), ramp(2, 8));
            for (var mode : List.of(Mode.MEAN, Mode.MAX)) {
                var golden = "bag " + mode.name().toLowerCase() + " " + name;
                assertCase(golden, x -> new EmbeddingBag(x[0], mode, pad).forward(INDICES, OFFSETS, null), ramp(1, 5, 3));
                assertCase(golden + " rows", x -> new EmbeddingBag(x[0], mode, pad).forward(Tensor.of(ROWS), training()),
                    ramp(1, 5, 3));
            }
        }
    }

    @Test
    void rowsAreBagsOfOneLengthAlsoWithWeights() {
        var bag = new EmbeddingBag(Tensor.of(ramp(1, 5, 3)), Mode.SUM, Embedding.NO_PADDING);
        var weights = Tensor.of(ramp(2, 8));
        assertSameBits(bag.forward(INDICES, NdArray.of(0, 4), weights).value(), bag.forward(ROWS,
            weights.reshape(2, 4)).value());
        assertRefused(() -> bag.forward(ROWS, weights.reshape(4, 2)), "weights F64 (4, 2)");
    }

    @Test
    void bilinearIsThatOfPyTorchWithTwoInputsOrBothInOne() {
        assertCase("bilinear", x -> new Bilinear(x[2], x[3]).forward(x[0], x[1], training()), ramp(1, 2, 2, 3), ramp(2, 2, 2, 4),
            ramp(3, 5, 3, 4), ramp(4, 5));
        assertCase("bilinear", x -> new Bilinear(x[2], x[3]).forward(Tensor.concat(-1, x[0], x[1]), training()),
            ramp(1, 2, 2, 3), ramp(2, 2, 2, 4), ramp(3, 5, 3, 4), ramp(4, 5));
    }

    @Test
    void everyModeIsDifferentiableTwice() {
        var random = new SplittableRandom(1);
        var w = normal(random, 5, 3);
        // the padding is left out, else the difference quotient would see what the gradient is not to have
        assertDifferentiable(x -> new Embedding(x[0], 3, false).lookup(NdArray.of(1, 4, 2, 2, 0)).square(), w);
        for (var mode : Mode.values()) {
            assertDifferentiable(x -> new EmbeddingBag(x[0], mode, 1).forward(INDICES, OFFSETS, null).square(), w);
        }
        assertDifferentiable(x -> new EmbeddingBag(x[0], Mode.SUM, 1).forward(INDICES, OFFSETS, x[1]).square(), w,
            normal(random, 8));
    }

    @Test
    void theRowOfThePaddingIsZeroAndStaysSo() {
        var random = new SplittableRandom(1);
        var layer = Embedding.withPadding(6, 3, 2, random);
        assertArrayEquals(new float[3], layer.weight().value().slice(0, 2, 3).floats());
        assertEquals(0, layer.forward(Tensor.of(NdArray.of(2, 2))).value().norm());
        // neither an infinity nor a NaN behind the padding reaches its row
        var y = layer.forward(Tensor.of(NdArray.of(2, 3)), training());
        var g = y.mul(Tensor.of(NdArray.of(Float.NaN, 1f).reshape(2, 1))).sum().backward().of(layer.weight());
        assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, g.slice(0, 2, 4).floats());
        assertEquals(List.of("weight"), layer.parameters().names());
    }

    @Test
    void aTableStartsStandardNormal() {
        var w = Embedding.of(200, 50, new SplittableRandom(3)).weight().value();
        assertEquals(DType.F32, w.dtype());
        assertEquals(0, w.mean().item(), 0.03);
        assertEquals(1, w.sumSquares().item() / w.size(), 0.03);
    }

    @Test
    void indicesOfAnyShapeGoThroughAModel() {
        var random = new SplittableRandom(5);
        var model = Sequential.of(Embedding.of(DType.F64, 7, 4, Init.normal(1), random), Flatten.of(),
            Linear.of(DType.F64, 8, 3, Init.heNormal(), random));
        var x = Tensor.of(NdArray.of(Shape.of(5, 2), new int[] {0, 1, 2, 3, 4, 5, 6, 0, 6, 6}));
        assertEquals(Shape.of(5, 3), model.forward(x).shape());
        var g = Loss.crossEntropy(model.forward(x, training()), NdArray.of(0, 1, 2, 0, 1)).backward();
        assertTrue(g.of(model.parameters().get("0.weight").tensor()).norm() > 0);
        var table = Tensor.of(ramp(1, 5, 3));
        assertEquals(Shape.of(3), Embedding.lookup(table, NdArray.of(Shape.of(), new int[] {4})).shape());
        assertEquals(Shape.of(2, 0, 3), Embedding.lookup(table, NdArray.zeros(DType.I32, 2, 0)).shape());
        assertSameBits(table.value().slice(0, 4, 5).reshape(3), Embedding.lookup(table, NdArray.of(Shape.of(),
            new int[] {4})).value());
    }

    @Test
    void aBagOfNothingIsZeroAndNaNPropagates() {
        var table = Tensor.of(NdArray.of(1.0, Double.NaN, -2.0).reshape(3, 1));
        for (var mode : Mode.values()) {
            var bag = new EmbeddingBag(table, mode, Embedding.NO_PADDING);
            assertEquals(Shape.of(0, 1), bag.forward(NdArray.zeros(DType.I32, 0, 3), null).shape());
            assertSameBits(NdArray.zeros(DType.F64, 3, 1), bag.forward(NdArray.zeros(DType.I32, 3, 0), null).value());
            var y = bag.forward(NdArray.of(0, 1, 2, 2, 2), NdArray.of(0, 3), null).value();
            assertTrue(Double.isNaN(y.doubles()[0]), mode.name());
            assertFalse(Double.isNaN(y.doubles()[1]), mode.name());
        }
    }

    @Test
    void unflattenUndoesFlatten() {
        var x = Tensor.of(ramp(1, 2, 3, 4));
        assertSameBits(x.value(), Sequential.of(Flatten.of(), Unflatten.of(1, 3, -1)).forward(x).value());
        assertRefused(() -> Unflatten.of(1, 5, 2).forward(x), "Unflatten(1 → 5×2)", "(3)");
    }

    @Test
    void errorsNameLayerPathAndIndex() {
        var random = new SplittableRandom(1);
        var layer = Embedding.of(4, 3, random);
        assertRefused(() -> Sequential.of(layer).forward(Tensor.of(NdArray.of(0, 9))),
            "Embedding(4 → 3) at 0: embedding: index 9 at position 1 of (2) is not in 0 … 3; the table has 4 rows");
        assertRefused(() -> layer.forward(Tensor.of(NdArray.of(-1))), "index -1 at position 0");
        assertRefused(() -> layer.forward(Tensor.of(NdArray.of(1f))), "indices are F32 (1); give I32");
        assertRefused(() -> Embedding.lookup(parameter(1, 4), NdArray.of(0)), "give F32 or F64 (n, d)");
        assertRefused(() -> Embedding.of(0, 3, random), "Embedding: 0 vectors of extent 3; both must be 1 or more");
        assertRefused(() -> Embedding.withPadding(4, 3, 4, random), "padding index 4 is no row of weight (4, 3)");
        var bag = EmbeddingBag.of(4, 3, random);
        assertRefused(() -> bag.forward(Tensor.of(NdArray.of(1)), Pass.inference()), "EmbeddingBag(4 → 3, MEAN)",
            "indices (1); give (bags, length)");
        assertRefused(() -> bag.forward(NdArray.of(1, 2), NdArray.of(0, 3), null), "offset 3 of bag 1 among 2 indices");
        assertRefused(() -> bag.forward(NdArray.of(1, 2), NdArray.of(1), null), "offset 1 of bag 0");
        assertRefused(() -> bag.forward(NdArray.of(1, 2), NdArray.of(new int[0]), null), "no offsets for 2 indices");
        assertRefused(() -> bag.forward(NdArray.of(1, 2), NdArray.of(0), Tensor.of(NdArray.of(1f, 1f))), "mode MEAN, weights");
        assertRefused(() -> Bilinear.of(0, 2, 3, random), "Bilinear: 0 and 2 → 3 features");
        assertRefused(() -> Bilinear.of(1, 2, 3, random).forward(Tensor.of(NdArray.zeros(DType.F32, 5, 4))),
            "Bilinear(1, 2 → 3): the input is F32 (5, 4); give F32 (…, 3)");
    }
}
