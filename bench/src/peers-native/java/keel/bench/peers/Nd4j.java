package keel.bench.peers;

import keel.bench.speed.ProductLibrary;
import keel.bench.work.Product;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// ND4J's arrays, the ones of Deeplearning4j: products by OpenBLAS.
public final class Nd4j implements ProductLibrary {
    /// Found by its name.
    public Nd4j() {}

    @Override
    public String name() {
        return "ND4J";
    }

    @Override
    public boolean isNative() {
        return true;
    }

    @Override
    public void use(int threads) {
        org.nd4j.linalg.factory.Nd4j.getEnvironment().setMaxThreads(threads);
        openblas.blas_set_num_threads(threads);
    }

    /// Into a result laid out by columns, which is the one that its products fill without a copy.
    @Override
    public Runnable call(Product p) {
        var c = org.nd4j.linalg.factory.Nd4j.create(DataType.FLOAT, new long[] {p.m(), p.n()}, 'f');
        var a = switch (p.form()) {
            case NN, NT -> matrix(p.m(), p.k(), 1);
            case TN -> matrix(p.k(), p.m(), 1).transpose();
        };
        var b = switch (p.form()) {
            case NN, TN -> matrix(p.k(), p.n(), 2);
            case NT -> matrix(p.n(), p.k(), 2).transpose();
        };
        return () -> a.mmuli(b, c);
    }

    private static INDArray matrix(int rows, int columns, long seed) {
        return org.nd4j.linalg.factory.Nd4j.createFromArray(Data.normal(rows * columns, seed)).reshape(rows, columns);
    }
}
