package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.schedule.Cyclic;
import keel.nn.schedule.OneCycle;
import keel.nn.schedule.Plateau;
import keel.nn.schedule.PlateauRate;
import keel.nn.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Every schedule against PyTorch's over 60 steps, `schedules.txt`; those that PyTorch lacks against their papers' formulas.
class ScheduleGoldenTest {
    // PyTorch multiplies from step to step: 60 roundings of each.
    private static final double RECURSION = 1e-13;

    private static Map<String, double[]> golden() throws IOException {
        var numbers = new HashMap<String, double[]>();
        try (var file = ScheduleGoldenTest.class.getResourceAsStream("schedules.txt")) {
            for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                var parts = line.split(":");
                numbers.put(parts[0], Arrays.stream(parts[1].trim().split(" ")).mapToDouble(Double::parseDouble).toArray());
            }
        }
        return numbers;
    }

    private static Map<String, Schedule> schedules() {
        var y = new LinkedHashMap<String, Schedule>();
        y.put("constant", Schedule.constant(0.1, 1.0 / 3, 5));
        y.put("linear", Schedule.linear(0.1, 0.25, 0.75, 30));
        y.put("step", Schedule.step(0.1, 7, 0.5));
        y.put("multiStep", Schedule.multiStep(0.1, 0.3, 41, 20, 5, 20));
        y.put("exponential", Schedule.exponential(0.1, 0.93));
        y.put("polynomial", Schedule.polynomial(0.1, 0, 40, 1.7));
        y.put("cosineWave", Schedule.cosineWave(0.1, 1e-3, 13));
        y.put("cosineRestarts", Schedule.cosineRestarts(0.1, 1e-3, 9, 1));
        y.put("cosineRestarts growing", Schedule.cosineRestarts(0.1, 0, 4, 2));
        var triangular = Cyclic.of(0.01, 0.1, 5).down(8);
        y.put("triangular", triangular);
        y.put("triangular momentum", triangular.momentum(0.8, 0.9));
        var halving = Cyclic.of(0.01, 0.1, 6).halving();
        y.put("halving", halving);
        y.put("halving momentum", halving.momentum(0.8, 0.9));
        var expRange = Cyclic.of(0.02, 0.3, 7).down(4).exponential(0.97);
        y.put("expRange", expRange);
        y.put("expRange momentum", expRange.momentum(0.8, 0.9));
        var oneCycle = OneCycle.of(0.5, 61);
        y.put("oneCycle", oneCycle);
        y.put("oneCycle momentum", oneCycle.momentum(0.85, 0.95));
        var linear = oneCycle.climb(0.4).linear().divisors(10, 100);
        y.put("oneCycle linear", linear);
        y.put("oneCycle linear momentum", linear.momentum(0.85, 0.95));
        var three = oneCycle.climb(0.37).inThreePhases();
        y.put("oneCycle three", three);
        y.put("oneCycle three momentum", three.momentum(0.85, 0.95));
        y.put("lambda", Schedule.lambda(0.1, e -> 1 / (1.0 + e)));
        y.put("multiplicative", Schedule.multiplicative(0.1, e -> 0.9 + 0.001 * e));
        y.put("sequential", Schedule.sequence(List.of(Schedule.linear(0.01, 0.1, 10), Schedule.cosineWave(0.1, 0, 25),
            Schedule.constant(0.1, 0.5, 5)), 10, 35));
        y.put("chained", Schedule.exponential(0.1, 0.9).times(Schedule.constant(1, 0.1, 4)));
        y.put("swa", Schedule.swa(0.1, 0.02, 20));
        y.put("swa linear", Schedule.linear(0.1, 0.02, 20));
        return y;
    }

    @Test
    void theRatesArePytorchs() throws IOException {
        var golden = golden();
        schedules().forEach((name, schedule) -> {
            var torch = golden.get(name);
            assertEquals(61, torch.length, name);
            // backwards: nothing may depend on the steps asked before
            for (int step = 60; step >= 0; step--) {
                assertEquals(torch[step], schedule.at(step), Math.abs(torch[step]) * RECURSION, name + " at " + step);
            }
        });
        var plateaus = golden.keySet().stream().filter(name -> name.startsWith("plateau")).count();
        assertEquals(golden.size(), schedules().size() + plateaus);
    }

    private static final double[] METRICS = IntStream.range(0, 60)
        .mapToDouble(i -> 1.0 / (1 + i / 7) + (i % 3 == 0 ? 0.01 : 0)).toArray();

    private static double[] observed(PlateauRate rate, DoubleUnaryOperator metric, int from, int to) {
        return Arrays.stream(METRICS, from, to).map(metric).map(rate::observe).toArray();
    }

    @Test
    void thePlateausRatesArePytorchs() throws IOException {
        var golden = golden();
        var options = Plateau.defaults();
        assertPlateau(golden.get("plateau"), options.patience(3).factor(0.5).cooldown(2), m -> m);
        assertPlateau(golden.get("plateau max"), options.maximizing().patience(4).relative(0.02).least(1e-3), m -> 2 - m);
        assertPlateau(golden.get("plateau abs"), options.patience(1).absolute(0.02).eps(1e-5), m -> m);
    }

    private static void assertPlateau(double[] torch, Plateau options, DoubleUnaryOperator metric) {
        var rate = options.from(0.1);
        assertEquals(torch[0], rate.rate());
        assertArrayEquals(Arrays.copyOfRange(torch, 1, 61), observed(rate, metric, 0, 60));
        assertTrue(torch[60] < 0.1);
        for (int at : new int[] {0, 1, 17, 40}) {
            var first = options.from(0.1);
            observed(first, metric, 0, at);
            var second = options.from(7);
            second.load(first.state());
            assertArrayEquals(Arrays.copyOfRange(torch, at + 1, 61), observed(second, metric, at, 60), "resumed at " + at);
        }
    }

    @Test
    void aMetricThatIsNoNumberIsNoBetter() {
        var rate = Plateau.defaults().patience(1).from(1);
        assertEquals(1, rate.observe(Double.NaN));
        assertEquals(0.1, rate.observe(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, rate.best());
    }

    @Test
    void theInverseSquareRootMeetsTheWarmup() {
        // transformers' get_inverse_sqrt_schedule(optimizer, 10): 0.1·√(10/step) from step 10 on
        var rate = Schedule.linear(0, 0.1, 10).then(Schedule.inverseSqrt(0.1, 10));
        assertEquals(0.05, rate.at(5), 1e-17);
        for (int step = 10; step < 200; step++) assertEquals(0.1 * Math.sqrt(10.0 / step), rate.at(step), 1e-16);
    }

    @Test
    void noamsTopIsAtTheEndOfTheWarmup() {
        // Vaswani et al. 2017, eq. 3, for d_model = 512 and 4,000 steps of warmup
        var rate = Schedule.noam(512, 4000);
        assertEquals(1 / Math.sqrt(512.0 * 4000), rate.at(3999), 1e-18);
        assertEquals(1 / (Math.sqrt(512) * 4000 * Math.sqrt(4000)), rate.at(0), 1e-22);
        assertEquals(1 / Math.sqrt(512.0 * 16000), rate.at(15999), 1e-18);
        for (int step = 1; step < 8000; step += 7) assertEquals(step <= 3999, rate.at(step) > rate.at(step - 1), "at " + step);
    }

    @Test
    void warmupStableDecayHasItsThreePhases() {
        var rate = Schedule.wsd(0.4, 10, 80, 16);
        assertEquals(106, rate.length());
        assertEquals(0.04, rate.at(0), 1e-17);
        assertEquals(0.4, rate.at(9));
        assertEquals(0.4, rate.at(90));
        assertEquals(0.2, rate.at(94), 1e-17); // 1 − √(4/16)
        assertEquals(0.1, rate.at(99), 1e-16); // 1 − √(9/16)
        assertEquals(0, rate.at(106));
        assertEquals(0, rate.at(1000));
        assertEquals("wsd(0.4, 10, 80, 16)", rate.toString());
    }

    @Test
    void theHyperbolicTangentIsTimms() {
        // timm's formula in numpy: 1e-3 + .5·(.1 − 1e-3)·(1 − tanh(−7·(1 − t/20) + 3·t/20)) at t = 0, 5, 13, 15, 19
        var rate = Schedule.tanh(0.1, 1e-3, 20, -7, 3);
        double[] numpy = {
            0.09999991767872526, 0.09998778393697737, 0.07337479928437048, 0.027625200715629517, 0.0016625922415041995
        };
        int[] steps = {0, 5, 13, 15, 19};
        for (int i = 0; i < steps.length; i++) assertEquals(numpy[i], rate.at(steps[i]), 1e-16);
        assertEquals(1e-3, rate.at(20));
    }

    @Test
    void aWarmupCanBeLaidOverTheFirstStepsOfASchedule() {
        var fall = Schedule.cosine(0.1, 0, 50);
        var rate = Schedule.linear(0.01, 0.1, 10).thenInto(fall);
        assertEquals(50, rate.length());
        assertEquals(0.055, rate.at(5), 1e-16);
        for (int step = 10; step < 60; step++) assertEquals(fall.at(step), rate.at(step));
        assertEquals(10, Schedule.warmup(10, 0.1).thenInto(Schedule.linear(0.1, 0.2, 4)).length());
        var endless = assertThrows(IllegalStateException.class, () -> Schedule.constant(1).thenInto(fall));
        assertEquals("Schedule.thenInto: constant(1.0) has no end, so the next would never begin; end it with lasting(steps)",
            endless.getMessage());
    }

    @Test
    void everyScheduleAnswersAtAnyStep() {
        schedules().forEach((name, schedule) -> {
            if (!name.equals("multiplicative")) {
                double last = schedule.at(Integer.MAX_VALUE);
                assertTrue(last >= 0 && last <= 1, () -> name + " ends at " + last);
            }
            var e = assertThrows(IllegalArgumentException.class, () -> schedule.at(-1), name);
            assertEquals("Schedule.at: step is -1; steps count from 0", e.getMessage());
        });
        assertTrue(Double.isFinite(OneCycle.of(0.1, 1).at(0)));
        assertTrue(Double.isFinite(OneCycle.of(0.1, 2).climb(1).at(1)));
        assertTrue(Double.isFinite(OneCycle.of(0.1, 10).climb(0).inThreePhases().at(0)));
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Schedule.step: gamma is -1.0; give a finite number of 0 or more", () -> Schedule.step(0.1, 5, -1));
        assertRefused("Schedule.step: 0 steps; give 1 or more", () -> Schedule.step(0.1, 0, 0.1));
        assertRefused("Schedule.multiStep: 0 steps; give 1 or more", () -> Schedule.multiStep(0.1, 0.1, 5, 0));
        assertRefused("Schedule.polynomial: power is NaN; give a finite number of 0 or more",
            () -> Schedule.polynomial(0.1, 0, 5, Double.NaN));
        assertRefused("Schedule.cosineRestarts: growth is 0; give 1 or more", () -> Schedule.cosineRestarts(0.1, 0, 5, 0));
        assertRefused("Schedule.constant: factor is 1.5; give a share from 0 to 1", () -> Schedule.constant(0.1, 1.5, 5));
        assertRefused("Schedule.linear: parts of the rate from 0.0 to 1.0; give shares up to 1, the first above 0",
            () -> Schedule.linear(0.1, 0, 1, 5));
        assertRefused("Schedule.linear: parts of the rate from 1.0 to 2.0; give shares up to 1, the first above 0",
            () -> Schedule.linear(0.1, 1, 2, 5));
        var one = Schedule.constant(0.1);
        assertRefused("Schedule.sequence: 2 schedules with milestones [5, 6]; give rising milestones, one fewer than schedules",
            () -> Schedule.sequence(List.of(one, one), 5, 6));
        assertRefused("Schedule.sequence: 3 schedules with milestones [5, 5]; give rising milestones, one fewer than schedules",
            () -> Schedule.sequence(List.of(one, one, one), 5, 5));
        assertRefused("Schedule.tanh: lower is 3.0 and upper -6.0; give finite numbers, the lower one first",
            () -> Schedule.tanh(0.1, 0, 5, 3, -6));
        assertRefused("Schedule.noam: width is 0; give 1 or more", () -> Schedule.noam(0, 5));
        assertRefused("Cyclic: low is -0.1; give a finite number of 0 or more", () -> Cyclic.of(-0.1, 1, 5));
        assertRefused("Cyclic: 5 steps up and 0 down; give 1 or more of each", () -> Cyclic.of(0.1, 1, 5).down(0));
        assertRefused("OneCycle: climb is 1.5; give a share from 0 to 1", () -> OneCycle.of(0.1, 5).climb(1.5));
        assertRefused("OneCycle: 0 steps; give 1 or more", () -> OneCycle.of(0.1, 0));
        assertRefused("OneCycle: divisors are 0.0 and 1.0; give numbers above 0", () -> OneCycle.of(0.1, 5).divisors(0, 1));
        assertRefused("Plateau: factor is 1.0; give a number from 0 to below 1", () -> Plateau.defaults().factor(1));
        assertRefused("Plateau: patience is -1 and cooldown 0; give 0 or more", () -> Plateau.defaults().patience(-1));
        assertRefused("Plateau.from: rate is Infinity; give a finite number of 0 or more",
            () -> Plateau.defaults().from(1 / 0.0));
        assertRefused("PlateauRate.load: rate is missing; best is F64 (2), wanted F64 with 0 axes; bad is -1.0, wanted a whole "
            + "number from 0 to 2147483647; cooldown is missing; extra is unexpected; give what state() of the same kind "
                + "returned",
            () -> Plateau.defaults().from(1).load(new LinkedHashMap<>(Map.of("best", NdArray.of(1.0, 2), "bad",
                NdArray.of(Shape.of(), new double[] {-1}), "extra", NdArray.of(1.0)))));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
