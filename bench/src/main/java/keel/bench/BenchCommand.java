package keel.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import keel.bench.jmh.MatmulRounds;
import keel.bench.jmh.MatmulTable;
import keel.bench.jmh.Product;
import keel.kernel.Backend;
import keel.kernel.Form;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keel bench`: products of matrices as a fraction of what the core can do.
@Command(name = "bench", description = {
    "Measures F32 matrix products as a fraction of this core's multiply-add peak, measured beside each of them.",
    "With JMH, about twelve seconds for each; with --quick in short rounds of both in turn, about one second. Keep the machine quiet."})
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--sizes", split = ",", paramLabel = "N", defaultValue = "64,128,256,512,1024",
            description = "Extents of the matrices: N, or MxNxK as in 32x256x784 (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(names = "--forms", split = ",", paramLabel = "FORM", defaultValue = "NN",
            description = "Which operands are stored transposed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Form> forms;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "Threads for a product; the peak is that of so many cores (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--quick", description = "Short rounds in this JVM instead of JMH: the median of the rounds' fractions.")
    private boolean quick;

    @Override
    public Integer call() throws Exception {
        for (var size : sizes) product(Form.NN, size);
        int cores = Runtime.getRuntime().availableProcessors();
        require(threads >= 1 && threads <= cores, "--threads: " + threads + " is not in 1 … " + cores + ", the processors here");
        if (!Backend.simd()) {
            throw new IllegalStateException("there is no peak to compare with, " + Backend.describe());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "F32 products (m, k)·(k, n), vectors of %d bits, threads: %d%n%n", Backend.vectorBits(), threads);
        out.printf(Locale.ROOT, "%4s  %14s  %13s  %9s  %9s  %8s%n", "form", "n or m x n x k", "time", "GFLOP/s", "peak", "of peak");
        for (var form : forms) {
            for (var size : sizes) {
                if (!quick) spec.commandLine().getErr().println("measuring " + form + " " + size + " …");
                var product = product(form, size);
                var row = quick ? MatmulRounds.measure(product, threads) : MatmulTable.measure(product, threads);
                out.printf(Locale.ROOT, "%4s  %14s  %10.1f µs  %9.1f  %9.1f  %6.0f %%%n", form, product.extents(),
                    row.nanoseconds() / 1e3, row.gflops(), row.peak(), 100 * row.fraction());
                out.flush();
            }
        }
        return 0;
    }

    private Product product(Form form, String size) {
        try {
            return Product.of(form, size);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sizes: " + e.getMessage());
        }
    }

    private void require(boolean holds, String message) {
        if (!holds) throw new ParameterException(spec.commandLine(), message);
    }
}
