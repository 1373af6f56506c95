package keel.kernel;

/// One small loop per elementwise operation: `i < n`, `y[yo + i] = f(x[xo + i], z[zo + i], a)`. C2 turns those without a call
/// into vector code by itself.
final class FloatLoops {
    private FloatLoops() {}

    static final float SIXTH = (float) (1.0 / 6);

    static void neg(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = -x[xo + i];
    }

    static void abs(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.abs(x[xo + i]);
    }

    static void sign(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? 1 : x[xo + i] < 0 ? -1 : x[xo + i] == 0 ? x[xo + i] : 0;
    }

    static void square(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * x[xo + i];
    }

    static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (float) Math.sqrt(x[xo + i]);
    }

    static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = 1 / (float) Math.sqrt(x[xo + i]);
    }

    static void expm1(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.expm1(x[xo + i]);
    }

    static void log(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.log(x[xo + i]);
    }

    static void log1p(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.log1p(x[xo + i]);
    }

    static void sin(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.sin(x[xo + i]);
    }

    static void cos(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.cos(x[xo + i]);
    }

    static void tanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.tanh(x[xo + i]);
    }

    static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }

    static void erf(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.erf(x[xo + i]);
    }

    static void gelu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.gelu(x[xo + i]);
    }

    static void geluTanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.geluTanh(x[xo + i]);
    }

    static void silu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.silu(x[xo + i]);
    }

    static void softplus(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.softplus(x[xo + i]);
    }

    static void relu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], 0);
    }

    /// `e^(x − a)`: the shift serves softmax and costs nothing elsewhere.
    static void exp(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.exp(x[xo + i] - a);
    }

    static void leakyRelu(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? x[xo + i] : a * x[xo + i];
    }

    static void add(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] + a;
    }

    static void mul(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * a;
    }

    static void rsub(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = a - x[xo + i];
    }

    static void rdiv(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = a / x[xo + i];
    }

    static void pow(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.pow(x[xo + i], a);
    }

    static void max(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], a);
    }

    static void min(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(x[xo + i], a);
    }

    static void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
    }

    static void within(float low, float high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] >= low && x[xo + i] <= high ? z[zo + i] : 0;
    }

    static void inside(float low, float high, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= low || x[xo + i] >= high ? 0 : z[zo + i];
    }

    static void hardSigmoid(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(Math.max(x[xo + i] + 3, 0), 6) * SIXTH;
    }

    static void hardSwish(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v <= -3 ? 0 : v < 3 ? v * (v + 3) * SIXTH : v;
        }
    }

    static void hardSigmoidGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= -3 || x[xo + i] >= 3 ? 0 : z[zo + i] * SIXTH;
    }

    static void hardSwishGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = v <= -3 ? 0 : v < 3 ? z[zo + i] * Math.fma(v, 2 * SIXTH, (float) 0.5) : z[zo + i];
        }
    }

    static void normals(double mean, double std, double[] u, double[] v, int uo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) (mean + std * StrictMath.sqrt(-2 * StrictMath.log(1 - u[uo + i]))
                    * StrictMath.cos(2 * Math.PI * v[uo + i]));
        }
    }

    static void eq(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] == a ? x[xo + i] : z[zo + i];
    }

    static void lt(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] < a ? x[xo + i] : z[zo + i];
    }

    static void le(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] <= a ? x[xo + i] : z[zo + i];
    }

    static void gt(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] > a ? x[xo + i] : z[zo + i];
    }

    static void ge(float a, float[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] >= a ? x[xo + i] : z[zo + i];
    }

    // only float: elsewhere a product of two roundings would be less accurate than the power
    /// `x³`, the products in double.
    static void cube(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[xo + i];
            y[yo + i] = (float) (v * v * v);
        }
    }
    // end

    /// From the nearer end, in double.
    static void lerp(float[] x, int xo, float[] z, int zo, float[] w, int wo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            double c = w[wo + i];
            y[yo + i] = (float) (Math.abs(c) < 0.5 ? a + c * (b - a) : b - (b - a) * (1 - c));
        }
    }

    static void near(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            y[yo + i] = (float) (a + w * (b - a));
        }
    }

    static void far(double w, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            y[yo + i] = (float) (b - (b - a) * (1 - w));
        }
    }

    static void axpy(float a, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }

    static void add(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] + z[zo + i];
    }

    static void sub(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] - z[zo + i];
    }

    static void mul(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * z[zo + i];
    }

    static void div(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] / z[zo + i];
    }

    static void min(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(x[xo + i], z[zo + i]);
    }

    static void max(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], z[zo + i]);
    }

    static void pow(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = FloatMath.pow(x[xo + i], z[zo + i]);
    }

    static void tanhGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * Math.fma(-x[xo + i], x[xo + i], (float) 1.0);
    }

    static void sigmoidGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * (x[xo + i] * (1 - x[xo + i]));
    }

    static void geluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * FloatMath.geluGrad(x[xo + i]);
    }

    static void geluTanhGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * FloatMath.geluTanhGrad(x[xo + i]);
    }

    static void siluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * FloatMath.siluGrad(x[xo + i]);
    }

    /// A choice, not a product with 0: what is infinite or NaN in `z` stays out where `x ≤ 0`. Where `x` is NaN, `z` passes.
    static void reluGrad(float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= 0 ? 0 : z[zo + i];
    }

    static void leakyReluGrad(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? z[zo + i] : a * z[zo + i];
    }

    static void eq(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] == z[zo + i];
    }

    static void ne(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] != z[zo + i];
    }

    static void lt(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] < z[zo + i];
    }

    static void le(float[] x, int xo, float[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= z[zo + i];
    }

    static void where(boolean[] c, int co, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] ? x[xo + i] : z[zo + i];
    }

    /// Rows `i0 … i1−1`, columns `j0 … j1−1` of a transpose.
    static void transposeTile(int lx, int ly, int i0, int i1, int j0, int j1, float[] x, int xo, float[] y, int yo) {
        for (int j = j0; j < j1; j++) {
            for (int i = i0; i < i1; i++) y[yo + j * ly + i] = x[xo + i * lx + j];
        }
    }
}
