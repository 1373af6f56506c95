package keel.bench.lab;

import static keel.bench.lab.Page.right;
import static keel.bench.lab.Words.number;
import static keel.bench.lab.Words.percent;

import java.util.ArrayList;
import java.util.List;
import keel.nn.report.Html;
import keel.nn.report.Html.Cell;
import keel.nn.report.LineChart;

/// One experiment: what it is, what happened, why, and every number.
final class Card {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 200;

    private Card() {}

    /// Where on the page the card of this experiment is.
    static String anchor(Experiment experiment) {
        return "of-" + experiment.name();
    }

    static Html of(Result run, Results all) {
        return Html.of(title(run.experiment()), Html.paragraph(run.experiment().why()), Html.paragraph(happened(run)),
            Html.paragraph(doctor(run)), guide(run, all), charts(run), stages(run));
    }

    private static Html title(Experiment experiment) {
        return new Html("<h3 id=\"%s\" tabindex=\"-1\">%s</h3>\n<p class=\"faint\">%s</p>\n".formatted(anchor(experiment),
            Html.text(experiment.title()).markup(), Html.text(String.join(" · ", experiment.parts().names())).markup()));
    }

    private static String happened(Result run) {
        var words = new StringBuilder("Measured: it " + run.outcome().verb + ". The loss went from " + number(run.firstLoss())
            + " to "
            + number(run.lastLoss()) + ", and " + percent(run.testAccuracy()) + " of the test digits are recognized in the end ("
            + percent(run.trainAccuracy()) + " of those it was trained on).");
        if (run.brokenGradient() != null) words.append(" Gradients are not finite from step ").append(at(run.brokenGradient()));
        if (run.brokenLoss() != null) words.append(" The loss is not finite from step ").append(at(run.brokenLoss()));
        if (run.end().dead() > 0) {
            words.append(" " + run.end().dead() + " of " + run.end().units() + " units are 0 for every digit ("
                + run.start().dead() + " before the first step).");
        }
        if (run.experiment().parts().clips()) {
            words.append(" Clipping was active in " + percent(run.clipped()) + " of the steps.");
        }
        return words.toString();
    }

    private static String at(Breakdown b) {
        return b.step() + " on, first in " + b.stage() + ": " + b.how() + ".";
    }

    private static String doctor(Result run) {
        var j = run.judgement();
        if (j.isSound()) return "The doctor finds nothing wrong: " + j.finding() + ".";
        return "The doctor: " + j.finding() + ". To mend it: " + j.fix() + "."
            + (run.outcome() == Outcome.TRAINED ? " It trained all the same." : "");
    }

    private static Html guide(Result run, Results all) {
        var lines = new ArrayList<String>();
        for (var a : Guide.about(run, all)) {
            var holds = a.holds() ? "It holds here: " : "It does not hold here: ";
            lines.add("The guide says: “" + a.quote() + "” " + holds + a.measured() + ".");
        }
        return lines.isEmpty() ? Html.of() : Html.list(lines);
    }

    private static Html charts(Result run) {
        var a = run.start();
        var b = run.end();
        var x = Panels.numbers(a.stages().size());
        var outputs = chart("Outputs", run, "size")
            .add("varies by digit, start", x, a.all(Reading::std))
            .add("varies by digit, end", x, b.all(Reading::std))
            .add("root mean square, start", x, a.all(Reading::rms))
            .add("root mean square, end", x, b.all(Reading::rms));
        var gradients = chart("Gradients", run, "norm")
            .add("of outputs, start", x, a.all(Reading::activationGradient))
            .add("of outputs, end", x, b.all(Reading::activationGradient))
            .add("of weights, start", x, a.all(Reading::weightGradient))
            .add("of weights, end", x, b.all(Reading::weightGradient));
        return Panels.grid(20, new Html("<figure style=\"margin:1rem 0\">\n" + outputs.svg() + "</figure>\n"),
            new Html("<figure style=\"margin:1rem 0\">\n" + gradients.svg() + "</figure>\n"));
    }

    private static LineChart chart(String title, Result run, String what) {
        return LineChart.of(title).axes(run.experiment().hasBlocks() ? "block" : "layer", what).withLogY().sized(WIDTH, HEIGHT);
    }

    private static Html stages(Result run) {
        var columns = List.of("", "varies by digit", "root mean square", "gradient of outputs", "gradient of weights",
            "dead units",
            "rank of weights");
        var rows = new ArrayList<List<Cell>>();
        for (int i = 0; i < run.start().stages().size(); i++) {
            var a = run.start().stages().get(i);
            var b = run.end().stages().get(i);
            rows.add(List.of(Cell.of(a.stage()), pair(a.std(), b.std()), pair(a.rms(), b.rms()),
                pair(a.activationGradient(), b.activationGradient()), pair(a.weightGradient(), b.weightGradient()),
                right(a.units() == 0 ? "—" : a.dead() + " → " + b.dead()), right(a.rank() + " → " + b.rank())));
        }
        return Html.details("Every layer in numbers", Html.table("Start → end", columns, rows));
    }

    private static Cell pair(double start, double end) {
        return right(number(start) + " → " + number(end));
    }
}
