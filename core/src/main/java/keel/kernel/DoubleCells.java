// Generated from FloatCells.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// The loops of recurrent cells over `double[]`, see [Kernels#gates]; `DoubleCells` is generated from this file.
final class DoubleCells {
    private DoubleCells() {}

    /// `y = (z + c) + (s + b)`.
    static void sum(double[] s, int so, double[] b, int bo, double[] z, int zo, double[] c, int co, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (z[zo + i] + c[co + i]) + (s[so + i] + b[bo + i]);
    }

    /// `c = f·before + i·g`, gates `step` apart.
    static void memory(int n, int step, double[] z, int zo, double[] before, int bo, double[] c, int co) {
        for (int i = 0; i < n; i++) {
            c[co + i] = z[zo + step + i] * before[bo + i] + z[zo + i] * z[zo + 2 * step + i];
        }
    }

    /// One row of [Kernels#lstmGrad] from its element `from` on, gates `step` apart.
    static void lstmGrad(int from, int n, int step, double[] z, int zo, double[] before, int bo, double[] m, int mo, double[] dh,
            int dho, double[] dc, int dco, double[] dz, int dzo) {
        for (int j = from; j < n; j++) {
            double i = z[zo + j];
            double f = z[zo + step + j];
            double g = z[zo + 2 * step + j];
            double o = z[zo + 3 * step + j];
            double t = m[mo + j];
            double dy = dh[dho + j];
            double d = dc[dco + j] + dy * o * Math.fma(-t, t, 1.0);
            dz[dzo + j] = d * g * (i * (1.0 - i));
            dz[dzo + n + j] = d * before[bo + j] * (f * (1.0 - f));
            dz[dzo + 2 * n + j] = d * i * Math.fma(-g, g, 1.0);
            dz[dzo + 3 * n + j] = dy * t * (o * (1.0 - o));
            dc[dco + j] = d * f;
        }
    }

    /// One row of [Kernels#gruGrad] from its element `from` on, gates `step` apart.
    static void gruGrad(int from, int n, int step, double[] z, int zo, double[] q, int qo, double[] before, int bo, double[] dh,
            int dho, double[] dz, int dzo, double[] ds, int dso) {
        for (int j = from; j < n; j++) {
            double r = z[zo + j];
            double u = z[zo + step + j];
            double t = z[zo + 2 * step + j];
            double dy = dh[dho + j];
            double d = dy * (1.0 - u) * Math.fma(-t, t, 1.0);
            double dr = d * q[qo + j] * (r * (1.0 - r));
            double du = dy * (before[bo + j] - t) * (u * (1.0 - u));
            dz[dzo + j] = dr;
            dz[dzo + n + j] = du;
            dz[dzo + 2 * n + j] = d;
            ds[dso + j] = dr;
            ds[dso + n + j] = du;
            ds[dso + 2 * n + j] = d * r;
            dh[dho + j] = dy * u;
        }
    }
}
