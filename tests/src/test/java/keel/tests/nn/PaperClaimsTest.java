package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.init.DepthScale;
import keel.nn.init.Gain;
import keel.nn.init.Init;
import keel.nn.init.MuP;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Lsuv;
import keel.nn.layer.Parameter;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.DyT;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.Adam;
import keel.nn.optim.Optimizer;
import keel.nn.residual.DeepNorm;
import keel.nn.residual.Residual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What the papers say their techniques do, each beside the same net without it. One seed is enough: the bits are the same on
/// every machine, and the figures in the comments are what was measured.
class PaperClaimsTest {
    private static final int WIDTH = 32;
    private static final int BLOCKS = 50;
    private static final int STEPS = 60;
    private static final double RATE = 3e-3;
    private static final Activation RELU = Activation.relu();

    // Mishkin and Matas 2015: unit variance layer by layer, for any activation. PyTorch's default leaves between 6e-11 (tanh) and
    // 2e-22 (gelu, silu) of it after 20 layers.
    @Test
    void lsuvGivesUnitVarianceLayerByLayer() {
        var batch = Tensor.of(Digits.split(1).train().x().slice(0, 0, 128));
        for (var activation : List.of(RELU, Activation.gelu(), Activation.tanh(), Activation.silu())) {
            var model = stack(20, activation, Init.pytorchDefault(), new SplittableRandom(1));
            double before = variances(model, batch)[19];
            assertTrue(before < 1e-3, activation + " " + before);
            var done = Lsuv.defaults().initialize(model, batch, new SplittableRandom(2));
            assertEquals(20, done.size());
            for (double variance : variances(model, batch)) assertEquals(1, variance, 0.1, activation.toString());
        }
    }

    // In the limit of infinite width a layer turns the variance q into gain²·E[φ(√q·z)²].
    @Test
    void computedGainsKeepTheVarianceOfFiftyLayers() {
        for (var activation : List.of(Activation.gelu(), Activation.silu(), Activation.tanh())) {
            assertEquals(1, fiftyLayers(activation, activation.gain()), 0.05, activation.toString());
        }
        // He's gain was made for relu: gelu 3e-14, silu 3e-15, tanh 0.62.
        assertTrue(fiftyLayers(Activation.gelu(), Gain.relu()) < 1e-13);
        assertTrue(fiftyLayers(Activation.silu(), Gain.relu()) < 1e-14);
        assertEquals(0.62, fiftyLayers(Activation.tanh(), Gain.relu()), 0.01);
    }

    private static double fiftyLayers(Activation activation, double gain) {
        DoubleUnaryOperator layer = q -> {
            double root = Gain.computed(z -> activation.forward(Tensor.scalar(DType.F64, Math.sqrt(q) * z)).item());
            return gain * gain / (root * root);
        };
        double q = 1;
        for (int i = 0; i < 50; i++) q = layer.applyAsDouble(q);
        return q;
    }

    // At width 256, tanh's map draws the variance to 1: between 0.995 and 1.012 in every layer.
    @Test
    void aRealTanhNetKeepsItsVarianceThroughFiftyLayers() {
        double[] computed = signal(Activation.tanh(), Activation.tanh().gain());
        for (double variance : computed) assertEquals(1, variance, 0.05);
        for (double variance : signal(Activation.tanh(), Gain.relu())) assertTrue(variance < 0.85);
    }

    // gelu and silu push it away from 1, an error growing by 14 and 17 % a layer: 10 and 22,000 after 50, and with He's gain
    // 10⁻¹⁴ and 10⁻¹⁵.
    @Test
    void realGeluAndSiluNetsKeepTheirSignalAlive() {
        for (var activation : List.of(Activation.gelu(), Activation.silu())) {
            double[] computed = signal(activation, activation.gain());
            for (int layer = 0; layer < 10; layer++) assertEquals(0, Math.log10(computed[layer]), 1.2, activation + " " + layer);
            assertTrue(computed[49] > 0.1 && computed[49] < 1e7, activation + " " + computed[49]);
            assertTrue(signal(activation, Gain.relu())[49] < 1e-12, activation.toString());
        }
    }

    // Variance of each layer of a net of orthogonal weights, from N(0, 1).
    private static double[] signal(Activation activation, double gain) {
        var random = new SplittableRandom(1);
        var w = Init.orthogonal(gain).create(DType.F32, Shape.of(256, 256), random);
        var z = NdArray.normal(DType.F32, Shape.of(64, 256), 0, 1, random);
        var variances = new double[50];
        for (int layer = 0; layer < variances.length; layer++) {
            var mixed = NdArray.arange(DType.I32, 256).ints(); // another orthogonal matrix: rows in another order
            for (int i = mixed.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = mixed[i];
                mixed[i] = mixed[j];
                mixed[j] = swap;
            }
            z = activation.forward(Tensor.of(z)).value().matmulNT(w.indexSelect(0, NdArray.of(mixed)));
            variances[layer] = z.square().mean().item();
        }
        return variances;
    }

    // Zhang et al. 2019, Bachlechner et al. 2020, De and Smith 2020: 100 layers without normalization. After 60 steps of Adam,
    // Fixup 0.34, ReZero 0.22, SkipInit 0.21, 1/√(2L) 0.14; the plain residual net has a loss of 10⁶, and without shortcuts
    // nothing is learned, 2.30.
    @Test
    void deepNetsTrainWithoutNormalization() {
        assertTrue(train(r -> Residual.fixup(DType.F32, RELU, Linear.withoutBias(WIDTH, WIDTH, Init.fixup(BLOCKS, 2), r),
            Linear.withoutBias(WIDTH, WIDTH, Init.zeros(), r))) < 0.7);
        assertTrue(train(r -> Residual.reZero(DType.F32, body(r))) < 0.7);
        assertTrue(train(r -> Residual.skipInit(DType.F32, 1 / Math.sqrt(BLOCKS), body(r))) < 0.7);
        assertTrue(train(r -> Residual.scaled(DepthScale.residual(BLOCKS), body(r))) < 0.7);
        double plain = train(r -> Residual.plain(body(r)));
        assertTrue(plain > 100 || Double.isNaN(plain), "plain residuals: " + plain);
        double bare = train(r -> Sequential.of(Sequential.of(body(r)), RELU));
        assertTrue(bare > 1.5, "no shortcuts: " + bare);
    }

    // Zhu et al. 2025: where LayerNorm is replaced by DyT, the net still trains: 1.0 after 60 steps beside 0.38; with nothing in
    // its place it is the plain residual net above.
    @Test
    void dyTReplacesLayerNorm() {
        double layerNorm = train(r -> Residual.preNorm(LayerNorm.of(WIDTH), body(r)));
        double dyT = train(r -> Residual.preNorm(DyT.of(WIDTH), body(r)));
        assertTrue(layerNorm < 0.7, "LayerNorm " + layerNorm);
        assertTrue(dyT < 1.3, "DyT " + dyT);
    }

    // Wang et al. 2022: post-norm nets of 100 layers train, without warmup. 0.17; without the two scales 2.30.
    @Test
    void deepNormTrainsDeepPostNormNets() {
        double beta = DepthScale.deepNormWeight(BLOCKS);
        double deepNorm = train(r -> DeepNorm.of(BLOCKS, LayerNorm.of(WIDTH),
            Linear.of(WIDTH, WIDTH, Init.xavierNormal(Gain.relu() * beta), r), RELU,
            Linear.of(WIDTH, WIDTH, Init.xavierNormal(beta), r)));
        assertTrue(deepNorm < 0.7, "DeepNorm " + deepNorm);
        double postNorm = train(r -> Residual.postNorm(LayerNorm.of(WIDTH), body(r)));
        assertTrue(postNorm > 2, "post-norm " + postNorm);
    }

    // Huang et al. 2016: in expectation over its draws a trained net with stochastic depth is the whole net. A linear net is it
    // exactly; over 4,000 draws the mean comes as near as six of its standard errors.
    @Test
    void stochasticDepthIsTheWholeNetInExpectation() {
        var random = new SplittableRandom(1);
        var model = Sequential.repeat(10, () -> Residual.stochastic(0.3,
            Linear.of(DType.F64, 8, 8, Init.xavierNormal(0.3), random)));
        var x = NdArray.normal(DType.F64, Shape.of(1, 8), 0, 1, random);
        var draws = model.forward(Tensor.of(x.expand(Shape.of(4000, 8))), Pass.training(random)).value();
        var mean = draws.mean(true, 0);
        var error = draws.sub(mean).square().mean(true, 0).div(4000).sqrt();
        var off = model.forward(Tensor.of(x)).value().sub(mean).div(error);
        assertTrue(off.abs().max().item() < 6, off.toString());
        assertTrue(error.min().item() > 1e-3, "the draws do not differ");
    }

    // Yang et al. 2022: the best rate of a narrow net is that of a wide one. After 15 steps 2⁻⁶ is best at width 64; at 512 it
    // still is, and in the usual parametrization 2⁻⁸.
    @Test
    void muPKeepsTheBestRateFromNarrowToWide() {
        int narrow = bestRate(64, MuP.of(64, 64));
        assertEquals(narrow, bestRate(512, MuP.of(64, 512)), 1);
        assertTrue(bestRate(512, MuP.of(64, 64)) <= narrow - 2, "the usual parametrization keeps it too");
    }

    /// The large form, 13 seconds of processor time: at widths 64, 128, 256, 512 and 1024 the best of the rates 2⁻⁹ … 2⁻⁴ is 2⁻⁶,
    /// with losses of 0.759, 0.698, 0.630, 0.616 and 0.557 after 15 steps: wider is better. In the usual parametrization the best
    /// at 1024 is 2⁻⁹, or below it (2⁻¹⁰, which was not in the list: 0.367), and 2⁻⁶ gives 1.141.
    @Test
    @EnabledIfSystemProperty(named = "keel.slow", matches = "true")
    void muPKeepsTheBestRateFrom64To1024() {
        double last = Double.POSITIVE_INFINITY;
        for (int width = 64; width <= 1024; width *= 2) {
            assertEquals(-6, bestRate(width, MuP.of(64, width)), "width " + width);
            double loss = perceptron(width, MuP.of(64, width), StrictMath.pow(2, -6));
            assertTrue(loss < last, loss + " at width " + width + ", after " + last);
            last = loss;
        }
        assertEquals(-9, bestRate(1024, MuP.of(64, 64)));
    }

    // The exponent of 2 of the rate with the least loss.
    private static int bestRate(int width, MuP mup) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int exponent = -9; exponent <= -4; exponent++) {
            double loss = perceptron(width, mup, StrictMath.pow(2, exponent));
            if (loss < least) {
                least = loss;
                best = exponent;
            }
        }
        return best;
    }

    // The mean loss of the last 8 of 15 steps of Adam, with a rate for each role.
    private static double perceptron(int width, MuP mup, double rate) {
        var random = new SplittableRandom(1);
        var model = Sequential.of(Linear.of(Digits.PIXELS, width, Init.heNormal(), random), RELU,
            Linear.of(width, width, Init.heNormal(), random), RELU, Linear.of(width, width, Init.heNormal(), random), RELU,
            Linear.of(width, Digits.CLASSES, mup.start(MuP.Role.OUTPUT, Init.lecunNormal()), random));
        var optimizers = new EnumMap<MuP.Role, Optimizer>(MuP.Role.class);
        for (var role : MuP.Role.values()) {
            optimizers.put(role, Adam.defaults().over(model.parameters().only(p -> role(p) == role)));
        }
        var batches = Batches.of(Digits.split(1).train(), 64, new SplittableRandom(5));
        double sum = 0;
        for (int step = 0; step < 15; step++) {
            var batch = batches.next();
            var loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(random)), batch.labels());
            var gradients = loss.backward();
            optimizers.forEach((role, optimizer) -> optimizer.step(gradients, rate * mup.adamRate(role)));
            if (step >= 7) sum += loss.item() / 8;
        }
        return sum;
    }

    private static MuP.Role role(Parameter p) {
        if (p.role().equals("bias") || p.name().startsWith("0.")) return MuP.Role.INPUT;
        return p.tensor().extent(0) == Digits.CLASSES ? MuP.Role.OUTPUT : MuP.Role.HIDDEN;
    }

    private static Layer[] body(SplittableRandom random) {
        return new Layer[] {Linear.of(WIDTH, WIDTH, Init.heNormal(), random), RELU, Linear.of(WIDTH, WIDTH, Init.heNormal(),
            random)};
    }

    // The mean loss of the last 5 of 60 steps of Adam on the digits, through 50 blocks of two layers; NaN when it ends in one.
    private static double train(Function<SplittableRandom, Layer> block) {
        var random = new SplittableRandom(1);
        var model = Sequential.of(Linear.of(Digits.PIXELS, WIDTH, Init.heNormal(), random),
            Sequential.repeat(BLOCKS, () -> block.apply(random)), Linear.of(WIDTH, Digits.CLASSES, Init.zeros(), random));
        var batches = Batches.of(Digits.split(1).train(), 64, new SplittableRandom(5));
        var optimizer = Adam.defaults().over(model.parameters());
        double sum = 0;
        for (int step = 0; step < STEPS; step++) {
            var batch = batches.next();
            var loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(random)), batch.labels());
            if (!Double.isFinite(loss.item())) return Double.NaN;
            optimizer.step(loss.backward(), RATE);
            if (step >= STEPS - 5) sum += loss.item() / 5;
        }
        return sum;
    }

    private static Layer stack(int layers, Activation activation, Init init, SplittableRandom random) {
        return Sequential.of(Linear.of(Digits.PIXELS, 64, init, random), Sequential.repeat(layers - 1,
            () -> Sequential.of(activation, Linear.of(64, 64, init, random))));
    }

    // Variance of the output of each linear layer.
    private static double[] variances(Layer model, Tensor batch) {
        var variances = new double[20];
        var next = new int[1];
        model.forward(batch, Pass.inference().watching((_, layer, _, y) -> {
            if (layer instanceof Linear) {
                var v = y.value().cast(DType.F64);
                variances[next[0]++] = v.sub(v.mean().item()).square().mean().item();
            }
        }));
        return variances;
    }
}
