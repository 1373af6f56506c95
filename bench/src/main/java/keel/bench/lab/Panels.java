package keel.bench.lab;

import static keel.bench.lab.Words.number;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import keel.nn.data.Digits;
import keel.nn.report.Html;
import keel.nn.report.Html.Section;
import keel.nn.report.LineChart;

/// Small charts of all experiments on one pair of axes, so that the eye can compare them.
final class Panels {
    private static final double WIDTH = 250;
    private static final double HEIGHT = 112;
    private static final double GUESSING = StrictMath.log(Digits.CLASSES);
    private static final double HIGHEST_LOSS = 3;
    private static final double SMALLEST_GRADIENT = 1e-12;
    private static final double LARGEST_GRADIENT = 1e12;

    private Panels() {}

    static Section losses(Results results) {
        var steps = new double[] {0, results.setup().steps()};
        return Html.section("The loss of every step", Html.paragraph("""
            All on one scale from 0 to 3; what is higher is drawn on the edge, and a cross marks where the loss was not a \
            number any more. The dashed line is ln 10 = 2.30, the loss of knowing nothing."""),
            all(results, run -> chart(run).add("loss", run.losses()).add("guessing", steps, new double[] {GUESSING, GUESSING})
                .withYRange(0, HIGHEST_LOSS)));
    }

    static Section gradients(Results results) {
        return Html.section("The gradient in every layer", Html.paragraph("""
            Norm of ∂loss/∂output from the first layer (left) to the last, before the first step (solid) and after the last \
            one (dashed), all on one logarithmic scale; what is beyond it is drawn on the edge. A flat line: the gradient \
            reaches every layer as it left the loss. A slope: it fades, or grows, with every layer on its way back."""),
            all(results, run -> {
                var layers = numbers(run.start().stages().size());
                return chart(run).withLogY().withYRange(SMALLEST_GRADIENT, LARGEST_GRADIENT)
                    .add("start", layers, run.start().all(Reading::activationGradient))
                    .add("end", layers, run.end().all(Reading::activationGradient));
            }));
    }

    private static LineChart chart(Result run) {
        return LineChart.of(run.outcome().label).axes("", "").sized(WIDTH, HEIGHT).withoutLegend();
    }

    private static Html all(Results results, Function<Result, LineChart> chart) {
        var panels = new Html[results.runs().size()];
        Arrays.setAll(panels, i -> {
            var run = results.runs().get(i);
            return new Html("""
                <figure style="margin:0">
                <figcaption style="margin-bottom:.3rem">%s</figcaption>
                %s</figure>
                """.formatted(Page.link(run).markup(), chart.apply(run).svg()));
        });
        return grid(14, panels);
    }

    /// Parts side by side, as many as there is room for when each has at least this many times the height of a line.
    static Html grid(int least, Html... parts) {
        return new Html("""
            <div style="display:grid;gap:1rem 1.25rem;grid-template-columns:repeat(auto-fill,minmax(%drem,1fr))">
            %s</div>
            """.formatted(least, Html.of(parts).markup()));
    }

    /// 1 … stages
    static double[] numbers(int stages) {
        return IntStream.rangeClosed(1, stages).asDoubleStream().toArray();
    }

    /// A loss curve the size of a word, on the scale of the large ones; a dot where it broke.
    static Html spark(Result run) {
        double width = 84;
        double height = 22;
        var d = new StringBuilder();
        double x = 0;
        double y = 0;
        for (int i = 0; i < run.losses().length && Double.isFinite(run.losses()[i]); i++) {
            x = width * i / run.setup().steps();
            y = 2 + height * (1 - Math.min(1, run.losses()[i] / HIGHEST_LOSS));
            d.append(i == 0 ? 'M' : 'L').append(tenths(x)).append(' ').append(tenths(y));
        }
        var dot = run.brokenLoss() == null ? "" : "<circle cx=\"%s\" cy=\"%s\" r=\"3\" style=\"fill:var(--keel-bad)\"/>"
            .formatted(tenths(x + 4), tenths(y + 2));
        return new Html("""
            <svg viewBox="0 0 90 28" width="90" height="28" style="display:block" role="img" aria-label="loss from %s to \
            %s"><path d="%s" style="fill:none;stroke:var(--keel-0);stroke-width:1.5"/>%s</svg>"""
            .formatted(number(run.firstLoss()), number(run.lastLoss()), d, dot));
    }

    private static String tenths(double x) {
        return Double.toString(StrictMath.rint(10 * x) / 10);
    }
}
