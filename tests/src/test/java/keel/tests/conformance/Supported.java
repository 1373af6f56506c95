package keel.tests.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keel.tests.docs.Page;

/// The committed list of calls that are supported: family, call and number of cases, a line each.
public final class Supported {
    private static final Path FILE = Path.of("src/test/resources/keel/tests/conformance/supported.txt");

    private Supported() {}

    /// The number of supported cases of each call of the shipped suite. When pages are written, what runs now and not what is
    /// committed.
    public static Map<String, Long> byCall() {
        if (Suite.isShipped() && Page.isUpdated()) write(new Report(new Runner(Table.all()).run(Suite.read())));
        return lines().stream().map(line -> line.split("\t"))
            .collect(Collectors.toMap(p -> p[1], p -> Long.parseLong(p[2]), Long::sum, TreeMap::new));
    }

    static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Report report) {
        try {
            Files.writeString(FILE, report.supported().entrySet().stream().map(e -> e.getKey() + "\t" + e.getValue()
                + "\n").collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
