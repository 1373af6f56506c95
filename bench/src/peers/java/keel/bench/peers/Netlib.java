package keel.bench.peers;

import dev.ludovic.netlib.blas.JavaBLAS;
import keel.bench.speed.ProductLibrary;
import keel.bench.work.Product;
import keel.kernel.Form;

/// netlib's BLAS in Java: on the Vector API where the module is there.
public final class Netlib implements ProductLibrary {
    private final JavaBLAS blas = JavaBLAS.getInstance();

    /// Found by its name.
    public Netlib() {}

    @Override
    public String name() {
        return "netlib " + blas.getClass().getSimpleName();
    }

    /// BLAS is column-major: `Cᵀ = op(B)ᵀ·op(A)ᵀ`.
    @Override
    public Runnable call(Product p) {
        var a = Data.normal(p.m() * p.k(), 1);
        var b = Data.normal(p.k() * p.n(), 2);
        var c = new float[p.m() * p.n()];
        int m = p.m();
        int n = p.n();
        int k = p.k();
        var left = p.form() == Form.NT ? "T" : "N";
        var right = p.form() == Form.TN ? "T" : "N";
        int lb = p.form() == Form.NT ? k : n;
        int la = p.form() == Form.TN ? m : k;
        return () -> blas.sgemm(left, right, n, m, k, 1, b, lb, a, la, 0, c, n);
    }
}
