package keel.bench.peers;

import keel.bench.speed.ProductLibrary;
import keel.bench.work.Product;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/// EJML's dense row-major matrices of floats.
public final class Ejml implements ProductLibrary {
    /// Found by its name.
    public Ejml() {}

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public Runnable call(Product p) {
        var c = new FMatrixRMaj(p.m(), p.n());
        return switch (p.form()) {
            case NN -> {
                var a = matrix(p.m(), p.k(), 1);
                var b = matrix(p.k(), p.n(), 2);
                yield () -> CommonOps_FDRM.mult(a, b, c);
            }
            case NT -> {
                var a = matrix(p.m(), p.k(), 1);
                var b = matrix(p.n(), p.k(), 2);
                yield () -> CommonOps_FDRM.multTransB(a, b, c);
            }
            case TN -> {
                var a = matrix(p.k(), p.m(), 1);
                var b = matrix(p.k(), p.n(), 2);
                yield () -> CommonOps_FDRM.multTransA(a, b, c);
            }
        };
    }

    private static FMatrixRMaj matrix(int rows, int columns, long seed) {
        return FMatrixRMaj.wrap(rows, columns, Data.normal(rows * columns, seed));
    }
}
