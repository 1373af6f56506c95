package keel.bench.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.data.Dataset;
import keel.nn.health.Doctor;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Parameter;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;

/// Reads every stage of a network on a data set and has the doctor look at it; leaves the network as it was.
final class Instruments {
    private final Sequential model;
    private final List<Tensor> outputs = new ArrayList<>();
    private final Map<Integer, NdArray> activations = new LinkedHashMap<>(); // by stage

    private Instruments(Sequential model) {
        this.model = model;
    }

    /// @param blocks whether a stage is a block of layers
    static Readings read(Sequential model, Dataset data, boolean blocks) {
        return keepingState(model, () -> new Instruments(model).read(data, blocks));
    }

    private Readings read(Dataset data, boolean blocks) {
        // Nothing here is random, but batch normalization normalizes by the batch only where it trains.
        var pass = Pass.training(new SplittableRandom(0)).watching(this::watch);
        var loss = Loss.crossEntropy(model.forward(Tensor.of(data.x()), pass), data.labels());
        var gradients = Backward.from(loss).watch(outputs.toArray(Tensor[]::new)).run();
        var readings = new ArrayList<Reading>();
        for (int i = 0; i < outputs.size(); i++) readings.add(reading(i, name(i, outputs.size(), blocks), gradients));
        return new Readings(readings, Doctor.examine(model, data.batch(), Pass.training(new SplittableRandom(0))));
    }

    private void watch(String path, Layer layer, Tensor input, Tensor output) {
        if (path.indexOf('.') < 0) outputs.add(output);
        else if (layer instanceof Activation) activations.put(stage(path), output.value());
    }

    private static int stage(String path) {
        int dot = path.indexOf('.');
        return Integer.parseInt(dot < 0 ? path : path.substring(0, dot));
    }

    static String name(int i, int stages, boolean blocks) {
        if (!blocks) return "layer " + (i + 1);
        return i == 0 ? "first layer" : i == stages - 1 ? "last layer" : "block " + i;
    }

    private Reading reading(int i, String name, Gradients gradients) {
        var y = columns(outputs.get(i).value());
        var zeros = zeros(activations.get(i));
        var weights = model.layers().get(i).parameters().only(p -> isLinearWeight(p)).list();
        double squares = 0;
        for (var w : weights) squares += square(gradients.of(w.tensor()).norm());
        var first = weights.getFirst().value();
        return new Reading(name, y[0], y[1], gradients.of(outputs.get(i)).norm(), Math.sqrt(squares), zeros.share, zeros.units,
            zeros.dead, Rows.difference(first), Rows.rank(first));
    }

    private static boolean isLinearWeight(Parameter p) {
        return p.owner() instanceof Linear && p.role().equals("weight");
    }

    private static double square(double x) {
        return x * x;
    }

    // (n, units) → standard deviation over n and root mean square, both averaged over units as squares. In double, where squares
    // of floats cannot overflow.
    private static double[] columns(NdArray y) {
        int n = y.extent(0);
        int units = y.extent(1);
        var x = y.toDoubles();
        double variance = 0;
        double squares = 0;
        for (int j = 0; j < units; j++) {
            double offset = x[j]; // taken away first: a unit that never changes then has a deviation of exactly 0
            double mean = 0;
            for (int i = 0; i < n; i++) mean += (x[i * units + j] - offset) / n;
            for (int i = 0; i < n; i++) {
                variance += square(x[i * units + j] - offset - mean);
                squares += square(x[i * units + j]);
            }
        }
        return new double[] {Math.sqrt(variance / x.length), Math.sqrt(squares / x.length)};
    }

    private record Zeros(double share, int units, int dead) {}

    private static Zeros zeros(NdArray y) {
        if (y == null) return new Zeros(Double.NaN, 0, 0);
        int units = y.extent(1);
        var x = y.toDoubles();
        var alive = new boolean[units];
        int zeros = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] == 0) zeros++;
            else alive[i % units] = true;
        }
        int dead = 0;
        for (boolean a : alive) if (!a) dead++;
        return new Zeros((double) zeros / x.length, units, dead);
    }

    private static <T> T keepingState(Layer model, Supplier<T> body) {
        var state = model.state();
        var before = new LinkedHashMap<String, NdArray>();
        state.forEach((name, array) -> before.put(name, array.copy()));
        var result = body.get();
        state.forEach((name, array) -> array.copyInPlace(before.get(name)));
        return result;
    }
}
