package keel.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's program is compiled and run as it stands there.
class ReadmeTest {
    @Test
    void theTrainingLoopCompilesRunsAndLearns(@TempDir Path folder) throws Exception {
        var block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../README.md")));
        assertTrue(block.find(), "the README shows a program");
        var source = Files.writeString(folder.resolve("Snippet.java"), block.group(1));
        var errors = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, errors, "-d", folder.toString(), "--release", "25",
            "-cp", System.getProperty("java.class.path"), source.toString());
        assertEquals(0, status, () -> errors.toString(StandardCharsets.UTF_8));

        var out = new ByteArrayOutputStream();
        var before = System.out;
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            var type = loader.loadClass("Snippet");
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            var main = type.getDeclaredMethod("main");
            main.setAccessible(true);
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            main.invoke(constructor.newInstance());
        } finally {
            System.setOut(before);
        }
        var printed = out.toString(StandardCharsets.UTF_8);
        var result = Pattern.compile("(\\d+) of (\\d+) test digits right").matcher(printed);
        assertTrue(result.find(), printed);
        assertTrue(Integer.parseInt(result.group(1)) > 0.93 * Integer.parseInt(result.group(2)), printed);
        assertEquals(3, printed.lines().filter(l -> l.startsWith("step ")).count(), printed);
    }
}
