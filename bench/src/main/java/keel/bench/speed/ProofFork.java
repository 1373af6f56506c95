package keel.bench.speed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import keel.bench.work.Family;
import keel.kernel.Parallel;

/// One JVM of [Proof]: measures every hot kernel, in an order of its own, as often as it is asked, and prints a line for each.
///
/// As often, each time on new arrays, and the second best counts: a bad moment of the machine passes, and one array of Java in
/// eight begins where a line of the cache does, which makes a sum half as fast again; but a loop that was compiled badly stays
/// bad. In an order of its own, because what a compiler makes of a loop depends on what ran before it.
public final class ProofFork {
    private ProofFork() {}

    private static final String SEPARATOR = "|";
    /// What asks for all kernels, and what ends an answer.
    static final String ALL = "all";
    static final String DONE = "done";

    /// A kernel: its family and its name.
    public record Hot(Family family, String name) {
        @Override
        public String toString() {
            return family.label + ": " + name;
        }
    }

    /// What a fork found of a kernel.
    ///
    /// @param fraction  of the limit measured beside it
    /// @param nanos     nanoseconds a call
    /// @param allocated bytes a call allocates
    /// @param allowed   bytes that it may
    public record Found(String kernel, double fraction, double nanos, double allocated, double allowed) {
        private String line() {
            return String.join(SEPARATOR, kernel, Double.toString(fraction), Double.toString(nanos), Double.toString(allocated),
                Double.toString(allowed));
        }

        /// What counts of the passes over each kernel: the second best speed, and the least bytes, for vectors are objects until
        /// the compiler has seen their loop.
        public static List<Found> best(List<Found> passes) {
            var byKernel = new LinkedHashMap<String, List<Found>>();
            for (var found : passes) byKernel.computeIfAbsent(found.kernel, _ -> new ArrayList<>()).add(found);
            return byKernel.values().stream().map(all -> {
                all.sort(Comparator.comparingDouble(Found::fraction).reversed());
                var second = all.get(Math.min(1, all.size() - 1));
                double least = all.stream().mapToDouble(Found::allocated).min().orElseThrow();
                return new Found(second.kernel, second.fraction, second.nanos, least, second.allowed);
            }).toList();
        }

        /// Reads what [#main] printed.
        public static List<Found> read(List<String> lines) {
            var found = new ArrayList<Found>();
            for (var line : lines) {
                var words = line.split("\\" + SEPARATOR);
                if (words.length != 5) continue; // what the JVM itself says
                found.add(new Found(words[0], Double.parseDouble(words[1]), Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]), Double.parseDouble(words[4])));
            }
            return found;
        }
    }

    /// The kernels whose speed is proven: those of the table, but for arrays in memory and large products, which say nothing new
    /// and take long.
    public static List<Hot> hot(String only) {
        var all = new ArrayList<Hot>();
        for (var family : Family.values()) {
            for (var name : family.names()) {
                boolean large = name.contains("1e7") || family == Family.PRODUCTS
                    && name.matches(".*\\b(1000|1024|513|1x4096x4096)");
                if (!large && name.contains(only)) all.add(new Hot(family, name));
            }
        }
        return all;
    }

    /// The question for these kernels alone.
    static String question(Collection<String> kernels) {
        return String.join(SEPARATOR, kernels);
    }

    /// Takes the kernels whose names contain the second argument, shuffled by the first, and measures those that a line asks for.
    public static void main(String[] args) throws IOException {
        Parallel.setThreads(1);
        var hot = new ArrayList<>(hot(args[1]));
        Collections.shuffle(hot, new Random(Long.parseLong(args[0])));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean functionsFirst = Long.parseLong(args[0]) % 2 == 0;
        var pace = Pace.PROOF;
        for (String line; (line = in.readLine()) != null; pace = Pace.PROOF.warm()) {
            if (functionsFirst) beginWithFunctions(); // not before it is asked: others measure
            functionsFirst = false;
            var asked = List.of(line.split("\\" + SEPARATOR));
            for (var kernel : hot) {
                if (!line.equals(ALL) && !asked.contains(kernel.toString())) continue;
                var r = Meter.measure(() -> kernel.family.work(kernel.name), pace);
                System.out.println(new Found(kernel.toString(), r.fraction(), r.nanos(), r.allocated(),
                    r.work().allowed()).line());
            }
            System.gc(); // which gives the memory of the works back to the machine while others measure
            System.out.println(DONE);
        }
    }

    // As many programs do: what C2 knows when it compiles a product then comes from functions.
    private static void beginWithFunctions() {
        for (var family : List.of(Family.ELEMENTWISE, Family.REDUCTIONS)) {
            for (var name : family.names()) {
                if (!name.contains("1e7")) WarmUp.settle(family.work(name), Pace.QUICK, 1);
            }
        }
    }
}
