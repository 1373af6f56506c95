package keel.bench.work;

import java.util.List;
import keel.kernel.Form;

/// The matrix products that are measured: squares, odd extents, shapes of a training step (rows of a batch, outputs, inputs),
/// one row, and batches of small ones, as in attention.
final class Products {
    private Products() {}

    private static final List<String> NN = List.of("64", "127", "128", "256", "512", "513", "1000", "1024", "32x256x784",
        "128x512x512", "64x10x512", "512x512x64", "1x512x512", "1x4096x4096");
    private static final List<String> NT = List.of("64", "256", "1024", "32x784x256", "1x4096x4096");
    private static final int BATCH = 64;
    private static final List<String> TN = List.of("64", "256", "1024", "784x256x32");

    static void fill(Shelf shelf) {
        for (var extents : NN) add(shelf, Product.of(Form.NN, extents));
        for (var extents : NT) add(shelf, Product.of(Form.NT, extents));
        for (var extents : TN) add(shelf, Product.of(Form.TN, extents));
        for (var form : Form.values()) {
            addBatch(shelf, Product.of(form, "16"));
            addBatch(shelf, Product.of(form, "32"));
        }
        addBatch(shelf, Product.of(Form.NT, "64x64x32"));
        addBatch(shelf, Product.of(Form.NN, "64x32x64"));
    }

    // What a user calls: it makes its result, and releases it, as PyTorch does when its last holder is gone.
    private static void addBatch(Shelf shelf, Product each) {
        double bytes = BATCH * each.bytes();
        var cost = new Shelf.Cost(BATCH * each.flops(), bytes, bytes, Traffic.READ);
        shelf.addMaking(each.form() + " " + BATCH + " of " + each.extents(), cost, BATCH * each.m() * each.n(), () -> {
            boolean turnedA = each.form() == Form.TN;
            boolean turnedB = each.form() == Form.NT;
            var a = Shelf.array(1, BATCH, turnedA ? each.k() : each.m(), turnedA ? each.m() : each.k());
            var b = Shelf.array(2, BATCH, turnedB ? each.n() : each.k(), turnedB ? each.k() : each.n());
            return switch (each.form()) {
                case NN -> () -> a.matmul(b).release();
                case NT -> () -> a.matmulNT(b).release();
                case TN -> () -> a.matmulTN(b).release();
            };
        });
    }

    private static void add(Shelf shelf, Product product) {
        shelf.works.put(product.name(), product::work);
    }
}
