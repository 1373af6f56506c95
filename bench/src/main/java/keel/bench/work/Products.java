package keel.bench.work;

import java.util.List;
import keel.kernel.Form;

/// The matrix products that are measured: squares, odd extents, shapes of a training step (rows of a batch, outputs, inputs),
/// one row.
final class Products {
    private Products() {}

    private static final List<String> NN = List.of("64", "127", "128", "256", "512", "513", "1000", "1024", "32x256x784",
        "128x512x512", "64x10x512", "512x512x64", "1x512x512", "1x4096x4096");
    private static final List<String> NT = List.of("64", "256", "1024", "32x784x256", "1x4096x4096");
    private static final List<String> TN = List.of("64", "256", "1024", "784x256x32");

    static void fill(Shelf shelf) {
        for (var extents : NN) add(shelf, Product.of(Form.NN, extents));
        for (var extents : NT) add(shelf, Product.of(Form.NT, extents));
        for (var extents : TN) add(shelf, Product.of(Form.TN, extents));
    }

    private static void add(Shelf shelf, Product product) {
        shelf.works.put(product.name(), product::work);
    }
}
