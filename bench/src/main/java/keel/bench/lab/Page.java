package keel.bench.lab;

import static keel.bench.lab.Words.number;
import static keel.bench.lab.Words.percent;
import static keel.bench.lab.Words.times;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import keel.nn.report.Html;
import keel.nn.report.Html.Cell;
import keel.nn.report.Html.Section;
import keel.nn.report.Html.Tone;

/// The results as one page for a browser.
final class Page {
    private final Results results;
    private final List<Guide.Answer> answers;

    private Page(Results results) {
        this.results = results;
        this.answers = Guide.about(results);
    }

    static String of(Results results) {
        return new Page(results).page();
    }

    private String page() {
        var sections = new ArrayList<Section>();
        if (results.runs().size() > 1) {
            sections.add(comparison());
            sections.add(Panels.losses(results));
            sections.add(Panels.gradients(results));
        }
        if (!answers.isEmpty()) sections.add(guide());
        var cards = results.runs().stream().map(run -> Card.of(run, results)).toArray(Html[]::new);
        sections.add(Html.section("Network by network", cards));
        sections.add(checks());
        sections.add(Manual.section(results));
        return Html.page("Why deep networks break, and what mends them", lead(), sections.toArray(Section[]::new));
    }

    private String lead() {
        var setup = results.setup();
        int n = results.runs().size();
        var ends = Arrays.stream(Outcome.values()).filter(o -> count(o) > 0).map(o -> count(o) + " " + o.verb)
            .collect(Collectors.joining(", "));
        return """
            %s of %d layers, %d units each, learn to read handwritten digits from the same %d batches of %d (seed %d). They \
            differ in a line or two of their recipe: %s. Every number on this page was measured in the run that made it."""
            .formatted(n == 1 ? "One network" : n + " networks", setup.depth(), setup.width(), setup.steps(), setup.batch(),
                setup.seed(), ends);
    }

    private long count(Outcome outcome) {
        return results.runs().stream().filter(run -> run.outcome() == outcome).count();
    }

    private Section comparison() {
        var columns = List.of("network", "outcome", "test", "loss", "last loss", "signal", "gradient", "the doctor");
        var rows = new ArrayList<List<Cell>>();
        for (var run : results.runs()) {
            var judgement = run.judgement();
            rows.add(List.of(name(run), outcome(run), right(percent(run.testAccuracy())),
                new Cell(Panels.spark(run), Tone.PLAIN, false), right(number(run.lastLoss())),
                right(times(run.start().forward(Reading::std))), right(times(run.start().backward(Reading::activationGradient))),
                unbroken(Html.text(judgement.cause())).tone(judgement.isSound() ? Tone.GOOD : Tone.BAD)));
        }
        return Html.section("Side by side",
            Html.table("How each run ended, and what the instruments saw before its first step", columns, rows),
            Html.paragraph("""
                Stuck: no better than guessing. Test: digits recognized that were never trained on. Signal: how much of what \
                tells digits apart is left in the last hidden layer, against the first. Gradient: the norm of ∂loss/∂output \
                in the first hidden layer, against the last. ×1 means that nothing is lost; ÷1e7 that one ten-millionth \
                arrives. The doctor looks before the first step, and after the last if it found nothing and the run failed \
                all the same."""));
    }

    private Section guide() {
        var rows = new ArrayList<List<Cell>>();
        for (var a : answers.stream().sorted(Comparator.comparing(Guide.Answer::holds)).toList()) {
            rows.add(List.of(Cell.of("“" + a.quote() + "”"),
                a.holds() ? Cell.of("holds").tone(Tone.GOOD) : Cell.of("does not hold").tone(Tone.BAD), Cell.of(a.measured()),
                name(a.run())));
        }
        return Html.section("What the guide says, and what was measured", Html.paragraph("""
            The lab follows a widely read guide to training stability through its own example, the classifier of digits. Of \
            %d of its sentences that these runs can answer, %d hold. One run on small digits is an answer, not a law; where \
            it contradicts the guide, it is a counter-example.""".formatted(answers.size(),
            answers.stream().filter(Guide.Answer::holds).count())),
            Html.table("Sentences of the guide", List.of("the guide", "", "measured", "in"), rows));
    }

    private Section checks() {
        var columns = List.of("network", "outcome", "guide's ratio", "vanishing / exploding", "the guide's check", "the doctor");
        var rows = new ArrayList<List<Cell>>();
        int guideRight = 0;
        int doctorRight = 0;
        for (var run : results.runs()) {
            var guide = run.start().guide();
            boolean failed = run.outcome() == Outcome.BROKE || run.outcome() == Outcome.STUCK;
            boolean doctorWarns = !run.start().doctor().isHealthy();
            if (guide.warns() == failed) guideRight++;
            if (doctorWarns == failed) doctorRight++;
            rows.add(List.of(name(run), outcome(run), right(number(guide.ratio())),
                right(guide.vanishing() + " / " + guide.exploding()), verdict(guide.warns(), failed),
                    verdict(doctorWarns, failed)));
        }
        return Html.section("Can one tell before the first step?", Html.paragraph("""
            The guide's health check compares the gradient norms of all parameters: a ratio above %s, or a norm below 1e-7 or \
            above 1e3, is a warning. Keel's doctor compares like with like: the signal on its way forward, and the gradient \
            of outputs on its way back. Measured against how the runs ended (broke or stuck, or not), the guide's check is \
            right in %d of %d, the doctor in %d.""".formatted(number(GuideCheck.WARNS_ABOVE), guideRight,
            results.runs().size(), doctorRight)),
            Html.table("Warnings before the first step, and how the run ended", columns, rows));
    }

    private static Cell verdict(boolean warns, boolean failed) {
        boolean right = warns == failed;
        return Cell.of((warns ? "warns" : "all well") + (right ? "" : ", wrongly")).tone(right ? Tone.GOOD : Tone.BAD);
    }

    /// The name of an experiment, leading to its card.
    static Html link(Result run) {
        return new Html("<a href=\"#" + Card.anchor(run.experiment()) + "\">" + Html.text(run.experiment().title()).markup()
            + "</a>");
    }

    /// A number that is already written.
    static Cell right(String number) {
        return new Cell(Html.text(number), Tone.PLAIN, true);
    }

    private static Cell name(Result run) {
        return unbroken(link(run));
    }

    private static Cell outcome(Result run) {
        return unbroken(Html.text(run.outcome().label)).tone(switch (run.outcome()) {
            case BROKE, STUCK -> Tone.BAD;
            case PARTLY -> Tone.PLAIN;
            case TRAINED -> Tone.GOOD;
        });
    }

    private static Cell unbroken(Html words) {
        return new Cell(new Html("<span style=\"white-space:nowrap\">" + words.markup() + "</span>"), Tone.PLAIN, false);
    }
}
