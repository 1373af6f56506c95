package keel.tests.nn;

import static keel.tests.nn.Golden.assertCase;
import static keel.tests.nn.Golden.assertGolden;
import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Attention;
import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.FeedForward;
import keel.nn.attention.MultiheadAttention;
import keel.nn.attention.Positions;
import keel.nn.attention.Rope;
import keel.nn.attention.TransformerDecoderLayer;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.io.Safetensors;
import keel.nn.io.Weights;
import keel.nn.layer.Activation;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.model.TransformerEncoder;
import keel.nn.norm.LayerNorm;
import org.junit.jupiter.api.Test;

/// Attention and transformer layers against PyTorch's numbers, and where it has none against their formulas in PyTorch.
class AttentionGoldenTest {
    private static final NdArray Q = ramp(1, 2, 3, 4);
    private static final NdArray K = ramp(2, 2, 5, 4);
    private static final NdArray V = ramp(3, 2, 5, 4);
    // PyTorch's masks are true where a key is hidden.
    private static final NdArray PADDING = mask(2, 5, "00011 00100").not();
    private static final AttentionMask KEYS = AttentionMask.none().keys(PADDING);
    private static final AttentionMask MASKS = KEYS.scores(Tensor.of(mask(3, 5, "01001 00100 10000").not()));
    private static final AttentionMask CAUSAL = AttentionMask.none().causal();

    private static NdArray mask(int rows, int columns, String bits) {
        var y = new boolean[rows * columns];
        var digits = bits.replace(" ", "");
        for (int i = 0; i < y.length; i++) y[i] = digits.charAt(i) == '1';
        return NdArray.of(Shape.of(rows, columns), y);
    }

    // Weights as the script makes them: ramps from 20 on, halved.
    private static NdArray[] with(NdArray[] inputs, int[]... weights) {
        var y = new NdArray[inputs.length + weights.length];
        System.arraycopy(inputs, 0, y, 0, inputs.length);
        for (int i = 0; i < weights.length; i++) y[inputs.length + i] = ramp(20 + i, weights[i]).mul(0.5);
        return y;
    }

    private static int[] s(int... extents) {
        return extents;
    }

    private static MultiheadAttention layer(Tensor[] t, int from) {
        return new MultiheadAttention(2, t[from], null, null, null, t[from + 1], null, null, new Linear(t[from + 2], t[from + 3]),
            false, 0);
    }

    private static void multiHead(String name, BiFunction<MultiheadAttention, Tensor[], Tensor> f, NdArray... inputs) {
        assertCase(name, t -> f.apply(layer(t, 3), t), with(inputs, s(12, 4), s(12), s(4, 4), s(4)));
    }

    @Test
    void attentionOfSeveralHeadsIsThatOfPyTorch() {
        multiHead("mha", (a, t) -> a.attend(t[0], t[1], t[2], AttentionMask.none(), training()), Q, K, V);
        multiHead("mha", (a, t) -> a.attendWithWeights(t[0], t[1], t[2], AttentionMask.none(), training()).y(), Q, K, V);
        multiHead("mha self", (a, t) -> a.attend(t[0], t[1], t[2], AttentionMask.none(), training()), Q, Q, Q);
        multiHead("mha masks", (a, t) -> a.attend(t[0], t[1], t[2], MASKS, training()), Q, K, V);
        var scores = AttentionMask.none().scores(Tensor.of(ramp(4, 3, 5)));
        multiHead("mha scores", (a, t) -> a.attend(t[0], t[1], t[2], scores, training()), Q, K, V);
        assertCase("mha extra", t -> new MultiheadAttention(2, t[3], null, null, null, t[4], t[7], t[8], new Linear(t[5], t[6]),
            true, 0).attend(t[0], t[1], t[2], MASKS, training()),
            with(new NdArray[] {Q, K, V}, s(12, 4), s(12), s(4, 4), s(4), s(1, 1, 4), s(1, 1, 4)));
        assertCase("mha apart", t -> new MultiheadAttention(2, null, t[3], t[4], t[5], null, null, null, new Linear(t[6], null),
            false, 0).attend(t[0], t[1], t[2], AttentionMask.none(), training()),
            with(new NdArray[] {Q, ramp(5, 2, 5, 3), ramp(6, 2, 5, 5)}, s(4, 4), s(4, 3), s(4, 5), s(4, 4)));
    }

    @Test
    void selfAttentionProjectsAtOnce() {
        var t = weights(s(12, 4), s(12), s(4, 4), s(4));
        assertGolden("mha self", layer(t, 0).forward(Tensor.of(Q)).value());
    }

    private static Tensor[] weights(int[]... shapes) {
        var w = with(new NdArray[0], shapes);
        var t = new Tensor[w.length];
        for (int i = 0; i < t.length; i++) t[i] = Tensor.of(w[i]);
        return t;
    }

    @Test
    void weightsAreThoseOfPyTorch() {
        var t = weights(s(12, 4), s(12), s(4, 4), s(4));
        var y = layer(t, 0).attendWithWeights(Tensor.of(Q), Tensor.of(K), Tensor.of(V), KEYS, training());
        assertGolden("mha weights", y.weights().value());
        assertGolden("mha mean weights", y.meanWeights().value());
    }

    // ---- layers

    private static final int[][] ATTENTION = {{12, 4}, {12}, {4, 4}, {4}};
    private static final int[][] FEED_FORWARD = {{6, 4}, {6}, {4, 6}, {4}, {4}, {4}, {4}, {4}};

    private static int[][] join(int[][]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(int[][]::new);
    }

    private static LayerNorm norm(Tensor weight, Tensor bias) {
        return new LayerNorm(Shape.of(4), weight, bias, 1e-5);
    }

    private static void encoder(String name, Activation activation, boolean first, AttentionMask mask) {
        assertCase(name, t -> new TransformerEncoderLayer(layer(t, 1), new Linear(t[5], t[6]), new Linear(t[7], t[8]),
            norm(t[9], t[10]), norm(t[11], t[12]), activation, 0, first, 1).forward(t[0], mask, training()),
            with(new NdArray[] {Q}, join(ATTENTION, FEED_FORWARD)));
    }

    @Test
    void encoderLayersAreThoseOfPyTorch() {
        encoder("encoder post", Activation.relu(), false, AttentionMask.none());
        encoder("encoder pre", Activation.gelu(), true, CAUSAL);
        assertCase("encoder bare", t -> new TransformerEncoderLayer(new MultiheadAttention(2, t[1], null, null, null, null, null,
            null, new Linear(t[2], null), false, 0), new Linear(t[3], null), new Linear(t[4], null), norm(t[5], null),
            norm(t[6], null), Activation.relu(), 0, false, 1).forward(t[0], training()),
            with(new NdArray[] {Q}, s(12, 4), s(4, 4), s(6, 4), s(4, 6), s(4), s(4)));
    }

    private static void decoder(String name, Activation activation, boolean first, AttentionMask targets, AttentionMask memory) {
        assertCase(name, t -> new TransformerDecoderLayer(layer(t, 2), layer(t, 6), new Linear(t[10], t[11]),
            new Linear(t[12], t[13]), norm(t[14], t[15]), norm(t[16], t[17]), norm(t[18], t[19]), activation, 0, first, 1)
            .forward(t[0], t[1], targets, memory, training()),
            with(new NdArray[] {Q, K}, join(ATTENTION, ATTENTION, FEED_FORWARD, new int[][] {{4}, {4}})));
    }

    @Test
    void decoderLayersAreThoseOfPyTorch() {
        decoder("decoder post", Activation.relu(), false, CAUSAL, KEYS);
        decoder("decoder pre", Activation.gelu(), true, AttentionMask.none(), AttentionMask.none());
    }

    // ---- formulas of papers

    @Test
    void theOthersAreThoseOfTheirFormulas() {
        assertCase("grouped", t -> Attention.scaledDotProduct(t[0], t[1], t[2], null, AttentionOptions.defaults().causal()
            .grouped()), ramp(1, 2, 4, 3, 2), ramp(2, 2, 2, 3, 2), ramp(3, 2, 2, 3, 2));
        assertCase("rope", t -> Rope.of(6, 5).turn(t[0], 2), ramp(1, 2, 3, 6));
        assertCase("rope halves", t -> Rope.of(6, 3, 100).withHalves().turn(t[0], 0), ramp(1, 2, 3, 6));
        assertGolden("sinusoidal", Positions.sinusoidal(DType.F64, 5, 6).weight().value());
        Function<Tensor[], Tensor> swiGlu = t -> new FeedForward(new Linear(t[1], null), new Linear(t[2], null),
            Activation.silu(), new Linear(t[3], null)).forward(t[0], training());
        assertCase("swiGlu", swiGlu, ramp(1, 2, 4), ramp(2, 6, 4), ramp(3, 6, 4), ramp(4, 4, 6));
        assertCase("feedForward", t -> new FeedForward(null, new Linear(t[1], t[2]), Activation.gelu(), new Linear(t[3], t[4]))
            .forward(t[0], training()), ramp(1, 2, 4), ramp(2, 6, 4), ramp(3, 6), ramp(4, 4, 6), ramp(5, 4));
    }

    @Test
    void positionsAreAdded() {
        var x = ramp(1, 2, 3, 4);
        var w = ramp(2, 5, 4);
        assertNear(new Positions(Tensor.of(w)).forward(Tensor.of(x)).value(), x.add(w.slice(0, 0, 3)).doubles());
    }

    // ---- files

    // encoder.safetensors, written by PyTorch: encoder.py.
    @Test
    void aFileOfPyTorchLoadsByNameAndGivesItsNumbers() throws IOException {
        var random = new SplittableRandom(1);
        var encoder = TransformerEncoder.of(2, () -> TransformerEncoderLayer.of(DType.F64, 8, 2, 12, random).normFirst()
            .activation(Activation.gelu())).norm(LayerNorm.of(DType.F64, 8));
        Weights.load(encoder, file("encoder.safetensors"));
        var saved = file("encoder-case.safetensors");
        var seen = AttentionMask.none().keys(saved.tensor("padding").not());
        var y = encoder.forward(Tensor.of(saved.tensor("x")), seen, Pass.inference()).value();
        assertNear(y, saved.tensor("y").doubles());
        assertEquals(new TreeSet<>(file("encoder.safetensors").names()), new TreeSet<>(Weights.toSafetensors(encoder).names()));
    }

    private static Safetensors file(String name) throws IOException {
        try (var stream = AttentionGoldenTest.class.getResourceAsStream(name)) {
            return Safetensors.parse(stream.readAllBytes());
        }
    }
}
