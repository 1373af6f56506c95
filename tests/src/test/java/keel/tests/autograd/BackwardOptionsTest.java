package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;

class BackwardOptionsTest {
    private final Tensor a = Tensor.parameter(NdArray.of(2f));
    private final Tensor b = Tensor.parameter(NdArray.of(3f));

    @Test
    void onlyTheChosenInputsAreDifferentiated() {
        var hidden = a.mul(b);
        var steps = new ArrayList<String>();
        var g = Backward.from(hidden.square().add(b.exp()).sum()).only(hidden).trace(steps::add).run();
        assertEquals(12, g.of(hidden).item());
        assertEquals(List.of(hidden), g.tensors());
        assertFalse(steps.stream().anyMatch(s -> s.startsWith("Exp") || s.startsWith("Mul")), steps::toString);
    }

    @Test
    void chosenInputsMayLieBehindOneAnother() {
        var hidden = a.mul(b);
        var g = Backward.from(hidden.square().sum()).only(hidden, a).run();
        assertEquals(12, g.of(hidden).item());
        assertEquals(36, g.of(a).item());
        assertFalse(g.has(b));
    }

    @Test
    void choosingAgainAddsToWhatWasChosen() {
        var hidden = a.mul(b);
        var g = Backward.from(hidden.square().add(b.exp()).sum()).only(a).only(hidden).run();
        assertEquals(List.of(a, hidden), g.tensors());
        assertEquals(36, g.of(a).item());
    }

    @Test
    void aHookReplacesTheCompleteGradient() {
        var hidden = a.mul(b);
        var seen = new ArrayList<Double>();
        var loss = hidden.square().add(hidden).sum();
        var g = Backward.from(loss).hook(hidden, dy -> {
            seen.add(dy.item());
            return dy.mul(0.5);
        }).hook(a, dy -> dy.add(1)).run();
        assertEquals(List.of(13.0), seen);
        assertEquals(6.5 * 3 + 1, g.of(a).item());
        assertEquals(6.5 * 2, g.of(b).item());
    }

    @Test
    void gradientsAddUpOverBatches() {
        var first = a.mul(b).sum().backward();
        var second = a.square().sum().backward();
        var sum = first.plus(second);
        assertArrayEquals(new double[] {7, 2}, new double[] {sum.of(a).item(), sum.of(b).item()});
    }

    @Test
    void aConstantCannotBeWatched() {
        var message = assertThrows(IllegalArgumentException.class, () ->
            Backward.from(a.sum()).only(Tensor.of(NdArray.of(1f)))).getMessage();
        assertEquals("backward: cannot watch constant F32 (1); make it with Tensor.parameter, or from one", message);
    }
}
