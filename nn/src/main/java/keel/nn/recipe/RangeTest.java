package keel.nn.recipe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import keel.array.NdArray;
import keel.nn.layer.Layer;
import keel.nn.optim.Optimizer;
import keel.nn.report.LineChart;

/// Finds a learning rate: trains for some steps while the rate climbs exponentially, looks at the loss, and puts everything back.
/// Below the right rate the loss hardly moves, around it it falls fastest, above it it climbs (Smith 2015, arXiv:1506.01186,
/// section 3.3).
///
/// ```java
/// var found = RangeTest.defaults().run(model, optimizer, rate -> {
///     var batch = batches.next();
///     var loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(rng)), batch.labels());
///     optimizer.step(clip.apply(loss.backward()), rate);
///     return loss.item();
/// });
/// var rate = Schedule.warmup(100, found.suggestion());
/// ```
///
/// A clip that is to survive the far end of the range leaves such steps out: `Clip.globalNorm(1).onNonFinite(NonFinite.SKIP)`.
///
/// @param from       first rate, > 0
/// @param to         last rate, > `from`
/// @param steps      how many steps, ≥ 10
/// @param smoothing  weight of the past in the running mean of the losses, from 0 to below 1
/// @param divergence the test ends where the smoothed loss is above this many times its lowest, > 1
public record RangeTest(double from, double to, int steps, double smoothing, double divergence) {
    private static final int FEWEST_STEPS = 10;

    /// Throws [IllegalArgumentException] for a number outside of its range.
    public RangeTest {
        if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("RangeTest: rates from " + from + " to " + to
                + "; give 0 < from < to, both finite");
        }
        if (steps < FEWEST_STEPS) {
            throw new IllegalArgumentException("RangeTest: " + steps + " steps; give " + FEWEST_STEPS + " or more");
        }
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("RangeTest: smoothing is " + smoothing + "; give a number from 0 to below 1");
        }
        if (!(divergence > 1)) {
            throw new IllegalArgumentException("RangeTest: divergence is " + divergence + "; give a number above 1");
        }
    }

    /// 100 steps from 1e-7 to 10 that end where the loss, smoothed by 0.9, is 4 times its lowest.
    public static RangeTest defaults() {
        return new RangeTest(1e-7, 10, 100, 0.9, 4);
    }

    /// The same over other rates.
    public RangeTest between(double from, double to) {
        return new RangeTest(from, to, steps, smoothing, divergence);
    }

    /// The same in this many steps.
    public RangeTest steps(int steps) {
        return new RangeTest(from, to, steps, smoothing, divergence);
    }

    /// The same with losses smoothed by this much.
    public RangeTest smoothing(double smoothing) {
        return new RangeTest(from, to, steps, smoothing, divergence);
    }

    /// The rate of a step: `from·(to/from)^(step/(steps − 1))`.
    public double rate(int step) {
        return from * StrictMath.pow(to / from, (double) step / (steps - 1));
    }

    /// Runs `step`, which trains one step at the rate it is given and returns its loss, until the rates or the patience end; a
    /// loss that is not finite ends it too. Afterwards, also if `step` throws, parameters, state and optimizer are as before,
    /// to the bit; what else `step` uses, such as a random generator, is its own affair.
    public Found run(Layer model, Optimizer optimizer, DoubleUnaryOperator step) {
        var before = new LinkedHashMap<NdArray, NdArray>();
        model.parameters().forEach(p -> before.put(p.value(), p.value().copy()));
        model.state().values().forEach(array -> before.put(array, array.copy()));
        var memory = copy(optimizer.state());
        try {
            return run(step);
        } finally {
            before.forEach(NdArray::copyInPlace);
            optimizer.load(memory);
        }
    }

    private static Map<String, NdArray> copy(Map<String, NdArray> state) {
        var y = new LinkedHashMap<String, NdArray>();
        state.forEach((name, array) -> y.put(name, array.copy()));
        return y;
    }

    private Found run(DoubleUnaryOperator step) {
        var rates = new double[steps];
        var losses = new double[steps];
        var smoothed = new double[steps];
        double mean = 0;
        double weight = 0;
        double lowest = Double.POSITIVE_INFINITY;
        int n = 0;
        while (n < steps) {
            rates[n] = rate(n);
            losses[n] = step.applyAsDouble(rates[n]);
            if (!Double.isFinite(losses[n])) break;
            mean = smoothing * mean + (1 - smoothing) * losses[n];
            weight = smoothing * weight + (1 - smoothing);
            smoothed[n] = mean / weight;
            lowest = Math.min(lowest, smoothed[n]);
            if (smoothed[n++] > divergence * lowest) break;
        }
        return new Found(Arrays.copyOf(rates, n), Arrays.copyOf(losses, n), Arrays.copyOf(smoothed, n));
    }

    /// What a test saw: one element for each step with a finite loss.
    ///
    /// @param rates    the rates, rising
    /// @param losses   the loss at each
    /// @param smoothed its running mean, corrected for its start
    public record Found(double[] rates, double[] losses, double[] smoothed) {
        // The running mean has seen too little before.
        private static final int FIRST = 3;

        /// Keeps copies.
        public Found {
            rates = rates.clone();
            losses = losses.clone();
            smoothed = smoothed.clone();
        }

        /// The rate at which the smoothed loss falls fastest, per decade of the rate, before its lowest: a good highest rate.
        ///
        /// Throws [IllegalStateException] if it never fell.
        public double suggestion() {
            int lowest = lowestAt();
            int best = -1;
            double steepest = 0;
            for (int i = FIRST; i < lowest; i++) {
                double slope = (smoothed[i + 1] - smoothed[i - 1]) / StrictMath.log(rates[i + 1] / rates[i - 1]);
                if (slope >= steepest) continue;
                steepest = slope;
                best = i;
            }
            if (best < 0) {
                throw new IllegalStateException("RangeTest: the loss never fell in " + rates.length + " steps; "
                    + "begin at a lower rate, take more steps, or look at the model with Doctor");
            }
            return rates[best];
        }

        /// The rate of the lowest smoothed loss: already too high to train with, a tenth of it is usual.
        ///
        /// Throws [IllegalStateException] if there was no finite loss.
        public double lowest() {
            if (rates.length == 0) {
                throw new IllegalStateException("RangeTest: the first loss was not finite; start the model anew");
            }
            return rates[lowestAt()];
        }

        private int lowestAt() {
            int lowest = 0;
            for (int i = 1; i < smoothed.length; i++) if (smoothed[i] < smoothed[lowest]) lowest = i;
            return lowest;
        }

        /// Loss and smoothed loss over the rate, to print into a report.
        public LineChart chart() {
            return LineChart.of("Learning rate range test").axes("rate", "loss").withLogX().add("loss", rates, losses)
                .add("smoothed", rates, smoothed);
        }
    }
}
