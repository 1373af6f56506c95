package keel.tests.nn;

import static keel.tests.nn.Golden.assertGolden;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.nn.clip.Clip;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.layer.Activation;
import keel.nn.layer.Identity;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.loss.Loss;
import keel.nn.model.Mlp;
import keel.nn.model.RecurrentClassifier;
import keel.nn.model.ResNet;
import keel.nn.model.ResNetOptions;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.recurrent.CellInit;
import keel.nn.recurrent.Recurrent;
import keel.nn.recurrent.RecurrentOptions;
import keel.nn.residual.DropPath;
import org.junit.jupiter.api.Test;

class ModelTest {
    private static final Digits DIGITS = Digits.split(1);

    private static SplittableRandom random() {
        return new SplittableRandom(5);
    }

    /// Trains with AdamW on digits in the shape that `view` gives them, and says how many of the test part are then right.
    private static double accuracy(Layer model, UnaryOperator<Tensor> view, int steps, double rate) {
        var random = random();
        var batches = Batches.of(DIGITS.train(), 32, random);
        var optimizer = AdamW.defaults().over(model.parameters());
        var clip = Clip.globalNorm(1);
        for (int step = 0; step < steps; step++) {
            var batch = batches.next();
            var loss = Loss.crossEntropy(model.forward(view.apply(batch.x()), Pass.training(random)), batch.labels());
            optimizer.step(clip.apply(loss.backward()), rate);
        }
        var test = DIGITS.test().batch();
        var guesses = model.forward(view.apply(test.x())).value().argmax(1).ints();
        int right = 0;
        for (int i = 0; i < guesses.length; i++) if (guesses[i] == test.labels().ints()[i]) right++;
        return (double) right / guesses.length;
    }

    private static void assertAtLeast(double least, double accuracy) {
        assertTrue(accuracy >= least, "accuracy " + accuracy + ", expected " + least);
    }

    private static Tensor image(Tensor x) {
        return x.reshape(-1, 1, 8, 8);
    }

    private static Tensor rows(Tensor x) {
        return x.reshape(-1, 8, 8);
    }

    // ---- perceptrons

    @Test
    void anMlpLearnsTheDigitsWithAndWithoutItsOptions() {
        var plain = Mlp.Options.defaults();
        assertAtLeast(0.8, accuracy(Mlp.of(64, 32, 2, 10, plain, random()), x -> x, 60, 5e-3));
        var all = plain.activation(Activation.silu()).norm(LayerNorm::of).dropout(0.1);
        assertAtLeast(0.8, accuracy(Mlp.of(64, 32, 2, 10, all, random()), x -> x, 60, 5e-3));
        assertAtLeast(0.8, accuracy(Mlp.of(64, 32, 10, 10, plain.withResiduals(), random()), x -> x, 40, 5e-3));
    }

    @Test
    void anMlpHasTheLayersThatWereAskedFor() {
        var o = Mlp.Options.defaults().dtype(DType.F64).norm(n -> LayerNorm.of(DType.F64, n)).dropout(0.5);
        assertEquals(List.of("0.weight", "0.bias", "1.weight", "1.bias", "4.weight", "4.bias"),
            Mlp.of(3, 5, 1, 2, o, random()).parameters().names());
        assertEquals(List.of("0.weight", "0.bias"), Mlp.of(3, 5, 0, 2, o, random()).parameters().names());
        assertEquals(Shape.of(7, 2), Mlp.of(3, 5, 0, 2, o, random()).forward(Tensor.of(ramp(1, 7, 3))).shape());
        // a residual net starts as its two ends: every block is the identity
        var deep = Mlp.of(3, 5, 4, 2, o.withResiduals(), random());
        var ends = deep.layers().layers();
        var x = Tensor.of(ramp(1, 7, 3));
        assertEquals(7, ends.size());
        assertSameBits(ends.get(6).forward(ends.get(5).forward(ends.get(0).forward(x))).value(), deep.forward(x).value());
        assertRefused(() -> Mlp.of(3, 5, -1, 2, o, random()), "Mlp: -1 hidden layers; give 0 or more");
    }

    // ---- residual nets: PyTorch's numbers, from sequence.py

    @Test
    void residualNetsAreThoseOfPyTorch() {
        for (boolean pre : new boolean[] {false, true}) {
            for (boolean bottleneck : new boolean[] {false, true}) {
                var o = ResNetOptions.small(2, 3, 2, 2, 1).dtype(DType.F64);
                if (pre) o = o.withPreActivation();
                if (bottleneck) o = o.withBottlenecks();
                var name = "resnet " + (bottleneck ? "True " : "False ") + (pre ? "True" : "False");
                var model = ResNet.of(o, random());
                int k = 1;
                for (var p : model.parameters()) p.value().copyInPlace(ramp(k++, p.tensor().shape().extents()).mul(0.5));
                var x = parameter(30, 2, 2, 5, 4);
                var y = model.forward(x, training());
                assertGolden(name + " y0", y.value());
                var g = y.mul(Tensor.of(ramp(40, 2, 3))).sum().backward();
                assertGolden(name + " dx", g.of(x));
                for (var p : model.parameters()) {
                    var d = g.of(p.tensor());
                    assertGolden(name + " " + p.name(), NdArray.of(d.norm(), d.doubles()[0], d.doubles()[d.size() - 1]));
                }
            }
        }
    }

    // The numbers of parameters of torchvision's resnet18 and resnet50, and some of their names.
    @Test
    void theNetsOfThePaperHaveTorchvisionsParameters() {
        var small = ResNet.of(ResNetOptions.imageNet(1000, 2, 2, 2, 2), random()).parameters();
        assertEquals(11_689_512, small.count());
        assertEquals(62, small.size());
        assertEquals(List.of("conv1.weight", "bn1.weight", "bn1.bias", "layer1.0.conv1.weight", "layer1.0.bn1.weight"),
            small.names().subList(0, 5));
        assertEquals(Shape.of(128, 64, 1, 1), small.get("layer2.0.downsample.0.weight").tensor().shape());
        assertTrue(small.has("layer2.0.downsample.1.bias") && small.has("fc.bias"));
        var large = ResNet.of(ResNetOptions.imageNet(1000, 3, 4, 6, 3).withBottlenecks(), random());
        assertEquals(25_557_032, large.parameters().count());
        assertEquals(161, large.parameters().size());
        assertEquals(Shape.of(1, 1000), large.forward(Tensor.of(NdArray.ones(DType.F32, 1, 3, 33, 40))).shape());
    }

    @Test
    void aResNetLearnsTheDigits() {
        assertAtLeast(0.8, accuracy(ResNet.of(ResNetOptions.small(1, 10, 8, 1, 1), random()), ModelTest::image, 50, 1e-2));
    }

    @Test
    void normsConvolutionsAndEndsOfBranchesAreExchangeable() {
        var o = ResNetOptions.small(1, 10, 8, 1, 1).withPreActivation().norm(n -> GroupNorm.of(2, n))
            .conv(ResNet.standardized(1)).activation(Activation.silu()).end(() -> DropPath.of(1));
        var model = ResNet.of(o, random());
        var names = model.parameters().names();
        assertTrue(names.contains("layer2.0.conv1.gain") && names.contains("norm.weight"), names.toString());
        var x = Tensor.of(NdArray.ones(DType.F32, 2, 1, 8, 8));
        // every branch is dropped, so nothing in one has a gradient that is not 0, and the shortcuts have
        var g = model.forward(x, training()).square().sum().backward();
        for (var p : model.parameters()) {
            boolean inBranch = p.name().matches("layer1.*|layer2.0.(conv|bn2).*");
            assertEquals(inBranch, g.of(p.tensor()).norm() == 0, p.name());
        }
    }

    // He et al. 2016: 1001 layers, 3 × 111 bottlenecks of three convolutions with clean shortcuts between stem and head. At the
    // start the gradient grows by a power of the depth, a million times from the last block to the first; without shortcuts
    // factors of that size would come from every thirty layers. It is right: the loss changes along it as it says. What
    // backward needs of all layers together stays below 60 MB.
    @Test
    void aThousandLayersRunForwardAndBackwardInLittleMemory() {
        var o = ResNetOptions.small(1, 10, 2, 111, 111, 111).withPreActivation().withBottlenecks().dtype(DType.F64);
        var model = ResNet.of(o, random());
        var parameters = model.parameters();
        assertEquals(1001, parameters.stream().filter(p -> p.tensor().rank() > 1 && !p.name().contains("downsample")).count());
        var batch = Tensor.of(DIGITS.train().x().slice(0, 0, 4).reshape(4, 1, 8, 8).cast(DType.F64));
        var labels = DIGITS.train().labels().slice(0, 0, 4);
        long before = usedAfterCollection();
        var loss = Loss.crossEntropy(model.forward(batch, training()), labels);
        long graph = usedAfterCollection() - before;
        assertTrue(graph < 60L << 20, graph + " bytes");
        var g = loss.backward();
        double ratio = g.of(parameters.get("layer1.0.conv2.weight").tensor()).norm()
            / g.of(parameters.get("layer3.110.conv2.weight").tensor()).norm();
        assertTrue(ratio > 1e-3 && ratio < 1e8, "gradient of the first block by that of the last: " + ratio);
        double length = Math.sqrt(parameters.stream().mapToDouble(p -> g.of(p.tensor()).sumSquares().item()).sum());
        double step = 1e-10;
        var losses = new double[2];
        for (int side = 0; side < 2; side++) {
            double move = (side == 0 ? -1 : 2) * step / length; // down by one, then up by two
            for (var p : parameters) p.value().axpyInPlace(move, g.of(p.tensor()));
            losses[side] = Recording.off(() -> Loss.crossEntropy(model.forward(batch, training()), labels).item());
        }
        assertEquals(length, (losses[1] - losses[0]) / (2 * step), 1e-3 * length);
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void errorsSayWhatIsWrong() {
        assertRefused(() -> ResNetOptions.small(1, 10, 0, 1), "ResNet: 1 channels, 10 classes, width 0, depths [1]");
        assertRefused(() -> ResNetOptions.small(1, 10, 4), "depths []");
        var model = ResNet.of(ResNetOptions.small(3, 10, 4, 1).norm(_ -> Identity.of()), random());
        assertRefused(() -> model.forward(Tensor.of(NdArray.zeros(DType.F32, 2, 1, 8, 8))), "conv1", "(2, 1, 8, 8)");
        var net = RecurrentClassifier.gru(3, 4, 2, RecurrentOptions.defaults(), random());
        assertRefused(() -> net.forward(Tensor.of(NdArray.zeros(DType.F32, 5, 6, 2))), " at rnn: the input is F32 (5, 6, 2)");
        assertRefused(() -> new RecurrentClassifier(null, Recurrent.lstm(3, 4, random()), net.fc()),
            "with the time first", "give the batch first");
    }

    @Test
    void modelsShowThemselvesInOneLine() {
        assertEquals("ResNet(2 + 1 blocks, Linear(8 → 3))", ResNet.of(ResNetOptions.small(1, 3, 4, 2, 1), random()).toString());
        assertEquals("RecurrentClassifier(Embedding(5 → 2), Recurrent(GruCell(2 → 4) × 2, both directions), Linear(8 → 3))",
            RecurrentClassifier.gru(2, 4, 3, RecurrentOptions.defaults().layers(2).inBothDirections(), random())
                .withSymbols(5, random()).toString());
    }

    @Test
    void aNormOfTheChosenTypeIsUsed() {
        var model = ResNet.of(ResNetOptions.small(1, 2, 2, 1).dtype(DType.F64), random());
        assertEquals(DType.F64, ((BatchNorm) model.bn1()).weight().dtype());
    }

    // ---- sequences

    @Test
    void recurrentClassifiersReadTheRowsOfTheDigits() {
        var o = RecurrentOptions.defaults().init(CellInit.orthogonal());
        assertAtLeast(0.75, accuracy(RecurrentClassifier.lstm(8, 24, 10, o, random()), ModelTest::rows, 60, 2e-2));
        assertAtLeast(0.7, accuracy(RecurrentClassifier.gru(8, 16, 10, o.inBothDirections(), random()), ModelTest::rows, 40,
            2e-2));
        assertAtLeast(0.6, accuracy(RecurrentClassifier.rnn(8, 24, 10, Activation.tanh(), o.layers(2), random()),
            ModelTest::rows, 40, 1e-2));
    }

    @Test
    void aClassifierReadsSymbols() {
        var net = RecurrentClassifier.lstm(4, 8, 2, RecurrentOptions.defaults(), random()).withSymbols(3, random());
        assertEquals("embedding.weight", net.parameters().names().getFirst());
        assertEquals(List.of("fc.weight", "fc.bias"), net.parameters().names().subList(5, 7));
        // whether symbol 2 comes last
        var random = random();
        var optimizer = AdamW.defaults().over(net.parameters());
        double loss = 0;
        for (int step = 0; step < 60; step++) {
            var symbols = new int[32 * 5];
            var labels = new int[32];
            for (int i = 0; i < symbols.length; i++) symbols[i] = random.nextInt(3);
            for (int i = 0; i < labels.length; i++) labels[i] = symbols[5 * i + 4] == 2 ? 1 : 0;
            var l = Loss.crossEntropy(net.forward(Tensor.of(NdArray.of(Shape.of(32, 5), symbols)), training()),
                NdArray.of(labels));
            optimizer.step(l.backward(), 2e-2);
            loss = l.item();
        }
        assertTrue(loss < 0.1, "loss " + loss);
    }
}
