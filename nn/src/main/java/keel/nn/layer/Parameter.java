package keel.nn.layer;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// A tensor that training changes, its path in the model, and the layer it belongs to.
public record Parameter(String name, Tensor tensor, Layer owner) {
    /// The values: the live array, which an optimizer modifies in place.
    public NdArray value() {
        return tensor.value();
    }

    /// The last part of the path: `weight` of `1.body.0.weight`.
    public String role() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
