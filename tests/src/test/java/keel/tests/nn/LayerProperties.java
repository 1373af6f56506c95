package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.awayFromZero;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Flatten;
import keel.nn.layer.Identity;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LayerProperties {
    @Provide
    Arbitrary<Activation> activations() {
        return Arbitraries.of(List.of(Activation.sigmoid(), Activation.tanh(), Activation.relu(), Activation.leakyRelu(),
            Activation.leakyRelu(0.3), Activation.gelu(), Activation.geluTanh(), Activation.silu()));
    }

    @Property(tries = 40)
    void gradientsOfLinearAreRight(@ForAll long seed, @ForAll @IntRange(max = 3) int n,
            @ForAll @IntRange(min = 1, max = 4) int in, @ForAll @IntRange(min = 1, max = 4) int out, @ForAll boolean batched) {
        var random = new SplittableRandom(seed);
        var x = batched ? normal(random, 2, n, in) : normal(random, n, in);
        assertDifferentiable(t -> new Linear(t[1], t[2]).forward(t[0], training()), x, normal(random, out, in), normal(random,
            out));
        assertDifferentiable(t -> new Linear(t[1], null).forward(t[0], training()), normal(random, in), normal(random, out, in));
    }

    @Property(tries = 60)
    void gradientsOfActivationsAreRight(@ForAll long seed, @ForAll("activations") Activation activation,
            @ForAll @IntRange(max = 3) int n, @ForAll @IntRange(max = 4) int features) {
        assertDifferentiable(t -> activation.forward(t[0], training()), awayFromZero(new SplittableRandom(seed), n, features));
    }

    @Property(tries = 30)
    void gradientsOfTheOtherLayersAreRight(@ForAll long seed, @ForAll @IntRange(max = 3) int n,
            @ForAll @DoubleRange(min = 0, max = 1) double p) {
        var x = normal(new SplittableRandom(seed), n, 2, 3);
        assertDifferentiable(t -> Dropout.of(p).forward(t[0], Pass.training(new SplittableRandom(seed))), x);
        assertDifferentiable(t -> Flatten.of().forward(t[0].square(), training()), x);
        assertDifferentiable(t -> Identity.of().forward(t[0].square(), training()), x);
    }

    @Property(tries = 15)
    void gradientsOfAChainAreRight(@ForAll long seed, @ForAll("activations") Activation activation) {
        var random = new SplittableRandom(seed);
        // Smooth ones only: inside a chain nothing keeps values away from a kink.
        var smooth = activation.name().contains("elu") && !activation.name().startsWith("gelu") ? Activation.silu() : activation;
        assertDifferentiable(t -> Sequential.of(new Linear(t[1], t[2]), smooth, Flatten.of(), new Linear(t[3],
            null)).forward(t[0], training()),
            normal(random, 2, 3), normal(random, 4, 3), normal(random, 4), normal(random, 2, 4));
    }

    @Property(tries = 40)
    void aLinearLayerIsItsFormula(@ForAll long seed, @ForAll @IntRange(max = 3) int n,
            @ForAll @IntRange(min = 1, max = 40) int in, @ForAll @IntRange(min = 1, max = 20) int out) {
        var random = new SplittableRandom(seed);
        var layer = Linear.of(DType.F64, in, out, Init.normal(1), Init.normal(1), random);
        var x = normal(random, n, in);
        var y = new double[n * out];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < out; j++) {
                double sum = layer.bias().value().get(j);
                for (int k = 0; k < in; k++) sum += x.get(i, k) * layer.weight().value().get(j, k);
                y[i * out + j] = sum;
            }
        }
        assertArrayEquals(y, layer.forward(Tensor.of(x)).value().doubles(), 1e-12);
    }

    // Of n kept-or-dropped ones: mean 1, variance p/(1 − p); 6 standard errors.
    @Property(tries = 20)
    void dropoutKeepsTheExpectation(@ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.9) double p) {
        int n = 20_000;
        var y = Dropout.of(p).forward(Tensor.of(NdArray.ones(DType.F64, n)), Pass.training(new SplittableRandom(seed))).value();
        assertEquals(1, y.mean().item(), 6 * Math.sqrt(p / (1 - p) / n));
        for (double v : y.doubles()) if (v != 0) assertEquals(1 / (1 - p), v, 1e-15 / (1 - p));
    }

    @Property(tries = 20)
    void dropoutDrawsWhatItsGeneratorGives(@ForAll long seed) {
        var x = Tensor.of(NdArray.normal(DType.F32, Shape.of(10, 10), 0, 1, new SplittableRandom(seed)));
        assertSameBits(Dropout.of(0.4).forward(x, Pass.training(new SplittableRandom(seed))).value(),
            Dropout.of(0.4).forward(x, Pass.training(new SplittableRandom(seed))).value());
    }
}
