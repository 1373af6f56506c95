package keel.kernel;

/// The loops of recurrent cells over `float[]`, see [Kernels#gates]; `DoubleCells` is generated from this file.
final class FloatCells {
    private FloatCells() {}

    /// `y = (z + c) + (s + b)`.
    static void sum(float[] s, int so, float[] b, int bo, float[] z, int zo, float[] c, int co, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = (z[zo + i] + c[co + i]) + (s[so + i] + b[bo + i]);
    }

    /// `c = f·before + i·g`, gates `step` apart.
    static void memory(int n, int step, float[] z, int zo, float[] before, int bo, float[] c, int co) {
        for (int i = 0; i < n; i++) {
            c[co + i] = z[zo + step + i] * before[bo + i] + z[zo + i] * z[zo + 2 * step + i];
        }
    }

    /// One row of [Kernels#lstmGrad] from its element `from` on, gates `step` apart.
    static void lstmGrad(int from, int n, int step, float[] z, int zo, float[] before, int bo, float[] m, int mo, float[] dh,
            int dho, float[] dc, int dco, float[] dz, int dzo) {
        for (int j = from; j < n; j++) {
            float i = z[zo + j];
            float f = z[zo + step + j];
            float g = z[zo + 2 * step + j];
            float o = z[zo + 3 * step + j];
            float t = m[mo + j];
            float dy = dh[dho + j];
            float d = dc[dco + j] + dy * o * Math.fma(-t, t, (float) 1.0);
            dz[dzo + j] = d * g * (i * ((float) 1.0 - i));
            dz[dzo + n + j] = d * before[bo + j] * (f * ((float) 1.0 - f));
            dz[dzo + 2 * n + j] = d * i * Math.fma(-g, g, (float) 1.0);
            dz[dzo + 3 * n + j] = dy * t * (o * ((float) 1.0 - o));
            dc[dco + j] = d * f;
        }
    }

    /// One row of [Kernels#gruGrad] from its element `from` on, gates `step` apart.
    static void gruGrad(int from, int n, int step, float[] z, int zo, float[] q, int qo, float[] before, int bo, float[] dh,
            int dho, float[] dz, int dzo, float[] ds, int dso) {
        for (int j = from; j < n; j++) {
            float r = z[zo + j];
            float u = z[zo + step + j];
            float t = z[zo + 2 * step + j];
            float dy = dh[dho + j];
            float d = dy * ((float) 1.0 - u) * Math.fma(-t, t, (float) 1.0);
            float dr = d * q[qo + j] * (r * ((float) 1.0 - r));
            float du = dy * (before[bo + j] - t) * (u * ((float) 1.0 - u));
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
