package keel.bench.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.optim.AdamW;

/// Whole training steps: forward, cross-entropy, backward, AdamW, of perceptrons with ReLU from 64 inputs to 10 classes; a step
/// writes gradients into the arrays of the one before.
///
/// @param words what the network is called: its widths, or layers × width
/// @param batch rows of a batch
public record Training(String words, List<Integer> hidden, int batch) {
    private static final int INPUTS = 64;
    private static final int CLASSES = 10;
    private static final double RATE = 1e-4;

    /// A wide one, a deep narrow one, a deep wider one.
    public static final List<Training> ALL = List.of(new Training("64-512-512-10", List.of(512, 512), 128), deep(20, 64, 32),
        deep(20, 256, 128));

    private static Training deep(int layers, int width, int batch) {
        return new Training(layers + "x" + width, Collections.nCopies(layers - 1, width), batch);
    }

    /// Its name in tables.
    public String name() {
        return "mlp " + words + " b" + batch;
    }

    /// Multiply-adds of a step, as operations: forward, and two products of the same size backward.
    public double flops() {
        double products = 0;
        int n = INPUTS;
        for (int h : hidden) {
            products += (double) n * h;
            n = h;
        }
        return 6 * batch * (products + (double) n * CLASSES);
    }

    /// One step, of a new network on new data, as a work to measure. The bytes are those of the parameters, read and written
    /// once.
    public Work work() {
        double bytes = Float.BYTES * 2 * flops() / (6 * batch);
        return new Work(null, name(), flops(), bytes, bytes, Traffic.UPDATE, true, step());
    }

    private Runnable step() {
        var random = new SplittableRandom(1);
        var layers = new ArrayList<Layer>();
        int n = INPUTS;
        for (int h : hidden) {
            layers.add(Linear.of(n, h, Init.heNormal(), random));
            layers.add(Activation.relu());
            n = h;
        }
        layers.add(Linear.of(n, CLASSES, Init.heNormal(), random));
        var model = Sequential.of(layers.toArray(Layer[]::new));
        var optimizer = AdamW.defaults().over(model.parameters());
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(batch, INPUTS), 0, 1, random));
        var classes = new int[batch];
        for (int i = 0; i < batch; i++) classes[i] = random.nextInt(CLASSES);
        var labels = NdArray.of(classes);
        var pass = Pass.training(random);
        return () -> {
            var gradients = Backward.from(Loss.crossEntropy(model.forward(x, pass), labels)).releaseGraph().run();
            optimizer.step(gradients, RATE);
            gradients.release();
        };
    }
}
