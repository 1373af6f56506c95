package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import keel.nn.optim.Ema;
import keel.nn.optim.Lookahead;
import keel.nn.optim.SGD;
import keel.nn.optim.Sam;
import keel.nn.optim.SharpnessAware;
import keel.nn.optim.Swa;
import keel.nn.optim.WeightAverage;
import org.junit.jupiter.api.Test;

/// What goes around an optimizer: averages of the steps, slow weights, and steps seen from the worst point near by.
class WeightAverageTest {
    private static Parameters single(double... values) {
        return new Parameters(List.of(new Parameter("w", Tensor.parameter(NdArray.of(values)), null)));
    }

    private static NdArray value(Parameters p) {
        return p.get("w").value();
    }

    private static Gradients gradient(Parameters p, double... values) {
        return Gradients.of(Map.of(p.get("w").tensor(), NdArray.of(values)));
    }

    private static void see(WeightAverage average, Parameters p, double... values) {
        for (double v : values) {
            value(p).fillInPlace(v);
            average.update();
        }
    }

    private static double of(WeightAverage average) {
        return average.values().get("w").item();
    }

    @Test
    void aWarmedUpAverageForgetsItsStart() {
        var p = single(0);
        var average = Ema.defaults().warmedUp(true).over(p);
        see(average, p, 100, 1, 1);
        double first = 2 / 11.0 * 100 + 9 / 11.0;
        assertEquals(3 / 12.0 * first + 9 / 12.0, of(average), 1e-13);
    }

    @Test
    void aCorrectedAverageGivesEveryUpdateTheWeightOfItsAge() {
        var p = single(0);
        var average = Ema.defaults().decay(0.9).corrected(true).over(p);
        see(average, p, 5, -1, 2);
        assertEquals((0.81 * 5 - 0.9 + 2) / (0.81 + 0.9 + 1), of(average), 1e-13);
        var plain = Ema.defaults().decay(1).corrected(true).over(p);
        see(plain, p, 5, -1, 2);
        assertEquals(2, of(plain), 1e-13, "weights that do not fade: the mean");
    }

    @Test
    void swaAveragesWhatCounts() {
        var p = single(7);
        var average = Swa.defaults().start(2).every(3).over(p);
        see(average, p, 1, 2);
        assertEquals(7, of(average), "nothing counted yet: the parameters at the beginning");
        see(average, p, 3, 4, 5, 6, 7);
        assertEquals((3 + 6) / 2.0, of(average));
        assertEquals(2, average.count());
    }

    @Test
    void averagesStandInAndGoWithoutATrace() {
        var p = single(1, -0.0, 1e-300);
        var average = Ema.defaults().decay(0.5).over(p);
        average.update();
        value(p).copyInPlace(NdArray.of(3, -0.0, 2e-300));
        average.update();
        var own = value(p).copy();
        var applied = average.applied();
        assertArrayEquals(new double[] {2, -0.0, 1.5e-300}, value(p).toDoubles());
        applied.close();
        Samples.assertSameBits(own, value(p));
        applied.close(); // nothing happens
        Samples.assertSameBits(own, value(p));
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(value(p).get(1)));
    }

    @Test
    void aStepWhileAveragesStandInIsAnError() {
        var p = single(1);
        var average = Ema.defaults().over(p);
        var applied = average.applied();
        SGD.defaults().over(p).step(gradient(p, 1), 0.1);
        assertEquals("applied: w was modified while other values stood in for it, which is lost; close before the next step",
            assertThrows(IllegalStateException.class, applied::close).getMessage());
        assertEquals(1, value(p).item(), "the parameters are back all the same");
    }

    @Test
    void anAverageGoesOnFromItsState() {
        var p = single(0);
        var average = Ema.defaults().decay(0.9).corrected(true).over(p);
        see(average, p, 1, 2, 3);
        var second = Ema.defaults().decay(0.9).corrected(true).over(p);
        second.load(average.state());
        see(average, p, 4, 5);
        see(second, p, 4, 5);
        assertEquals(of(average), of(second));
        assertEquals(List.of("w.average", "w.n_averaged", "w.n_seen"), List.copyOf(second.state().keySet()));
        var wrong = new LinkedHashMap<>(average.state());
        wrong.put("w.average", NdArray.zeros(DType.F32, 1));
        wrong.remove("w.n_seen");
        wrong.put("v.average", NdArray.of(1.0));
        Samples.assertRefused(() -> second.load(wrong), "Ema.load: w.average is F32 (1), wanted F64 (1); w.n_seen is missing; "
            + "v.average is unexpected; give the state of an optimizer with the same options over the same model");
        assertEquals(of(average), of(second));
    }

    @Test
    void slowWeightsGoAPartOfTheWay() {
        var p = single(1);
        var optimizer = Lookahead.defaults().alpha(0.25).steps(2).around(SGD.defaults().over(p));
        optimizer.step(gradient(p, 1), 0.1);
        assertEquals(0.9, value(p).item(), 1e-15);
        optimizer.step(gradient(p, 1), 0.1);
        assertEquals(1 - 0.25 * 0.2, value(p).item(), 1e-15, "a quarter of the way from 1 to 0.8");
        optimizer.step(gradient(p, 1));
        assertEquals(0.95 - 1e-3, value(p).item(), 1e-15, "and on from there");
    }

    // f = Σ c·x²/2: the gradient at x is c·x.
    private static final NdArray C = NdArray.of(1.0, 4);

    private static Tensor bowl(Parameters p) {
        return p.get("w").tensor().square().mul(Tensor.of(C)).sum().mul(0.5);
    }

    @Test
    void theGradientOfTheWorstPointMovesTheParameters() {
        for (boolean adaptive : List.of(false, true)) {
            var p = single(3, 1);
            SharpnessAware optimizer = Sam.defaults().rho(0.5).adaptive(adaptive).around(SGD.defaults().over(p));
            assertEquals(6.5, optimizer.step(() -> bowl(p), 0.1).item(), "the loss before");
            // g = (3, 4), ‖g‖ = 5; adaptive: x·g = (9, 4), ‖x·g‖ = √97
            double[] worst = adaptive ? new double[] {3 + 0.5 * 27 / Math.sqrt(97), 1 + 0.5 * 4 / Math.sqrt(97)}
                : new double[] {3 + 0.5 * 0.6, 1 + 0.5 * 0.8};
            assertArrayEquals(new double[] {3 - 0.1 * worst[0], 1 - 0.1 * 4 * worst[1]}, value(p).toDoubles(), 1e-12);
        }
    }

    @Test
    void bothMovesMakeOneStep() {
        var one = single(3, 1);
        var two = single(3, 1);
        Sam.defaults().around(SGD.defaults().rate(0.1).over(one)).step(() -> bowl(one));
        var optimizer = Sam.defaults().around(SGD.defaults().over(two));
        optimizer.ascend(bowl(two).backward());
        optimizer.descend(bowl(two).backward(), 0.1);
        Samples.assertSameBits(value(one), value(two));
    }

    @Test
    void movesOutOfTurnAreErrorsAndAFailedLossLeavesTheParametersAsTheyWere() {
        var p = single(3, 1);
        var optimizer = Sam.defaults().around(SGD.defaults().momentum(0.9).over(p));
        assertEquals("Sam of SGD.descend: the parameters are not at the worst point; ascend first",
            assertThrows(IllegalStateException.class, () -> optimizer.descend(gradient(p, 1, 1), 0.1)).getMessage());
        optimizer.ascend(gradient(p, 1, 1));
        assertEquals("Sam of SGD.ascend: the parameters are at the worst point; descend first",
            assertThrows(IllegalStateException.class, () -> optimizer.ascend(gradient(p, 1, 1))).getMessage());
        assertEquals("Sam of SGD.state: the parameters are at the worst point; descend first",
            assertThrows(IllegalStateException.class, optimizer::state).getMessage());
        optimizer.descend(gradient(p, 0, 0), 0.1);
        assertArrayEquals(new double[] {3, 1}, value(p).toDoubles());
        assertEquals("Sam of SGD.step: it computes the loss several times in a step; give it how: step(() -> loss, rate)",
            assertThrows(UnsupportedOperationException.class, () -> optimizer.step(gradient(p, 1, 1), 0.1)).getMessage());
        var calls = new HashMap<String, Integer>();
        assertThrows(ArithmeticException.class, () -> optimizer.step(() -> {
            if (calls.merge("loss", 1, Integer::sum) == 2) throw new ArithmeticException("the second time");
            return bowl(p);
        }, 0.1));
        assertArrayEquals(new double[] {3, 1}, value(p).toDoubles());
        optimizer.load(optimizer.state());
        optimizer.step(() -> bowl(p), 0.1); // and it is not stuck
    }

    @Test
    void optionsThatCannotBeAreRefusedInOneLine() {
        Samples.assertRefused(() -> Ema.defaults().decay(1.1), "Ema: decay is 1.1; give a number from 0 to 1");
        Samples.assertRefused(() -> Ema.defaults().warmedUp(true).corrected(true),
            "Ema: it is warmed up and corrected; choose one, both forget the start");
        Samples.assertRefused(() -> Swa.defaults().every(0), "Swa: every is 0; give a whole number of 1 or more");
        Samples.assertRefused(() -> Swa.defaults().start(-1), "Swa: start is -1; give a whole number of 0 or more");
        Samples.assertRefused(() -> Sam.defaults().rho(Double.NaN), "Sam: rho is NaN; give a finite number of 0 or more");
        Samples.assertRefused(() -> Lookahead.defaults().steps(0), "Lookahead: steps is 0; give a whole number of 1 or more");
        Samples.assertRefused(() -> Ema.defaults().over(new Parameters(List.of())),
            "Ema.over: there are no parameters; give those of a model");
    }
}
