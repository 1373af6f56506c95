package keel.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import keel.bench.jmh.MatmulTable;
import keel.kernel.Backend;
import keel.kernel.Form;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keel bench`: products of matrices as a fraction of what the core can do.
@Command(name = "bench", description = {
    "Measures F32 matrix products with JMH, as a fraction of this core's multiply-add peak, measured beside each of them.",
    "Keep the machine quiet meanwhile. About six seconds for each size."})
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--sizes", split = ",", paramLabel = "N", defaultValue = "64,128,256,512,1024",
            description = "Extents of the matrices (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--forms", split = ",", paramLabel = "FORM", defaultValue = "NN",
            description = "Which operands are stored transposed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Form> forms;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "Threads for a product; the peak is that of so many cores (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws Exception {
        for (int n : sizes) require(n >= 1 && n <= 8192, "--sizes: " + n + " is not in 1 … 8192");
        int cores = Runtime.getRuntime().availableProcessors();
        require(threads >= 1 && threads <= cores, "--threads: " + threads + " is not in 1 … " + cores + ", the processors here");
        if (!Backend.simd()) {
            throw new IllegalStateException("there is no peak to compare with, " + Backend.describe());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "F32 products (n, n)·(n, n), vectors of %d bits, threads: %d%n%n", Backend.vectorBits(), threads);
        out.printf(Locale.ROOT, "%4s  %5s  %12s  %9s  %9s  %8s%n", "form", "n", "time", "GFLOP/s", "peak", "of peak");
        for (var form : forms) {
            for (int n : sizes) {
                spec.commandLine().getErr().println("measuring " + form + " " + n + " …");
                var row = MatmulTable.measure(form, n, threads);
                out.printf(Locale.ROOT, "%4s  %5d  %9.1f µs  %9.1f  %9.1f  %6.0f %%%n", form, n, row.nanoseconds() / 1e3,
                    row.gflops(), row.peak(), 100 * row.gflops() / row.peak());
                out.flush();
            }
        }
        return 0;
    }

    private void require(boolean holds, String message) {
        if (!holds) throw new ParameterException(spec.commandLine(), message);
    }
}
