// Generated from FloatSteps.java by DoubleTwins; change that file and run it again.
package keel.kernel;

/// The optimizer steps of [Kernels], and the sums that others are made of, in place on `o … o+n−1`. Scalars are computed in
/// double and rounded once; C2 vectorizes the loops by itself.
///
/// What an optimizer remembers of a weight whose gradient is 0, as behind a ReLU that is off, decays until it is denormal, and
/// stays so, because 0.9 of the four smallest doubles is rounded to four again: on many processors a step with denormal numbers
/// takes 20 times as long. So memories are rounded to multiples of the smallest normal number, by adding `TINY` and taking it
/// off again; that changes none above 2⁻⁷⁸ (2⁻⁹¹⁶ in F64), and below it the last bit.
final class DoubleSteps {
    private DoubleSteps() {}

    /// Its last place, and that of what is a little larger, is the smallest normal number.
    private static final double TINY = 1.5 * Double.MIN_NORMAL / Math.ulp(1.0);
    /// From here on no root of a mean square that `TINY` changes is more than a rounding error beside `eps`.
    private static final double SMALL_EPS = 1e-10;

    private static double tiny(double eps) {
        return eps >= SMALL_EPS ? TINY : 0;
    }

    static void sgd(double[] p, double[] g, double[] v, int o, int n, double rate, double momentum, double dampening,
            double decay, boolean nesterov, boolean first) {
        double r = -rate;
        double d = decay;
        if (momentum == 0) {
            sgdPlain(p, g, o, n, r, d);
            return;
        }
        // the first step has no velocity to keep and takes the gradient undamped
        double keep = (first ? 0 : momentum);
        double take = (first ? 1 : 1 - dampening);
        if (nesterov) {
            sgdNesterov(p, g, v, o, n, r, d, keep, take, momentum);
        } else {
            sgdMomentum(p, g, v, o, n, r, d, keep, take);
        }
    }

    private static void sgdPlain(double[] p, double[] g, int o, int n, double r, double d) {
        for (int i = o; i < o + n; i++) p[i] = Math.fma(r, Math.fma(d, p[i], g[i]), p[i]);
    }

    private static void sgdMomentum(double[] p, double[] g, double[] v, int o, int n, double r, double d, double keep,
            double take) {
        for (int i = o; i < o + n; i++) {
            v[i] = Math.fma(keep, v[i], take * Math.fma(d, p[i], g[i])) + TINY - TINY;
            p[i] = Math.fma(r, v[i], p[i]);
        }
    }

    private static void sgdNesterov(double[] p, double[] g, double[] v, int o, int n, double r, double d, double keep,
            double take, double momentum) {
        for (int i = o; i < o + n; i++) {
            double h = Math.fma(d, p[i], g[i]);
            v[i] = Math.fma(keep, v[i], take * h) + TINY - TINY;
            p[i] = Math.fma(r, Math.fma(momentum, v[i], h), p[i]);
        }
    }

    static void adam(double[] p, double[] g, double[] m, double[] v, int o, int n, double rate, double b1, double b2, double eps,
            double decay, double decoupledDecay, int step) {
        double c1 = 1 - StrictMath.pow(b1, step);
        double c2 = Math.sqrt(1 - StrictMath.pow(b2, step));
        adam(p, g, m, v, o, n, (1 - rate * decoupledDecay), decay, b1, (1 - b1), b2,
                (1 - b2), (-rate / c1), (1 / c2), eps, tiny(eps));
    }

    /// `r = −rate/(1−b1^step)`, `s = 1/√(1−b2^step)`.
    private static void adam(double[] p, double[] g, double[] m, double[] v, int o, int n, double shrink, double d, double b1,
            double a1, double b2, double a2, double r, double s, double eps, double tiny) {
        for (int i = o; i < o + n; i++) {
            double q = p[i] * shrink;
            double h = Math.fma(d, q, g[i]);
            double mi = Math.fma(b1, m[i], a1 * h) + tiny - tiny;
            double vi = Math.fma(b2, v[i], a2 * h * h) + tiny - tiny;
            m[i] = mi;
            v[i] = vi;
            p[i] = Math.fma(r, mi / Math.fma(Math.sqrt(vi), s, eps), q);
        }
    }

    static void rmsprop(double[] p, double[] g, double[] v, double[] a, double[] b, int o, int n, double rate, double alpha,
            double eps, double decay, double momentum) {
        double d = decay;
        double keep = alpha;
        double take = (1 - alpha);
        double tiny = tiny(eps);
        for (int i = o; i < o + n; i++) {
            double h = Math.fma(d, p[i], g[i]);
            v[i] = Math.fma(keep, v[i], take * h * h) + tiny - tiny;
            double avg = v[i];
            if (a != null) {
                a[i] = Math.fma(keep, a[i], take * h) + tiny - tiny;
                avg = Math.fma(-a[i], a[i], avg);
            }
            double u = h / (Math.sqrt(avg) + eps);
            if (b != null) {
                b[i] = Math.fma(momentum, b[i], u) + TINY - TINY;
                u = b[i];
            }
            p[i] = Math.fma(-rate, u, p[i]);
        }
    }

    static void lion(double[] p, double[] g, double[] m, int o, int n, double rate, double b1, double b2, double decay) {
        lion(p, g, m, o, n, (1 - rate * decay), -rate, b1, (1 - b1), b2,
                (1 - b2));
    }

    private static void lion(double[] p, double[] g, double[] m, int o, int n, double shrink, double r, double b1, double a1,
            double b2, double a2) {
        for (int i = o; i < o + n; i++) {
            double u = Math.signum(Math.fma(b1, m[i], a1 * g[i]));
            p[i] = Math.fma(r, u, p[i] * shrink);
            m[i] = Math.fma(b2, m[i], a2 * g[i]) + TINY - TINY;
        }
    }

    static void adan(double[] p, double[] g, double[] last, double[] m, double[] w, double[] v, int o, int n, double rate, double b1,
            double b2, double b3, double eps, double before, double after, int step) {
        if (step == 1) System.arraycopy(g, o, last, o, n); // no difference yet
        double c1 = 1 - StrictMath.pow(b1, step);
        double c2 = 1 - StrictMath.pow(b2, step);
        double c3 = Math.sqrt(1 - StrictMath.pow(b3, step));
        adanMoments(g, last, m, w, v, o, n, b1, (1 - b1), b2, (1 - b2), b3,
                (1 - b3), tiny(eps));
        adanMove(p, m, w, v, o, n, (-rate / c1), (-rate * b2 / c2), (1 / c3), eps, before,
                after);
    }

    private static void adanMoments(double[] g, double[] last, double[] m, double[] w, double[] v, int o, int n, double b1, double a1,
            double b2, double a2, double b3, double a3, double tiny) {
        for (int i = o; i < o + n; i++) {
            double d = g[i] - last[i];
            double h = Math.fma(b2, d, g[i]);
            last[i] = g[i];
            m[i] = Math.fma(b1, m[i], a1 * g[i]) + tiny - tiny;
            w[i] = Math.fma(b2, w[i], a2 * d) + tiny - tiny;
            v[i] = Math.fma(b3, v[i], a3 * h * h) + tiny - tiny;
        }
    }

    private static void adanMove(double[] p, double[] m, double[] w, double[] v, int o, int n, double r1, double r2, double s, double eps,
            double before, double after) {
        for (int i = o; i < o + n; i++) {
            double root = Math.fma(Math.sqrt(v[i]), s, eps);
            p[i] = Math.fma(p[i], before, Math.fma(r2, w[i], r1 * m[i]) / root) * after;
        }
    }

    static void blend(double a, double[] y, int yo, double b, double[] x, int xo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, y[yo + i], b * x[xo + i]);
    }

    static void addMul(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a * x[xo + i], z[zo + i], y[yo + i]);
    }

    static void addDiv(double a, double[] x, int xo, double[] z, int zo, double[] y, int yo, int n) {
        for (int i = 0; i < n; i++) y[yo + i] = Math.fma(a, x[xo + i] / z[zo + i], y[yo + i]);
    }
}
