package keel.array;

import java.util.random.RandomGenerator;

/// Arrays of random draws, taken one after the other.
final class Draws {
    private Draws() {}

    /// Draws at a time: they stay in the first-level cache.
    private static final int TILE = 1024;

    static NdArray uniform(DType dtype, Shape shape, double low, double high, RandomGenerator random) {
        requireFloat("uniform", dtype);
        var y = NdArray.empty(dtype, shape);
        if (dtype == DType.F32) uniform(y.floats(), low, high - low, random);
        else uniform(y.doubles(), low, high - low, random);
        return y;
    }

    private static void uniform(float[] y, double low, double range, RandomGenerator random) {
        for (int i = 0; i < y.length; i++) y[i] = (float) (low + range * random.nextDouble());
    }

    private static void uniform(double[] y, double low, double range, RandomGenerator random) {
        for (int i = 0; i < y.length; i++) y[i] = low + range * random.nextDouble();
    }

    /// Each of two uniform draws, the radius before the angle.
    static NdArray normal(DType dtype, Shape shape, double mean, double std, RandomGenerator random) {
        requireFloat("normal", dtype);
        var y = NdArray.empty(dtype, shape);
        int n = y.size();
        var radius = new double[Math.min(n, TILE)];
        var angle = new double[radius.length];
        for (int i = 0; i < n; i += TILE) {
            int some = Math.min(TILE, n - i);
            pairs(radius, angle, some, random);
            y.kernels().normals(mean, std, radius, angle, 0, y.data(), i, some);
        }
        return y;
    }

    private static void pairs(double[] x, double[] z, int n, RandomGenerator random) {
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble();
            z[i] = random.nextDouble();
        }
    }

    private static void requireFloat(String name, DType dtype) {
        if (!dtype.isFloat()) {
            throw new IllegalArgumentException(name + ": not defined for " + dtype + "; use F32 or F64");
        }
    }
}
