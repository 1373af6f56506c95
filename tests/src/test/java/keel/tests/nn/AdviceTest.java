package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.clip.Clipper;
import keel.nn.health.Verdict;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.GroupNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.recipe.Advice;
import keel.nn.recipe.Architecture;
import keel.nn.residual.Residual.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Each rule gives the choice it states, and the choice does what its reason says.
class AdviceTest {
    private static final int WIDTH = 128;

    /// Root mean square of what the last of so many layers puts out over that of the first, from a normal signal.
    private static double drift(Activation activation, Init init, int layers) {
        var random = new SplittableRandom(11);
        var x = activation.forward(Tensor.of(NdArray.normal(DType.F32, Shape.of(64, WIDTH), 0, 1, random)));
        double first = 0;
        for (int i = 0; i < layers - 1; i++) {
            x = Linear.of(WIDTH, WIDTH, init, random).forward(x);
            if (i == 0) first = rms(x);
            x = activation.forward(x);
        }
        return rms(Linear.of(WIDTH, WIDTH, init, random).forward(x)) / first;
    }

    private static double rms(Tensor x) {
        return x.value().norm() / Math.sqrt(x.size());
    }

    @Test
    void theAdvisedStartKeepsTheSignalOverTwentyLayers() {
        var activations = List.of(Activation.relu(), Activation.leakyRelu(), Activation.leakyRelu(0.3), Activation.mish(),
            Activation.elu(), Activation.selu(), Activation.softplus(), Activation.squareplus(), Activation.tanh(),
            Activation.sigmoid());
        for (var activation : activations) {
            double drift = drift(activation, Advice.forInit(activation).choice(), 20);
            assertTrue(drift > 0.5 && drift < 2, () -> activation + " " + drift);
        }
    }

    @Test
    void geluAndSiluDriftUpwardsLessThanHesStartLosesThem() {
        for (var activation : List.of(Activation.gelu(), Activation.silu(), Activation.hardSwish())) {
            double advised = Math.log10(drift(activation, Advice.forInit(activation).choice(), 20));
            double he = Math.log10(drift(activation, Init.heNormal(), 20));
            assertTrue(advised > -0.3 && advised < 1.4, () -> activation + " " + advised);
            assertTrue(he < -1.2 && Math.abs(advised) < 0.6 * Math.abs(he), () -> activation + " " + advised + " " + he);
        }
    }

    @Test
    void initsAreNamedAndExplained() {
        assertEquals("Init.heNormal()", Advice.forInit(Activation.relu()).name());
        assertEquals("Init.heNormal(1.4141)", Advice.forInit(Activation.leakyRelu()).name());
        assertEquals("Init.heNormal(1.5335)", Advice.forInit(Activation.gelu()).name());
        assertEquals("Init.heNormal(1.6765)", Advice.forInit(Activation.silu()).name());
        assertEquals("Init.xavierNormal(5/3)", Advice.forInit(Activation.tanh()).name());
        assertEquals("Init.lecunNormal()", Advice.forInit(Activation.selu()).name());
        assertEquals("Init.xavierNormal()", Advice.forOutput().name());
        var own = Advice.forInit(Activation.of("cube", x -> x.mul(x).mul(x)));
        assertEquals("Init.heNormal(0.2582): it lets 3.8730 of a normal input's root mean square through, and He's √2 is made "
            + "for relu; it holds for a signal of size 1, so a deep stack wants a norm too (He et al. 2015, arXiv:1502.01852, "
            + "eq. 10; the gain by quadrature, Activation.gain())", own.toString());
        var sigmoid = Advice.forInit(Activation.sigmoid());
        assertEquals("Init.xavierNormal()", sigmoid.name());
        assertTrue(sigmoid.reason().contains("no start keeps the gradient of a deep stack"), sigmoid::reason);
    }

    @Test
    void normsFitTheNetAndTheBatch() {
        assertInstanceOf(BatchNorm.class, norm(Architecture.CONVOLUTIONAL, 64));
        assertInstanceOf(BatchNorm.class, norm(Architecture.CONVOLUTIONAL, 16));
        assertInstanceOf(GroupNorm.class, norm(Architecture.CONVOLUTIONAL, 15));
        assertInstanceOf(LayerNorm.class, norm(Architecture.TRANSFORMER, 64));
        assertInstanceOf(LayerNorm.class, norm(Architecture.RECURRENT, 1));
        assertInstanceOf(LayerNorm.class, norm(Architecture.MLP, 64));
        for (int channels : new int[] {1, 3, 31, 48, 64, 100}) {
            var small = Advice.forNorm(Architecture.CONVOLUTIONAL, 1).choice().apply(channels);
            var y = small.forward(Tensor.of(NdArray.ones(DType.F32, 2, channels, 3, 3)));
            assertEquals(Shape.of(2, channels, 3, 3), y.shape());
        }
    }

    private static Layer norm(Architecture architecture, int batchSize) {
        return Advice.forNorm(architecture, batchSize).choice().apply(48);
    }

    @Test
    void shortcutsClipsAndWarmupsFollowTheRest() {
        assertEquals(Placement.PRE, Advice.forResidual(20, true).choice());
        assertEquals(Placement.NONE, Advice.forResidual(20, false).choice());
        assertTrue(Advice.forResidual(20, false).reason().contains("2^20"));
        assertEquals("Clip.globalNorm(1.0)", Advice.forClip(Architecture.TRANSFORMER, true).choice().toString());
        assertEquals("Clip.globalNorm(5.0)", Advice.forClip(Architecture.CONVOLUTIONAL, true).choice().toString());
        assertEquals("Clip.adaptive(0.01, 0.001)", Advice.forClip(Architecture.CONVOLUTIONAL, false).choice().toString());
        assertEquals(250, Advice.forWarmup(Architecture.TRANSFORMER, Placement.POST, 1000).choice());
        assertEquals(4000, Advice.forWarmup(Architecture.TRANSFORMER, Placement.POST, 1_000_000).choice());
        assertEquals(50, Advice.forWarmup(Architecture.TRANSFORMER, Placement.PRE, 1000).choice());
        assertEquals(1, Advice.forWarmup(Architecture.MLP, Placement.POST, 3).choice());
        assertEquals("tanh", Advice.forActivation(Architecture.RECURRENT).choice().toString());
        assertEquals("relu", Advice.forActivation(Architecture.CONVOLUTIONAL).choice().toString());
        assertEquals("gelu", Advice.forActivation(Architecture.TRANSFORMER).choice().toString());
    }

    @Test
    void gelusGradientIsZeroFarToTheLeft() {
        var x = Tensor.parameter(NdArray.of(-14.5f, -5f));
        var g = Activation.gelu().forward(x, Pass.inference()).sum().backward().of(x);
        assertEquals(0, g.floats()[0], 1e-40);
        assertTrue(g.floats()[1] != 0);
        assertTrue(Advice.forActivation(Architecture.MLP).reason().contains("left of −14"));
    }

    @Test
    void everyVerdictHasItsAnswer() {
        for (var verdict : Verdict.values()) {
            var advice = Advice.forVerdict(verdict);
            assertSame(verdict, advice.choice());
            assertEquals(verdict.isBad(), !advice.name().equals("nothing"), verdict.toString());
        }
        assertTrue(Advice.forVerdict(Verdict.EXPLODING).reason().contains("Clip.globalNorm(1.0)"));
        assertTrue(Advice.forVerdict(Verdict.VANISHING).reason().contains("Residual.preNorm"));
    }

    @Test
    void everyAdviceHasAReasonAndASource() {
        var all = new ArrayList<Advice<?>>();
        for (var architecture : Architecture.values()) {
            var stack = Advice.forStack(architecture, 12, 8, 500);
            assertEquals(6, stack.size());
            assertInstanceOf(Clipper.class, stack.get(4).choice());
            all.addAll(stack);
            all.add(Advice.forNorm(architecture, 64));
            all.add(Advice.forClip(architecture, false));
            all.add(Advice.forWarmup(architecture, Placement.POST, 500));
        }
        for (var verdict : Verdict.values()) all.add(Advice.forVerdict(verdict));
        all.add(Advice.forOutput());
        for (var advice : all) {
            assertTrue(advice.reason().length() > 20 && !advice.source().isBlank() && !advice.name().isBlank(), advice::toString);
            assertEquals(advice.name() + ": " + advice.reason() + " (" + advice.source() + ")", advice.toString());
        }
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Advice.forNorm: a batch of 0; give 1 or more", () -> Advice.forNorm(Architecture.MLP, 0));
        assertRefused("Advice.forResidual: 0 blocks; give 1 or more", () -> Advice.forResidual(0, true));
        assertRefused("Advice.forWarmup: 0 steps; give 1 or more", () -> Advice.forWarmup(Architecture.MLP, Placement.PRE, 0));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
