package keel.nn.attention;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Which keys a query sees. **True is seen**, as in `scaled_dot_product_attention`; PyTorch's `nn.MultiheadAttention` means the
/// opposite, so a mask of its own comes in as `mask.not()`.
///
/// @param keys `BOOL` (…, s), the keys that hold something: true up to the length of a sentence, false for its padding; or null
/// @param scores added to the logits, or `BOOL`: broadcasts to (…, heads, l, s); or null
/// @param isCausal whether query `i` sees only the keys `0 … i`
public record AttentionMask(NdArray keys, Tensor scores, boolean isCausal) {
    /// @throws IllegalArgumentException if `keys` is no mask
    public AttentionMask {
        if (keys != null && (keys.dtype() != DType.BOOL || keys.rank() == 0)) {
            throw new IllegalArgumentException("AttentionMask: keys are " + keys.dtype() + " " + keys.shape()
                + "; give BOOL (…, keys), true where there is one");
        }
    }

    /// Every query sees every key.
    public static AttentionMask none() {
        return new AttentionMask(null, null, false);
    }

    /// A query sees the keys up to its own place.
    public AttentionMask causal() {
        return new AttentionMask(keys, scores, true);
    }

    /// Of these, a query sees the keys that are true: `BOOL` (…, s).
    public AttentionMask keys(NdArray keys) {
        return new AttentionMask(keys, scores, isCausal);
    }

    /// Adds `scores` (…, l, s) to the logits, or hides what is false in them where they are `BOOL`.
    public AttentionMask scores(Tensor scores) {
        return new AttentionMask(keys, scores, isCausal);
    }

    /// The keys and scores as one mask, which broadcasts to (…, heads, l, s); null where everything is seen.
    Tensor together() {
        if (keys == null) return scores;
        var seen = keys.unsqueeze(-2).unsqueeze(-2); // (…, 1, 1, s)
        if (scores == null) return Tensor.of(seen);
        if (scores.dtype() == DType.BOOL) return Tensor.of(seen.and(scores.value()));
        return Tensor.where(seen, scores, Tensor.scalar(scores.dtype(), Double.NEGATIVE_INFINITY));
    }

    /// The same for `l` queries and `s` keys with `extra` more keys at the end, which every query sees.
    AttentionMask extended(int l, int s, int extra) {
        if (extra == 0) return this;
        var all = isCausal ? withLower(l, s) : scores;
        return new AttentionMask(keys == null ? null : NdArray.concat(-1, keys, more(keys, extra)),
            all == null ? null : widened(all.extent(-1) == s ? all : all.expand(last(all.shape(), s)), extra), false);
    }

    // Row i sees the columns 0 … i.
    private Tensor withLower(int l, int s) {
        var lower = NdArray.arange(DType.F32, s).le(NdArray.arange(DType.F32, l).unsqueeze(1));
        if (scores == null) return Tensor.of(lower);
        return scores.dtype() == DType.BOOL ? Tensor.of(scores.value().and(lower))
            : Tensor.where(lower, scores, Tensor.scalar(scores.dtype(), Double.NEGATIVE_INFINITY));
    }

    private static Tensor widened(Tensor scores, int extra) {
        return scores.dtype() == DType.BOOL ? Tensor.of(NdArray.concat(-1, scores.value(), more(scores.value(), extra)))
            : Tensor.concat(-1, scores, Tensor.of(NdArray.zeros(scores.dtype(), last(scores.shape(), extra))));
    }

    private static NdArray more(NdArray mask, int extra) {
        return NdArray.full(DType.BOOL, last(mask.shape(), extra), 1);
    }

    private static Shape last(Shape shape, int extent) {
        return shape.with(shape.rank() - 1, extent);
    }
}
