package keel.kernel;

import java.util.ArrayList;
import java.util.List;

/// Where in a line of the cache arrays begin. On the heap that is anywhere, but in a JVM that was started with
/// `-XX:ObjectAlignmentInBytes=64` it is behind the 16 bytes of their header, so that loops can choose an element from which no
/// vector straddles two lines.
///
/// Java does not tell, so this looks for the flag on the command line and in the variables of the environment that JVMs read.
/// Where it stays unseen (in a file of arguments, or on a command line that the system cuts short), `-Dkeel.arrays.aligned=true`
/// says so. Nothing but speed depends on it.
final class VectorStart {
    private VectorStart() {}

    /// Bytes before the first element.
    private static final int HEADER = 16;
    private static final String FLAG = "-XX:ObjectAlignmentInBytes=64";
    /// With these the header has another length.
    private static final List<String> OTHER_HEADERS = List.of("-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedClassPointers");

    static final boolean KNOWN = known(System.getProperty("keel.arrays.aligned"));

    /// The first of an array's elements, of `bytes` bytes, at which an aligned vector of so many begins.
    static int first(int lanes, int bytes) {
        return Math.floorMod(-HEADER / bytes, lanes);
    }

    private static boolean known(String property) {
        if (property != null) return Boolean.parseBoolean(property);
        var flags = new ArrayList<String>();
        for (var name : List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")) {
            var value = System.getenv(name);
            if (value != null) flags.addAll(List.of(value.split("\\s+")));
        }
        ProcessHandle.current().info().arguments().ifPresent(arguments -> flags.addAll(List.of(arguments)));
        return flags.contains(FLAG) && flags.stream().noneMatch(OTHER_HEADERS::contains);
    }
}
