package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Folding;
import keel.autograd.Tensor;

/// Columns added up where their windows lie: `(n, c·kernel, windows) → (n, c, height, width)`; stride is 1 if not given.
public record Fold(int height, int width, PoolOptions options) implements Windowed {
    @Override
    public Tensor apply(Tensor x) {
        return Folding.fold(x, height, width, options);
    }
}
