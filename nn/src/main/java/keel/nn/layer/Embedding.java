package keel.nn.layer;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;
import keel.nn.init.Init;

/// A table of vectors, looked up by index: `I32 (…) → (…, d)`, `weight (n, d)`, one row an index.
///
/// Indices carry no gradient: they come in as a constant tensor of type `I32`, so that an embedding stands at the head of a
/// [Sequential] like any layer: `model.forward(Tensor.of(NdArray.of(3, 1, 4)), pass)`.
///
/// @param weight `(n, d)`
/// @param paddingIdx an index whose row gets no gradient, for places that hold nothing; [#NO_PADDING] for none
/// @param scaleByFrequency whether the gradient of a row is divided by how often its index occurs in the input
public record Embedding(Tensor weight, int paddingIdx, boolean scaleByFrequency) implements Layer {
    /// No index stands for nothing.
    public static final int NO_PADDING = -1;

    /// A layer around this very tensor.
    ///
    /// @throws IllegalArgumentException if the weight is not F32 or F64 `(n, d)`, or `paddingIdx` no row of it
    public Embedding {
        check("Embedding", weight, paddingIdx);
    }

    /// `n` vectors of extent `d` in F32, N(0, 1).
    public static Embedding of(int n, int d, RandomGenerator random) {
        return of(DType.F32, n, d, Init.normal(1), random);
    }

    /// `n` vectors of extent `d`.
    public static Embedding of(DType dtype, int n, int d, Init weight, RandomGenerator random) {
        return new Embedding(draw("Embedding", dtype, n, d, weight, random), NO_PADDING, false);
    }

    /// `n` vectors of extent `d` in F32, N(0, 1), but zeros in row `paddingIdx`, which stays as it is.
    public static Embedding withPadding(int n, int d, int paddingIdx, RandomGenerator random) {
        return withPadding(DType.F32, n, d, paddingIdx, Init.normal(1), random);
    }

    /// `n` vectors of extent `d`, but zeros in row `paddingIdx`, which stays as it is.
    public static Embedding withPadding(DType dtype, int n, int d, int paddingIdx, Init weight, RandomGenerator random) {
        var layer = new Embedding(draw("Embedding", dtype, n, d, weight, random), paddingIdx, false);
        for (int j = 0; j < d && paddingIdx != NO_PADDING; j++) layer.weight.value().set(0, paddingIdx, j);
        return layer;
    }

    /// The same table, gradients of rows divided by how often each was looked up, or not.
    public Embedding scaleByFrequency(boolean scale) {
        return new Embedding(weight, paddingIdx, scale);
    }

    /// Row `indices[…]` of `weight` at every place: `(n, d)`, `I32 (…)` → `(…, d)`.
    ///
    /// @throws IllegalArgumentException if the weight has not two axes, or an index is not in 0 … n−1
    public static Tensor lookup(Tensor weight, NdArray indices) {
        return new Embedding(weight, NO_PADDING, false).lookup(indices);
    }

    /// The vectors of these indices: `I32 (…) → (…, d)`.
    ///
    /// @throws IllegalArgumentException if an index is not in 0 … n−1
    public Tensor lookup(NdArray indices) {
        return Lookup.rows(weight, indices, paddingIdx, scaleByFrequency);
    }

    /// The vectors of the indices in `x`.
    ///
    /// @throws IllegalArgumentException naming layer and path if `x` is not `I32`, or an index is not in 0 … n−1
    @Override
    public Tensor forward(Tensor x, Pass pass) {
        try {
            return lookup(x.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.parameter("weight", weight);
    }

    @Override
    public String toString() {
        return "Embedding(" + weight.extent(0) + " → " + weight.extent(1)
            + (paddingIdx == NO_PADDING ? "" : ", padding " + paddingIdx) + ")";
    }

    static void check(String name, Tensor weight, int paddingIdx) {
        if (weight.rank() != 2 || !weight.dtype().isFloat()) {
            throw new IllegalArgumentException(name + ": the weight is " + weight.dtype() + " " + weight.shape()
                + "; give F32 or F64 (n, d)");
        }
        if (paddingIdx < NO_PADDING || paddingIdx >= weight.extent(0)) {
            throw new IllegalArgumentException(name + ": padding index " + paddingIdx + " is no row of weight "
                + weight.shape() + "; give 0 … " + (weight.extent(0) - 1) + ", or " + NO_PADDING + " for none");
        }
    }

    static Tensor draw(String name, DType dtype, int n, int d, Init weight, RandomGenerator random) {
        if (n < 1 || d < 1) {
            throw new IllegalArgumentException(name + ": " + n + " vectors of extent " + d + "; both must be 1 or more");
        }
        return Tensor.parameter(weight.create(dtype, Shape.of(n, d), random));
    }
}
