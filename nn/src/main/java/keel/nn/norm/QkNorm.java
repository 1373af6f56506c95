package keel.nn.norm;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// Normalized queries and keys: bounds the logits of attention, whose unchecked growth makes every row a one-hot and stops
/// learning, `q (…, queries, width), k (…, keys, width) → logits (…, queries, keys)`, `width` that of one head.
///
/// - [of][#of]: `norm(q)·norm(k)ᵀ/√width` with a [LayerNorm] or [RMSNorm] for each (Dehghani et al. 2023, arXiv:2302.05442)
/// - [cosine][#cosine]: `g·q̂·k̂ᵀ` with unit vectors and one learned g (Henry et al. 2020, arXiv:2010.04245)
///
/// Children `query` and `key`; parameter `g ()` of the cosine form, from `log₂(n² − n)` for sequences of `n`.
public record QkNorm(Layer query, Layer key, Tensor g) implements Layer {
    /// @throws IllegalArgumentException if a part is null, or `g` is not one number
    public QkNorm {
        if (query == null || key == null || g != null && g.rank() != 0) {
            throw new IllegalArgumentException("QkNorm: query " + query + ", key " + key + ", g " + (g == null ? "none"
                : g.shape())
                + "; give two norms, and one number, (), or null");
        }
    }

    /// A norm for queries and one for keys, both over the width of a head.
    public static QkNorm of(Layer query, Layer key) {
        return new QkNorm(query, key, null);
    }

    /// RMSNorms for heads of this width.
    public static QkNorm rms(DType dtype, int width) {
        return of(RMSNorm.of(dtype, width), RMSNorm.of(dtype, width));
    }

    /// Cosines, for sequences of about `length` ≥ 3 elements.
    public static QkNorm cosine(DType dtype, int length) {
        if (length < 3) throw new IllegalArgumentException("QkNorm.cosine: sequences of " + length + "; give 3 or more");
        double start = StrictMath.log((double) length * length - length) / StrictMath.log(2);
        var unit = Normalize.of().axis(-1);
        return new QkNorm(unit, unit, Tensor.parameter(NdArray.full(dtype, Shape.of(), start)));
    }

    /// The logits of attention, scaled: for a softmax over the last axis.
    public Tensor logits(Tensor q, Tensor k, Pass pass) {
        var products = pass.run("query", query, q).matmulNT(pass.run("key", key, k));
        return g == null ? products.mul(1 / Math.sqrt(q.extent(-1))) : products.mul(g);
    }

    /// The logits of `x` with itself.
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return logits(x, x, pass);
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("query", query);
        visitor.child("key", key);
        if (g != null) visitor.parameter("g", g);
    }

    @Override
    public String toString() {
        return "QkNorm(" + query + ", " + key + ")";
    }
}
