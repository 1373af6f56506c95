package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.data.Batch;
import keel.nn.data.Digits;
import keel.nn.health.ActivationStats;
import keel.nn.health.Diagnosis;
import keel.nn.health.Diagnosis.Problem;
import keel.nn.health.Doctor;
import keel.nn.health.SignalDrift;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Identity;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.residual.Residual;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final int DEPTH = 20;
    private static final int WIDTH = 64;
    private static final Batch BATCH = Digits.split(1).train().first(128).batch();

    // 20 linear layers: one to enter, `DEPTH − 2` inside and one to leave.
    private static Layer classifier(Init init, Supplier<Layer> activation) {
        var random = new SplittableRandom(7);
        var layers = new ArrayList<Layer>(List.of(Linear.of(64, WIDTH, init, random), activation.get()));
        for (int i = 0; i < DEPTH - 2; i++) layers.addAll(List.of(Linear.of(WIDTH, WIDTH, init, random), activation.get()));
        layers.add(Linear.of(WIDTH, 10, init, random));
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static Diagnosis examine(Layer model) {
        return Doctor.examine(model, BATCH, Pass.training(new SplittableRandom(3)));
    }

    private static List<Problem> problems(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Diagnosis.Finding::problem).toList();
    }

    @Test
    void statisticsAreThoseOfAllSamplesWhateverTheBatches() {
        var x = NdArray.of(Shape.of(5, 3), new double[] {1, 0, -2, 3, 0, 5, 0, 0, 7, 2.5, 0, 1, -1, 0, 4});
        var stats = new ActivationStats();
        var model = Sequential.of(new Identity());
        model.forward(Tensor.of(x.slice(0, 0, 2)), Pass.inference().watching(stats));
        model.forward(Tensor.of(x.slice(0, 2, 5)), Pass.inference().watching(stats));
        var stat = stats.layers().getFirst();
        assertEquals("0", stat.path());
        assertEquals(5, stat.samples());
        assertEquals(3, stat.features());
        // Column means 1.1, 0, 3; biased standard deviations √2.24, 0, √10.
        assertEquals((1.1 + 0 + 3) / 3, stat.mean(), 1e-15);
        assertEquals((Math.sqrt(2.24) + 0 + Math.sqrt(10)) / 3, stat.std(), 1e-15);
        assertEquals(6 / 15.0, stat.zeros(), 1e-15);
        assertEquals(1, stat.dead());
        assertEquals(0, stat.nonFinite());
        // Σvar = 2.24 + 0 + 10, Σmean² = 1.21 + 0 + 9
        assertEquals(12.24 / (12.24 + 10.21), stat.distinct(), 1e-15);
        assertNull(stats.firstNonFinite());
        assertEquals(2, stats.toString().lines().count());
        var error = assertThrows(IllegalArgumentException.class,
            () -> model.forward(Tensor.of(NdArray.zeros(DType.F64, 2, 4)), Pass.inference().watching(stats)));
        assertEquals("ActivationStats at 0: 4 features, but 3 before; use a watcher for each shape of input, or reset() it",
            error.getMessage());
        stats.reset();
        assertTrue(stats.layers().isEmpty());
    }

    @Test
    void theFirstLayerThatPutsOutNanIsNamed() {
        for (int k : new int[] {0, 1, 17, 38}) {
            var model = (Sequential) classifier(Init.heNormal(), Activation::relu);
            // Entry weights cannot be hidden by a ReLU: NaN in a bias reaches every sample.
            int at = k / 2 * 2;
            ((Linear) model.layers().get(at)).bias().value().set(Double.NaN, 0);
            var diagnosis = examine(model);
            assertEquals(List.of(Problem.OUTPUT_NOT_FINITE), problems(diagnosis));
            assertEquals("" + at, diagnosis.findings().getFirst().path());
            assertTrue(diagnosis.verdict().startsWith("OUTPUT_NOT_FINITE at " + at + ": Linear"), diagnosis.verdict());
        }
    }

    @Test
    void heReluIsHealthyAndTheModernRecipeToo() {
        var he = examine(classifier(Init.heNormal(), Activation::relu));
        assertTrue(he.isHealthy(), he.toString());
        assertEquals(19, he.drift().points().size());
        var random = new SplittableRandom(5);
        var modern = examine(Sequential.of(Linear.of(64, WIDTH, Init.heNormal(), random),
            Sequential.repeat(DEPTH / 2, () -> Residual.preNorm(LayerNorm.of(WIDTH),
                Linear.of(WIDTH, WIDTH, Init.heNormal(), random), Activation.gelu(),
                Linear.of(WIDTH, WIDTH, Init.zeros(), random))),
            LayerNorm.of(WIDTH), Linear.of(WIDTH, 10, Init.xavierNormal(), random)));
        assertTrue(modern.isHealthy(), modern.toString());
        var paths = modern.drift().points().stream().map(SignalDrift.Point::path).toList();
        assertEquals(List.of("1.0", "1.1", "1.2"), paths.subList(0, 3));
        assertTrue(modern.verdict().startsWith("healthy: loss "), modern.verdict());
    }

    @Test
    void aCollapsedReluNetIsFoundThoughItsWeightGradientsAreAlike() {
        var diagnosis = examine(classifier(Init.pytorchDefault(), Activation::relu));
        assertTrue(diagnosis.gradients().weightRatio() < 100, "alike: " + diagnosis.gradients().weightRatio());
        assertEquals(Problem.SIGNAL_VANISHES, problems(diagnosis).getFirst(), diagnosis.toString());
        assertTrue(diagnosis.drift().forward() < -4, diagnosis.drift().toString());
        assertTrue(diagnosis.findings().getFirst().fix().contains("initialize larger"), diagnosis.verdict());
        // Each layer keeps about a factor √(1/6) of the signal, so 1.5 decades are gone after about four more layers.
        int at = Integer.parseInt(diagnosis.findings().getFirst().path());
        assertTrue(at >= 5 && at <= 15, "begins at " + at);
    }

    @Test
    void deepSigmoidsAreToldToGo() {
        var diagnosis = examine(classifier(Init.xavierNormal(), Activation::sigmoid));
        assertTrue(problems(diagnosis).contains(Problem.GRADIENT_VANISHES), diagnosis.toString());
        assertTrue(diagnosis.drift().backward() < -5, diagnosis.drift().toString());
        assertTrue(diagnosis.verdict().contains("replace sigmoid"), diagnosis.verdict());
    }

    @Test
    void tooLargeAnInitExplodes() {
        var diagnosis = examine(classifier(Init.normal(1), Activation::relu));
        var expected = List.of(Problem.LOSS_TOO_LARGE, Problem.SIGNAL_EXPLODES, Problem.GRADIENT_EXPLODES);
        assertTrue(problems(diagnosis).containsAll(expected), diagnosis.toString());
        assertTrue(diagnosis.drift().forward() > 10 && diagnosis.drift().backward() > 10, diagnosis.drift().toString());
    }

    @Test
    void samplesThatLookAlikeAreFoundWhereTheSignalIsStrong() {
        // Each block adds 1/2 and next to nothing that depends on the sample.
        var random = new SplittableRandom(5);
        var diagnosis = examine(Sequential.of(Linear.of(64, WIDTH, Init.normal(0.001), random), Activation.sigmoid(),
            Sequential.repeat(5, () -> Residual.plain(Linear.of(WIDTH, WIDTH, Init.normal(0.001), random), Activation.sigmoid())),
            Linear.of(WIDTH, 10, Init.heNormal(), random)));
        assertEquals(Problem.SAMPLES_ALIKE, problems(diagnosis).getFirst(), diagnosis.toString());
        assertEquals("2.0", diagnosis.findings().getFirst().path());
        assertTrue(Math.abs(diagnosis.drift().forward()) < 0.1);
    }

    @Test
    void aLargeFirstLossIsForgivenWhereTheModelNormalizes() {
        var random = new SplittableRandom(5);
        var norm = Sequential.of(Linear.of(64, WIDTH, Init.heNormal(), random), LayerNorm.of(WIDTH), Activation.relu(),
            Linear.of(WIDTH, 10, Init.normal(10), random));
        var bare = Sequential.of(Linear.of(64, WIDTH, Init.heNormal(), random), Activation.relu(),
            Linear.of(WIDTH, 10, Init.normal(10), random));
        assertTrue(examine(norm).loss() > 5 * Math.log(10));
        assertFalse(problems(examine(norm)).contains(Problem.LOSS_TOO_LARGE));
        assertTrue(problems(examine(bare)).contains(Problem.LOSS_TOO_LARGE));
    }

    @Test
    void oneSampleIsTooFew() {
        var batch = Digits.split(1).train().first(1).batch();
        var model = classifier(Init.heNormal(), Activation::relu);
        var error = assertThrows(IllegalArgumentException.class, () -> Doctor.examine(model, batch, Pass.inference()));
        assertEquals("Doctor.examine: x is (1, 64); give 2 samples or more, (n, …), to see what differs", error.getMessage());
    }

    @Test
    void residualBlocksWithoutNormalizationAreNamed() {
        var random = new SplittableRandom(5);
        var diagnosis = examine(Sequential.of(Linear.of(64, WIDTH, Init.heNormal(), random),
            Sequential.repeat(DEPTH, () -> Residual.plain(Linear.of(WIDTH, WIDTH, Init.heNormal(), random), Activation.relu())),
            Linear.of(WIDTH, 10, Init.heNormal(), random)));
        assertTrue(problems(diagnosis).contains(Problem.SIGNAL_EXPLODES), diagnosis.toString());
        assertTrue(diagnosis.toString().contains("without normalization double the variance"), diagnosis.toString());
        // The variance doubles, so each block multiplies the standard deviation by about √2 or more: 19·log₁₀√2 = 2.9 decades.
        assertTrue(diagnosis.drift().forward() > 2.5, diagnosis.drift().toString());
    }

    @Test
    void unitsThatAreCopiesAreFound() {
        var sigmoid = examine(classifier(Init.constant(0.01), Activation::sigmoid));
        assertEquals(Problem.UNITS_ALIKE, problems(sigmoid).getFirst(), sigmoid.toString());
        assertEquals("0.weight", sigmoid.findings().getFirst().path());
        var zeros = examine(classifier(Init.zeros(), Activation::relu));
        assertEquals(Problem.UNITS_ALIKE, problems(zeros).getFirst(), zeros.toString());
        assertTrue(problems(zeros).contains(Problem.GRADIENT_ZERO), zeros.toString());
    }

    @Test
    void examiningLeavesRunningStatisticsAsTheyWere() {
        var random = new SplittableRandom(5);
        var norm = BatchNorm.of(WIDTH);
        var model = Sequential.of(Linear.of(64, WIDTH, Init.heNormal(), random), norm, Activation.relu(),
            Linear.of(WIDTH, 10, Init.heNormal(), random));
        model.forward(BATCH.x(), Pass.training(random));
        var mean = norm.runningMean().toFloats();
        var var = norm.runningVar().toFloats();
        var weights = model.parameters().get("0.weight").value().toFloats();
        assertNotNull(examine(model));
        assertArrayEquals(mean, norm.runningMean().toFloats(), 0f);
        assertArrayEquals(var, norm.runningVar().toFloats(), 0f);
        assertEquals(1, norm.batchesTracked().item());
        assertArrayEquals(weights, model.parameters().get("0.weight").value().toFloats(), 0f);
    }

    @Test
    void anyLossCanBeExamined() {
        var random = new SplittableRandom(5);
        var model = Sequential.of(Linear.of(64, 32, Init.heNormal(), random), Activation.tanh(),
            Linear.of(32, 32, Init.heNormal(), random), Activation.tanh(), Linear.of(32, 1, Init.heNormal(), random));
        var diagnosis = Doctor.examine(model, BATCH.x(), y -> y.square().mean().mul(1e6).add(1e6), Pass.training(random));
        assertFalse(problems(diagnosis).contains(Problem.LOSS_TOO_LARGE), "only a classifier's loss has a scale");
        assertTrue(diagnosis.loss() > 1e6);
    }

    @Test
    void driftIsMeasuredFromTheFirstToTheLast() {
        // The signal goes ×10 and then ×1/100; the gradient comes back through the same factors in reverse.
        var eye = NdArray.eye(DType.F64, 4);
        var same = Activation.leakyRelu(1);
        var model = Sequential.of(scaled(eye, 1), same, scaled(eye, 10), same, scaled(eye, 0.01), same, scaled(eye, 1));
        var x = Tensor.of(NdArray.normal(DType.F64, Shape.of(16, 4), 0, 1, new SplittableRandom(1)));
        var drift = Doctor.examine(model, x, Tensor::sum, Pass.training(new SplittableRandom(1))).drift();
        assertEquals(List.of("1", "3", "5"), drift.points().stream().map(SignalDrift.Point::path).toList());
        assertEquals(-1, drift.forward(), 1e-12);
        assertEquals(-1, drift.backward(), 1e-12);
        assertEquals(1, drift.decades(), 1e-12);
        assertFalse(drift.isBad());
        assertEquals(10, drift.points().get(1).std() / drift.points().get(0).std(), 1e-12);
        assertEquals("5", new SignalDrift(List.of(drift.points().get(1), drift.points().get(2)), -2, -2).forwardBreak().path());
        assertNull(drift.forwardBreak());
        assertEquals("3", drift.backwardBreak().path(), "0.01 back from the last: two decades below, and again above");
    }

    private static Linear scaled(NdArray weight, double factor) {
        return new Linear(Tensor.parameter(weight.mul(factor)), null);
    }
}
