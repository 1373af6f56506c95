package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise of bits: every kernel, what is split over threads, and a training run of 50 steps give the same bits in JVMs of
/// every vector width and number of threads, on plain kernels, with fewer instructions, and on every tier of the compiler.
///
/// By default one JVM for each value of each of these; with the system property `keel.slow` all widths × threads × instruction
/// sets × collectors.
class WidthsTest {
    private static final String SIMD = "--add-modules=jdk.incubator.vector";
    /// Vectors from the first product on, however slow they are then.
    private static final String PROMPT = "-Dkeel.plain.start=false";
    private static final boolean SLOW = Boolean.getBoolean("keel.slow");
    private static final boolean X86 = System.getProperty("os.arch").matches("amd64|x86_64");

    @TempDir
    private Path folder;

    @BeforeEach
    void once() {
        assumeFalse("plain".equals(System.getProperty("keel.expect")), "the run with SIMD starts the same JVMs");
    }

    @Test
    void everyWidthThreadCountAndInstructionSetGivesTheSameBits() throws IOException, InterruptedException {
        var expected = digest("full", "-Dkeel.threads=1");
        assertTrue(expected.lines().count() > 200 && expected.contains("training, step 49"), expected);
        var some = new ArrayList<List<String>>();
        some.add(List.of(SIMD, PROMPT, "-Dkeel.vector.bits=512", "-Dkeel.threads=2", "-Dkeel.arrays.aligned=true",
            "-Dkeel.rows.inPlace=true"));
        some.add(List.of(SIMD, PROMPT, "-Dkeel.vector.bits=256", "-Dkeel.threads=3", "-Dkeel.arrays.aligned=true"));
        some.add(List.of(SIMD, PROMPT, "-Dkeel.vector.bits=128", "-Dkeel.threads=1"));
        some.add(List.of(SIMD, "-Dkeel.vector.bits=0", "-Dkeel.threads=3"));
        if (X86) {
            some.add(List.of(SIMD, "-XX:UseAVX=1", "-Dkeel.threads=2"));
            some.add(List.of(SIMD, "-XX:UseAVX=2", "-Dkeel.threads=2"));
        }
        for (var flags : SLOW ? all() : some) assertEquals(expected, digest("full", flags.toArray(String[]::new)),
            flags::toString);
    }

    @Test
    void everyTierOfTheCompilerGivesTheSameBits() throws IOException, InterruptedException {
        var corpus = SLOW ? "full" : "small";
        var expected = digest(corpus, SIMD);
        assertTrue(expected.contains("training, step "), expected);
        assertEquals(expected, digest(corpus, SIMD, "-Xint"));
        assertEquals(expected, digest(corpus, SIMD, "-XX:TieredStopAtLevel=1"));
        if (SLOW) assertEquals(expected, digest(corpus, SIMD, "-XX:TieredStopAtLevel=3"));
        if (SLOW) assertEquals(expected, digest(corpus, SIMD, "-XX:-TieredCompilation"));
    }

    @Test
    void withoutFusedMultiplyAddTheBitsAreTheSameAndTheSlownessIsSaid() throws IOException, InterruptedException {
        assumeTrue(X86, "a flag of x86");
        var expected = digest("small", SIMD);
        for (var flags : List.of(List.of(SIMD, "-XX:UseAVX=0"), List.of("-XX:-UseFMA", "-Dkeel.vector.bits=0"))) {
            var said = run("small", flags.toArray(String[]::new));
            assertEquals(expected, said.out(), flags::toString);
            var lines = said.err().lines().filter(line -> line.contains("Keel runs on")).toList();
            assertEquals(1, lines.size(), said.err());
            assertTrue(lines.getFirst().endsWith("Keel runs on plain kernels, and on very slow ones: this Java has no fused "
                + "multiply-add instruction and calculates each with decimal numbers, a thousand times slower; leave out "
                + "-XX:UseAVX=0 and -XX:-UseFMA, or use a newer processor"), lines.getFirst());
            if (!SLOW) break;
        }
    }

    private static List<List<String>> all() {
        var all = new ArrayList<List<String>>();
        for (var bits : List.of("0", "128", "256", "512")) {
            for (var threads : List.of("1", "2", "3")) {
                for (var avx : X86 ? List.of("-XX:UseAVX=1", "-XX:UseAVX=2", "-XX:UseAVX=3") : List.of("-Dnone")) {
                    for (var collector : List.of("G1", "Serial", "Parallel")) {
                        all.add(List.of(SIMD, PROMPT, "-Dkeel.vector.bits=" + bits, "-Dkeel.threads=" + threads, avx, "-XX:+Use"
                            + collector + "GC"));
                    }
                }
            }
        }
        return all;
    }

    private String digest(String corpus, String... flags) throws IOException, InterruptedException {
        return run(corpus, flags).out();
    }

    private ForkedJvm.Said run(String corpus, String... flags) throws IOException, InterruptedException {
        return ForkedJvm.run(folder, List.of(flags), KernelDigest.class, corpus);
    }
}
