package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// `(Σ xᵖ)^(1/p)` of each window: `(n, c, depth, height, width) → (n, c, …)`.
public record LPPool3d(double p, PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static LPPool3d of(double p, int... kernel) {
        return new LPPool3d(p, PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.lpPool3d(x, p, options);
    }
}
