package keel.tests.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keel.array.NdArray;
import keel.bench.Main;
import keel.nn.layer.Layer;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The lab's promise: one seed, one report, to the last byte. In JVMs of its own, as kernels are chosen once a JVM.
class LabBitsTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    /// Every activation, norm, wiring, optimizer and schedule, and one that breaks.
    private static final List<String> EXPERIMENTS =
        List.of("sigmoid-residual", "relu-huge", "layernorm", "batchnorm", "modern", "post-norm-warmup");

    @TempDir
    private Path folder;

    /// What one run of the lab left behind.
    private record Report(byte[] numbers, byte[] page, String timings) {}

    @Test
    void sameSeedSameBytesOnOneAndTwoThreadsWithVectorsAndWithout() throws Exception {
        assumeTrue(!"plain".equals(System.getProperty("keel.expect")), "these JVMs have flags of their own; once is enough");
        var once = lab("once", "42", "1", VECTORS);
        assertTrue(once.timings.contains("vector kernels"), once.timings);
        assertSame(once, lab("two threads", "42", "2", VECTORS));
        // So many that the kernels have several too, and every experiment runs at once.
        assertSame(once, lab("many threads, narrow vectors", "42", "18", VECTORS, "-Dkeel.vector.bits=128"));
        var plain = lab("plain", "42", "2");
        assertTrue(plain.timings.contains("plain kernels"), plain.timings);
        assertSame(once, plain);
        assertFalse(Arrays.equals(once.numbers, lab("another seed", "43", "2", VECTORS).numbers), "the seed has no effect");
    }

    private static void assertSame(Report expected, Report actual) {
        assertArrayEquals(expected.numbers, actual.numbers, "lab.json");
        assertArrayEquals(expected.page, actual.page, "index.html");
    }

    private Report lab(String name, String seed, String threads, String... flags) throws Exception {
        var out = folder.resolve(name);
        var log = folder.resolve(name + ".txt");
        var places = Stream.of(NdArray.class, Layer.class, Main.class, CommandLine.class, ProgressBar.class)
            .map(LabBitsTest::place).collect(Collectors.joining(File.pathSeparator));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", places, Main.class.getName(), "lab"));
        command.addAll(EXPERIMENTS);
        command.addAll(List.of("--depth", "6", "--width", "24", "--steps", "8", "--seed", seed, "--threads", threads,
            "--out", out.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        var process = builder.start();
        assertTrue(process.waitFor(180, TimeUnit.SECONDS), () -> "no end: " + command);
        assertEquals(0, process.exitValue(), Files.readString(log));
        return new Report(Files.readAllBytes(out.resolve("lab.json")), Files.readAllBytes(out.resolve("index.html")),
            Files.readString(out.resolve("timings.json")));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
