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
public record LineChart(
    String title, String xLabel, String yLabel, boolean logX, boolean logY, List<Series> series, Frame frame) {
    /// What surrounds the lines.
    ///
    /// @param width  of the whole, in pixels
    /// @param height of the plot between the axes
    /// @param low    where the y axis begins, NaN: where the values do
    /// @param high   where it ends; what lies outside is drawn on the edge
    /// @param legend whether the names of the lines stand below
    public record Frame(double width, double height, double low, double high, boolean legend) {
        private static final Frame USUAL = new Frame(760, 280, Double.NaN, Double.NaN, true);
    }

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

    private static final double LEFT = 64;
    private static final double LEFT_WITHOUT_LABEL = 44;
    private static final double RIGHT = 12;
    private static final double TOP = 30;
    private static final double LEGEND_ROW = 18;
    // Room that a tick and its number take.
    private static final double X_TICK = 90;
    private static final double Y_TICK = 36;
    private static final List<String> DASHES = List.of("", "7 3", "2 3", "9 3 2 3");

    /// Keeps its own copy of the list.
    public LineChart {
        series = List.copyOf(series);
    }

    /// An empty chart with linear axes.
    public static LineChart of(String title) {
        return new LineChart(title, "x", "y", false, false, List.of(), Frame.USUAL);
    }

    /// The chart with these axis labels.
    public LineChart axes(String x, String y) {
        return new LineChart(title, x, y, logX, logY, series, frame);
    }

    /// The chart with a logarithmic x axis.
    public LineChart withLogX() {
        return new LineChart(title, xLabel, yLabel, true, logY, series, frame);
    }

    /// The chart with a logarithmic y axis.
    public LineChart withLogY() {
        return new LineChart(title, xLabel, yLabel, logX, true, series, frame);
    }

    /// The chart this wide in all and this high between its axes, in pixels; 760 × 280 if not given.
    public LineChart sized(double width, double height) {
        return with(new Frame(width, height, frame.low, frame.high, frame.legend));
    }

    /// The chart with a y axis that shows these values whatever the lines do, so that charts can be compared; what lies outside
    /// is drawn on the edge.
    ///
    /// Throws [IllegalArgumentException] unless `low` < `high`, both finite, and above 0 on a logarithmic axis.
    public LineChart withYRange(double low, double high) {
        if (!(low < high && Double.isFinite(high - low) && (low > 0 || !logY))) {
            throw new IllegalArgumentException("LineChart.withYRange: " + low + " to " + high + " is no range of "
                + (logY ? "a logarithmic axis; give 0 < low < high" : "an axis; give finite low < high"));
        }
        return with(new Frame(frame.width, frame.height, low, high, frame.legend));
    }

    /// The chart without names below it, where the text around says what the lines are.
    public LineChart withoutLegend() {
        return with(new Frame(frame.width, frame.height, frame.low, frame.high, false));
    }

    private LineChart with(Frame frame) {
        return new LineChart(title, xLabel, yLabel, logX, logY, series, frame);
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
        return new LineChart(title, xLabel, yLabel, logX, logY, more, frame);
    }

    /// The chart as an element for a page.
    public String svg() {
        double left = yLabel.isEmpty() ? LEFT_WITHOUT_LABEL : LEFT;
        double right = frame.width - RIGHT;
        double bottom = TOP + frame.height;
        var x = Axis.over(xLabel, logX, series.stream().map(Series::xs).toList(), (int) (frame.width / X_TICK));
        var y = yAxis(Math.max(2, (int) (frame.height / Y_TICK)));
        var names = frame.legend ? series.stream().map(Series::name).toList() : List.<String>of();
        var legend = Legend.of(names, right - left);
        double below = xLabel.isEmpty() ? 24 : 44;
        var svg = new Svg(frame.width, bottom + below + legend.rows() * LEGEND_ROW, title, description(x, y));
        for (double tick : y.ticks()) {
            double at = bottom - y.at(tick) * frame.height;
            svg.line(left, at, right, at, Svg.RULE);
            svg.text(left - 6, at + 4, "end", Svg.FAINT, number(tick, 6));
        }
        for (double tick : x.ticks()) {
            double at = left + x.at(tick) * (right - left);
            svg.line(at, bottom, at, bottom + 4, Svg.FAINT);
            svg.text(at, bottom + 17, "middle", Svg.FAINT, number(tick, 6));
        }
        svg.line(left, bottom, right, bottom, Svg.FAINT);
        svg.text((left + right) / 2, bottom + 34, "middle", Svg.INK, xLabel.isEmpty() ? "" : x.title());
        if (!yLabel.isEmpty()) svg.upright(12, TOP + frame.height / 2, Svg.INK, y.title());
        for (int i = 0; i < series.size(); i++) draw(svg, x, y, left, series.get(i), i);
        for (int i = 0; i < names.size(); i++) {
            double lx = left + legend.x(i);
            double ly = bottom + below + 8 + legend.row(i) * LEGEND_ROW;
            svg.path("M" + at(lx) + " " + at(ly - 4) + "h24", Markup.colour(i), 2, dash(i), "");
            svg.text(lx + 30, ly, "start", Svg.INK, names.get(i));
        }
        return svg.inline();
    }

    private Axis yAxis(int ticks) {
        return Double.isNaN(frame.low) ? Axis.over(yLabel, logY, series.stream().map(Series::ys).toList(), ticks)
            : Axis.over(yLabel, logY, List.of(new double[] {frame.low, frame.high}), ticks);
    }

    /// The chart as a file of its own.
    public String file() {
        return Svg.file(svg());
    }

    private void draw(Svg svg, Axis x, Axis y, double left, Series line, int i) {
        double bottom = TOP + frame.height;
        double width = frame.width - RIGHT - left;
        var d = new StringBuilder();
        var crosses = new StringBuilder();
        boolean down = false;
        for (int k = 0; k < line.xs.length; k++) {
            if (!line.isFinite(k)) {
                down = false;
                continue;
            }
            var point = at(left + x.at(line.xs[k]) * width) + " " + at(bottom - y.at(line.ys[k]) * frame.height);
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
