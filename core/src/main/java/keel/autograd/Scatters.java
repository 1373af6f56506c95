package keel.autograd;

import java.util.Arrays;
import keel.array.Combine;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Values that go to places given by an index along an axis, several of them to one place, combined there.
final class Scatters {
    private Scatters() {}

    static Tensor reduce(Tensor x, int axis, NdArray index, Tensor source, Combine how, boolean includeSelf) {
        var values = Choose.leading(source, index.shape());
        return switch (how) {
            case SUM -> start(x, axis, index, 0, includeSelf).scatterAdd(axis, index, values);
            case MEAN -> start(x, axis, index, 0, includeSelf).scatterAdd(axis, index, values)
                .div(Tensor.of(hits(x, axis, index).add(includeSelf ? 1 : 0).maximum(1)));
            case PROD -> product(start(x, axis, index, 1, includeSelf), axis, index, values);
            case MAX, MIN -> Tensor.op(x.value().scatterReduce(axis, index, values.value(), how, includeSelf),
                new ScatterExtreme(x, axis, index, values, includeSelf));
        };
    }

    // x, or what leaves the others as they are where something goes.
    private static Tensor start(Tensor x, int axis, NdArray index, double neutral, boolean includeSelf) {
        return includeSelf ? x : x.maskedFill(hits(x, axis, index).gt(0), neutral);
    }

    // How many values go to each place.
    private static NdArray hits(Tensor x, int axis, NdArray index) {
        return NdArray.zeros(x.dtype(), x.shape()).scatterReduce(axis, index, NdArray.full(x.dtype(), index.shape(), 1),
            Combine.SUM, true);
    }

    private static Tensor product(Tensor x, int axis, NdArray index, Tensor values) {
        return Tensor.op(x.value().scatterReduce(axis, index, values.value(), Combine.PROD, true),
            new ScatterProd(x, axis, index, values));
    }

    /// The largest or smallest: those that are it share the gradient equally.
    record ScatterExtreme(Tensor x, int axis, NdArray index, Tensor source, boolean includeSelf) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, source}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            var alone = hits(x, axis, index).eq(0);
            var ties = x.value().eq(y.value());
            var self = alone.or(includeSelf ? ties : ties.and(alone)).cast(x.dtype());
            var others = source.value().eq(y.value().gather(axis, index)).cast(x.dtype());
            var share = NdArray.ones(x.dtype()).div(self.scatterReduce(axis, index, others, Combine.SUM, true));
            in.give(x, () -> dy.mul(Tensor.of(self.mul(share))));
            in.give(source, () -> dy.mul(Tensor.of(share)).gather(axis, index).mul(Tensor.of(others)));
        }
    }

    /// `x` times the product of what goes to its place: each factor has the product of the others, zeros included.
    record ScatterProd(Tensor x, int axis, NdArray index, Tensor source) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, source}; }
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> dy.mul(product(Tensor.of(NdArray.full(x.dtype(), x.shape(), 1)), axis, index, source)));
            in.give(source, () -> dy.gather(axis, index).mul(Functions.either(
                () -> x.value().scatterOthers(axis, index, source.value()), this::others)));
        }

        // Differentiable: what goes to one place as a row, ones behind it, and the row's products of all but one.
        private Tensor others() {
            var at = NdArray.arange(DType.I32, x.size()).reshape(x.shape()).gather(axis, index).ints();
            var rank = new int[at.length]; // how many went to the same place before
            var count = new int[x.size()];
            int longest = 0;
            for (int i = 0; i < at.length; i++) {
                rank[i] = count[at[i]]++;
                longest = Math.max(longest, count[at[i]]);
            }
            var table = new int[Shape.of(x.size(), longest).size()];
            var own = new int[at.length];
            Arrays.fill(table, at.length);
            for (int i = 0; i < at.length; i++) {
                own[i] = at[i] * longest + rank[i];
                table[own[i]] = i;
            }
            var one = Tensor.of(NdArray.full(x.dtype(), Shape.of(1), 1));
            var rows = Tensor.concat(0, source.reshape(at.length), one).take(NdArray.of(Shape.of(x.size(), longest), table));
            var others = Reductions.Prod.allButOne(rows).take(NdArray.of(index.shape(), own));
            return x.gather(axis, index).mul(others);
        }
    }
}
