package keel.bench.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import keel.kernel.Backend;

/// What this runs on, in words.
final class Machine {
    private Machine() {}

    /// The processor's name where the system tells it, else its architecture.
    static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).map(line -> line.replaceFirst("[^:]*:\\s*", "").strip())
                .findFirst().orElseGet(Machine::architecture);
        } catch (IOException _) {
            return architecture();
        }
    }

    /// What numbers are taken on: processor, vectors, Java, garbage collector.
    static String words() {
        return processor() + ", vectors of " + Backend.vectorBits() + " bits, Java " + Runtime.version() + ", " + collector();
    }

    static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }

    /// The garbage collector, by the names of its beans: "G1", "Copy and MarkSweepCompact", ….
    static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().map(bean -> bean.getName().replaceAll(" .*",
            "")).distinct()
            .sorted().collect(Collectors.joining(" and "));
    }
}
