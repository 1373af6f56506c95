package keel.nn.model;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.Positions;
import keel.nn.init.Init;
import keel.nn.layer.Embedding;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Names a class for a sequence of tokens: embeddings times √width, positions, an encoder, the mean over its places and a linear
/// head, `I32` (n, l) → logits (n, classes) (the front as in Vaswani et al. 2017, arXiv:1706.03762, sec. 3.4).
///
/// Where the embedding has a padding index, such tokens are neither attended to nor part of the mean.
/// Children `embedding`, `positions`, `encoder` and `head`.
public record TransformerClassifier(Embedding embedding, Positions positions, TransformerEncoder encoder, Linear head)
    implements Layer {
    /// Tokens `0 … vocabulary − 1` in sequences of at most `length`, with sinusoidal positions and embeddings N(0, 1/width);
    /// `width` is that of the encoder. The head starts at zero.
    public static TransformerClassifier of(DType dtype, int vocabulary, int length, int width, int classes,
        TransformerEncoder encoder, RandomGenerator random) {
        return new TransformerClassifier(Embedding.of(dtype, vocabulary, width, Init.normal(1 / Math.sqrt(width)), random),
            Positions.sinusoidal(dtype, length, width), encoder, Linear.of(dtype, width, classes, Init.zeros(), random));
    }

    /// The same with tokens of this index left out.
    public TransformerClassifier padding(int token) {
        return new TransformerClassifier(new Embedding(embedding.weight(), token, embedding.scaleByFrequency()), positions,
            encoder,
            head);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        if (x.dtype() != DType.I32 || x.rank() != 2) {
            throw new IllegalArgumentException(this + pass.at() + ": the input is " + x.dtype() + " " + x.shape()
                + "; give token indices, I32 (n, length)");
        }
        double root = Math.sqrt(embedding.weight().extent(1)); // embeddings as large as positions
        var h = pass.run("positions", positions, pass.run("embedding", embedding, x).mul(root));
        if (embedding.paddingIdx() == Embedding.NO_PADDING) {
            return pass.run("head", head, pass.run("encoder", encoder, h).mean(false, 1));
        }
        var seen = x.value().cast(DType.F64).ne(embedding.paddingIdx());
        var y = pass.run("encoder", encoder.under(AttentionMask.none().keys(seen)), h);
        return pass.run("head", head, y.mul(Tensor.of(shares(seen, h.dtype()))).sum(false, 1));
    }

    // 1/count for places that hold a token, 0 for the others: (n, l, 1).
    private static NdArray shares(NdArray seen, DType dtype) {
        var one = seen.cast(dtype);
        return one.div(one.sum(true, 1).maximum(1)).unsqueeze(2);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("embedding", embedding);
        visitor.child("positions", positions);
        visitor.child("encoder", encoder);
        visitor.child("head", head);
    }

    @Override
    public String toString() {
        return "TransformerClassifier(" + embedding + ", " + encoder + ", " + head + ")";
    }
}
