package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import keel.tests.gen.DoubleTwins;
import org.junit.jupiter.api.Test;

/// The generated kernels in the repository are those of today's sources.
class DoubleTwinsTest {
    private static final Path FOLDER = Path.of("..", "core", "src", "main", "java", "keel", "kernel");

    @Test
    void everyGeneratedFileIsCurrent() throws IOException {
        int generated = 0;
        try (var files = Files.newDirectoryStream(FOLDER, "*.java")) {
            for (var file : files) {
                var text = Files.readString(file);
                if (!text.startsWith("// Generated from ") || writtenAgain(file)) continue;
                var name = text.substring("// Generated from ".length(), text.indexOf(".java"));
                assertTrue(DoubleTwins.SOURCES.contains(name), name + " has a twin but is not listed in DoubleTwins");
                assertEquals(DoubleTwins.twin(name, Files.readString(FOLDER.resolve(name + ".java"))), text,
                        file + " is not current; run java tests/src/test/java/keel/tests/gen/DoubleTwins.java");
                generated++;
            }
        }
        assertEquals(DoubleTwins.SOURCES.stream().filter(name -> Files.exists(FOLDER.resolve(name + ".java"))).count(),
                generated);
    }

    private static boolean writtenAgain(Path file) {
        return DoubleTwins.DISTANCES.stream().anyMatch(d -> file.endsWith(d.name() + ".java"));
    }

    @Test
    void theLoopsAtOtherDistancesAreCurrent() throws IOException {
        for (var d : DoubleTwins.DISTANCES) {
            assertEquals(d.text(Files.readString(FOLDER.resolve(d.from() + ".java"))),
                    Files.readString(FOLDER.resolve(d.name() + ".java")), d.name() + " is not current");
        }
    }

    @Test
    void aTwinIsTheSourceInDouble() {
        assertEquals("// Generated from FloatX.java by DoubleTwins; change that file and run it again.\n"
                + "double a = 0.5 * f(DoubleY.z, (double) 0);\n",
                DoubleTwins.twin("FloatX",
                        "// only float: no\nfloat b = 1f;\n// end\nfloat a = (float) 0.5 * f(FloatY.z, (float) 0);\n"));
    }
}
