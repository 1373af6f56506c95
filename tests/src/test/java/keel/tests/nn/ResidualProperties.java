package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import keel.nn.layer.Sequential;
import keel.nn.norm.LayerNorm;
import keel.nn.residual.Residual;
import keel.nn.residual.Residual.Placement;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResidualProperties {
    @Property(tries = 30)
    void zeroBodyMakesResidualTheIdentity(@ForAll long seed, @ForAll @IntRange(max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 8) int width) {
        var random = new SplittableRandom(seed);
        var x = Tensor.parameter(normal(random, rows, width));
        var body = new Layer[] {Linear.of(DType.F64, width, 5, Init.heNormal(), random), Activation.gelu(),
            Linear.of(DType.F64, 5, width, Init.zeros(), random)};
        var norm = LayerNorm.of(DType.F64, width);
        assertSameBits(x.value(), Residual.plain(body).forward(x).value());
        assertSameBits(x.value(), Residual.preNorm(norm, body).forward(x).value());
        assertSameBits(norm.forward(x).value(), Residual.postNorm(norm, body).forward(x).value());
        var y = Residual.preNorm(norm, body).forward(x, training()).sum();
        assertSameBits(NdArray.ones(DType.F64, rows, width), y.backward().of(x));
    }

    @Property(tries = 30)
    void theThreeFormsAreTheirFormulas(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int rows) {
        var random = new SplittableRandom(seed);
        var x = Tensor.of(normal(random, rows, 3));
        var f = Linear.of(DType.F64, 3, 3, Init.heNormal(), random);
        var norm = new LayerNorm(Shape.of(3), Tensor.of(normal(random, 3)), Tensor.of(normal(random, 3)), 1e-5);
        assertSameBits(x.add(f.forward(x)).value(), Residual.plain(f).forward(x).value());
        assertSameBits(x.add(f.forward(norm.forward(x))).value(), Residual.preNorm(norm, f).forward(x).value());
        assertSameBits(norm.forward(x.add(f.forward(x))).value(), Residual.postNorm(norm, f).forward(x).value());
    }

    @Property(tries = 15)
    void gradientsAreRight(@ForAll long seed, @ForAll @IntRange(max = 3) int rows, @ForAll Placement placement) {
        var random = new SplittableRandom(seed);
        assertDifferentiable(t -> {
            var body = Sequential.of(new Linear(t[1], t[2]), Activation.tanh(), new Linear(t[3], null));
            var norm = placement == Placement.NONE ? null : new LayerNorm(Shape.of(3), t[4], t[5], 0.1);
            return new Residual(placement, norm, body).forward(t[0], training());
        }, normal(random, rows, 3), normal(random, 4, 3), normal(random, 4), normal(random, 3, 4), normal(random, 3),
            normal(random, 3));
    }

    // The Jacobian is I + J_F, which is not "at least 1".
    @Test
    void aBodyThatIsMinusTheIdentityLeavesNothing() {
        var x = Tensor.parameter(normal(new SplittableRandom(1), 2, 3));
        var y = Residual.plain(Activation.of("negation", Tensor::neg)).forward(x, training());
        assertSameBits(NdArray.zeros(DType.F64, 2, 3), y.value());
        assertSameBits(NdArray.zeros(DType.F64, 2, 3), y.sum().backward().of(x));
    }

    // What the javadoc warns of. A Xavier square body gives F(x) the variance of x; 8 blocks make 2⁸.
    @Test
    void withoutNormalizationTheVarianceDoublesInEachBlock() {
        var random = new SplittableRandom(5);
        var blocks = Sequential.repeat(8, () -> Residual.plain(Linear.of(DType.F64, 256, 256, Init.xavierNormal(), random)));
        var x = normal(random, 64, 256);
        double growth = blocks.forward(Tensor.of(x)).value().sumSquares().item() / x.sumSquares().item();
        assertEquals(256, growth, 0.1 * 256);
        var normed = Sequential.repeat(8, () -> Residual.preNorm(LayerNorm.of(DType.F64, 256),
            Linear.of(DType.F64, 256, 256, Init.xavierNormal(), random)));
        double linear = normed.forward(Tensor.of(x)).value().sumSquares().item() / x.sumSquares().item();
        assertEquals(9, linear, 0.1 * 9);
    }

    @Test
    void childrenAreNormAndBody() {
        var random = new SplittableRandom(1);
        var one = Linear.of(3, 3, Init.heNormal(), random);
        var two = Linear.of(3, 3, Init.heNormal(), random);
        assertEquals(List.of("body.weight", "body.bias"), Residual.plain(one).parameters().names());
        assertEquals(List.of("norm.weight", "norm.bias", "body.0.weight", "body.0.bias", "body.1.weight", "body.1.bias"),
            Residual.preNorm(LayerNorm.of(3), one, two).parameters().names());
        assertEquals(List.of("norm.weight", "norm.bias", "body.weight", "body.bias"),
            Residual.postNorm(LayerNorm.of(3), one).parameters().names());
    }

    @Test
    void aBodyThatChangesTheShapeIsRefused() {
        var random = new SplittableRandom(1);
        var x = Tensor.of(NdArray.zeros(DType.F32, 8, 4));
        var model = Sequential.of(Residual.plain(Linear.of(4, 2, Init.heNormal(), random)));
        assertRefused(() -> model.forward(x), "Residual at 0", "(8, 4)", "(8, 2)", "x + F(x)", "outside the block");
        // Would broadcast, and hide the mistake.
        assertRefused(() -> Residual.plain(Linear.of(4, 1, Init.heNormal(), random)).forward(x), "(8, 4)", "(8, 1)");
        assertRefused(() -> new Residual(Placement.PRE, null, model), "PRE", "norm null");
        assertRefused(() -> new Residual(Placement.NONE, LayerNorm.of(2), model), "NONE");
    }
}
