package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// The average of each window: `(n, c, height, width) → (n, c, …)`; see [Pooling] for the number of windows.
public record AvgPool2d(PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static AvgPool2d of(int... kernel) {
        return new AvgPool2d(PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.avgPool2d(x, options);
    }
}
