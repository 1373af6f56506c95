package keel.bench.jmh;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import keel.bench.work.Product;
import keel.kernel.Backend;
import keel.kernel.Form;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How much of a core's multiply-add peak does a product of two F32 matrices reach? [#peak] measures that peak beside it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatmulBench {
    /// Rounds of one call of [#peak]: some ten microseconds.
    static final int ROUNDS = 10_000;

    /// Which operands are stored transposed.
    @Param("NN")
    public Form form;

    /// Extents as [Product#of] reads them: squares, and shapes of a training step (rows of a batch, outputs, inputs).
    @Param({"64", "127", "128", "256", "512", "513", "768", "1000", "1024", "32x256x784", "64x10x512",
        "1x4096x4096"})
    public String extents;

    private Product product;
    private float[] a;
    private float[] b;
    private float[] c;

    /// Fills both operands with numbers in −1 … 1.
    @Setup
    public void fill() {
        var random = new SplittableRandom(1);
        product = Product.of(form, extents);
        a = numbers(product.m() * product.k(), random);
        b = numbers(product.k() * product.n(), random);
        c = new float[product.m() * product.n()];
    }

    /// One product: 2·m·n·k floating-point operations.
    @Benchmark
    public float[] product() {
        Backend.f32().matmul(form, product.m(), product.n(), product.k(), a, 0, b, 0, c, 0);
        return c;
    }

    /// [#ROUNDS] rounds of multiply-adds in registers.
    @Benchmark
    public float peak() {
        return VectorPeak.run(ROUNDS, a[0]);
    }

    private static float[] numbers(int n, SplittableRandom random) {
        var x = new float[n];
        for (int i = 0; i < n; i++) x[i] = (float) random.nextDouble(-1, 1);
        return x;
    }
}
