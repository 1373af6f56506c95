package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
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
    /// Of negative numbers they would be NaN, which nobody computes by the million.
    private static final Set<Unary> POSITIVE = EnumSet.of(Unary.LOG, Unary.LOG1P, Unary.SQRT, Unary.RSQRT, Unary.POW_SCALAR);
    /// Of powers; other functions do not look at it.
    private static final double EXPONENT = 2.5;

    static void fill(Shelf shelf) {
        unary(shelf, Unary.RELU, 0);
        unary(shelf, Unary.SQRT, 1);
        unary(shelf, Unary.RSQRT, 2);
        unary(shelf, Unary.EXP, 16);
        unary(shelf, Unary.EXPM1, 22);
        unary(shelf, Unary.LOG, 27);
        unary(shelf, Unary.LOG1P, 34);
        unary(shelf, Unary.SIN, 20);
        unary(shelf, Unary.COS, 20);
        unary(shelf, Unary.TANH, 13);
        unary(shelf, Unary.SIGMOID, 28);
        unary(shelf, Unary.SILU, 28);
        unary(shelf, Unary.SOFTPLUS, 45);
        unary(shelf, Unary.ERF, 13);
        unary(shelf, Unary.GELU, 19);
        unary(shelf, Unary.GELU_TANH, 51);
        unary(shelf, Unary.POW_SCALAR, 60);
        for (int size = 0; size < SIZES.length; size++) binary(shelf, Binary.ADD, 1, size);
        binary(shelf, Binary.MUL, 1, MIDDLE);
        binary(shelf, Binary.DIV, 1, MIDDLE);
        binary(shelf, Binary.TANH_GRAD, 3, MIDDLE);
    }

    private static void unary(Shelf shelf, Unary f, double flops) {
        for (int size = 0; size < SIZES.length; size++) {
            int n = SIZES[size];
            shelf.add(name(f, size), Cost.each(n, flops, 2, 2, Traffic.COPY), () -> {
                var x = POSITIVE.contains(f) ? positive(n) : normal(n, 1);
                var y = new float[n];
                var kernels = Backend.f32();
                return split(n, COST, (from, to) -> kernels.unary(f, EXPONENT, x, from, y, from, to - from));
            });
        }
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
        var name = f == Unary.POW_SCALAR ? "pow " + EXPONENT : f.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return name + " " + SIZE_NAMES[size];
    }
}
