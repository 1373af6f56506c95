package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;

/// Steps of optimizers over parameters, their gradients and what they remember.
final class Steps {
    private Steps() {}

    private static final int COST = 4;

    static void fill(Shelf shelf) {
        adam(shelf, 1_000, "1e3");
        adam(shelf, 100_000, "1e5");
        adam(shelf, 10_000_000, "1e7");
        var kernels = Backend.f32();
        int n = 100_000;
        shelf.add("sgd momentum 1e5", Cost.each(n, 6, 5, 3, Traffic.UPDATE), () -> {
            var p = normal(n, 1);
            var g = normal(n, 2);
            var v = new float[n];
            return split(n, COST, (from, to) -> kernels.sgd(p, g, v, from, to - from, 1e-6, .9, 0, 0, false, false));
        });
        shelf.add("rmsprop 1e5", Cost.each(n, 9, 5, 3, Traffic.UPDATE), () -> {
            var p = normal(n, 1);
            var g = normal(n, 2);
            var v = new float[n];
            return split(n, COST, (from, to) ->
                kernels.rmsprop(p, g, v, null, null, from, to - from, 1e-6, .99, 1e-8, 0, 0));
        });
        shelf.add("axpy 1e5", Cost.each(n, 2, 3, 2, Traffic.UPDATE), () -> {
            var x = normal(n, 1);
            var y = normal(n, 2);
            return split(n, 1, (from, to) -> kernels.axpy(1e-6, x, from, y, from, to - from));
        });
    }

    private static void adam(Shelf shelf, int n, String size) {
        var kernels = Backend.f32();
        shelf.add("adamw " + size, Cost.each(n, 15, 7, 4, Traffic.UPDATE), () -> {
            var p = normal(n, 1);
            var g = normal(n, 2);
            var m = new float[n];
            var v = new float[n];
            return split(n, COST, (from, to) ->
                kernels.adam(p, g, m, v, from, to - from, 1e-6, .9, .999, 1e-8, 0, .01, 100));
        });
    }
}
