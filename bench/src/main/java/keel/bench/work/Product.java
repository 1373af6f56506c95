package keel.bench.work;

import keel.kernel.Backend;
import keel.kernel.Form;

/// The product of an (m, k) and a (k, n) matrix, stored as `form` says.
public record Product(Form form, int m, int n, int k) {
    /// Reads `64` (all three extents) or `32x256x784` (m, n and k).
    ///
    /// @throws IllegalArgumentException if an extent is not in 1 … 8192, or there are neither one nor three
    public static Product of(Form form, String extents) {
        var words = extents.strip().split("x", -1);
        if (words.length != 1 && words.length != 3) {
            throw new IllegalArgumentException("'" + extents + "' is neither one extent nor three, like 64 or 32x256x784");
        }
        var all = new int[words.length];
        for (int i = 0; i < all.length; i++) all[i] = extent(words[i]);
        return all.length == 1 ? new Product(form, all[0], all[0], all[0]) : new Product(form, all[0], all[1], all[2]);
    }

    private static int extent(String word) {
        int n;
        try {
            n = Integer.parseInt(word);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("'" + word + "' is not an int");
        }
        if (n < 1 || n > 8192) throw new IllegalArgumentException(n + " is not in 1 … 8192");
        return n;
    }

    /// Floating-point operations: a multiply-add is two.
    public double flops() {
        return 2.0 * m * n * k;
    }

    /// Bytes of both operands and the result.
    double bytes() {
        return Float.BYTES * ((double) m * k + (double) k * n + (double) m * n);
    }

    /// The extents as [#of] reads them.
    public String extents() {
        return m == n && n == k ? Integer.toString(n) : m + "x" + n + "x" + k;
    }

    /// One product of normal numbers, as a work to measure.
    public Work work() {
        return new Work(Family.PRODUCTS, name(), flops(), bytes(), bytes(), Traffic.READ, 0, call());
    }

    /// Form and extents.
    String name() {
        return form + " " + extents();
    }

    private Runnable call() {
        var a = Shelf.normal(m * k, 1);
        var b = Shelf.normal(k * n, 2);
        var c = new float[m * n];
        var kernels = Backend.f32();
        return () -> kernels.matmul(form, m, n, k, a, 0, b, 0, c, 0);
    }
}
