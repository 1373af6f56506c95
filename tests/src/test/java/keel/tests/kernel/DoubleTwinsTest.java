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
                if (!text.startsWith("// Generated from ") || file.endsWith(DoubleTwins.FAR + ".java")) continue;
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

    @Test
    void theLoopsAtTwiceTheDistanceAreCurrent() throws IOException {
        assertEquals(DoubleTwins.far(Files.readString(FOLDER.resolve(DoubleTwins.NEAR + ".java"))),
                Files.readString(FOLDER.resolve(DoubleTwins.FAR + ".java")));
    }

    @Test
    void aTwinIsTheSourceInDouble() {
        assertEquals("// Generated from FloatX.java by DoubleTwins; change that file and run it again.\n"
                + "double a = 0.5 * f(DoubleY.z, (double) 0);\n",
                DoubleTwins.twin("FloatX",
                        "// only float: no\nfloat b = 1f;\n// end\nfloat a = (float) 0.5 * f(FloatY.z, (float) 0);\n"));
    }
}
