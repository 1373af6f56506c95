package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The largest of each window: `(n, c, depth, height, width) → (n, c, …)`; see [Pooling] for the number of windows.
public record MaxPool3d(PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static MaxPool3d of(int... kernel) {
        return new MaxPool3d(PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.maxPool3d(x, options);
    }
}
