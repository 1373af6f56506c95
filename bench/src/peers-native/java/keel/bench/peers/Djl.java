package keel.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import keel.bench.speed.ProductLibrary;
import keel.bench.work.Product;

/// The Deep Java Library over PyTorch: each product makes its result outside the heap and frees it.
public final class Djl implements ProductLibrary {
    /// Found by its name.
    public Djl() {}

    @Override
    public String name() {
        return "DJL";
    }

    @Override
    public boolean isNative() {
        return true;
    }

    /// Read by its engine when the first array is made.
    @Override
    public void use(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.offline", "true"); // its library comes from the class path; it must not look for another
    }

    @Override
    public Runnable call(Product p) {
        var manager = NDManager.newBaseManager(); // for the rest of this process, as its arrays
        var a = switch (p.form()) {
            case NN, NT -> matrix(manager, p.m(), p.k(), 1);
            case TN -> matrix(manager, p.k(), p.m(), 1).transpose();
        };
        var b = switch (p.form()) {
            case NN, TN -> matrix(manager, p.k(), p.n(), 2);
            case NT -> matrix(manager, p.n(), p.k(), 2).transpose();
        };
        return () -> a.matMul(b).close();
    }

    private static NDArray matrix(NDManager manager, int rows, int columns, long seed) {
        return manager.create(Data.normal(rows * columns, seed), new Shape(rows, columns));
    }
}
