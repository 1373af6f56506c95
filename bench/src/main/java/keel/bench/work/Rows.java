package keel.bench.work;

import static keel.bench.work.Shelf.normal;
import static keel.bench.work.Shelf.split;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import keel.array.Epilogue;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.bench.work.Shelf.Cost;
import keel.kernel.Backend;
import keel.kernel.Parallel;
import keel.nn.layer.Dropout;
import keel.nn.layer.Pass;

/// Softmax of whole rows, the loss of classifiers, what follows a bias, and dropout.
final class Rows {
    private Rows() {}

    /// Elements of the first cache and of the second; what a study of threads and bandwidth looks at.
    static final int[][] SMALL_AND_LARGE = {{10, 100}, {1000, 100}};
    /// Cost of an element in elements of a copy.
    private static final int COST = 8;

    /// One kernel over `rows` rows of `n` from element `at` on.
    private interface Loop {
        void run(float[] x, float[] dy, float[] y, int at, int rows, int n);
    }

    static void fill(Shelf shelf) {
        var kernels = Backend.f32();
        for (int[] s : new int[][] {{10_000, 10}, {10, 100}, {1000, 100}, {100, 1000}}) {
            add(shelf, "softmax", s, 20, 2, (x, _, y, at, rows, n) -> kernels.softmax(false, x, at, y, at, rows, n));
        }
        for (int[] s : SMALL_AND_LARGE) {
            add(shelf, "log softmax", s, 20, 2, (x, _, y, at, rows, n) -> kernels.softmax(true, x, at, y, at, rows, n));
            add(shelf, "softmax grad", s, 4, 3,
                (x, dy, y, at, rows, n) -> kernels.softmaxGrad(false, x, at, dy, at, y, at, rows, n));
            shelf.addMaking("bias gelu " + name(s), Cost.each(s[0] * s[1], 20, 2, 2, Traffic.COPY), s[0] * s[1], () -> {
                var x = Shelf.array(1, s);
                var b = Shelf.array(2, s[1]);
                return () -> Epilogue.GELU.of(x, b).release();
            });
            shelf.addMaking("bias gelu grad " + name(s), Cost.each(s[0] * s[1], 20, 3, 3, Traffic.TRIAD), s[0] * s[1], () -> {
                var x = Shelf.array(1, s);
                var b = Shelf.array(2, s[1]);
                var dy = Shelf.array(3, s);
                return () -> Epilogue.GELU.gradient(x, b, dy).release();
            });
            shelf.addMaking("dropout " + name(s), Cost.each(s[0] * s[1], 2, 2, 2, Traffic.COPY), s[0] * s[1], () -> {
                var x = Tensor.of(Shelf.array(1, s));
                var pass = Pass.training(new SplittableRandom(1));
                return () -> Dropout.of(0.1).forward(x, pass).release();
            });
            shelf.addMaking("cross entropy " + name(s), Cost.each(s[0] * s[1], 18, 1, 1, Traffic.READ), s[0], () -> {
                var x = Tensor.of(Shelf.array(1, s));
                var labels = labels(s[0], s[1]);
                return () -> x.crossEntropy(labels, 0).release();
            });
            shelf.addMaking("cross entropy grad " + name(s), Cost.each(s[0] * s[1], 18, 2, 2, Traffic.COPY), s[0] * s[1], () -> {
                var x = Tensor.parameter(Shelf.array(1, s));
                var loss = x.crossEntropy(labels(s[0], s[1]), 0);
                return () -> Backward.from(loss).retainGraph().run().release();
            });
        }
        Norms.fill(shelf);
    }

    private static NdArray labels(int rows, int classes) {
        return NdArray.of(IntStream.range(0, rows).map(i -> i % classes).toArray());
    }

    private static void add(Shelf shelf, String name, int[] shape, double flops, double moved, Loop loop) {
        int rows = shape[0];
        int n = shape[1];
        var traffic = moved == 2 ? Traffic.COPY : Traffic.TRIAD;
        shelf.add(name + " " + name(shape), Cost.each(rows * n, flops, moved, moved, traffic), () -> {
            var x = normal(rows * n, 1);
            var dy = normal(rows * n, 2);
            var y = new float[rows * n];
            Parallel.RangeTask task = (from, to) -> loop.run(x, dy, y, from * n, to - from, n);
            return split((long) rows * n * COST, rows, 1, task);
        });
    }

    /// Extents with `x` between them.
    static String name(int... shape) {
        return String.join("x", IntStream.of(shape).mapToObj(Integer::toString).toList());
    }
}
