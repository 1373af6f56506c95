package keel.bench.peers;

import keel.bench.speed.ProductLibrary;
import keel.bench.work.Product;
import org.ojalgo.matrix.store.R032Store;

/// ojAlgo's stores of floats, column by column. Large products use threads of its own, whose time a study of one thread does not
/// see: its figures there flatter it.
public final class OjAlgo implements ProductLibrary {
    /// Found by its name.
    public OjAlgo() {}

    @Override
    public String name() {
        return "ojAlgo";
    }

    @Override
    public Runnable call(Product p) {
        var c = R032Store.FACTORY.make(p.m(), p.n());
        return switch (p.form()) {
            case NN -> {
                var a = store(p.m(), p.k(), 1);
                var b = store(p.k(), p.n(), 2);
                yield () -> c.fillByMultiplying(a, b);
            }
            case NT -> {
                var a = store(p.m(), p.k(), 1);
                var b = store(p.n(), p.k(), 2).transpose();
                yield () -> c.fillByMultiplying(a, b);
            }
            case TN -> {
                var a = store(p.k(), p.m(), 1).transpose();
                var b = store(p.k(), p.n(), 2);
                yield () -> c.fillByMultiplying(a, b);
            }
        };
    }

    private static R032Store store(int rows, int columns, long seed) {
        return R032Store.wrap(Data.normal(rows * columns, seed), rows);
    }
}
