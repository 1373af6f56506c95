package keel.nn.report;

import static keel.nn.report.Markup.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Horizontal bars, one row per name and one bar per group in it: layers and their gradient norms at the start and at the end,
/// say. SVG that reads in light and dark.
///
/// Every bar has its value written behind it, so that zero, NaN and infinity show as what they are.
public record BarChart(String title, String valueLabel, boolean logarithmic, List<String> names, List<Group> groups) {
    /// One bar in each row: `values[i]` belongs to name `i`.
    public record Group(String name, double[] values) {
        /// Keeps its own copy of the values.
        public Group {
            values = values.clone();
        }
    }

    private static final double WIDTH = 760;
    private static final double TOP = 30;
    private static final double BAR = 11;
    private static final double GAP = 7;
    private static final double CHARACTER = 7.4;
    private static final double VALUE_WIDTH = 64;

    /// Throws [IllegalArgumentException] if a group has not one value for each name.
    public BarChart {
        names = List.copyOf(names);
        groups = List.copyOf(groups);
        for (var group : groups) {
            if (group.values.length != names.size()) {
                throw new IllegalArgumentException("BarChart: group " + group.name + " has " + group.values.length
                    + " values for " + names.size() + " names; give one for each");
            }
        }
    }

    /// A chart without bars yet.
    public static BarChart of(String title, String valueLabel, List<String> names) {
        return new BarChart(title, valueLabel, false, names, List.of());
    }

    /// The chart with a logarithmic value axis.
    public BarChart withLog() {
        return new BarChart(title, valueLabel, true, names, groups);
    }

    /// The chart with one more bar in each row. Throws [IllegalArgumentException] unless there is one value for each name.
    public BarChart add(String group, double... values) {
        var more = new ArrayList<>(groups);
        more.add(new Group(group, values));
        return new BarChart(title, valueLabel, logarithmic, names, more);
    }

    /// The chart as an element for a page.
    public String svg() {
        double left = 8 + CHARACTER * names.stream().mapToInt(String::length).max().orElse(0);
        double span = WIDTH - left - VALUE_WIDTH;
        var axis = Axis.over(valueLabel, logarithmic, data(), 6);
        double row = BAR * Math.max(1, groups.size()) + GAP;
        double bottom = TOP + row * names.size();
        var legend = Legend.of(groups.stream().map(Group::name).toList(), WIDTH);
        var svg = new Svg(WIDTH, bottom + 44 + legend.rows() * 18, title, description(axis));
        for (double tick : axis.ticks()) {
            double x = left + axis.at(tick) * span;
            svg.line(x, TOP, x, bottom, Svg.RULE);
            svg.text(x, bottom + 15, "middle", Svg.FAINT, number(tick, 6));
        }
        svg.text(left + span / 2, bottom + 32, "middle", Svg.INK, axis.title());
        for (int i = 0; i < names.size(); i++) {
            double y = TOP + i * row + GAP / 2;
            svg.text(left - 6, y + (row - GAP) / 2 + 4, "end", Svg.INK, names.get(i));
            for (int g = 0; g < groups.size(); g++) bar(svg, axis, left, span, y + g * BAR, i, g);
        }
        for (int g = 0; g < groups.size(); g++) {
            double y = bottom + 52 + legend.row(g) * 18;
            svg.rect(legend.x(g), y - 10, 24, BAR, Markup.colour(g), 1, "");
            svg.text(legend.x(g) + 30, y, "start", Svg.INK, groups.get(g).name);
        }
        return svg.inline();
    }

    /// The chart as a file of its own.
    public String file() {
        return Svg.file(svg());
    }

    private void bar(Svg svg, Axis axis, double left, double span, double y, int i, int g) {
        double value = groups.get(g).values[i];
        double zero = logarithmic ? 0 : axis.at(0);
        double end = Double.isFinite(value) ? axis.at(value) : zero;
        double from = left + Math.min(zero, end) * span;
        var hint = names.get(i) + ", " + groups.get(g).name + ": " + number(value, 4);
        svg.rect(from, y, Math.abs(end - zero) * span, BAR - 1, Markup.colour(g), 1, hint);
        svg.text(left + Math.max(zero, end) * span + 4, y + BAR - 2, "start", Svg.FAINT, number(value, 2), 10);
    }

    // Bars start at 0, so a linear axis shows it; a logarithmic one begins a decade below the smallest bar, so that it is seen.
    private List<double[]> data() {
        var data = new ArrayList<>(groups.stream().map(Group::values).toList());
        double smallest = data.stream().flatMapToDouble(Arrays::stream).filter(v -> v > 0).min().orElse(1);
        data.add(new double[] {logarithmic ? smallest / 10 : 0});
        return data;
    }

    private String description(Axis axis) {
        return "Bar chart of " + axis.title() + " for " + names.size() + " rows. "
            + groups.stream().map(group -> group.name + extremes(group)).collect(Collectors.joining("; ")) + ".";
    }

    private String extremes(Group group) {
        if (names.isEmpty()) return "";
        double first = group.values[0];
        double last = group.values[names.size() - 1];
        return ": " + number(first, 3) + " for " + names.getFirst() + ", " + number(last, 3) + " for " + names.getLast();
    }
}
