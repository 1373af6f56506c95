package keel.nn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import keel.nn.io.FileFormatException;

/// Tables of text, read line by line: numbers, and one column of labels or targets.
///
/// ```java
/// var iris = Csv.defaults().labels("species").read(Path.of("iris.csv"));
/// iris.data();    // Dataset: x F32 (150, 4), labels I32 (150)
/// iris.classes(); // [setosa, versicolor, virginica]
/// ```
///
/// Fields may stand in double quotes, with a quote doubled inside, and then hold separators and line ends (RFC 4180). Spaces
/// around a number do not count, nor do empty lines. What cannot be read is a [FileFormatException] that names line and column.
///
/// @param separator  between fields
/// @param header     whether the first line names the columns; otherwise they are called by their numbers, from 1
/// @param column     name of the column of labels or targets; null: the last
/// @param targets    whether that column holds numbers to be approached, not classes
/// @param emptyIsNan whether an empty field is NaN, not an error
public record Csv(char separator, boolean header, String column, boolean targets, boolean emptyIsNan) {
    /// Throws [IllegalArgumentException] for a separator that a field may begin with or a line ends with.
    public Csv {
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException("Csv: the separator cannot be a quote or a line end; give one such as ',' or ';'");
        }
    }

    /// What a table holds.
    ///
    /// @param columns names of the columns of `x`, in order
    /// @param data    `x (n, columns)` in F32, and `labels (n)` in I32 or targets `(n, 1)` in F32
    /// @param classes names of the labels 0, 1 …: in the order of their numbers if all are whole numbers, otherwise of the
    /// alphabet; empty
    ///                for targets
    public record Table(List<String> columns, Dataset data, List<String> classes) {
        /// Keeps copies of the lists.
        public Table {
            columns = List.copyOf(columns);
            classes = List.copyOf(classes);
        }
    }

    /// Commas, a header, classes in the last column, no empty fields.
    public static Csv defaults() {
        return new Csv(',', true, null, false, false);
    }

    /// The same with another separator.
    public Csv separator(char separator) {
        return new Csv(separator, header, column, targets, emptyIsNan);
    }

    /// The same for tables whose first line is data; columns are called `1`, `2` …
    public Csv withoutHeader() {
        return new Csv(separator, false, column, targets, emptyIsNan);
    }

    /// The same with classes, by any words, in this column.
    public Csv labels(String column) {
        return new Csv(separator, header, column, false, emptyIsNan);
    }

    /// The same with numbers to be approached in this column.
    public Csv targets(String column) {
        return new Csv(separator, header, column, true, emptyIsNan);
    }

    /// The same with empty fields as NaN.
    public Csv emptyAsNan() {
        return new Csv(separator, header, column, targets, true);
    }

    /// Reads a file in UTF-8.
    ///
    /// Throws [FileFormatException] that names file, line and column if it is no such table, [UncheckedIOException] if it
    /// cannot be read.
    public Table read(Path path) {
        try (var reader = Files.newBufferedReader(path)) {
            return new CsvRows(this, "Csv: " + path, reader).read();
        } catch (CharacterCodingException e) {
            throw new FileFormatException("Csv: " + path + ": it is no text in UTF-8; convert it first", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Csv: " + path + ": cannot be read, " + e + "; check the path and its permissions", e);
        }
    }

    /// Reads a table from anywhere; the reader stays open.
    ///
    /// Throws as [#read(Path)] does.
    public Table read(Reader reader) {
        try {
            return new CsvRows(this, "Csv", new BufferedReader(reader)).read();
        } catch (IOException e) {
            throw new UncheckedIOException("Csv: cannot be read, " + e, e);
        }
    }
}
