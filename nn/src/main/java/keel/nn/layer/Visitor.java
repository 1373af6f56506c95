package keel.nn.layer;

import keel.array.NdArray;
import keel.autograd.Tensor;

/// What a layer shows its contents to. Names are relative to the layer and hold no dot.
public interface Visitor {
    /// A tensor that training changes; made by [Tensor#parameter].
    void parameter(String name, Tensor tensor);

    /// An array that forward passes change and that belongs to the model, such as a running mean.
    void state(String name, NdArray array);

    /// A layer inside this one.
    void child(String name, Layer layer);
}
