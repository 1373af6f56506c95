// Generated from FloatLoops.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// One small loop per elementwise operation: `i < n`, `y[yo + i] = f(x[xo + i], z[zo + i], a)`. C2 turns those without a call
/// into vector code by itself.
final class DoubleLoops {
    private DoubleLoops() {}

    static final double SIXTH = (1.0 / 6);

    static void neg(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = -x[xo + i];
    }

    static void abs(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.abs(x[xo + i]);
    }

    static void sign(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? 1 : x[xo + i] < 0 ? -1 : x[xo + i] == 0 ? x[xo + i] : 0;
    }

    static void square(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * x[xo + i];
    }

    static void sqrt(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.sqrt(x[xo + i]);
    }

    static void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = 1 / Math.sqrt(x[xo + i]);
    }

    static void expm1(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.expm1(x[xo + i]);
    }

    static void log(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.log(x[xo + i]);
    }

    static void log1p(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.log1p(x[xo + i]);
    }

    static void sin(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.sin(x[xo + i]);
    }

    static void cos(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.cos(x[xo + i]);
    }

    static void tanh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.tanh(x[xo + i]);
    }

    static void sigmoid(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.sigmoid(x[xo + i]);
    }

    static void erf(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.erf(x[xo + i]);
    }

    static void gelu(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.gelu(x[xo + i]);
    }

    static void geluTanh(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.geluTanh(x[xo + i]);
    }

    static void silu(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.silu(x[xo + i]);
    }

    static void softplus(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.softplus(x[xo + i]);
    }

    static void relu(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], 0);
    }

    /// `e^(x − a)`: the shift serves softmax and costs nothing elsewhere.
    static void exp(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.exp(x[xo + i] - a);
    }

    static void leakyRelu(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? x[xo + i] : a * x[xo + i];
    }

    static void add(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] + a;
    }

    static void mul(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * a;
    }

    static void rsub(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = a - x[xo + i];
    }

    static void rdiv(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = a / x[xo + i];
    }

    static void pow(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.pow(x[xo + i], a);
    }

    static void max(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], a);
    }

    static void min(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(x[xo + i], a);
    }

    static void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
    }

    static void within(double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] >= low && x[xo + i] <= high ? z[zo + i] : 0;
    }

    static void inside(double low, double high, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= low || x[xo + i] >= high ? 0 : z[zo + i];
    }

    static void hardSigmoid(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(Math.max(x[xo + i] + 3, 0), 6) * SIXTH;
    }

    static void hardSwish(double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[xo + i];
            y[yo + i] = v <= -3 ? 0 : v < 3 ? v * (v + 3) * SIXTH : v;
        }
    }

    static void hardSigmoidGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= -3 || x[xo + i] >= 3 ? 0 : z[zo + i] * SIXTH;
    }

    static void hardSwishGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[xo + i];
            y[yo + i] = v <= -3 ? 0 : v < 3 ? z[zo + i] * Math.fma(v, 2 * SIXTH, 0.5) : z[zo + i];
        }
    }

    static void normals(double mean, double std, double[] u, double[] v, int uo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (mean + std * StrictMath.sqrt(-2 * StrictMath.log(1 - u[uo + i]))
                    * StrictMath.cos(2 * Math.PI * v[uo + i]));
        }
    }

    static void eq(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] == a ? x[xo + i] : z[zo + i];
    }

    static void lt(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] < a ? x[xo + i] : z[zo + i];
    }

    static void le(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] <= a ? x[xo + i] : z[zo + i];
    }

    static void gt(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] > a ? x[xo + i] : z[zo + i];
    }

    static void ge(double a, double[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] >= a ? x[xo + i] : z[zo + i];
    }

    /// From the nearer end, in double.
    static void lerp(double[] x, int xo, double[] z, int zo, double[] w, int wo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            double c = w[wo + i];
            y[yo + i] = (Math.abs(c) < 0.5 ? a + c * (b - a) : b - (b - a) * (1 - c));
        }
    }

    static void near(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            y[yo + i] = (a + w * (b - a));
        }
    }

    static void far(double w, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            double a = x[xo + i];
            double b = z[zo + i];
            y[yo + i] = (b - (b - a) * (1 - w));
        }
    }

    static void axpy(double a, double[] x, int xo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, x[xo + i], y[yo + i]);
    }

    static void add(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] + z[zo + i];
    }

    static void sub(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] - z[zo + i];
    }

    static void mul(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] * z[zo + i];
    }

    static void div(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] / z[zo + i];
    }

    static void min(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.min(x[xo + i], z[zo + i]);
    }

    static void max(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.max(x[xo + i], z[zo + i]);
    }

    static void pow(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = DoubleMath.pow(x[xo + i], z[zo + i]);
    }

    static void tanhGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * Math.fma(-x[xo + i], x[xo + i], 1.0);
    }

    static void sigmoidGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * (x[xo + i] * (1 - x[xo + i]));
    }

    static void geluGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * DoubleMath.geluGrad(x[xo + i]);
    }

    static void geluTanhGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * DoubleMath.geluTanhGrad(x[xo + i]);
    }

    static void siluGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = z[zo + i] * DoubleMath.siluGrad(x[xo + i]);
    }

    /// A choice, not a product with 0: what is infinite or NaN in `z` stays out where `x ≤ 0`. Where `x` is NaN, `z` passes.
    static void reluGrad(double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= 0 ? 0 : z[zo + i];
    }

    static void leakyReluGrad(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] > 0 ? z[zo + i] : a * z[zo + i];
    }

    static void eq(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] == z[zo + i];
    }

    static void ne(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] != z[zo + i];
    }

    static void lt(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] < z[zo + i];
    }

    static void le(double[] x, int xo, double[] z, int zo, boolean[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = x[xo + i] <= z[zo + i];
    }

    static void where(boolean[] c, int co, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = c[co + i] ? x[xo + i] : z[zo + i];
    }

    /// Rows `i0 … i1−1`, columns `j0 … j1−1` of a transpose.
    static void transposeTile(int lx, int ly, int i0, int i1, int j0, int j1, double[] x, int xo, double[] y, int yo) {
        for (int j = j0; j < j1; j++) {
            for (int i = i0; i < i1; i++) y[yo + j * ly + i] = x[xo + i * lx + j];
        }
    }
}
