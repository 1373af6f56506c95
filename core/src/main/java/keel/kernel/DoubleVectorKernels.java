// Generated from FloatVectorKernels.java by DoubleTwins; change that file and run it again.
package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The loops over `double[]` on the Vector API, bit for bit those of [DoubleKernels]. Loops that C2 vectorizes by itself stay inherited.
/// `DoubleVectorKernels` is generated from this file; its transcendental functions stay plain.
final class DoubleVectorKernels extends DoubleKernels {
    private static final VectorSpecies<Double> S = VectorWidth.DOUBLE;
    private static final int V = S.length();

    @Override
    public void unary(Unary f, double p, double[] x, int xo, double[] y, int yo, int n) {
        switch (f) {
            case SIGN -> DoubleVectorLoops.sign(x, xo, y, yo, n);
            case RELU -> DoubleVectorLoops.relu(x, xo, y, yo, n);
            case LEAKY_RELU -> DoubleVectorLoops.leakyRelu(p, x, xo, y, yo, n);
            default -> super.unary(f, p, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        switch (f) {
            case RELU_GRAD -> DoubleVectorLoops.leakyReluGrad(0.0, x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> DoubleVectorLoops.leakyReluGrad(p, x, xo, z, zo, y, yo, n);
            default -> super.binary(f, p, x, xo, z, zo, y, yo, n);
        }
    }

    @Override
    public void compare(Compare f, double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> DoubleVectorLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> DoubleVectorLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> DoubleVectorLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> DoubleVectorLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> DoubleVectorLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> DoubleVectorLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void where(boolean[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        DoubleVectorLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    /// The extreme value first, then where it is: two fast passes.
    @Override
    public int argExtreme(boolean largest, double[] x, int xo, int stride, int n) {
        if (stride != 1 || n < 2 * V) return super.argExtreme(largest, x, xo, stride, n);
        double best = largest ? max(x, xo, n) : min(x, xo, n);
        int i = 0;
        if (best != best) {
            while (x[xo + i] == x[xo + i]) i++;
        } else {
            while (x[xo + i] != best) i++;
        }
        return i;
    }

    @Override
    double sum(double[] x, int xo, int n) {
        return DoubleVectorSums.sum(x, xo, n);
    }

    @Override
    double sum(double[] x, int xo, double[] z, int zo, int n) {
        return DoubleVectorSums.dot(x, xo, z, zo, n);
    }

    @Override
    double sum(double a, double[] x, int xo, double[] z, int zo, int n) {
        return DoubleVectorSums.dotDeviation(a, x, xo, z, zo, n);
    }

    @Override
    void deviations(double a, double[] x, int xo, int n, double[] s, double[] q, int r) {
        s[r] = DoubleVectorSums.deviation(a, x, xo, n);
        q[r] = DoubleVectorSums.squaredDeviation(a, x, xo, n);
    }

    @Override
    double max(double[] x, int xo, int n) {
        return DoubleVectorSums.max(x, xo, n);
    }

    @Override
    double min(double[] x, int xo, int n) {
        return DoubleVectorSums.min(x, xo, n);
    }

    @Override
    void sumRows(boolean squares, double[] x, int xo, int rows, int inner, double[] y, int yo, int width) {
        DoubleVectorSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }
}
