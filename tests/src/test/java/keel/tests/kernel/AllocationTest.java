package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import keel.kernel.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vector that C2 fails to keep in a register is allocated: so a hot loop that is compiled well allocates nothing. In a JVM of
/// its own, as a program is: what a thousand tests before it taught the compiler is another matter in every run.
class AllocationTest {
    @TempDir
    private Path folder;

    @Test
    void hotLoopsAllocateNothingOnceCompiled() throws IOException, InterruptedException {
        assumeTrue(Backend.simd(), "plain kernels have no vectors to allocate");
        var out = folder.resolve("out");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-modules=jdk.incubator.vector", "-Dkeel.threads=1", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AllocationProbe.class.getName()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running");
        var lines = Files.readAllLines(out);
        assertEquals("0 allocate []", lines.getLast(), () -> String.join("\n", lines));
    }
}
