package keel.nn.report;

import static keel.nn.report.Markup.at;
import static keel.nn.report.Markup.number;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Lines over a common pair of axes, drawn as SVG that reads in light and dark: colours come from the page's variables, dashes
/// tell lines apart where colours do not.
///
/// A value that is not finite ends its line with a cross: there the run broke. On a logarithmic axis a value ≤ 0 lies on the
/// lower edge.
///
/// ```java
/// var svg = LineChart.of("Training loss").axes("step", "loss").withLogY().add("He", losses).svg();
/// ```
public record LineChart(String title, String xLabel, String yLabel, boolean logX, boolean logY, List<Series> series) {
    /// One line: `ys[i]` over `xs[i]`.
    public record Series(String name, double[] xs, double[] ys) {
        /// Throws [IllegalArgumentException] if the lengths differ.
        public Series {
            if (xs.length != ys.length) {
                throw new IllegalArgumentException("LineChart: line " + name + " has " + xs.length + " xs and " + ys.length
                    + " ys; give as many of each");
            }
            xs = xs.clone();
            ys = ys.clone();
        }

        private boolean isFinite(int i) {
            return Double.isFinite(xs[i]) && Double.isFinite(ys[i]);
        }
    }

    private static final double WIDTH = 760;
    private static final double PLOT_HEIGHT = 280;
    private static final double LEFT = 64;
    private static final double RIGHT = 12;
    private static final double TOP = 30;
    private static final double LEGEND_ROW = 18;
    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");

    /// Keeps its own copy of the list.
    public LineChart {
        series = List.copyOf(series);
    }

    /// An empty chart with linear axes.
    public static LineChart of(String title) {
        return new LineChart(title, "x", "y", false, false, List.of());
    }

    /// The chart with these axis labels.
    public LineChart axes(String x, String y) {
        return new LineChart(title, x, y, logX, logY, series);
    }

    /// The chart with a logarithmic x axis.
    public LineChart withLogX() {
        return new LineChart(title, xLabel, yLabel, true, logY, series);
    }

    /// The chart with a logarithmic y axis.
    public LineChart withLogY() {
        return new LineChart(title, xLabel, yLabel, logX, true, series);
    }

    /// The chart with one more line, over 0, 1, 2, ….
    public LineChart add(String name, double... ys) {
        var xs = new double[ys.length];
        for (int i = 0; i < xs.length; i++) xs[i] = i;
        return add(name, xs, ys);
    }

    /// The chart with one more line. Throws [IllegalArgumentException] if the lengths differ.
    public LineChart add(String name, double[] xs, double[] ys) {
        var more = new ArrayList<>(series);
        more.add(new Series(name, xs, ys));
        return new LineChart(title, xLabel, yLabel, logX, logY, more);
    }

    /// The chart as an element for a page.
    public String svg() {
        var x = Axis.over(xLabel, logX, series.stream().map(Series::xs).toList(), 8);
        var y = Axis.over(yLabel, logY, series.stream().map(Series::ys).toList(), 6);
        var legend = Legend.of(series.stream().map(Series::name).toList(), WIDTH - LEFT - RIGHT);
        double bottom = TOP + PLOT_HEIGHT;
        var svg = new Svg(WIDTH, bottom + 44 + legend.rows() * LEGEND_ROW, title, description(x, y));
        for (double tick : y.ticks()) {
            double at = bottom - y.at(tick) * PLOT_HEIGHT;
            svg.line(LEFT, at, WIDTH - RIGHT, at, Svg.RULE);
            svg.text(LEFT - 6, at + 4, "end", Svg.FAINT, number(tick, 6));
        }
        for (double tick : x.ticks()) {
            double at = LEFT + x.at(tick) * (WIDTH - LEFT - RIGHT);
            svg.line(at, bottom, at, bottom + 4, Svg.FAINT);
            svg.text(at, bottom + 17, "middle", Svg.FAINT, number(tick, 6));
        }
        svg.line(LEFT, bottom, WIDTH - RIGHT, bottom, Svg.FAINT);
        svg.text((LEFT + WIDTH - RIGHT) / 2, bottom + 34, "middle", Svg.INK, x.title());
        svg.upright(12, TOP + PLOT_HEIGHT / 2, Svg.INK, y.title());
        for (int i = 0; i < series.size(); i++) {
            draw(svg, x, y, bottom, series.get(i), i);
            double lx = LEFT + legend.x(i);
            double ly = bottom + 52 + legend.row(i) * LEGEND_ROW;
            svg.path("M" + at(lx) + " " + at(ly - 4) + "h24", Markup.colour(i), 2, dash(i), "");
            svg.text(lx + 30, ly, "start", Svg.INK, series.get(i).name());
        }
        return svg.inline();
    }

    /// The chart as a file of its own.
    public String file() {
        return Svg.file(svg());
    }

    private static void draw(Svg svg, Axis x, Axis y, double bottom, Series line, int i) {
        var d = new StringBuilder();
        var crosses = new StringBuilder();
        boolean down = false;
        for (int k = 0; k < line.xs.length; k++) {
            if (!line.isFinite(k)) {
                down = false;
                continue;
            }
            var point = at(LEFT + x.at(line.xs[k]) * (WIDTH - LEFT - RIGHT)) + " " + at(bottom - y.at(line.ys[k]) * PLOT_HEIGHT);
            d.append(down ? "L" : "M").append(point);
            // A line of one point would be invisible: a short dash shows it.
            if (!down) d.append("h.5");
            down = true;
            if (k + 1 < line.xs.length && !line.isFinite(k + 1)) crosses.append("M").append(point).append("m-4 -4l8 8m0 -8l-8 8");
        }
        if (d.isEmpty()) return;
        svg.path(d.toString(), Markup.colour(i), 2, dash(i), line.name + ": " + ending(line));
        if (!crosses.isEmpty()) svg.path(crosses.toString(), Markup.colour(i), 2, "", line.name + ": not finite after this");
    }

    private static String dash(int i) {
        // Colour and dash together tell 32 lines apart.
        return DASHES.get((i + i / Markup.COLOURS) % DASHES.size());
    }

    private static String ending(Series line) {
        return line.ys.length == 0 ? "no values" : "ends at " + number(line.ys[line.ys.length - 1], 3);
    }

    private String description(Axis x, Axis y) {
        return "Line chart of " + y.title() + " against " + x.title() + ". "
            + series.stream().map(line -> line.name + " " + ending(line)).collect(Collectors.joining("; ")) + ".";
    }
}
