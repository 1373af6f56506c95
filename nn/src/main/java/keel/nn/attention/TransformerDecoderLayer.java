package keel.nn.attention;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;
import keel.nn.norm.LayerNorm;

/// Self-attention, attention to the output of an encoder, and a feed-forward net, each with a shortcut and a norm (Vaswani et
/// al. 2017, arXiv:1706.03762, sec. 3.1), PyTorch's `nn.TransformerDecoderLayer` by names and numbers: targets (…, t, width),
/// memory (…, s, width) → (…, t, width).
///
/// Post-norm by default, or [#normFirst]: as in [TransformerEncoderLayer]. Children `self_attn`, `multihead_attn`, `linear1`,
/// `linear2`, `norm1`, `norm2`, `norm3`.
///
/// @param attention `self_attn`
/// @param cross `multihead_attn`, from the targets to the memory
/// @param linear1 width → hidden
/// @param linear2 hidden → width
/// @param norm1 of `attention`; null for none
/// @param norm2 of `cross`; null for none
/// @param norm3 of the feed-forward net; null for none
/// @param activation between the linear layers
/// @param dropout behind each attention, the activation and `linear2`
/// @param isNormFirst where the norms stand
/// @param shortcut what the input is multiplied by where it is added: 1 but in DeepNorm
public record TransformerDecoderLayer(MultiheadAttention attention, MultiheadAttention cross, Linear linear1, Linear linear2,
    Layer norm1, Layer norm2, Layer norm3, Activation activation, double dropout, boolean isNormFirst, double shortcut)
    implements Layer {
    private static final double DROPOUT = 0.1; // PyTorch's

    /// @throws IllegalArgumentException if the widths do not fit, or a norm is missing
    public TransformerDecoderLayer {
        int width = attention.width();
        if (linear1.in() != width || linear2.out() != width || linear2.in() != linear1.out() || cross.width() != width
            || (norm1 == null) != (norm2 == null) || (norm1 == null) != (norm3 == null)) {
            throw new IllegalArgumentException("TransformerDecoderLayer: " + attention + ", " + cross + ", " + linear1 + ", "
                + linear2 + ", norms " + norm1 + ", " + norm2 + " and " + norm3
                + "; give one width, one hidden width, and all norms or none");
        }
        Block.check("TransformerDecoderLayer", dropout, shortcut);
    }

    /// PyTorch's defaults: post-norm, relu, dropout 0.1.
    public static TransformerDecoderLayer of(DType dtype, int width, int heads, int hidden, RandomGenerator random) {
        var attention = MultiheadAttention.of(dtype, width, heads, random).dropout(DROPOUT);
        var cross = MultiheadAttention.of(dtype, width, heads, random).dropout(DROPOUT);
        return new TransformerDecoderLayer(attention, cross, Block.linear(dtype, width, hidden, random),
            Block.linear(dtype, hidden, width, random), LayerNorm.of(dtype, width), LayerNorm.of(dtype, width),
            LayerNorm.of(dtype, width), Activation.relu(), DROPOUT, false, 1);
    }

    /// Another activation.
    public TransformerDecoderLayer activation(Activation activation) {
        return new TransformerDecoderLayer(attention, cross, linear1, linear2, norm1, norm2, norm3, activation, dropout,
            isNormFirst,
            shortcut);
    }

    /// Another share dropped, also of the attention weights.
    public TransformerDecoderLayer dropout(double p) {
        return new TransformerDecoderLayer(attention.dropout(p), cross.dropout(p), linear1, linear2, norm1, norm2, norm3,
            activation, p,
            isNormFirst, shortcut);
    }

    /// Pre-norm: the stable choice for deep stacks.
    public TransformerDecoderLayer normFirst() {
        return new TransformerDecoderLayer(attention, cross, linear1, linear2, norm1, norm2, norm3, activation, dropout, true,
            shortcut);
    }

    /// Three norms of another kind, each asked for anew.
    public TransformerDecoderLayer norms(Supplier<? extends Layer> norm) {
        return new TransformerDecoderLayer(attention, cross, linear1, linear2, norm.get(), norm.get(), norm.get(), activation,
            dropout,
            isNormFirst, shortcut);
    }

    /// No biases, as PyTorch's `bias=False`; norms of its own are without them too.
    public TransformerDecoderLayer withoutBias() {
        return new TransformerDecoderLayer(attention.withoutBias(), cross.withoutBias(), new Linear(linear1.weight(), null),
            new Linear(linear2.weight(), null), Block.withoutBias(norm1), Block.withoutBias(norm2), Block.withoutBias(norm3),
            activation,
            dropout, isNormFirst, shortcut);
    }

    /// Of targets that attend to themselves, each place to those up to itself: a decoder without an encoder in front of it has
    /// nothing to read, so this is an error; call the other form.
    ///
    /// @throws IllegalStateException always
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        throw new IllegalStateException(this + pass.at() + ": there is no memory to attend to; call "
            + "forward(targets, memory, targetMask, memoryMask, pass)");
    }

    /// The targets under a mask, attending to the memory under another.
    public Tensor forward(Tensor targets, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Pass pass) {
        var block = new Block(isNormFirst, shortcut, dropout, pass);
        var x = block.around("norm1", norm1, targets, z -> pass.run("self_attn", attention.under(targetMask), z));
        var y = block.around("norm2", norm2, x, z -> cross.attend(z, memory, memory, memoryMask, pass.enter("multihead_attn")));
        return block.around("norm3", norm3, y, z -> block.feedForward(linear1, activation, linear2, z));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("self_attn", attention);
        visitor.child("multihead_attn", cross);
        visitor.child("linear1", linear1);
        visitor.child("linear2", linear2);
        if (norm1 != null) {
            visitor.child("norm1", norm1);
            visitor.child("norm2", norm2);
            visitor.child("norm3", norm3);
        }
    }

    @Override
    public String toString() {
        return "TransformerDecoderLayer(" + attention.width() + ", " + attention.heads() + " heads, " + linear1.out()
            + " hidden)";
    }
}
