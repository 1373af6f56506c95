package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Folding;
import keel.autograd.Tensor;

/// Windows as columns: `(n, c, height, width) → (n, c·kernel, windows)`; stride is 1 if not given.
public record Unfold(PoolOptions options) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Folding.unfold(x, options);
    }
}
