package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own on the class path of this one.
final class ForkedJvm {
    private ForkedJvm() {}

    /// What it printed.
    record Said(String out, String err) {}

    /// Runs `main` to its end, which must be a good one; its output passes through `folder`.
    static Said run(Path folder, List<String> flags, Class<?> main, String... arguments) throws IOException,
            InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("surefire.test.class.path",
            System.getProperty("java.class.path")), main.getName()));
        command.addAll(List.of(arguments));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        var process = builder.start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "still running: " + command);
        var said = new Said(Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        assertEquals(0, process.exitValue(), () -> command + "\n" + said.err);
        return said;
    }
}
