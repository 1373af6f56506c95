package keel.bench.jmh;

import java.util.Collection;
import keel.kernel.Form;
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

    /// Time of one product and the rates of product and peak, in 10⁹ floating-point operations a second.
    public record Row(double nanoseconds, double gflops, double peak) {}

    /// Measures a product of two (n, n) matrices on `threads` threads, in JVMs of its own.
    ///
    /// @throws RunnerException if JMH cannot run it
    public static Row measure(Form form, int n, int threads) throws RunnerException {
        double peak = nanoseconds(options("peak", form, n).threads(threads));
        double product = nanoseconds(options("product", form, n).jvmArgsAppend("-Dkeel.threads=" + threads));
        return new Row(product, 2.0 * n * n * n / product, threads * VectorPeak.flops(MatmulBench.ROUNDS) / peak);
    }

    private static ChainedOptionsBuilder options(String method, Form form, int n) {
        return new OptionsBuilder().include("\\Q" + MatmulBench.class.getName() + "." + method + "\\E$")
            .param("form", form.name()).param("n", Integer.toString(n)).forks(1)
            .verbosity(VerboseMode.SILENT).shouldFailOnError(true)
            .warmupIterations(3).warmupTime(TimeValue.milliseconds(400))
            .measurementIterations(5).measurementTime(TimeValue.milliseconds(200));
    }

    private static double nanoseconds(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.iterator().next().getPrimaryResult().getScore();
    }
}
