package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Linear;
import keel.nn.layer.Parameter;
import keel.nn.layer.Parameters;
import keel.nn.optim.Adam;
import keel.nn.optim.AdamW;
import keel.nn.optim.Optimizer;
import keel.nn.optim.RMSProp;
import keel.nn.optim.SGD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimTest {
    /// What torch 2.13 (float64) makes of `p = (−0.125, 0.125, 0.375)` with the gradients of [#gradient]: `p` after steps 1, 2,
    /// 3, 6 and 12.
    private record Golden(Function<Parameters, Optimizer> options, double... values) {
        @Override
        public String toString() {
            return "golden trajectory ending at " + values[12];
        }
    }

    private static final List<Integer> KEPT = List.of(1, 2, 3, 6, 12);
    // The same formula, rounded in another order, for 12 steps; a centered second moment cancels digits.
    private static final double DOUBLE_ROUNDING = 1e-13;
    private static final double FLOAT_ROUNDING = 2e-6;

    private static Stream<Golden> golden() {
        return Stream.of(
            new Golden(over -> SGD.defaults().rate(0.1).over(over),
                -0.0625, 0.1, 0.4,
                -0.0375, 0.037500000000000006, 0.3875,
                -0.05, 0.07500000000000001, 0.3375,
                -0.037500000000000006, 0.1, 0.375,
                -0.0625, 0.1, 0.4),
            new Golden(over -> SGD.defaults().rate(0.1).momentum(0.9).over(over),
                -0.0625, 0.1, 0.4,
                0.018750000000000003, 0.015000000000000003, 0.41000000000000003,
                0.07937500000000001, -0.024, 0.36900000000000005,
                0.19923937500000002, -0.12787100000000004, 0.403251,
                0.20443222268937505, -0.09827476711100008, 0.292855614691),
            new Golden(over -> SGD.defaults().rate(0.05).momentum(0.8).dampening(0.3).weightDecay(0.1).over(over),
                -0.093125, 0.111875, 0.385625,
                -0.0585490625, 0.0791084375, 0.3884003125,
                -0.03505839078125, 0.06574330796875, 0.37176116140625,
                0.00453387712614396, 0.03688307169966841, 0.3742413330275891,
                -0.006945612452751803, 0.05433555440691447, 0.3185273522520944),
            new Golden(over -> SGD.defaults().rate(0.05).momentum(0.9).nesterov(true).weightDecay(0.01).over(over),
                -0.06550625, 0.10113125, 0.39839375,
                -0.016330894062499997, 0.0314845503125, 0.39611340093749997,
                0.004787962818109381, 0.032568119333453126, 0.35198905623785937,
                0.06515720226042111, -0.0019663396282637853, 0.383488831024154,
                0.05470371443549318, 0.010945944015156337, 0.3392483109361004),
            new Golden(over -> Adam.defaults().over(over),
                -0.124000000016, 0.12400000004, 0.37599999996,
                -0.12310142483030889, 0.12306029262419911, 0.37626633698618267,
                -0.12253525556576683, 0.12273682890685308, 0.3758090052099998,
                -0.12188124177432601, 0.12203314171889035, 0.3760610173542561,
                -0.12184984666796311, 0.12216067543382904, 0.3755058171802628),
            new Golden(over -> Adam.defaults().rate(0.1).betas(0.8, 0.95).eps(1e-3).weightDecay(0.1).over(over),
                -0.025156617071260753, 0.02537950664136622, 0.47453161592505855,
                0.06285832206951723, -0.07030105968342563, 0.47382912121618814,
                0.11242963206517492, -0.09636868387428685, 0.41137457862669763,
                0.15660455137228685, -0.14494123054601848, 0.40446272790464943,
                0.1044502439526925, -0.08596472003795352, 0.29677167157458434),
            new Golden(over -> AdamW.defaults().rate(0.05).over(over),
                -0.0749375008, 0.07493750199999992, 0.4248124980000001,
                -0.029971272765043987, 0.027914662458955124, 0.4379169430601337,
                -0.0016478239015584942, 0.011727519260424236, 0.41483139577946077,
                0.031046266903154377, -0.02345017040983289, 0.42680075741986107,
                0.03251946420817685, -0.017014874992876447, 0.39782882048658996),
            new Golden(over -> AdamW.defaults().rate(0.1).betas(0.7, 0.9).weightDecay(0.3).over(over),
                -0.021250001599999985, 0.021250003999999822, 0.4637499960000002,
                0.0660173603972452, -0.07642169565063414, 0.4649594856229102,
                0.10701246272421333, -0.09300406081535903, 0.3887012787684627,
                0.13164226933400264, -0.11787856981283243, 0.38812413995434353,
                0.05302367360580434, -0.04155961817419758, 0.2902409849323301),
            new Golden(over -> RMSProp.defaults().over(over),
                -0.025000015999997474, 0.025000039999984056, 0.47499996000001593,
                0.012300170764398502, -0.06791171446875906, 0.4300986506223487,
                -0.006123032266580383, -0.019032852901947256, 0.342624699224726,
                -0.0015140292074611022, -0.0037382094691214354, 0.3937678388069793,
                -0.034212461884932294, -0.004774714878459591, 0.4015139229404041),
            new Golden(over -> RMSProp.defaults().alpha(0.9).momentum(0.5).weightDecay(0.1).over(over),
                -0.09337722496694358, 0.09337722720783956, 0.40662277189580215,
                -0.06510317444485615, 0.048130136858992985, 0.40235714573265563,
                -0.05686298771831622, 0.041220176409050124, 0.37147581334912955,
                -0.0530896262837979, 0.032039739444936835, 0.3728848166023531,
                -0.07612996357706965, 0.04444074853924343, 0.3484000982192817),
            new Golden(over -> RMSProp.defaults().rate(0.05).alpha(0.8).eps(1e-3).centered(true).momentum(0.9).over(over),
                -0.0004980079681274604, 0.0012376237623762318, 0.49876237623762376,
                0.16587119679883094, -0.2362688398902078, 0.5556006008096963,
                0.2888476645545619, -0.3895076092709826, 0.49838293241179876,
                0.5294761189278009, -0.8091788478853542, 0.572418422044151,
                0.6048901023786246, -1.1754842043640161, 0.3758026768983266)
        );
    }

    // Exact in both types: multiples of 1/8 from −5/8 to 5/8.
    private static double[] gradient(int step) {
        return new double[] {gradient(0, step), gradient(1, step), gradient(2, step)};
    }

    private static double gradient(int i, int step) {
        return ((i * 7 + step * 3) % 11 - 5) / 8.0;
    }

    private static Parameters single(DType dtype, double... values) {
        return new Parameters(List.of(new Parameter("w", Tensor.parameter(NdArray.of(values).cast(dtype)), null)));
    }

    private static Gradients give(Parameters parameters, double... gradient) {
        var tensor = parameters.get("w").tensor();
        return Gradients.of(Map.of(tensor, NdArray.of(gradient).cast(tensor.dtype())));
    }

    private static double[] trajectory(Function<Parameters, Optimizer> options, DType dtype) {
        var parameters = single(dtype, -0.125, 0.125, 0.375);
        var optimizer = options.apply(parameters);
        var kept = DoubleStream.builder();
        for (int step = 0; step < 12; step++) {
            optimizer.step(give(parameters, gradient(step)));
            if (KEPT.contains(step + 1)) for (double value : parameters.get("w").value().toDoubles()) kept.add(value);
        }
        return kept.build().toArray();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void trajectoriesArePytorchsInDoubles(Golden golden) {
        assertArrayEquals(golden.values, trajectory(golden.options, DType.F64), DOUBLE_ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("golden")
    void trajectoriesArePytorchsInFloats(Golden golden) {
        assertArrayEquals(golden.values, trajectory(golden.options, DType.F32), FLOAT_ROUNDING);
    }

    @Test
    void defaultsArePytorchs() {
        assertEquals(new SGD(1e-3, 0, 0, 0, false, false), SGD.defaults());
        assertEquals(new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, false), Adam.defaults());
        assertEquals(new AdamW(1e-3, 0.9, 0.999, 1e-8, 1e-2, false, false), AdamW.defaults());
        assertEquals(new RMSProp(1e-2, 0.99, 1e-8, 0, 0, false, false), RMSProp.defaults());
    }

    private static Linear linear() {
        return Linear.of(3, 2, Init.heNormal(), new SplittableRandom(1));
    }

    private static final List<Function<Parameters, Optimizer>> ALL = List.of(
        p -> SGD.defaults().momentum(0.9).over(p), p -> Adam.defaults().over(p), p -> AdamW.defaults().over(p),
        p -> RMSProp.defaults().centered(true).momentum(0.9).over(p), p -> SGD.defaults().over(p));

    @Test
    void aParameterWithoutGradientStaysAsItIsAndIsNotRemembered() {
        for (var options : ALL) {
            var layer = linear();
            var parameters = layer.parameters();
            var optimizer = options.apply(parameters);
            var weight = layer.weight().value().copy();
            optimizer.step(Gradients.of(Map.of(layer.bias(), NdArray.of(1f, 2f))), 0.1);
            assertArrayEquals(weight.toFloats(), layer.weight().value().toFloats(), 0f);
            assertTrue(layer.bias().value().get(0) < 0);
            for (var key : optimizer.state().keySet()) assertTrue(key.startsWith("bias."), key);
            optimizer.step(Gradients.of(Map.of()), 0.1);
            assertEquals(1, optimizer.state().get("bias.step").item(), "a skipped step does not count");
        }
    }

    @Test
    void aRateOfZeroMovesNothing() {
        for (var options : ALL) {
            var parameters = single(DType.F32, 1, 2, 3);
            options.apply(parameters).step(give(parameters, 1, 2, 3), 0);
            assertArrayEquals(new double[] {1, 2, 3}, parameters.get("w").value().toDoubles());
        }
    }

    @ParameterizedTest
    @EnumSource(value = DType.class, names = {"F32", "F64"})
    void aRunGoesOnFromItsStateWithTheSameBits(DType dtype) {
        for (var options : ALL) {
            var whole = single(dtype, -0.125, 0.125, 0.375);
            var optimizer = options.apply(whole);
            for (int step = 0; step < 5; step++) optimizer.step(give(whole, gradient(step)));
            var resumed = single(dtype, whole.get("w").value().toDoubles());
            var second = options.apply(resumed);
            second.load(optimizer.state());
            for (int step = 5; step < 12; step++) {
                optimizer.step(give(whole, gradient(step)));
                second.step(give(resumed, gradient(step)));
            }
            assertArrayEquals(whole.get("w").value().toDoubles(), resumed.get("w").value().toDoubles(), 0.0);
            assertEquals(12, second.state().get("w.step").item());
        }
    }

    @Test
    void stateHasPytorchsNames() {
        var parameters = single(DType.F32, 1);
        var names = Map.of(
            "momentum_buffer", SGD.defaults().momentum(0.9).over(parameters),
            "exp_avg exp_avg_sq", AdamW.defaults().over(parameters),
            "square_avg grad_avg momentum_buffer", RMSProp.defaults().centered(true).momentum(0.5).over(parameters));
        names.forEach((wanted, optimizer) -> {
            optimizer.step(give(parameters, 1));
            var expected = Stream.concat(Stream.of(wanted.split(" ")), Stream.of("step")).map(name -> "w." + name).toList();
            assertEquals(expected, List.copyOf(optimizer.state().keySet()));
        });
    }

    @Test
    void aStateThatDoesNotFitIsListedWholeAndChangesNothing() {
        var layer = linear();
        var optimizer = AdamW.defaults().over(layer.parameters());
        var state = new LinkedHashMap<String, NdArray>();
        state.put("weight.exp_avg", NdArray.zeros(DType.F32, 3, 2));
        state.put("weight.step", NdArray.of(Shape.of(), new int[] {0}));
        state.put("nose.exp_avg", NdArray.zeros(DType.F32, 1));
        var error = assertThrows(IllegalArgumentException.class, () -> optimizer.load(state));
        assertEquals("AdamW.load: weight.exp_avg is F32 (3, 2), wanted F32 (2, 3); weight.exp_avg_sq is missing; "
            + "weight.step is 0.0, wanted 1 or more; nose.exp_avg is unexpected; "
            + "give the state of an optimizer with the same options over the same model", error.getMessage());
        assertTrue(optimizer.state().isEmpty());
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("AdamW: rate is -0.1; give a finite number of 0 or more", () -> AdamW.defaults().rate(-0.1));
        assertRefused("SGD: momentum is NaN; give a finite number of 0 or more", () -> SGD.defaults().momentum(Double.NaN));
        assertRefused("Adam: beta2 is 1.0; give a number from 0 to below 1", () -> Adam.defaults().betas(0.9, 1));
        assertRefused("RMSProp: eps is Infinity; give a finite number of 0 or more", () -> RMSProp.defaults().eps(1 / 0.0));
        var parameters = single(DType.F32, 1);
        var sgd = SGD.defaults().over(parameters);
        assertRefused("SGD.step: rate is -0.1; give a finite number of 0 or more", () -> sgd.step(give(parameters, 1), -0.1));
        assertRefused("SGD.step: rate is NaN; give a finite number of 0 or more", () -> sgd.step(give(parameters, 1), 0 / 0.0));
        assertEquals(1, parameters.get("w").value().get(0), "a refused step moves nothing");
        assertRefused("SGD: nesterov with momentum 0.0 and dampening 0.0; it needs a momentum above 0 and no dampening",
            () -> SGD.defaults().nesterov(true).over(parameters));
        var none = new Parameters(List.of());
        assertRefused("Adam.over: there are no parameters; give those of a model", () -> Adam.defaults().over(none));
        assertRefused("SGD.step: none of its 1 parameters has a gradient here, 1 other tensors have; "
            + "give the gradients of this model", () -> sgd.step(give(single(DType.F32, 1), 1)));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void twoThreadsInOneOptimizerAreAnError() throws Exception {
        var parameters = single(DType.F32, new double[1 << 16]);
        var optimizer = AdamW.defaults().over(parameters);
        var gradients = give(parameters, new double[1 << 16]);
        var failed = new CountDownLatch(1);
        Runnable steps = () -> {
            try {
                for (int i = 0; i < 20_000 && failed.getCount() > 0; i++) optimizer.step(gradients);
            } catch (IllegalStateException e) {
                failed.countDown();
            }
        };
        var threads = List.of(new Thread(steps), new Thread(steps));
        threads.forEach(Thread::start);
        for (var thread : threads) thread.join();
        assertEquals(0, failed.getCount(), "one of them was told");
    }
}
