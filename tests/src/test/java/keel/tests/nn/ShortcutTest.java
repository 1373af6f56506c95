package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.norm.LayerNorm;
import keel.nn.residual.DeepNorm;
import keel.nn.residual.DenseUnit;
import keel.nn.residual.DropPath;
import keel.nn.residual.Highway;
import keel.nn.residual.ProjectedResidual;
import keel.nn.residual.Residual;
import keel.nn.residual.Scale;
import keel.nn.residual.Shift;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// The shortcuts that start as the identity, scale, gate, drop or concatenate.
class ShortcutTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(3);

    private static Linear linear(int in, int out) {
        return Linear.of(DType.F64, in, out, Init.heNormal(), RANDOM);
    }

    // What each block promises about its first pass; for every block the gradient reaches what must move first.
    @Test
    void blocksThatStartAsTheIdentityDo() {
        var x = Tensor.of(normal(RANDOM, 5, 4));
        var zero = Linear.withoutBias(DType.F64, 4, 4, Init.zeros(), RANDOM);
        for (var block : List.of(Residual.reZero(DType.F64, linear(4, 4), Activation.relu()),
            Residual.skipInit(DType.F64, 0, linear(4, 4)),
            Residual.fixup(DType.F64, Activation.relu(), linear(4, 4), zero))) {
            assertSameBits(x.value(), block.forward(x).value());
            var g = block.forward(x, training()).square().sum().backward();
            assertTrue(block.parameters().stream().anyMatch(p -> g.of(p.tensor()).norm() > 0), block.toString());
        }
        assertSameBits(x.value(), Residual.stochastic(1, linear(4, 4)).forward(x, training()).value());
    }

    @Property(tries = 20)
    void formulasHold(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = Tensor.of(normal(random, 5, 4));
        var f = Linear.of(DType.F64, 4, 4, Init.heNormal(), random);
        var g = Linear.of(DType.F64, 4, 4, Init.heNormal(), random);
        var norm = LayerNorm.of(DType.F64, 4);
        var fx = f.forward(x);
        assertSameBits(x.add(f.forward(norm.forward(x)).layerNorm(1, null, null, 1e-5)).value(),
            Residual.sandwich(norm, LayerNorm.of(DType.F64, 4).withoutAffine(), f).forward(x).value());
        assertSameBits(x.add(fx.mul(0.25)).value(), Residual.skipInit(DType.F64, 0.25, f).forward(x).value());
        assertSameBits(x.add(fx.mul(0.1)).value(), Residual.scaled(0.1, f).forward(x).value());
        assertSameBits(x.add(f.forward(norm.forward(x)).mul(1e-5)).value(),
            Residual.layerScale(DType.F64, 4, 1e-5, norm, f).forward(x).value());
        assertSameBits(norm.forward(x.mul(StrictMath.pow(24, 0.25)).add(fx)).value(), DeepNorm.of(12, norm,
            f).forward(x).value());
        assertSameBits(g.forward(x).add(fx).value(), ProjectedResidual.of(g, f).forward(x).value());
        var t = g.forward(x).sigmoid();
        assertArrayEquals(t.mul(fx).add(t.neg().add(1).mul(x)).value().doubles(), new Highway(f, g).forward(x).value().doubles(),
            1e-13);
        assertSameBits(NdArray.concat(1, x.value(), fx.value()), DenseUnit.of(f).forward(x).value());
        assertSameBits(NdArray.concat(0, x.value(), fx.value()), DenseUnit.of(f).axis(0).forward(x).value());
    }

    @Property(tries = 8)
    void gradientsAreRight(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = normal(random, 2, 3);
        var w = normal(random, 3, 3);
        var b = normal(random, 3);
        assertDifferentiable(t -> new Highway(new Linear(t[1], null), new Linear(t[2], t[3])).forward(t[0], training()), x, w,
            w.transpose(), b);
        assertDifferentiable(t -> new DeepNorm(2, new LayerNorm(Shape.of(3), t[2], t[3], 0.1), new Linear(t[1], null))
            .forward(t[0], training()), x, w, b, b);
        assertDifferentiable(t -> ProjectedResidual.of(new Linear(t[1], null), Activation.tanh()).forward(t[0], training()), x,
            w);
        assertDifferentiable(t -> DenseUnit.of(new Linear(t[1], null)).forward(t[0], training()).square(), x, w);
        assertDifferentiable(t -> new Scale(t[1], -1).forward(new Shift(t[2]).forward(t[0], training()), training()), x, b,
            normal(random));
        assertDifferentiable(t -> new Scale(t[1], 1).forward(t[0], training()), normal(random, 2, 3, 2), b);
        assertDifferentiable(t -> DropPath.of(0.5).forward(t[0], training()).square(), x);
    }

    // Fixup's rule: a number before each weighted layer and each activation, a factor behind the last, one more number.
    @Test
    void aFixupBlockHasItsScalars() {
        var block = Residual.fixup(DType.F64, Activation.relu(), Linear.withoutBias(DType.F64, 4, 4, Init.fixup(10, 2), RANDOM),
            Linear.withoutBias(DType.F64, 4, 4, Init.zeros(), RANDOM));
        assertEquals(List.of("body.0.bias", "body.1.weight", "body.2.bias", "body.4.bias", "body.5.weight", "body.6.gamma",
            "body.7.bias"), block.parameters().names());
        assertEquals(1, block.parameters().get("body.6.gamma").value().item());
    }

    // E over all masks of a linear stack is the stack itself, exactly: masks are independent, and each has the mean 1.
    @Test
    void theMeanOverAllMasksIsInference() {
        var bodies = List.of(linear(3, 3), linear(3, 3), linear(3, 3), linear(3, 3));
        var x = Tensor.of(normal(RANDOM, 1, 3));
        var mean = NdArray.zeros(DType.F64, 1, 3);
        for (int mask = 0; mask < 16; mask++) {
            double probability = 1;
            var y = x;
            for (int i = 0; i < 4; i++) {
                double p = DropPath.linear(0.6, i, 4).p();
                boolean kept = (mask >> i & 1) == 1;
                probability *= kept ? 1 - p : p;
                y = y.add(DropPath.masked(bodies.get(i).forward(y), NdArray.of(kept), p));
            }
            mean = mean.add(y.value().mul(probability));
        }
        var net = Sequential.of(Residual.stochastic(0.6, bodies.get(0)), Residual.stochastic(0.6, bodies.get(1)),
            Residual.stochastic(0.6, bodies.get(2)), Residual.stochastic(0.6, bodies.get(3)));
        assertArrayEquals(net.forward(x).value().doubles(), mean.doubles(), 1e-12);
    }

    @Test
    void pathsAreDroppedSampleBySample() {
        var x = Tensor.of(NdArray.ones(DType.F64, 2000, 3));
        var y = DropPath.of(0.3).forward(x, training()).value();
        int kept = 0;
        for (int i = 0; i < 2000; i++) {
            double first = y.get(i, 0);
            assertTrue(first == 0 || Math.abs(first - 1 / 0.7) < 1e-15);
            assertEquals(first, y.get(i, 2));
            if (first > 0) kept++;
        }
        assertEquals(0.7, kept / 2000.0, 6 * Math.sqrt(0.21 / 2000));
        assertSame(x, DropPath.of(0.3).forward(x, Pass.inference()));
        assertEquals(0, DropPath.linear(0.2, 0, 5).p());
        assertEquals(0.15, DropPath.linear(0.2, 3, 5).p(), 1e-16);
        assertEquals(0.2, DropPath.linear(0.2, 4, 5).p());
    }

    // t = σ(−20): what comes in goes out.
    @Test
    void aClosedHighwayCarriesItsInput() {
        var x = Tensor.of(normal(RANDOM, 5, 4));
        var y = Highway.of(DType.F64, 4, Activation.relu(), Init.heNormal(), -20, RANDOM).forward(x).value();
        assertArrayEquals(x.value().doubles(), y.doubles(), 1e-7);
    }

    @Test
    void aScaleOfOneNumberMultipliesEverything() {
        var scale = Scale.of(0.5);
        assertEquals(List.of("gamma"), scale.parameters().names());
        var y = scale.forward(Tensor.of(NdArray.of(Shape.of(1, 2), new float[] {2, -4})));
        assertArrayEquals(new float[] {1, -2}, y.value().toFloats());
    }

    @Test
    void channelsAreScaledOnTheirAxis() {
        var x = Tensor.of(NdArray.ones(DType.F64, 1, 2, 2));
        var scale = new Scale(Tensor.parameter(NdArray.of(2.0, 3.0)), 1);
        assertNear(scale.forward(x).value(), 2, 2, 3, 3);
        assertNear(new Scale(scale.gamma(), -1).forward(x).value(), 2, 3, 2, 3);
        assertEquals(1e-6, Scale.perChannel(DType.F64, 3, 1e-6).gamma().value().max().item());
    }

    @Test
    void namesSayWhatAPartIs() {
        assertEquals(List.of("shortcut.weight", "shortcut.bias", "body.weight", "body.bias"),
            ProjectedResidual.of(linear(4, 2), linear(4, 2)).parameters().names());
        assertEquals(List.of("norm.weight", "norm.bias", "body.weight", "body.bias"),
            DeepNorm.of(3, LayerNorm.of(DType.F64, 4), linear(4, 4)).parameters().names());
        assertEquals(List.of("body.weight", "body.bias", "gate.weight", "gate.bias"), new Highway(linear(4, 4), linear(4, 4))
            .parameters().names());
        assertEquals(List.of("body.0.weight", "body.0.bias", "body.1.gamma"),
            Residual.reZero(DType.F64, linear(4, 4)).parameters().names());
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var x = Tensor.of(NdArray.zeros(DType.F64, 2, 4));
        Layer narrow = linear(4, 2);
        assertRefused(() -> DeepNorm.of(2, LayerNorm.of(DType.F64, 4), narrow).forward(x), "DeepNorm", "(2, 4)", "(2, 2)");
        assertRefused(() -> new Highway(linear(4, 4), narrow).forward(x), "Highway", "(2, 4)", "(2, 2)");
        assertRefused(() -> ProjectedResidual.of(linear(4, 4), narrow).forward(x), "ProjectedResidual", "(2, 4)", "(2, 2)");
        assertRefused(() -> DeepNorm.of(0, LayerNorm.of(4), narrow), "0 blocks");
        assertRefused(() -> DropPath.of(2), "p is 2.0");
        assertRefused(() -> DropPath.linear(0.1, 5, 5), "block 5 of 5");
        assertRefused(() -> Scale.perFeature(DType.F64, 3, 1).forward(x), "Scale(3)", "(2, 4)", "(…, 3)");
        assertRefused(() -> new Scale(x, -1), "(2, 4)");
        assertRefused(() -> new Shift(x), "(2, 4)");
        assertRefused(() -> new Highway(null, narrow), "Highway", "null");
    }
}
