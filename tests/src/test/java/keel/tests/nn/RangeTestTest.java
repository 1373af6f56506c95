package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import keel.nn.clip.Clip;
import keel.nn.clip.NonFinite;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.optim.Optimizer;
import keel.nn.optim.SGD;
import keel.nn.recipe.RangeTest;
import keel.nn.recipe.RangeTest.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RangeTestTest {
    private static final Digits DIGITS = Digits.split(1);

    private static Layer model() {
        var rng = new SplittableRandom(3);
        return Sequential.of(Linear.of(64, 32, Init.heNormal(), rng), BatchNorm.of(32), Activation.relu(),
            Linear.of(32, 10, Init.xavierNormal(), rng));
    }

    private static DoubleUnaryOperator step(Layer model, Optimizer optimizer) {
        var rng = new SplittableRandom(4);
        var batches = Batches.of(DIGITS.train(), 64, rng);
        var clip = Clip.globalNorm(100).onNonFinite(NonFinite.SKIP);
        return rate -> {
            var batch = batches.next();
            var loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(rng)), batch.labels());
            optimizer.step(clip.apply(loss.backward()), rate);
            return loss.item();
        };
    }

    private static List<float[]> values(Layer model, Optimizer optimizer) {
        var y = new ArrayList<float[]>();
        model.parameters().forEach(p -> y.add(p.value().toFloats()));
        model.state().values().forEach(a -> y.add(a.toFloats()));
        optimizer.state().values().forEach(a -> y.add(a.toFloats()));
        return y;
    }

    private static double lossAfter(int steps, double rate) {
        var model = model();
        var optimizer = SGD.defaults().momentum(0.9).over(model.parameters());
        var step = step(model, optimizer);
        double mean = 0;
        for (int i = 0; i < steps; i++) mean = 0.8 * mean + 0.2 * step.applyAsDouble(rate);
        return mean;
    }

    @Test
    void theSuggestedRateTrainsBetterThanATenthAndThirtyTimesIt() {
        var model = model();
        var optimizer = SGD.defaults().momentum(0.9).over(model.parameters());
        var found = RangeTest.defaults().between(1e-5, 100).run(model, optimizer, step(model, optimizer));
        double rate = found.suggestion();
        double best = lossAfter(40, rate);
        assertTrue(best < 0.5 * lossAfter(40, rate / 10), () -> rate + " " + best + " " + lossAfter(40, rate / 10));
        assertTrue(best < 0.5 * lossAfter(40, rate * 30), () -> rate + " " + best + " " + lossAfter(40, rate * 30));
        assertTrue(found.lowest() > rate);
        assertTrue(found.rates().length < 100, "ends where it diverges");
        assertTrue(found.chart().svg().contains("Learning rate range test"));
    }

    @Test
    void everythingIsPutBackToTheBit() {
        var model = model();
        var optimizer = SGD.defaults().momentum(0.9).over(model.parameters());
        var step = step(model, optimizer);
        for (boolean stepped : new boolean[] {false, true}) {
            if (stepped) step.applyAsDouble(0.1);
            var before = values(model, optimizer);
            RangeTest.defaults().steps(20).run(model, optimizer, step);
            assertSame(before, values(model, optimizer));
            var broken = assertThrows(IllegalStateException.class, () -> RangeTest.defaults().run(model, optimizer, rate -> {
                step.applyAsDouble(rate);
                throw new IllegalStateException("power cut");
            }));
            assertEquals("power cut", broken.getMessage());
            assertSame(before, values(model, optimizer));
        }
    }

    private static void assertSame(List<float[]> before, List<float[]> after) {
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) assertArrayEquals(before.get(i), after.get(i), "array " + i);
    }

    @Test
    void ratesClimbExponentiallyAndTheTestEndsWithTheLoss() {
        var model = model();
        var optimizer = SGD.defaults().over(model.parameters());
        var seen = new ArrayList<Double>();
        var found = RangeTest.defaults().between(1e-3, 1).steps(31).smoothing(0).run(model, optimizer, rate -> {
            seen.add(rate);
            // a parabola in the logarithm, steepest half-way down at the start, NaN from 0.5 on
            return rate > 0.5 ? Double.NaN : 1 + Math.pow(Math.log10(rate) + 1, 2);
        });
        assertEquals(1e-3, seen.get(0));
        assertEquals(1e-2, seen.get(10), 1e-16);
        assertEquals(28, seen.size());
        assertEquals(27, found.rates().length);
        assertEquals(0.1, found.lowest(), 1e-15);
        // the first place that is looked at: the parabola is steepest far from its bottom
        assertEquals(seen.get(3), found.suggestion());
        // losses 1, 2, 3, 4, 5: the last is above 4 times the lowest
        double[] loss = {0};
        assertEquals(5, RangeTest.defaults().smoothing(0).run(model, optimizer, _ -> ++loss[0]).rates().length);
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("RangeTest: rates from 0.0 to 1.0; give 0 < from < to, both finite",
            () -> RangeTest.defaults().between(0, 1));
        assertRefused("RangeTest: 9 steps; give 10 or more", () -> RangeTest.defaults().steps(9));
        assertRefused("RangeTest: smoothing is 1.0; give a number from 0 to below 1", () -> RangeTest.defaults().smoothing(1));
        assertRefused("RangeTest: divergence is NaN; give a number above 1", () -> new RangeTest(1, 2, 10, 0, Double.NaN));
        var rising = new Found(new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 5}, new double[] {1, 2, 3, 4, 5});
        assertEquals("RangeTest: the loss never fell in 5 steps; begin at a lower rate, take more steps, or look at the model "
            + "with "
            + "Doctor", assertThrows(IllegalStateException.class, rising::suggestion).getMessage());
        var none = new Found(new double[0], new double[0], new double[0]);
        assertEquals("RangeTest: the first loss was not finite; start the model anew",
            assertThrows(IllegalStateException.class, none::lowest).getMessage());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
