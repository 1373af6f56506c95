package keel.bench.speed;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import keel.nn.report.Json;

/// How long it takes from the start of a JVM to the first product of two (256, 256) matrices, and to nine tenths of full speed:
/// in fresh JVMs, ways of starting in turn. Times are of the clock on the wall, seen from outside.
record Startup(int forks) {
    private static final int RUN_MILLIS = 4_000;

    /// A way to start.
    private record Way(String name, Jvm jvm) {}

    /// Milliseconds since the JVM was started; the medians of all forks.
    record Row(String way, double main, double first, double fast) {}

    List<Row> run(Consumer<String> progress) throws IOException, InterruptedException {
        var cache = Files.createTempFile("keel", ".aot");
        try {
            var ways = ways(cache, progress);
            Map<String, List<double[]>> times = new LinkedHashMap<>();
            for (int i = 1; i <= forks; i++) {
                for (var way : ways) {
                    progress.accept(way.name + ", JVM " + i + " of " + forks);
                    times.computeIfAbsent(way.name, _ -> new ArrayList<>()).add(start(way.jvm));
                }
            }
            var rows = new ArrayList<Row>();
            times.forEach((way, all) -> rows.add(new Row(way, median(all, 0), median(all, 1), median(all, 2))));
            return rows;
        } finally {
            Files.deleteIfExists(cache);
        }
    }

    private static List<Way> ways(Path cache, Consumer<String> progress) throws IOException, InterruptedException {
        var ways = new ArrayList<>(List.of(new Way("as it is", Jvm.here()), new Way("plain kernels",
            new Jvm(List.of("-Dkeel.vector.bits=0")))));
        ways.add(new Way("C2 only", Jvm.here("-XX:-TieredCompilation")));
        boolean folders = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .anyMatch(p -> new File(p).isDirectory());
        if (folders) {
            progress.accept("no AOT cache: the class path holds folders, and the JDK caches classes from jars only");
            return ways;
        }
        progress.accept("an AOT cache is made …");
        Jvm.here("-XX:AOTCacheOutput=" + cache).run(StartupProbe.class, Integer.toString(RUN_MILLIS));
        ways.add(new Way("with an AOT cache", Jvm.here("-XX:AOTCache=" + cache)));
        return ways;
    }

    /// Milliseconds to its main method, to its first product and to full speed.
    private static double[] start(Jvm jvm) throws IOException, InterruptedException {
        var command = jvm.command(StartupProbe.class, Integer.toString(RUN_MILLIS));
        long from = System.nanoTime();
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var times = new double[] {Double.NaN, Double.NaN, Double.NaN};
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                double now = (System.nanoTime() - from) / 1e6;
                if (line.equals("main")) times[0] = now;
                if (line.equals("first")) times[1] = now;
                if (line.startsWith("fast ")) times[2] = times[0] + Double.parseDouble(line.substring(5));
            }
        }
        if (process.waitFor() != 0 || Double.isNaN(times[1])) throw new IllegalStateException("no product from "
            + String.join(" ", command));
        return times;
    }

    private static double median(List<double[]> all, int i) {
        return Clock.median(all.stream().mapToDouble(times -> times[i]).toArray());
    }

    void print(List<Row> rows, PrintWriter out) {
        out.printf(Locale.ROOT, "%s%nmilliseconds from the start of the JVM, medians of %d%n%n", Machine.words(), forks);
        out.printf(Locale.ROOT, "%-20s %10s %18s %18s%n", "", "main", "first 256 product", "90 % of full speed");
        for (var row : rows) out.printf(Locale.ROOT, "%-20s %10.0f %18.0f %18.0f%n", row.way, row.main, row.first, row.fast);
        out.flush();
    }

    static String json(List<Row> rows) {
        return Json.write(rows.stream().map(row -> Map.of("way", row.way, "mainMillis", row.main, "firstMillis", row.first,
            "fastMillis", row.fast)).toList());
    }
}
