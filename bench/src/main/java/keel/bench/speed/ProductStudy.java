package keel.bench.speed;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import keel.bench.jmh.MatmulTable;
import keel.bench.work.Product;
import keel.kernel.Backend;
import org.openjdk.jmh.runner.RunnerException;

/// `keel bench --sizes …`: matrix products of any extents as a fraction of the peak, in rounds here or with JMH.
record ProductStudy(List<Product> products, int threads, boolean jmh, Pace pace) {
    void run(PrintWriter out, PrintWriter err) throws RunnerException {
        out.printf(Locale.ROOT, "F32 products (m, k)·(k, n), vectors of %d bits, threads: %d%n%n", Backend.vectorBits(), threads);
        out.printf(Locale.ROOT, "%4s  %14s  %13s  %9s  %9s  %8s%n", "form", "n or m x n x k", "time", "GFLOP/s", "peak",
            "of peak");
        for (var product : products) {
            if (jmh) err.println("measuring " + product.form() + " " + product.extents() + " …");
            var row = jmh ? MatmulTable.measure(product, threads) : measure(product);
            out.printf(Locale.ROOT, "%4s  %14s  %10.1f µs  %9.1f  %9.1f  %6.0f %%%n", product.form(), product.extents(),
                row.nanoseconds() / 1e3, row.gflops(), row.peak(), 100 * row.fraction());
            out.flush();
        }
        if (!jmh) out.printf(Locale.ROOT, "%n%s%n", Cores.words());
        out.flush();
    }

    private MatmulTable.Row measure(Product product) {
        var reading = Meter.measure(product::work, pace);
        return new MatmulTable.Row(reading.nanos(), reading.gflops(), reading.peak(), reading.gflops() / reading.peak());
    }
}
