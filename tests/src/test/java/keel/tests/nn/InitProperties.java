package keel.tests.nn;

import static keel.tests.nn.Samples.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.init.Fan;
import keel.nn.init.Fans;
import keel.nn.init.Gain;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Linear;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InitProperties {
    // Formulas of a few roundings.
    private static final double EXACT = 1e-15;
    private static final Shape[] SHAPES = {Shape.of(128, 64), Shape.of(32, 16, 3, 3), Shape.of(8, 4, 5)};

    // What torch.nn.init of PyTorch 2.13 hands to normal_ and uniform_ for tensors of these shapes (std, or upper bound).
    @Test
    void standardDeviationsAndBoundsAreThoseOfPyTorch() {
        double[] xavierNormal = {0.10206207261596575, 0.06804138174397717, 0.18257418583505536};
        double[] xavierUniformTanh = {0.2946278254943948, 0.19641855032959651, 0.5270462766947299};
        double[] kaimingNormal = {0.1767766952966369, 0.11785113019775793, 0.31622776601683794};
        double[] kaimingUniform = {0.3061862178478973, 0.2041241452319315, 0.5477225575051661};
        double[] kaimingNormalFanOutTanh = {0.1473139127471974, 0.09820927516479828, 0.26352313834736496};
        double[] kaimingUniformFanOutLinear = {0.15309310892394862, 0.10206207261596575, 0.27386127875258304};
        double[] linearReset = {0.12499999999999999, 0.08333333333333331, 0.22360679774997894};
        for (int i = 0; i < SHAPES.length; i++) {
            assertEquals(xavierNormal[i], std(Init.xavierNormal(), SHAPES[i]), EXACT);
            assertEquals(xavierUniformTanh[i], bound(Init.xavierUniform(Gain.tanh()), SHAPES[i]), EXACT);
            assertEquals(kaimingNormal[i], std(Init.heNormal(), SHAPES[i]), EXACT);
            assertEquals(kaimingUniform[i], bound(Init.heUniform(), SHAPES[i]), EXACT);
            assertEquals(kaimingNormalFanOutTanh[i], std(Init.heNormal(Fan.OUT, Gain.tanh()), SHAPES[i]), EXACT);
            assertEquals(kaimingUniformFanOutLinear[i], bound(Init.heUniform(Fan.OUT, Gain.linear()), SHAPES[i]), EXACT);
            assertEquals(linearReset[i], bound(Init.pytorchDefault(), SHAPES[i]), EXACT);
        }
    }

    @Test
    void fansCountTheReceptiveField() {
        assertEquals(new Fans(64, 128), Fans.of(SHAPES[0]));
        assertEquals(new Fans(144, 288), Fans.of(SHAPES[1]));
        assertEquals(new Fans(20, 40), Fans.of(SHAPES[2]));
    }

    @Property(tries = 50)
    void theVarianceFormulasHoldForAnyShape(@ForAll @IntRange(min = 1, max = 500) int in,
            @ForAll @IntRange(min = 1, max = 500) int out, @ForAll @DoubleRange(min = 0.01, max = 5) double gain) {
        var shape = Shape.of(out, in);
        double xavier = gain * gain * 2 / (in + out);
        assertEquals(xavier, square(std(Init.xavierNormal(gain), shape)), 1e-12 * xavier);
        assertEquals(xavier, square(bound(Init.xavierUniform(gain), shape)) / 3, 1e-12 * xavier);
        for (var fan : Fan.values()) {
            double he = gain * gain / (fan == Fan.IN ? in : fan == Fan.OUT ? out : (in + out) / 2.0);
            assertEquals(he, square(std(Init.heNormal(fan, gain), shape)), 1e-12 * he);
            assertEquals(he, square(bound(Init.heUniform(fan, gain), shape)) / 3, 1e-12 * he);
        }
        assertEquals(square(std(Init.heNormal(), shape)) / 6, square(bound(Init.pytorchDefault(), shape)) / 3, 1e-12 / in);
    }

    @Property(tries = 20)
    void samplesHaveTheirMeanAndVariance(@ForAll long seed, @ForAll @DoubleRange(min = 0.1, max = 3) double gain) {
        var shape = Shape.of(120, 80);
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            assertMoments(Init.heNormal(gain).create(dtype, shape, new SplittableRandom(seed)), 0, gain / Math.sqrt(80), 3);
            assertMoments(Init.xavierNormal(gain).create(dtype, shape, new SplittableRandom(seed)), 0, gain * 0.1, 3);
            assertMoments(Init.normal(gain, 2).create(dtype, shape, new SplittableRandom(seed)), gain, 2, 3);
            assertMoments(Init.heUniform(gain).create(dtype, shape, new SplittableRandom(seed)), 0, gain / Math.sqrt(80), 1.8);
            assertMoments(Init.uniform(-gain, 2 * gain).create(dtype, shape, new SplittableRandom(seed)), gain / 2,
                gain * Math.sqrt(0.75), 1.8);
        }
    }

    // Six standard errors of the mean, σ/√n, and of the variance, σ²·√((kurtosis − 1)/n).
    private static void assertMoments(NdArray x, double mean, double std, double kurtosis) {
        double m = x.cast(DType.F64).mean().item();
        double v = x.cast(DType.F64).sub(mean).square().mean().item();
        assertEquals(mean, m, 6 * std / Math.sqrt(x.size()));
        assertEquals(std * std, v, 6 * std * std * Math.sqrt((kurtosis - 1) / x.size()));
    }

    @Property(tries = 20)
    void uniformDrawsStayWithinTheirBound(@ForAll long seed) {
        var x = Init.heUniform().create(DType.F32, Shape.of(60, 50), new SplittableRandom(seed));
        float bound = (float) Math.sqrt(6.0 / 50);
        assertTrue(x.abs().max().item() <= bound);
        assertTrue(x.abs().max().item() > 0.98 * bound);
    }

    // The bits that any JVM must draw: a change here changes every experiment.
    // Fifteen digits agree with SplittableRandom and Box–Muller written out in Python.
    @Test
    void oneSeedGivesTheSameBitsEverywhere() {
        var f64 = Init.heNormal().create(DType.F64, Shape.of(2, 3), new SplittableRandom(42));
        assertArrayEquals(new double[] {0.7203532154577086, -0.36811738203613953, 0.15378928176438905, 0.17929152782755553,
            -0.5473560095666412, -0.5523827880580258}, f64.doubles(), 0);
        assertArrayEquals(f64.toFloats(), Init.heNormal().create(DType.F32, Shape.of(2, 3), new SplittableRandom(42)).floats(),
            0);
    }

    @Test
    void constantsAreConstant() {
        var bias = Shape.of(3);
        assertArrayEquals(new float[] {0, 0, 0}, Init.zeros().create(DType.F32, bias, null).floats());
        assertArrayEquals(new float[] {1, 1, 1}, Init.ones().create(DType.F32, bias, null).floats());
        assertArrayEquals(new double[] {0.25, 0.25, 0.25}, Init.constant(0.25).create(DType.F64, bias, null).doubles());
        assertArrayEquals(new double[] {7, 7, 7}, Init.normal(7, 0).create(DType.F64, bias, new SplittableRandom(1)).doubles());
    }

    @Test
    void anEmptyWeightHasNothingToDraw() {
        for (var init : new Init[] {Init.heNormal(), Init.heUniform(), Init.xavierNormal(), Init.xavierUniform(),
            Init.pytorchDefault()}) {
            assertEquals(0, init.create(DType.F32, Shape.of(5, 0), new SplittableRandom(1)).size());
            assertEquals(0, init.create(DType.F32, Shape.of(0, 5), new SplittableRandom(1)).size());
        }
    }

    // torch.nn.init.calculate_gain of PyTorch 2.13.
    @Test
    void gainsAreThoseOfPyTorch() {
        assertEquals(1, Gain.linear());
        assertEquals(1, Gain.sigmoid());
        assertEquals(1.6666666666666667, Gain.tanh(), EXACT);
        assertEquals(1.4142135623730951, Gain.relu(), EXACT);
        assertEquals(1.3867504905630728, Gain.leakyRelu(0.2), EXACT);
        assertEquals(0.75, Gain.selu());
    }

    // E[φ(z)²]^−½ by mpmath's quad with 30 digits over (−∞, −3, 0, 3, ∞).
    @Test
    void computedGainsKeepTheSecondMoment() {
        assertEquals(1.53353044119553523, Activation.gelu().gain(), 1e-12);
        assertEquals(1.67653247033109116, Activation.silu().gain(), 1e-12);
        assertEquals(1.59253741972283143, Activation.tanh().gain(), 1e-12);
        assertEquals(1.84622854533860541, Activation.sigmoid().gain(), 1e-12);
        assertEquals(Gain.relu(), Activation.relu().gain(), 1e-12);
        assertEquals(Gain.leakyRelu(0.2), Activation.leakyRelu(0.2).gain(), 1e-12);
        assertEquals(1 / Math.sqrt(3), Gain.computed(z -> z * z), 1e-12);
    }

    @Test
    void aFunctionOfTheUserIsAnInit() {
        Init diagonal = (dtype, shape, _, _) -> NdArray.eye(dtype, shape.extent(0));
        var layer = Linear.of(3, 3, diagonal, null);
        assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, layer.weight().value().floats());
    }

    @Test
    void aBiasGetsTheFansOfItsWeight() {
        var layer = Linear.of(DType.F64, 400, 1000, Init.zeros(), Init.pytorchDefault(), new SplittableRandom(3));
        double largest = layer.bias().value().abs().max().item();
        assertTrue(largest <= 1.0 / 20 && largest > 0.98 / 20, () -> "largest bias " + largest);
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        var random = new SplittableRandom(1);
        assertRefused(() -> Fans.of(Shape.of(5)), "(5)", "fewer than 2 axes", "zeros");
        assertRefused(() -> Fans.of(Shape.of()), "()", "fewer than 2 axes");
        assertRefused(() -> Init.heNormal().create(DType.F32, Shape.of(5), random), "has no fans", "zeros");
        assertRefused(() -> Init.normal(-1), "std -1.0");
        assertRefused(() -> Init.normal(Double.NaN, 1), "mean NaN");
        assertRefused(() -> Init.normal(0, Double.POSITIVE_INFINITY), "std Infinity");
        assertRefused(() -> Init.uniform(2, 1), "low 2.0", "high 1.0");
        assertRefused(() -> Init.uniform(0, Double.NaN), "high NaN");
        assertRefused(() -> Init.xavierNormal(Double.NaN), "xavierNormal", "gain NaN");
        assertRefused(() -> Init.heUniform(-2), "heUniform", "gain -2.0");
        assertRefused(() -> Init.zeros().create(DType.I32, Shape.of(2, 2), random), "I32", "F32");
        assertRefused(() -> Init.normal(1).create(DType.F32, Shape.of(2, 2), null), "generator is null", "SplittableRandom");
        assertRefused(() -> Gain.computed(_ -> 0), "E[φ(z)²] is 0.0");
        assertRefused(() -> Gain.computed(_ -> Double.NaN), "E[φ(z)²] is NaN");
    }

    /// The standard deviation an Init draws with: from uniform numbers for which Box–Muller gives exactly 1.
    private static double std(Init init, Shape shape) {
        return init.create(DType.F64, shape, new Fixed(1 - Math.exp(-0.5), 0)).doubles()[0];
    }

    /// The bound an Init draws within: uniform numbers of 0 give the lower end.
    private static double bound(Init init, Shape shape) {
        return -init.create(DType.F64, shape, new Fixed(0, 0)).doubles()[0];
    }

    private static double square(double x) {
        return x * x;
    }

    /// Gives two uniform numbers in turn.
    private static final class Fixed implements RandomGenerator {
        private final double first;
        private final double second;
        private boolean odd;

        Fixed(double first, double second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public double nextDouble() {
            odd = !odd;
            return odd ? first : second;
        }

        @Override
        public long nextLong() {
            throw new AssertionError("an Init draws doubles only");
        }
    }
}
