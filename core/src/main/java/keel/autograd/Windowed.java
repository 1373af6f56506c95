package keel.autograd;

import keel.array.AxisMap;
import keel.array.Margins;
import keel.array.NdArray;
import keel.array.Planewise;
import keel.array.Shape;

/// Derivatives of what pools, padding, unfolding and resampling are made of: all linear, each the transpose of another of this
/// list.
final class Windowed {
    private Windowed() {}

    /// [Planewise#pick], recorded.
    static Tensor pick(Tensor x, int plane, NdArray index, Shape shape) {
        return Tensor.op(Planewise.pick(x.value(), plane, index, shape), new Pick(x, plane, index));
    }

    /// [Planewise#place], recorded.
    static Tensor place(Tensor x, int plane, NdArray index, Shape shape) {
        return Tensor.op(Planewise.place(x.value(), plane, index, shape), new Place(x, plane, index));
    }

    /// [AxisMap#apply], recorded.
    static Tensor map(Tensor x, AxisMap... maps) { return Tensor.op(AxisMap.apply(x.value(), maps), new AlongAxes(x, maps)); }

    /// [Margins#constant], recorded.
    static Tensor pad(Tensor x, double value, int[] before, int... after) {
        return Tensor.op(Margins.constant(x.value(), value, before, after), new Pad(x, before, after));
    }

    record Pick(Tensor x, int plane, NdArray index) implements Rearrangements.Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) { return place(dy, plane, index, x.shape()); }
    }

    record Place(Tensor x, int plane, NdArray index) implements Rearrangements.Move {
        @Override public NdArray[] constants() { return new NdArray[] {index}; }
        @Override public Tensor back(Tensor dy) { return pick(dy, plane, index, x.shape()); }
    }

    record AlongAxes(Tensor x, AxisMap... maps) implements Rearrangements.Move {
        @Override public Tensor back(Tensor dy) {
            var transposed = new AxisMap[maps.length];
            for (int i = 0; i < maps.length; i++) {
                transposed[i] = maps[i].transposed();
            }
            return map(dy, transposed);
        }
    }

    record Pad(Tensor x, int[] before, int... after) implements Rearrangements.Move {
        @Override public Tensor back(Tensor dy) { return pad(dy, 0, negative(before), negative(after)); }

        private static int[] negative(int... amounts) {
            var y = new int[amounts.length];
            for (int i = 0; i < y.length; i++) {
                y[i] = -amounts[i];
            }
            return y;
        }
    }
}
