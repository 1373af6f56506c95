package keel.nn.layer;

import java.util.Arrays;
import java.util.stream.IntStream;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;

/// The derivative of looking up rows where not every row gets its whole gradient: none for the padding, and perhaps the mean
/// instead of the sum over the places where an index occurs.
record Lookup(Tensor weight, NdArray indices, int paddingIdx, boolean scaleByFrequency) implements Vjp {
    /// Rows of `weight (n, d)` by `I32 (…)`, as `(…, d)`.
    static Tensor rows(Tensor weight, NdArray indices, int paddingIdx, boolean scaleByFrequency) {
        requireIndices(indices, weight.extent(0));
        var flat = indices.reshape(indices.size());
        var y = paddingIdx == Embedding.NO_PADDING && !scaleByFrequency ? weight.indexSelect(0, flat)
            : Tensor.op(weight.value().indexSelect(0, flat), new Lookup(weight, flat, paddingIdx, scaleByFrequency));
        return y.reshape(indices.shape().inserted(indices.rank(), weight.extent(1)));
    }

    /// Refuses what is not `I32` in 0 … n−1.
    static void requireIndices(NdArray indices, int n) {
        if (indices.dtype() != DType.I32) {
            throw new IllegalArgumentException("embedding: indices are " + indices.dtype() + " " + indices.shape()
                + "; give I32");
        }
        var at = indices.ints();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 || at[i] >= n) {
                throw new IllegalArgumentException("embedding: index " + at[i] + " at position " + i + " of " + indices.shape()
                    + " is not in 0 … " + (n - 1) + "; the table has " + n + " rows");
            }
        }
    }

    @Override
    public Tensor[] inputs() {
        return new Tensor[] {weight};
    }

    @Override
    public Saves saves() {
        return Saves.NOTHING;
    }

    @Override
    public NdArray[] constants() {
        return new NdArray[] {indices};
    }

    @Override
    public void pull(Tensor y, Tensor dy, Inputs in) {
        in.give(weight, () -> {
            var at = indices.ints();
            var kept = NdArray.of(IntStream.range(0, at.length).filter(i -> at[i] != paddingIdx).toArray());
            var rows = indices.indexSelect(0, kept);
            var d = dy.indexSelect(0, kept);
            return (scaleByFrequency ? d.mul(shares(rows, dy.dtype())) : d).indexAdd(0, rows, weight.extent(0));
        });
    }

    // 1/count of each index, as a column.
    private Tensor shares(NdArray rows, DType dtype) {
        var count = new int[weight.extent(0)];
        for (int i : rows.ints()) count[i]++;
        var y = Arrays.stream(rows.ints()).mapToDouble(i -> 1.0 / count[i]).toArray();
        return Tensor.of(NdArray.of(Shape.of(y.length, 1), y).cast(dtype));
    }
}
