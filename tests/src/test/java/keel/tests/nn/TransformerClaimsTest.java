package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.Positions;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.attention.TransformerStart;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.init.DepthScale;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.model.TransformerClassifier;
import keel.nn.model.TransformerEncoder;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.Adam;
import org.junit.jupiter.api.Test;

/// What papers say of deep transformers, each beside the same net without the technique; and the encoder as a model. The digits
/// are read as sequences of eight rows. One seed is enough: the bits are the same on every machine, and the figures in the
/// comments are what was measured.
class TransformerClaimsTest {
    private static final int WIDTH = 16;
    private static final int BATCH = 16;

    // Wang et al. 2022: a deep post-norm transformer trains without warmup. 24 sublayers, Adam at 5e-3 from the first step; the
    // mean loss of the last 10 of 40 steps is 1.81, without the two scales 2.31, no better than guessing, 2.30.
    @Test
    void deepNormTrainsADeepPostNormTransformerWithoutWarmup() {
        double deepNorm = train(12, 40, 5e-3, 1, layer -> layer.deepNorm(12), TransformerStart::deepNorm);
        assertTrue(deepNorm < 2, "DeepNorm " + deepNorm);
        double postNorm = train(12, 40, 5e-3, 1, layer -> layer, TransformerClaimsTest::xavier);
        assertTrue(postNorm > 2.25, "post-norm " + postNorm);
    }

    // Huang et al. 2020: without normalization and without warmup, 50 weights in a row: four a block, the first and the last.
    // 2.03 after 60 steps and falling; started by Xavier alone it has jumped to 21 by the tenth step and stays worse than
    // guessing, 3.9.
    @Test
    void tFixupTrainsADeepTransformerWithoutNormalization() {
        double input = DepthScale.tFixupDecoder(12);
        double tFixup = train(12, 60, 5e-3, input, TransformerEncoderLayer::withoutNorm, TransformerStart::tFixup);
        assertTrue(tFixup < 2.15, "T-Fixup " + tFixup);
        double bare = train(12, 20, 5e-3, 1, TransformerEncoderLayer::withoutNorm, TransformerClaimsTest::xavier);
        assertTrue(bare > 3 || Double.isNaN(bare), "without normalization " + bare);
    }

    // With 96 sublayers at 3e-3, 1.89 and 2.31 after 100 steps. (T-Fixup is slower to begin there: still 2.30.)
    @Test
    void deeperStill() {
        assumeTrue(Boolean.getBoolean("keel.slow"));
        double deepNorm = train(48, 100, 3e-3, 1, layer -> layer.deepNorm(48), TransformerStart::deepNorm);
        assertTrue(deepNorm < 2, "DeepNorm " + deepNorm);
        double postNorm = train(48, 100, 3e-3, 1, layer -> layer, TransformerClaimsTest::xavier);
        assertTrue(postNorm > 2.25, "post-norm " + postNorm);
    }

    private interface Start {
        void start(Layer model, int blocks, SplittableRandom random);
    }

    private static void xavier(Layer model, int blocks, SplittableRandom random) {
        TransformerStart.xavier(model, 1, random);
    }

    // The mean loss of the last 10 steps; NaN where it ends in one.
    private static double train(int blocks, int steps, double rate, double input, UnaryOperator<TransformerEncoderLayer> form,
        Start start) {
        var random = new SplittableRandom(1);
        var encoder = TransformerEncoder.of(blocks,
            () -> form.apply(TransformerEncoderLayer.of(DType.F32, WIDTH, 1, 2 * WIDTH, random).dropout(0)));
        var model = Sequential.of(Linear.of(8, WIDTH, Init.lecunNormal(), random), Positions.sinusoidal(DType.F32, 8, WIDTH),
            Activation.of("times(" + input + ")", x -> x.mul(input)), encoder, Activation.of("mean", x -> x.mean(false, 1)),
            Linear.of(WIDTH, Digits.CLASSES, Init.zeros(), random));
        start.start(model, blocks, random);
        var batches = Batches.of(Digits.split(1).train(), BATCH, new SplittableRandom(5));
        var optimizer = Adam.defaults().over(model.parameters());
        double sum = 0;
        for (int step = 0; step < steps; step++) {
            var batch = batches.next();
            var loss = Loss.crossEntropy(model.forward(batch.x().reshape(-1, 8, 8), Pass.training(random)), batch.labels());
            if (!Double.isFinite(loss.item())) return Double.NaN;
            optimizer.step(loss.backward(), rate);
            if (step >= steps - 10) sum += loss.item() / 10;
        }
        return sum;
    }

    // ---- the encoder as a model

    private static final int TOKENS = 7;
    private static final int PADDING = 0;

    private static TransformerClassifier classifier(DType dtype, int blocks, SplittableRandom random) {
        IntFunction<TransformerEncoder> encoder = n -> TransformerEncoder.of(n,
            () -> TransformerEncoderLayer.of(dtype, 8, 2, 16, random).dropout(0).normFirst()).norm(LayerNorm.of(dtype, 8));
        return TransformerClassifier.of(dtype, TOKENS, 10, 8, 2, encoder.apply(blocks), random).padding(PADDING);
    }

    // Does token 3 come before token 4? Both occur once, among 1, 2, 5 and 6, in sequences of 6 to 10; the rest is padding.
    private static NdArray sequences(int n, SplittableRandom random) {
        var y = new int[n * 10];
        for (int i = 0; i < n; i++) {
            int length = random.nextInt(6, 11);
            for (int j = 0; j < length; j++) y[i * 10 + j] = new int[] {1, 2, 5, 6}[random.nextInt(4)];
            int at = random.nextInt(length);
            y[i * 10 + at] = 3;
            y[i * 10 + (at + 1 + random.nextInt(length - 1)) % length] = 4;
        }
        return NdArray.of(Shape.of(n, 10), y);
    }

    private static NdArray labels(NdArray x) {
        var y = new int[x.extent(0)];
        for (int i = 0; i < y.length; i++) {
            int j = 0;
            while (x.get(i, j) != 3 && x.get(i, j) != 4) j++;
            y[i] = x.get(i, j) == 3 ? 1 : 0;
        }
        return NdArray.of(y);
    }

    // After 100 steps 96 % of 400 new sequences.
    @Test
    void aClassifierLearnsTheOrderOfTokens() {
        var random = new SplittableRandom(1);
        var model = classifier(DType.F32, 2, random);
        var optimizer = Adam.defaults().over(model.parameters());
        for (int step = 0; step < 100; step++) {
            var x = sequences(32, random);
            optimizer.step(Loss.crossEntropy(model.forward(Tensor.of(x), Pass.training(random)), labels(x)).backward(), 1e-2);
        }
        var x = sequences(400, random);
        var said = model.forward(Tensor.of(x)).value().argmax(1).cast(DType.F32);
        double right = said.eq(labels(x).cast(DType.F32)).countNonZero(false).item() / 400;
        assertTrue(right > 0.9, "right: " + right);
    }

    @Test
    void paddingChangesNothing() {
        var random = new SplittableRandom(1);
        var model = classifier(DType.F64, 2, random);
        for (var p : model.head().parameters()) p.value().copyInPlace(NdArray.normal(DType.F64, p.tensor().shape(), 0, 1,
            random));
        var x = NdArray.of(1, 3, 2, 4, 5).unsqueeze(0);
        var padded = NdArray.concat(1, x, NdArray.zeros(DType.I32, 1, 4));
        Samples.assertNear(model.forward(Tensor.of(padded)).value(), model.forward(Tensor.of(x)).value().doubles());
        var unaware = model.padding(-1);
        assertTrue(unaware.forward(Tensor.of(padded)).value().sub(unaware.forward(Tensor.of(x)).value()).norm() > 1e-3);
        Samples.assertRefused(() -> model.forward(Tensor.of(NdArray.ones(DType.F64, 2, 3))),
            "the input is F64 (2, 3); give token "
            + "indices, I32 (n, length)");
    }

    // PyTorch's nn.TransformerEncoder clones one layer: all start alike.
    @Test
    void layersOfAnEncoderStartApart() {
        var random = new SplittableRandom(1);
        var encoder = TransformerEncoder.of(3, () -> TransformerEncoderLayer.of(DType.F64, 4, 2, 8, random));
        var names = encoder.norm(LayerNorm.of(DType.F64, 4)).parameters().names();
        assertEquals("layers.0.self_attn.in_proj_weight", names.getFirst());
        assertEquals("norm.bias", names.getLast());
        assertEquals(3 * 12 + 2, names.size());
        var first = encoder.layers().get(0).linear1().weight().value();
        assertTrue(first.sub(encoder.layers().get(1).linear1().weight().value()).norm() > 0.1);
        var x = Tensor.of(NdArray.normal(DType.F64, Shape.of(1, 3, 4), 0, 1, random));
        var mask = AttentionMask.none().causal();
        var y = x;
        for (var layer : encoder.layers()) y = layer.forward(y, mask, Pass.inference());
        Samples.assertSameBits(y.value(), encoder.forward(x, mask, Pass.inference()).value());
    }
}
