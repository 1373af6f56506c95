package keel.tests.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import keel.array.NdArray;
import keel.nn.io.Weights;
import keel.nn.layer.Layer;
import keel.nn.train.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Processes that are killed in the middle of training, by Ctrl-C and by force, and go on with the same bits.
class KilledRunTest {
    private static final int KILLS = Boolean.getBoolean("keel.slow") ? 40 : 2;
    private static final int STEPS = 30;

    @TempDir
    Path folder;

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process start(long pause) throws IOException {
        var places = Stream.of(NdArray.class, Layer.class, KilledRun.class, Test.class).map(KilledRunTest::place).distinct()
            .collect(Collectors.joining(File.pathSeparator));
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-cp", places, KilledRun.class.getName(), folder.resolve("saves").toString(),
                Long.toString(pause),
            folder.resolve("weights.safetensors").toString());
        builder.redirectError(folder.resolve("errors.txt").toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return builder.start();
    }

    /// By command, because [Process#destroy] closes what the process still has to say.
    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }

    private static List<String> lines(BufferedReader in, int first) {
        var y = new ArrayList<String>();
        try {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                y.add(line);
                if (y.size() == first) break;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return y;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void killedProcessesGoOnWithTheSameBits() throws Exception {
        var whole = TrainerTest.net(8);
        var wanted = KilledRun.run(whole, null, new Listener() {});
        assertEquals(STEPS, wanted.steps());

        var process = start(100); // long enough for both signals
        var out = process.inputReader();
        var before = lines(out, 3);
        assertEquals(List.of("step 1", "step 2", "step 3"), before, this::errors);
        signal(process, "-INT");
        // Background jobs of shells ignore Ctrl-C.
        if (!process.waitFor(1, TimeUnit.SECONDS)) signal(process, "-TERM");
        assertTrue(process.waitFor(180, TimeUnit.SECONDS));
        assertNotEquals(0, process.exitValue());
        var after = lines(out, -1);
        assertTrue(after.getLast().startsWith("STOPPED "), () -> after + errors());
        int stopped = Integer.parseInt(after.getLast().substring("STOPPED ".length()));
        assertTrue(stopped >= 3 && stopped < STEPS, after.toString());

        var random = new SplittableRandom(1);
        for (int i = 0; i < KILLS; i++) { // somewhere in the second step or the save behind it
            process = start(i % 2);
            var first = lines(process.inputReader(), 1);
            assertTrue(first.getFirst().startsWith("step ") || first.getFirst().startsWith("FINISHED"), () -> first + errors());
            Thread.sleep(random.nextInt(8));
            process.destroyForcibly().waitFor();
            if (Integer.parseInt(first.getFirst().replaceAll("\\D", "")) > STEPS - 6) Files.walk(folder.resolve("saves")).sorted(
                Comparator.reverseOrder()).forEach(KilledRunTest::delete); // near the end: from the start again
        }

        process = start(0);
        var end = lines(process.inputReader(), -1);
        assertTrue(process.waitFor(180, TimeUnit.SECONDS));
        assertEquals("FINISHED " + STEPS, end.getLast(), () -> end + errors());
        assertArrayEquals(Weights.toSafetensors(whole).bytes(), Files.readAllBytes(folder.resolve("weights.safetensors")));
    }

    /// The hook that holds up the end of the process must not wait for the thread that ends it.
    @Test
    void aListenerMayExitTheProcess() throws Exception {
        var process = start(-1);
        assertTrue(process.waitFor(50, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue());
        assertEquals(List.of("step 1"), lines(process.inputReader(), -1), this::errors);
    }

    private String errors() {
        try {
            return "\n" + Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
