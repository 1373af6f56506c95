package keel.autograd;

import java.util.Arrays;
import keel.array.Shape;

/// Differences and sums of neighbours along an axis, and distances between rows.
final class Differences {
    private Differences() {}

    /// `xᵢ₊₁ − xᵢ`, `times` times; no more often than there are elements.
    static Tensor diff(Tensor x, int times, int axis) {
        int a = x.shape().axis("diff", axis);
        if (times < 0) {
            throw new IllegalArgumentException("diff: " + times + " times; give 0 or more");
        }
        var y = x;
        for (int i = Math.min(times, x.extent(a)); i > 0; i--) {
            int n = y.extent(a);
            y = y.slice(a, 1, n).sub(y.slice(a, 0, n - 1));
        }
        return y;
    }

    /// `Σ ½(yᵢ + yᵢ₊₁)·dx`
    static Tensor trapezoid(Tensor y, double dx, int axis) { return areas("trapezoid", y, dx, axis).sum(false, axis); }

    /// `Σ ½(yᵢ + yᵢ₊₁)(xᵢ₊₁ − xᵢ)`
    static Tensor trapezoid(Tensor y, Tensor x, int axis) { return areas("trapezoid", y, x, axis).sum(false, fromEnd(y, axis)); }

    /// Running sum of the areas, one fewer than points.
    static Tensor cumulativeTrapezoid(Tensor y, double dx, int axis) {
        return areas("cumulativeTrapezoid", y, dx, axis).cumsum(axis);
    }

    /// Running sum of the areas, one fewer than points.
    static Tensor cumulativeTrapezoid(Tensor y, Tensor x, int axis) {
        return areas("cumulativeTrapezoid", y, x, axis).cumsum(fromEnd(y, axis));
    }

    // Counted from the end: the same axis where x has brought more in front.
    private static int fromEnd(Tensor y, int axis) { return y.shape().axis("trapezoid", axis) - y.rank(); }

    private static Tensor areas(String name, Tensor y, double dx, int axis) {
        int a = y.shape().axis(name, axis);
        return pairs(y, a).mul(dx / 2);
    }

    // A vector x has the points of the axis, any other x broadcasts.
    private static Tensor areas(String name, Tensor y, Tensor x, int axis) {
        int a = y.shape().axis(name, axis);
        var points = x;
        if (x.rank() == 1) {
            var one = new int[y.rank()];
            Arrays.fill(one, 1);
            one[a] = x.size();
            points = x.reshape(Shape.of(one));
        }
        int back = a - y.rank();
        if (points.rank() < -back || points.extent(back) != y.extent(a)) {
            throw new IllegalArgumentException(name + ": points " + x.shape() + " do not fit axis " + axis + " of values "
                + y.shape() + "; give one for each of its " + y.extent(a) + " values");
        }
        return pairs(y, a).mul(0.5).mul(diff(points, 1, back));
    }

    // yᵢ + yᵢ₊₁; none of fewer than two
    private static Tensor pairs(Tensor y, int axis) {
        int n = Math.max(0, y.extent(axis) - 1);
        return y.slice(axis, 0, n).add(y.slice(axis, y.extent(axis) - n, y.extent(axis)));
    }

    /// `‖aᵢ − bⱼ‖ₚ`: (…, m, k), (…, n, k) → (…, m, n).
    static Tensor distances(Tensor a, Tensor b, double p) {
        a.value().requireMatrix("cdist");
        b.value().requireMatrix("cdist");
        if (a.extent(-1) != b.extent(-1)) {
            throw new IllegalArgumentException("cdist: rows of " + a.shape() + " and " + b.shape()
                + " differ in length; give (…, m, k) and (…, n, k)");
        }
        if (!(p >= 0)) {
            throw new IllegalArgumentException("cdist: order " + p + "; give 0 or more, or ∞");
        }
        var d = a.unsqueeze(-2).sub(b.unsqueeze(-3));
        return d.extent(-1) > 0 ? d.norm(p, false, -1) : d.sum(false, -1);
    }
}
