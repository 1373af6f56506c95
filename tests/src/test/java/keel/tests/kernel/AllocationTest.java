package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        var flags = List.of("--add-modules=jdk.incubator.vector", "-Dkeel.threads=1",
            "-Dkeel.vector.bits=" + Backend.vectorBits());
        assertEquals("0 allocate []", ForkedJvm.run(folder, flags, AllocationProbe.class).out().strip());
    }
}
