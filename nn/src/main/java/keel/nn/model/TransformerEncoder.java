package keel.nn.model;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import keel.autograd.Tensor;
import keel.nn.attention.AttentionMask;
import keel.nn.attention.MaskedLayer;
import keel.nn.attention.TransformerEncoderLayer;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// Encoder layers one after the other (Vaswani et al. 2017, arXiv:1706.03762, sec. 3.1), PyTorch's `nn.TransformerEncoder` by
/// names and numbers, `(…, l, width) → (…, l, width)`. But each layer draws its own start, where PyTorch clones one.
///
/// Children `layers.0`, `layers.1`, …, and `norm` where there is one: pre-norm stacks need it.
public record TransformerEncoder(List<TransformerEncoderLayer> layers, Layer norm) implements MaskedLayer {
    /// Copies the list; `norm` may be null.
    public TransformerEncoder {
        layers = List.copyOf(layers);
    }

    /// `blocks` layers, each asked for anew.
    public static TransformerEncoder of(int blocks, Supplier<TransformerEncoderLayer> layer) {
        if (blocks < 0) throw new IllegalArgumentException("TransformerEncoder: " + blocks + " layers; give 0 or more");
        return new TransformerEncoder(Stream.generate(layer).limit(blocks).toList(), null);
    }

    /// With a norm behind the last layer.
    public TransformerEncoder norm(Layer norm) {
        return new TransformerEncoder(layers, norm);
    }

    @Override
    public Tensor forward(Tensor x, AttentionMask mask, Pass pass) {
        var inner = pass.enter("layers");
        for (int i = 0; i < layers.size(); i++) x = inner.run(Integer.toString(i), layers.get(i).under(mask), x);
        return norm == null ? x : pass.run("norm", norm, x);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("layers", Sequential.of(layers.toArray(Layer[]::new)));
        if (norm != null) visitor.child("norm", norm);
    }

    @Override
    public String toString() {
        return "TransformerEncoder(" + layers.size() + (layers.isEmpty() ? ")" : " × " + layers.getFirst() + ")");
    }
}
