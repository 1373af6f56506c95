package keel.autograd;

import keel.array.NdArray;

/// [keel.array.Linalg] with derivatives, which can be differentiated again. All of it works on the last two axes.
public final class Linalg {
    private Linalg() {}

    /// `x = q·r`: q (…, m, k) with orthonormal columns, r (…, k, n) upper triangular, k = min(m, n).
    public record Qr(Tensor q, Tensor r) {}

    /// `x = u·diag(s)·vT`: u (…, m, k), s (…, k) decreasing and ≥ 0, vT (…, k, n), k = min(m, n).
    public record Svd(Tensor u, Tensor s, Tensor vT) {}

    /// A determinant as its sign, −1, 0 or 1, which carries no gradient, and the logarithm of its magnitude.
    public record SignedLog(NdArray sign, Tensor logAbs) {}

    /// The QR decomposition, see [keel.array.Linalg#qr]. Its derivative needs the first k columns to be independent, and is an
    /// error otherwise.
    public static Qr qr(Tensor x) {
        x.value().requireMatrix("qr");
        int m = x.extent(-2);
        int n = x.extent(-1);
        if (m < n) { // the first columns decide q
            var left = qr(x.slice(-1, 0, m));
            return new Qr(left.q, Tensor.concat(-1, left.r, left.q.matmulTN(x.slice(-1, m, n))));
        }
        return Decompositions.qr(Decompositions.packed(x), m, n);
    }

    /// The reduced singular value decomposition, see [keel.array.Linalg#svd]. The derivative of u and vT is infinite where two
    /// singular values are equal, unless the loss does not depend on the choice among their vectors to which nothing holds
    /// them; that of s alone, see [#singularValues], is not.
    public static Svd svd(Tensor x) { return Decompositions.svd(x); }

    /// The singular values, decreasing: (…, m, n) → (…, min(m, n)); `∂x = u·diag(∂s)·vT`.
    public static Tensor singularValues(Tensor x) {
        var y = keel.array.Linalg.svd(x.value());
        return Tensor.op(y.s(), new Decompositions.SingularValues(x, y.u(), y.vT()));
    }

    /// L, lower triangular with a positive diagonal, of `x = L·Lᵀ`, see [keel.array.Linalg#cholesky]. The lower triangle is
    /// read; the gradient is symmetric, as that of a symmetric matrix.
    public static Tensor cholesky(Tensor x) {
        return Tensor.op(keel.array.Linalg.cholesky(x.value()), new Decompositions.Cholesky(x));
    }

    /// x with `a·x = b`: (…, n, n), (…, n, k) → (…, n, k), see [keel.array.Linalg#solve]; a vector (n) is a column.
    public static Tensor solve(Tensor a, Tensor b) {
        return b.rank() == 1 ? solve(a, b.unsqueeze(1)).squeeze(-1)
            : Tensor.op(keel.array.Linalg.solve(a.value(), b.value()), new Decompositions.Solve(a, b));
    }

    /// The inverse: (…, n, n) → (…, n, n), see [keel.array.Linalg#inverse].
    public static Tensor inverse(Tensor x) {
        return Tensor.op(keel.array.Linalg.inverse(x.value()), new Decompositions.Inverse(x));
    }

    /// The determinant: (…, n, n) → (…); `∂x = det·x⁻ᵀ`, and where that is 0 the cofactors by way of [#svd].
    public static Tensor det(Tensor x) {
        return Tensor.op(keel.array.Linalg.det(x.value()), new Decompositions.Det(x));
    }

    /// The determinant as sign and logarithm: (…, n, n) → (…), (…); `∂x = x⁻ᵀ`, an error where x is singular.
    public static SignedLog slogdet(Tensor x) {
        var y = keel.array.Linalg.slogdet(x.value());
        return new SignedLog(y.sign(), Tensor.op(y.logAbs(), new Decompositions.LogDet(x)));
    }

    /// Sum of the singular values of the matrices in a plane of two axes, which go unless kept.
    public static Tensor nuclearNorm(Tensor x, boolean keepAxes, int rows, int columns) {
        return kept(singularValues(plane("nuclearNorm", x, rows, columns)).sum(false, -1), x, keepAxes, rows, columns);
    }

    /// The largest singular value of the matrices in a plane of two axes, which go unless kept; or the smallest.
    public static Tensor spectralNorm(Tensor x, boolean smallest, boolean keepAxes, int rows, int columns) {
        var s = singularValues(plane("spectralNorm", x, rows, columns));
        return kept(smallest ? s.min(false, -1) : s.max(false, -1), x, keepAxes, rows, columns);
    }

    private static Tensor plane(String name, Tensor x, int rows, int columns) {
        int a = x.shape().axis(name, rows);
        int b = x.shape().axis(name, columns);
        if (a == b) {
            throw new IllegalArgumentException(name + ": axis " + rows + " of " + x.shape() + " is named twice; name two axes");
        }
        return Arrange.moveAxes(x, new int[] {a, b}, -2, -1);
    }

    private static Tensor kept(Tensor y, Tensor x, boolean keepAxes, int rows, int columns) {
        return keepAxes ? y.reshape(x.shape().reduced("matrixNorm", rows, columns)) : y;
    }
}
