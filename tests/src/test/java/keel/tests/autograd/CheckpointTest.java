package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Checkpoint;
import keel.autograd.GradCheck;
import keel.autograd.Graph;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private final SplittableRandom random = new SplittableRandom(3);
    private final Tensor w = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(16, 16), 0, 0.3, random));
    private final UnaryOperator<Tensor> segment = x -> x.linear(w, null).tanh().linear(w, null).gelu();

    @Test
    void gradientsAreTheSameBits() {
        var x = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(5, 16), 0, 1, random));
        var kept = segment.apply(segment.apply(x.square())).mean().backward();
        var again = Checkpoint.of(segment, Checkpoint.of(segment, x.square(), w), w).mean().backward();
        assertArrayEquals(kept.of(x).floats(), again.of(x).floats());
        assertArrayEquals(kept.of(w).floats(), again.of(w).floats());
    }

    @Test
    void aConstantInputStillTrainsTheParameters() {
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(5, 16), 0, 1, random));
        assertArrayEquals(segment.apply(x).sum().backward().of(w).floats(),
            Checkpoint.of(segment, x, w).sum().backward().of(w).floats());
    }

    @Test
    void remembersOneOperationInsteadOfTheSegment() {
        var x = Tensor.parameter(NdArray.ones(DType.F32, 2, 16));
        assertTrue(Graph.of(segment.apply(x)).nodes().size() == 6 && Graph.of(Checkpoint.of(segment, x, w)).nodes().size() == 3);
    }

    @Test
    void canBeDifferentiatedTwice() {
        var a = NdArray.normal(DType.F64, Shape.of(2, 3), 0, 1, random);
        var b = NdArray.normal(DType.F64, Shape.of(4, 3), 0, 1, random);
        var first = GradCheck.first(t -> Checkpoint.of(x -> x.linear(t[1], null).tanh(), t[0].square(), t[1]), a, b);
        var second = GradCheck.second(t -> Checkpoint.of(x -> x.linear(t[1], null).tanh(), t[0].square(), t[1]), a, b);
        assertTrue(first.ok(), first::toString);
        assertTrue(second.ok(), second::toString);
    }
}
