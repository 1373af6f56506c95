package keel.nn.model;

import java.util.random.RandomGenerator;

import keel.nn.attention.FeedForward;
import keel.nn.attention.Rope;
import keel.nn.attention.SelfAttention;
import keel.nn.attention.TransformerStart;
import keel.nn.init.DepthScale;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Sequential;
import keel.nn.norm.DyT;
import keel.nn.norm.LayerNorm;
import keel.nn.norm.QkNorm;
import keel.nn.norm.RMSNorm;
import keel.nn.residual.DeepNorm;
import keel.nn.residual.Residual;

/// The blocks of a [Gpt]: attention and a feed-forward net, each with a shortcut and a norm.
final class GptBlock {
    private GptBlock() {}

    /// All blocks, each drawn by itself, and how they start.
    static Sequential stack(GptOptions o, RandomGenerator random) {
        var rope = o.isRotary() ? Rope.of(o.width() / o.heads(), o.length()) : null;
        var blocks = Sequential.repeat(o.blocks(),
            () -> Sequential.of(around(o, attention(o, rope, random)), around(o, feedForward(o, random))));
        if (o.form() == GptOptions.Form.DEEP_NORM) {
            TransformerStart.deepNorm(blocks, o.blocks(), random);
        } else {
            for (var p : blocks.parameters()) if (endsBranch(p.name())) p.value().mulInPlace(DepthScale.residual(o.blocks()));
        }
        return blocks;
    }

    private static boolean endsBranch(String name) {
        return name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    }

    private static Layer attention(GptOptions o, Rope rope, RandomGenerator random) {
        var layer = SelfAttention.grouped(o.dtype(), o.width(), o.heads(), o.keyHeads(), Init.xavierNormal(), random).rope(rope)
            .dropout(o.dropout());
        if (o.isGated()) layer = layer.withoutBias();
        return o.isQkNorm() ? layer.norm(QkNorm.rms(o.dtype(), o.width() / o.heads())) : layer;
    }

    private static Layer feedForward(GptOptions o, RandomGenerator random) {
        int w = o.width();
        return o.isGated() ? FeedForward.swiGlu(o.dtype(), w, (8 * w + 2) / 3, Init.xavierNormal(), random)
            : FeedForward.of(o.dtype(), w, 4 * w, Activation.gelu(), Init.xavierNormal(), random);
    }

    static Layer norm(GptOptions o) {
        return switch (o.norm()) {
            case LAYER_NORM -> LayerNorm.of(o.dtype(), o.width());
            case RMS_NORM -> RMSNorm.of(o.dtype(), o.width());
            case DYT -> DyT.of(o.dtype(), o.width(), 0.5);
        };
    }

    private static Layer around(GptOptions o, Layer branch) {
        var body = o.dropout() == 0 ? new Layer[] {branch} : new Layer[] {branch, Dropout.of(o.dropout())};
        return switch (o.form()) {
            case PRE -> Residual.preNorm(norm(o), body);
            case POST -> Residual.postNorm(norm(o), body);
            case SANDWICH -> Residual.sandwich(norm(o), norm(o), body);
            case DEEP_NORM -> DeepNorm.of(o.blocks(), norm(o), body);
        };
    }
}
