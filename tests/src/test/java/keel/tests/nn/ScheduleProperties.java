package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import keel.nn.schedule.Schedule;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScheduleProperties {
    // PyTorch computes its schedules by recursion, ours are closed forms: they differ by rounding only.
    private static final double ROUNDING = 1e-15;

    private static double[] rates(Schedule schedule, int n) {
        return IntStream.range(0, n).mapToDouble(schedule::at).toArray();
    }

    @Example
    void cosineIsPytorchsCosineAnnealing() {
        // torch 2.13: CosineAnnealingLR(SGD(lr=3e-3), T_max=10, eta_min=1e-5), before each of 11 steps
        double[] torch = {
            0.003, 0.0029268294918612546, 0.0027144804065905464, 0.0023837389521772475, 0.0019669804065905465, 0.001505,
            0.0010430195934094538, 0.000626261047822753, 0.0002955195934094538, 8.317050813874548e-05, 1e-05
        };
        assertArrayEquals(torch, rates(Schedule.cosine(3e-3, 1e-5, 10), 11), ROUNDING);
    }

    @Example
    void linearIsPytorchsLinear() {
        // torch 2.13: LinearLR(SGD(lr=0.1)) with its defaults 1/3, 1, 5, and LinearLR(..., 1.0, 0.1, 5)
        double[] up = {
            0.03333333333333333, 0.04666666666666667, 0.060000000000000005, 0.07333333333333335, 0.08666666666666668, 0.1, 0.1
        };
        double[] down = {0.1, 0.08200000000000002, 0.06400000000000002, 0.04600000000000001, 0.02800000000000001, 0.01, 0.01};
        assertArrayEquals(up, rates(Schedule.linear(0.1 / 3, 0.1, 5), 7), ROUNDING);
        assertArrayEquals(down, rates(Schedule.linear(0.1, 0.01, 5), 7), ROUNDING);
    }

    @Property
    void warmupClimbsInEqualStepsFromNearZeroToTheRate(@ForAll @IntRange(min = 1, max = 10_000) int steps,
            @ForAll @IntRange(min = 1, max = 10_000_000) int millionths) {
        double rate = millionths * 1e-6;
        var warmup = Schedule.warmup(steps, rate);
        assertEquals(rate / steps, warmup.at(0), rate * ROUNDING);
        assertEquals(rate, warmup.at(steps - 1));
        assertEquals(rate, warmup.at(steps + 1000));
        for (int step = 1; step < Math.min(steps, 50); step++) assertTrue(warmup.at(step) > warmup.at(step - 1));
        assertEquals(rate * (steps / 2 + 1) / steps, warmup.at(steps / 2), rate * ROUNDING);
    }

    @Property
    void cosineFallsFromOneRateToTheOtherAndIsSymmetricAboutItsMiddle(@ForAll @IntRange(min = 1, max = 5000) int steps,
            @ForAll @IntRange(min = 1, max = 10_000_000) int millionths, @ForAll @IntRange(min = 0, max = 5000) int at) {
        double from = millionths * 1e-6;
        double to = from / 100;
        var cosine = Schedule.cosine(from, to, steps);
        int step = at % (steps + 1);
        assertEquals(from, cosine.at(0), from * ROUNDING);
        assertEquals(to, cosine.at(steps));
        assertEquals(from + to, cosine.at(step) + cosine.at(steps - step), 4 * from * ROUNDING);
        assertTrue(step == 0 || cosine.at(step) < cosine.at(step - 1), () -> cosine + " at " + step);
    }

    @Property
    void thenStartsTheNextAtItsOwnStepZero(@ForAll @IntRange(min = 1, max = 100) int first,
            @ForAll @IntRange(min = 1, max = 100) int second, @ForAll @IntRange(min = 0, max = 300) int step) {
        var up = Schedule.warmup(first, 0.3);
        var down = Schedule.cosine(0.3, 0, second);
        var both = up.then(down);
        assertEquals(first + second, both.length());
        assertEquals(step < first ? up.at(step) : down.at(step - first), both.at(step));
        var nested = up.then(down.then(Schedule.constant(0.7)));
        assertEquals(step < first + second ? both.at(step) : 0.7, nested.at(step));
    }

    @Example
    void theModernRecipesRates() {
        var rate = Schedule.warmup(100, 3e-3).then(Schedule.cosine(3e-3, 1e-5, 900));
        assertEquals(1000, rate.length());
        assertEquals(3e-5, rate.at(0), 1e-18);
        assertEquals(3e-3, rate.at(99));
        assertEquals(3e-3, rate.at(100));
        // (3e-3 + 1e-5)/2, half-way down
        assertEquals(1.505e-3, rate.at(550), 1e-17);
        assertEquals(1e-5, rate.at(1000));
        assertEquals(1e-5, rate.at(5000));
    }

    @Example
    void aLambdaIsAScheduleAndCanBeGivenAnEnd() {
        Schedule inverse = step -> 0.1 / (1 + step);
        assertEquals(Schedule.ENDLESS, inverse.length());
        var both = Schedule.of(3, inverse).then(Schedule.constant(0.01));
        assertArrayEquals(new double[] {0.1, 0.05, 0.1 / 3, 0.01, 0.01}, rates(both, 5));
        assertEquals(Schedule.ENDLESS, both.length());
        assertEquals(0.005, inverse.times(0.1).at(1), 1e-18);
    }

    @Example
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Schedule.warmup: rate is -0.1; give a finite number of 0 or more", () -> Schedule.warmup(10, -0.1));
        assertRefused("Schedule.cosine: to is NaN; give a finite number of 0 or more", () -> Schedule.cosine(0.1, 0 / 0.0, 10));
        assertRefused("Schedule.linear: from is Infinity; give a finite number of 0 or more",
            () -> Schedule.linear(1 / 0.0, 0, 9));
        assertRefused("Schedule.warmup: 0 steps; give 1 or more", () -> Schedule.warmup(0, 0.1));
        assertRefused("Schedule.at: step is -1; steps count from 0", () -> Schedule.constant(0.1).at(-1));
        var error = assertThrows(IllegalStateException.class, () -> Schedule.constant(0.1).then(Schedule.constant(0.2)));
        assertEquals("Schedule.then: constant(0.1) has no end, so the next would never begin; end it with lasting(steps)",
            error.getMessage());
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
