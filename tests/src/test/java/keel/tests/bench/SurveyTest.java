package keel.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import keel.bench.Main;
import keel.kernel.Backend;
import keel.kernel.Parallel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `keel bench` on one kernel: the table, the page and the numbers say the same.
class SurveyTest {
    @TempDir
    private Path folder;

    @Test
    void oneKernelIsMeasuredPrintedDrawnAndWritten() throws IOException {
        assumeTrue(Backend.simd(), "plain kernels have no peak to compare with");
        int threads = Parallel.threads();
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "bench", "--quick", "--only", "sum 1e3",
            "--out",
            folder.toString());
        assertEquals(0, code, err::toString);
        assertEquals(threads, Parallel.threads());
        assertEquals(1, out.toString().lines().filter(line -> line.startsWith("sum 1e3 ")).count(), out.toString());
        var page = Files.readString(folder.resolve("index.html"));
        assertTrue(page.contains("reductions, sum 1e3") && page.contains("prefers-color-scheme:dark"), page);
        var json = Files.readString(folder.resolve("bench.json"));
        assertTrue(json.contains("\"name\": \"sum 1e3\"") && json.contains("\"allocatedBytes\": 0.0"), json);
    }

    @Test
    void withoutVectorsThereIsNothingToCompareWith() {
        assumeTrue(!Backend.simd(), "vectors run here");
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "bench", "--out", folder.toString());
        assertEquals(1, code);
        assertTrue(err.toString().startsWith("keel bench: there is no peak to compare with, plain kernels"), err.toString());
    }

    @Test
    void withoutPeersItSaysWhereToGetSome() {
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), "bench", "--peers", "--python",
            "none",
            "--out", folder.toString());
        assertEquals(1, code);
        assertEquals("no PyTorch: left out", err.toString().lines().toList().getFirst());
        assertTrue(err.toString().contains("--python, or build with the Maven profile peers"), err.toString());
    }

    /// A stand-in for Python that speaks the script's language and claims a millisecond for every call.
    @Test
    void aPeerIsTimedInTurnWithOursAndItsRatioIsTheQuotientOfTheTimes() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
        var python = Files.writeString(folder.resolve("python"), """
            #!/bin/sh
            echo "torch stub"
            while read command rest; do
              set -- $rest
              case $command in make) echo "default fused" ;; time) echo $(( $2 * 1000000 )) ;; esac
            done
            """);
        assertTrue(python.toFile().setExecutable(true));
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "bench", "--peers", "--quick", "--families",
            "steps", "--only", "axpy 1e5", "--python", python.toString(), "--out", folder.toString());
        assertEquals(0, code, err::toString);
        assertTrue(out.toString().contains("against torch stub"), out.toString());
        var json = Files.readString(folder.resolve("peers.json"));
        double ours = number(json, "nanoseconds");
        assertEquals(1e6, number(json, "torch nanoseconds"));
        assertEquals(1e6 / ours, number(json, "torch fused by ours"), 1e-9 * 1e6 / ours);
        assertTrue(Files.readString(folder.resolve("peers.html")).contains("torch fused"));
    }

    private static double number(String json, String key) {
        return Double.parseDouble(json.replaceAll("(?s).*\"" + key + "\": ([-0-9.E]+).*", "$1"));
    }
}
