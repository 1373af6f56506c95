package keel.bench.speed;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import keel.bench.out.ReportFolder;
import keel.bench.work.Family;
import keel.bench.work.Product;
import keel.bench.work.Training;
import keel.kernel.Form;
import keel.kernel.Parallel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keel bench`: how near the kernels come to what this machine can do.
@Command(name = "bench", description = {
    "Measures the kernels, each beside the multiply-add peak and the bandwidth of this machine, and draws them under its roof: "
        + "a table here, a page to open in a browser, and the numbers as JSON. About three minutes, with --quick one. "
        + "Keep the machine quiet.",
    ""}, footer = {
        "", "Examples:",
        "  keel bench --quick --families products,rows    two families, in short rounds",
        "  keel bench --peers --only gelu                 beside PyTorch, the kernels of that name",
        "  keel bench --proof                              every kernel in 24 JVMs: an hour or two",
        "  keel bench --startup                            fresh JVMs: about three minutes",
        "  keel bench --sizes 64,512,32x256x784 --jmh     products of these extents, with JMH",
        "", "Exit codes: 0 done, 1 failed, 2 wrong arguments."})
public final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--quick", description = "Shorter rounds, and fewer.")
    private boolean quick;

    @Option(names = "--families", split = ",", paramLabel = "NAME",
            description = "Only these: products, elementwise, reductions, rows, steps, convolution, layout; with "
                + "--peers also training.")
    private List<String> families = List.of();

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "", description = "Only kernels whose names contain this.")
    private String only;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
            description = "Threads for a call; the limits are those of so many cores (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("keel-bench");

    @Option(names = "--peers",
        description = "Instead of that, the same works by PyTorch and by libraries for the JVM, in turn with "
        + "ours, and whole training steps: ratios.")
    private boolean peers;

    @Option(names = "--native-peers",
        description = "With --peers: products by ND4J and DJL too, 240 MB of native code from Maven Central.")
    private boolean nativePeers;

    @Option(names = "--python", paramLabel = "PATH", description = "With --peers: the Python that has PyTorch, or none (default: "
        + "python, then python3).")
    private String python;

    @Option(names = "--proof",
        description = "Instead of that, the kernels in fresh JVMs under three garbage collectors: fails if one "
        + "of them is slower than the others or than stated, or allocates.")
    private boolean proof;

    @Option(names = "--startup",
        description = "Instead of that, the time from the start of a JVM to its first product, and to full "
        + "speed, in fresh JVMs started in several ways.")
    private boolean startup;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "8",
            description = "JVMs of a study that needs fresh ones, for each collector or mode (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(names = "--sizes", split = ",", paramLabel = "N",
            description = "Instead of all that, F32 products of these extents: N, or MxNxK as in 32x256x784.")
    private List<String> sizes = List.of();

    @Option(names = "--forms", split = ",", paramLabel = "FORM", defaultValue = "NN",
            description = "With --sizes: which operands are stored transposed: ${COMPLETION-CANDIDATES} "
                + "(default: ${DEFAULT-VALUE}).")
    private List<Form> forms;

    @Option(names = "--jmh", description = "With --sizes: with JMH, about twelve seconds for each.")
    private boolean jmh;

    @Override
    public Integer call() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        require(threads >= 1 && threads <= cores, "--threads: " + threads + " is not in 1 … " + cores + ", the processors here");
        require(forks >= 1 && forks <= 100, "--forks: " + forks + " is not in 1 … 100");
        require(!nativePeers || peers, "--native-peers: they are measured beside the other peers; add --peers");
        require(!jmh || !sizes.isEmpty(), "--jmh: only products are measured with JMH here; add --sizes, as in --sizes 64,512");
        var chosen = chosen();
        var names = chosen.stream().flatMap(family -> family.names().stream());
        if (peers && training()) names = Stream.concat(names, Training.ALL.stream().map(Training::name));
        require(names.anyMatch(name -> name.contains(only)), "--only: nothing has '" + only
            + "' in its name; leave it out to see them all, or choose with --families");
        var products = products();
        int before = Parallel.threads();
        Parallel.setThreads(threads);
        try {
            if (peers) {
                peers(chosen);
                return 0;
            }
            if (startup) {
                startup();
                return 0;
            }
            Limits.requireVectors();
            if (proof) {
                proof();
                return 0;
            }
            if (products.isEmpty()) survey(chosen);
            else new ProductStudy(products, threads, jmh, pace()).run(console(), spec.commandLine().getErr());
        } finally {
            Parallel.setThreads(before);
        }
        return 0;
    }

    private void survey(List<Family> chosen) {
        var folder = ReportFolder.prepare(out);
        var err = spec.commandLine().getErr();
        long start = System.nanoTime();
        var survey = Survey.take(chosen, only, pace(), what -> err.println("measuring " + what + " …"));
        SurveyText.print(survey, console());
        folder.write("bench.json", SurveyNumbers.of(survey));
        var page = folder.write("index.html", SurveyPage.of(survey));
        console().printf(Locale.ROOT, "%n%.0f s, %s. Report: %s, with bench.json beside it.%n", (System.nanoTime() - start) / 1e9,
            Cores.words(), page);
        console().flush();
    }

    private void peers(List<Family> chosen) {
        var folder = ReportFolder.prepare(out);
        var err = spec.commandLine().getErr();
        var all = new ArrayList<Peer>();
        var pythons = python == null ? List.of("python", "python3") : python.equals("none") ? List.<String>of() : List.of(python);
        var torch = Torch.start(pythons, threads);
        torch.ifPresentOrElse(all::add, () -> err.println("no PyTorch: " + (pythons.isEmpty() ? "left out"
            : "none of " + String.join(", ", pythons) + " imports torch; name one that does with --python")));
        try {
            all.addAll(LibraryPeer.all(threads, nativePeers));
            if (all.isEmpty()) throw new IllegalStateException("there are no peers to compare with; name a Python that has "
                + "PyTorch with --python, or build with the Maven profile peers");
            var duels = new PeerStudy(all, pace()).run(chosen, training(), only, what -> err.println("measuring " + what + " …"));
            var report = new PeerReport(Machine.words(), threads, all.stream().map(Peer::name).toList(), duels);
            report.print(console());
            folder.write("peers.json", report.json());
            console().printf(Locale.ROOT, "%n%s. Report: %s, with peers.json beside it.%n", Cores.words(),
                folder.write("peers.html", report.page()));
            console().flush();
        } finally {
            for (var peer : all) peer.close();
        }
    }

    private void proof() throws IOException, InterruptedException {
        var folder = ReportFolder.prepare(out);
        var err = spec.commandLine().getErr();
        var study = new Proof(forks, only, Stated.here());
        var all = study.run(what -> err.println("measuring under " + what + " …"));
        var verdicts = study.judge(all);
        study.print(verdicts, console());
        folder.write("proof.json", Proof.json(all, verdicts));
        var promises = new LinkedHashMap<String, Double>();
        for (var v : verdicts) promises.put(v.kernel(), v.promise());
        var stated = folder.write("stated.csv", Stated.with(Stated.file(), Stated.machine(), promises));
        console().println();
        console().println("What every JVM reached, as stated fractions: " + stated + ", with proof.json beside it.");
        console().flush();
        long failed = verdicts.stream().filter(v -> !v.faults().isEmpty()).count();
        if (failed > 0) throw new IllegalStateException(failed + " of " + verdicts.size()
            + " kernels fail; the table says where");
    }

    private void startup() throws IOException, InterruptedException {
        var folder = ReportFolder.prepare(out);
        var study = new Startup(forks);
        var rows = study.run(what -> spec.commandLine().getErr().println(what));
        study.print(rows, console());
        folder.write("startup.json", Startup.json(rows));
    }

    private boolean training() {
        return families.isEmpty() || families.contains(PeerStudy.TRAINING);
    }

    private PrintWriter console() {
        return spec.commandLine().getOut();
    }

    private Pace pace() {
        return quick ? Pace.QUICK : Pace.FULL;
    }

    private List<Family> chosen() {
        var all = List.of(Family.values());
        for (var name : families) {
            boolean known = all.stream().anyMatch(family -> family.label.equals(name)) || peers
                && name.equals(PeerStudy.TRAINING);
            require(known, "--families: there is none called '" + name
                + "'; there are " + String.join(", ", all.stream().map(family -> family.label).toList()));
        }
        return families.isEmpty() ? all : all.stream().filter(family -> families.contains(family.label)).toList();
    }

    private List<Product> products() {
        var products = new ArrayList<Product>();
        try {
            for (var form : forms) for (var size : sizes) products.add(Product.of(form, size));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sizes: " + e.getMessage());
        }
        return products;
    }

    private void require(boolean holds, String message) {
        if (!holds) throw new ParameterException(spec.commandLine(), message);
    }
}
