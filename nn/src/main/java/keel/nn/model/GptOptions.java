package keel.nn.model;

import keel.array.DType;

/// What a [Gpt] is made of. [#of] is a modern one: pre-norm RMSNorm, rotary positions, SwiGLU.
///
/// ```java
/// GptOptions.of(vocabulary, 256, 128, 8, 6)                                                   // Llama's parts
/// GptOptions.of(vocabulary, 256, 128, 8, 6).norm(Norm.LAYER_NORM).learnedPositions().gelu()   // GPT-2's
/// GptOptions.of(vocabulary, 256, 128, 8, 100).form(Form.DEEP_NORM)                            // deep, post-norm, no warmup
/// ```
///
/// @param vocabulary tokens there are
/// @param length most places of a sequence
/// @param width features of a place
/// @param heads of queries; a divisor of the width
/// @param keyHeads of keys and values; a divisor of `heads`
/// @param blocks attention and feed-forward nets, one of each a block
/// @param form where the norms stand
/// @param norm of which kind they are
/// @param isRotary rotary positions, else learned ones
/// @param isGated SwiGLU of hidden width 8/3·width, else gelu of 4·width
/// @param isQkNorm whether queries and keys are normalized
/// @param isTied whether the head reads logits off the embeddings
/// @param dropout behind attention, its weights, and the feed-forward net
/// @param dtype of the parameters
public record GptOptions(int vocabulary, int length, int width, int heads, int keyHeads, int blocks, Form form, Norm norm,
    boolean isRotary, boolean isGated, boolean isQkNorm, boolean isTied, double dropout, DType dtype) {
    /// Where the norms of a block stand.
    public enum Form {
        /// `x + F(norm(x))`, and a norm in front of the head.
        PRE,
        /// `norm(x + F(x))`
        POST,
        /// `x + norm(F(norm(x)))`, and a norm in front of the head.
        SANDWICH,
        /// `norm(α·x + F(x))`, weights scaled with depth: [keel.nn.residual.DeepNorm].
        DEEP_NORM;

        /// Whether what comes out of a block is normalized, so that the head needs no norm.
        boolean endsInNorm() {
            return this == POST || this == DEEP_NORM;
        }
    }

    /// Kinds of norms.
    public enum Norm {
        /// [keel.nn.norm.LayerNorm]
        LAYER_NORM,
        /// [keel.nn.norm.RMSNorm]
        RMS_NORM,
        /// [keel.nn.norm.DyT], in the place of one.
        DYT
    }

    /// @throws IllegalArgumentException if a count is below 1, or the heads do not divide the width
    public GptOptions {
        if (vocabulary < 1 || length < 1 || heads < 1 || keyHeads < 1 || blocks < 1 || width < heads || width % heads != 0
            || heads % keyHeads != 0) {
            throw new IllegalArgumentException("Gpt: vocabulary " + vocabulary + ", length " + length + ", width " + width + ", "
                + heads + " heads, " + keyHeads + " of keys, " + blocks + " blocks; give 1 or more of each, a width that is a "
                + "multiple of the heads, and heads that are one of those of keys");
        }
    }

    /// Pre-norm RMSNorm, rotary positions, SwiGLU, as many heads of keys as of queries, a head of its own, no dropout, F32.
    public static GptOptions of(int vocabulary, int length, int width, int heads, int blocks) {
        return new GptOptions(vocabulary, length, width, heads, heads, blocks, Form.PRE, Norm.RMS_NORM, true, true, false, false,
            0,
            DType.F32);
    }

    /// Other places for the norms.
    public GptOptions form(Form form) {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, isTied,
            dropout, dtype);
    }

    /// Norms of another kind.
    public GptOptions norm(Norm norm) {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, isTied,
            dropout, dtype);
    }

    /// Fewer heads of keys and values than of queries.
    public GptOptions keyHeads(int keyHeads) {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, isTied,
            dropout, dtype);
    }

    /// A learned vector for each place instead of rotary positions.
    public GptOptions learnedPositions() {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, false, isGated, isQkNorm, isTied,
            dropout,
            dtype);
    }

    /// A plain feed-forward net with gelu instead of SwiGLU.
    public GptOptions gelu() {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, false, isQkNorm, isTied,
            dropout, dtype);
    }

    /// Queries and keys normalized.
    public GptOptions qkNorm() {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, true, isTied,
            dropout,
            dtype);
    }

    /// The embeddings are the head too.
    public GptOptions tied() {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, true,
            dropout, dtype);
    }

    /// Another share dropped.
    public GptOptions dropout(double p) {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, isTied,
            p,
            dtype);
    }

    /// Parameters of another type.
    public GptOptions dtype(DType dtype) {
        return new GptOptions(vocabulary, length, width, heads, keyHeads, blocks, form, norm, isRotary, isGated, isQkNorm, isTied,
            dropout, dtype);
    }
}
