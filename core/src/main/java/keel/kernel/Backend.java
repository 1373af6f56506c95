package keel.kernel;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Which kernels run, vector or plain: chosen once, when this class loads. Both compute the same bits; the plain ones are slower.
///
/// Vector kernels need the module `jdk.incubator.vector` (`java --add-modules jdk.incubator.vector …`, or `requires` in the
/// application's own module) and HotSpot's optimizing compiler, without which every vector would be an object. Where either is
/// missing Keel runs on plain kernels and says so once, through the [System.Logger] `keel.kernel`, with the way out; where the
/// processor or a flag of the JVM leaves out fused multiply-adds even those are slow, and the line says that instead. The system
/// property `keel.vector.bits` asks for vectors of 128, 256 or 512 bits (never more than the machine has), or with 0 for plain
/// kernels, silently. With `keel.selftest=true` vector kernels are compared with the plain ones for two seconds before they
/// are used, see [SelfTest].
public final class Backend {
    private Backend() {}

    private static final String MODULE = "jdk.incubator.vector";
    private static final String PROPERTY = "keel.vector.bits";
    private static final String SELF_TEST = "keel.selftest";
    /// For each type: long enough that the optimizing compiler gets to most loops.
    private static final long SELF_TEST_MILLIS = 1_000;
    private static final String UNFUSED = "this Java has no fused multiply-add instruction and calculates each with decimal "
            + "numbers, a thousand times slower; leave out -XX:UseAVX=0 and -XX:-UseFMA, or use a newer processor";
    private static final Kernels<float[]> PLAIN_F32 = new FloatKernels();
    private static final Kernels<double[]> PLAIN_F64 = new DoubleKernels();
    private static final Choice CHOICE = choose();

    /// `why` says why the kernels are plain, null when they are not.
    private record Choice(Kernels<float[]> f32, int bits, String why) {
        static Choice plain(String why) {
            return new Choice(PLAIN_F32, 0, why);
        }
    }

    /// Made when they are first asked for: to load their vectors takes as long as those of floats.
    private static final class Doubles {
        private static final Kernels<double[]> F64 = simd() ? new DoubleVectorKernels() : PLAIN_F64;
    }

    /// The loops for `float[]`.
    public static Kernels<float[]> f32() {
        return CHOICE.f32;
    }

    /// The loops for `double[]`.
    public static Kernels<double[]> f64() {
        return Doubles.F64;
    }

    /// The plain loops for `float[]`: the specification of what [#f32] computes.
    public static Kernels<float[]> plainF32() {
        return PLAIN_F32;
    }

    /// The plain loops for `double[]`: the specification of what [#f64] computes.
    public static Kernels<double[]> plainF64() {
        return PLAIN_F64;
    }

    /// Whether the kernels are vector kernels.
    public static boolean simd() {
        return CHOICE.bits > 0;
    }

    /// The width of the vectors in bits; 0 for plain kernels.
    public static int vectorBits() {
        return CHOICE.bits;
    }

    /// From now on vectors, even where their loops are not compiled yet: for who measures what they take in the end, and not how
    /// a program starts.
    public static void endStart() {
        VectorTrial.end();
    }

    /// One line for people: which kernels run on how many threads, and if they are plain, why.
    public static String describe() {
        int n = Parallel.threads();
        var threads = n == 1 ? "1 thread" : n + " threads";
        if (simd()) return "vector kernels of " + CHOICE.bits + " bits, " + threads;
        return "plain kernels, " + threads + " (" + CHOICE.why + ")";
    }

    private static Choice choose() {
        var asked = System.getProperty(PROPERTY, "").strip();
        if (!hasFusedMultiplyAdd()) {
            // Plain kernels fuse too: said even to who asked for them, or left the module out.
            warn("Keel runs on plain kernels, and on very slow ones: " + UNFUSED);
            return Choice.plain(UNFUSED);
        }
        if (asked.equals("0")) return Choice.plain(PROPERTY + " is 0");
        var choice = vectorsIfPossible();
        if (!choice.f32.equals(PLAIN_F32)) {
            boolean understood = asked.isEmpty() || List.of("128", "256", "512").contains(asked);
            if (!understood) warn(PROPERTY + ": '" + asked + "' is none of 0, 128, 256, 512; using " + choice.bits);
        } else {
            warn("Keel runs on plain kernels, which are slower: " + choice.why);
        }
        return choice;
    }

    private static Choice vectorsIfPossible() {
        var here = Backend.class.getModule();
        var layer = here.getLayer() == null ? ModuleLayer.boot() : here.getLayer();
        var module = layer.findModule(MODULE);
        if (module.isEmpty()) return Choice.plain("start Java with --add-modules " + MODULE + " to use vectors");
        var missing = missingFromTheMachine();
        if (missing != null) return Choice.plain(missing);
        here.addReads(module.get()); // `requires static` alone is no edge at run time
        try {
            var kernels = VectorTrial.OFF ? new FloatVectorKernels() : new FloatTrials();
            return tested(new Choice(kernels, VectorWidth.BITS, null));
        } catch (LinkageError e) {
            return Choice.plain("this Java's " + MODULE + " is not the one Keel was built for: " + e);
        }
    }

    /// The choice itself if nobody asked for a test, or if it passed.
    private static Choice tested(Choice choice) {
        if (!Boolean.getBoolean(SELF_TEST)) return choice;
        var wrong = SelfTest.firstDifference(new FloatVectorKernels(), PLAIN_F32, SELF_TEST_MILLIS);
        if (wrong == null) wrong = SelfTest.firstDifference(new DoubleVectorKernels(), PLAIN_F64, SELF_TEST_MILLIS);
        return wrong == null ? choice : Choice.plain("the self-test found " + wrong
            + " wrong; please report it with your java -version");
    }

    /// What keeps this machine from running vector kernels fast, null if nothing does.
    private static String missingFromTheMachine() {
        var compiler = System.getProperty("sun.management.compiler", "");
        var info = System.getProperty("java.vm.info", "");
        if (compiler.isEmpty() || info.contains("interpreted")) return "nothing compiles here; leave out -Xint";
        if (info.contains("emulated-client") || stopsBelowLevel4()) {
            return "the optimizing compiler is off; leave out -XX:TieredStopAtLevel";
        }
        return null;
    }

    /// The JVM tells only of level 1, not of 2 and 3. Loops and no streams or patterns: every start waits for this.
    private static boolean stopsBelowLevel4() {
        for (var name : new String[] {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"}) {
            var options = System.getenv(name);
            if (options != null && stopsBelowLevel4(options.split(" "))) return true;
        }
        return stopsBelowLevel4(commandLine());
    }

    /// The flags among other words. [ProcessHandle] loads so much that a file, where there is one, saves six milliseconds.
    private static String[] commandLine() {
        try (var file = new FileInputStream("/proc/self/cmdline")) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1).split("\0");
        } catch (IOException e) {
            return ProcessHandle.current().info().arguments().orElse(new String[0]);
        }
    }

    private static boolean stopsBelowLevel4(String... arguments) {
        for (var argument : arguments) {
            if (argument.startsWith("-XX:TieredStopAtLevel=") && !argument.endsWith("=4")) return true;
        }
        return false;
    }

    /// Without the instruction [Math#fma] calculates with decimal numbers, a thousand times slower: no need to measure closely.
    private static boolean hasFusedMultiplyAdd() {
        long best = Long.MAX_VALUE;
        float x = 0;
        for (int round = 0; round < 5; round++) {
            long from = System.nanoTime();
            for (int i = 0; i < 8; i++) x = Math.fma(x, 0.3f, i);
            best = Math.min(best, System.nanoTime() - from);
        }
        return best < 8 * 1_000 && x > 0;
    }

    private static void warn(String message) {
        System.getLogger("keel.kernel").log(System.Logger.Level.WARNING, message);
    }
}
