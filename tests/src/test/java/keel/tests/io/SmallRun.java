package keel.tests.io;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.Rng;
import keel.nn.init.Init;
import keel.nn.io.Checkpoint;
import keel.nn.io.Checkpoints;
import keel.nn.io.Safetensors;
import keel.nn.io.Weights;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.optim.Adam;
import keel.nn.optim.Ema;
import keel.nn.optim.Optimizer;
import keel.nn.optim.WeightAverage;
import keel.nn.schedule.Plateau;
import keel.nn.schedule.PlateauRate;

/// A run that has everything that must be saved: state in layers, dropout, an optimizer that remembers, a rate that falls by
/// what was seen, an average, random data.
final class SmallRun {
    private final Layer model;
    private final Optimizer optimizer;
    private final PlateauRate rate = Plateau.defaults().patience(1).factor(0.7).from(0.01);
    private final WeightAverage average;
    private final Rng rng = Rng.of(5);
    private final List<Double> losses = new ArrayList<>();
    private int step;

    SmallRun(int width) {
        var random = new SplittableRandom(3);
        model = Sequential.of(Linear.of(4, width, Init.heNormal(), random), BatchNorm.of(width), Activation.relu(),
            Dropout.of(0.3),
            Linear.of(width, 2, Init.heNormal(), random));
        optimizer = Adam.defaults().over(model.parameters());
        average = Ema.defaults().decay(0.9).over(model.parameters());
    }

    Layer model() { return model; }

    Optimizer optimizer() { return optimizer; }

    List<Double> losses() { return losses; }

    Checkpoint checkpoint() {
        return Checkpoint.of(model).with(optimizer).with(rng).with("rate", rate::state, rate::load).with("average",
            average::state, average::load);
    }

    void until(int end) {
        for (; step < end; step++) {
            var x = NdArray.normal(DType.F32, Shape.of(8, 4), 0, 1, rng);
            var labels = x.slice(1, 0, 1).gt(0).cast(DType.I32).reshape(8);
            var loss = Loss.crossEntropy(model.forward(Tensor.of(x), Pass.training(rng)), labels);
            optimizer.step(loss.backward(), rate.rate());
            rate.observe(loss.item());
            average.update();
            losses.add(loss.item());
        }
    }

    int resume(Path path) { return step = (int) checkpoint().load(path); }

    int resume(Checkpoints saves) { return step = saves.resume(checkpoint()).map(r -> (int) r.step()).orElse(0); }

    /// Everything, as bytes.
    byte[] bytes() {
        var y = new ByteArrayOutputStream();
        y.writeBytes(Weights.toSafetensors(model).bytes());
        for (var state : List.of(average.state(), optimizer.state(), rng.state(),
            rate.state())) y.writeBytes(Safetensors.of(state).bytes());
        return y.toByteArray();
    }
}
