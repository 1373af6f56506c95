package keel.nn.init;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Random matrices with orthonormal rows or columns: normal vectors, each made orthogonal to those before it and of length 1.
/// That is the Q of a QR decomposition with a positive diagonal of R, and uniform among all such matrices (Mezzadri 2006,
/// arXiv:math-ph/0609050).
final class Orthogonal {
    private Orthogonal() {}

    static NdArray create(DType dtype, Shape shape, double gain, RandomGenerator random) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException("Init.orthogonal: shape " + shape + " has fewer than 2 axes; give (out, in, …)");
        }
        int rows = shape.extent(0);
        int columns = rows == 0 ? 0 : shape.size() / rows;
        return NdArray.of(shape, matrix(rows, columns, gain, random)).cast(dtype);
    }

    static NdArray delta(DType dtype, Shape shape, double gain, RandomGenerator random) {
        if (shape.rank() < 3 || shape.extent(0) < shape.extent(1)) {
            throw new IllegalArgumentException("Init.deltaOrthogonal: shape " + shape
                + " is no convolution that keeps lengths; give (out, in, k…) with out ≥ in");
        }
        var middle = matrix(shape.extent(0), shape.extent(1), gain, random);
        var y = new double[shape.size()];
        int taps = shape.product(2, shape.rank());
        for (int i = 0; i < middle.length; i++) y[i * taps + Identities.middle(shape)] = middle[i];
        return NdArray.of(shape, y).cast(dtype);
    }

    // (rows, columns)
    private static double[] matrix(int rows, int columns, double gain, RandomGenerator random) {
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        var q = new double[count][];
        for (int i = 0; i < count; i++) {
            q[i] = NdArray.normal(DType.F64, Shape.of(length), 0, 1, random).doubles();
            for (int twice = 0; twice < 2; twice++) { // once leaves what rounding put back
                for (int j = 0; j < i; j++) add(q[i], -dot(q[i], q[j]), q[j]);
            }
            double norm = Math.sqrt(dot(q[i], q[i]));
            for (int k = 0; k < length; k++) q[i][k] /= norm;
        }
        var y = new double[rows * columns];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < length; k++) y[rows < columns ? i * columns + k : k * columns + i] = gain * q[i][k];
        }
        return y;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static void add(double[] a, double factor, double... b) {
        for (int i = 0; i < a.length; i++) a[i] += factor * b[i];
    }
}
