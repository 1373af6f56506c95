package keel.bench.lab;

import static keel.bench.lab.Words.number;
import static keel.bench.lab.Words.percent;
import static keel.bench.lab.Words.times;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// The results as text, no wider than a terminal.
final class Console {
    private static final int WIDTH = 118;
    // Up to this many experiments, their stages are listed too.
    private static final int IN_DETAIL = 2;

    private final Results results;
    private final PrintWriter out;

    private Console(Results results, PrintWriter out) {
        this.results = results;
        this.out = out;
    }

    static void print(Results results, PrintWriter out) {
        new Console(results, out).print();
        out.flush();
    }

    private void print() {
        var setup = results.setup();
        int n = results.runs().size();
        paragraph("", (n == 1 ? "A network" : n + " networks") + " of " + setup.depth() + " layers, " + setup.width()
            + " units each, trained to read 8x8 digits: " + setup.steps() + " steps of " + setup.batch() + ", seed "
            + setup.seed() + ".");
        out.println();
        comparison();
        if (results.runs().size() <= IN_DETAIL) results.runs().forEach(this::stages);
        doctor();
        guide();
    }

    private void comparison() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("experiment", "loss", "→ last", "train", "test", "signal", "gradient", "dead", "outcome", "cause"));
        for (var r : results.runs()) {
            var dead = r.end().units() == 0 ? "—" : r.end().dead() + "/" + r.end().units();
            rows.add(List.of(r.experiment().name(), number(r.firstLoss()), number(r.lastLoss()), percent(r.trainAccuracy()),
                percent(r.testAccuracy()), times(r.start().forward(Reading::std)),
                times(r.start().backward(Reading::activationGradient)), dead, r.outcome().label, r.judgement().cause()));
        }
        table(rows, 1, 7);
        paragraph("", """
            loss: of the first batch, and the mean of the last 20. train, test: digits recognized after the last step. \
            signal: what tells digits apart, from the first hidden layer to the last; gradient: ∂loss/∂output, from the last \
            back to the first; both before the first step. dead: units that are 0 for every digit, after the last step.""");
    }

    private void stages(Result r) {
        out.println();
        out.println(r.experiment().title() + " (" + String.join(", ", r.experiment().parts().names()) + ")");
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("", "signal", "→ end", "size", "→ end", "∂output", "→ end", "∂weight", "→ end", "dead", "→ end"));
        for (int i = 0; i < r.start().stages().size(); i++) {
            var a = r.start().stages().get(i);
            var b = r.end().stages().get(i);
            rows.add(List.of(a.stage(), number(a.std()), number(b.std()), number(a.rms()), number(b.rms()),
                number(a.activationGradient()), number(b.activationGradient()), number(a.weightGradient()),
                number(b.weightGradient()), dead(a), dead(b)));
        }
        table(rows, 1, 10);
        if (r.brokenLoss() != null) {
            paragraph("", "Not finite from step " + r.brokenLoss().step() + " on, first in " + r.brokenLoss().stage() + ": "
                + r.brokenLoss().how() + ".");
        }
    }

    private static String dead(Reading r) {
        return r.units() == 0 ? "—" : Integer.toString(r.dead());
    }

    private void doctor() {
        out.println();
        out.println("What the instruments say");
        for (var r : results.runs()) {
            paragraph("  " + r.experiment().name() + ": ", r.judgement().finding()
                + (r.judgement().isSound() ? "." : ". To mend it: " + r.judgement().fix() + "."));
        }
    }

    private void guide() {
        var answers = Guide.about(results);
        if (answers.isEmpty()) return;
        var wrong = answers.stream().filter(a -> !a.holds()).toList();
        out.println();
        int held = answers.size() - wrong.size();
        out.println("Of " + answers.size() + " sentences of the guide that these runs can answer, " + held
            + (held == 1 ? " holds" : " hold") + (wrong.isEmpty() ? "." : ". These do not:"));
        for (var a : wrong) {
            paragraph("  ", "\"" + a.quote() + "\" Measured (" + a.run().experiment().name() + "): " + a.measured() + ".");
        }
    }

    // Columns as wide as their widest cell; those from … to are numbers, aligned to the right.
    private void table(List<List<String>> rows, int from, int to) {
        int columns = rows.getFirst().size();
        var widths = new int[columns];
        for (var row : rows) for (int j = 0; j < columns; j++) widths[j] = Math.max(widths[j], row.get(j).length());
        for (int i = 0; i < rows.size(); i++) {
            var line = new StringBuilder();
            for (int j = 0; j < columns; j++) {
                var cell = rows.get(i).get(j);
                var pad = " ".repeat(widths[j] - cell.length());
                line.append(j >= from && j <= to ? pad + cell : cell + pad).append("  ");
            }
            out.println(line.toString().stripTrailing());
            if (i == 0) out.println("─".repeat(Math.min(WIDTH, line.length() - 2)));
        }
    }

    // Wrapped; all lines but the first are indented by as much as the first and two more.
    private void paragraph(String head, String text) {
        int indent = head.length() - head.stripLeading().length();
        var line = new StringBuilder(head);
        for (var word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(" ".repeat(indent == 0 ? 0 : indent + 2));
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
