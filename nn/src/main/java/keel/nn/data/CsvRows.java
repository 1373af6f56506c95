package keel.nn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.io.FileFormatException;

/// Reads one table, row by row.
final class CsvRows {
    private final Csv csv;
    private final String name;
    private final BufferedReader reader;

    private int line; // of the row being read, from 1
    private int lines; // read so far
    private List<String> columns; // null before the first row
    private int special;
    private float[] values = new float[1024];
    private int count;
    private final Map<String, Integer> classes = new LinkedHashMap<>();
    private int[] labels = new int[64];
    private float[] targets = new float[64];
    private int rows;

    CsvRows(Csv csv, String name, BufferedReader reader) {
        this.csv = csv;
        this.name = name;
        this.reader = reader;
    }

    Csv.Table read() throws IOException {
        for (var row = row(); row != null; row = row()) {
            if (columns == null) {
                begin(row);
                if (csv.header()) continue;
            }
            add(row);
        }
        if (rows == 0) throw new FileFormatException(name + ": it has no rows" + (columns == null ? "" : " after its header"));
        var names = new ArrayList<>(columns);
        names.remove(special);
        var x = NdArray.of(Shape.of(rows, names.size()), Arrays.copyOf(values, count));
        if (csv.targets()) {
            return new Csv.Table(names, new Dataset(x, NdArray.of(Shape.of(rows, 1), Arrays.copyOf(targets, rows))), List.of());
        }
        var sorted = sorted(classes.keySet().stream().toList());
        var place = new int[sorted.size()];
        for (int i = 0; i < place.length; i++) place[classes.get(sorted.get(i))] = i;
        var y = IntStream.range(0, rows).map(i -> place[labels[i]]).toArray();
        return new Csv.Table(names, new Dataset(x, NdArray.of(y)), sorted);
    }

    private static List<String> sorted(List<String> classes) {
        if (!classes.stream().allMatch(c -> c.matches("[+-]?\\d{1,18}"))) return classes.stream().sorted().toList();
        return classes.stream().sorted((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b))).toList();
    }

    private void begin(List<String> first) {
        columns = csv.header() ? first.stream().map(String::strip).toList()
            : IntStream.rangeClosed(1, first.size()).mapToObj(Integer::toString).toList();
        special = csv.column() == null ? columns.size() - 1 : columns.indexOf(csv.column());
        if (special < 0) {
            throw wrong("there is no column \"" + csv.column() + "\"; there are " + String.join(", ", columns));
        }
        if (csv.header() && columns.stream().distinct().count() < columns.size()) {
            throw wrong("two columns have one name, of " + String.join(", ", columns) + "; give each its own");
        }
    }

    private void add(List<String> row) {
        if (row.size() != columns.size()) {
            throw wrong("it has " + row.size() + " fields, the table has " + columns.size() + " columns; is \"" + csv.separator()
                + "\" the separator?");
        }
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, 2 * rows);
            targets = Arrays.copyOf(targets, 2 * rows);
        }
        for (int i = 0; i < row.size(); i++) {
            if (i != special) {
                if (count == values.length) values = Arrays.copyOf(values, Math.multiplyExact(2, count));
                values[count++] = number(row.get(i), i);
            } else if (csv.targets()) {
                targets[rows] = number(row.get(i), i);
            } else {
                if (row.get(i).isBlank()) throw wrong(at(i) + " is empty; every row needs a label");
                labels[rows] = classes.computeIfAbsent(row.get(i).strip(), _ -> classes.size());
            }
        }
        rows++;
    }

    private float number(String field, int column) {
        if (field.isBlank()) {
            if (csv.emptyIsNan()) return Float.NaN;
            throw wrong(at(column) + " is empty; fill it, or read with emptyAsNan()");
        }
        try {
            return Float.parseFloat(field.strip());
        } catch (NumberFormatException e) {
            throw new FileFormatException(name + ", line " + line + ": " + at(column) + " is \"" + shortened(field)
                + "\", which is no number; name the column of labels, or turn it into numbers", e);
        }
    }

    private String at(int column) {
        return "column " + (column + 1) + (csv.header() ? " (" + columns.get(column) + ")" : "");
    }

    private static String shortened(String field) {
        return field.length() <= 40 ? field : field.substring(0, 40) + "…";
    }

    private FileFormatException wrong(String what) {
        return new FileFormatException(name + ", line " + line + ": " + what);
    }

    // The fields of the next row that is not empty; null at the end. One row may go over several lines.
    private List<String> row() throws IOException {
        String text = next();
        while (text != null && text.isBlank()) text = next();
        if (text == null) return null;
        line = lines;
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; ; i++) {
            if (i == text.length()) {
                if (!quoted) break;
                text = next();
                if (text == null) throw wrong("a quote opens in it and never closes");
                field.append('\n');
                i = -1;
                continue;
            }
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"' && (quoted || field.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == csv.separator() && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private String next() throws IOException {
        var text = reader.readLine();
        if (text == null) return null;
        lines++;
        return lines == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text; // a byte order mark
    }
}
