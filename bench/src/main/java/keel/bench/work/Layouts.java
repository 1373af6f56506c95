package keel.bench.work;

import static keel.bench.work.Shelf.array;
import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.SplittableRandom;
import keel.array.MaxPool;
import keel.array.NdArray;
import keel.array.PoolOptions;
import keel.array.Windows;
import keel.autograd.Pooling;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;

/// What moves elements: nothing to gain beyond the bandwidth of memory, and less where single elements are looked up, for each
/// of them a line of the cache is moved. Results that a call makes are released, as PyTorch does
/// when their last holder is gone.
final class Layouts {
    private Layouts() {}

    private static final int SIDE = 1000;

    static void fill(Shelf shelf) {
        var kernels = Backend.f32();
        shelf.add("transpose 1000x1000", moved(SIDE * SIDE), () -> {
            var x = normal(SIDE * SIDE, 1);
            var y = new float[SIDE * SIDE];
            return () -> kernels.transpose(SIDE, SIDE, x, 0, y, 0);
        });
        int n = 100_000;
        // Never near the bandwidth of streams: each number that it looks up at random is a line of the second cache.
        shelf.add("gather 1e5", Cost.each(n, 0, 3, 3, Traffic.TRIAD), () -> {
            var x = normal(n, 1);
            var y = new float[n];
            var random = new SplittableRandom(3);
            var index = new int[n];
            for (int i = 0; i < n; i++) index[i] = random.nextInt(n);
            return split(n, 1, (from, to) -> kernels.gather(x, 0, index, from, y, from, to - from));
        });
        shelf.addMaking("heads 16x64x4x32", moved(16 * 64 * 128), 16 * 64 * 128, () -> {
            var x = array(1, 16, 64, 4, 32);
            return () -> x.permute(0, 2, 1, 3).release();
        });
        shelf.addMaking("embedding 4096 of 10000x128", moved(4096 * 128), 4096 * 128, () -> {
            var table = array(1, 10_000, 128);
            var random = new SplittableRandom(3);
            var index = new int[4096];
            for (int i = 0; i < index.length; i++) index[i] = random.nextInt(10_000);
            var rows = NdArray.of(index);
            return () -> table.indexSelect(0, rows).release();
        });
        shelf.addMaking("concat 2 of 1000x100", moved(200 * SIDE), 200 * SIDE, () -> {
            var x = array(1, SIDE, 100);
            return () -> NdArray.concat(1, x, x).release();
        });
        // 2×2: a quarter comes out, with its places for the largest
        int pixels = 64 * 16 * 28 * 28;
        var max = new Cost(0, 4.0 * pixels * 1.5, 4.0 * pixels * 1.5, Traffic.READ);
        shelf.addMaking("max pool 64x16x28x28", max, pixels / 4, () -> {
            var x = array(1, 64, 16, 28, 28);
            var windows = Windows.of("maxPool2d", PoolOptions.of(2), x.shape(), 2);
            return () -> {
                var found = MaxPool.of(x, windows);
                found.y().release();
                found.indices().release();
            };
        });
        var average = new Cost(0, 4.0 * pixels * 1.25, 4.0 * pixels * 1.25, Traffic.READ);
        shelf.addMaking("avg pool 64x16x28x28", average, pixels / 4, () -> {
            var x = Tensor.of(array(1, 64, 16, 28, 28));
            return () -> Recording.off(() -> Pooling.avgPool2d(x, PoolOptions.of(2))).release();
        });
    }

    private static Cost moved(int n) {
        return Cost.each(n, 0, 2, 2, Traffic.COPY);
    }
}
