package keel.nn.layer;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import keel.array.Epilogue;
import keel.autograd.Tensor;

/// Layers one after the other; each is called by its index: `0`, `1`, …
///
/// A [Linear] with a bias and a ReLU, GELU or SiLU behind it are one operation, with the same bits, unless the pass is watched.
public record Sequential(List<Layer> layers) implements Layer {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if a layer is null
    public Sequential {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) == null) {
                throw new IllegalArgumentException("Sequential: layer " + i + " is null; leave it out, or use Identity.of()");
            }
        }
        layers = List.copyOf(layers);
    }

    /// The first layer gets the input, each other one the output of the one before; of no layers it is the identity.
    public static Sequential of(Layer... layers) {
        return new Sequential(Arrays.asList(layers));
    }

    /// `n` layers, each asked of `block` anew, so that each draws its own parameters. A block that returns one and the same
    /// layer shares its parameters.
    public static Sequential repeat(int n, Supplier<? extends Layer> block) {
        if (n < 0) throw new IllegalArgumentException("Sequential.repeat: " + n + " layers; give 0 or more");
        return new Sequential(Stream.<Layer>generate(block).limit(n).toList());
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        boolean unwatched = pass.isUnwatched();
        for (int i = 0; i < layers.size(); i++) {
            var activation = unwatched ? activationAfter(i) : null;
            if (activation == null) {
                x = pass.run(Integer.toString(i), layers.get(i), x);
            } else {
                x = ((Linear) layers.get(i)).forward(x, activation, pass.enter(Integer.toString(i)));
                i++;
            }
        }
        return x;
    }

    // What the product of layer `i` takes along, or null.
    private Epilogue activationAfter(int i) {
        return i + 1 < layers.size() && layers.get(i) instanceof Linear(_, var bias) && bias != null
            && layers.get(i + 1) instanceof Activation next ? next.epilogue() : null;
    }

    @Override
    public void visit(Visitor visitor) {
        for (int i = 0; i < layers.size(); i++) visitor.child(Integer.toString(i), layers.get(i));
    }

    @Override
    public String toString() {
        return layers.stream().map(Layer::toString).collect(Collectors.joining(", ", "Sequential(", ")"));
    }
}
