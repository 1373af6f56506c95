package keel.nn.init;

import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// Weights that let their input through, and sparse ones.
final class Identities {
    private Identities() {}

    /// Flat index of the middle of a kernel `(out, in, k…)`; 0 for a matrix.
    static int middle(Shape shape) {
        int y = 0;
        for (int axis = 2; axis < shape.rank(); axis++) y = y * shape.extent(axis) + shape.extent(axis) / 2;
        return y;
    }

    static NdArray dirac(DType dtype, Shape shape, int groups) {
        if (shape.rank() < 3) {
            throw new IllegalArgumentException("Init.dirac: shape " + shape
                + " is no convolution, (out, in/groups, k…); use eye");
        }
        return identity(dtype, shape, groups);
    }

    static NdArray identity(DType dtype, Shape shape, int groups) {
        requireWeight("identity", shape);
        if (groups < 1 || shape.extent(0) % groups != 0) {
            throw new IllegalArgumentException("Init.dirac: " + shape.extent(0) + " outputs of " + shape + " do not divide into "
                + groups + " groups; give a divisor");
        }
        int perGroup = shape.extent(0) / groups;
        int taps = shape.product(2, shape.rank());
        var y = new double[shape.size()];
        for (int o = 0; o < shape.extent(0); o++) {
            int i = o % perGroup;
            if (i < shape.extent(1) && taps > 0) y[(o * shape.extent(1) + i) * taps + middle(shape)] = 1;
        }
        return NdArray.of(shape, y).cast(dtype);
    }

    static NdArray zerO(DType dtype, Shape shape) {
        requireWeight("zerO", shape);
        int out = shape.extent(0);
        int in = shape.extent(1);
        if (out <= in) return identity(dtype, shape, 1);
        int size = Integer.highestOneBit(Math.max(1, out - 1)) * (out > 1 ? 2 : 1); // the power of two not below out
        int taps = shape.product(2, shape.rank());
        var y = new double[shape.size()];
        for (int o = 0; o < out && taps > 0; o++) {
            for (int i = 0; i < in; i++) { // Hadamard: (−1)^(bits that o and i share)
                y[(o * in + i) * taps + middle(shape)] = (Integer.bitCount(o & i) % 2 == 0 ? 1 : -1) / Math.sqrt(size);
            }
        }
        return NdArray.of(shape, y).cast(dtype);
    }

    /// Sets `⌈sparsity·out⌉` elements of each column of `(out, in)` to 0: a random choice without repetition.
    static NdArray sparse(NdArray x, double sparsity, RandomGenerator random) {
        if (x.rank() != 2) {
            throw new IllegalArgumentException("Init.sparse: shape " + x.shape() + " is no matrix; give (out, in)");
        }
        int out = x.extent(0);
        int zeros = (int) Math.ceil(sparsity * out);
        var rows = new int[out];
        for (int column = 0; column < x.extent(1); column++) {
            for (int i = 0; i < out; i++) rows[i] = i;
            for (int i = 0; i < zeros; i++) { // Fisher–Yates, as far as it is needed
                int j = i + random.nextInt(out - i);
                int row = rows[j];
                rows[j] = rows[i];
                x.set(0, row, column);
            }
        }
        return x;
    }

    private static void requireWeight(String name, Shape shape) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException("Init." + name + ": shape " + shape + " has fewer than 2 axes; give (out, in, …)");
        }
    }
}
