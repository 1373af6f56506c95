package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The average of each window: `(n, c, length) → (n, c, …)`; see [Pooling] for the number of windows.
public record AvgPool1d(PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static AvgPool1d of(int... kernel) {
        return new AvgPool1d(PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.avgPool1d(x, options);
    }
}
