package keel.nn.conv;

import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A layer that owns nothing: a function of the input, whose errors it gives its name and path.
interface Windowed extends Layer {
    /// The function.
    Tensor apply(Tensor x);

    @Override
    default Tensor forward(Tensor x, Pass pass) {
        try {
            return apply(x);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(this + pass.at() + ": " + e.getMessage(), e);
        }
    }

    @Override
    default void visit(Visitor visitor) {}
}
