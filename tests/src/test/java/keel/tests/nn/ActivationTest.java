package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.awayFromZero;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Glu;
import keel.nn.layer.GumbelSoftmax;
import keel.nn.layer.Layer;
import keel.nn.layer.PRelu;
import keel.nn.layer.Pass;
import keel.nn.layer.RRelu;
import keel.nn.layer.Softmax;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ActivationTest {
    // Every kink of these is among the points.
    private static final double[] POINTS = {-100, -6, -3, -1.5, -1, -0.5, -0.25, 0, 0.1, 0.25, 0.5, 1, 1.5, 3, 6, 25, 100};

    private static final Map<String, Activation> ALL = new LinkedHashMap<>();

    static {
        ALL.put("logSigmoid", Activation.logSigmoid());
        ALL.put("softplus", Activation.softplus());
        ALL.put("softplus3", Activation.softplus(3, 0.2));
        ALL.put("mish", Activation.mish());
        ALL.put("elu", Activation.elu());
        ALL.put("elu7", Activation.elu(0.7));
        ALL.put("selu", Activation.selu());
        ALL.put("celu", Activation.celu());
        ALL.put("celu13", Activation.celu(1.3));
        ALL.put("softsign", Activation.softsign());
        ALL.put("tanhShrink", Activation.tanhShrink());
        ALL.put("relu6", Activation.relu6());
        ALL.put("hardTanh", Activation.hardTanh());
        ALL.put("hardTanh2", Activation.hardTanh(-0.5, 3));
        ALL.put("hardSwish", Activation.hardSwish());
        ALL.put("hardSigmoid", Activation.hardSigmoid());
        ALL.put("hardShrink", Activation.hardShrink());
        ALL.put("softShrink", Activation.softShrink());
        ALL.put("softShrink1", Activation.softShrink(1));
        ALL.put("threshold", Activation.threshold(0.1, 20));
        ALL.put("reluSquared", Activation.reluSquared());
        ALL.put("squareplus", Activation.squareplus());
    }

    // At the points: with PyTorch's derivative at every kink. squareplus is compared where its textbook form has digits.
    @Test
    void valuesAndDerivativesArePyTorchs() {
        ALL.forEach((name, f) -> {
            var x = Tensor.parameter(NdArray.of(POINTS));
            var y = f.forward(x, training());
            var dx = y.sum().backward().of(x).doubles();
            for (int i = 0; i < POINTS.length; i++) {
                double slack = name.equals("squareplus") ? 1e-11 : 1e-13;
                double value = Golden.of("act " + name)[i];
                double slope = Golden.of("act " + name + " d")[i];
                int at = i;
                assertEquals(value, y.value().doubles()[i], slack * Math.max(1e-3, Math.abs(value)),
                    () -> name + " at " + POINTS[at]);
                assertEquals(slope, dx[i], slack * Math.max(1e-3, Math.abs(slope)), () -> name + "' at " + POINTS[at]);
            }
        });
    }

    @Test
    void secondDerivativesAreRight() {
        ALL.forEach((name, f) -> assertDifferentiable(t -> f.forward(t[0], training()).square(),
            NdArray.of(-4.3, -2.1, -0.7, -0.37, -0.13, 0.17, 0.41, 0.63, 1.2, 2.2, 4.4)));
    }

    // More than a tile, with an end; each derivative is bounded by 2 or grows like x.
    @Test
    void floatsAreNearDoubles() {
        var x = NdArray.normal(DType.F32, Shape.of(5003), 0, 3, new SplittableRandom(5));
        ALL.forEach((name, f) -> {
            var narrow = Tensor.parameter(x);
            var wide = Tensor.parameter(x.cast(DType.F64));
            var y = f.forward(narrow, training());
            var z = f.forward(wide, training());
            assertArrayEquals(z.value().doubles(), y.value().toDoubles(), 2e-5, name);
            var dx = Backward.from(y).seed(Tensor.of(x)).run().of(narrow);
            var dz = Backward.from(z).seed(Tensor.of(x.cast(DType.F64))).run().of(wide);
            assertArrayEquals(dz.doubles(), dx.toDoubles(), 5e-5, name);
        });
    }

    // exp(−100) is 3.7e-44 and has bits in F32; at 1e30 squares overflow.
    @Test
    void tailsAreKeptAndNothingOverflows() {
        var x = NdArray.of(-1e4f, -80f, -20f, 20f, 80f, 1e4f);
        assertEquals(1.804851387e-35, -Activation.logSigmoid().forward(Tensor.of(NdArray.of(80f))).item(), 1e-40);
        assertEquals(1.804851387e-35, Activation.softplus().forward(Tensor.of(NdArray.of(-80f))).item(), 1e-40);
        assertEquals(-80 * 1.804851387e-35, Activation.mish().forward(Tensor.of(NdArray.of(-80f))).item(), 2e-39);
        assertEquals(1e-4, Activation.squareplus().forward(Tensor.of(NdArray.of(-1e4f))).item(), 1e-10);
        ALL.forEach((name, f) -> {
            var t = Tensor.parameter(x);
            var y = f.forward(t, training());
            assertTrue(name.equals("reluSquared") || y.value().isFinite(), name);
            assertTrue(y.sum().backward().of(t).isFinite(), name);
            assertTrue(Double.isNaN(f.forward(Tensor.of(NdArray.of(Float.NaN))).item()), name + " hides a NaN");
        });
        var huge = Tensor.parameter(NdArray.of(Float.POSITIVE_INFINITY));
        assertEquals(1, Activation.hardSwish().forward(huge, training()).sum().backward().of(huge).item());
    }

    // What is not chosen overflows for no x: 0 times its derivative would be NaN.
    @Test
    void secondDerivativesAreFiniteFarOut() {
        ALL.forEach((name, f) -> {
            var x = Tensor.parameter(NdArray.of(-1e4f, -100f, -1f, 0f, 1f, 100f, 1e4f));
            var slope = Backward.from(f.forward(x, training()).sum()).createGraph().run().tensorOf(x);
            if (slope.wantsGradient()) assertTrue(slope.sum().backward().of(x).isFinite(), name);
        });
    }

    // As in PyTorch: a NaN on the way forward does not become a clean 0 on the way back.
    @Test
    void nanLetsTheGradientPassOrMakesItNaN() {
        var x = Tensor.parameter(NdArray.full(DType.F32, Shape.of(37), Double.NaN));
        for (var f : List.of(Activation.relu(), Activation.elu(), Activation.celu(), Activation.hardSwish())) {
            var name = f.toString();
            assertEquals(37, f.forward(x, training()).sum().backward().of(x).sum().item(), name);
            assertEquals(37, Backward.from(f.forward(x, training()).sum()).createGraph().run().of(x).sum().item(),
                name + ", recorded");
        }
        for (var f : List.of(Activation.softplus(), Activation.softplus(2, 5), Activation.mish())) { // as in PyTorch
            assertTrue(Double.isNaN(f.forward(x, training()).sum().backward().of(x).sum().item()), f.toString());
        }
        var selu = Activation.selu().forward(x, training()).sum();
        assertEquals(37 * 1.0507009873554805, selu.backward().of(x).sum().item(), 1e-4);
    }

    // The fixed point of Klambauer et al. 2017: N(0, 1) in, mean 0 and variance 1 out.
    @Test
    void seluKeepsMeanAndVariance() {
        double mean = 0;
        double square = 0;
        for (int i = -1536; i <= 1536; i++) {
            double z = i / 128.0;
            double y = Activation.selu().forward(Tensor.scalar(DType.F64, z)).item();
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / 128;
            mean += y * density;
            square += y * y * density;
        }
        assertEquals(0, mean, 1e-5);
        assertEquals(1, square, 1e-5);
    }

    @Test
    void layersWithParametersOrGatesAreThoseOfPyTorch() {
        Golden.assertCase("prelu", t -> new PRelu(t[1]).forward(t[0], training()), ramp(1, 2, 3, 2), NdArray.of(0.25, -0.5, 2));
        Golden.assertCase("rrelu", t -> RRelu.of().forward(t[0], Pass.inference()), ramp(1, 2, 3));
        Golden.assertCase("glu", t -> Glu.of().axis(1).forward(t[0], training()), ramp(1, 2, 4, 2));
        Golden.assertCase("swiglu", t -> Glu.swiglu().forward(t[0], training()), ramp(1, 2, 4));
        Golden.assertCase("geglu", t -> Glu.geglu().forward(t[0], training()), ramp(1, 2, 4));
        Golden.assertCase("softmin", t -> Softmax.min().axis(1).forward(t[0], training()), ramp(1, 2, 4, 2));
        var x = ramp(1, 2, 4);
        assertSameBits(x.slice(1, 0, 2).mul(x.slice(1, 2, 4).relu()), Glu.reglu().forward(Tensor.of(x)).value());
        assertSameBits(x.slice(1, 0, 2).mul(x.slice(1, 2, 4)), Glu.bilinear().forward(Tensor.of(x)).value());
        assertSameBits(x.softmax(1), Softmax.of().forward(Tensor.of(x)).value());
        assertSameBits(x.logSoftmax(0), Softmax.log().axis(0).forward(Tensor.of(x)).value());
    }

    @Property(tries = 15)
    void gradientsOfLayersAreRight(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int n) {
        var random = new SplittableRandom(seed);
        assertDifferentiable(t -> new PRelu(t[1]).forward(t[0], training()), awayFromZero(random, n, 3), normal(random, 3));
        assertDifferentiable(t -> new PRelu(t[1]).forward(t[0], training()), awayFromZero(random, n), normal(random, 1));
        assertDifferentiable(t -> RRelu.of().forward(t[0], training()).square(), awayFromZero(random, n, 3));
        for (var glu : List.of(Glu.of(), Glu.swiglu(), Glu.geglu(), Glu.bilinear())) {
            assertDifferentiable(t -> glu.forward(t[0], training()), normal(random, n, 4));
        }
        assertDifferentiable(t -> GumbelSoftmax.of().temperature(0.7).forward(t[0], training()), normal(random, n, 4));
    }

    @Property(tries = 30)
    void sparsemaxIsTheProjectionOntoTheSimplex(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
        var random = new SplittableRandom(seed);
        var x = normal(random, 3, n).mul(1.5);
        var y = Softmax.sparse().forward(Tensor.of(x)).value();
        assertArrayEquals(new double[] {1, 1, 1}, y.sum(false, 1).doubles(), 1e-12);
        assertTrue(y.min().item() >= 0);
        double near = y.sub(x).norm();
        for (int i = 0; i < 20; i++) { // no other point of the simplex is nearer
            assertTrue(normal(random, 3, n).softmax(1).sub(x).norm() >= near);
        }
        assertSameBits(y.transpose(), Softmax.sparse().axis(0).forward(Tensor.of(x.transpose())).value());
    }

    // Numbers by hand: support {0, 1}, τ = (1 + ½ − 1)/2 = ¼; on it dx = dy − mean.
    @Test
    void sparsemaxAndItsGradient() {
        var x = Tensor.parameter(NdArray.of(1.0, 0.5, -1));
        var y = Softmax.sparse().forward(x, training());
        Samples.assertNear(y.value(), 0.75, 0.25, 0);
        Samples.assertNear(y.mul(Tensor.of(NdArray.of(1.0, 3, 7))).sum().backward().of(x), -1, 1, 0);
        assertDifferentiable(t -> Softmax.sparse().forward(t[0], training()).square(), 
            NdArray.of(Shape.of(2, 3), new double[] {1, 0.5, -1, 0.2, 0.3, 0.1}));
    }

    // P(argmax(x + g) = i) = softmax(x)ᵢ: the Gumbel-max trick.
    @Test
    void hardGumbelSoftmaxDrawsFromTheSoftmax() {
        var x = Tensor.of(NdArray.of(0.0, 1, 2).expand(Shape.of(20_000, 3)));
        var pass = Pass.training(new SplittableRandom(3));
        var draws = GumbelSoftmax.of().hard(true).temperature(0.5).forward(x, pass).value();
        double sixSigma = 6 * 0.5 / Math.sqrt(20_000);
        assertArrayEquals(NdArray.of(0.0, 1, 2).softmax(0).doubles(), draws.mean(false, 0).doubles(), sixSigma);
        for (double v : draws.doubles()) assertTrue(Math.abs(v - Math.rint(v)) < 1e-12);
        // In inference there is no noise.
        var logits = NdArray.of(0.0, 2, 1);
        Samples.assertNear(GumbelSoftmax.of().hard(true).forward(Tensor.of(logits)).value(), 0, 1, 0);
        var soft = GumbelSoftmax.of().temperature(0.5).forward(Tensor.of(logits)).value();
        assertSameBits(logits.div(0.5).softmax(0), soft);
    }

    @Test
    void hardGumbelSoftmaxHasTheGradientOfTheSoftOne() {
        var x = parameter(1, 2, 3);
        var w = Tensor.of(ramp(4, 2, 3));
        var soft = GumbelSoftmax.of().forward(x, training()).mul(w).sum().backward().of(x);
        var hard = GumbelSoftmax.of().hard(true).forward(x, training()).mul(w).sum().backward().of(x);
        assertArrayEquals(soft.doubles(), hard.doubles(), 1e-15);
    }

    @Test
    void rreluDrawsItsSlopesInTrainingOnly() {
        var x = Tensor.of(NdArray.full(DType.F64, Shape.of(5000), -1));
        var slopes = RRelu.of().forward(x, training()).value().neg();
        assertTrue(slopes.min().item() >= 1.0 / 8 && slopes.max().item() <= 1.0 / 3);
        assertEquals((1.0 / 8 + 1.0 / 3) / 2, slopes.mean().item(), 6 * (1.0 / 3 - 1.0 / 8) / Math.sqrt(12 * 5000));
        assertNotEquals(slopes.min().item(), slopes.max().item());
        assertEquals(-(1.0 / 8 + 1.0 / 3) / 2, RRelu.of().forward(x).value().max().item(), 1e-15);
    }

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(List.of("weight"), PRelu.of().parameters().names());
        assertEquals(0.25, PRelu.of().weight().item());
        for (Layer layer : List.of(RRelu.of(), Glu.of(), GumbelSoftmax.of(), Softmax.of())) {
            assertEquals(0, layer.parameters().size());
        }
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        assertRefused(() -> Activation.softplus(0, 20), "softplus", "beta is 0.0");
        assertRefused(() -> Activation.celu(0), "celu", "alpha is 0.0");
        assertRefused(() -> Activation.mish().forward(Tensor.of(NdArray.of(1, 2))), "mish: not defined for I32 (2)");
        assertRefused(() -> Activation.hardTanh(1, -1), "hardTanh", "-1.0");
        assertRefused(() -> Activation.softShrink(-1), "softShrink", "-1.0");
        assertRefused(() -> RRelu.of(1, 0), "RRelu", "low ≤ high");
        assertRefused(() -> GumbelSoftmax.of().temperature(0), "GumbelSoftmax", "0.0");
        assertRefused(() -> Glu.of().forward(parameter(1, 2, 3)), "Glu", "(2, 3)", "even");
        assertRefused(() -> PRelu.of(DType.F64, 3, 0.25).forward(parameter(1, 2, 4)), "PRelu", "(2, 4)", "(n, 3, …)");
        assertRefused(() -> new PRelu(parameter(1, 2, 2)), "PRelu", "(2, 2)");
    }
}
