package keel.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import keel.bench.work.Family;
import keel.bench.work.Traffic;
import keel.nn.report.BarChart;
import keel.nn.report.Html;
import keel.nn.report.Html.Cell;
import keel.nn.report.Html.Section;
import keel.nn.report.Html.Tone;
import keel.nn.report.Roofline;

/// A [Survey] as one page: the roofline, then family by family what each kernel reached.
final class SurveyPage {
    private SurveyPage() {}

    /// Shown as well done, and as not.
    private static final double GOOD = 0.85;
    private static final double BAD = 0.5;

    static String of(Survey survey) {
        var sections = new ArrayList<Section>();
        sections.add(roofline(survey));
        sections.add(limits(survey));
        for (var family : survey.families()) sections.add(family(survey, family));
        sections.add(method());
        long near = survey.readings().stream().filter(r -> r.fraction() >= GOOD).count();
        return Html.page("How fast the kernels are", """
            %d kernels on %s, %s: each beside the limit that the machine sets it, measured in the same milliseconds. %d of them \
            reach %.0f %% of it or more.""".formatted(survey.readings().size(), survey.machine(),
            survey.threads() == 1 ? "one thread" : survey.threads() + " threads", near, 100 * GOOD),
            sections.toArray(Section[]::new));
    }

    private static Section roofline(Survey survey) {
        var chart = Roofline.of("Operations a second under the roof of this machine", survey.peak());
        for (int i = 0; i < Survey.SIZES.size(); i++) {
            chart = chart.slope(Survey.SIZE_NAMES.get(i), survey.bandwidths().get(Traffic.READ)[i]);
        }
        for (var r : survey.readings()) {
            chart = chart.point(r.work().family().label, r.work().name(), r.work().intensity(), r.gflops());
        }
        return Html.section("Roofline", Html.figure(chart.svg(), """
            Each point is a kernel: how many operations it makes of a byte it has to move, and how many a second it reached. Far \
            right the multiply-add units are the limit, on the left the memory its operands lie in: the slopes are reads over \
            arrays of that size. Hovering names a point. Kernels that only move elements make no operation and are not \
            here, but below."""));
    }

    private static Section limits(Survey survey) {
        var columns = new ArrayList<>(List.of("traffic"));
        columns.addAll(Survey.SIZE_NAMES);
        var rows = new ArrayList<List<Cell>>();
        survey.bandwidths().forEach((traffic, rates) -> {
            var row = new ArrayList<>(List.of(Cell.of(traffic.name().toLowerCase(Locale.ROOT))));
            for (double rate : rates) row.add(Cell.of(rate, 3));
            rows.add(row);
        });
        return Html.section("What the machine can do", Html.paragraph(("Multiply-adds that never leave the registers: %.1f·10⁹ "
            + "operations a second.").formatted(survey.peak())),
            Html.table("10⁹ bytes a second by loops that only move memory, each operand counted once", columns, rows));
    }

    private static Section family(Survey survey, Family family) {
        var readings = survey.of(family);
        var chart = BarChart.of("Reached, as a fraction of the limit", "fraction of the limit",
            readings.stream().map(r -> r.work().name()).toList())
            .add("reached", readings.stream().mapToDouble(Reading::fraction).toArray());
        var rows = new ArrayList<List<Cell>>();
        for (var r : readings) {
            rows.add(List.of(Cell.of(r.work().name()), Cell.of(r.nanos() / 1e3, 4), Cell.of(r.gflops(), 3),
                Cell.of(r.gigabytes(), 3), Cell.of(r.peak(), 3), Cell.of(r.bandwidth(), 3), Cell.of(r.limit()),
                percent(r.fraction()), Cell.of(r.allocated(), 3)));
        }
        var name = Character.toUpperCase(family.label.charAt(0)) + family.label.substring(1);
        return Html.section(name, Html.figure(chart.svg(), "1 is the least time that peak and bandwidth allow."),
            Html.details("The numbers of " + family.label, Html.table(
                "Time of a call, rates, and the limits measured beside it", List.of("kernel", "µs", "GFLOP/s", "GB/s",
                    "peak GFLOP/s", "stream GB/s", "limit", "reached", "bytes allocated"), rows)));
    }

    private static Cell percent(double fraction) {
        var cell = new Cell(Html.text(String.format(Locale.ROOT, "%.0f %%", 100 * fraction)), Tone.PLAIN, true);
        return fraction >= GOOD ? cell.tone(Tone.GOOD) : fraction < BAD ? cell.tone(Tone.BAD) : cell;
    }

    private static Section method() {
        return Html.section("How this was measured", Html.paragraph("""
            In rounds of a few milliseconds in one process: the multiply-add peak, a loop that moves memory in the same way over \
            as many bytes, the kernel, the peak again. The limit of a round is the longer of operations by peak and bytes by \
            bandwidth; of all rounds the median counts. One thread is timed by the processor time it got, several by the clock. \
            Operations are those of the plain kernel's source,
                a multiply-add being two; a vector kernel that shares work between \
            elements can make fewer, and one that chooses between two values makes more instructions than operations. So a \
            transcendental function at half of the limit may well leave no unit of the core idle."""));
    }
}
