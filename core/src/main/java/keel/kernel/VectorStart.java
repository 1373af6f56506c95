package keel.kernel;

/// Where in a line of the cache arrays begin. On the heap that is anywhere, but in a JVM that was started with
/// `-XX:ObjectAlignmentInBytes=64` it is behind the 16 bytes of their header, so that loops can choose an element from which no
/// vector straddles two lines.
///
/// Java does not tell, and to look for the flag on the command line would cost each program ten milliseconds at its start: who
/// passes it says so by `-Dkeel.arrays.aligned=true`. Nothing but speed depends on it.
final class VectorStart {
    private VectorStart() {}

    /// Bytes before the first element.
    private static final int HEADER = 16;

    static final boolean KNOWN = Boolean.getBoolean("keel.arrays.aligned");

    /// The first of an array's elements, of `bytes` bytes, at which an aligned vector of so many begins.
    static int first(int lanes, int bytes) {
        return Math.floorMod(-HEADER / bytes, lanes);
    }
}
