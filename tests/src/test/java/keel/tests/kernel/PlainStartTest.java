package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While the loops for vectors are not compiled, products change from plain loops to them row by row, other kernels call by call:
/// the bits stay those of the plain kernels all the time.
class PlainStartTest {
    private static final String SIMD = "--add-modules=jdk.incubator.vector";

    @TempDir
    private Path folder;

    @Test
    void kernelsAreTheSameFromTheFirstOneOn() throws IOException, InterruptedException {
        assumeFalse("plain".equals(System.getProperty("keel.expect")), "the run with SIMD starts the same JVMs");
        assertEquals("0 wrong", start("-Dkeel.vector.bits=512", "2"));
        assertEquals("0 wrong", start("-Dkeel.vector.bits=256", "1"));
    }

    @Test
    void theyAreTheSameWithVectorsFromTheFirstOneOn() throws IOException, InterruptedException {
        assumeFalse("plain".equals(System.getProperty("keel.expect")), "the run with SIMD starts the same JVMs");
        assertEquals("0 wrong in 3 rounds", ForkedJvm.run(folder, List.of(SIMD, "-Dkeel.plain.start=false"), PlainStart.class,
            "0", "2").out().strip());
    }

    private String start(String bits, String threads) throws IOException, InterruptedException {
        return ForkedJvm.run(folder, List.of(SIMD, bits), PlainStart.class, "1500", threads).out().strip();
    }
}
