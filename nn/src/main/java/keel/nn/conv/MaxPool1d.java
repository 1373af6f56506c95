package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The largest of each window: `(n, c, length) → (n, c, …)`; see [Pooling] for the number of windows.
public record MaxPool1d(PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static MaxPool1d of(int... kernel) {
        return new MaxPool1d(PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.maxPool1d(x, options);
    }
}
