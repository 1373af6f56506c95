package keel.bench.speed;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import keel.bench.speed.ProofFork.Found;
import keel.nn.report.Json;

/// Whether the kernels are fast in every JVM, not in the lucky ones: measures them in fresh ones under each garbage collector.
///
/// A kernel fails if it allocates once it is compiled (where it makes its result, more than its operands take), or if one fork
/// reaches less than [#FLOOR] of its stated fraction: the one in `stated.csv` for this kind of machine, or the median of all
/// forks where nobody has stated any. The median alone finds forks that differ, the file finds a kernel that got slower
/// everywhere. A fraction above 1, which a kernel that moves memory better than the loop it is measured against can reach, counts
/// as 1. What is over in less than [#SHORT] is mostly the way to the loop, and where its few numbers lie in the cache: it must not
/// allocate, and the same loop is judged at a larger size.
///
/// @param stated by kernel; the median where there is none
public record Proof(int forks, String only, Map<String, Double> stated) {
    /// What a fork may lose.
    public static final double FLOOR = 0.85;
    /// Nanoseconds from which on a call is judged by its speed.
    public static final double SHORT = 1000;
    /// Without loop strip mining, as Serial and Parallel run by default, the compiler makes other code of the same loop.
    public static final List<String> COLLECTORS = List.of("G1", "Serial", "Parallel");

    private static final int PASSES = 4;
    /// How often a JVM may measure again what it seems to be slow at, and how long the machine gets in between: its neighbours
    /// leave at some time, and a loop that was compiled badly stays.
    private static final int REPEATS = 12;
    private static final long REST_MILLIS = 10_000;

    private record AtWork(String collector, int number, RunningJvm jvm, List<Found> passes) {
        private Fork fork() {
            return new Fork(collector, number, Found.best(passes));
        }
    }

    /// What a JVM found.
    public record Fork(String collector, int number, List<Found> found) {
        @Override
        public String toString() {
            return collector + " " + number;
        }
    }

    /// What all JVMs found of a kernel; `faults` are sentences, none if all is well.
    ///
    /// @param isShort whether a call is over too soon to judge its speed
    public record Verdict(String kernel, double stated, double median, double least, String worst, double allocated,
        boolean isShort, List<String> faults) {
        /// What can be stated of it: the fraction that every JVM reached, unless one failed against the others.
        public double promise() {
            return Math.max(least, FLOOR * median);
        }
    }

    /// Lets all forks measure in turn, a pass each, [#PASSES] times: what disturbs the machine for minutes takes one pass of many
    /// forks then, not all passes of one. Those that wait keep a small heap, and no core. Then each measures again what it is
    /// behind at, until it is not or has tried [#REPEATS] times.
    List<Fork> run(Consumer<String> progress) throws IOException, InterruptedException {
        var atWork = new ArrayList<AtWork>();
        try {
            for (int i = 1; i <= forks; i++) {
                for (var collector : COLLECTORS) {
                    var jvm = Jvm.here("-XX:+Use" + collector + "GC", "-XX:+AlwaysPreTouch", "-Dkeel.threads=1");
                    atWork.add(new AtWork(collector, i, jvm.start(ProofFork.class, Integer.toString(i), only), new ArrayList<>()));
                }
            }
            for (int pass = 1; pass <= PASSES; pass++) {
                for (var fork : atWork) measure(fork, ProofFork.ALL, "pass " + pass + " of " + PASSES, progress);
            }
            for (int repeat = 1; repeat <= REPEATS; repeat++) {
                var verdicts = judge(atWork.stream().map(AtWork::fork).toList());
                boolean rested = false;
                for (var fork : atWork) {
                    var slow = behind(fork.fork(), verdicts);
                    if (slow.isEmpty()) continue;
                    if (!rested) Thread.sleep(REST_MILLIS);
                    rested = true;
                    measure(fork, ProofFork.question(slow), "again " + String.join(", ", slow), progress);
                }
            }
            return atWork.stream().map(AtWork::fork).toList();
        } finally {
            for (var fork : atWork) fork.jvm.close();
        }
    }

    private void measure(AtWork fork, String question, String what, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept(fork.collector + ", JVM " + fork.number + " of " + forks + ", " + what);
        fork.passes.addAll(Found.read(fork.jvm.ask(question, ProofFork.DONE)));
    }

    /// The kernels at which a fork has not reached what it must, and which it measures again.
    public static List<String> behind(Fork fork, List<Verdict> verdicts) {
        return verdicts.stream().filter(v -> fork.found.stream().anyMatch(f -> f.kernel().equals(v.kernel)
            && !v.isShort && !reaches(f.fraction(), v.stated))).map(Verdict::kernel).toList();
    }

    private static boolean reaches(double fraction, double aim) {
        return fraction >= FLOOR * aim;
    }

    /// Judges them, kernel by kernel.
    public List<Verdict> judge(List<Fork> all) {
        var verdicts = new ArrayList<Verdict>();
        for (var hot : ProofFork.hot(only)) verdicts.add(judge(hot.toString(), all));
        return verdicts;
    }

    private Verdict judge(String kernel, List<Fork> all) {
        var faults = new ArrayList<String>();
        var fractions = new LinkedHashMap<Fork, Double>();
        var nanos = new ArrayList<Double>();
        double allocated = 0;
        for (var fork : all) {
            var found = fork.found.stream().filter(f -> f.kernel().equals(kernel)).findFirst();
            if (found.isEmpty()) {
                faults.add(fork + " did not measure it");
                continue;
            }
            fractions.put(fork, found.get().fraction());
            nanos.add(found.get().nanos());
            double bytes = found.get().allocated();
            allocated = Math.max(allocated, bytes);
            if (bytes > found.get().allowed()) {
                faults.add(String.format(Locale.ROOT, "%s allocates %.0f bytes a call", fork, bytes));
            }
        }
        if (fractions.isEmpty()) return new Verdict(kernel, Double.NaN, Double.NaN, Double.NaN, "", 0, false, faults);
        double median = median(fractions.values());
        boolean isShort = median(nanos) < SHORT;
        double aim = Math.min(1, stated.getOrDefault(kernel, median)); // beyond the limit there is nothing to hold a fork to
        var worst = fractions.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        fractions.forEach((fork, fraction) -> {
            if (!isShort && !reaches(fraction, aim)) {
                faults.add(String.format(Locale.ROOT, "%s reaches %.2f of %.2f", fork, fraction, aim));
            }
        });
        return new Verdict(kernel, aim, median, worst.getValue(), worst.getKey().toString(), allocated, isShort, faults);
    }

    private static double median(Collection<Double> x) {
        return Clock.median(x.stream().mapToDouble(Double::doubleValue).toArray());
    }

    void print(List<Verdict> verdicts, PrintWriter out) {
        out.printf(Locale.ROOT, "%s%n%d JVMs under each of %s; fractions of the limit measured beside; stated: %s%n%n",
            Machine.words(), forks, String.join(", ", COLLECTORS),
            stated.isEmpty() ? "the median, for nothing is stated for this kind of machine" : "in stated.csv");
        out.printf(Locale.ROOT, "%-44s %7s %7s %7s  %s%n", "kernel", "stated", "median", "least", "in");
        for (var v : verdicts) {
            out.printf(Locale.ROOT, "%-44s %7.2f %7.2f %7.2f  %-12s%s%n", v.kernel, v.stated, v.median, v.least, v.worst,
                v.faults.isEmpty() ? v.isShort ? "short" : "" : "FAILS: " + String.join("; ", v.faults));
        }
        out.printf(Locale.ROOT, "%nshort: under a microsecond a call, of which only the allocation is judged%n");
        out.flush();
    }

    static String json(List<Fork> all, List<Verdict> verdicts) {
        var kernels = new ArrayList<Map<String, Object>>();
        for (var v : verdicts) {
            var one = new LinkedHashMap<String, Object>();
            one.put("kernel", v.kernel);
            one.put("stated", v.stated);
            one.put("median", v.median);
            one.put("least", v.least);
            one.put("allocatedBytes", v.allocated);
            one.put("short", v.isShort);
            one.put("faults", v.faults);
            var forks = new LinkedHashMap<String, Object>();
            for (var fork : all) {
                fork.found.stream().filter(f -> f.kernel().equals(v.kernel)).forEach(f -> forks.put(fork.toString(),
                    f.fraction()));
            }
            one.put("forks", forks);
            kernels.add(one);
        }
        return Json.write(new LinkedHashMap<>(Map.of("kernels", kernels)));
    }
}
