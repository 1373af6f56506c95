package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import keel.kernel.Backend;
import keel.kernel.Parallel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which kernels a JVM gets, in JVMs started for the purpose.
class BackendTest {
    private static final String FLAG = "--add-modules=jdk.incubator.vector";
    private static final String SAYS = "Keel runs on plain kernels";
    private static String bits; // the digest that every start must give

    @TempDir
    private static Path folder;

    /// Class path and arguments, and what came out.
    private record Run(List<String> out, String err) {
        String describe() {
            return out.get(0);
        }

        boolean simd() {
            return out.get(1).startsWith("true");
        }

        int vectorBits() {
            return Integer.parseInt(out.get(1).split(" ")[1]);
        }

        long warnings() {
            return err.lines().filter(line -> line.contains(SAYS)).count();
        }
    }

    @BeforeAll
    static void plainKernelsAskedForGiveTheBits() throws Exception {
        if (!"plain".equals(System.getProperty("keel.expect"))) bits = start(FLAG, "-Dkeel.vector.bits=0").out.get(2);
    }

    @Test
    void withTheModuleVectorsRunSilently() throws Exception {
        var run = start(FLAG);
        assertTrue(run.simd(), run.toString());
        assertTrue(run.describe().contains("vector kernels of " + run.vectorBits() + " bits"), run.describe());
        assertEquals(0, run.warnings(), run.err);
    }

    @Test
    void withoutTheModulePlainKernelsRunAndSayOnceWhichFlagToPass() throws Exception {
        var run = start();
        assertEquals(0, run.vectorBits());
        assertEquals(1, run.warnings(), run.err);
        assertTrue(run.err.contains("--add-modules jdk.incubator.vector"), run.err);
        assertTrue(run.describe().startsWith("plain kernels") && run.describe().contains("--add-modules"), run.describe());
    }

    @Test
    void plainKernelsAskedForSayNothing() throws Exception {
        for (var flags : List.of(List.of("-Dkeel.vector.bits=0"), List.of(FLAG, "-Dkeel.vector.bits=0"))) {
            var run = start(flags.toArray(String[]::new));
            assertEquals(0, run.vectorBits());
            assertEquals(0, run.warnings(), run.err);
        }
    }

    @Test
    void withoutTheOptimizingCompilerPlainKernelsRun() throws Exception {
        for (var flag : List.of("-Xint", "-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3")) {
            var run = start(FLAG, flag);
            assertEquals(0, run.vectorBits(), flag);
            assertEquals(1, run.warnings(), run.err);
            assertTrue(run.err.contains("leave out " + flag.replaceAll("=.*", "")), run.err);
        }
    }

    @Test
    void everyWidthGivesTheSameBits() throws Exception {
        for (int width : new int[] {128, 256, 512}) {
            var run = start(FLAG, "-Dkeel.vector.bits=" + width);
            assertTrue(run.vectorBits() <= width && run.vectorBits() >= 128, run.toString());
        }
    }

    @Test
    void everyGarbageCollectorAndNumberOfThreadsGivesTheSameBits() throws Exception {
        start(FLAG, "-XX:+UseSerialGC", "-Dkeel.threads=1");
        start(FLAG, "-XX:+UseParallelGC", "-Dkeel.threads=3");
    }

    @Test
    void olderInstructionSetsGiveTheSameBits() throws Exception {
        assumeTrue(System.getProperty("os.arch").matches("amd64|x86_64"), "x86 only");
        for (int level : new int[] {1, 2}) start(FLAG, "-XX:UseAVX=" + level);
    }

    @Test
    void aWidthThatIsNoneIsNamedAndIgnored() throws Exception {
        var run = start(FLAG, "-Dkeel.vector.bits=wide");
        assertTrue(run.simd());
        assertTrue(run.err.contains("keel.vector.bits: 'wide' is none of 0, 128, 256, 512"), run.err);
    }

    @Test
    void theSelfTestPassesHereAndChangesNothing() throws Exception {
        var run = start(FLAG, "-Dkeel.selftest=true");
        assertTrue(run.simd(), run.toString());
        assertEquals(0, run.warnings(), run.err);
    }

    /// A self-test that always finds something stands before the real one on the class path.
    @Test
    void aSelfTestThatFindsAFaultFallsBackToPlainKernelsAndSaysWhich() throws Exception {
        var shadow = Files.createDirectories(folder.resolve("shadow"));
        var source = Files.writeString(Files.createDirectories(shadow.resolve("source")).resolve("SelfTest.java"), """
            package keel.kernel;
            public final class SelfTest {
                public static <A> String firstDifference(Kernels<A> suspect, Kernels<A> plain, long millis) { return "EXP"; }
            }
            """);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "no compiler in this Java");
        assertEquals(0, compiler.run(null, null, new ByteArrayOutputStream(), "-proc:none", "-d", shadow.toString(), "-cp",
            place(Backend.class).toString(), source.toString()));
        var path = String.join(File.pathSeparator, shadow.toString(), place(Backend.class).toString(),
            place(BackendProbe.class).toString());
        for (var asked : List.of("true", "false")) {
            var run = run(List.of(FLAG, "-Dkeel.selftest=" + asked, "-cp", path), "keel.tests.kernel.BackendProbe");
            assertEquals(asked.equals("false"), run.simd(), run.toString());
            assertEquals(asked.equals("true") ? 1 : 0, run.warnings(), run.err);
            assertEquals(asked.equals("true"),
                run.err.contains("Keel runs on plain kernels, which are slower: the self-test found EXP "
                + "wrong; please report it with your java -version"), run.err);
            assertEquals(bits, run.out.get(2));
        }
    }

    @Test
    void aNumberOfThreadsThatIsNoneIsNamedAndIgnored() throws Exception {
        var run = start(FLAG, "-Dkeel.threads=many");
        assertTrue(run.err.contains("keel.threads: 'many' is not a number of threads"), run.err);
        assertTrue(run.describe().contains(Runtime.getRuntime().availableProcessors() + " thread"), run.describe());
        assertTrue(start(FLAG, "-Dkeel.threads=1").describe().endsWith(", 1 thread"));
    }

    @Test
    void asANamedModuleItFindsTheVectorsToo() throws Exception {
        var module = folder.resolve("module");
        compileModule(module);
        var tests = place(BackendProbe.class).toString();
        var path = List.of("--module-path", module.toString(), "--add-modules=keel.core", "-cp", tests);
        var without = run(path, "keel.tests.kernel.BackendProbe");
        assertTrue(without.out.get(1).contains("module keel.core"), without.toString());
        assertEquals(0, without.vectorBits());
        assertEquals(1, without.warnings(), without.err);
        var with = new ArrayList<>(path);
        with.add(FLAG);
        var vectors = run(with, "keel.tests.kernel.BackendProbe");
        assertTrue(vectors.simd(), vectors.toString());
        assertEquals(bits, vectors.out.get(2));
    }

    @Test
    void thisJvmRunsTheKernelsItWasStartedFor() {
        var expected = System.getProperty("keel.expect");
        assumeTrue(expected != null, "not started by the build");
        assertEquals(expected.equals("simd"), Backend.simd(), Backend.describe());
        assertEquals(Backend.simd(), Backend.vectorBits() > 0);
        if (Backend.simd()) assertNotSame(Backend.plainF32(), Backend.f32());
        else assertSame(Backend.plainF32(), Backend.f32());
        assertTrue(Backend.describe().contains(Parallel.threads() + " thread"), Backend.describe());
    }

    /// Starts the probe on the class path and checks its bits.
    private static Run start(String... flags) throws Exception {
        var arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of("-cp", place(Backend.class) + File.pathSeparator + place(BackendProbe.class)));
        var run = run(arguments, "keel.tests.kernel.BackendProbe");
        if (bits != null) assertEquals(bits, run.out.get(2), () -> String.join(" ", flags));
        return run;
    }

    private static Run run(List<String> arguments, String mainClass) throws Exception {
        // What these JVMs do does not depend on how this one was started, so once is enough.
        assumeTrue(!"plain".equals(System.getProperty("keel.expect")), "done where the module is present");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(arguments);
        command.add(mainClass);
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        var process = builder.start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), () -> "no end: " + command);
        var run = new Run(Files.readAllLines(out), Files.readString(err));
        assertEquals(0, process.exitValue(), () -> command + "\n" + run);
        return run;
    }

    /// The classes of core as an exploded module, its descriptor compiled from the source of the one in the jar.
    private static void compileModule(Path to) throws IOException {
        var classes = place(Backend.class);
        var descriptor = Path.of("..", "core", "src", "main", "moditect", "module-info.java");
        assumeTrue(Files.isDirectory(classes) || Files.exists(classes), classes + " is missing");
        assumeTrue(Files.exists(descriptor), descriptor + " is missing");
        var root = Files.isDirectory(classes) ? classes : FileSystems.newFileSystem(classes, Map.of()).getPath("/");
        try (Stream<Path> files = Files.walk(root.resolve("keel"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = to.resolve(root.relativize(file).toString());
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target);
            }
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        assumeTrue(compiler != null, "no compiler in this Java");
        int code = compiler.run(null, null, new ByteArrayOutputStream(),
                "-d", to.toString(), "--patch-module", "keel.core=" + to, descriptor.toString());
        assertEquals(0, code);
    }

    private static Path place(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
