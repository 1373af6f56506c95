package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kernel gives the same bits in JVMs of every vector width, without SIMD, and with fewer instructions.
class WidthsTest {
    @TempDir
    private Path folder;

    @Test
    void everyKernelGivesTheSameBitsAtEveryWidth() throws IOException, InterruptedException {
        assumeFalse("plain".equals(System.getProperty("keel.expect")), "the run with SIMD starts the same JVMs");
        var expected = digest(List.of());
        assertTrue(expected.lines().count() > 150, expected);
        var simd = List.of("--add-modules", "jdk.incubator.vector");
        for (int bits : new int[] {0, 128, 256, 512}) {
            var flags = new ArrayList<>(simd);
            flags.add("-Dkeel.vector.bits=" + bits);
            assertEquals(expected, digest(flags), bits + " bits");
        }
        if (System.getProperty("os.arch").equals("amd64")) {
            var flags = new ArrayList<>(simd);
            flags.add("-XX:UseAVX=1");
            assertEquals(expected, digest(flags), "without AVX2 and fused multiply-add");
        }
    }

    private String digest(List<String> flags) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KernelDigest.class.getName()));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running: " + command);
        assertEquals(0, process.exitValue(), () -> command + "\n" + read(err));
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
