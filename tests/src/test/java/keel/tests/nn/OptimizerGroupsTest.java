package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import keel.nn.optim.AdamW;
import keel.nn.optim.LBFGS;
import keel.nn.optim.Lookahead;
import keel.nn.optim.Muon;
import keel.nn.optim.Optimizer;
import keel.nn.optim.Prodigy;
import keel.nn.optim.SGD;
import keel.nn.optim.Sam;
import keel.nn.optim.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Several optimizers as one: groups of parameters with options of their own.
class OptimizerGroupsTest {
    private static Parameters model() {
        return OptimizerGoldenTest.parameters(DType.F64);
    }

    private static Parameters w(Parameters p) {
        return p.only(q -> q.name().equals("w"));
    }

    private static Parameters b(Parameters p) {
        return p.only(q -> q.name().equals("b"));
    }

    private static void steps(Optimizer optimizer, Parameters p, int from, int to) {
        for (int step = from; step < to; step++) optimizer.step(OptimizerGoldenTest.gradients(p, step), 0.01);
    }

    private static void assertSame(Parameters expected, Parameters actual) {
        for (var p : expected) Samples.assertSameBits(p.value(), actual.get(p.name()).value());
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void groupsDoWhatTheirPartsDo() {
        var apart = model();
        var first = AdamW.defaults().weightDecay(0.3).over(w(apart));
        var second = SGD.defaults().momentum(0.9).over(b(apart));
        var together = model();
        var groups = Optimizer.groups(together, AdamW.defaults().weightDecay(0.3).over(w(together)),
            SGD.defaults().momentum(0.9).over(b(together)).rateFactor(0.5));
        for (int step = 0; step < 4; step++) {
            var gradients = OptimizerGoldenTest.gradients(apart, step);
            first.step(gradients, 0.01);
            second.step(gradients, 0.005);
        }
        steps(groups, together, 0, 4);
        assertSame(apart, together);
        assertEquals(List.of("w", "b"), groups.parameters().names());
        assertEquals(Set.of("w.exp_avg", "w.exp_avg_sq", "w.step", "b.momentum_buffer", "b.step"), groups.state().keySet());
    }

    @Test
    void aRuleOfOnesOwnIsAnOptimizerLikeAnyOther() {
        UpdateRule heavyBall = (p, g, memory, rate, step) -> {
            memory[0].mulInPlace(0.9).addInPlace(g);
            p.axpyInPlace(-rate, memory[0]);
        };
        var own = model();
        var optimizer = Optimizer.groups(own, heavyBall.over("HeavyBall", 0.01, w(own), "momentum_buffer"),
            SGD.defaults().over(b(own)));
        var keels = model();
        var same = Optimizer.groups(keels, SGD.defaults().momentum(0.9).over(w(keels)), SGD.defaults().over(b(keels)));
        steps(optimizer, own, 0, 3);
        steps(same, keels, 0, 3);
        assertArrayEquals(keels.get("w").value().toDoubles(), own.get("w").value().toDoubles(), 1e-15);
        assertEquals(same.state().keySet(), optimizer.state().keySet());
        optimizer.load(same.state());
        assertRefused("HeavyBall: rate is NaN; give a finite number of 0 or more",
            () -> heavyBall.over("HeavyBall", Double.NaN, own));
    }

    @Test
    void withoutARateEachGroupStepsAtItsOwn() {
        var p = model();
        var w = p.get("w").value().copy();
        var b = p.get("b").value().copy();
        var groups = Optimizer.groups(SGD.defaults().rate(0.5).over(w(p)), SGD.defaults().rate(0.25).over(b(p)));
        assertEquals(0.5, groups.rate());
        var g = OptimizerGoldenTest.gradients(p, 0);
        groups.rateFactor(0.5).step(g);
        Samples.assertSameBits(w.axpyInPlace(-0.25, g.of(p.get("w").tensor())), p.get("w").value());
        Samples.assertSameBits(b.axpyInPlace(-0.125, g.of(p.get("b").tensor())), p.get("b").value());
        groups.step(() -> p.get("w").tensor().sum().add(p.get("b").tensor().sum()));
        Samples.assertSameBits(w.addInPlace(-0.5), p.get("w").value());
        Samples.assertSameBits(b.addInPlace(-0.25), p.get("b").value());
    }

    @Test
    void aGroupWithoutGradientsStaysAsItIs() {
        var p = model();
        var groups = Optimizer.groups(AdamW.defaults().over(w(p)), AdamW.defaults().over(b(p)));
        var w = p.get("w").value().copy();
        groups.step(Gradients.of(Map.of(p.get("b").tensor(), NdArray.ones(DType.F64, 3))), 0.1);
        Samples.assertSameBits(w, p.get("w").value());
        assertEquals(Set.of("b.exp_avg", "b.exp_avg_sq", "b.step"), groups.state().keySet());
        groups.step(Gradients.of(Map.of()), 0.1);
        assertEquals(1, groups.state().get("b.step").item());
    }

    @Test
    void aParameterInTwoGroupsOrNoneIsRefused() {
        var p = model();
        assertRefused("Optimizer.groups: in two groups: w; give each parameter to one optimizer, under a name of its own",
            () -> Optimizer.groups(SGD.defaults().over(p), AdamW.defaults().over(w(p))));
        assertRefused("Optimizer.groups: in two groups: w, b; give each parameter to one optimizer, under a name of its own",
            () -> Optimizer.groups(SGD.defaults().over(p), SGD.defaults().over(model())));
        assertRefused("Optimizer.groups: in no group: b; give each parameter to one optimizer",
            () -> Optimizer.groups(p, SGD.defaults().over(w(p))));
        assertRefused("Optimizer.groups: in no group: w; not of these parameters: b; give each parameter to one optimizer",
            () -> Optimizer.groups(w(p), SGD.defaults().over(b(p))));
        assertRefused("Optimizer.groups: there are none; give at least one optimizer", () -> Optimizer.groups());
        var twice = new Parameters(List.of(p.get("w"), new Parameter("v", p.get("w").tensor(), null)));
        assertRefused("AdamW.over: parameter v is there twice; give each once, under a name of its own",
            () -> AdamW.defaults().over(twice));
        assertRefused("Optimizer.rateFactor: factor is NaN; give a finite number of 0 or more",
            () -> SGD.defaults().over(p).rateFactor(Double.NaN));
        assertRefused("Muon.over: b is (3), no matrix; give it to another optimizer, and both to Optimizer.groups",
            () -> Muon.defaults().over(p));
    }

    @Test
    void whatComputesTheLossItselfCannotBeAPart() {
        var p = model();
        var lbfgs = LBFGS.defaults().over(p);
        var message = "LBFGS computes the loss itself and cannot be part of another optimizer; let it have all parameters";
        assertRefused("Optimizer.groups: " + message, () -> Optimizer.groups(lbfgs));
        assertRefused("Lookahead.around: " + message, () -> Lookahead.defaults().around(lbfgs));
        assertRefused("Sam.around: " + message, () -> Sam.defaults().around(lbfgs));
        var error = assertThrows(UnsupportedOperationException.class, () -> lbfgs.step(OptimizerGoldenTest.gradients(p, 0)));
        assertEquals("LBFGS.step: it computes the loss several times in a step; give it how: step(() -> loss, rate)",
            error.getMessage());
        var followed = Lookahead.defaults().around(SGD.defaults().over(p));
        assertRefused("Lookahead.around: Lookahead of SGD is followed already; follow it once",
            () -> Lookahead.defaults().around(followed));
        var own = new Optimizer() {
            @Override
            public void step(Gradients gradients, double rate) {}

            @Override
            public double rate() {
                return 1;
            }

            @Override
            public Parameters parameters() {
                return p;
            }

            @Override
            public Map<String, NdArray> state() {
                return Map.of();
            }

            @Override
            public void load(Map<String, NdArray> state) {}
        };
        var refused = assertThrows(IllegalArgumentException.class, () -> Optimizer.groups(own)).getMessage();
        assertTrue(refused.endsWith(" cannot be part of another optimizer; write it as an UpdateRule"), refused);
    }

    @Test
    void aSecondStepInsideOfTheFirstIsAnError() {
        var p = model();
        var lbfgs = LBFGS.defaults().over(p);
        var error = assertThrows(IllegalStateException.class, () -> lbfgs.step(() -> lbfgs.step(() -> Tensor.scalar(DType.F64,
            1))));
        assertEquals("LBFGS: another thread is in the middle of a step; give each thread a model and an optimizer of its own",
            error.getMessage());
        lbfgs.step(() -> p.get("w").tensor().square().sum()); // and it is not stuck afterwards
    }

    @Test
    void theWholeGoesOnFromItsState() {
        var whole = model();
        var resumed = model();
        var optimizer = nested(whole);
        steps(optimizer, whole, 0, 7);
        for (var p : resumed) p.value().copyInPlace(whole.get(p.name()).value());
        var second = nested(resumed);
        second.load(optimizer.state());
        steps(optimizer, whole, 7, 12);
        steps(second, resumed, 7, 12);
        assertSame(whole, resumed);
        assertEquals(new TreeSet<>(Set.of("b.d", "b.d_max", "b.d_numerator", "b.k", "b.s", "b.p0", "b.exp_avg", "b.exp_avg_sq",
            "b.step", "w.momentum_buffer", "w.step", "w.lookahead_slow", "w.lookahead_step")),
                new TreeSet<>(second.state().keySet()));
    }

    private static Optimizer nested(Parameters p) {
        return Optimizer.groups(p, Prodigy.defaults().over(b(p)),
            Lookahead.defaults().steps(3).around(Muon.defaults().over(w(p)).rateFactor(2)));
    }

    @Test
    void aStateThatDoesNotFitIsListedWholeAndChangesNothing() {
        var p = model();
        var optimizer = nested(p);
        steps(optimizer, p, 0, 2);
        var before = new LinkedHashMap<String, double[]>();
        optimizer.state().forEach((path, array) -> before.put(path, array.toDoubles()));
        var state = new LinkedHashMap<>(optimizer.state());
        state.remove("b.d_max");
        state.put("w.lookahead_slow", NdArray.zeros(DType.F64, 3));
        state.put("w.step", NdArray.of(1, 2));
        state.put("x.step", NdArray.of(1));
        assertRefused("Prodigy + Lookahead of Muon.load: b.d_max is missing; w.step is I32 (2), wanted I32 (); "
            + "w.lookahead_slow is F64 (3), wanted F64 (4, 3); x.step is unexpected; "
            + "give the state of an optimizer with the same options over the same model", () -> optimizer.load(state));
        before.forEach((path, values) -> assertArrayEquals(values, optimizer.state().get(path).toDoubles(), path));
    }

    @Test
    void lbfgsGoesOnFromItsState() {
        for (boolean search : List.of(false, true)) {
            var x = Tensor.parameter(NdArray.of(-1.2, 1));
            var y = Tensor.parameter(NdArray.of(0.0, 0));
            var options = LBFGS.defaults().iterations(3).history(4).rate(0.5).strongWolfe(search);
            var first = options.over(new Parameters(List.of(new Parameter("x", x, null))));
            var second = options.over(new Parameters(List.of(new Parameter("x", y, null))));
            for (int step = 0; step < 4; step++) first.step(() -> OptimizerGoldenTest.valley(x));
            y.value().copyInPlace(x.value());
            second.load(first.state());
            for (int step = 0; step < 4; step++) {
                first.step(() -> OptimizerGoldenTest.valley(x));
                second.step(() -> OptimizerGoldenTest.valley(y));
            }
            Samples.assertSameBits(x.value(), y.value());
            first.state().forEach((path, array) -> Samples.assertSameBits(array, second.state().get(path)));
            var state = new LinkedHashMap<>(first.state());
            state.put("x.old_dirs", NdArray.zeros(DType.F64, 5, 2));
            state.remove("x.t");
            assertRefused("LBFGS.load: x.t is missing; x.old_dirs has 5 rows, wanted 4 at most; x.old_stps is F64 (4, 2), wanted "
                + "F64 (5, 2); x.ro is F64 (4), wanted F64 (5); give the state of an optimizer with the same options over the "
                + "same model", () -> second.load(state));
        }
    }

    @Test
    void lbfgsSolvesAQuadraticOfTenUnknownsInAFewSteps() {
        // condition 100: gradient descent would need hundreds
        var scales = NdArray.of(1.0, 2, 4, 8, 16, 32, 50, 70, 90, 100);
        var x = Tensor.parameter(NdArray.ones(DType.F64, 10));
        var optimizer = LBFGS.defaults().strongWolfe(true).over(new Parameters(List.of(new Parameter("x", x, null))));
        for (int step = 0; step < 2; step++) optimizer.step(() -> x.square().mul(Tensor.of(scales)).sum());
        assertTrue(x.value().norm() < 1e-5, () -> "‖x‖ = " + x.value().norm());
    }
}
