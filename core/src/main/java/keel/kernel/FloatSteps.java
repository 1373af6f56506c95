package keel.kernel;

/// The optimizer steps of [Kernels], and the sums that others are made of, in place on `o … o+n−1`. Scalars are computed in
/// double and rounded once; C2 vectorizes the loops by itself.
///
/// What an optimizer remembers of a weight whose gradient is 0, as behind a ReLU that is off, decays until it is denormal, and
/// stays so, because 0.9 of the four smallest floats is rounded to four again: on many processors a step with denormal numbers
/// takes 20 times as long. So memories are rounded to multiples of the smallest normal number, by adding `TINY` and taking it
/// off again; that changes none above 2⁻⁷⁸ (2⁻⁹¹⁶ in F64), and below it the last bit.
final class FloatSteps {
    private FloatSteps() {}

    /// Its last place, and that of what is a little larger, is the smallest normal number.
    private static final float TINY = (float) 1.5 * Float.MIN_NORMAL / Math.ulp((float) 1.0);
    /// From here on no root of a mean square that `TINY` changes is more than a rounding error beside `eps`.
    private static final float SMALL_EPS = (float) 1e-10;

    private static float tiny(double eps) {
        return eps >= SMALL_EPS ? TINY : 0;
    }

    static void sgd(float[] p, float[] g, float[] v, int o, int n, double rate, double momentum, double dampening,
            double decay, boolean nesterov, boolean first) {
        float r = (float) -rate;
        float d = (float) decay;
        if (momentum == 0) {
            sgdPlain(p, g, o, n, r, d);
            return;
        }
        // the first step has no velocity to keep and takes the gradient undamped
        float keep = (float) (first ? 0 : momentum);
        float take = (float) (first ? 1 : 1 - dampening);
        if (nesterov) {
            sgdNesterov(p, g, v, o, n, r, d, keep, take, (float) momentum);
        } else {
            sgdMomentum(p, g, v, o, n, r, d, keep, take);
        }
    }

    private static void sgdPlain(float[] p, float[] g, int o, int n, float r, float d) {
        for (int i = o; i < o + n; i++) p[i] = Math.fma(r, Math.fma(d, p[i], g[i]), p[i]);
    }

    private static void sgdMomentum(float[] p, float[] g, float[] v, int o, int n, float r, float d, float keep,
            float take) {
        for (int i = o; i < o + n; i++) {
            v[i] = Math.fma(keep, v[i], take * Math.fma(d, p[i], g[i])) + TINY - TINY;
            p[i] = Math.fma(r, v[i], p[i]);
        }
    }

    private static void sgdNesterov(float[] p, float[] g, float[] v, int o, int n, float r, float d, float keep,
            float take, float momentum) {
        for (int i = o; i < o + n; i++) {
            float h = Math.fma(d, p[i], g[i]);
            v[i] = Math.fma(keep, v[i], take * h) + TINY - TINY;
            p[i] = Math.fma(r, Math.fma(momentum, v[i], h), p[i]);
        }
    }

    static void adam(float[] p, float[] g, float[] m, float[] v, int o, int n, double rate, double b1, double b2, double eps,
            double decay, double decoupledDecay, int step) {
        double c1 = 1 - StrictMath.pow(b1, step);
        double c2 = Math.sqrt(1 - StrictMath.pow(b2, step));
        adam(p, g, m, v, o, n, (float) (1 - rate * decoupledDecay), (float) decay, (float) b1, (float) (1 - b1), (float) b2,
                (float) (1 - b2), (float) (-rate / c1), (float) (1 / c2), (float) eps, tiny(eps));
    }

    /// `r = −rate/(1−b1^step)`, `s = 1/√(1−b2^step)`.
    private static void adam(float[] p, float[] g, float[] m, float[] v, int o, int n, float shrink, float d, float b1,
            float a1, float b2, float a2, float r, float s, float eps, float tiny) {
        for (int i = o; i < o + n; i++) {
            float q = p[i] * shrink;
            float h = Math.fma(d, q, g[i]);
            float mi = Math.fma(b1, m[i], a1 * h) + tiny - tiny;
            float vi = Math.fma(b2, v[i], a2 * h * h) + tiny - tiny;
            m[i] = mi;
            v[i] = vi;
            p[i] = Math.fma(r, mi / Math.fma((float) Math.sqrt(vi), s, eps), q);
        }
    }

    static void rmsprop(float[] p, float[] g, float[] v, float[] a, float[] b, int o, int n, double rate, double alpha,
            double eps, double decay, double momentum) {
        float d = (float) decay;
        float keep = (float) alpha;
        float take = (float) (1 - alpha);
        float tiny = tiny(eps);
        for (int i = o; i < o + n; i++) {
            float h = Math.fma(d, p[i], g[i]);
            v[i] = Math.fma(keep, v[i], take * h * h) + tiny - tiny;
            float avg = v[i];
            if (a != null) {
                a[i] = Math.fma(keep, a[i], take * h) + tiny - tiny;
                avg = Math.fma(-a[i], a[i], avg);
            }
            float u = h / ((float) Math.sqrt(avg) + (float) eps);
            if (b != null) {
                b[i] = Math.fma((float) momentum, b[i], u) + TINY - TINY;
                u = b[i];
            }
            p[i] = Math.fma((float) -rate, u, p[i]);
        }
    }

    static void lion(float[] p, float[] g, float[] m, int o, int n, double rate, double b1, double b2, double decay) {
        lion(p, g, m, o, n, (float) (1 - rate * decay), (float) -rate, (float) b1, (float) (1 - b1), (float) b2,
                (float) (1 - b2));
    }

    private static void lion(float[] p, float[] g, float[] m, int o, int n, float shrink, float r, float b1, float a1,
            float b2, float a2) {
        for (int i = o; i < o + n; i++) {
            float u = Math.signum(Math.fma(b1, m[i], a1 * g[i]));
            p[i] = Math.fma(r, u, p[i] * shrink);
            m[i] = Math.fma(b2, m[i], a2 * g[i]) + TINY - TINY;
        }
    }

    static void adan(float[] p, float[] g, float[] last, float[] m, float[] w, float[] v, int o, int n, double rate, double b1,
            double b2, double b3, double eps, double before, double after, int step) {
        if (step == 1) System.arraycopy(g, o, last, o, n); // no difference yet
        double c1 = 1 - StrictMath.pow(b1, step);
        double c2 = 1 - StrictMath.pow(b2, step);
        double c3 = Math.sqrt(1 - StrictMath.pow(b3, step));
        adanMoments(g, last, m, w, v, o, n, (float) b1, (float) (1 - b1), (float) b2, (float) (1 - b2), (float) b3,
                (float) (1 - b3), tiny(eps));
        adanMove(p, m, w, v, o, n, (float) (-rate / c1), (float) (-rate * b2 / c2), (float) (1 / c3), (float) eps, (float) before,
                (float) after);
    }

    private static void adanMoments(float[] g, float[] last, float[] m, float[] w, float[] v, int o, int n, float b1, float a1,
            float b2, float a2, float b3, float a3, float tiny) {
        for (int i = o; i < o + n; i++) {
            float d = g[i] - last[i];
            float h = Math.fma(b2, d, g[i]);
            last[i] = g[i];
            m[i] = Math.fma(b1, m[i], a1 * g[i]) + tiny - tiny;
            w[i] = Math.fma(b2, w[i], a2 * d) + tiny - tiny;
            v[i] = Math.fma(b3, v[i], a3 * h * h) + tiny - tiny;
        }
    }

    private static void adanMove(float[] p, float[] m, float[] w, float[] v, int o, int n, float r1, float r2, float s, float eps,
            float before, float after) {
        for (int i = o; i < o + n; i++) {
            float root = Math.fma((float) Math.sqrt(v[i]), s, eps);
            p[i] = Math.fma(p[i], before, Math.fma(r2, w[i], r1 * m[i]) / root) * after;
        }
    }

    static void blend(float a, float[] y, int yo, float b, float[] x, int xo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, y[yo + i], b * x[xo + i]);
    }

    static void addMul(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a * x[xo + i], z[zo + i], y[yo + i]);
    }

    static void addDiv(float a, float[] x, int xo, float[] z, int zo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, x[xo + i] / z[zo + i], y[yo + i]);
    }
}
