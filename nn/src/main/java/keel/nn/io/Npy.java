package keel.nn.io;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import keel.array.NdArray;
import keel.array.Shape;

/// One array in NumPy's NPY format, versions 1 to 3: what `numpy.save` writes and `numpy.load` reads.
///
/// Booleans, integers and floating point of every width, either order of bytes, row-major or Fortran order are read; types that
/// Keel computes in are kept (`f4 f8 i4 b1`), `f2` becomes `F32` and integers become `I32`, exactly or not at all. Python
/// objects (pickles) and records are refused.
public final class Npy {
    private Npy() {}

    /// Reads a file.
    ///
    /// @throws FileFormatException          if it is not one whole and valid array of numbers or truth values
    /// @throws IllegalArgumentException     if an integer does not fit `I32`, or the shape one array
    /// @throws java.io.UncheckedIOException if it cannot be read
    public static NdArray read(Path path) {
        return Source.file("Npy.read", path, in -> read(in, Long.MAX_VALUE));
    }

    /// Reads what a file would hold.
    ///
    /// @throws FileFormatException      if it is not one whole and valid array of numbers or truth values
    /// @throws IllegalArgumentException if an integer does not fit `I32`, or the shape one array
    public static NdArray parse(byte[] bytes) {
        return read(Source.of("Npy.parse", bytes), Long.MAX_VALUE);
    }

    /// Writes a file, whole or not at all: `f4`, `f8`, `i4` or `b1`, version 1, the bytes that NumPy writes.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be written; then the old file is as it was
    public static void write(Path path, NdArray x) {
        WholeFile.write("Npy.write", path, out -> write(out, x));
    }

    /// What a file would hold.
    public static byte[] bytes(NdArray x) {
        var y = new ByteArrayOutputStream();
        var out = new Sink(Channels.newChannel(y));
        write(out, x);
        out.flush();
        return y.toByteArray();
    }

    static void write(Sink out, NdArray x) {
        var raw = Raw.of("Npy", x, StoredType.of(x.dtype()));
        out.bytes(NpyHeader.bytes(raw.type(), raw.extents()));
        raw.write(out);
    }

    /// The array that a source holds to its end, if it takes at most `memory` bytes.
    static NdArray read(Source in, long memory) {
        var header = NpyHeader.read(in);
        long n = header.count(in);
        int width = header.type().bits() / Byte.SIZE;
        if (n > in.left() || n * width != in.left()) {
            throw in.wrong("has the shape " + Arrays.toString(header.extents()) + " of " + width + " bytes each, but " + in.left()
                + " bytes follow its header; fetch it again");
        }
        long needed = memory(header, n);
        if (needed > memory) throw in.wrong("takes " + needed + " bytes of memory, where " + memory
            + " are allowed; give a larger limit");
        var extents = header.isFortran() ? reversed(header.extents()) : header.extents();
        var raw = Raw.read(in, header.type(), extents, in.left(), header.order());
        var y = raw.toNdArray(in.name());
        return header.isFortran() && y.rank() > 1 ? y.permute(axesReversed(y.rank())) : y;
    }

    // What is read, and the copy that conversion or transposition make of it.
    private static long memory(NpyHeader header, long n) {
        var type = header.type();
        boolean isKept = type == StoredType.of(type.dtype());
        return n * type.bits() / Byte.SIZE + (isKept ? 0 : n * Integer.BYTES) + (header.isFortran() ? n * Long.BYTES : 0);
    }

    private static long[] reversed(long[] extents) {
        var y = new long[extents.length];
        for (int i = 0; i < y.length; i++) y[i] = extents[y.length - 1 - i];
        return y;
    }

    private static int[] axesReversed(int rank) {
        var y = new int[rank];
        Arrays.setAll(y, i -> rank - 1 - i);
        return y;
    }
}
