package keel.bench.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import keel.bench.out.ReportFolder;
import keel.nn.data.Digits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `keel lab`: trains, prints, writes the report.
@Command(name = "lab", description = {
    "Trains deep networks that break, mends them, and shows why: a table here, a report to open in a browser, and the "
        + "numbers as JSON.",
    ""}, footer = {
        "", "Examples:",
        "  keel lab --list                           names the experiments",
        "  keel lab sigmoid sigmoid-residual         a breakage and its mend, layer by layer",
        "  keel lab --depth 56 --seed 7 --out deep   deeper, with other luck, into another folder",
        "", "Exit codes: 0 done, 1 failed, 2 wrong arguments."})
public final class LabCommand implements Callable<Integer> {
    private static final Setup DEFAULTS = Setup.defaults();
    private static final int MOST_THREADS = 256;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*", completionCandidates = Names.class,
        description = "Experiments to run; all if none is named.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "List the experiments and run none.")
    private boolean list;

    @Option(names = "--depth", paramLabel = "N", description = "Linear layers of every network (default: ${DEFAULT-VALUE}).")
    private int depth = DEFAULTS.depth();

    @Option(names = "--width", paramLabel = "N", description = "Units of every layer (default: ${DEFAULT-VALUE}).")
    private int width = DEFAULTS.width();

    @Option(names = "--steps", paramLabel = "N", description = "Training steps (default: ${DEFAULT-VALUE}).")
    private int steps = DEFAULTS.steps();

    @Option(names = "--batch", paramLabel = "N", description = "Digits a step (default: ${DEFAULT-VALUE}).")
    private int batch = DEFAULTS.batch();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = DEFAULTS.seed();

    @Option(names = "--threads", paramLabel = "N", description = "How many to use; the numbers do not depend on it "
        + "(default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("keel-lab");

    /// The names of all experiments, for shells that complete.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Catalogue.all().stream().map(Experiment::name).iterator();
        }
    }

    @Override
    public Integer call() {
        var console = spec.commandLine().getOut();
        if (list) {
            for (var e : Catalogue.all()) console.println(String.format(Locale.ROOT, "%-18s %s", e.name(),
                String.join(", ", e.parts().names())));
            console.flush();
            return 0;
        }
        var experiments = chosen();
        var setup = setup();
        var folder = ReportFolder.prepare(out); // before the training: its minute is not spent for nothing
        long start = System.nanoTime();
        List<Lab.Timed> timed;
        try (var progress = Progress.of(experiments.size(), steps, spec.commandLine().getErr())) {
            timed = Lab.run(experiments, setup, threads, progress);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        var results = new Results(setup, timed.stream().map(Lab.Timed::result).toList());
        folder.write("lab.json", Numbers.of(results));
        folder.write("timings.json", Numbers.timings(timed, seconds, threads));
        var page = folder.write("index.html", Page.of(results));
        Console.print(results, console);
        console.println();
        console.println(String.format(Locale.ROOT, "%.0f s. Report: %s, with lab.json and timings.json beside it.", seconds,
            page));
        console.flush();
        return 0;
    }

    private List<Experiment> chosen() {
        var all = Catalogue.all();
        if (names.isEmpty()) return all;
        var chosen = new ArrayList<Experiment>();
        for (var experiment : all) if (names.contains(experiment.name())) chosen.add(experiment);
        var known = all.stream().map(Experiment::name).toList();
        for (var name : names) {
            if (known.contains(name)) continue;
            var closest = Spelling.closest(name, known);
            throw wrong("there is no experiment \"" + name + "\"" + (closest == null ? "" : ", did you mean " + closest + "?")
                + "; there are " + String.join(", ", known));
        }
        return chosen;
    }

    private Setup setup() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong("--threads: " + threads + " is out of range; give 1 to " + MOST_THREADS);
        }
        int samples = Digits.split(seed).train().size();
        if (batch > samples) throw wrong("--batch: " + batch + " is out of range; there are " + samples + " digits to train on");
        try {
            var setup = new Setup(depth, width, steps, batch, seed);
            setup.requireMemory(Math.min(threads, Catalogue.all().size()));
            return setup;
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
