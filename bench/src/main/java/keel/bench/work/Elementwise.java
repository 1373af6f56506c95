package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.Locale;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Binary;
import keel.kernel.Unary;

/// The elementwise functions that are measured, each with the operations of its plain form.
final class Elementwise {
    private Elementwise() {}

    /// Elements of an array in the first cache, in the second or third, in memory.
    private static final int[] SIZES = {1_000, 100_000, 10_000_000};
    private static final String[] SIZE_NAMES = {"1e3", "1e5", "1e7"};
    private static final int MIDDLE = 1;
    /// Cost of an element of a transcendental function in elements of a copy, as the library reckons.
    private static final int COST = 8;

    static void fill(Shelf shelf) {
        unary(shelf, Unary.RELU, 0, MIDDLE);
        unary(shelf, Unary.SQRT, 1, MIDDLE);
        unary(shelf, Unary.RSQRT, 2, MIDDLE);
        for (int size = 0; size < SIZES.length; size++) unary(shelf, Unary.EXP, 16, size);
        unary(shelf, Unary.LOG, 27, MIDDLE);
        for (int size = 0; size < SIZES.length; size++) unary(shelf, Unary.TANH, 13, size);
        unary(shelf, Unary.SIGMOID, 28, MIDDLE);
        unary(shelf, Unary.SILU, 28, MIDDLE);
        unary(shelf, Unary.SOFTPLUS, 45, MIDDLE);
        unary(shelf, Unary.ERF, 13, MIDDLE);
        for (int size = 0; size < SIZES.length; size++) unary(shelf, Unary.GELU, 19, size);
        unary(shelf, Unary.GELU_TANH, 51, MIDDLE);
        for (int size = 0; size < SIZES.length; size++) binary(shelf, Binary.ADD, 1, size);
        binary(shelf, Binary.MUL, 1, MIDDLE);
        binary(shelf, Binary.DIV, 1, MIDDLE);
        binary(shelf, Binary.TANH_GRAD, 3, MIDDLE);
    }

    private static void unary(Shelf shelf, Unary f, double flops, int size) {
        int n = SIZES[size];
        shelf.add(name(f, size), Cost.each(n, flops, 2, 2, Traffic.COPY), () -> {
            // √ and ln of negative numbers would be NaN, which nobody computes by the million
            var x = f == Unary.LOG || f == Unary.SQRT || f == Unary.RSQRT ? positive(n) : normal(n, 1);
            var y = new float[n];
            var kernels = Backend.f32();
            return split(n, COST, (from, to) -> kernels.unary(f, 0, x, from, y, from, to - from));
        });
    }

    private static void binary(Shelf shelf, Binary f, double flops, int size) {
        int n = SIZES[size];
        shelf.add(name(f, size), Cost.each(n, flops, 3, 3, Traffic.TRIAD), () -> {
            var x = normal(n, 1);
            var z = normal(n, 2);
            var y = new float[n];
            var kernels = Backend.f32();
            return split(n, 1, (from, to) -> kernels.binary(f, 0, x, from, z, from, y, from, to - from));
        });
    }

    private static float[] positive(int n) {
        var x = normal(n, 1);
        for (int i = 0; i < n; i++) x[i] = Math.abs(x[i]);
        return x;
    }

    private static String name(Enum<?> f, int size) {
        return f.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + SIZE_NAMES[size];
    }
}
