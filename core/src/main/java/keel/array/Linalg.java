package keel.array;

import java.util.Arrays;

/// Decompositions of matrices and what follows from them, for the last two axes, any number of axes before. Computed in double
/// and rounded once, in plain loops of one order: right and repeatable to the bit, made for small matrices (hundreds of rows).
public final class Linalg {
    private Linalg() {}

    /// `x = q·r`: q (…, m, k) with orthonormal columns, r (…, k, n) upper triangular, k = min(m, n).
    public record Qr(NdArray q, NdArray r) {}

    /// `x = u·diag(s)·vT`: u (…, m, k), s (…, k) decreasing and ≥ 0, vT (…, k, n), k = min(m, n).
    public record Svd(NdArray u, NdArray s, NdArray vT) {}

    /// A determinant as its sign, −1, 0 or 1, and the logarithm of its magnitude.
    public record SignedLog(NdArray sign, NdArray logAbs) {}

    /// The QR decomposition: (…, m, n) → (…, m, k), (…, k, n), by Householder's reflections. The diagonal of r has LAPACK's
    /// signs, as PyTorch's `linalg.qr`.
    ///
    /// @throws IllegalArgumentException for fewer than two axes or a type that is not floating
    public static Qr qr(NdArray x) {
        var b = Batch.of("qr", x);
        int k = Math.min(b.m, b.n);
        var q = new double[b.count * b.m * k];
        var r = new double[b.count * k * b.n];
        for (int i = 0; i < b.count; i++) {
            var a = b.matrix(i);
            double scale = Householder.scale(a);
            for (int j = 0; j < a.length; j++) {
                a[j] *= scale; // exact: reflections of denormal numbers would not be
            }
            var part = new double[b.m * k];
            Householder.decompose(b.m, b.n, a, part);
            System.arraycopy(part, 0, q, i * part.length, part.length);
            for (int j = 0; j < k * b.n; j++) {
                r[i * k * b.n + j] = a[j] / scale;
            }
        }
        return new Qr(b.result(q, b.m, k), b.result(r, k, b.n));
    }

    /// The reduced singular value decomposition: (…, m, n) → (…, m, k), (…, k), (…, k, n), by Jacobi's rotations. The largest
    /// element of each column of u is positive. All NaN where an element is not finite.
    ///
    /// @throws IllegalArgumentException for fewer than two axes or a type that is not floating
    public static Svd svd(NdArray x) {
        var b = Batch.of("svd", x);
        int k = Math.min(b.m, b.n);
        var u = new double[b.count * b.m * k];
        var s = new double[b.count * k];
        var vT = new double[b.count * k * b.n];
        for (int i = 0; i < b.count; i++) {
            var y = Jacobi.decompose(b.m, b.n, b.matrix(i));
            System.arraycopy(y.u(), 0, u, i * b.m * k, b.m * k);
            System.arraycopy(y.s(), 0, s, i * k, k);
            System.arraycopy(y.vT(), 0, vT, i * k * b.n, k * b.n);
        }
        return new Svd(b.result(u, b.m, k), b.result(s, k), b.result(vT, k, b.n));
    }

    /// L, lower triangular with a positive diagonal, of `x = L·Lᵀ`: (…, n, n) → (…, n, n). Reads the lower triangle only.
    ///
    /// @throws IllegalArgumentException if the matrices are not square, or one is not positive definite
    public static NdArray cholesky(NdArray x) {
        var b = Batch.square("cholesky", x);
        var y = new double[x.size()];
        for (int i = 0; i < b.count; i++) {
            var a = b.matrix(i);
            int row = Elimination.cholesky(b.n, a);
            if (row >= 0) {
                throw new IllegalArgumentException("cholesky: matrix " + i + " of " + x.shape()
                    + " is not positive definite, its leading " + (row + 1) + " rows and columns are not; add to its diagonal");
            }
            System.arraycopy(a, 0, y, i * a.length, a.length);
        }
        return b.result(y, b.n, b.n);
    }

    /// x with `a·x = b`: (…, n, n), (…, n, k) → (…, n, k); leading axes broadcast. A vector (n) is a column that goes again.
    ///
    /// @throws IllegalArgumentException if shapes or types do not fit, or a matrix is singular
    public static NdArray solve(NdArray a, NdArray b) {
        Elementwise.requireSame("solve", a, b);
        if (b.rank() == 1) {
            return solve(a, b.unsqueeze(1)).squeeze(-1);
        }
        Batch.square("solve", a);
        b.requireMatrix("solve");
        if (b.extent(-2) != a.extent(-1)) {
            throw new IllegalArgumentException("solve: right side " + b.shape() + " does not fit " + a.shape() + "; give (…, "
                + a.extent(-1) + ", k)");
        }
        var leading = Shape.broadcast("solve (leading axes)", a.shape().leading(a.rank() - 2), b.shape().leading(b.rank() - 2));
        var left = Batch.of("solve", a.expand(with(leading, a.extent(-2), a.extent(-1))));
        var right = Batch.of("solve", b.expand(with(leading, b.extent(-2), b.extent(-1))));
        var y = new double[right.count * right.m * right.n];
        var rows = new int[left.n];
        for (int i = 0; i < left.count; i++) {
            var lu = left.decomposed("solve", i, a.shape(), rows);
            var x = new double[right.m * right.n];
            Elimination.solve(left.n, right.n, lu, rows, right.matrix(i), x);
            System.arraycopy(x, 0, y, i * x.length, x.length);
        }
        return right.result(y, right.m, right.n);
    }

    /// The inverse: (…, n, n) → (…, n, n).
    ///
    /// @throws IllegalArgumentException if the matrices are not square, or one is singular
    public static NdArray inverse(NdArray x) {
        var b = Batch.square("inverse", x);
        var one = NdArray.eye(DType.F64, b.n).doubles();
        var y = new double[x.size()];
        var rows = new int[b.n];
        for (int i = 0; i < b.count; i++) {
            var lu = b.decomposed("inverse", i, x.shape(), rows);
            var inverse = new double[b.n * b.n];
            Elimination.solve(b.n, b.n, lu, rows, one, inverse);
            System.arraycopy(inverse, 0, y, i * inverse.length, inverse.length);
        }
        return b.result(y, b.n, b.n);
    }

    /// The determinant: (…, n, n) → (…); 1 for n = 0.
    ///
    /// @throws IllegalArgumentException if the matrices are not square
    public static NdArray det(NdArray x) {
        var b = Batch.square("det", x);
        var y = new double[b.count];
        var rows = new int[b.n];
        for (int i = 0; i < b.count; i++) {
            var lu = b.matrix(i);
            y[i] = Elimination.decompose(b.n, lu, rows);
            for (int j = 0; j < b.n; j++) {
                y[i] *= lu[j * b.n + j];
            }
        }
        return b.result(y);
    }

    /// The determinant as sign and logarithm, which neither overflows nor vanishes: (…, n, n) → (…), (…); 0 and −∞ for a
    /// singular matrix.
    ///
    /// @throws IllegalArgumentException if the matrices are not square
    public static SignedLog slogdet(NdArray x) {
        var b = Batch.square("slogdet", x);
        var sign = new double[b.count];
        var log = new double[b.count];
        var rows = new int[b.n];
        for (int i = 0; i < b.count; i++) {
            var lu = b.matrix(i);
            sign[i] = Elimination.decompose(b.n, lu, rows);
            for (int j = 0; j < b.n; j++) {
                double pivot = lu[j * b.n + j];
                sign[i] *= Math.signum(pivot);
                log[i] += StrictMath.log(Math.abs(pivot));
            }
        }
        return new SignedLog(b.result(sign), b.result(log));
    }

    private static Shape with(Shape leading, int... last) {
        var e = Arrays.copyOf(leading.extents(), leading.rank() + last.length);
        System.arraycopy(last, 0, e, leading.rank(), last.length);
        return Shape.of(e);
    }

    /// The matrices of an array, `count` of (m, n), in double.
    private record Batch(NdArray x, Shape leading, int count, int m, int n, double... values) {
        static Batch of(String name, NdArray x) {
            x.requireFloat(name);
            x.requireMatrix(name);
            var leading = x.shape().leading(x.rank() - 2);
            return new Batch(x, leading, leading.size(), x.extent(-2), x.extent(-1), x.toDoubles());
        }

        static Batch square(String name, NdArray x) {
            var b = of(name, x);
            if (b.m != b.n) {
                throw new IllegalArgumentException(name + ": the matrices of " + x.shape() + " are not square; give (…, n, n)");
            }
            return b;
        }

        double[] matrix(int i) { return Arrays.copyOfRange(values, i * m * n, (i + 1) * m * n); }

        /// Factors of a matrix that is not singular; all NaN where an element is not finite, which says nothing about that.
        double[] decomposed(String name, int i, Shape shape, int... rows) {
            var lu = matrix(i);
            Elimination.decompose(n, lu, rows);
            if (!Arrays.stream(values, i * n * n, (i + 1) * n * n).allMatch(Double::isFinite)) {
                Arrays.fill(lu, Double.NaN);
                return lu;
            }
            int zero = Elimination.zeroPivot(n, lu);
            if (zero >= 0) {
                throw new IllegalArgumentException(name + ": matrix " + i + " of " + shape + " is singular, pivot " + zero
                    + " is 0; add to its diagonal, or use the decompositions svd or qr");
            }
            return lu;
        }

        NdArray result(double[] y, int... last) { return NdArray.rounded(x.dtype(), with(leading, last), y); }
    }
}
