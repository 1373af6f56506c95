package keel.nn.clip;

import java.util.Arrays;
import java.util.List;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.Gradients;

/// Norms of gradients, accumulated in F64 and scaled, so that one is finite wherever its true value is; and products with a
/// number that keep their digits.
final class Magnitude {
    // Multiplying by less than this could leave the range where floats have all their digits, so it is done in several factors.
    private static final double SMALLEST_FACTOR = 0x1p-60;

    private Magnitude() {}

    /// `(Σ|g|ᵖ)^(1/p)` over all elements of all gradients.
    static double norm(Gradients gradients, double p) {
        return norm(gradients.tensors().stream().mapToDouble(t -> norm(gradients.of(t), p)).toArray(), p);
    }

    /// The same over one array.
    static double norm(NdArray g, double p) {
        return p == 2 ? g.norm() : g.cast(DType.F64).norm(p, false).item();
    }

    /// The norm of norms, which are added as shares of the largest.
    static double norm(double[] norms, double p) {
        double largest = 0;
        for (double norm : norms) largest = Math.max(largest, norm);
        if (largest == 0 || !Double.isFinite(largest) || p == Double.POSITIVE_INFINITY) return largest;
        double sum = 0;
        for (double norm : norms) sum += p == 2 ? norm / largest * (norm / largest) : StrictMath.pow(norm / largest, p);
        return largest * (p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
    }

    /// `√Σx²` of the elements `from` … `from + n − 1` in row-major order.
    static double norm(NdArray x, int from, int n) {
        return x.dtype() == DType.F32 ? norm(x.floats(), from, n) : norm(x.doubles(), from, n);
    }

    // The squares of floats can neither overflow nor vanish in double.
    private static double norm(float[] x, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) sum += (double) x[i] * x[i];
        return Math.sqrt(sum);
    }

    private static double norm(double[] x, int from, int n) {
        return norm(Arrays.stream(x, from, from + n).map(Math::abs).toArray(), 2);
    }

    /// All gradients times a number from 0 to 1.
    static Gradients scaled(Gradients gradients, double coefficient) {
        return gradients.map((_, g) -> scaled(g, coefficient));
    }

    /// One array times a number from 0 to 1, even if that is no normal float.
    static NdArray scaled(NdArray g, double coefficient) {
        double left = coefficient;
        for (; left > 0 && left < SMALLEST_FACTOR; left /= SMALLEST_FACTOR) g = g.mul(SMALLEST_FACTOR);
        return g.mul(left);
    }

    /// Cosine between two sets of gradients for the same tensors; NaN where one has no finite norm above 0.
    static double cosine(Gradients a, Gradients b) {
        double aNorm = norm(a, 2);
        double bNorm = norm(b, 2);
        if (!Double.isFinite(aNorm) || !Double.isFinite(bNorm)) return Double.NaN;
        double cosine = 0;
        for (var t : a.tensors()) cosine += unit(a.of(t), aNorm).dot(unit(b.of(t), bNorm));
        return cosine;
    }

    private static NdArray unit(NdArray g, double norm) {
        return g.cast(DType.F64).div(norm);
    }

    /// Whether an element's magnitude is above `limit`.
    static boolean exceeds(List<NdArray> gradients, double limit) {
        return gradients.stream().anyMatch(g -> g.size() > 0 && (g.max().item() > limit || g.min().item() < -limit));
    }
}
