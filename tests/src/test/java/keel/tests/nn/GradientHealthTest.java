package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.health.GradientHealth;
import keel.nn.health.GradientHealth.Kind;
import keel.nn.health.GuideCheck;
import keel.nn.health.Verdict;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.residual.Residual;
import org.junit.jupiter.api.Test;

class GradientHealthTest {
    private static Layer mlp(int layers, Init init, Activation activation) {
        var random = new SplittableRandom(1);
        return Sequential.of(Sequential.repeat(layers, () -> Sequential.of(Linear.of(16, 16, init, random), activation)),
            Linear.of(16, 4, Init.heNormal(), random));
    }

    private static Gradients gradients(Layer model) {
        var random = new SplittableRandom(2);
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(32, 16), 0, 1, random));
        var labels = NdArray.of(random.ints(32, 0, 4).toArray());
        return Loss.crossEntropy(model.forward(x, Pass.training(random)), labels).backward();
    }

    // The gradients with those of one parameter replaced, element by element.
    private static Gradients with(Layer model, Gradients gradients, String name, DoubleUnaryOperator f) {
        var chosen = model.parameters().get(name).tensor();
        return gradients.map((t, g) -> {
            if (t != chosen) return g;
            var values = g.toFloats();
            for (int i = 0; i < values.length; i++) values[i] = (float) f.applyAsDouble(values[i]);
            return NdArray.of(g.shape(), values);
        });
    }

    private static GradientHealth.Entry entry(GradientHealth health, String name) {
        return health.entries().stream().filter(entry -> entry.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aSoundModelIsHealthy() {
        var model = mlp(3, Init.heNormal(), Activation.relu());
        var health = GradientHealth.of(model, gradients(model));
        assertTrue(health.isHealthy(), health.toString());
        assertEquals(Verdict.HEALTHY, health.verdict());
        assertNull(health.firstBad());
        assertEquals("gradients: healthy, 8 parameters", health.summary());
        assertEquals("", health.fix());
        assertEquals(Kind.WEIGHT, entry(health, "0.0.0.weight").kind());
        assertEquals(Kind.BIAS, entry(health, "1.bias").kind());
        assertEquals(1, entry(health, "1.weight").ratio());
        var w = gradients(model).of(((Linear) ((Sequential) model).layers().get(1)).weight());
        assertEquals(w.norm(), entry(health, "1.weight").norm());
        assertEquals(w.norm() / 8, entry(health, "1.weight").rms(), 1e-12);
    }

    @Test
    void oneNanIsSeenAndNamedBeforeAllElse() {
        var model = mlp(3, Init.heNormal(), Activation.relu());
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            var seen = new boolean[1];
            var sick = with(model, gradients(model), "0.1.0.weight", g -> {
                if (seen[0]) return g;
                seen[0] = true;
                return bad;
            });
            sick = with(model, sick, "0.0.0.weight", _ -> 0);
            var health = GradientHealth.of(model, sick);
            assertFalse(health.isHealthy());
            assertEquals(Verdict.NON_FINITE, health.verdict());
            assertEquals("0.1.0.weight", health.firstBad().name());
            assertEquals("1 of 256 elements are NaN or infinite", health.firstBad().reason());
            assertTrue(health.summary().contains("Clip.globalNorm"), health.summary());
        }
    }

    @Test
    void whereAllIsNanTheForwardPassIsToBlame() {
        var model = mlp(3, Init.heNormal(), Activation.relu());
        model.parameters().get("0.1.0.weight").value().set(Double.NaN, 3, 4);
        var health = GradientHealth.of(model, gradients(model));
        assertEquals(Verdict.NON_FINITE, health.verdict());
        assertTrue(health.fix().contains("Doctor.examine"), health.fix());
    }

    @Test
    void zeroIsNotVanishing() {
        var model = mlp(3, Init.heNormal(), Activation.relu());
        var zero = GradientHealth.of(model, with(model, gradients(model), "0.1.0.weight", _ -> 0));
        assertEquals(Verdict.ZERO, entry(zero, "0.1.0.weight").verdict());
        assertEquals(Verdict.ZERO, zero.verdict());
        var tiny = GradientHealth.of(model, with(model, gradients(model), "0.1.0.weight", g -> g * 1e-10));
        assertEquals(Verdict.VANISHING, entry(tiny, "0.1.0.weight").verdict());
        assertEquals(Verdict.HEALTHY, entry(tiny, "0.0.0.weight").verdict());
    }

    @Test
    void aGradientIsComparedWithItsLikeNearestToTheLoss() {
        var model = mlp(3, Init.heNormal(), Activation.relu());
        var gradients = gradients(model);
        // All within the absolute thresholds.
        var low = GradientHealth.of(model, with(model, gradients, "0.0.0.weight", g -> g * 1e-4));
        assertEquals(Verdict.VANISHING, entry(low, "0.0.0.weight").verdict());
        assertEquals("far below its like near the loss", entry(low, "0.0.0.weight").reason());
        var high = GradientHealth.of(model, with(model, gradients, "0.0.0.weight", g -> g * 1e4));
        assertEquals(Verdict.EXPLODING, entry(high, "0.0.0.weight").verdict());
        assertEquals(1, high.all(Verdict.EXPLODING).size());
        // A bias is no weight: all biases small is no finding.
        var biases = gradients;
        for (var p : model.parameters()) if (p.role().equals("bias")) biases = with(model, biases, p.name(), g -> g * 1e-4);
        assertTrue(GradientHealth.of(model, biases).isHealthy());
    }

    @Test
    void thresholdsOfTheNormAreTheGuides() {
        var model = mlp(1, Init.heNormal(), Activation.relu());
        var gradients = gradients(model);
        var values = new HashMap<Tensor, NdArray>();
        for (var t : gradients.tensors()) values.put(t, gradients.of(t).mul(1e5));
        assertEquals(Verdict.EXPLODING, GradientHealth.of(model, Gradients.of(values)).verdict());
        for (var t : gradients.tensors()) values.put(t, gradients.of(t).mul(1e-8));
        assertEquals(Verdict.VANISHING, GradientHealth.of(model, Gradients.of(values)).verdict());
    }

    @Test
    void deepSigmoidsVanishFromTheLossBack() {
        var model = mlp(20, Init.xavierNormal(), Activation.sigmoid());
        var health = GradientHealth.of(model, gradients(model));
        assertEquals(Verdict.VANISHING, health.verdict());
        assertEquals(Verdict.HEALTHY, entry(health, "1.weight").verdict());
        assertEquals(Verdict.VANISHING, entry(health, "0.0.0.weight").verdict());
        assertTrue(health.summary().contains("back to 0.0.0.weight"), health.summary());
        assertTrue(health.fix().contains("replace sigmoid"), health.fix());
        assertTrue(health.weightRatio() > 1e6, "" + health.weightRatio());
    }

    @Test
    void aBiasInFrontOfBatchNormIsExcludedWithTheReason() {
        var random = new SplittableRandom(1);
        var model = Sequential.of(
            Linear.of(16, 16, Init.heNormal(), random), BatchNorm.of(16), Activation.relu(),
            Sequential.of(Linear.of(16, 16, Init.heNormal(), random)), Sequential.of(BatchNorm.of(16), Activation.relu()),
            Residual.postNorm(BatchNorm.of(16), Linear.of(16, 16, Init.heNormal(), random), Activation.relu(),
                Linear.of(16, 16, Init.heNormal(), random)),
            Residual.preNorm(BatchNorm.of(16), Linear.of(16, 16, Init.heNormal(), random)),
            Linear.of(16, 4, Init.heNormal(), random));
        var health = GradientHealth.of(model, gradients(model));
        for (var name : new String[] {"0.bias", "3.0.bias", "5.body.2.bias"}) {
            var bias = entry(health, name);
            assertEquals(Verdict.EXCLUDED, bias.verdict(), name);
            assertEquals("a batch normalization takes it away", bias.reason());
            assertTrue(bias.norm() < 1e-6, name + " has a gradient after all: " + bias.norm());
        }
        for (var name : new String[] {"1.bias", "5.body.0.bias", "6.norm.bias", "6.body.bias", "7.bias"}) {
            assertEquals(Verdict.HEALTHY, entry(health, name).verdict(), name);
            assertTrue(entry(health, name).norm() > 1e-4, name);
        }
        assertTrue(health.isHealthy(), health.toString());
    }

    private static Layer residual(Init first, Init last) {
        var random = new SplittableRandom(1);
        return Sequential.of(Linear.of(16, 16, Init.heNormal(), random),
            Sequential.repeat(3, () -> Residual.preNorm(LayerNorm.of(16), Linear.of(16, 32, first, random), Activation.gelu(),
                Linear.of(32, 16, last, random))),
            Linear.of(16, 4, Init.heNormal(), random));
    }

    @Test
    void aBlockThatStartsAtZeroIsExcusedAndSaysWhy() {
        var model = residual(Init.heNormal(), Init.zeros());
        var health = GradientHealth.of(model, gradients(model));
        assertTrue(health.isHealthy(), health.toString());
        var first = entry(health, "1.2.body.0.weight");
        assertEquals(Verdict.EXCLUDED, first.verdict());
        assertEquals("1.2.body.2.weight is still all zero", first.reason());
        assertEquals(Verdict.EXCLUDED, entry(health, "1.0.norm.weight").verdict());
        assertEquals(Verdict.HEALTHY, entry(health, "1.0.body.2.weight").verdict());
    }

    @Test
    void aBlockThatStartedAtZeroIsExcusedAfterTheStepToo() {
        var model = residual(Init.heNormal(), Init.zeros());
        var grads = gradients(model);
        AdamW.defaults().over(model.parameters()).step(grads, 1e-3);
        var health = GradientHealth.of(model, grads);
        assertTrue(health.isHealthy(), health.toString());
        assertEquals("1.2.body.2.weight was all zero then", entry(health, "1.2.body.0.weight").reason());
    }

    @Test
    void aBlockOfDeadUnitsIsNotExcused() {
        var model = residual(Init.heNormal(), Init.heNormal());
        model.parameters().get("1.1.body.0.bias").value().fillInPlace(-100);
        var health = GradientHealth.of(model, gradients(model));
        assertEquals(Verdict.ZERO, entry(health, "1.1.body.0.weight").verdict());
    }

    @Test
    void aBlockThatCanNeverLeaveZeroIsNotExcused() {
        var model = residual(Init.zeros(), Init.zeros());
        var health = GradientHealth.of(model, gradients(model));
        assertEquals(Verdict.ZERO, entry(health, "1.2.body.0.weight").verdict());
        assertEquals(Verdict.ZERO, health.verdict());
        // Two zeros in a row never leave zero either, whatever lies in front of them.
        var random = new SplittableRandom(1);
        var deep = Sequential.of(Linear.of(16, 16, Init.heNormal(), random),
            Residual.plain(Linear.of(16, 16, Init.heNormal(), random), Linear.of(16, 16, Init.zeros(), random),
                Linear.of(16, 16, Init.zeros(), random)),
            Linear.of(16, 4, Init.heNormal(), random));
        assertEquals(Verdict.ZERO, entry(GradientHealth.of(deep, gradients(deep)), "1.body.0.weight").verdict());
    }

    @Test
    void aLastLayerOfZerosIsExcused() {
        var random = new SplittableRandom(1);
        var model = Sequential.of(
            Linear.of(16, 16, Init.heNormal(), random), Activation.relu(), Linear.of(16, 4, Init.zeros(), random));
        var health = GradientHealth.of(model, gradients(model));
        assertTrue(health.isHealthy(), health.toString());
        assertEquals("2.weight is still all zero", entry(health, "0.weight").reason());
    }

    @Test
    void aParameterWithoutGradientIsAbsentAndNotBad() {
        var model = mlp(1, Init.heNormal(), Activation.relu());
        var grads = gradients(model);
        var some = new HashMap<Tensor, NdArray>();
        for (var p : model.parameters()) if (!p.name().equals("0.0.0.bias")) some.put(p.tensor(), grads.of(p.tensor()));
        var health = GradientHealth.of(model, Gradients.of(some));
        assertEquals(Verdict.ABSENT, entry(health, "0.0.0.bias").verdict());
        assertTrue(health.isHealthy());
        var others = gradients(mlp(1, Init.heNormal(), Activation.relu()));
        var error = assertThrows(IllegalArgumentException.class, () -> GradientHealth.of(model, others));
        assertEquals("GradientHealth: none of the 4 parameters has a gradient; "
            + "give the model and the gradients of one backward pass", error.getMessage());
    }

    @Test
    void theTableHasALineForEachParameter() {
        var model = mlp(1, Init.heNormal(), Activation.relu());
        var lines = GradientHealth.of(model, gradients(model)).toString().lines().toList();
        assertEquals("gradients: healthy, 4 parameters", lines.get(0));
        assertTrue(lines.get(1).matches("parameter\\s+kind\\s+norm\\s+rms\\s+ratio\\s+verdict"), lines.get(1));
        assertTrue(lines.get(2).matches("0\\.0\\.0\\.weight  WEIGHT( +[0-9]\\.[0-9]{2}e[+-][0-9]{2}){3}  HEALTHY"), lines.get(2));
        assertEquals(6, lines.size());
    }

    // ---- the guide's function: each text is what Python 3.11 prints for it with torch 2.13 gradients of these values, F32

    private static String guide(Object... namesAndGradients) {
        var norms = new LinkedHashMap<String, Double>();
        for (int i = 0; i < namesAndGradients.length; i += 2) {
            norms.put((String) namesAndGradients[i], (double) (float) NdArray.of((float[]) namesAndGradients[i + 1]).norm());
        }
        return GradientHealth.guide(norms);
    }

    private static float[] g(double... values) {
        var g = new float[values.length];
        for (int i = 0; i < g.length; i++) g[i] = (float) values[i];
        return g;
    }

    @Test
    void theGuidesLayoutOfAHealthyModel() {
        assertEquals("""
            0.weight                                     5.00e+00
            0.bias                                       5.00e-01
            2.weight                                     1.03e+00

            Max/min gradient ratio: 10.0x
            """, guide("0.weight", g(3, 4), "0.bias", g(0.5), "2.weight", g(0.015625, 0.25, -1)));
    }

    @Test
    void theGuidesFlagsAndWarning() {
        assertEquals("""
            0.weight                                     5.00e-09 ← vanishing!
            2.weight                                     1.00e-03
            4.weight                                     1.25e+01

            Max/min gradient ratio: 2499500115.2x
            ⚠ Gradient flow problem: >100x difference across layers
            """, guide("0.weight", g(3e-9, 4e-9), "2.weight", g(1e-3), "4.weight", g(12.5)));
        assertEquals("""
            0.weight                                     1.23e+12 ← exploding!
            2.weight                                     9.99e+02
            4.weight                                     1.00e+03 ← exploding!

            Max/min gradient ratio: 1235735794.9x
            ⚠ Gradient flow problem: >100x difference across layers
            """, guide("0.weight", g(1.2345e12), "2.weight", g(999), "4.weight", g(1000.5)));
        assertEquals("""
            a                                            0.00e+00 ← vanishing!
            b                                            1.00e+00

            Max/min gradient ratio: 1000000000000.0x
            ⚠ Gradient flow problem: >100x difference across layers
            """, guide("a", g(0, 0), "b", g(1)));
    }

    @Test
    void theGuideIsBlindToNanAndOursIsNot() {
        assertEquals("""
            a                                                 nan
            b                                            1.00e+00
            c                                            2.00e+00

            Max/min gradient ratio: nanx
            """, guide("a", g(Double.NaN), "b", g(1), "c", g(2)));
        assertEquals("""
            a                                            1.00e+00
            b                                                 nan
            c                                            2.00e+00

            Max/min gradient ratio: 2.0x
            """, guide("a", g(1), "b", g(Double.NaN), "c", g(2)));
        assertEquals("""
            a                                            1.00e+00
            b                                                 inf ← exploding!
            c                                            2.00e+00

            Max/min gradient ratio: infx
            ⚠ Gradient flow problem: >100x difference across layers
            """, guide("a", g(1), "b", g(1 / 0.0), "c", g(2)));
    }

    @Test
    void theGuidesNumbersRoundAsPythonDoes() {
        assertEquals("""
            a                                            1.25e-01
            b                                            1.00e+00
            c                                            1.00e+00
            d                                            9.99e+00

            Max/min gradient ratio: 80.0x
            """, guide("a", g(0.125), "b", g(1), "c", g(1.0049999952316284), "d", g(9.995)));
        assertEquals("""
            a.very.long.name.of.a.parameter.that.is.longer.than.forty.characters.weight     1.00e+00
            naïve.µ                                      5.00e-01

            Max/min gradient ratio: 2.0x
            """, guide("a.very.long.name.of.a.parameter.that.is.longer.than.forty.characters.weight", g(1), "naïve.µ", g(0.5)));
        assertEquals("", guide());
    }

    @Test
    void theGuideOverAModelNamesItsParameters() {
        var model = mlp(1, Init.heNormal(), Activation.relu());
        var lines = GradientHealth.guide(model, gradients(model)).lines().toList();
        assertEquals(6, lines.size());
        assertTrue(lines.get(0).matches("0\\.0\\.0\\.weight {33}[0-9]\\.[0-9]{2}e-[0-9]{2}"), lines.get(0));
        assertEquals("", lines.get(4));
        assertTrue(lines.get(5).matches("Max/min gradient ratio: [0-9]+\\.[0-9]x"), lines.get(5));
        assertEquals("", GradientHealth.guide(model, Gradients.of(Map.of())));
    }

    @Test
    void theGuidesCheckCountsItsFlagsAndItsRatio() {
        var norms = new LinkedHashMap<String, Double>();
        norms.put("a", 1e-8);
        norms.put("b", 2e3);
        norms.put("c", 1.0);
        var check = new GuideCheck(norms);
        assertEquals(List.of(Verdict.VANISHING, Verdict.EXPLODING, Verdict.HEALTHY),
            check.norms().keySet().stream().map(check::verdict).toList());
        assertEquals(2e3 / (1e-8 + 1e-12), check.ratio());
        assertEquals(GradientHealth.guide(norms), check.toString());
        assertTrue(Double.isNaN(new GuideCheck(Map.of()).ratio()));
        var unknown = assertThrows(IllegalArgumentException.class, () -> check.verdict("d"));
        assertEquals("GuideCheck.verdict: there is no \"d\"; there are a, b, c", unknown.getMessage());
    }
}
