package keel.array;

import keel.kernel.Binary;
import keel.kernel.Parallel;
import keel.kernel.Unary;

/// An activation that follows a bias in one pass over memory: `y = f(x + b)`, x (rows, n), b (n). A tile of rows gets its bias
/// and its activation while it lies in the first-level cache, and the derivative adds the bias again rather than keep `x + b`.
/// Same bits as the two operations one after the other.
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
        tiles(x, (at, size, n) -> {
            for (int i = at; i < at + size; i += n) k.binary(Binary.ADD, 0, x.data(), i, b.data(), 0, y.data(), i, n);
            k.unary(f, 0, y.data(), at, y.data(), at, size);
        });
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
        tiles(x, (at, size, n) -> {
            for (int i = at; i < at + size; i += n) k.binary(Binary.ADD, 0, x.data(), i, b.data(), 0, dx.data(), i, n);
            k.binary(gradient, 0, dx.data(), at, dy.data(), at, dx.data(), at, size);
        });
        return dx;
    }

    private interface Tile {
        void run(int at, int size, int n);
    }

    // Whole rows, as many as fit into a tile, at least one.
    private static void tiles(NdArray x, Tile tile) {
        int n = x.extent(1);
        if (x.size() == 0) return;
        int rows = x.extent(0);
        int together = Math.max(1, TILE / n);
        Parallel.ranges((long) x.size() * COST, rows, together, (lo, hi) -> {
            for (int i = lo; i < hi; i += together) tile.run(i * n, (Math.min(i + together, hi) - i) * n, n);
        });
    }

    private void requireFit(NdArray x, NdArray b) {
        x.requireFloat(toString());
        if (x.rank() != 2 || b.dtype() != x.dtype() || !b.shape().equals(Shape.of(x.extent(1)))) {
            throw new IllegalArgumentException(this + ": a bias " + b.dtype() + " " + b.shape() + " does not fit " + x.dtype()
                + " " + x.shape() + "; give (rows, n) and (n) of one type");
        }
    }
}
