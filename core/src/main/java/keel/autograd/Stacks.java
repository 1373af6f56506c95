package keel.autograd;

import java.util.Arrays;
import keel.array.Shape;

/// Tensors side by side: joins that first add the axes they need, and all combinations of elements.
final class Stacks {
    private Stacks() {}

    /// Side by side: along the only axis of vectors, else along the second.
    static Tensor horizontal(Tensor... parts) {
        requireSome("hstack", parts);
        var p = each(parts, 1);
        return Tensor.concat(p[0].rank() == 1 ? 0 : 1, p);
    }

    /// One below the other: vectors are rows.
    static Tensor vertical(Tensor... parts) {
        requireSome("vstack", parts);
        return Tensor.concat(0, each(parts, 2));
    }

    /// One behind the other, along a third axis.
    static Tensor deep(Tensor... parts) {
        requireSome("dstack", parts);
        return Tensor.concat(2, each(parts, 3));
    }

    /// Side by side: vectors are columns.
    static Tensor columns(Tensor... parts) {
        requireSome("columnStack", parts);
        var p = new Tensor[parts.length];
        Arrays.setAll(p, i -> parts[i].rank() < 2 ? parts[i].reshape(parts[i].size(), 1) : parts[i]);
        return horizontal(p);
    }

    /// Every combination of an element of each vector, a row each, the last vector's element changing first.
    static Tensor cartesianProduct(Tensor... vectors) {
        requireSome("cartesianProd", vectors);
        for (var v : vectors) {
            Algebra.requireRank("cartesianProd", v, 1);
        }
        if (vectors.length == 1) {
            return vectors[0];
        }
        var columns = Tensor.meshgrid(false, vectors).stream().map(c -> c.reshape(c.size())).toArray(Tensor[]::new);
        return Tensor.stack(1, columns);
    }

    // At least so many axes: () → (1) → (1, n) → (1, n, 1), (m, n) → (m, n, 1).
    private static Tensor[] each(Tensor[] parts, int rank) {
        var y = new Tensor[parts.length];
        for (int i = 0; i < parts.length; i++) {
            var shape = parts[i].shape();
            shape = shape.rank() == 0 ? Shape.of(1) : shape;
            shape = shape.rank() == 1 && rank > 1 ? shape.inserted(0, 1) : shape;
            shape = shape.rank() == 2 && rank > 2 ? shape.inserted(2, 1) : shape;
            y[i] = parts[i].reshape(shape);
        }
        return y;
    }

    private static void requireSome(String name, Tensor... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException(name + ": nothing to join; give at least one tensor");
        }
    }
}
