package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import keel.nn.optim.ASGD;
import keel.nn.optim.Adadelta;
import keel.nn.optim.Adafactor;
import keel.nn.optim.Adagrad;
import keel.nn.optim.Adam;
import keel.nn.optim.AdamW;
import keel.nn.optim.Adamax;
import keel.nn.optim.Adan;
import keel.nn.optim.Adopt;
import keel.nn.optim.Ema;
import keel.nn.optim.LBFGS;
import keel.nn.optim.LaProp;
import keel.nn.optim.Lamb;
import keel.nn.optim.Lars;
import keel.nn.optim.Lion;
import keel.nn.optim.Madgrad;
import keel.nn.optim.Muon;
import keel.nn.optim.NAdam;
import keel.nn.optim.NAdamW;
import keel.nn.optim.Optimizer;
import keel.nn.optim.Prodigy;
import keel.nn.optim.RAdam;
import keel.nn.optim.RMSProp;
import keel.nn.optim.Rprop;
import keel.nn.optim.SGD;
import keel.nn.optim.ScheduleFree;
import keel.nn.optim.ScheduleFreeAdamW;
import keel.nn.optim.ScheduleFreeSGD;
import keel.nn.optim.Swa;
import keel.nn.optim.WeightAverage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Trajectories of every optimizer against those of the reference implementations: `optimizers.txt`, written by the script beside
/// it. And, for the same list, that a run goes on from its state with the same bits.
class OptimizerGoldenTest {
    private static final int STEPS = 12;
    private static final List<Integer> KEPT = List.of(1, 3, 12);
    private static final double FLOAT_ROUNDING = 2e-5;

    static final Map<String, Function<Parameters, Optimizer>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("SGD maximize", p -> SGD.defaults().rate(.1).momentum(.9).weightDecay(.1).maximize(true).over(p));
        ALL.put("Adam amsgrad", p -> Adam.defaults().rate(.05).betas(.8, .9).weightDecay(.1).amsgrad(true).over(p));
        ALL.put("AdamW amsgrad maximize",
            p -> AdamW.defaults().rate(.05).betas(.8, .9).weightDecay(.1).amsgrad(true).maximize(true).over(p));
        ALL.put("RMSProp maximize", p -> RMSProp.defaults().rate(.02).alpha(.9).weightDecay(.1).momentum(.5).centered(true)
            .maximize(true).over(p));
        ALL.put("Adamax", p -> Adamax.defaults().over(p));
        ALL.put("Adamax options",
            p -> Adamax.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).maximize(true).over(p));
        ALL.put("RAdam", p -> RAdam.defaults().over(p));
        ALL.put("RAdam short", p -> RAdam.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).over(p));
        ALL.put("RAdam decoupled",
            p -> RAdam.defaults().rate(.05).betas(.8, .9).weightDecay(.1).decoupled(true).maximize(true).over(p));
        ALL.put("Adagrad", p -> Adagrad.defaults().over(p));
        ALL.put("Adagrad options",
            p -> Adagrad.defaults().rate(.1).rateDecay(.1).weightDecay(.1).initial(.5).eps(1e-3).maximize(true).over(p));
        ALL.put("Adadelta", p -> Adadelta.defaults().over(p));
        ALL.put("Adadelta options",
            p -> Adadelta.defaults().rate(.5).rho(.8).eps(1e-3).weightDecay(.1).maximize(true).over(p));
        ALL.put("Adafactor", p -> Adafactor.defaults().over(p));
        ALL.put("Adafactor options",
            p -> Adafactor.defaults().rate(.3).beta2Decay(-.5).eps(1e-2, .1).d(1.5).weightDecay(.1).maximize(true).over(p));
        ALL.put("Rprop", p -> Rprop.defaults().over(p));
        ALL.put("Rprop options", p -> Rprop.defaults().rate(.1).etas(.3, 1.4).steps(1e-2, .3).maximize(true).over(p));
        ALL.put("Muon", p -> Muon.defaults().over(matrices(p)));
        ALL.put("Muon options", p -> Muon.defaults().rate(.05).weightDecay(.3).momentum(.8).nesterov(false)
            .coefficients(3, -3.2, 1.2).steps(3).adjust(Muon.Adjust.MATCH_RMS_ADAMW).over(matrices(p)));
        ALL.put("NAdam", p -> NAdam.defaults().over(p));
        ALL.put("NAdam options",
            p -> NAdam.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).momentumDecay(.05).maximize(true).over(p));
        ALL.put("NAdam decoupled", p -> NAdam.defaults().rate(.05).weightDecay(.1).decoupled(true).over(p));
        ALL.put("ASGD", p -> ASGD.defaults().over(p));
        ALL.put("ASGD options",
            p -> ASGD.defaults().rate(.05).lambda(.1).alpha(.5).start(3).weightDecay(.1).maximize(true).over(p));
        ALL.put("Lion", p -> Lion.defaults().rate(.01).over(p));
        ALL.put("Lion options", p -> Lion.defaults().rate(.01).betas(.7, .8).weightDecay(.3).maximize(true).over(p));
        ALL.put("Adopt", p -> Adopt.defaults().over(p));
        ALL.put("Adopt options", p -> Adopt.defaults().rate(.05).betas(.8, .9).eps(.5).clip(.1).weightDecay(.1).over(p));
        ALL.put("Adopt decoupled",
            p -> Adopt.defaults().rate(.05).betas(.8, .9).weightDecay(.1).decoupled(true).maximize(true).over(p));
        ALL.put("LaProp", p -> LaProp.defaults().over(p));
        ALL.put("LaProp options", p -> LaProp.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).over(p));
        ALL.put("NAdamW", p -> NAdamW.defaults().over(p));
        ALL.put("NAdamW options",
            p -> NAdamW.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).maximize(true).over(p));
        ALL.put("Madgrad", p -> Madgrad.defaults().over(p));
        ALL.put("Madgrad still", p -> Madgrad.defaults().rate(.05).momentum(0).weightDecay(.1).eps(1e-3).over(p));
        ALL.put("Madgrad decoupled",
            p -> Madgrad.defaults().rate(.05).momentum(.5).weightDecay(.1).decoupled(true).over(p));
        ALL.put("Lars", p -> Lars.defaults().momentum(.9).weightDecay(.1).over(p));
        ALL.put("Lars plain", p -> Lars.defaults().rate(.05).momentum(.9).over(p));
        ALL.put("Lars clipped",
            p -> Lars.defaults().rate(.05).momentum(.9).nesterov(true).trust(.02).eps(.1).clipped(true).always(true).over(p));
        ALL.put("Lamb", p -> Lamb.defaults().rate(.01).over(p));
        ALL.put("Lamb bounded", p -> Lamb.defaults().rate(.01).largest(2.5).over(p));
        ALL.put("Lamb plain", p -> Lamb.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(0).over(p));
        ALL.put("Lamb clipped",
            p -> Lamb.defaults().rate(.05).betas(.8, .9).weightDecay(0).always(true).clipped(true).over(p));
        ALL.put("Adan", p -> Adan.defaults().over(p));
        ALL.put("Adan options", p -> Adan.defaults().rate(.05).betas(.9, .8, .7).eps(1e-3).weightDecay(.1).over(p));
        ALL.put("Adan before", p -> Adan.defaults().rate(.05).betas(.9, .8, .7).weightDecay(.1).before(true).over(p));
        ALL.put("Prodigy", p -> Prodigy.defaults().over(p));
        ALL.put("Prodigy options", p -> Prodigy.defaults().rate(.5).betas(.8, .9).eps(1e-3).weightDecay(.1).corrected(true)
            .d0(1e-2).coefficient(2).growth(1.5).over(p));
        ALL.put("ScheduleFreeAdamW", p -> ScheduleFreeAdamW.defaults().over(p));
        ALL.put("ScheduleFreeAdamW options",
            p -> ScheduleFreeAdamW.defaults().rate(.05).betas(.8, .9).eps(1e-3).weightDecay(.1).power(2).over(p));
        ALL.put("ScheduleFreeSGD", p -> ScheduleFreeSGD.defaults().rate(.1).over(p));
        ALL.put("ScheduleFreeSGD options",
            p -> ScheduleFreeSGD.defaults().rate(.1).momentum(.7).weightDecay(.1).power(1).over(p));
    }

    static Stream<String> names() {
        return ALL.keySet().stream();
    }

    static Parameters parameters(DType dtype) {
        return new Parameters(List.of(parameter("w", Samples.ramp(1, 4, 3), dtype), parameter("b", Samples.ramp(2, 3), dtype)));
    }

    private static Parameter parameter(String name, NdArray value, DType dtype) {
        return new Parameter(name, Tensor.parameter(value.mul(0.25).cast(dtype)), null);
    }

    private static Parameters matrices(Parameters p) {
        return p.only(q -> q.tensor().rank() == 2);
    }

    static Gradients gradients(Parameters parameters, int step) {
        var y = new HashMap<Tensor, NdArray>();
        int i = 0;
        for (var p : parameters) {
            y.put(p.tensor(), Samples.ramp(3 * step + ++i, p.tensor().shape().extents()).cast(p.tensor().dtype()));
        }
        return Gradients.of(y);
    }

    private static double[] values(Parameters parameters) {
        return parameters.stream().flatMapToDouble(p -> DoubleStream.of(p.value().toDoubles())).toArray();
    }

    private static double[] trajectory(String name, DType dtype) {
        var parameters = parameters(dtype);
        var optimizer = ALL.get(name).apply(parameters);
        var kept = DoubleStream.builder();
        for (int step = 0; step < STEPS; step++) {
            optimizer.step(gradients(parameters, step));
            if (KEPT.contains(step + 1)) for (double v : values(optimizer.parameters())) kept.add(v);
        }
        return kept.build().toArray();
    }

    @ParameterizedTest
    @MethodSource("names")
    void trajectoriesAreTheReferencesInDoubles(String name) {
        assertArrayEquals(Golden.of(name), trajectory(name, DType.F64), Samples.NEAR);
    }

    @ParameterizedTest
    @MethodSource("names")
    void trajectoriesAreTheReferencesInFloats(String name) {
        assertArrayEquals(Golden.of(name), trajectory(name, DType.F32), FLOAT_ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRunGoesOnFromItsStateWithTheSameBits(String name) {
        for (var dtype : List.of(DType.F32, DType.F64)) {
            var whole = parameters(dtype);
            var optimizer = ALL.get(name).apply(whole);
            for (int step = 0; step < 5; step++) optimizer.step(gradients(whole, step));
            var resumed = parameters(dtype);
            var second = ALL.get(name).apply(resumed);
            for (var p : resumed) p.value().copyInPlace(whole.get(p.name()).value());
            second.load(optimizer.state());
            for (int step = 5; step < STEPS; step++) {
                optimizer.step(gradients(whole, step));
                second.step(gradients(resumed, step));
            }
            assertArrayEquals(values(whole), values(resumed), 0, name);
            optimizer.state().forEach((path, array) -> {
                Samples.assertSameBits(array, second.state().get(path));
                boolean scalar = array.rank() == 0;
                assertTrue(array.dtype() == dtype || scalar, path + " is " + array.dtype());
            });
        }
    }

    private static final Set<String> MEANS = Set.of("exp_avg", "exp_avg_sq", "exp_avg_diff", "exp_inf", "grad_avg", "square_avg",
        "acc_delta", "momentum_buffer", "variance", "row_var", "col_var");

    /// Where gradients are 0, running means decay; whether at every step or now and then, they do not stay denormal.
    @ParameterizedTest
    @MethodSource("names")
    void whatIsRememberedOfDeadWeightsDoesNotStayDenormal(String name) {
        for (var dtype : List.of(DType.F32, DType.F64)) {
            double smallest = dtype == DType.F32 ? Float.MIN_NORMAL : Double.MIN_NORMAL;
            var parameters = parameters(dtype);
            var nothing = new HashMap<Tensor, NdArray>();
            for (var p : parameters) nothing.put(p.tensor(), p.value().fillInPlace(0).copy());
            var optimizer = ALL.get(name).apply(parameters);
            optimizer.step(Gradients.of(nothing));
            var means = new ArrayList<NdArray>();
            optimizer.state().forEach((path, array) -> {
                if (MEANS.contains(path.substring(path.indexOf('.') + 1))) means.add(array);
            });
            for (var m : means) m.copyInPlace(Samples.ramp(1, m.shape().extents()).abs().mul(smallest).cast(dtype));
            for (int step = 2; step <= 256; step++) {
                optimizer.step(Gradients.of(nothing));
                for (var p : parameters) p.value().fillInPlace(0); // not to be fed by their decay
                for (var m : means) {
                    for (double v : m.toDoubles()) {
                        assertTrue(step < 192 || v == 0 || Math.abs(v) >= smallest, name + ", step " + step + ": " + v);
                    }
                }
            }
        }
    }

    @Test
    void averagesOfAsgdAndScheduleFreeAreTheReferences() {
        var parameters = parameters(DType.F64);
        var asgd = ALL.get("ASGD options").apply(parameters);
        for (int step = 0; step < STEPS; step++) asgd.step(gradients(parameters, step));
        var average = Stream.of("w.ax", "b.ax").flatMapToDouble(path -> DoubleStream.of(asgd.state().get(path).toDoubles()));
        assertArrayEquals(Golden.of("ASGD average"), average.toArray(), Samples.NEAR);
        for (var name : List.of("ScheduleFreeAdamW", "ScheduleFreeAdamW options", "ScheduleFreeSGD", "ScheduleFreeSGD options")) {
            var model = parameters(DType.F64);
            var free = (ScheduleFree) ALL.get(name).apply(model);
            for (int step = 0; step < STEPS; step++) free.step(gradients(model, step));
            var trained = values(model);
            try (var _ = free.applied()) {
                assertArrayEquals(Golden.of(name + " average"), values(model), Samples.NEAR, name);
            }
            assertArrayEquals(trained, values(model), 0, name);
        }
    }

    @Test
    void descentIntoRosenbrocksValleyIsPytorchs() {
        var options = LBFGS.defaults();
        assertValley("LBFGS", options.rate(.5).iterations(2));
        assertValley("LBFGS strong Wolfe", options.iterations(3).strongWolfe(true));
        assertValley("LBFGS short history", options.rate(.8).iterations(4).history(2).strongWolfe(true));
        assertValley("LBFGS few evaluations", options.iterations(4).evaluations(3).strongWolfe(true));
    }

    private static void assertValley(String name, LBFGS options) {
        var x = Tensor.parameter(NdArray.of(-1.2, 1));
        var optimizer = options.over(new Parameters(List.of(new Parameter("x", x, null))));
        var xs = DoubleStream.builder();
        var losses = new ArrayList<Double>();
        for (int step = 0; step < 6; step++) {
            losses.add(optimizer.step(() -> valley(x)).item());
            for (double value : x.value().toDoubles()) xs.add(value);
        }
        losses.forEach(xs::add);
        // the search multiplies rounding errors by the condition of the valley
        assertArrayEquals(Golden.of(name), xs.build().toArray(), 1e-9, name);
    }

    /// Rosenbrock's function of two variables, lowest at (1, 1).
    static Tensor valley(Tensor x) {
        var a = x.select(0, 0);
        var b = x.select(0, 1);
        return b.sub(a.square()).square().mul(100).add(a.rsub(1).square());
    }

    @Test
    void runningAveragesArePytorchs() {
        assertAverage("Ema", p -> Ema.defaults().decay(.9).over(p));
        assertAverage("Swa", p -> Swa.defaults().over(p));
    }

    private static void assertAverage(String name, Function<Parameters, WeightAverage> options) {
        var w = new Parameters(List.of(new Parameter("w", Tensor.parameter(Samples.ramp(7, 3, 1)), null)));
        var average = options.apply(w);
        var kept = DoubleStream.builder();
        for (int step = 0; step < 6; step++) {
            w.get("w").value().copyInPlace(Samples.ramp(step, 3, 1));
            average.update();
            for (double value : average.values().get("w").toDoubles()) kept.add(value);
        }
        assertArrayEquals(Golden.of(name), kept.build().toArray(), Samples.NEAR, name);
        assertEquals(6, average.count());
    }
}
