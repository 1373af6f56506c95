package keel.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.TreeSet;
import java.util.stream.Collectors;
import keel.tests.conformance.Outcome.Kind;
import keel.tests.docs.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every case of a folder: none fails, and nothing that was supported stops being so.
class ConformanceTest {
    private static Report report;

    @BeforeAll
    static void runAll() {
        report = new Report(new Runner(Table.all()).run(Suite.read()));
        if (Suite.isShipped() && Page.isUpdated()) Supported.write(report);
    }

    @Test
    void noCaseFails() {
        var failed = report.lines(Kind.FAILED);
        if (!failed.isEmpty()) fail(failed.size() + " failed:\n" + String.join("\n", failed));
    }

    @Test
    void whatWasSupportedStillIs() {
        var now = report.supported();
        var inFolder = report.outcomes().stream().map(o -> o.of().family() + "\t" + o.of().call()).collect(Collectors.toSet());
        var lost = new TreeSet<String>();
        for (var line : Supported.lines()) {
            var call = line.substring(0, line.lastIndexOf('\t'));
            long cases = Suite.isShipped() ? Long.parseLong(line.substring(line.lastIndexOf('\t') + 1))
                : inFolder.contains(call) ? 1 : 0;
            if (now.getOrDefault(call, 0L) < cases) lost.add(call + ": " + now.getOrDefault(call, 0L) + " cases of " + cases);
        }
        assertEquals(new TreeSet<>(), lost);
    }

    @Test
    void thePageInTheDocsIsCurrent() {
        assumeTrue(Suite.isShipped());
        Page.assertCurrent("conformance.md", report.page());
    }

    /// Prints what failed or passed by alternative only, and the counts.
    public static void main(String... args) {
        var report = new Report(new Runner(Table.all()).run(Suite.read()));
        report.lines(Kind.FAILED).forEach(System.out::println);
        report.lines(Kind.ALTERNATIVE).forEach(System.out::println);
        System.out.println(report.page());
    }
}
