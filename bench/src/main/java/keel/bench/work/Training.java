package keel.bench.work;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Flatten;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.model.RecurrentClassifier;
import keel.nn.model.ResNet;
import keel.nn.model.ResNetOptions;
import keel.nn.model.TransformerEncoder;
import keel.nn.optim.AdamW;
import keel.nn.recurrent.RecurrentOptions;

/// Whole training steps: forward, cross-entropy over 10 classes, backward, AdamW. A step releases what it made.
///
/// @param name  in tables
/// @param batch shape of the input
/// @param flops operations of a step, two a multiply-add: forward, and twice as many backward
/// @param model a new network
public record Training(String name, Shape batch, double flops, Function<RandomGenerator, Layer> model) {
    private static final int CLASSES = 10;
    private static final double RATE = 1e-4;

    /// Perceptrons: a wide one, a deep narrow one, a deep wider one. A residual network for small images, an encoder of
    /// sequences, an LSTM and a GRU.
    public static final List<Training> ALL = List.of(perceptron("64-512-512-10", List.of(512, 512), 128), deep(20, 64, 32),
        deep(20, 256, 128), residual(16, 32), encoder(4, 128, 16, 64), recurrent(true, 64, 128, 16, 32),
        recurrent(false, 64, 128, 16, 32));

    private static Training deep(int layers, int width, int batch) {
        return perceptron(layers + "x" + width, Collections.nCopies(layers - 1, width), batch);
    }

    // From 64 inputs, with ReLU.
    private static Training perceptron(String words, List<Integer> hidden, int batch) {
        int inputs = 64;
        double products = 0;
        int n = inputs;
        for (int h : hidden) {
            products += (double) n * h;
            n = h;
        }
        products += (double) n * CLASSES;
        return new Training("mlp " + words + " b" + batch, Shape.of(batch, inputs), 6 * batch * products, random -> {
            var layers = new ArrayList<Layer>();
            int from = inputs;
            for (int h : hidden) {
                layers.add(Linear.of(from, h, Init.heNormal(), random));
                layers.add(Activation.relu());
                from = h;
            }
            layers.add(Linear.of(from, CLASSES, Init.heNormal(), random));
            return Sequential.of(layers.toArray(Layer[]::new));
        });
    }

    // Three stages of one basic block with batch normalization, for images 3 × 32 × 32.
    private static Training residual(int width, int batch) {
        int pixels = 32 * 32;
        double products = 9.0 * pixels * width * (3 + 2 * width);
        for (int stage = 1, w = 2 * width; stage < 3; stage++, w *= 2) {
            pixels /= 4;
            products += pixels * (9.0 * w * w / 2 + 9.0 * w * w + w * w / 2.0);
        }
        return new Training("resnet 1+1+1x" + width + " b" + batch, Shape.of(batch, 3, 32, 32), 6 * batch * products,
            random -> ResNet.of(ResNetOptions.small(3, CLASSES, width, 1, 1, 1), random));
    }

    // Pre-norm layers with GELU, hidden width 4·width, heads of 32; all positions go into the last layer.
    private static Training encoder(int layers, int width, int batch, int length) {
        double products = length * (layers * (12.0 * width * width + 2.0 * length * width) + (double) width * CLASSES);
        return new Training("encoder " + layers + "x" + width + " b" + batch + "x" + length, Shape.of(batch, length, width),
            6 * batch * products, random -> Sequential.of(TransformerEncoder.of(layers, () -> TransformerEncoderLayer
                .of(DType.F32, width, width / 32, 4 * width, random).normFirst().activation(Activation.gelu()).dropout(0)),
                Flatten.of(), Linear.of(length * width, CLASSES, Init.heNormal(), random)));
    }

    // One layer that reads sequences, its last state into the last layer.
    private static Training recurrent(boolean lstm, int in, int hidden, int batch, int length) {
        int gates = lstm ? 4 : 3;
        double products = (double) length * gates * hidden * (in + hidden) + (double) hidden * CLASSES;
        var options = RecurrentOptions.defaults();
        return new Training((lstm ? "lstm " : "gru ") + in + "-" + hidden + " b" + batch + "x" + length,
            Shape.of(batch, length, in), 6 * batch * products, random -> lstm
                ? RecurrentClassifier.lstm(in, hidden, CLASSES, options, random)
                : RecurrentClassifier.gru(in, hidden, CLASSES, options, random));
    }

    /// One step, of a new network on new data, as a work to measure. The bytes are those of the input; what it
    /// allocates is not judged.
    public Work work() {
        double bytes = Float.BYTES * (double) batch.size();
        return new Work(null, name, flops, bytes, bytes, Traffic.UPDATE, Double.MAX_VALUE, step());
    }

    private Runnable step() {
        var random = new SplittableRandom(1);
        var layers = model.apply(random);
        var optimizer = AdamW.defaults().over(layers.parameters());
        var x = Tensor.of(NdArray.normal(DType.F32, batch, 0, 1, random));
        var classes = new int[batch.extent(0)];
        for (int i = 0; i < classes.length; i++) classes[i] = random.nextInt(CLASSES);
        var labels = NdArray.of(classes);
        var pass = Pass.training(random);
        return () -> {
            var gradients = Backward.from(Loss.crossEntropy(layers.forward(x, pass), labels)).releaseGraph().run();
            optimizer.step(gradients, RATE);
            gradients.release();
        };
    }
}
