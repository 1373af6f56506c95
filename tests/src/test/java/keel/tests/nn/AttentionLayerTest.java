package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.FeedForward;
import keel.nn.attention.MultiheadAttention;
import keel.nn.attention.Positions;
import keel.nn.attention.Rope;
import keel.nn.attention.SelfAttention;
import keel.nn.attention.TransformerDecoderLayer;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.attention.TransformerStart;
import keel.nn.init.DepthScale;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Embedding;
import keel.nn.layer.KvCache;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.norm.QkNorm;
import keel.nn.norm.RMSNorm;
import keel.nn.residual.Residual;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What layers of attention promise beside their numbers: bits of cached passes, masks, dropout, positions, how they start.
class AttentionLayerTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(11);
    private static final Init START = Init.xavierNormal();

    private static SelfAttention self(DType dtype, int keyHeads) {
        return SelfAttention.grouped(dtype, 8, 4, keyHeads, START, RANDOM);
    }

    // ---- derivatives

    @Test
    void everyLayerIsDifferentiableTwice() {
        var x = normal(RANDOM, 2, 3, 8);
        for (var layer : List.of(self(DType.F64, 2).rope(Rope.of(2, 3)).norm(QkNorm.rms(DType.F64, 2)),
            self(DType.F64, 4).norm(QkNorm.cosine(DType.F64, 3)), SelfAttention.of(DType.F64, 8, 2, START,
            RANDOM).bidirectional(),
            MultiheadAttention.of(DType.F64, 8, 2, RANDOM).withKeyBias(RANDOM).withZeroKey(),
            TransformerEncoderLayer.of(DType.F64, 8, 2, 5, RANDOM).dropout(0).activation(Activation.gelu()).deepNorm(3),
            FeedForward.swiGlu(DType.F64, 8, 5, START, RANDOM))) {
            assertDifferentiable(t -> layer.forward(t[0], Pass.inference()), x);
        }
    }

    // ---- one place after the other

    @Property(tries = 20)
    void aCachedPassHasTheBitsOfAWholeOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length,
        @ForAll boolean single) {
        var random = new SplittableRandom(seed);
        var dtype = single ? DType.F32 : DType.F64;
        var layer = Sequential.of(Positions.learned(dtype, 40, 8, Init.normal(1), random),
            Residual.preNorm(RMSNorm.of(dtype, 8), self(dtype, 1 << random.nextInt(3)).rope(Rope.of(2, 40))
                .norm(QkNorm.rms(dtype, 2))), SelfAttention.of(dtype, 8, 2, START, random).withoutBias());
        var x = NdArray.normal(dtype, Shape.of(2, length, 8), 0, 1, random);
        var whole = layer.forward(Tensor.of(x)).value();
        var pass = Pass.inference().caching(new KvCache());
        for (int i = 0, n; i < length; i += n) {
            n = Math.min(length - i, 1 + random.nextInt(3));
            assertSameBits(whole.slice(1, i, i + n), layer.forward(Tensor.of(x.slice(1, i, i + n)), pass).value());
        }
    }

    @Test
    void aCacheKeepsTheHeadsOfKeysOnly() {
        var cache = new KvCache();
        self(DType.F32, 1).forward(Tensor.of(NdArray.ones(DType.F32, 2, 3, 8)), Pass.inference().caching(cache));
        assertEquals(3, cache.length(""));
        assertEquals(Shape.of(2, 1, 3, 2), cache.append("", NdArray.zeros(DType.F32, 2, 1, 0, 2), NdArray.zeros(DType.F32, 2, 1,
            0,
            2)).keys().shape());
        assertEquals(0, cache.length("another"));
    }

    @Test
    void whatCannotBeContinuedSaysSo() {
        var x = Tensor.of(NdArray.ones(DType.F32, 2, 3, 8));
        var pass = Pass.inference().caching(new KvCache());
        assertTrue(assertThrows(IllegalStateException.class, () -> self(DType.F32, 4).bidirectional().forward(x,
            pass)).getMessage()
            .startsWith("SelfAttention(8, 4 heads): places seen before would see later ones, so nothing can be kept"));
        assertTrue(assertThrows(IllegalStateException.class, () -> training().caching(new KvCache())).getMessage()
            .startsWith("Pass.caching: a training pass cannot continue a sequence"));
        assertTrue(assertThrows(IllegalStateException.class, () -> MultiheadAttention.of(8, 2, RANDOM).forward(x,
            pass)).getMessage()
            .startsWith("MultiheadAttention(8, 2 heads): it keeps no keys of places seen before"));
        assertNull(training().cache());
        var positions = Positions.learned(DType.F32, 4, 8, Init.zeros(), RANDOM);
        positions.forward(x, pass);
        assertRefused(() -> positions.forward(x, pass), "Positions(4, 8): the input is F32 (2, 3, 8), behind 3 places; give F32 "
            + "(…, length, 8), in all at most 4 places");
    }

    // ---- masks

    @Test
    void aMaskHidesTheSameWhicheverWayItIsSaid() {
        var layer = MultiheadAttention.of(DType.F64, 8, 2, RANDOM);
        var x = Tensor.of(normal(RANDOM, 2, 4, 8));
        var lower = NdArray.arange(DType.F32, 4).le(NdArray.arange(DType.F32, 4).unsqueeze(1));
        var minus = NdArray.where(lower, NdArray.of(0.0), NdArray.of(Double.NEGATIVE_INFINITY));
        for (var a : List.of(layer, layer.withZeroKey(), layer.withKeyBias(RANDOM))) {
            var causal = a.forward(x, AttentionMask.none().causal(), training()).value();
            assertSameBits(causal, a.forward(x, AttentionMask.none().scores(Tensor.of(lower)), training()).value());
            assertSameBits(causal, a.forward(x, AttentionMask.none().scores(Tensor.of(minus)), training()).value());
            assertSameBits(causal, a.forward(x, AttentionMask.none().scores(Tensor.of(minus)).causal(), training()).value());
            assertSameBits(causal, a.forward(x, AttentionMask.none().scores(Tensor.of(lower)).causal(), training()).value());
            // what comes later does not matter
            var other = Tensor.of(NdArray.concat(1, x.value().slice(1, 0, 3), normal(RANDOM, 2, 1, 8)));
            assertSameBits(causal.slice(1, 0, 3), a.forward(other, AttentionMask.none().causal(), training()).value().slice(1, 0,
                3));
        }
    }

    @Test
    void paddedKeysDoNotMatter() {
        var layer = MultiheadAttention.of(DType.F64, 8, 2, RANDOM);
        var x = normal(RANDOM, 1, 3, 8);
        var padded = Tensor.of(NdArray.concat(1, x, normal(RANDOM, 1, 2, 8)));
        var keys = NdArray.of(Shape.of(1, 5), new boolean[] {true, true, true, false, false});
        var mask = AttentionMask.none().keys(keys);
        assertSameBits(layer.forward(Tensor.of(x)).value(), layer.forward(padded, mask, Pass.inference()).value().slice(1, 0, 3));
        var bias = Tensor.of(NdArray.zeros(DType.F64, 5, 1)); // one number for all keys, which gets a column more
        assertSameBits(layer.withZeroKey().forward(Tensor.of(x)).value(),
            layer.withZeroKey().forward(padded, mask.scores(bias), Pass.inference()).value().slice(1, 0, 3));
    }

    // PyTorch's layer gives NaN here with need_weights, zeros without.
    @Test
    void aQueryWithoutAKeyGivesTheBiasOfTheOutput() {
        var layer = MultiheadAttention.of(DType.F64, 4, 2, RANDOM);
        layer.out().bias().value().fillInPlace(3);
        var x = Tensor.of(normal(RANDOM, 2, 4));
        var mask = AttentionMask.none().keys(NdArray.of(false, false));
        assertArrayEquals(new double[] {3, 3, 3, 3, 3, 3, 3, 3}, layer.forward(x, mask, training()).value().doubles());
        var y = layer.attendWithWeights(x, x, x, mask, training());
        assertArrayEquals(new double[] {3, 3, 3, 3, 3, 3, 3, 3}, y.y().value().doubles());
        assertEquals(0, y.weights().value().norm());
    }

    // ---- dropout

    @Test
    void dropoutDrawsInTrainingOnly() {
        var x = Tensor.of(normal(RANDOM, 2, 6, 8));
        for (Layer layer : List.of(MultiheadAttention.of(DType.F64, 8, 2, RANDOM).dropout(0.5), self(DType.F64, 2).dropout(0.5),
            TransformerEncoderLayer.of(DType.F64, 8, 2, 5, RANDOM).dropout(0.5))) {
            var y = layer.forward(x, Pass.training(new SplittableRandom(1))).value();
            assertSameBits(y, layer.forward(x, Pass.training(new SplittableRandom(1))).value());
            assertNotEquals(y.toString(), layer.forward(x, Pass.training(new SplittableRandom(2))).value().toString());
            assertSameBits(layer.forward(x).value(), layer.forward(x, Pass.inference()).value());
            assertNotEquals(y.toString(), layer.forward(x).value().toString());
        }
        var all = MultiheadAttention.of(DType.F64, 8, 2, RANDOM).dropout(1);
        assertEquals(0, all.forward(x, training()).value().norm());
    }

    // ---- positions

    @Property(tries = 20)
    void rotaryProductsDependOnTheDistanceOnly(@ForAll long seed, @ForAll @IntRange(max = 50) int m, @ForAll boolean halves) {
        var random = new SplittableRandom(seed);
        var rope = halves ? Rope.of(6, 200).withHalves() : Rope.of(6, 200);
        var q = Tensor.of(normal(random, 1, 6));
        var k = Tensor.of(normal(random, 1, 6));
        int distance = random.nextInt(100);
        double here = rope.turn(q, distance).matmulNT(rope.turn(k, 0)).item();
        assertEquals(here, rope.turn(q, m + distance).matmulNT(rope.turn(k, m)).item(), 1e-12);
        assertEquals(q.value().norm(), rope.turn(q, m).value().norm(), 1e-13);
        assertSameBits(q.value(), rope.turn(q, 0).value());
    }

    // ---- how they start

    @Test
    void parametersAreCalledAsInPyTorch() {
        assertEquals(List.of("self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
            "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight",
            "norm1.bias", "norm2.weight", "norm2.bias"),
            TransformerEncoderLayer.of(DType.F32, 4, 2, 8, RANDOM).parameters().names());
        assertEquals(List.of("self_attn.in_proj_weight", "self_attn.out_proj.weight", "multihead_attn.in_proj_weight",
            "multihead_attn.out_proj.weight", "linear1.weight", "linear2.weight", "norm1.weight", "norm2.weight", "norm3.weight"),
            TransformerDecoderLayer.of(DType.F32, 4, 2, 8, RANDOM).withoutBias().parameters().names());
        assertEquals(List.of("q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias", "bias_k", "bias_v",
            "out_proj.weight", "out_proj.bias"),
            MultiheadAttention.of(DType.F32, 4, 2, 3, 5, RANDOM).withKeyBias(RANDOM).parameters().names());
        assertEquals(List.of("q_proj.weight", "k_proj.weight", "v_proj.weight", "o_proj.weight", "qk_norm.query.weight",
            "qk_norm.key.weight"), self(DType.F32, 2).withoutBias().norm(QkNorm.rms(DType.F32, 2)).parameters().names());
        assertEquals(List.of("gate_proj.weight", "up_proj.weight", "down_proj.weight"),
            FeedForward.gated(DType.F32, 4, 6, Activation.gelu(), START, RANDOM).parameters().names());
        assertEquals(0, Positions.sinusoidal(DType.F32, 4, 6).parameters().list().size());
    }

    @Test
    void deepStartsScaleValuesOutputsAndFeedForward() {
        int width = 64;
        var layers = new Layer[] {Embedding.of(50, width, RANDOM), TransformerEncoderLayer.of(DType.F64, width, 4, width, RANDOM),
            TransformerDecoderLayer.of(DType.F64, width, 4, width, RANDOM), self(DType.F64, 4),
            MultiheadAttention.of(DType.F64, width, 4, width, width, RANDOM),
            FeedForward.of(DType.F64, width, width, Activation.relu(), Init.ones(), RANDOM)};
        var model = Sequential.of(layers);
        for (var p : model.parameters()) if (p.role().endsWith("bias")) p.value().fillInPlace(7);
        TransformerStart.deepNorm(model, 18, RANDOM);
        double beta = DepthScale.deepNormWeight(18);
        var in = model.parameters().get("1.self_attn.in_proj_weight").value();
        assertStd(1, in.slice(0, 0, 2 * width));
        assertStd(beta, in.slice(0, 2 * width, 3 * width));
        for (var name : List.of("1.self_attn.out_proj", "1.linear1", "1.linear2", "2.multihead_attn.out_proj", "5.up_proj",
            "5.down_proj")) {
            assertStd(beta, model.parameters().get(name + ".weight").value());
            assertEquals(0, model.parameters().get(name + ".bias").value().norm(), name);
        }
        assertStd(1, model.parameters().get("4.k_proj_weight").value());
        assertStd(beta, model.parameters().get("4.v_proj_weight").value());
        assertEquals(7, model.parameters().get("1.norm1.bias").value().get(0));
        assertEquals(1, model.parameters().get("0.weight").value().square().mean().item(), 0.2);
        TransformerStart.tFixup(model, 18, RANDOM);
        assertStd(DepthScale.tFixupEncoder(18), model.parameters().get("1.linear1.weight").value());
        assertEquals(1 / Math.sqrt(9 * 18), model.parameters().get("0.weight").value().square().mean().item() * width, 0.02);
    }

    @Test
    void equalSeedsStartEqual() {
        var layers = new MultiheadAttention[2];
        for (int i = 0; i < 2; i++) {
            layers[i] = MultiheadAttention.of(8, 2, RANDOM);
            TransformerStart.xavier(layers[i], 0.5, new SplittableRandom(3));
        }
        assertSameBits(layers[0].in().value(), layers[1].in().value());
        assertSameBits(layers[0].out().weight().value(), layers[1].out().weight().value());
    }

    // Xavier: 1/width for square weights.
    private static void assertStd(double gain, NdArray weight) {
        assertEquals(gain, Math.sqrt(weight.square().mean().item() * weight.extent(1)), 0.05 * gain);
    }

    // ---- what does not fit

    @Test
    void messages() {
        var random = new SplittableRandom(1);
        assertRefused(() -> MultiheadAttention.of(6, 4, random),
            "MultiheadAttention: 6 features for 4 heads; give a multiple of the heads");
        assertRefused(() -> MultiheadAttention.of(4, 2, random).dropout(2),
            "MultiheadAttention: dropout is 2.0; give a probability in 0 … 1");
        assertRefused(() -> MultiheadAttention.of(4, 2, random).forward(Tensor.of(NdArray.ones(DType.F32, 3, 5))),
            "MultiheadAttention(4, 2 heads): queries F32 (3, 5), keys (3, 5) and values (3, 5); give "
            + "F32 (…, l, 4), (…, s, 4) and (…, s, 4)");
        assertRefused(() -> SelfAttention.grouped(DType.F32, 8, 4, 3, START, random), "SelfAttention: 4 heads of queries in",
            "give a divisor of the heads");
        assertRefused(() -> self(DType.F32, 4).forward(Tensor.of(NdArray.ones(DType.F32, 8))),
            "SelfAttention(8, 4 heads): the input is F32 (8); give F32 (…, length, 8)");
        assertRefused(() -> Rope.of(3, 5), "Rope: heads of 3 features, 5 places, base 10000.0; give an even width");
        assertRefused(() -> Rope.of(4, 5).turn(Tensor.of(NdArray.ones(DType.F32, 3, 4)), 3),
            "Rope: (3, 4) at places from 3; give (…, l, 4), places in 0 … 4");
        assertRefused(() -> AttentionMask.none().keys(NdArray.of(1, 0)), "AttentionMask: keys are I32 (2); give BOOL (…, keys)");
        assertRefused(() -> new FeedForward(null, Linear.of(2, 3, START, random), Activation.relu(), Linear.of(4, 2, START,
            random)),
            "FeedForward: gate null, up Linear(2 → 3) and down Linear(4 → 2); give width → hidden");
        assertRefused(() -> TransformerEncoderLayer.of(DType.F32, 4, 2, 8, random).dropout(-1),
            "MultiheadAttention: dropout is -1.0");
        assertTrue(assertThrows(IllegalStateException.class, () -> TransformerDecoderLayer.of(DType.F32, 4, 2, 8,
            random).normFirst()
            .norms(() -> RMSNorm.of(4)).activation(Activation.gelu()).dropout(0).forward(Tensor.of(NdArray.ones(DType.F32, 3,
            4))))
            .getMessage().startsWith("TransformerDecoderLayer(4, 2 heads, 8 hidden): there is no memory to attend to"));
    }
}
