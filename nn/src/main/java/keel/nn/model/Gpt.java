package keel.nn.model;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.nn.attention.Positions;
import keel.nn.init.Init;
import keel.nn.layer.Embedding;
import keel.nn.layer.Identity;
import keel.nn.layer.KvCache;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.loss.Loss;

/// A small language model (Radford et al. 2019, "GPT-2"): tokens `I32` (n, l) → logits of the next one (n, l, vocabulary).
///
/// Children `tokens`, `positions`, `blocks.0.0` (attention), `blocks.0.1` (feed-forward), …, `norm`, `head`. Weights start Xavier
/// normal, those that end a branch times `1/√(2·blocks)`; in DeepNorm as [keel.nn.attention.TransformerStart#deepNorm] has them.
public record Gpt(Embedding tokens, Layer positions, Sequential blocks, Layer norm, Linear head, int length) implements Layer {
    /// A model of these parts, drawn from `random`.
    public static Gpt of(GptOptions o, RandomGenerator random) {
        var small = Init.normal(1 / Math.sqrt(o.width()));
        var tokens = Embedding.of(o.dtype(), o.vocabulary(), o.width(), small, random);
        Layer positions = o.isRotary() ? Identity.of()
            : Positions.learned(o.dtype(), o.length(), o.width(), small, random);
        var blocks = GptBlock.stack(o, random);
        var head = o.isTied() ? new Linear(tokens.weight(), null)
            : Linear.withoutBias(o.dtype(), o.width(), o.vocabulary(), small, random);
        return new Gpt(tokens, positions, blocks, o.form().endsInNorm() ? Identity.of() : GptBlock.norm(o), head, o.length());
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var h = pass.run("positions", positions, pass.run("tokens", tokens, x));
        return pass.run("head", head, pass.run("norm", norm, pass.run("blocks", blocks, h)));
    }

    /// Cross-entropy, in nats a token, of each token of `I32` (n, l) after the first, given those before it.
    public Tensor loss(NdArray sequences, Pass pass) {
        int l = sequences.extent(1);
        var logits = forward(Tensor.of(sequences.slice(1, 0, l - 1)), pass);
        return Loss.crossEntropy(logits.flatten(0, 1), sequences.slice(1, 1, l).flatten(0));
    }

    /// The prompts `I32` (n, l ≥ 1) with `count` more tokens each, one after the other: each place is computed once, the keys and
    /// values of those before it are kept. Logits have the bits of a pass over the whole sequence.
    ///
    /// @throws IllegalArgumentException if there is no prompt, or the result would be longer than the model's length
    public NdArray generate(NdArray prompts, int count, Sampling sampling, RandomGenerator random) {
        if (prompts.dtype() != DType.I32 || prompts.rank() != 2 || prompts.extent(1) == 0 || count < 0
            || prompts.extent(1) + (long) count > length) {
            throw new IllegalArgumentException("Gpt.generate: prompts " + prompts.dtype() + " " + prompts.shape() + " and "
                + count + " tokens more; give I32 (n, l), l 1 or more, and in all at most " + length + " places");
        }
        return Recording.off(() -> {
            var pass = Pass.inference().caching(new KvCache());
            var all = prompts;
            for (var next = prompts; all.extent(1) < prompts.extent(1) + count; all = NdArray.concat(1, all, next)) {
                var logits = forward(Tensor.of(next), pass).value();
                var chosen = new int[prompts.extent(0)];
                for (int i = 0; i < chosen.length; i++) {
                    chosen[i] = sampling.choose(logits.slice(0, i, i + 1).slice(1, next.extent(1) - 1, next.extent(1)).flatten(0),
                        random);
                }
                next = NdArray.of(chosen).unsqueeze(1);
            }
            return all;
        });
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("tokens", tokens);
        visitor.child("positions", positions);
        visitor.child("blocks", blocks);
        visitor.child("norm", norm);
        visitor.child("head", head);
    }

    @Override
    public String toString() {
        return "Gpt(" + tokens + ", " + blocks.layers().size() + " blocks)";
    }
}
