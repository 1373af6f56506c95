package keel.autograd;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import keel.array.Shape;

/// Products that are made of [Tensor#matmul].
final class Algebra {
    private Algebra() {}

    /// Refuses anything but `rank` axes.
    static void requireRank(String name, Tensor x, int rank) {
        if (x.rank() != rank) {
            throw new IllegalArgumentException(name + ": " + x.shape() + " has " + x.rank() + " axes; give " + rank);
        }
    }

    static Tensor product(String name, Tensor a, int rankOfA, Tensor b, int rankOfB) {
        requireRank(name, a, rankOfA);
        requireRank(name, b, rankOfB);
        if (rankOfA == 3 && a.extent(0) != b.extent(0)) {
            throw new IllegalArgumentException(name + ": batches differ, " + a.shape() + " · " + b.shape()
                + "; use matmul, which broadcasts a batch of one");
        }
        return a.matmul(b);
    }

    static Tensor matrixNorm(Tensor x, double order, boolean keepAxes, int rows, int columns) {
        if (Math.abs(order) != 1 && !Double.isInfinite(order)) {
            throw new IllegalArgumentException("matrixNorm: order " + order
                + "; give ±1 or ±∞, or use norm(2, …) over both axes");
        }
        boolean byColumns = Math.abs(order) == 1;
        var sums = x.abs().sum(true, byColumns ? rows : columns);
        var y = order > 0 ? sums.max(true, rows, columns) : sums.min(true, rows, columns);
        return keepAxes ? y : y.squeezeAll(rows, columns);
    }

    static Tensor dot(Tensor a, Tensor b) {
        requireRank("dot", a, 1);
        requireRank("dot", b, 1);
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("dot: extents differ, " + a.shape() + " and " + b.shape() + "; slice one");
        }
        return a.reshape(1, a.size()).matmul(b.reshape(b.size(), 1)).reshape();
    }

    static Tensor outer(Tensor a, Tensor b) {
        requireRank("outer", a, 1);
        requireRank("outer", b, 1);
        return a.reshape(a.size(), 1).mul(b);
    }

    /// `beta·c + alpha·product`; c is not read where beta is 0, so that its NaN do not spread.
    static Tensor combine(Tensor c, double beta, Tensor product, double alpha) {
        var p = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? p.expand(Shape.broadcast("addmm", c.shape(), p.shape())) : (beta == 1 ? c : c.mul(beta)).add(p);
    }

    /// Sums over the last `axes` axes of a and the first of b.
    static Tensor tensordot(Tensor a, Tensor b, int axes) {
        if (axes < 0 || axes > Math.min(a.rank(), b.rank())) {
            throw new IllegalArgumentException("tensordot: " + axes + " axes of " + a.shape() + " and " + b.shape()
                + "; give 0 … "
                + Math.min(a.rank(), b.rank()));
        }
        var last = new int[axes];
        var first = new int[axes];
        Arrays.setAll(last, i -> a.rank() - axes + i);
        Arrays.setAll(first, i -> i);
        return tensordot(a, last, b, first);
    }

    /// Sums over pairs of axes; the others of a, then of b, stay.
    static Tensor tensordot(Tensor a, int[] axesOfA, Tensor b, int... axesOfB) {
        if (axesOfA.length != axesOfB.length) {
            throw new IllegalArgumentException("tensordot: " + axesOfA.length + " axes of " + a.shape() + " and "
                + axesOfB.length + " of " + b.shape() + "; pair them");
        }
        int n = axesOfA.length;
        for (int i = 0; i < n; i++) {
            int p = a.extent(axesOfA[i]);
            int q = b.extent(axesOfB[i]);
            if (p == q) {
                continue;
            }
            if (p != 1 && q != 1) {
                throw new IllegalArgumentException("tensordot: axis " + axesOfA[i] + " of " + a.shape() + " and axis "
                    + axesOfB[i] + " of " + b.shape()
                    + " differ; pair equal extents, or one of 1");
            }
            return q == 1 ? tensordot(a.sum(true, axesOfA[i]), axesOfA, b, axesOfB)
                : tensordot(a, axesOfA, b.sum(true, axesOfB[i]), axesOfB);
        }
        // pairs in the order of a, where axes that are together stay where they are: at the front or at the end
        var pairs = IntStream.range(0, n).boxed()
            .sorted(Comparator.comparing(i -> a.shape().axis("tensordot", axesOfA[i]))).toList();
        var ofA = pairs.stream().mapToInt(i -> axesOfA[i]).toArray();
        var ofB = pairs.stream().mapToInt(i -> axesOfB[i]).toArray();
        boolean endOfB = areFrom(b.rank() - n, b, ofB) && !areFrom(0, b, ofB);
        boolean startOfA = areFrom(0, a, ofA) && !areFrom(a.rank() - n, a, ofA) && !endOfB;
        var p = sumsAt(startOfA ? 0 : a.rank() - n, a, ofA);
        var q = sumsAt(endOfB ? b.rank() - n : 0, b, ofB);
        int fromA = startOfA ? n : 0;
        int fromB = endOfB ? 0 : n;
        var shape = Shape.of();
        for (int i = fromA; i < fromA + a.rank() - n; i++) {
            shape = shape.inserted(shape.rank(), p.extent(i));
        }
        int rows = shape.size();
        for (int i = fromB; i < fromB + b.rank() - n; i++) {
            shape = shape.inserted(shape.rank(), q.extent(i));
        }
        int columns = q.shape().product(fromB, fromB + b.rank() - n);
        int k = endOfB ? q.shape().product(b.rank() - n, b.rank()) : q.shape().product(0, n);
        var y = startOfA ? p.reshape(Shape.of(k, rows)).matmulTN(q.reshape(Shape.of(k, columns)))
            : endOfB ? p.reshape(Shape.of(rows, k)).matmulNT(q.reshape(Shape.of(columns, k)))
            : p.reshape(Shape.of(rows, k)).matmul(q.reshape(Shape.of(k, columns)));
        return y.reshape(shape);
    }

    // Whether the axes are those from `first` on, in order.
    private static boolean areFrom(int first, Tensor x, int... axes) {
        return IntStream.range(0, axes.length).allMatch(i -> x.shape().axis("tensordot", axes[i]) == first + i);
    }

    private static Tensor sumsAt(int first, Tensor x, int... axes) {
        return areFrom(first, x, axes) ? x : Arrange.moveAxes(x, axes, IntStream.range(first, first + axes.length).toArray());
    }

    /// `a × b` of vectors of three along an axis.
    static Tensor cross(Tensor a, Tensor b, int axis) {
        var shape = Shape.broadcast("cross", a.shape(), b.shape());
        if (shape.extent(axis) != 3) {
            throw new IllegalArgumentException("cross: axis " + axis + " of " + shape + " has extent " + shape.extent(axis)
                + "; vectors have 3 elements");
        }
        var x = a.expand(shape);
        var y = b.expand(shape);
        int[] one = {1};
        int[] two = {2};
        var forward = Arrange.roll(x, two, axis).mul(Arrange.roll(y, one, axis));
        return forward.sub(Arrange.roll(x, one, axis).mul(Arrange.roll(y, two, axis)));
    }

    /// `yₒ = aᵀ·Wₒ·b + biasₒ`: (…, i), (…, j), (o, i, j) → (…, o).
    static Tensor bilinear(Tensor a, Tensor b, Tensor weight, Tensor bias) {
        requireRank("bilinear", weight, 3);
        boolean fits = a.rank() > 0 && a.rank() == b.rank() && a.extent(-1) == weight.extent(1)
            && b.extent(-1) == weight.extent(2);
        if (!fits || !a.shape().removed(a.rank() - 1).equals(b.shape().removed(b.rank() - 1))) {
            throw new IllegalArgumentException("bilinear: inputs " + a.shape() + " and " + b.shape() + " do not fit weight "
                + weight.shape()
                + "; give (…, " + weight.extent(1) + ") and (…, " + weight.extent(2) + ")");
        }
        int n = a.shape().product(0, a.rank() - 1);
        int out = weight.extent(0);
        var w = weight.reshape(Shape.of(out * a.extent(-1), b.extent(-1))); // (o·i, j)
        var factors = a.reshape(Shape.of(n, 1, a.extent(-1)));
        var rows = b.reshape(Shape.of(n, b.extent(-1))).matmulNT(w).reshape(Shape.of(n, out, a.extent(-1)));
        var y = Functions.then(Functions.then(rows, factors::mul), products -> products.sum(false, -1));
        return (bias == null ? y : y.add(bias)).reshape(a.shape().with(a.rank() - 1, out));
    }
}
