package keel.nn.attention;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.autograd.Tensor;
import keel.nn.init.DepthScale;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;
import keel.nn.norm.LayerNorm;

/// Self-attention and a feed-forward net, each with a shortcut and a norm (Vaswani et al. 2017, arXiv:1706.03762, sec. 3.1),
/// PyTorch's `nn.TransformerEncoderLayer` by names and numbers, `(…, l, width) → (…, l, width)`:
///
/// - post-norm, the default: `x = norm1(α·x + A(x)); y = norm2(α·x + F(x))`. Deep stacks need warmup (Xiong et al. 2020,
///   arXiv:2002.04745), or [#deepNorm].
/// - [#normFirst]: `x = α·x + A(norm1(x)); y = α·x + F(norm2(x))`, with one more norm behind the last layer
/// - [#withoutNorm]: `x = x + A(x); y = x + F(x)`, for T-Fixup: see [TransformerStart#tFixup]
///
/// `A` is attention and `F(x) = linear2(φ(linear1(x)))`, both with dropout; α is 1 but in DeepNorm. Children `self_attn`,
/// `linear1`, `linear2`, `norm1`, `norm2`.
///
/// @param attention `self_attn`
/// @param linear1 width → hidden
/// @param linear2 hidden → width
/// @param norm1 of the attention; null for none
/// @param norm2 of the feed-forward net; null for none
/// @param activation φ
/// @param dropout behind attention, φ and `linear2`
/// @param isNormFirst where the norms stand
/// @param shortcut α
public record TransformerEncoderLayer(MultiheadAttention attention, Linear linear1, Linear linear2, Layer norm1, Layer norm2,
    Activation activation, double dropout, boolean isNormFirst, double shortcut) implements MaskedLayer {
    private static final double DROPOUT = 0.1; // PyTorch's

    /// @throws IllegalArgumentException if the widths do not fit, or one norm is missing
    public TransformerEncoderLayer {
        int width = attention.width();
        if (linear1.in() != width || linear2.out() != width || linear2.in() != linear1.out()
            || (norm1 == null) != (norm2 == null)) {
            throw new IllegalArgumentException("TransformerEncoderLayer: " + attention + ", " + linear1 + ", " + linear2
                + ", norms " + norm1 + " and " + norm2 + "; give one width, one hidden width, and both norms or none");
        }
        Block.check("TransformerEncoderLayer", dropout, shortcut);
    }

    /// PyTorch's defaults: post-norm, relu, dropout 0.1; a usual hidden width is `4·width`.
    public static TransformerEncoderLayer of(DType dtype, int width, int heads, int hidden, RandomGenerator random) {
        var attention = MultiheadAttention.of(dtype, width, heads, random).dropout(DROPOUT);
        return new TransformerEncoderLayer(attention, Block.linear(dtype, width, hidden, random),
            Block.linear(dtype, hidden, width, random), LayerNorm.of(dtype, width), LayerNorm.of(dtype, width), Activation.relu(),
            DROPOUT, false, 1);
    }

    /// Another activation.
    public TransformerEncoderLayer activation(Activation activation) {
        return new TransformerEncoderLayer(attention, linear1, linear2, norm1, norm2, activation, dropout, isNormFirst, shortcut);
    }

    /// Another share dropped, also of the attention weights.
    public TransformerEncoderLayer dropout(double p) {
        return new TransformerEncoderLayer(attention.dropout(p), linear1, linear2, norm1, norm2, activation, p, isNormFirst,
            shortcut);
    }

    /// Pre-norm: the stable choice for deep stacks.
    public TransformerEncoderLayer normFirst() {
        return new TransformerEncoderLayer(attention, linear1, linear2, norm1, norm2, activation, dropout, true, shortcut);
    }

    /// Two norms of another kind, each asked for anew.
    public TransformerEncoderLayer norms(Supplier<? extends Layer> norm) {
        return new TransformerEncoderLayer(attention, linear1, linear2, norm.get(), norm.get(), activation, dropout, isNormFirst,
            shortcut);
    }

    /// No norms. Such a stack trains if it starts by [TransformerStart#tFixup].
    public TransformerEncoderLayer withoutNorm() {
        return new TransformerEncoderLayer(attention, linear1, linear2, null, null, activation, dropout, isNormFirst, shortcut);
    }

    /// No biases, as PyTorch's `bias=False`; norms of its own are without them too.
    public TransformerEncoderLayer withoutBias() {
        return new TransformerEncoderLayer(attention.withoutBias(), new Linear(linear1.weight(), null),
            new Linear(linear2.weight(), null), Block.withoutBias(norm1), Block.withoutBias(norm2), activation, dropout,
            isNormFirst,
            shortcut);
    }

    /// Post-norm with the shortcut of a net of `blocks` such layers; start it by [TransformerStart#deepNorm] (Wang et al. 2022,
    /// arXiv:2203.00555).
    public TransformerEncoderLayer deepNorm(int blocks) {
        return new TransformerEncoderLayer(attention, linear1, linear2, norm1, norm2, activation, dropout, false,
            DepthScale.deepNormShortcut(blocks));
    }

    @Override
    public Tensor forward(Tensor x, AttentionMask mask, Pass pass) {
        var block = new Block(isNormFirst, shortcut, dropout, pass);
        var y = block.around("norm1", norm1, x, z -> pass.run("self_attn", attention.under(mask), z));
        return block.around("norm2", norm2, y, z -> block.feedForward(linear1, activation, linear2, z));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("self_attn", attention);
        visitor.child("linear1", linear1);
        visitor.child("linear2", linear2);
        if (norm1 != null) {
            visitor.child("norm1", norm1);
            visitor.child("norm2", norm2);
        }
    }

    @Override
    public String toString() {
        return "TransformerEncoderLayer(" + attention.width() + ", " + attention.heads() + " heads, " + linear1.out()
            + " hidden)";
    }
}
