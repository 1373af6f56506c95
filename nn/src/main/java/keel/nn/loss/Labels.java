package keel.nn.loss;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Tensor;

/// Class labels that were checked: each is a class, or `ignored`.
record Labels(int[] values, int ignored) {
    /// Nothing is ignored.
    static final int NONE = Integer.MIN_VALUE;

    /// Labels in 0 … classes − 1 or `ignored`.
    ///
    /// @throws IllegalArgumentException naming the first that is neither
    static Labels of(String loss, NdArray labels, int classes, int ignored) {
        if (labels.dtype() != DType.I32) {
            throw new IllegalArgumentException(loss + ": the labels are " + labels.dtype() + " " + labels.shape()
                + ", classes are I32; use cast(DType.I32)");
        }
        var l = labels.ints();
        for (int i = 0; i < l.length; i++) {
            if ((l[i] < 0 || l[i] >= classes) && (l[i] != ignored || ignored == NONE)) {
                throw new IllegalArgumentException(loss + ": label " + l[i] + " at " + i + " is not in 0 … " + (classes - 1)
                    + (ignored == NONE ? "" : ", nor " + ignored + ", which is ignored") + "; mend it or leave it out");
            }
        }
        return new Labels(l, ignored);
    }

    int size() {
        return values.length;
    }

    boolean isIgnored(int i) {
        return values[i] == ignored;
    }

    boolean anyIgnored() {
        for (int l : values) if (l == ignored) return true;
        return false;
    }

    /// `(n, 1)`: the labels, class 0 where they are ignored.
    NdArray index() {
        var y = new int[values.length];
        for (int i = 0; i < y.length; i++) y[i] = isIgnored(i) ? 0 : values[i];
        return NdArray.of(Shape.of(y.length, 1), y);
    }

    /// `(n)`: true where ignored.
    NdArray mask() {
        var y = new boolean[values.length];
        for (int i = 0; i < y.length; i++) y[i] = isIgnored(i);
        return NdArray.of(Shape.of(y.length), y);
    }

    /// What each label counts: its class's weight, 1 without weights, 0 where it is ignored.
    double[] weights(NdArray weight) {
        var w = weight == null ? null : weight.toDoubles();
        var y = new double[values.length];
        for (int i = 0; i < y.length; i++) y[i] = isIgnored(i) ? 0 : w == null ? 1 : w[values[i]];
        return y;
    }

    /// `(n)`: [#weights] as a constant.
    Tensor weights(NdArray weight, DType dtype) {
        return Tensor.of(NdArray.of(Shape.of(values.length), weights(weight)).cast(dtype));
    }

    static void checkWeight(String loss, NdArray weight, int classes) {
        if (weight != null && !weight.shape().equals(Shape.of(classes))) {
            throw new IllegalArgumentException(loss + ": the class weights are " + weight.shape() + " for " + classes
                + " classes; give (" + classes + ")");
        }
    }
}
