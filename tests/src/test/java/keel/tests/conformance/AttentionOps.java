package keel.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.Shape;
import keel.autograd.Attention;
import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.MultiheadAttention;
import keel.nn.attention.TransformerDecoderLayer;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.norm.LayerNorm;

/// Attention and transformer layers. Keel's batches come first and its masks are true where a key is seen: PyTorch's layers
/// default to the length first and mean the opposite, so both are turned.
final class AttentionOps {
    private AttentionOps() {}

    private static final double DROPOUT = 0.1; // defaults of PyTorch's transformer layers
    private static final double EPS = 1e-5;

    static void in(Table t) {
        t.op("nn.functional.scaled_dot_product_attention", AttentionOps::scaledDotProduct);
        t.op("nn.functional.multi_head_attention_forward", AttentionOps::multiHead);
        t.op("module nn.MultiheadAttention", AttentionOps::multiHeadModule);
        t.op("module nn.TransformerEncoderLayer", AttentionOps::encoderLayer);
        t.op("module nn.TransformerDecoderLayer", AttentionOps::decoderLayer);
    }

    private static Tensor scaledDotProduct(Args a) {
        if (a.number("dropout_p", 0) != 0) throw new Unsupported("dropout drawn from another generator");
        var options = AttentionOptions.defaults().scale(a.number("scale", Double.NaN));
        if (a.flag("is_causal", false)) options = options.causal();
        if (a.flag("enable_gqa", false)) options = options.grouped();
        return Attention.scaledDotProduct(a.tensor("query"), a.tensor("key"), a.tensor("value"), a.tensorOrNull("attn_mask"),
            options);
    }

    // ---- several heads

    private static Object multiHead(Args a) {
        if (a.has("static_k") || a.has("static_v")) throw new Unsupported("keys that are projected already");
        a.integer("embed_dim_to_check");
        boolean apart = a.flag("use_separate_proj_weight", false);
        var out = new Linear(a.tensor("out_proj_weight"), a.tensorOrNull("out_proj_bias"));
        boolean training = a.flag("training", true);
        var layer = new MultiheadAttention(a.integer("num_heads"), apart ? null : a.tensor("in_proj_weight"),
            a.tensorOrNull("q_proj_weight"), a.tensorOrNull("k_proj_weight"), a.tensorOrNull("v_proj_weight"),
            a.tensorOrNull("in_proj_bias"), a.tensorOrNull("bias_k"), a.tensorOrNull("bias_v"), out,
            a.flag("add_zero_attn", false), dropout(a.number("dropout_p"), training));
        return attend(layer, a, false);
    }

    private static Object multiHeadModule(Args a) {
        var o = a.inner("ctor");
        a.raw("cls");
        o.integer("embed_dim");
        for (var known : List.of("bias", "add_bias_kv", "kdim", "vdim")) o.raw(known); // seen in the state
        var layer = multiHeadOf(o.integer("num_heads"), a.inner("state"), "", o.flag("add_zero_attn", false),
            dropout(o.number("dropout", 0), a.flag("training", true)));
        boolean batchFirst = o.flag("batch_first", false);
        return a.inners("calls").stream().map(call -> attend(layer, call, batchFirst)).toList();
    }

    private static MultiheadAttention multiHeadOf(int heads, Args state, String prefix, boolean zeroKey, double dropout) {
        return new MultiheadAttention(heads, state.tensorOrNull(prefix + "in_proj_weight"),
            state.tensorOrNull(prefix + "q_proj_weight"), state.tensorOrNull(prefix + "k_proj_weight"),
            state.tensorOrNull(prefix + "v_proj_weight"), state.tensorOrNull(prefix + "in_proj_bias"),
            state.tensorOrNull(prefix + "bias_k"), state.tensorOrNull(prefix + "bias_v"), linear(state, prefix + "out_proj"),
            zeroKey, dropout);
    }

    private static Linear linear(Args state, String name) {
        return new Linear(state.tensor(name + ".weight"), state.tensorOrNull(name + ".bias"));
    }

    private static double dropout(double p, boolean training) {
        if (p != 0 && training) throw new Unsupported("dropout drawn from another generator");
        return p;
    }

    private static Object attend(MultiheadAttention layer, Args call, boolean batchFirst) {
        var q = batched(call.tensor("query"), batchFirst);
        var k = batched(call.tensor("key"), batchFirst);
        var v = batched(call.tensor("value"), batchFirst);
        call.raw("is_causal"); // says of the mask what it is
        var mask = mask(call, "key_padding_mask", "attn_mask", layer.heads());
        boolean mean = call.flag("average_attn_weights", true);
        if (!call.flag("need_weights", true)) {
            return List.of(batched(layer.attend(q, k, v, mask, Pass.inference()), batchFirst));
        }
        var y = layer.attendWithWeights(q, k, v, mask, Pass.inference());
        return List.of(batched(y.y(), batchFirst), mean ? y.meanWeights() : y.weights());
    }

    // (l, n, width) ⇄ (n, l, width); a single sequence (l, width) stays.
    private static Tensor batched(Tensor x, boolean batchFirst) {
        return batchFirst || x.rank() < 3 ? x : x.transpose(0, 1);
    }

    private static AttentionMask mask(Args call, String padding, String scores, int heads) {
        var mask = AttentionMask.none();
        var added = new ArrayList<Tensor>();
        if (call.has(scores)) {
            var m = call.tensor(scores); // (l, s) or (n·heads, l, s)
            if (m.rank() == 3) m = Tensor.of(m.value().reshape(perHead(m.shape(), heads)));
            if (m.dtype() == DType.BOOL) mask = mask.scores(Tensor.of(m.value().not()));
            else added.add(m);
        }
        if (call.has(padding)) {
            var m = call.tensor(padding); // (s) or (n, s)
            if (m.dtype() == DType.BOOL) mask = mask.keys(m.value().not());
            else added.add(Tensor.of(m.value().unsqueeze(-2).unsqueeze(-2)));
        }
        if (added.isEmpty()) return mask;
        if (mask.scores() != null) throw new Unsupported("one mask of truth values and one of numbers");
        return mask.scores(added.size() == 1 ? added.getFirst() : added.get(0).add(added.get(1)));
    }

    private static Shape perHead(Shape m, int heads) {
        return m.extent(0) == heads ? m : Shape.of(m.extent(0) / heads, heads, m.extent(1), m.extent(2));
    }

    // ---- layers of transformers

    private static Object encoderLayer(Args a) {
        var o = a.inner("ctor");
        var state = a.inner("state");
        a.raw("cls");
        double p = dropout(o.number("dropout", DROPOUT), a.flag("training", true));
        int heads = sizes(o);
        double eps = o.number("layer_norm_eps", EPS);
        var layer = new TransformerEncoderLayer(multiHeadOf(heads, state, "self_attn.", false, p), linear(state, "linear1"),
            linear(state, "linear2"), norm(state, "norm1", eps), norm(state, "norm2", eps), activation(o), p,
            o.flag("norm_first", false), 1);
        boolean batchFirst = o.flag("batch_first", false);
        return a.inners("calls").stream().map(call -> {
            call.raw("is_causal");
            var mask = mask(call, "src_key_padding_mask", "src_mask", heads);
            return batched(layer.forward(batched(call.tensor("src"), batchFirst), mask, Pass.inference()), batchFirst);
        }).toList();
    }

    private static Object decoderLayer(Args a) {
        var o = a.inner("ctor");
        var state = a.inner("state");
        a.raw("cls");
        double p = dropout(o.number("dropout", DROPOUT), a.flag("training", true));
        int heads = sizes(o);
        double eps = o.number("layer_norm_eps", EPS);
        var layer = new TransformerDecoderLayer(multiHeadOf(heads, state, "self_attn.", false, p),
            multiHeadOf(heads, state, "multihead_attn.", false, p), linear(state, "linear1"), linear(state, "linear2"),
            norm(state, "norm1", eps), norm(state, "norm2", eps), norm(state, "norm3", eps), activation(o), p,
            o.flag("norm_first", false), 1);
        boolean batchFirst = o.flag("batch_first", false);
        return a.inners("calls").stream().map(call -> {
            call.raw("tgt_is_causal");
            call.raw("memory_is_causal");
            return batched(layer.forward(batched(call.tensor("tgt"), batchFirst), batched(call.tensor("memory"), batchFirst),
                mask(call, "tgt_key_padding_mask", "tgt_mask", heads),
                mask(call, "memory_key_padding_mask", "memory_mask", heads), Pass.inference()), batchFirst);
        }).toList();
    }

    private static int sizes(Args o) {
        for (var known : List.of("d_model", "dim_feedforward", "bias")) o.raw(known); // seen in the state
        return o.integer("nhead");
    }

    private static Layer norm(Args state, String name, double eps) {
        var weight = state.tensor(name + ".weight");
        return new LayerNorm(weight.shape(), weight, state.tensorOrNull(name + ".bias"), eps);
    }

    private static Activation activation(Args o) {
        return switch (o.text("activation", "relu")) {
            case "relu" -> Activation.relu();
            case "gelu" -> Activation.gelu();
            default -> throw new Unsupported("another activation");
        };
    }
}
