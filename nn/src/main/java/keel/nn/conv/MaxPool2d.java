package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The largest of each window: `(n, c, height, width) → (n, c, …)`; see [Pooling] for the number of windows.
public record MaxPool2d(PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static MaxPool2d of(int... kernel) {
        return new MaxPool2d(PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.maxPool2d(x, options);
    }
}
