package keel.nn.report;

import static keel.nn.report.Markup.number;

import java.util.List;

/// A grid of coloured cells, one strip per row: a statistic of each layer over the steps of a run, say. SVG that reads in light
/// and dark.
///
/// Colour is distance from `neutral`: one hue above, another below, stronger the farther, measured in decades if logarithmic. A
/// cell whose value is not finite carries a cross, and one that is exactly 0 a ring, whatever its colour; hovering shows every
/// value.
public record HeatStrip(
    String title, String columnLabel, List<String> rows, List<String> columns, double[][] values, double neutral,
    boolean logarithmic) {
    private static final String COLD = "var(--keel-cold,#0b62a4)";
    private static final String HOT = "var(--keel-hot,#b5450d)";
    // So that a neutral cell is still seen.
    private static final double FAINTEST = 0.04;
    private static final double WIDTH = 760;
    private static final double TOP = 30;
    private static final double CELL_HEIGHT = 16;
    private static final double CHARACTER = 6.6;

    /// Throws [IllegalArgumentException] unless `values` has one array per row with one value per column,
    /// or if `neutral` ≤ 0 on a logarithmic scale.
    public HeatStrip {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.clone();
        for (int i = 0; i < values.length; i++) values[i] = values[i].clone();
        boolean fits = values.length == rows.size();
        for (var row : values) fits &= row.length == columns.size();
        if (!fits) {
            throw new IllegalArgumentException("HeatStrip: values do not fit " + rows.size() + " rows of " + columns.size()
                + " columns; give one for each");
        }
        if (logarithmic && !(neutral > 0)) {
            throw new IllegalArgumentException("HeatStrip: neutral is " + neutral + "; a logarithmic scale needs one above 0");
        }
    }

    /// A linear scale around 0.
    public static HeatStrip of(String title, String columnLabel, List<String> rows, List<String> columns, double[][] values) {
        return new HeatStrip(title, columnLabel, rows, columns, values, 0, false);
    }

    /// The strip coloured by decades above and below `neutral` > 0.
    public HeatStrip logAround(double neutral) {
        return new HeatStrip(title, columnLabel, rows, columns, values, neutral, true);
    }

    /// The strip as an element for a page.
    public String svg() {
        double left = 8 + CHARACTER * rows.stream().mapToInt(String::length).max().orElse(0);
        double cell = (WIDTH - left) / Math.max(1, columns.size());
        double bottom = TOP + CELL_HEIGHT * rows.size();
        double reach = reach();
        var svg = new Svg(WIDTH, bottom + 62, title, description());
        for (int i = 0; i < rows.size(); i++) {
            double y = TOP + i * CELL_HEIGHT;
            svg.text(left - 6, y + 12, "end", Svg.INK, rows.get(i));
            for (int j = 0; j < columns.size(); j++) cell(svg, left + j * cell, y, cell, i, j, reach);
        }
        int every = Math.max(1, (int) Math.ceil(48 / cell));
        for (int j = 0; j < columns.size(); j += every) {
            svg.text(left + (j + 0.5) * cell, bottom + 14, "middle", Svg.FAINT, columns.get(j));
        }
        svg.text(left + (WIDTH - left) / 2, bottom + 30, "middle", Svg.INK, columnLabel);
        scale(svg, left, bottom + 40, reach);
        return svg.inline();
    }

    /// The strip as a file of its own.
    public String file() {
        return Svg.file(svg());
    }

    private void cell(Svg svg, double x, double y, double width, int i, int j, double reach) {
        double value = values[i][j];
        double from = distance(value);
        double strength = Double.isNaN(from) ? 0 : Math.clamp(Math.abs(from) / reach, 0.0, 1.0);
        var hint = rows.get(i) + ", " + columns.get(j) + ": " + number(value, 4);
        svg.rect(x, y, Math.max(width - 0.5, 0.5), CELL_HEIGHT - 0.5, from < 0 ? COLD : HOT, opacity(strength), hint);
        var middle = "M" + Markup.at(x + width / 2) + " " + Markup.at(y + CELL_HEIGHT / 2);
        if (!Double.isFinite(value)) svg.path(middle + "m-3 -3l6 6m0 -6l-6 6", Svg.INK, 1.5, "", "");
        else if (value == 0) svg.path(middle + "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0", Svg.INK, 1, "", "");
    }

    private void scale(Svg svg, double left, double y, double reach) {
        int steps = 11;
        for (int k = 0; k < steps; k++) {
            double from = 2.0 * k / (steps - 1) - 1;
            svg.rect(left + k * 14, y, 14, 10, from < 0 ? COLD : HOT, opacity(Math.abs(from)), "");
        }
        var range = number(undistance(-reach), 3) + " … " + number(neutral, 3) + " … " + number(undistance(reach), 3);
        svg.text(left + steps * 14 + 8, y + 9, "start", Svg.FAINT, range + "; × not finite, ○ zero");
    }

    private static double opacity(double strength) {
        return FAINTEST + (1 - FAINTEST) * strength;
    }

    private double distance(double value) {
        return logarithmic ? StrictMath.log10(value / neutral) : value - neutral;
    }

    private double undistance(double distance) {
        return logarithmic ? neutral * StrictMath.pow(10, distance) : neutral + distance;
    }

    // The largest finite distance has full colour.
    private double reach() {
        double reach = 0;
        for (var row : values) {
            for (double value : row) {
                double distance = Math.abs(distance(value));
                if (Double.isFinite(distance)) reach = Math.max(reach, distance);
            }
        }
        return reach > 0 ? reach : 1;
    }

    private String description() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int broken = 0;
        for (var row : values) {
            for (double value : row) {
                if (!Double.isFinite(value)) broken++;
                low = Double.isFinite(value) ? Math.min(low, value) : low;
                high = Double.isFinite(value) ? Math.max(high, value) : high;
            }
        }
        return "Heat strip of " + rows.size() + " rows over " + columns.size() + " columns of " + columnLabel
            + (low <= high ? ", values from " + number(low, 3) + " to " + number(high, 3) : "")
            + (broken > 0 ? ", " + broken + " not finite" : "") + ".";
    }
}
