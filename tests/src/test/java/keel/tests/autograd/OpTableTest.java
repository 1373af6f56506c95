package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import keel.tests.autograd.OpTable.Row;
import keel.tests.conformance.Supported;
import keel.tests.docs.Page;
import org.junit.jupiter.api.Test;

/// The table of operations in the docs, and that nothing in it is missing.
class OpTableTest {
    private static final String HEAD = """
        # Operations

        Every public operation of `keel.autograd`. This page is read off the compiled classes; a test fails where it is not
        current, and where an operation has no entry among those that are checked. It is written by

        ```
        ./mvnw -o verify -Dtest=OpTableTest -Dsurefire.failIfNoSpecifiedTests=false -Dkeel.docs.update=true
        ```

        - *shapes*: of the inputs and the result of the first of its entries;
        - *derivatives*: the records that the operation, or what it is made of, can leave in the graph;
        - *twice*: a check of the second derivative of all its entries against differences says yes; *linear* where the first is
          constant, and the second 0;
        - *checked as*: its entries in the registry (`keel.tests.autograd.Operations`). Each entry is tried with random shapes and
          values, for the first and for the second derivative alike: about %d times in every build (`GradientProperties`: %d
          tries of each property, an eighth of the entries each), and %,d times with `-Dkeel.slow=true` (`GradientSweepTest`);
        - *cases*: of the [conformance](conformance.md) suite whose translation calls it, or can, depending on their arguments:
          passed, but for the deviations listed there.

        %d operations, %d records of derivatives, %d entries: %,d tries of first and second derivatives each in the long run.
        """;

    @Test
    void thePageIsCurrentAndEveryOperationIsCheckedTwice() {
        var rows = new OpTable(Supported.byCall()).rows();
        assertTrue(rows.size() > 200, "the operations were not found: " + rows.size());
        assertEquals(List.of(), rows.stream().filter(r -> r.entries().isEmpty()).map(r -> r.owner() + "." + r.name()).toList(),
            "no entry calls these");
        assertEquals(List.of(), rows.stream().filter(r -> r.twice().startsWith("NO")).toList());
        Page.assertCurrent("ops.md", page(rows));
    }

    private static String page(List<Row> rows) {
        long records = rows.stream().flatMap(r -> r.records().stream()).distinct().count();
        int entries = Operations.ALL.size();
        var s = new StringBuilder(HEAD.formatted(GradientProperties.TRIES / GradientProperties.PARTS, GradientProperties.TRIES,
            GradientSweepTest.MANY, rows.size(), records, entries, (long) entries * GradientSweepTest.MANY));
        Map<String, List<Row>> byOwner = rows.stream().collect(Collectors.groupingBy(Row::owner, TreeMap::new,
            Collectors.toList()));
        byOwner.forEach((owner, of) -> {
            s.append("\n## ").append(owner).append("\n\n| operation | shapes | derivatives | twice | checked as | cases |\n")
                .append("|---|---|---|---|---|---:|\n");
            of.forEach(r -> s.append("| `").append(r.name()).append("` | ").append(r.shapes()).append(" | ")
                .append(some(r.records(), 4)).append(" | ").append(r.twice()).append(" | ")
                .append(some(r.entries().stream().map(Object::toString).toList(), 2)).append(" | ").append(r.cases())
                .append(" |\n"));
        });
        return s.toString();
    }

    private static String some(List<String> all, int most) {
        var few = all.stream().limit(most).collect(Collectors.joining("; ")).replace("|", "\\|");
        return all.size() > most ? few + " +" + (all.size() - most) : few;
    }
}
