package keel.nn.norm;

import java.util.function.Function;

import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Visitor;

/// A layer whose weight is computed in each pass, from parameters of its own: `WeightNorm`, [SpectralNorm],
/// [WeightStandardized]. Everything else of the layer stays as it is.
///
/// ```java
/// Reparametrized.of(linear, WeightNorm::of);
/// Reparametrized.of(conv, SpectralNorm.of(conv.weight(), random), w -> conv.weight(w)); // any layer
/// ```
public record Reparametrized(Layer original, Weight weight, Function<Tensor, Layer> with) implements Layer {
    /// Where a weight comes from.
    public interface Weight {
        /// The weight for this pass.
        Tensor of(Pass pass);

        /// Shows what it is computed from.
        void visit(Visitor visitor);
    }

    /// The linear layer with its weight computed: `weight` makes the computation from the weight as it is.
    public static Reparametrized of(Linear linear, Function<Tensor, Weight> weight) {
        return of(linear, weight.apply(linear.weight()), w -> new Linear(w, linear.bias()));
    }

    /// Any layer whose parameter `weight` is computed; `with` gives the same layer around another weight.
    public static Reparametrized of(Layer original, Weight weight, Function<Tensor, Layer> with) {
        return new Reparametrized(original, weight, with);
    }

    /// The layer with its weight computed once and for all: for inference, and for export.
    public Layer removed() {
        return with.apply(Tensor.parameter(weight.of(Pass.inference()).value().copy()));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return with.apply(weight.of(pass)).forward(x, pass);
    }

    @Override
    public void visit(Visitor visitor) {
        original.visit(new Visitor() {
            @Override
            public void parameter(String name, Tensor tensor) {
                if (!name.equals("weight")) visitor.parameter(name, tensor);
            }

            @Override
            public void state(String name, NdArray array) {
                visitor.state(name, array);
            }

            @Override
            public void child(String name, Layer layer) {
                visitor.child(name, layer);
            }
        });
        weight.visit(visitor);
    }

    @Override
    public String toString() {
        return weight.getClass().getSimpleName() + " of " + original;
    }
}
