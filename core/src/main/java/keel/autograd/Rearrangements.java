package keel.autograd;

import keel.array.DType;
import keel.array.Grid;
import keel.array.NdArray;
import keel.array.Shape;

/// Derivatives of operations that only move, repeat or add up elements: all linear, each the transpose of another of this list.
final class Rearrangements {
    private Rearrangements() {}

    /// What all of them share: one input, nothing saved but shapes.
    interface Move extends Vjp {
        Tensor x();

        Tensor back(Tensor dy);

        @Override default Tensor[] inputs() { return new Tensor[] {x()}; }
        @Override default Saves saves() { return Saves.NOTHING; }
        @Override default void pull(Tensor y, Tensor dy, Inputs in) { in.giveOwn(x(), () -> back(dy)); }
    }

    record Reshape(Tensor x) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.reshape(x.shape()); }
    }

    record Permute(Tensor x, int... order) implements Move {
        @Override public Tensor back(Tensor dy) {
            var inverse = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                inverse[x.shape().axis("permute", order[i])] = i;
            }
            return dy.permute(inverse);
        }
    }

    record Expand(Tensor x) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.sumTo(x.shape()); }
    }

    record SumTo(Tensor x) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.expand(x.shape()); }
    }

    /// Sum over axes; `kept` is the output's shape with the summed axes kept as 1.
    record Sum(Tensor x, Shape kept) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.reshape(kept).expand(x.shape()); }
    }

    record Roll(Tensor x, int axis, int by) implements Move {
        @Override public Tensor back(Tensor dy) {
            int back = x.extent(axis) - by;
            return Tensor.op(dy.value().roll(axis, back), new Roll(dy, axis, back));
        }
    }

    record Slice(Tensor x, int axis, int from) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.embed(axis, from, x.extent(axis)); }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.giveSlice(x, axis, from, () -> dy); }
    }

    record Embed(Tensor x, int axis, int from) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.slice(axis, from, from + x.extent(axis)); }
    }

    record Pick(Tensor x, Grid grid) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.place(grid, x.shape()); }
    }

    record Place(Tensor x, Grid grid) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.pick(grid); }
    }

    /// `source` at the indices, x elsewhere.
    record Scatter(Tensor x, int axis, NdArray index, Tensor source) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x, source}; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var zeros = NdArray.zeros(x.dtype(), x.shape());
                var hit = zeros.scatter(axis, index, NdArray.full(x.dtype(), index.shape(), 1)).ne(0);
                return Tensor.where(hit, Tensor.scalar(x.dtype(), 0), dy);
            });
            in.give(source, () -> dy.gather(axis, index));
        }
    }

    record IndexSelect(Tensor x, int axis, NdArray index) implements Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) { return dy.indexAdd(axis, index, x.extent(axis)); }
    }

    record IndexAdd(Tensor x, int axis, NdArray index) implements Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) { return dy.indexSelect(axis, index); }
    }

    record Gather(Tensor x, int axis, NdArray index) implements Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) {
            var y = dy.scatterAdd(axis, index, x.extent(axis));
            for (int i = 0; i < x.rank(); i++) { // what the index left out has no gradient
                y = y.extent(i) == x.extent(i) ? y : y.embed(i, 0, x.extent(i));
            }
            return y;
        }
    }

    record ScatterAdd(Tensor x, int axis, NdArray index) implements Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) { return dy.gather(axis, index); }
    }

    record Cast(Tensor x, DType from) implements Move {
        @Override public Tensor back(Tensor dy) { return dy.cast(from); }
    }

    record Concat(int axis, Tensor... parts) implements Vjp {
        @Override public Tensor[] inputs() { return parts; }
        @Override public Saves saves() { return Saves.NOTHING; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            int at = 0;
            for (var part : parts) {
                int from = at;
                int to = at + part.extent(axis);
                in.giveOwn(part, () -> dy.slice(axis, from, to));
                at = to;
            }
        }
    }
}
