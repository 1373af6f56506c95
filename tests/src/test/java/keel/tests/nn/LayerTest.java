package keel.tests.nn;

import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Graph;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Flatten;
import keel.nn.layer.Identity;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.residual.Residual;
import org.junit.jupiter.api.Test;

class LayerTest {
    // torch.nn.Linear(3, 2) with weight ramp(1), bias ramp(2), on ramp(3) of shape (2, 2, 3), gradient ramp(4); float64,
    // PyTorch 2.13.
    @Test
    void linearIsThatOfPyTorch() {
        var layer = new Linear(parameter(1, 2, 3), parameter(2, 2));
        var x = parameter(3, 2, 2, 3);
        var y = layer.forward(x, Pass.inference());
        assertEquals(Shape.of(2, 2, 2), y.shape());
        assertNear(y.value(), 0.498046875, 0.1552734375, -0.4453125, 0.4697265625, 0.1083984375, -1.1318359375, -0.6025390625,
            0.8740234375);
        var g = y.mul(Tensor.of(ramp(4, 2, 2, 2))).sum().backward();
        assertNear(g.of(x), 1.490234375, 0.67578125, 0.890625, -0.9384765625, -0.6552734375, -0.412109375, 0.2060546875,
            -1.1669921875,
            0.939453125, 1.0771484375, -0.3662109375, 1.197265625);
        assertNear(g.of(layer.weight()), 3.5556640625, -0.9072265625, -1.9619140625, 3.4609375, 0.24609375, -3.142578125);
        assertNear(g.of(layer.bias()), -3.03125, -1.75);
    }

    // torch.sigmoid, tanh, F.relu, F.leaky_relu(.2), F.gelu, F.gelu('tanh'), F.silu at −3, −1, −¼, 0, ½, 2 and their
    // derivatives; float64, PyTorch 2.13.
    @Test
    void activationsAreThoseOfPyTorch() {
        assertActivation(Activation.sigmoid(),
            new double[] {0.04742587317756678, 0.2689414213699951, 0.43782349911420193, 0.5, 0.6224593312018546,
                0.8807970779778823},
            new double[] {0.04517665973091214, 0.19661193324148185, 0.24613408273759835, 0.25, 0.2350037122015945,
                0.10499358540350662});
        assertActivation(Activation.tanh(),
            new double[] {-0.9950547536867305, -0.7615941559557649, -0.24491866240370913, 0, 0.4621171572600098,
                0.9640275800758169},
            new double[] {0.009866037165440166, 0.41997434161402614, 0.940014848806378, 1, 0.7864477329659274,
                0.07065082485316443});
        assertActivation(Activation.relu(), new double[] {0, 0, 0, 0, 0.5, 2}, new double[] {0, 0, 0, 0, 1, 1});
        assertActivation(Activation.leakyRelu(0.2), new double[] {-0.6, -0.2, -0.05, 0, 0.5, 2}, new double[] {0.2, 0.2, 0.2,
            0.2, 1, 1});
        assertActivation(Activation.leakyRelu(), new double[] {-0.03, -0.01, -0.0025, 0, 0.5, 2}, new double[] {.01, .01, .01,
            .01, 1, 1});
        assertActivation(Activation.gelu(),
            new double[] {-0.00404969409489031, -0.15865525393145702, -0.10032341857926907, 0, 0.34573123063700656,
                1.9544997361036416},
            new double[] {-0.01194564720418392, -0.08331547058768635, 0.304626645116364, 0.5, 0.8674951246561629,
                1.085231801078197});
        assertActivation(Activation.geluTanh(),
            new double[] {-0.0036373920817729943, -0.15880800939172324, -0.100324649298315, 0, 0.34571400982514394,
                1.954597694087775},
            new double[] {-0.011584166630969648, -0.08296408384578252, 0.30464590484893955, 0.5, 0.8673699035346424,
                1.0860992566236183});
        assertActivation(Activation.silu(),
            new double[] {-0.14227761953270035, -0.2689414213699951, -0.10945587477855048, 0, 0.3112296656009273,
                1.7615941559557646},
            new double[] {-0.08810410601516962, 0.07232948812851325, 0.37628997842980233, 0.5, 0.7399611873026519,
                1.0907842487848955});
    }

    private static void assertActivation(Activation f, double[] values, double[] derivatives) {
        var x = Tensor.parameter(NdArray.of(-3, -1, -0.25, 0, 0.5, 2.0));
        var y = f.forward(x, training());
        assertNear(y.value(), values);
        assertNear(y.sum().backward().of(x), derivatives);
    }

    // The same net in PyTorch 2.13, float64: Linear(4, 5), gelu, x + Linear(tanh(Linear(LayerNorm(x)))), Linear(5, 3),
    // cross_entropy; the four Linear have
    // weights ramp(1), ramp(3), ramp(5), ramp(7) and biases ramp(2), ramp(4), ramp(6), ramp(8), all halved; input ramp(20) of
    // shape (6, 4).
    // For each parameter the norm of its gradient and the gradient's first element.
    @Test
    void aWholeNetHasPyTorchsLossAndGradients() {
        var model = Sequential.of(halved(1, 4, 5), Activation.gelu(),
            Residual.preNorm(LayerNorm.of(DType.F64, 5), halved(3, 5, 5), Activation.tanh(), halved(5, 5, 5)), halved(7, 5, 3));
        var loss = Loss.crossEntropy(model.forward(Tensor.of(ramp(20, 6, 4)), training()), NdArray.of(0, 1, 2, 2, 1, 0));
        assertEquals(1.4957536993849638, loss.item(), 1e-12);
        var gradients = loss.backward();
        double[][] expected = {{1.1901206514079807, -0.017336369417382015}, {1.0391323493716271, -0.09499222736369803},
            {0.5807537345719577, -0.40780008027506104}, {0.5435693424076782, 0.37781242284663924},
            {0.8633546626185458, 0.007442956709287226}, {0.46012164449280996, -0.007484300605756999},
            {0.4325759103744677, -0.07219294821247263}, {0.42923302045240563, 0.2702778723559849},
            {1.021901006115492, 0.1874030526351146}, {0.4975613063475402, 0.40565449660907144}};
        var parameters = model.parameters().list();
        assertEquals(expected.length, parameters.size());
        for (int i = 0; i < expected.length; i++) {
            var g = gradients.of(parameters.get(i).tensor());
            assertEquals(expected[i][0], g.norm(), 1e-12, parameters.get(i).name());
            assertEquals(expected[i][1], g.doubles()[0], 1e-12, parameters.get(i).name());
        }
    }

    private static Linear halved(int k, int in, int out) {
        return new Linear(Tensor.parameter(ramp(k, out, in).mul(0.5)), Tensor.parameter(ramp(k + 1, out).mul(0.5)));
    }

    @Test
    void aLinearLayerStartsWithBiasesOfZeroInF32() {
        var layer = Linear.of(4, 3, Init.heNormal(), new SplittableRandom(1));
        assertEquals(Shape.of(3, 4), layer.weight().shape());
        assertEquals(DType.F32, layer.weight().dtype());
        assertSameBits(NdArray.zeros(DType.F32, 3), layer.bias().value());
        assertEquals(List.of("weight"), Linear.withoutBias(4, 3, Init.heNormal(), new SplittableRandom(1)).parameters().names());
        assertEquals("Linear(4 → 3)", layer.toString());
    }

    @Test
    void pathsNameEveryParameterOfTheModel() {
        var model = deep(2);
        assertEquals(List.of("0.weight", "0.bias",
            "1.0.norm.weight", "1.0.norm.bias", "1.0.body.0.weight", "1.0.body.0.bias", "1.0.body.2.weight", "1.0.body.2.bias",
            "1.1.norm.weight", "1.1.norm.bias", "1.1.body.0.weight", "1.1.body.0.bias", "1.1.body.2.weight", "1.1.body.2.bias",
            "2.weight", "2.bias"), model.parameters().names());
        var parameters = model.parameters();
        assertEquals(16, parameters.size());
        assertEquals(6 * 8 + 8 + 2 * (16 + 2 * 72) + 8 * 3 + 3, parameters.count());
        var p = parameters.get("1.1.body.2.weight");
        assertEquals("weight", p.role());
        assertEquals("Linear(8 → 8)", p.owner().toString());
        assertSame(p.tensor().value(), p.value());
        assertEquals(8, parameters.only(q -> q.role().equals("weight")).size());
        assertTrue(parameters.toString().endsWith("2.bias (3)\n403 numbers in 16 parameters"), parameters.toString());
        assertRefused(() -> parameters.get("1.1.body.1.weight"), "1.1.body.1.weight", "0.weight, 0.bias");
    }

    @Test
    void repeatedBlocksDrawTheirOwnParameters() {
        var parameters = deep(2).parameters();
        assertNotEquals(parameters.get("1.0.body.0.weight").value().get(0, 0), parameters.get("1.1.body.0.weight").value().get(0,
            0));
    }

    @Test
    void aSharedLayerIsListedOnceAndItsGradientsAddUp() {
        var shared = new Linear(parameter(1, 3, 3), parameter(2, 3));
        var model = Sequential.of(shared, Activation.tanh(), shared);
        assertEquals(List.of("0.weight", "0.bias"), model.parameters().names());
        var x = Tensor.of(ramp(3, 2, 3));
        var twins = Sequential.of(new Linear(parameter(1, 3, 3), parameter(2, 3)), Activation.tanh(), new Linear(parameter(1, 3,
            3), parameter(2, 3)));
        var g = twins.forward(x, training()).sum().backward();
        var sum = g.of(twins.parameters().get("0.weight").tensor()).add(g.of(twins.parameters().get("2.weight").tensor()));
        assertNear(model.forward(x, training()).sum().backward().of(shared.weight()), sum.doubles());
    }

    @Test
    void twoThingsOfOneNameAreRefused() {
        Layer confused = new Layer() {
            @Override
            public Tensor forward(Tensor x, Pass pass) {
                return x;
            }

            @Override
            public void visit(Visitor visitor) {
                visitor.parameter("weight", parameter(1, 2));
                visitor.parameter("weight", parameter(2, 2));
            }
        };
        assertRefused(() -> Sequential.of(confused).parameters(), "0.weight", "own name");
    }

    @Test
    void stateIsListedByPathAndAlive() {
        var norm = BatchNorm.of(3);
        var model = Sequential.of(Identity.of(), Residual.plain(norm), norm);
        assertEquals(List.of("1.body.running_mean", "1.body.running_var", "1.body.num_batches_tracked"),
            new ArrayList<>(model.state().keySet()));
        assertSame(norm.runningMean(), model.state().get("1.body.running_mean"));
        assertTrue(deep(2).state().isEmpty());
    }

    @Test
    void forwardAloneIsInferenceAndRecordsNothing() {
        var model = Sequential.of(deep(1), Dropout.of(0.5));
        var x = Tensor.parameter(NdArray.ones(DType.F32, 2, 6));
        var y = model.forward(x);
        assertFalse(y.wantsGradient());
        assertTrue(model.forward(x, Pass.inference()).wantsGradient());
        assertSameBits(model.forward(x, Pass.inference()).value(), y.value());
    }

    @Test
    void inferenceGivesTheSameBitsFromManyThreads() throws Exception {
        var random = new SplittableRandom(8);
        var model = Sequential.of(deep(4), BatchNorm.of(3), Dropout.of(0.5), Activation.silu());
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(5, 6), 0, 1, random));
        model.forward(x, Pass.training(random));
        var expected = model.forward(x).value();
        Callable<Void> task = () -> {
            for (int i = 0; i < 200; i++) assertSameBits(expected, model.forward(x).value());
            return null;
        };
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(java.util.Collections.nCopies(8, task))) done.get();
        }
    }

    @Test
    void oneSeedGivesOneModelAndOneTrainingPass() {
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(4, 6), 0, 1, new SplittableRandom(2)));
        var first = Sequential.of(deep(3), Dropout.of(0.3)).forward(x, training()).value();
        assertSameBits(first, Sequential.of(deep(3), Dropout.of(0.3)).forward(x, training()).value());
    }

    @Test
    void watchersSeeEveryLayerChildrenFirst() {
        var model = deep(1);
        var x = Tensor.of(NdArray.ones(DType.F32, 2, 6));
        var paths = new ArrayList<String>();
        var shapes = new ArrayList<String>();
        var pass = Pass.inference().watching((path, layer, _, _) -> paths.add(path + " " + layer))
            .watching((_, _, input, output) -> shapes.add(input.shape() + " → " + output.shape()));
        var y = model.forward(x, pass);
        assertEquals(List.of("0 Linear(6 → 8)", "1.0.norm LayerNorm(8)", "1.0.body.0 Linear(8 → 8)", "1.0.body.1 gelu",
            "1.0.body.2 Linear(8 → 8)", "1.0.body Sequential(Linear(8 → 8), gelu, Linear(8 → 8))",
            "1.0 Residual(LayerNorm(8) → Sequential(Linear(8 → 8), gelu, Linear(8 → 8)))",
            "1 Sequential(Residual(LayerNorm(8) → Sequential(Linear(8 → 8), gelu, Linear(8 → 8))))", "2 Linear(8 → 3)"), paths);
        assertEquals("(2, 6) → (2, 8)", shapes.getFirst());
        assertEquals("(2, 8) → (2, 3)", shapes.getLast());
        assertEquals(paths.size(), shapes.size());
        assertSameBits(model.forward(x).value(), y.value());
    }

    @Test
    void aPassKnowsWhereItIs() {
        assertEquals("", Pass.inference().path());
        assertEquals("encoder.0.body", training().enter("encoder").enter("0").enter("body").path());
        assertTrue(training().enter("0").isTraining());
        assertThrows(IllegalStateException.class, () -> Pass.inference().enter("3").random());
        assertRefused(() -> Pass.training(null), "random is null", "SplittableRandom");
        assertRefused(() -> Pass.inference().watching(null), "watcher is null");
    }

    @Test
    void anEmptySequenceIsTheIdentity() {
        var x = Tensor.of(ramp(1, 2, 3));
        assertSame(x, Sequential.of().forward(x));
        assertSame(x, new Sequential(List.of(Identity.of(), Identity.of())).forward(x));
        assertSame(x, Sequential.repeat(0, Identity::of).forward(x));
        assertSame(x, Identity.of().forward(x));
    }

    @Test
    void flattenKeepsTheAxesBefore() {
        var x = Tensor.of(ramp(1, 2, 3, 4));
        assertEquals(Shape.of(2, 12), Flatten.of().forward(x).shape());
        assertEquals(Shape.of(24), Flatten.of(0).forward(x).shape());
        assertEquals(Shape.of(2, 3, 4), Flatten.of(-1).forward(x).shape());
        assertEquals(Shape.of(0, 12), Flatten.of().forward(Tensor.of(ramp(1, 0, 3, 4))).shape());
        assertRefused(() -> Flatten.of().forward(Tensor.of(ramp(1, 3))), "Flatten(1)", "(3)", "no axis 1");
    }

    @Test
    void dropoutIsTheIdentityInInferenceAndForNothingToDrop() {
        var x = Tensor.of(ramp(1, 4, 4));
        assertSame(x, Dropout.of(0.5).forward(x));
        assertSame(x, Dropout.of(0).forward(x, training()));
        assertSameBits(NdArray.zeros(DType.F64, 4, 4), Dropout.of(1).forward(x, training()).value().abs());
        assertNotSame(x, Dropout.of(0.5).forward(x, training()));
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var random = new SplittableRandom(1);
        assertRefused(() -> Dropout.of(-0.1), "p is -0.1", "0 … 1");
        assertRefused(() -> Dropout.of(1.1), "p is 1.1");
        assertRefused(() -> Dropout.of(Double.NaN), "p is NaN");
        assertRefused(() -> Linear.of(0, 3, Init.zeros(), random), "0 → 3", "1 or more");
        assertRefused(() -> Linear.of(DType.I32, 2, 3, Init.zeros(), random), "I32", "F32");
        assertRefused(() -> new Linear(parameter(1, 3), null), "(3)", "(out, in)");
        assertRefused(() -> new Linear(parameter(1, 3, 2), parameter(1, 2)), "(3, 2)", "(2)", "(3)");
        assertRefused(() -> Sequential.repeat(-1, Identity::of), "-1 layers");
        assertRefused(() -> Sequential.of(Identity.of(), null), "layer 1 is null", "Identity.of()");
        assertRefused(() -> Sequential.repeat(2, () -> null), "layer 0 is null");
        var model = deep(1);
        assertRefused(() -> model.forward(Tensor.of(NdArray.zeros(DType.F32, 2, 5))), "Linear(6 → 8) at 0", "(2, 5)", "(…, 6)");
        assertRefused(() -> model.forward(Tensor.of(NdArray.zeros(DType.F64, 2, 6))), "Linear(6 → 8) at 0", "F64 (2, 6)",
            "F32 (…, 6)");
        assertRefused(() -> model.forward(Tensor.scalar(DType.F32, 1)), "()", "(…, 6)");
    }

    /// 6 → 8 → … → 8 → 3 with `blocks` pre-norm residual blocks.
    private static Layer deep(int blocks) {
        var random = new SplittableRandom(42);
        return Sequential.of(
            Linear.of(6, 8, Init.heNormal(), random),
            Sequential.repeat(blocks, () -> Residual.preNorm(LayerNorm.of(8),
                Linear.of(8, 8, Init.heNormal(), random), Activation.gelu(), Linear.of(8, 8, Init.xavierUniform(), random))),
            Linear.of(8, 3, Init.xavierNormal(), random));
    }

    @Test
    void aWatchedSequentialHasTheBitsOfTheFusedOne() {
        var random = new SplittableRandom(3);
        var model = Sequential.of(Linear.of(DType.F32, 5, 7, Init.heNormal(), Init.heNormal(), random), Activation.relu(),
            Linear.of(7, 6, Init.heNormal(), random), Activation.gelu(), Linear.withoutBias(6, 6, Init.heNormal(), random),
            Activation.silu(), Activation.relu(), Linear.of(6, 4, Init.heNormal(), random), Activation.tanh(),
            Linear.of(4, 3, Init.heNormal(), random), Activation.silu());
        var x = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(9, 5), 0, 1, random));
        var seen = new ArrayList<String>();
        var fused = model.forward(x, Pass.inference());
        var watched = model.forward(x, Pass.inference().watching((path, _, _, _) -> seen.add(path)));
        assertEquals(11, seen.size());
        assertSameBits(watched.value(), fused.value());
        assertTrue(Graph.of(fused).nodes().size() < Graph.of(watched).nodes().size());
        assertSameBits(fused.value(), model.forward(x).value());
        var g = fused.square().sum().backward();
        var h = watched.square().sum().backward();
        for (var t : g.tensors()) assertSameBits(h.of(t), g.of(t));
        assertEquals(h.tensors(), g.tensors());
    }
}
