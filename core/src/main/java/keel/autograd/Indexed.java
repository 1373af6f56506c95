package keel.autograd;

import keel.array.NdArray;

/// Elements chosen along an axis, and where each was: `indices` in `I32`, of the shape of `values`.
public record Indexed(Tensor values, NdArray indices) {
    /// Elements of `x` at the indices along an axis, which is dropped unless `keepAxis`; the indices have extent 1 there.
    static Indexed of(Tensor x, int axis, NdArray indices, boolean keepAxis) {
        var values = x.gather(axis, indices);
        return keepAxis || x.rank() == 0 ? new Indexed(values, indices)
            : new Indexed(values.squeeze(axis), indices.squeeze(axis));
    }
}
