package keel.nn.conv;

import keel.array.PoolOptions;
import keel.autograd.Pooling;
import keel.autograd.Tensor;

/// `(Σ xᵖ)^(1/p)` of each window: `(n, c, length) → (n, c, …)`.
public record LPPool1d(double p, PoolOptions options) implements Windowed {
    /// Windows next to each other.
    public static LPPool1d of(double p, int... kernel) {
        return new LPPool1d(p, PoolOptions.of(kernel));
    }

    @Override
    public Tensor apply(Tensor x) {
        return Pooling.lpPool1d(x, p, options);
    }
}
