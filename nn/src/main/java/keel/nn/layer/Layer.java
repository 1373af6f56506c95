package keel.nn.layer;

import java.util.Map;
import java.util.random.RandomGenerator;

import keel.array.NdArray;
import keel.autograd.Recording;
import keel.autograd.Tensor;

/// A function of a tensor that names what it owns: parameters, state and children.
///
/// A layer has no hidden mode and no hidden randomness: whether a forward pass trains, what it draws from and who watches is in
/// the [Pass]. Layers of your own implement [#forward(Tensor, Pass)] and [#visit]; a container calls its children through
/// [Pass#run] only, so that paths and watchers work.
public interface Layer {
    /// The output for `x`. Shapes are the layer's own; a shape it cannot take is an `IllegalArgumentException` that names the
    /// layer and its path.
    Tensor forward(Tensor x, Pass pass);

    /// Inference: the output for `x`, with nothing recorded. May be called from many threads at once, each gets the same bits.
    default Tensor forward(Tensor x) {
        return Recording.off(() -> forward(x, Pass.inference()));
    }

    /// Shows what this layer owns to `visitor`, always in the same order, under PyTorch's names where it has them (`weight`,
    /// `bias`, `running_mean`).
    void visit(Visitor visitor);

    /// Every parameter in visiting order, named by its path, such as `1.body.0.weight`; one that is shared by several layers
    /// is listed once, under its first name.
    default Parameters parameters() {
        return Parameters.of(this);
    }

    /// Everything that inference needs and gradients do not change, such as running statistics: the live arrays by path, in
    /// visiting order.
    default Map<String, NdArray> state() {
        return Walk.of(this).state();
    }

    /// Starts the parameters anew, in place, by the types of the layers they belong to.
    default void initialize(ByType rules, RandomGenerator random) {
        rules.initialize(this, random);
    }
}
