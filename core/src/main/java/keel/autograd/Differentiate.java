package keel.autograd;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import keel.array.NdArray;
import keel.array.Shape;

/// Derivatives of functions rather than of graphs. `x` may be any tensor; the function is run on a parameter with its value, and
/// results are constants.
public final class Differentiate {
    private Differentiate() {}

    /// A value and a derivative.
    public record Result(NdArray value, NdArray derivative) {}

    /// Vector-Jacobian product `vᵀ·J`: `v` has the shape of `f(x)`, the derivative that of `x`.
    public static Result vjp(UnaryOperator<Tensor> f, NdArray x, NdArray v) {
        return Recording.on(() -> {
            var p = Tensor.parameter(x);
            var y = f.apply(p);
            return new Result(y.value(), of(gradient(y, Tensor.of(v), p, false), p));
        });
    }

    /// Jacobian-vector product `J·u`: `u` has the shape of `x`, the derivative that of `f(x)`. Computed as the derivative of `v ↦
    /// vᵀ·J`, which is linear.
    public static Result jvp(UnaryOperator<Tensor> f, NdArray x, NdArray u) {
        return Recording.on(() -> {
            var p = Tensor.parameter(x);
            var y = f.apply(p);
            var v = Tensor.parameter(NdArray.zeros(y.dtype(), y.shape()));
            var pulled = gradient(y, v, p, true);
            return new Result(y.value(), pulled == null ? NdArray.zeros(y.dtype(),
                y.shape()) : of(gradient(pulled, Tensor.of(u), v, false), v));
        });
    }

    /// All first derivatives: shape of `f(x)` followed by that of `x`. One backward walk an element of `f(x)`.
    public static NdArray jacobian(UnaryOperator<Tensor> f, NdArray x) {
        return Recording.on(() -> {
            var p = Tensor.parameter(x);
            return rows(f.apply(p), p);
        });
    }

    /// All second derivatives of a scalar function: shape of `x` twice. One backward walk an element of `x`.
    public static NdArray hessian(Function<Tensor, Tensor> f, NdArray x) {
        return Recording.on(() -> {
            var p = Tensor.parameter(x);
            var g = gradient(f.apply(p), null, p, true);
            return rows(g == null ? Tensor.of(NdArray.zeros(x.dtype(), x.shape())) : g, p);
        });
    }

    /// Hessian-vector product `H·u` of a scalar function, without the Hessian (Pearlmutter 1994): `u` has the shape of `x`.
    public static NdArray hvp(Function<Tensor, Tensor> f, NdArray x, NdArray u) {
        return Recording.on(() -> {
            var p = Tensor.parameter(x);
            var g = gradient(f.apply(p), null, p, true);
            return g == null ? NdArray.zeros(x.dtype(), x.shape()) : of(gradient(g, Tensor.of(u), p, false), p);
        });
    }

    // The derivative of each element of y, stacked.
    private static NdArray rows(Tensor y, Tensor p) {
        var shape = joined(y.shape(), p.shape());
        if (shape.size() == 0) {
            return NdArray.zeros(p.dtype(), shape);
        }
        var rows = new NdArray[y.size()];
        for (int i = 0; i < rows.length; i++) {
            var seed = NdArray.zeros(y.dtype(), y.size()).set(1, i).reshape(y.shape());
            rows[i] = of(gradient(y, Tensor.of(seed), p, false), p);
        }
        return NdArray.stack(0, rows).reshape(shape);
    }

    private static Tensor gradient(Tensor y, Tensor seed, Tensor p, boolean create) {
        if (!y.wantsGradient()) {
            return null;
        }
        var b = Backward.from(y).retainGraph();
        b = seed == null ? b : b.seed(seed);
        var g = (create ? b.createGraph() : b).run();
        return g.has(p) ? g.tensorOf(p) : null;
    }

    private static NdArray of(Tensor g, Tensor p) { return g == null ? NdArray.zeros(p.dtype(), p.shape()) : g.value(); }

    private static Shape joined(Shape a, Shape b) {
        var y = a;
        for (int e : b.extents()) {
            y = y.inserted(y.rank(), e);
        }
        return y;
    }
}
