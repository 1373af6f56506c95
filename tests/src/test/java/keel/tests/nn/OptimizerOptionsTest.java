package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
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
import keel.nn.optim.LBFGS;
import keel.nn.optim.LaProp;
import keel.nn.optim.Lamb;
import keel.nn.optim.Lars;
import keel.nn.optim.Lion;
import keel.nn.optim.Madgrad;
import keel.nn.optim.Muon;
import keel.nn.optim.NAdam;
import keel.nn.optim.NAdamW;
import keel.nn.optim.Prodigy;
import keel.nn.optim.RAdam;
import keel.nn.optim.RMSProp;
import keel.nn.optim.Rprop;
import keel.nn.optim.SGD;
import keel.nn.optim.ScheduleFreeAdamW;
import keel.nn.optim.ScheduleFreeSGD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What no optimizer takes, each in one exact line, and shapes at the edge of what they do take.
class OptimizerOptionsTest {
    private static final Map<String, DoubleFunction<?>> RATES = new LinkedHashMap<>();

    static {
        RATES.put("SGD", SGD.defaults()::rate);
        RATES.put("Adam", Adam.defaults()::rate);
        RATES.put("AdamW", AdamW.defaults()::rate);
        RATES.put("RMSProp", RMSProp.defaults()::rate);
        RATES.put("Adamax", Adamax.defaults()::rate);
        RATES.put("NAdam", NAdam.defaults()::rate);
        RATES.put("RAdam", RAdam.defaults()::rate);
        RATES.put("Adagrad", Adagrad.defaults()::rate);
        RATES.put("Adadelta", Adadelta.defaults()::rate);
        RATES.put("Adafactor", Adafactor.defaults()::rate);
        RATES.put("Rprop", Rprop.defaults()::rate);
        RATES.put("ASGD", ASGD.defaults()::rate);
        RATES.put("LBFGS", LBFGS.defaults()::rate);
        RATES.put("Muon", Muon.defaults()::rate);
        RATES.put("Lion", Lion.defaults()::rate);
        RATES.put("Lamb", Lamb.defaults()::rate);
        RATES.put("Lars", Lars.defaults()::rate);
        RATES.put("Adan", Adan.defaults()::rate);
        RATES.put("Adopt", Adopt.defaults()::rate);
        RATES.put("LaProp", LaProp.defaults()::rate);
        RATES.put("NAdamW", NAdamW.defaults()::rate);
        RATES.put("Madgrad", Madgrad.defaults()::rate);
        RATES.put("Prodigy", Prodigy.defaults()::rate);
        RATES.put("ScheduleFreeAdamW", ScheduleFreeAdamW.defaults()::rate);
        RATES.put("ScheduleFreeSGD", ScheduleFreeSGD.defaults()::rate);
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void noRateIsNegativeInfiniteOrNotANumber() {
        RATES.forEach((name, rate) -> {
            for (double wrong : new double[] {-1e-3, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertRefused(name + ": rate is " + wrong + "; give a finite number of 0 or more", () -> rate.apply(wrong));
            }
        });
    }

    @Test
    void otherOptionsHaveTheirRanges() {
        double nan = Double.NaN;
        assertRefused("Adamax: beta2 is 1.0; give a number from 0 to below 1", () -> Adamax.defaults().betas(0.9, 1));
        assertRefused("NAdam: momentumDecay is NaN; give a finite number of 0 or more",
            () -> NAdam.defaults().momentumDecay(nan));
        assertRefused("RAdam: eps is -1.0; give a finite number of 0 or more", () -> RAdam.defaults().eps(-1));
        assertRefused("Adagrad: initial is NaN; give a finite number of 0 or more", () -> Adagrad.defaults().initial(nan));
        assertRefused("Adadelta: rho is -0.1; give a number from 0 to below 1", () -> Adadelta.defaults().rho(-0.1));
        assertRefused("Adafactor: beta2Decay is 0.5; give a finite number of 0 or less",
            () -> Adafactor.defaults().beta2Decay(0.5));
        assertRefused("Adafactor: eps1 is NaN; give a finite number of 0 or more", () -> Adafactor.defaults().eps(nan, 1e-3));
        assertRefused("Adafactor: d is 0.5; give a finite number of 1 or more", () -> Adafactor.defaults().d(0.5));
        assertRefused("Rprop: etaMinus is 1.0; give a number between 0 and 1", () -> Rprop.defaults().etas(1, 1.2));
        assertRefused("Rprop: etaPlus is 1.0; give a finite number above 1", () -> Rprop.defaults().etas(0.5, 1));
        assertRefused("ASGD: alpha is NaN; give a finite number", () -> ASGD.defaults().alpha(nan));
        assertRefused("LBFGS: history is 0; give a whole number of 1 or more", () -> LBFGS.defaults().history(0));
        assertRefused("LBFGS: evaluations is 0; give a whole number of 1 or more", () -> LBFGS.defaults().evaluations(0));
        assertRefused("Muon: steps is 100; give a number from 0 to 99", () -> Muon.defaults().steps(100));
        assertRefused("Muon: momentum is 1.5; give a number from 0 to 1", () -> Muon.defaults().momentum(1.5));
        assertRefused("Muon: b is NaN; give a finite number", () -> Muon.defaults().coefficients(1, nan, 1));
        assertRefused("Lars: trust is NaN; give a finite number of 0 or more", () -> Lars.defaults().trust(nan));
        assertRefused("Lars: nesterov with momentum 0.0 and dampening 0.0; it needs a momentum above 0 and no dampening",
            () -> Lars.defaults().nesterov(true).over(OptimizerGoldenTest.parameters(DType.F32)));
        assertRefused("Lamb: largest is NaN; give a number above 0", () -> Lamb.defaults().largest(nan));
        assertRefused("Adan: beta3 is NaN; give a number from 0 to below 1", () -> Adan.defaults().betas(0.9, 0.9, nan));
        assertRefused("Adopt: clip is NaN; give a finite number of 0 or more", () -> Adopt.defaults().clip(nan));
        assertRefused("Madgrad: momentum is 1.0; give a number from 0 to below 1", () -> Madgrad.defaults().momentum(1));
        assertRefused("Prodigy: d0 is 0.0; give a finite number above 0", () -> Prodigy.defaults().d0(0));
        assertRefused("Prodigy: growth is 0.9; give a number of 1 or more", () -> Prodigy.defaults().growth(0.9));
        assertRefused("ScheduleFreeAdamW: beta1 is 0.0; give a number between 0 and 1",
            () -> ScheduleFreeAdamW.defaults().betas(0, 0.9));
        assertRefused("ScheduleFreeSGD: momentum is 1.0; give a number between 0 and 1",
            () -> ScheduleFreeSGD.defaults().momentum(1));
    }

    // What state_dict() of PyTorch 2.13 and of timm, schedulefree and prodigyopt calls them, for a matrix.
    @Test
    void stateHasTheNamesOfTheReferences() {
        var names = Map.ofEntries(
            Map.entry("Adam amsgrad", "exp_avg exp_avg_sq max_exp_avg_sq"), Map.entry("Adamax", "exp_avg exp_inf"),
            Map.entry("NAdam", "mu_product exp_avg exp_avg_sq"), Map.entry("RAdam", "exp_avg exp_avg_sq"),
            Map.entry("Adagrad", "sum"), Map.entry("Adadelta", "square_avg acc_delta"), Map.entry("Adafactor", "row_var col_var"),
            Map.entry("Rprop", "prev step_size"), Map.entry("ASGD", "eta mu ax"), Map.entry("Muon", "momentum_buffer"),
            Map.entry("Lion", "exp_avg"), Map.entry("Adopt", "exp_avg exp_avg_sq"), Map.entry("Lamb", "exp_avg exp_avg_sq"),
            Map.entry("LaProp", "exp_avg exp_avg_lr_1 exp_avg_lr_2 exp_avg_sq"), Map.entry("NAdamW", "exp_avg exp_avg_sq"),
            Map.entry("Madgrad", "grad_sum_sq s x0"), Map.entry("Lars", "momentum_buffer"),
            Map.entry("ScheduleFreeAdamW", "z weight_sum lr_max exp_avg_sq"), Map.entry("Prodigy", "s p0 exp_avg exp_avg_sq"));
        names.forEach((name, wanted) -> {
            var p = OptimizerGoldenTest.parameters(DType.F64);
            var optimizer = OptimizerGoldenTest.ALL.get(name).apply(p);
            assertEquals(Map.of(), optimizer.state(), name);
            optimizer.step(OptimizerGoldenTest.gradients(p, 0));
            var expected = Stream.concat(Stream.of(wanted.split(" ")), Stream.of("step")).map(key -> "w." + key).toList();
            var actual = optimizer.state().keySet().stream().filter(key -> key.startsWith("w."));
            assertEquals(expected, actual.limit(expected.size()).toList(), name);
        });
    }

    static Stream<String> names() {
        return OptimizerGoldenTest.names();
    }

    // No element, one, a single value without axes, a line, a stack of matrices.
    @ParameterizedTest
    @MethodSource("names")
    void awkwardShapesMoveToo(String name) {
        for (var shape : List.of(Shape.of(0, 3), Shape.of(1, 1), Shape.of(), Shape.of(5), Shape.of(2, 3, 2))) {
            if (name.startsWith("Muon") && shape.rank() != 2) continue;
            for (var dtype : List.of(DType.F32, DType.F64)) {
                var p = Tensor.parameter(NdArray.full(dtype, shape, 0.5));
                var optimizer = OptimizerGoldenTest.ALL.get(name)
                    .apply(new Parameters(List.of(new Parameter("p", p, null))));
                for (int step = 0; step < 3; step++) {
                    optimizer.step(Gradients.of(Map.of(p, NdArray.full(dtype, shape, 0.25 + step))));
                }
                for (double value : p.value().toDoubles()) {
                    assertEquals(true, Double.isFinite(value) && value != 0.5, name + " " + shape + " " + value);
                }
                optimizer.load(optimizer.state());
            }
        }
    }

    // Gradients of 0 move nothing but what decays; tiny and huge ones leave finite parameters.
    @ParameterizedTest
    @MethodSource("names")
    void extremeGradientsLeaveFiniteParameters(String name) {
        for (double size : new double[] {0, -0.0, 1e-30, 1e15}) {
            for (var dtype : List.of(DType.F32, DType.F64)) {
                // descent without a bound goes as far as the gradient says
                boolean bound = !name.startsWith("SGD") && !name.equals("ScheduleFreeSGD") && !name.startsWith("ASGD");
                if (size == 1e15 && !bound) continue;
                var p = Tensor.parameter(NdArray.full(dtype, Shape.of(2, 2), 0.5));
                var optimizer = OptimizerGoldenTest.ALL.get(name)
                    .apply(new Parameters(List.of(new Parameter("p", p, null))));
                for (int step = 0; step < 5; step++) {
                    optimizer.step(Gradients.of(Map.of(p, NdArray.full(dtype, Shape.of(2, 2), size))));
                }
                for (double value : p.value().toDoubles()) {
                    assertEquals(true, Double.isFinite(value), name + " " + dtype + " " + size + " " + value);
                }
            }
        }
    }
}
