package keel.bench.speed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// PyTorch, in a process of its own that is told over its standard input what to time, so that rounds alternate with ours.
final class Torch implements Peer {
    private static final String SCRIPT = script();

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final String name;

    /// One of the ways the script knows for the last thing it made.
    private final class Way implements Variant {
        private final String way;

        Way(String way) {
            this.way = way;
        }

        @Override
        public String name() {
            return way.equals("default") ? "torch" : "torch " + way;
        }

        @Override
        public double nanos(int calls) {
            return Double.parseDouble(ask("time " + way + " " + calls));
        }
    }

    private Torch(Process process) throws IOException {
        this.process = process;
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
        var first = from.readLine();
        name = first == null ? "" : first;
    }

    /// Starts the first of these Pythons that has PyTorch; empty if none has.
    static Optional<Torch> start(List<String> pythons, int threads) {
        for (var python : pythons) {
            try {
                var process = new ProcessBuilder(python, "-u", "-c", SCRIPT, Integer.toString(threads))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
                var torch = new Torch(process);
                if (torch.name.startsWith("torch ")) return Optional.of(torch);
                torch.close();
            } catch (IOException _) {
                // no such program: the next one may be there
            }
        }
        return Optional.empty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Variant> prepare(String family, String work) {
        var ways = ask("make " + family + "|" + work);
        if (ways.equals("none")) return List.of();
        return Arrays.stream(ways.split(" ")).<Variant>map(Way::new).toList();
    }

    private String ask(String line) {
        try {
            to.write(line + "\n");
            to.flush();
            var answer = from.readLine();
            if (answer == null) throw new IllegalStateException("PyTorch ended at '" + line
                + "'; leave it out with --python none");
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static String script() {
        try (InputStream in = Torch.class.getResourceAsStream("peers.py")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
