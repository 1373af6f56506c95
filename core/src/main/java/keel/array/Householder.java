package keel.array;

/// The QR decomposition of one matrix by Householder's reflections, with LAPACK's signs (`geqrf`): a reflection `I − τ·v·vᵀ` with
/// `v₀ = 1` turns a column to `−sign(first)·‖column‖`, and one that is turned already is left as it is.
final class Householder {
    private Householder() {}

    /// Decomposes a, (m, n) in rows: q becomes (m, k), and the first k rows of a become r, (k, n), k = min(m, n).
    static void decompose(int m, int n, double[] a, double... q) {
        int k = Math.min(m, n);
        var tau = new double[k];
        for (int j = 0; j < k; j++) {
            tau[j] = reflector(m, n, j, a);
            for (int c = j + 1; c < n; c++) {
                reflect(m, j, a, n, j, tau[j], a, n, c);
            }
        }
        for (int j = 0; j < k; j++) {
            q[j * k + j] = 1;
        }
        for (int j = k - 1; j >= 0; j--) {
            for (int c = j; c < k; c++) {
                reflect(m, j, a, n, j, tau[j], q, k, c);
            }
        }
        for (int i = 1; i < k; i++) {
            for (int j = 0; j < i; j++) {
                a[i * n + j] = 0;
            }
        }
    }

    // Turns column j below its diagonal into v, whose leading 1 is not stored; returns τ.
    private static double reflector(int m, int n, int j, double... a) {
        double largest = 0;
        for (int i = j + 1; i < m; i++) {
            largest = Math.max(largest, Math.abs(a[i * n + j]));
        }
        if (largest == 0) {
            return 0;
        }
        largest = Math.max(largest, Math.abs(a[j * n + j]));
        double sum = 0;
        for (int i = j; i < m; i++) {
            double u = a[i * n + j] / largest; // squares neither overflow nor vanish
            sum += u * u;
        }
        double alpha = a[j * n + j];
        double beta = -Math.copySign(largest * Math.sqrt(sum), alpha);
        for (int i = j + 1; i < m; i++) {
            a[i * n + j] /= alpha - beta;
        }
        a[j * n + j] = beta;
        return (beta - alpha) / beta;
    }

    // Column c of b, width wide, from row j on: b −= τ·v·(vᵀb), v below the diagonal of column at of a.
    private static void reflect(int m, int j, double[] a, int n, int at, double tau, double[] b, int width, int c) {
        double sum = b[j * width + c];
        for (int i = j + 1; i < m; i++) {
            sum += a[i * n + at] * b[i * width + c];
        }
        sum *= tau;
        b[j * width + c] -= sum;
        for (int i = j + 1; i < m; i++) {
            b[i * width + c] -= sum * a[i * n + at];
        }
    }

    /// A power of two that brings the largest magnitude to about 1; 1 for zeros.
    static double scale(double... a) {
        double largest = 0;
        for (double v : a) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest == 0 ? 1 : Math.scalb(1.0, Math.clamp(-Math.getExponent(largest), -1000, 1000));
    }
}
