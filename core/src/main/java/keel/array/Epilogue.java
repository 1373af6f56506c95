package keel.array;

import keel.kernel.Binary;
import keel.kernel.Parallel;
import keel.kernel.Unary;

/// An activation that follows a bias in one pass over memory: `y = f(x + b)`, x (rows, n), b (n). Some rows get their
/// bias and their activation while they lie in the first-level cache, and the derivative adds the bias again rather than keep
/// `x + b`. Same bits as the two operations one after the other.
public enum Epilogue {
    /// `max(z, 0)`
    RELU(Unary.RELU, Binary.RELU_GRAD),
    /// `z·Φ(z)`
    GELU(Unary.GELU, Binary.GELU_GRAD),
    /// GELU's tanh form
    GELU_TANH(Unary.GELU_TANH, Binary.GELU_TANH_GRAD),
    /// `z·σ(z)`
    SILU(Unary.SILU, Binary.SILU_GRAD);

    /// Elements that are worked on together.
    private static final int TILE = 4096;
    /// Rough cost of an element, in elements of a copy.
    private static final int COST = 8;

    private final Unary f;
    private final Binary gradient;

    Epilogue(Unary f, Binary gradient) {
        this.f = f;
        this.gradient = gradient;
    }

    /// `f(x + b)`.
    ///
    /// @throws IllegalArgumentException unless x is (rows, n) and b (n) of one floating type
    public NdArray of(NdArray x, NdArray b) {
        requireFit(x, b);
        var y = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        int n = x.extent(1);
        Parallel.ranges((long) x.size() * COST, x.extent(0), Math.max(1, TILE / Math.max(n, 1)),
            (lo, hi) -> k.biased(f, x.data(), lo * n, b.data(), y.data(), lo * n, hi - lo, n));
        return y;
    }

    /// `x ← f(x)`, where the bias is in x already.
    ///
    /// @throws IllegalArgumentException unless x is of a floating type
    public void activateInPlace(NdArray x) {
        x.requireFloat(toString());
        var k = x.kernels();
        var y = x.modified();
        Parallel.ranges((long) x.size() * COST, x.size(), TILE, (lo, hi) -> k.unary(f, 0, y, lo, y, lo, hi - lo));
    }

    /// ∂loss/∂(x + b) from `dy`.
    ///
    /// @throws IllegalArgumentException unless x is (rows, n), b (n) and dy of the shape of x, of one floating type
    public NdArray gradient(NdArray x, NdArray b, NdArray dy) {
        requireFit(x, b);
        Elementwise.requireSame("gradient of " + this, x, dy);
        if (!dy.shape().equals(x.shape())) {
            throw new IllegalArgumentException("gradient of " + this + ": dy is " + dy.shape() + "; give " + x.shape());
        }
        var dx = NdArray.empty(x.dtype(), x.shape());
        var k = x.kernels();
        int n = x.extent(1);
        Parallel.ranges((long) x.size() * COST, x.extent(0), Math.max(1, TILE / Math.max(n, 1)),
            (lo, hi) -> k.biasedGrad(gradient, x.data(), lo * n, b.data(), dy.data(), lo * n, dx.data(), lo * n, hi - lo, n));
        return dx;
    }

    private void requireFit(NdArray x, NdArray b) {
        x.requireFloat(toString());
        if (x.rank() != 2 || b.dtype() != x.dtype() || !b.shape().equals(Shape.of(x.extent(1)))) {
            throw new IllegalArgumentException(this + ": a bias " + b.dtype() + " " + b.shape() + " does not fit " + x.dtype()
                + " " + x.shape() + "; give (rows, n) and (n) of one type");
        }
    }
}
