package keel.nn.attention;

import java.util.random.RandomGenerator;

import keel.array.AttentionOptions;
import keel.array.DType;
import keel.autograd.Attention;
import keel.autograd.Tensor;
import keel.nn.init.Init;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;
import keel.nn.norm.QkNorm;

/// The attention of today's language models: causal self-attention in which several heads of queries may share one of keys
/// (Ainslie et al. 2023, arXiv:2305.13245), with rotary positions, normalized queries and keys, and a cache for generation,
/// `(…, l, width) → (…, l, width)`.
///
/// In a pass with a [keel.nn.layer.KvCache] the places given come behind those seen before: the result has the same bits as
/// theirs in one pass over the whole sequence. In causal attention the padding at the end of a sequence is never seen, so there
/// is no mask. Children under Llama's names: `q_proj`, `k_proj`, `v_proj`, `o_proj`, and `qk_norm` where there is one.
///
/// @param heads of queries
/// @param keyHeads heads of keys and values, a divisor of `heads`: the same number for plain attention, 1 for multi-query
/// @param query (…, width) → (…, heads·d)
/// @param key (…, width) → (…, keyHeads·d)
/// @param value as `key`
/// @param out (…, heads·d) → (…, width)
/// @param norm of queries and keys, in front of the positions; or null
/// @param rope positions; or null
/// @param causal whether a place sees only those up to itself
/// @param dropout the share of attention weights that training drops
public record SelfAttention(int heads, int keyHeads, Linear query, Linear key, Linear value, Linear out, QkNorm norm, Rope rope,
    boolean causal, double dropout) implements Layer {
    /// @throws IllegalArgumentException if the parts do not fit each other
    public SelfAttention {
        Heads.check("SelfAttention", query.out(), heads, dropout);
        int d = query.out() / heads;
        if (keyHeads < 1 || heads % keyHeads != 0 || key.out() != keyHeads * d || value.out() != keyHeads * d
            || key.in() != query.in() || value.in() != query.in() || out.in() != query.out()) {
            throw new IllegalArgumentException("SelfAttention: " + heads + " heads of queries in " + query + ", " + keyHeads
                + " of keys in " + key + ", values " + value + ", out " + out
                + "; give a divisor of the heads, and heads of one width");
        }
    }

    /// As many heads of keys as of queries, biases 0.
    public static SelfAttention of(DType dtype, int width, int heads, Init weight, RandomGenerator random) {
        return grouped(dtype, width, heads, heads, weight, random);
    }

    /// `keyHeads` heads of keys and values for `heads` of queries; biases 0.
    public static SelfAttention grouped(DType dtype, int width, int heads, int keyHeads, Init weight, RandomGenerator random) {
        Heads.check("SelfAttention", width, heads, 0);
        int keys = width / heads * keyHeads;
        return new SelfAttention(heads, keyHeads, Linear.of(dtype, width, width, weight, random),
            Linear.of(dtype, width, keys, weight, random), Linear.of(dtype, width, keys, weight, random),
            Linear.of(dtype, width, width, weight, random), null, null, true, 0);
    }

    /// Without biases.
    public SelfAttention withoutBias() {
        return new SelfAttention(heads, keyHeads, new Linear(query.weight(), null), new Linear(key.weight(), null),
            new Linear(value.weight(), null), new Linear(out.weight(), null), norm, rope, causal, dropout);
    }

    /// With queries and keys normalized: bounds the logits ([QkNorm]).
    public SelfAttention norm(QkNorm norm) {
        return new SelfAttention(heads, keyHeads, query, key, value, out, norm, rope, causal, dropout);
    }

    /// With rotary positions.
    public SelfAttention rope(Rope rope) {
        return new SelfAttention(heads, keyHeads, query, key, value, out, norm, rope, causal, dropout);
    }

    /// With every place seeing every place.
    public SelfAttention bidirectional() {
        return new SelfAttention(heads, keyHeads, query, key, value, out, norm, rope, false, dropout);
    }

    /// With this share of attention weights dropped in training.
    public SelfAttention dropout(double p) {
        return new SelfAttention(heads, keyHeads, query, key, value, out, norm, rope, causal, p);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.rank() < 2) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape() + "; give "
                + query.weight().dtype() + " (…, length, " + query.in() + ")");
        }
        var cache = pass.cache();
        if (cache != null && !causal) {
            throw new IllegalStateException(this + pass.at()
                + ": places seen before would see later ones, so nothing can be kept; "
                + "pass whole sequences, without a cache");
        }
        int from = cache == null ? 0 : cache.length(pass.path());
        var q = Heads.split(pass.run("q_proj", query, x), heads);
        var k = Heads.split(pass.run("k_proj", key, x), keyHeads);
        var v = Heads.split(pass.run("v_proj", value, x), keyHeads);
        var options = AttentionOptions.defaults();
        if (norm != null) {
            var inner = pass.enter("qk_norm");
            q = inner.run("query", norm.query(), q);
            k = inner.run("key", norm.key(), k);
            if (norm.g() != null) {
                q = q.mul(norm.g());
                options = options.scale(1);
            }
        }
        if (rope != null) {
            q = rope.turn(q, from);
            k = rope.turn(k, from);
        }
        if (cache != null) {
            var seen = cache.append(pass.path(), k.value(), v.value());
            k = Tensor.of(seen.keys());
            v = Tensor.of(seen.values());
        }
        if (causal) options = options.causal(from);
        if (keyHeads != heads) options = options.grouped();
        options = Heads.dropout(options, q, k.extent(-2), dropout, pass);
        return pass.run("o_proj", out, Heads.merge(Attention.scaledDotProduct(q, k, v, null, options)));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("q_proj", query);
        visitor.child("k_proj", key);
        visitor.child("v_proj", value);
        visitor.child("o_proj", out);
        if (norm != null) visitor.child("qk_norm", norm);
    }

    @Override
    public String toString() {
        return "SelfAttention(" + query.in() + ", " + heads + " heads" + (keyHeads == heads ? ")" : ", " + keyHeads
            + " of keys)");
    }
}
