package keel.nn.layer;

import java.util.Arrays;
import java.util.stream.IntStream;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Indices in bags, without those that stand for nothing: the index of each, its place in the input, and its bag.
record Bags(NdArray indices, NdArray places, NdArray bagOf, int count) {
    static Bags of(NdArray indices, NdArray offsets, int paddingIdx) {
        var from = offsets.ints();
        var at = indices.ints();
        var bag = new int[at.length];
        for (int b = 0; b < from.length; b++) Arrays.fill(bag, from[b], b + 1 < from.length ? from[b + 1] : at.length, b);
        var places = IntStream.range(0, at.length).filter(i -> at[i] != paddingIdx).toArray();
        return new Bags(NdArray.of(Arrays.stream(places).map(i -> at[i]).toArray()), NdArray.of(places),
            NdArray.of(Arrays.stream(places).map(i -> bag[i]).toArray()), from.length);
    }

    /// How many stand in each bag, `(bags, 1)`, 1 for none.
    NdArray lengths(DType dtype) {
        var y = new double[count];
        for (int b : bagOf.ints()) y[b]++;
        return NdArray.of(Shape.of(count, 1), Arrays.stream(y).map(n -> Math.max(n, 1)).toArray()).cast(dtype);
    }

    /// The largest of `rows (n, d)` in each bag, 0 where it is empty, NaN where there is one.
    Tensor max(Tensor rows) {
        int d = rows.extent(1);
        var x = rows.value().toDoubles();
        var at = new int[count * d];
        var full = new boolean[count];
        var bag = bagOf.ints();
        for (int i = 0; i < bag.length; i++) {
            for (int j = 0; j < d; j++) {
                int best = bag[i] * d + j;
                double v = x[i * d + j];
                double m = x[at[best] * d + j];
                if (!full[bag[i]] || v > m || v != v && m == m) at[best] = i; // the first NaN stays
            }
            full[bag[i]] = true;
        }
        if (bag.length == 0) return Tensor.of(NdArray.zeros(rows.dtype(), count, d));
        var y = rows.gather(0, NdArray.of(Shape.of(count, d), at));
        return Tensor.where(NdArray.of(Shape.of(count, 1), full), y, Tensor.scalar(rows.dtype(), 0));
    }
}
