package keel.bench.work;

import static keel.bench.work.Shelf.normal;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import keel.array.NdArray;
import keel.autograd.Tensor;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Reduce;

/// The reductions that are measured.
final class Sums {
    private Sums() {}

    private static final int N = 100_000;
    /// Everything, along rows, down columns, and an axis in between.
    private static final int[][] SHAPES = {{1_000}, {N}, {1000, 100}, {100, 1000}, {16, 64, 100}};
    private static volatile double sink; // keeps the compiler from leaving out what nobody looks at

    static void fill(Shelf shelf) {
        whole(shelf, Reduce.SUM, 1, 1_000, "1e3");
        whole(shelf, Reduce.SUM, 1, N, "1e5");
        whole(shelf, Reduce.SUM, 1, 10_000_000, "1e7");
        whole(shelf, Reduce.SUM_SQUARES, 2, N, "1e5");
        whole(shelf, Reduce.MAX, 1, N, "1e5");
        strided(shelf, Reduce.SUM, 1);
        strided(shelf, Reduce.MAX, 1);
        for (int[] shape : SHAPES) {
            over(shelf, "mean", 1, shape, (x, axes) -> x.mean(false, axes));
            over(shelf, "var", 4, shape, (x, axes) -> Tensor.of(x).variance(false, 1, axes).value());
            over(shelf, "norm", 2, shape, (x, axes) -> x.norm(2, false, axes));
            over(shelf, "amax", 1, shape, (x, axes) -> x.max(false, axes));
            over(shelf, "logsumexp", 18, shape, (x, axes) -> Tensor.of(x).logSumExp(false, axes).value());
        }
        shelf.add("dot 1e5", Cost.each(N, 2, 2, 2, Traffic.READ), () -> {
            var x = normal(N, 1);
            var z = normal(N, 2);
            var kernels = Backend.f32();
            return () -> sink = kernels.dot(x, 0, z, 0, N);
        });
        shelf.add("argmax 1e5", Cost.each(N, 1, 1, 1, Traffic.READ), () -> {
            var x = normal(N, 1);
            var kernels = Backend.f32();
            return () -> sink = kernels.argExtreme(true, x, 0, 1, N);
        });
    }

    private static void whole(Shelf shelf, Reduce f, double flops, int n, String size) {
        shelf.add(name(f) + " " + size, Cost.each(n, flops, 1, 1, Traffic.READ), () -> {
            var x = normal(n, 1);
            var y = new float[1];
            var kernels = Backend.f32();
            return () -> kernels.reduce(f, x, 0, n, 1, y, 0);
        });
    }

    /// Over the first axis of a (1000, 100) array.
    private static void strided(Shelf shelf, Reduce f, double flops) {
        shelf.add(name(f) + " columns 1000x100", Cost.each(N, flops, 1, 1, Traffic.READ), () -> {
            var x = normal(N, 1);
            var y = new float[100];
            var kernels = Backend.f32();
            return () -> kernels.reduce(f, x, 0, 1000, 100, y, 0);
        });
    }

    /// A reduction as users call it, which makes its result: of one axis over that, of two along rows and down columns, of three
    /// over the middle.
    private static void over(Shelf shelf, String name, double flops, int[] shape, BiFunction<NdArray, int[], NdArray> f) {
        int n = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        int last = Math.min(shape.length - 1, 1);
        for (int axis = shape.length == 3 ? last : 0; axis <= last; axis++) {
            int[] axes = {axis};
            var cost = Cost.each(n, flops, 1, 1, Traffic.READ);
            shelf.addMaking(name + " axis " + axis + " of " + Rows.name(shape), cost, n / shape[axis], () -> {
                var x = Shelf.array(1, shape);
                return () -> f.apply(x, axes).release();
            });
        }
    }

    private static String name(Reduce f) {
        return f.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
