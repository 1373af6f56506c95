package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// `(Σ xᵖ)^(1/p)` of each window: `(n, c, height, width) → (n, c, …)`.
public record LPPool2d(double p, PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static LPPool2d of(double p, int... kernel) {
        return new LPPool2d(p, PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.lpPool2d(x, p, options);
    }
}
