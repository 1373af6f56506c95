package keel.bench.work;

import static keel.bench.work.Shelf.normal;

import java.util.Locale;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Reduce;

/// The reductions that are measured.
final class Sums {
    private Sums() {}

    private static final int N = 100_000;
    private static volatile double sink; // keeps the compiler from leaving out what nobody looks at

    static void fill(Shelf shelf) {
        whole(shelf, Reduce.SUM, 1, 1_000, "1e3");
        whole(shelf, Reduce.SUM, 1, N, "1e5");
        whole(shelf, Reduce.SUM, 1, 10_000_000, "1e7");
        whole(shelf, Reduce.SUM_SQUARES, 2, N, "1e5");
        whole(shelf, Reduce.MAX, 1, N, "1e5");
        strided(shelf, Reduce.SUM, 1);
        strided(shelf, Reduce.MAX, 1);
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

    private static String name(Reduce f) {
        return f.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
