package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Anomaly;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import org.junit.jupiter.api.Test;

class AnomalyTest {
    private final Tensor x = Tensor.parameter(NdArray.of(-1f, 0f, 4f));

    @Test
    void namesTheOperationThatProducedANaN() {
        var found = assertThrows(Anomaly.Found.class, () -> Anomaly.watch(() -> Anomaly.at("encoder.2", x::log).sum()));
        assertEquals("Log", found.operation());
        assertEquals("encoder.2", found.place());
        assertTrue(found.isProducer());
        assertEquals("forward: Log in encoder.2 produced 1 NaN, 1 infinite, the other 1 in 1.3862944 … 1.3862944 in its "
            + "result F32 (3)"
            + "; input 0, parameter F32 (3): finite, in -1.0 … 4.0", found.getMessage());
    }

    @Test
    void tellsWhoOnlyPassesItOn() {
        var bad = Tensor.of(NdArray.of(Float.NaN, 1, 2));
        var found = assertThrows(Anomaly.Found.class, () -> Anomaly.watch(() -> x.add(bad)));
        assertFalse(found.isProducer());
        assertTrue(found.getMessage().contains("input 1, constant F32 (3): 1 NaN, the other 2 in 1.0 … 2.0"), found::getMessage);
    }

    @Test
    void findsInfiniteGradientsOfFiniteValues() {
        var zero = Tensor.parameter(NdArray.of(0f, 1f));
        var found = assertThrows(Anomaly.Found.class, () -> Anomaly.watch(() -> Anomaly.at("norm", zero::sqrt).sum().backward()));
        assertTrue(found.isProducer());
        assertEquals("norm", found.place());
        assertTrue(found.getMessage().startsWith("backward: Sqrt in norm produced 1 infinite"), found::getMessage);
    }

    @Test
    void namesTheLayerOfTwentyThatOverflows() {
        var random = new SplittableRandom(1);
        var model = Sequential.repeat(20, () -> Sequential.of(Linear.of(8, 8, Init.constant(0.125), random), Activation.relu()));
        var weight = model.parameters().get("13.0.weight").value();
        weight.fillInPlace(1e38);
        var input = Tensor.of(NdArray.ones(DType.F32, 2, 8));
        var found = assertThrows(Anomaly.Found.class, () -> Anomaly.watch(() -> model.forward(input, Pass.training(random))));
        assertEquals("13.0", found.place());
        assertEquals("Linear", found.operation());
    }

    @Test
    void healthyTrainingIsLeftAlone() {
        var g = Anomaly.watch(() -> x.square().sum().backward());
        assertEquals(8, g.of(x).get(2));
        assertFalse(Anomaly.isOn());
    }
}
