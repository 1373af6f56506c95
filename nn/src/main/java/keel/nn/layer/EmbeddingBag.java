package keel.nn.layer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;

/// Sums, means or maxima over bags of looked-up vectors: `I32 (bags, length) → (bags, d)`, `weight (n, d)`; bags of different
/// lengths stand one after the other, with the place where each begins ([#forward(NdArray, NdArray, Tensor)]). A bag of nothing
/// gives zeros.
///
/// @param weight `(n, d)`
/// @param mode what a bag becomes
/// @param paddingIdx an index that counts as not there; [Embedding#NO_PADDING] for none
public record EmbeddingBag(Tensor weight, Mode mode, int paddingIdx) implements Layer {
    /// What the vectors of a bag become.
    public enum Mode {
        /// their sum; each may have a weight of its own
        SUM,
        /// their mean
        MEAN,
        /// the largest of each element; the first of equals gets the gradient
        MAX
    }

    /// A layer around this very tensor.
    ///
    /// @throws IllegalArgumentException if the weight is not F32 or F64 `(n, d)`, or `paddingIdx` no row of it
    public EmbeddingBag {
        Embedding.check("EmbeddingBag", weight, paddingIdx);
    }

    /// Means of `n` vectors of extent `d` in F32, N(0, 1).
    public static EmbeddingBag of(int n, int d, RandomGenerator random) {
        return of(DType.F32, n, d, Mode.MEAN, Init.normal(1), random);
    }

    /// `n` vectors of extent `d`.
    public static EmbeddingBag of(DType dtype, int n, int d, Mode mode, Init weight, RandomGenerator random) {
        return new EmbeddingBag(Embedding.draw("EmbeddingBag", dtype, n, d, weight, random), mode, Embedding.NO_PADDING);
    }

    /// One bag a row of `x`, `I32 (bags, length)`.
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        try {
            return forward(x.value(), null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    /// One bag a row of `indices`; `weights` of the same shape multiply the vectors of a sum, null for none.
    ///
    /// @throws IllegalArgumentException if the indices have not two axes, an index is not in 0 … n−1, or the weights do not fit
    public Tensor forward(NdArray indices, Tensor weights) {
        if (indices.rank() != 2) {
            throw new IllegalArgumentException("EmbeddingBag: indices " + indices.shape()
                + "; give (bags, length), or (n) and the offsets of the bags");
        }
        int length = indices.extent(1);
        var offsets = new int[indices.extent(0)];
        Arrays.setAll(offsets, i -> i * length);
        var flat = weights == null || !weights.shape().equals(indices.shape()) ? weights : weights.reshape(indices.size());
        return forward(indices.reshape(indices.size()), NdArray.of(offsets), flat);
    }

    /// Bag `i` holds the indices from `offsets[i]` up to the next offset, the last one all that is left: `I32 (n)`,
    /// `I32 (bags) → (bags, d)`; `weights (n)` multiply the vectors of a sum, null for none.
    ///
    /// @throws IllegalArgumentException if an index is not in 0 … n−1, the offsets do not begin with 0, decrease or point
    ///         beyond the end, or the weights do not fit
    public Tensor forward(NdArray indices, NdArray offsets, Tensor weights) {
        Lookup.requireIndices(indices, weight.extent(0));
        check(indices, offsets, weights);
        var bags = Bags.of(indices, offsets, paddingIdx);
        var rows = weight.indexSelect(0, bags.indices());
        if (weights != null) rows = rows.mul(weights.indexSelect(0, bags.places()).unsqueeze(1));
        return switch (mode) {
            case SUM -> rows.indexAdd(0, bags.bagOf(), bags.count());
            case MEAN -> rows.indexAdd(0, bags.bagOf(), bags.count()).div(Tensor.of(bags.lengths(weight.dtype())));
            case MAX -> bags.max(rows);
        };
    }

    private void check(NdArray indices, NdArray offsets, Tensor weights) {
        if (indices.rank() != 1 || offsets.rank() != 1 || offsets.dtype() != DType.I32) {
            throw new IllegalArgumentException("EmbeddingBag: indices " + indices.shape() + " and offsets " + offsets.dtype()
                + " " + offsets.shape() + "; give I32 (n) and I32 (bags)");
        }
        var at = offsets.ints();
        if (at.length == 0 && indices.size() > 0) {
            throw new IllegalArgumentException("EmbeddingBag: no offsets for " + indices.size()
                + " indices; give where each bag begins, the first at 0");
        }
        for (int i = 0; i < at.length; i++) {
            if (at[i] > indices.size() || (i == 0 ? at[i] != 0 : at[i] < at[i - 1])) {
                throw new IllegalArgumentException("EmbeddingBag: offset " + at[i] + " of bag " + i + " among "
                    + indices.size() + " indices; give offsets that begin with 0, never decrease and end within them");
            }
        }
        if (weights != null && (mode != Mode.SUM || weights.dtype() != weight.dtype() || weights.size() != indices.size()
            || weights.rank() != 1)) {
            throw new IllegalArgumentException("EmbeddingBag: mode " + mode + ", weights " + weights.dtype() + " "
                + weights.shape() + " for indices " + indices.shape() + "; give " + weight.dtype()
                + ", one an index, and mode SUM");
        }
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
    }

    @Override
    public String toString() {
        return "EmbeddingBag(" + weight.extent(0) + " → " + weight.extent(1) + ", " + mode
            + (paddingIdx == Embedding.NO_PADDING ? "" : ", padding " + paddingIdx) + ")";
    }
}
