package keel.kernel;

import jdk.incubator.vector.VectorSpecies;

/// The loops over `float[]` on the Vector API, bit for bit those of [FloatKernels]. Loops that C2 vectorizes by itself stay inherited.
/// `DoubleVectorKernels` is generated from this file; its transcendental functions stay plain.
final class FloatVectorKernels extends FloatKernels {
    private static final VectorSpecies<Float> S = VectorWidth.FLOAT;
    private static final int V = S.length();

    @Override
    public void unary(Unary f, double p, float[] x, int xo, float[] y, int yo, int n) {
        switch (f) {
            case SIGN -> FloatVectorLoops.sign(x, xo, y, yo, n);
            case RELU -> FloatVectorLoops.relu(x, xo, y, yo, n);
            case LEAKY_RELU -> FloatVectorLoops.leakyRelu((float) p, x, xo, y, yo, n);
            // only float: functions
            case EXP -> exp((float) 0.0, x, xo, y, yo, n);
            case EXPM1, LOG, LOG1P, SIN, COS, TANH, SIGMOID, ERF, GELU, GELU_TANH, SILU, SOFTPLUS -> {
                int whole = S.loopBound(n);
                function(f, x, xo, y, yo, whole);
                if (whole < n) {
                    float[] t = padded(x, xo + whole, n - whole, 0);
                    function(f, t, 0, t, 0, V);
                    System.arraycopy(t, 0, y, yo + whole, n - whole);
                }
            }
            // end
            default -> super.unary(f, p, x, xo, y, yo, n);
        }
    }

    @Override
    public void binary(Binary f, double p, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        switch (f) {
            case RELU_GRAD -> FloatVectorLoops.leakyReluGrad((float) 0.0, x, xo, z, zo, y, yo, n);
            case LEAKY_RELU_GRAD -> FloatVectorLoops.leakyReluGrad((float) p, x, xo, z, zo, y, yo, n);
            // only float: functions
            case GELU_GRAD, GELU_TANH_GRAD, SILU_GRAD -> {
                int whole = S.loopBound(n);
                function(f, x, xo, z, zo, y, yo, whole);
                if (whole < n) {
                    float[] t = padded(x, xo + whole, n - whole, 0);
                    padded(z, zo + whole, n - whole, V);
                    function(f, t, 0, t, V, t, 0, V);
                    System.arraycopy(t, 0, y, yo + whole, n - whole);
                }
            }
            // end
            default -> super.binary(f, p, x, xo, z, zo, y, yo, n);
        }
    }

    // only float: functions
    private static final ThreadLocal<float[]> PADDED = ThreadLocal.withInitial(() -> new float[2 * V]);

    /// The last elements with ones behind them, from `at` in a buffer of the thread.
    private static float[] padded(float[] x, int xo, int n, int at) {
        float[] t = PADDED.get();
        System.arraycopy(x, xo, t, at, n);
        for (int i = at + n; i < at + V; i++) t[i] = 1;
        return t;
    }

    private static void function(Unary f, float[] x, int xo, float[] y, int yo, int n) {
        switch (f) {
            case EXPM1 -> FloatVectorMath.expm1(x, xo, y, yo, n);
            case LOG -> FloatVectorMath.log(x, xo, y, yo, n);
            case LOG1P -> FloatVectorMath.log1p(x, xo, y, yo, n);
            case SIN -> FloatVectorMath.sin(0, 0x1p-13f, x, xo, y, yo, n);
            case COS -> FloatVectorMath.sin(1, 0, x, xo, y, yo, n);
            case TANH -> FloatVectorMath.tanh(x, xo, y, yo, n);
            case SIGMOID -> FloatVectorMath.sigmoid(x, xo, y, yo, n);
            case ERF -> FloatVectorMath.erf(x, xo, y, yo, n);
            case GELU -> FloatVectorMath.gelu(x, xo, y, yo, n);
            case GELU_TANH -> FloatVectorMath.geluTanh(x, xo, y, yo, n);
            case SILU -> FloatVectorMath.silu(x, xo, y, yo, n);
            case SOFTPLUS -> FloatVectorMath.softplus(x, xo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    private static void function(Binary f, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        switch (f) {
            case GELU_GRAD -> FloatVectorMath.geluGrad(x, xo, z, zo, y, yo, n);
            case GELU_TANH_GRAD -> FloatVectorMath.geluTanhGrad(x, xo, z, zo, y, yo, n);
            case SILU_GRAD -> FloatVectorMath.siluGrad(x, xo, z, zo, y, yo, n);
            default -> throw new AssertionError(f);
        }
    }

    @Override
    void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        FloatVectorMath.exp(a, x, xo, y, yo, whole);
        if (whole < n) {
            float[] t = padded(x, xo + whole, n - whole, 0);
            FloatVectorMath.exp(a, t, 0, t, 0, V);
            System.arraycopy(t, 0, y, yo + whole, n - whole);
        }
    }
    // end

    @Override
    public void compare(Compare f, float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        switch (f) {
            case EQ -> FloatVectorLoops.eq(x, xo, z, zo, y, yo, n);
            case NE -> FloatVectorLoops.ne(x, xo, z, zo, y, yo, n);
            case LT -> FloatVectorLoops.lt(x, xo, z, zo, y, yo, n);
            case LE -> FloatVectorLoops.le(x, xo, z, zo, y, yo, n);
            case GT -> FloatVectorLoops.lt(z, zo, x, xo, y, yo, n);
            case GE -> FloatVectorLoops.le(z, zo, x, xo, y, yo, n);
        }
    }

    @Override
    public void where(boolean[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        FloatVectorLoops.where(c, co, x, xo, z, zo, y, yo, n);
    }

    /// The extreme value first, then where it is: two fast passes.
    @Override
    public int argExtreme(boolean largest, float[] x, int xo, int stride, int n) {
        if (stride != 1 || n < 2 * V) return super.argExtreme(largest, x, xo, stride, n);
        float best = largest ? max(x, xo, n) : min(x, xo, n);
        int i = 0;
        if (best != best) {
            while (x[xo + i] == x[xo + i]) i++;
        } else {
            while (x[xo + i] != best) i++;
        }
        return i;
    }

    @Override
    float sum(float[] x, int xo, int n) {
        return FloatVectorSums.sum(x, xo, n);
    }

    @Override
    float sum(float[] x, int xo, float[] z, int zo, int n) {
        return FloatVectorSums.dot(x, xo, z, zo, n);
    }

    @Override
    float sum(float a, float[] x, int xo, float[] z, int zo, int n) {
        return FloatVectorSums.dotDeviation(a, x, xo, z, zo, n);
    }

    @Override
    void deviations(float a, float[] x, int xo, int n, float[] s, float[] q, int r) {
        s[r] = FloatVectorSums.deviation(a, x, xo, n);
        q[r] = FloatVectorSums.squaredDeviation(a, x, xo, n);
    }

    @Override
    float max(float[] x, int xo, int n) {
        return FloatVectorSums.max(x, xo, n);
    }

    @Override
    float min(float[] x, int xo, int n) {
        return FloatVectorSums.min(x, xo, n);
    }

    @Override
    void sumRows(boolean squares, float[] x, int xo, int rows, int inner, float[] y, int yo, int width) {
        FloatVectorSums.sumRows(squares, x, xo, rows, inner, y, yo, width);
    }
}
