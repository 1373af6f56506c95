package keel.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.FusedAttention;
import keel.array.NdArray;
import keel.array.Shape;

/// Attention (Vaswani et al. 2017, arXiv:1706.03762, eq. 1), differentiable to any order: queries (…, l, e), keys (…, s, e) and
/// values (…, s, d) → (…, l, d).
///
/// A mask broadcasts to (…, l, s): `BOOL`, true where a query sees a key, or floating, added to the logits. A query that sees no
/// key gives zeros, and takes no part in gradients. All throw an `IllegalArgumentException` if shapes or types do not fit.
public final class Attention {
    private Attention() {}

    /// `softmax(scale·q·kᵀ + mask)·v` in one operation, whose graph keeps q, k and v but no weights: memory grows with l + s, not
    /// with l·s. `mask` may be null. Leading axes broadcast. A result has the same bits whether queries are computed together or
    /// one by one, and whether keys that it does not see are there or not, as long as these are finite.
    public static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, Tensor mask, AttentionOptions options) {
        if (mask != null && mask.wantsGradient() && Recording.isOn()) { // a learned bias: its gradient is as large as the weights
            return apply(weights(q, k, mask, options), v, options);
        }
        var x = broadcast(options, q, k, v);
        var m = mask == null ? null : mask.value();
        return Tensor.op(FusedAttention.of(x[0].value(), x[1].value(), x[2].value(), m, options),
            new ScaledDotProduct(x[0], x[1], x[2], m, options));
    }

    /// `softmax(scale·q·kᵀ + mask)` (…, l, s), before dropout: for who wants to see the weights. [#apply] makes the result of
    /// them.
    public static Tensor weights(Tensor q, Tensor k, Tensor mask, AttentionOptions options) {
        var x = broadcast(options, q, k);
        FusedAttention.requireFit(x[0].value(), x[1].value(), x[1].value(), mask == null ? null : mask.value(), options);
        return softmax(x[0], repeated(x[1], x[0], options), mask, options);
    }

    /// `weights·v` after dropout, (…, l, s), (…, s, d) → (…, l, d).
    public static Tensor apply(Tensor weights, Tensor v, AttentionOptions options) {
        return dropped(weights, options).matmul(repeated(v, weights, options));
    }

    /// Fused in first order; in primitive operations where it is recorded itself.
    record ScaledDotProduct(Tensor q, Tensor k, Tensor v, NdArray mask, AttentionOptions options) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {q, k, v}; }

        @Override public NdArray[] constants() {
            var kept = options.kept();
            return mask == null ? kept == null ? NONE : new NdArray[] {kept}
                : kept == null ? new NdArray[] {mask} : new NdArray[] {mask, kept};
        }

        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (Recording.isOn()) {
                compose(dy, in);
                return;
            }
            var dx = FusedAttention.gradients(q.value(), k.value(), v.value(), mask, options, dy.value(), in.wants(q),
                in.wants(k), in.wants(v));
            in.giveOwn(q, () -> Tensor.of(dx[0]));
            in.giveOwn(k, () -> Tensor.of(dx[1]));
            in.giveOwn(v, () -> Tensor.of(dx[2]));
        }

        private void compose(Tensor dy, Inputs in) {
            var keys = repeated(k, q, options);
            var w = softmax(q, keys, mask == null ? null : Tensor.of(mask), options);
            double scale = options.scaleFor(q.extent(-1));
            in.give(v, () -> folded(dropped(w, options).matmulTN(dy), v)); // (l, s)ᵀ·(l, d)
            if (!in.wants(q) && !in.wants(k)) return;
            var dw = dropped(dy.matmulNT(repeated(v, q, options)), options); // (l, d)·(s, d)ᵀ
            var dz = w.mul(dw.sub(dw.mul(w).sum(true, -1))).mul(scale);
            in.give(q, () -> dz.matmul(keys)); // (l, s)·(s, e)
            in.give(k, () -> folded(dz.matmulTN(q), k)); // (l, s)ᵀ·(l, e)
        }
    }

    // ---- in primitive operations

    private static Tensor softmax(Tensor q, Tensor k, Tensor mask, AttentionOptions options) {
        var z = q.mul(options.scaleFor(q.extent(-1))).matmulNT(k);
        if (mask != null) z = mask.dtype() == DType.BOOL ? hide(z, mask.value().not()) : z.add(mask);
        if (options.isCausal()) z = hide(z, hidden(q.extent(-2), k.extent(-2), options.offset()));
        if (z.size() == 0) return z;
        var blind = z.value().max(true, -1).eq(Double.NEGATIVE_INFINITY);
        if (!blind.any(false).booleans()[0]) return z.softmax(-1);
        return z.maskedFill(blind, 0).softmax(-1).maskedFill(blind, 0);
    }

    private static Tensor hide(Tensor z, NdArray mask) { return z.maskedFill(mask, Double.NEGATIVE_INFINITY); }

    /// `BOOL` (l, s): the keys that causal attention hides, `j > i + offset`.
    static NdArray hidden(int l, int s, int offset) {
        var y = new boolean[Shape.of(l, s).size()];
        for (int i = 0; i < l; i++) {
            for (int j = Math.clamp(i + 1L + offset, 0, s); j < s; j++) y[i * s + j] = true;
        }
        return NdArray.of(Shape.of(l, s), y);
    }

    private static Tensor dropped(Tensor w, AttentionOptions options) {
        if (options.kept() == null) return w;
        var kept = options.kept().cast(w.dtype());
        return w.mul(Tensor.of(options.dropout() == 1 ? kept.mul(0) : kept.mul(1 / (1 - options.dropout()))));
    }

    // A head of keys for every head of queries.
    private static Tensor repeated(Tensor k, Tensor q, AttentionOptions options) {
        if (!options.isGrouped() || k.extent(-3) == q.extent(-3)) return k;
        return k.repeatInterleave(q.extent(-3) / k.extent(-3), -3);
    }

    // The reverse, of gradients.
    private static Tensor folded(Tensor dk, Tensor k) {
        if (dk.shape().equals(k.shape())) return dk;
        int axis = k.rank() - 3;
        int heads = k.extent(axis);
        return dk.reshape(dk.shape().with(axis, dk.extent(axis) / heads).inserted(axis, heads)).sum(false, axis + 1);
    }

    // Leading axes alike; heads, axis −3, stay as they are where they are grouped.
    private static Tensor[] broadcast(AttentionOptions options, Tensor... x) {
        int own = options.isGrouped() ? 3 : 2;
        var leading = new ArrayList<Shape>();
        for (var t : x) {
            if (t.rank() < own) {
                throw new IllegalArgumentException("attention: " + t.shape() + " has " + t.rank() + " axes; give " + own
                    + " or more, (…, " + (own == 3 ? "heads, " : "") + "length, width)");
            }
            leading.add(Shape.of(Arrays.copyOf(t.shape().extents(), t.rank() - own)));
        }
        var all = leading.getFirst();
        for (var shape : leading) all = Shape.broadcast("attention (leading axes)", all, shape);
        var y = new Tensor[x.length];
        for (int i = 0; i < x.length; i++) {
            var extents = Arrays.copyOf(all.extents(), all.rank() + own);
            System.arraycopy(x[i].shape().extents(), x[i].rank() - own, extents, all.rank(), own);
            y[i] = x[i].expand(Shape.of(extents));
        }
        return y;
    }
}
