package keel.nn.report;

import static keel.nn.report.Markup.at;
import static keel.nn.report.Markup.number;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What loops reach under what the machine allows, drawn as SVG that reads in light and dark: each loop a point, operations a
/// second over operations a byte moved, both logarithmic; above them the roof, `min(peak, intensity·bandwidth)`, with one slope
/// for each level of memory. Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785.
///
/// Groups of points differ in colour and form. A point without operations, or whose numbers are not finite, is left out.
///
/// ```java
/// var svg = Roofline.of("One core", 100).slope("L1", 200).slope("memory", 20).point("sums", "sum 1e5", 0.25, 5).svg();
/// ```
public record Roofline(String title, double peak, List<Slope> slopes, List<Point> points) {
    /// A level of memory and its bandwidth, in 10⁹ bytes a second.
    public record Slope(String name, double bandwidth) {}

    /// A loop: its group, its name, its operations a byte and what it reached, in 10⁹ operations a second.
    public record Point(String group, String name, double intensity, double rate) {
        private boolean isDrawn() {
            return intensity > 0 && rate > 0 && intensity < Double.POSITIVE_INFINITY && rate < Double.POSITIVE_INFINITY;
        }
    }

    private static final double WIDTH = 860;
    private static final double HEIGHT = 430;
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double LEGEND_ROW = 18;
    // Forms of points around (0, 0), so that groups differ where colours do not.
    private static final List<String> FORMS = List.of("m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", "m-4 -4h8v8h-8z",
        "m0 -5l5 9h-10z", "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z", "m0 5l5 -9h-10z",
            "m-5 -1.7h3.3v-3.3h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3z",
        "m-5.5 0l5.5 -3l5.5 3l-5.5 3z", "m0 -5.5l3 5.5l-3 5.5l-3 -5.5z");

    /// Keeps its own copies of the lists. Throws [IllegalArgumentException] unless peak and bandwidths are finite and above 0.
    public Roofline {
        slopes = List.copyOf(slopes);
        points = List.copyOf(points);
        requirePositive("the peak", peak);
        for (var slope : slopes) requirePositive("the bandwidth of " + slope.name, slope.bandwidth);
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Roofline: " + what + " is " + value + "; give a finite number above 0");
        }
    }

    /// A roof of this peak, in 10⁹ operations a second, without slopes and points yet.
    public static Roofline of(String title, double peak) {
        return new Roofline(title, peak, List.of(), List.of());
    }

    /// The roof with one more slope; bandwidth in 10⁹ bytes a second.
    public Roofline slope(String name, double bandwidth) {
        var more = new ArrayList<>(slopes);
        more.add(new Slope(name, bandwidth));
        return new Roofline(title, peak, more, points);
    }

    /// The chart with one more point: operations a byte, and 10⁹ operations a second.
    public Roofline point(String group, String name, double intensity, double rate) {
        var more = new ArrayList<>(points);
        more.add(new Point(group, name, intensity, rate));
        return new Roofline(title, peak, slopes, more);
    }

    /// The chart as an element for a page.
    public String svg() {
        var drawn = points.stream().filter(Point::isDrawn).toList();
        var groups = drawn.stream().map(Point::group).distinct().toList();
        var x = Axis.over("operations a byte", true, List.of(drawn.stream().mapToDouble(Point::intensity).toArray(), ridges()),
            8);
        var y = Axis.over("10⁹ operations a second", true,
            List.of(drawn.stream().mapToDouble(Point::rate).toArray(), new double[] {peak}), 8);
        double bottom = TOP + HEIGHT;
        double span = WIDTH - LEFT - RIGHT;
        var legend = Legend.of(groups, span);
        var svg = new Svg(WIDTH, bottom + 52 + legend.rows() * LEGEND_ROW, title, description(drawn));
        for (double tick : y.ticks()) {
            double down = bottom - y.at(tick) * HEIGHT;
            svg.line(LEFT, down, WIDTH - RIGHT, down, Svg.RULE);
            svg.text(LEFT - 6, down + 4, "end", Svg.FAINT, number(tick, 6));
        }
        for (double tick : x.ticks()) {
            double across = LEFT + x.at(tick) * span;
            svg.line(across, TOP, across, bottom, Svg.RULE);
            svg.text(across, bottom + 17, "middle", Svg.FAINT, number(tick, 6));
        }
        svg.text(LEFT + span / 2, bottom + 34, "middle", Svg.INK, x.title());
        svg.upright(14, TOP + HEIGHT / 2, Svg.INK, y.title());
        roof(svg, x, y, span);
        for (var point : drawn) {
            int group = groups.indexOf(point.group);
            svg.shape("M" + place(point, x, y, span) + FORMS.get(group % FORMS.size()), Markup.colour(group), point.group + ", "
                + point.name + ": " + number(point.rate, 3) + " at " + number(point.intensity, 3) + " a byte");
        }
        for (int i = 0; i < groups.size(); i++) {
            double across = LEFT + legend.x(i);
            double down = bottom + 56 + legend.row(i) * LEGEND_ROW;
            svg.shape("M" + at(across + 8) + " " + at(down - 4) + FORMS.get(i % FORMS.size()), Markup.colour(i), "");
            svg.text(across + 20, down, "start", Svg.INK, groups.get(i));
        }
        return svg.inline();
    }

    /// The chart as a file of its own.
    public String file() {
        return Svg.file(svg());
    }

    /// Where slopes meet the peak.
    private double[] ridges() {
        return slopes.stream().mapToDouble(slope -> peak / slope.bandwidth).toArray();
    }

    private void roof(Svg svg, Axis x, Axis y, double span) {
        double bottom = TOP + HEIGHT;
        double level = bottom - y.at(peak) * HEIGHT;
        double fastest = slopes.stream().mapToDouble(Slope::bandwidth).max().orElse(Double.POSITIVE_INFINITY);
        double from = LEFT + x.at(peak / fastest) * span;
        svg.path("M" + at(from) + " " + at(level) + "H" + at(WIDTH - RIGHT), Svg.INK, 2, "", "peak: " + number(peak, 3));
        svg.text(WIDTH - RIGHT - 4, level - 6, "end", Svg.INK, "peak " + number(peak, 3));
        for (var slope : slopes) {
            // From where the slope enters the plot, at its left or lower edge, to the peak.
            double enters = Math.max(x.low(), y.low() / slope.bandwidth);
            double x1 = LEFT + x.at(enters) * span;
            double y1 = bottom - y.at(enters * slope.bandwidth) * HEIGHT;
            double x2 = LEFT + x.at(peak / slope.bandwidth) * span;
            if (x2 <= x1) continue;
            svg.path("M" + at(x1) + " " + at(y1) + "L" + at(x2) + " " + at(level), Svg.FAINT, 1.5, "", slope.name + ": "
                + number(slope.bandwidth, 3) + " GB/s");
            double angle = StrictMath.toDegrees(StrictMath.atan2(level - y1, x2 - x1));
            svg.along(x1 + (x2 - x1) * 0.04, y1 + (level - y1) * 0.04, angle, Svg.FAINT,
                slope.name + " " + number(slope.bandwidth, 3) + " GB/s");
        }
    }

    private static String place(Point point, Axis x, Axis y, double span) {
        return at(LEFT + x.at(point.intensity) * span) + " " + at(TOP + HEIGHT - y.at(point.rate) * HEIGHT);
    }

    private String description(List<Point> drawn) {
        return "Roofline of a peak of " + number(peak, 3) + "e9 operations a second"
            + slopes.stream().map(s -> ", " + s.name + " " + number(s.bandwidth, 3) + " GB/s").collect(Collectors.joining())
                + ". "
            + drawn.stream().map(p -> p.name + " " + number(p.rate, 3)).collect(Collectors.joining("; ")) + ".";
    }
}
