package keel.bench.jmh;

import java.util.Collection;
import keel.bench.work.Product;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs [MatmulBench] for one size at a time, peak and product right after one another, so that both see the same clock.
public final class MatmulTable {
    private MatmulTable() {}

    /// Seconds: the compiler needs one or two, on a busy machine more, before products run at full speed.
    private static final int WARMUP = 4;

    /// Time of one product, the rates of product and peak in 10⁹ floating-point operations a second, and their ratio.
    public record Row(double nanoseconds, double gflops, double peak, double fraction) {}

    /// Measures a product on `threads` threads, in JVMs of its own.
    ///
    /// @throws RunnerException if JMH cannot run it
    public static Row measure(Product product, int threads) throws RunnerException {
        double peak = threads * VectorPeak.flops(MatmulBench.ROUNDS) / nanoseconds(options("peak", product).threads(threads));
        double time = nanoseconds(options("product", product).jvmArgsAppend("-Dkeel.threads=" + threads));
        return new Row(time, product.flops() / time, peak, product.flops() / time / peak);
    }

    private static ChainedOptionsBuilder options(String method, Product product) {
        return new OptionsBuilder().include("\\Q" + MatmulBench.class.getName() + "." + method + "\\E$")
            .param("form", product.form().name()).param("extents", product.extents()).forks(1)
            .verbosity(VerboseMode.SILENT).shouldFailOnError(true)
            .warmupIterations(WARMUP).warmupTime(TimeValue.seconds(1))
            .measurementIterations(5).measurementTime(TimeValue.milliseconds(200));
    }

    private static double nanoseconds(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.iterator().next().getPrimaryResult().getScore();
    }
}
