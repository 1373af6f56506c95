package keel.bench.speed;

import java.io.PrintWriter;
import java.util.Locale;

/// A [Survey] for a terminal.
final class SurveyText {
    private SurveyText() {}

    static void print(Survey survey, PrintWriter out) {
        out.printf(Locale.ROOT, "%s, threads: %d%n%nmultiply-add peak %.1f GFLOP/s%n%n", survey.machine(), survey.threads(),
            survey.peak());
        out.printf(Locale.ROOT, "%-10s", "GB/s");
        for (var size : Survey.SIZE_NAMES) out.printf(Locale.ROOT, "%10s", size);
        out.println();
        survey.bandwidths().forEach((traffic, rates) -> {
            out.printf(Locale.ROOT, "%-10s", traffic.name().toLowerCase(Locale.ROOT));
            for (double rate : rates) out.printf(Locale.ROOT, "%10.1f", rate);
            out.println();
        });
        for (var family : survey.families()) {
            out.printf(Locale.ROOT, "%n%-28s %13s %9s %8s  %8s %-7s %10s%n", family.label, "time", "GFLOP/s", "GB/s", "reached",
                "of", "allocated");
            for (var r : survey.of(family)) {
                out.printf(Locale.ROOT, "%-28s %10.2f µs %9.1f %8.1f  %6.0f %% %-7s %8.0f B%n", r.work().name(), r.nanos() / 1e3,
                    r.gflops(), r.gigabytes(), 100 * r.fraction(), r.limit(), r.allocated());
            }
        }
        out.flush();
    }
}
