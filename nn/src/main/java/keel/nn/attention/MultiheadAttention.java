package keel.nn.attention;

import java.util.random.RandomGenerator;

import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Attention;
import keel.autograd.Tensor;
import keel.nn.init.Fans;
import keel.nn.init.Init;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Attention of several heads (Vaswani et al. 2017, arXiv:1706.03762, sec. 3.2.2), PyTorch's `nn.MultiheadAttention` by names
/// and numbers: `out(concat of softmax(qₕ·kₕᵀ/√d)·vₕ)`, queries (…, l, width), keys (…, s, keyWidth), values (…, s, valueWidth) →
/// (…, l, width), `d = width/heads`. Leading axes come first, as with PyTorch's `batch_first`; without them it is one sequence.
///
/// Parameters: `in_proj_weight (3·width, width)`, those of queries, keys and values one below the other, or, where keys or values
/// have another width, `q_proj_weight`, `k_proj_weight`, `v_proj_weight`; `in_proj_bias (3·width)`; `bias_k`, `bias_v (1, 1,
/// width)`, one more key and value for every sequence; and of the child `out_proj` weight and bias. It differs from PyTorch's in
/// what a mask means, see [AttentionMask], and where a query sees no key: that gives zeros before `out_proj`, never NaN.
///
/// @param heads how many
/// @param in `in_proj_weight`; null where the three are apart
/// @param query `q_proj_weight (width, width)`; null where there is `in`, as the next two
/// @param key `k_proj_weight (width, keyWidth)`
/// @param value `v_proj_weight (width, valueWidth)`
/// @param bias `in_proj_bias`, or null
/// @param keyBias `bias_k`, or null
/// @param valueBias `bias_v`, or null
/// @param out from the heads to the output
/// @param zeroKey whether there is one more key and value of zeros, so that a query may attend to nothing
/// @param dropout the share of attention weights that training drops
public record MultiheadAttention(int heads, Tensor in, Tensor query, Tensor key, Tensor value, Tensor bias, Tensor keyBias,
    Tensor valueBias, Linear out, boolean zeroKey, double dropout) implements MaskedLayer {
    /// What [#attendWithWeights] gives: the output, and the weights (…, heads, l, s) before dropout.
    public record Attended(Tensor y, Tensor weights) {
        /// The mean of the weights over the heads, (…, l, s).
        public Tensor meanWeights() {
            return weights.mean(false, -3);
        }
    }

    /// @throws IllegalArgumentException if the shapes do not fit each other
    public MultiheadAttention {
        int width = out.in();
        Heads.check("MultiheadAttention", width, heads, dropout);
        boolean packed = in != null && query == null && key == null && value == null
            && in.shape().equals(Shape.of(3 * width, width));
        boolean apart = in == null && query != null && key != null && value != null && rows(query, width) && rows(key, width)
            && rows(value, width) && query.extent(1) == width;
        if (!packed && !apart) {
            throw new IllegalArgumentException("MultiheadAttention: in_proj_weight " + shape(in) + ", q_proj_weight "
                + shape(query) + ", k_proj_weight " + shape(key) + ", v_proj_weight " + shape(value)
                + "; give in_proj_weight (" + 3 * width + ", " + width + ") alone, or the others with " + width + " rows");
        }
        if (bias != null && !bias.shape().equals(Shape.of(3 * width)) || (keyBias == null) != (valueBias == null)
            || keyBias != null && (keyBias.size() != width || valueBias.size() != width)) {
            throw new IllegalArgumentException("MultiheadAttention: in_proj_bias " + shape(bias) + ", bias_k " + shape(keyBias)
                + ", bias_v " + shape(valueBias) + "; give " + Shape.of(3 * width) + ", and (1, 1, " + width
                + ") for both or none");
        }
    }

    private static boolean rows(Tensor w, int rows) {
        return w.rank() == 2 && w.extent(0) == rows;
    }

    private static String shape(Tensor x) {
        return x == null ? "none" : x.shape().toString();
    }

    // ---- making

    /// `width` features in F32 for all, started as PyTorch does: in-projections Xavier uniform, biases 0.
    public static MultiheadAttention of(int width, int heads, RandomGenerator random) {
        return of(DType.F32, width, heads, random);
    }

    /// `width` features for all.
    public static MultiheadAttention of(DType dtype, int width, int heads, RandomGenerator random) {
        var in = Tensor.parameter(Init.xavierUniform().create(dtype, Shape.of(3 * width, width), random));
        return new MultiheadAttention(heads, in, null, null, null, zeros(dtype, 3 * width), null, null, out(dtype, width, random),
            false, 0);
    }

    /// Keys and values of other widths than the queries'.
    public static MultiheadAttention of(DType dtype, int width, int heads, int keyWidth, int valueWidth, RandomGenerator random) {
        var xavier = Init.xavierUniform();
        return new MultiheadAttention(heads, null, Tensor.parameter(xavier.create(dtype, Shape.of(width, width), random)),
            Tensor.parameter(xavier.create(dtype, Shape.of(width, keyWidth), random)),
            Tensor.parameter(xavier.create(dtype, Shape.of(width, valueWidth), random)), zeros(dtype, 3 * width), null, null,
            out(dtype, width, random), false, 0);
    }

    private static Linear out(DType dtype, int width, RandomGenerator random) {
        return Linear.of(dtype, width, width, Init.pytorchDefault(), Init.zeros(), random);
    }

    private static Tensor zeros(DType dtype, int n) {
        return Tensor.parameter(NdArray.zeros(dtype, n));
    }

    /// Without the biases of the projections.
    public MultiheadAttention withoutBias() {
        return new MultiheadAttention(heads, in, query, key, value, null, keyBias, valueBias, new Linear(out.weight(), null),
            zeroKey,
            dropout);
    }

    /// With one more key and value for every sequence, learned, Xavier normal: PyTorch's `add_bias_kv`.
    public MultiheadAttention withKeyBias(RandomGenerator random) {
        var shape = Shape.of(1, 1, width());
        var fans = new Fans(width(), width());
        return new MultiheadAttention(heads, in, query, key, value, bias,
            Tensor.parameter(Init.xavierNormal().create(out.weight().dtype(), shape, fans, random)),
            Tensor.parameter(Init.xavierNormal().create(out.weight().dtype(), shape, fans, random)), out, zeroKey, dropout);
    }

    /// With one more key and value of zeros: PyTorch's `add_zero_attn`.
    public MultiheadAttention withZeroKey() {
        return new MultiheadAttention(heads, in, query, key, value, bias, keyBias, valueBias, out, true, dropout);
    }

    /// With this share of attention weights dropped in training.
    public MultiheadAttention dropout(double p) {
        return new MultiheadAttention(heads, in, query, key, value, bias, keyBias, valueBias, out, zeroKey, p);
    }

    // ---- looking and computing

    /// Features of queries and of the output.
    public int width() {
        return out.in();
    }

    /// Self-attention under a mask.
    @Override
    public Tensor forward(Tensor x, AttentionMask mask, Pass pass) {
        return attend(x, x, x, mask, pass);
    }

    /// Queries `q` to keys `k` with values `v`; keeps no weights.
    ///
    /// @throws IllegalArgumentException naming layer and path if shapes or types do not fit
    public Tensor attend(Tensor q, Tensor k, Tensor v, AttentionMask mask, Pass pass) {
        var x = prepare(q, k, v, mask, pass);
        return finish(Attention.scaledDotProduct(x.q, x.k, x.v, x.mask, x.options), pass);
    }

    /// The same with the weights, which are then computed and kept as a whole.
    public Attended attendWithWeights(Tensor q, Tensor k, Tensor v, AttentionMask mask, Pass pass) {
        var x = prepare(q, k, v, mask, pass);
        var weights = Attention.weights(x.q, x.k, x.mask, x.options);
        return new Attended(finish(Attention.apply(weights, x.v, x.options), pass), weights);
    }

    // Of all heads, (…, heads, l, d), with the mask that fits the keys there are then.
    private record Prepared(Tensor q, Tensor k, Tensor v, Tensor mask, AttentionOptions options) {}

    private Prepared prepare(Tensor q, Tensor k, Tensor v, AttentionMask mask, Pass pass) {
        check(q, k, v, pass);
        var qkv = project(q, k, v);
        for (int i = 1; i < 3 && keyBias != null; i++) qkv[i] = withRow(qkv[i], (i == 1 ? keyBias : valueBias).reshape(1,
            width()));
        for (int i = 0; i < 3; i++) qkv[i] = Heads.split(qkv[i], heads);
        for (int i = 1; i < 3 && zeroKey; i++) qkv[i] = withRow(qkv[i], Tensor.of(NdArray.zeros(q.dtype(), 1,
            qkv[i].extent(-1))));
        int s = qkv[1].extent(-2);
        var whole = mask.extended(q.extent(-2), k.extent(-2), s - k.extent(-2));
        var options = whole.isCausal() ? AttentionOptions.defaults().causal() : AttentionOptions.defaults();
        return new Prepared(qkv[0], qkv[1], qkv[2], whole.together(), Heads.dropout(options, qkv[0], s, dropout, pass));
    }

    private Tensor[] project(Tensor q, Tensor k, Tensor v) {
        int w = width();
        if (in != null && q == k && k == v) {
            return q.linear(in, bias).split(-1, w, w, w).toArray(Tensor[]::new);
        }
        return new Tensor[] {q.linear(weight(0, query), bias(0)), k.linear(weight(1, key), bias(1)),
            v.linear(weight(2, value), bias(2))};
    }

    private Tensor weight(int i, Tensor own) {
        return own != null ? own : in.slice(0, i * width(), (i + 1) * width());
    }

    private Tensor bias(int i) {
        return bias == null ? null : bias.slice(0, i * width(), (i + 1) * width());
    }

    // One row more at the end of axis −2.
    private static Tensor withRow(Tensor x, Tensor row) {
        return Tensor.concat(-2, x, row.expand(x.shape().with(x.rank() - 2, 1)));
    }

    private Tensor finish(Tensor y, Pass pass) {
        return pass.run("out_proj", out, Heads.merge(y));
    }

    private void check(Tensor q, Tensor k, Tensor v, Pass pass) {
        if (pass.cache() != null) {
            throw new IllegalStateException(this + pass.at() + ": it keeps no keys of places seen before; pass whole sequences, "
                + "without a cache, or use SelfAttention");
        }
        int keyWidth = key == null ? width() : key.extent(1);
        int valueWidth = value == null ? width() : value.extent(1);
        boolean fit = q.rank() >= 2 && k.rank() == q.rank() && v.rank() == q.rank() && k.extent(-2) == v.extent(-2)
            && q.extent(-1) == width() && k.extent(-1) == keyWidth && v.extent(-1) == valueWidth;
        for (int axis = 0; fit && axis < q.rank() - 2; axis++) {
            fit = q.extent(axis) == k.extent(axis) && q.extent(axis) == v.extent(axis);
        }
        if (!fit || q.dtype() != out.weight().dtype()) {
            throw new IllegalArgumentException(this + pass.at() + ": queries " + q.dtype() + " " + q.shape() + ", keys "
                + k.shape()
                + " and values " + v.shape() + "; give " + out.weight().dtype() + " (…, l, " + width() + "), (…, s, " + keyWidth
                + ") and (…, s, " + valueWidth + ")");
        }
    }

    @Override
    public void visit(Visitor visitor) {
        if (in != null) {
            visitor.parameter("in_proj_weight", in);
        } else {
            visitor.parameter("q_proj_weight", query);
            visitor.parameter("k_proj_weight", key);
            visitor.parameter("v_proj_weight", value);
        }
        if (bias != null) visitor.parameter("in_proj_bias", bias);
        if (keyBias != null) {
            visitor.parameter("bias_k", keyBias);
            visitor.parameter("bias_v", valueBias);
        }
        visitor.child("out_proj", out);
    }

    @Override
    public String toString() {
        return "MultiheadAttention(" + width() + ", " + heads + " heads)";
    }
}
