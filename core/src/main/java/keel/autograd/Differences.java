package keel.autograd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import keel.array.NdArray;
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
            var before = y;
            y = Functions.then(y.slice(a, 1, n), next -> Functions.then(before.slice(a, 0, n - 1), next::sub));
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
        return Tensor.op(a.value().cdist(b.value(), p), new Distances(a, b, p));
    }

    /// Of the distances of order p between rows, 0 where the distance is: as [Reductions.Norm] of the differences, some rows at a
    /// time, and for orders 1, 2 and ∞ without differences in memory.
    record Distances(Tensor a, Tensor b, double p) implements Vjp {
        /// Differences at a time.
        private static final int MANY = 1 << 18;

        @Override public Tensor[] inputs() { return new Tensor[] {a, b}; }
        @Override public Saves saves() { return Saves.BOTH; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            if (a.size() == 0 || y.size() == 0) {
                in.give(a, () -> Tensor.of(NdArray.zeros(a.dtype(), a.shape())));
                in.give(b, () -> Tensor.of(NdArray.zeros(b.dtype(), b.shape())));
            } else if (Recording.isOn() || !pullRows(y.value(), dy.value(), in)) {
                pullBlocks(y, dy, in);
            }
        }

        // Without differences in memory, where there is a kernel for the order.
        private boolean pullRows(NdArray y, NdArray dy, Inputs in) {
            if (p == 1) {
                in.giveOwn(a, () -> Tensor.of(a.value().weightedSigns(b.value(), dy)));
                in.giveOwn(b, () -> turned(dy, w -> b.value().weightedSigns(a.value(), w)));
            } else if (p == Double.POSITIVE_INFINITY) {
                in.giveOwn(a, () -> Tensor.of(a.value().weightedLargest(b.value(), y, dy)));
                in.giveOwn(b, () -> turned(y, d -> turned(dy, w -> b.value().weightedLargest(a.value(), d, w)).value()));
            }
            return p == 1 || p == Double.POSITIVE_INFINITY || p == 2 && euclidean(y, dy, in);
        }

        private static Tensor turned(NdArray x, UnaryOperator<NdArray> f) {
            var turned = x.transpose();
            var y = f.apply(turned);
            turned.release();
            return Tensor.of(y);
        }

        // Not where a weight overflows, because a distance is so short.
        private boolean euclidean(NdArray y, NdArray dy, Inputs in) {
            var ratio = dy.div(y);
            var zero = NdArray.zeros(y.dtype());
            var w = NdArray.where(y.eq(0), zero, ratio);
            ratio.release();
            if (!w.isFinite() && dy.isFinite()) {
                return false;
            }
            in.giveOwn(a, () -> Tensor.of(a.value().weightedDifferences(b.value(), w)));
            in.giveOwn(b, () -> turned(w, v -> b.value().weightedDifferences(a.value(), v)));
            w.release();
            return true;
        }

        private void pullBlocks(Tensor y, Tensor dy, Inputs in) {
            int m = y.extent(-2);
            long each = (long) y.size() / m * a.extent(-1);
            int rows = Recording.isOn() ? m : Math.clamp(MANY / each, 1, m);
            var da = new ArrayList<Tensor>();
            Tensor db = null;
            for (int i = 0; i < m; i += rows) {
                int to = Math.min(m, i + rows);
                var d = a.slice(-2, i, to).unsqueeze(-2).sub(b.unsqueeze(-3));
                var distance = y.slice(-2, i, to);
                var norm = new Reductions.Norm(d, distance.unsqueeze(-1).shape(), p);
                var g = Functions.derivative(norm, distance, dy.slice(-2, i, to));
                da.add(g.sum(false, -2));
                var more = g.sum(false, -3);
                db = db == null ? more : db.add(more);
            }
            var sum = db;
            in.give(a, () -> Tensor.concat(-2, da.toArray(Tensor[]::new)));
            in.give(b, sum::neg);
        }
    }
}
