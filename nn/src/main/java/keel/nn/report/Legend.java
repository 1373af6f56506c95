package keel.nn.report;

import java.util.List;

/// Where the names of series stand below a chart: in columns as wide as the longest name.
record Legend(int columns, double columnWidth, int count) {
    // About the width of a character of the 12 px sans-serif face, and of the sample and gap beside it.
    private static final double CHARACTER = 6.6;
    private static final double SAMPLE = 46;

    static Legend of(List<String> names, double width) {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        double column = SAMPLE + CHARACTER * longest;
        int columns = Math.clamp((long) (width / column), 1, Math.max(1, names.size()));
        return new Legend(columns, width / columns, names.size());
    }

    int rows() {
        return Math.ceilDiv(count, columns);
    }

    double x(int i) {
        return i % columns * columnWidth;
    }

    int row(int i) {
        return i / columns;
    }
}
