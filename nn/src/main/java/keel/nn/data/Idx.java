package keel.nn.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.io.FileFormatException;

/// IDX files, the format of MNIST and its like, plain or gzipped: two zero bytes, a type, the number of axes, the extents (32
/// bits, highest byte first), then the elements, highest byte first.
///
/// ```java
/// var train = Idx.images(dir.resolve("train-images-idx3-ubyte.gz"), dir.resolve("train-labels-idx1-ubyte.gz"));
/// ```
///
/// Nothing is allocated before the extents are known to agree with how many bytes there are; those of a gzipped file are counted
/// first. A file that is none, was cut, or goes on after its end is a [FileFormatException].
public final class Idx {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final double WHITE = 255;
    private static final int UNSIGNED_BYTE = 0x08;

    private Idx() {}

    /// The array in a file: bytes and integers as I32, float as F32, double as F64.
    ///
    /// Throws [FileFormatException] if it is no sound IDX file, [UncheckedIOException] if it cannot be read.
    public static NdArray read(Path path) {
        return read(path, false);
    }

    /// Images `(n, height, width)` of unsigned bytes as `x (n, 1, height, width)` in F32 from 0 to 1, and their labels `(n)` in
    /// I32.
    ///
    /// Throws [FileFormatException] if one is no sound IDX file of these axes, or if they are not as many;
    /// [UncheckedIOException] if one cannot be read.
    public static Dataset images(Path images, Path labels) {
        var x = read(images, true);
        var y = read(labels, false);
        if (x.rank() != 3 || x.dtype() != DType.F32) {
            throw wrong(images, "it holds " + x.dtype() + " " + x.shape() + ", not images (n, height, width) of unsigned bytes");
        }
        if (y.rank() != 1 || y.dtype() != DType.I32 || y.extent(0) != x.extent(0)) {
            throw wrong(labels, "it holds " + y.dtype() + " " + y.shape() + ", not one label for each of the " + x.extent(0)
                + " images of " + images.getFileName());
        }
        return new Dataset(x.reshape(x.extent(0), 1, x.extent(1), x.extent(2)), y);
    }

    private static NdArray read(Path path, boolean pixels) {
        try {
            long size = size(path);
            try (var in = new DataInputStream(new BufferedInputStream(open(path), BUFFER))) {
                return read(path, in, size, pixels);
            }
        } catch (EOFException e) {
            throw wrong(path, "it ends early; fetch it again", e);
        } catch (ZipException e) {
            throw wrong(path, "its compression is damaged, " + e.getMessage() + "; fetch it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Idx: " + path + ": cannot be read, " + e + "; check the path and its permissions", e);
        }
    }

    private static InputStream open(Path path) throws IOException {
        var in = new PushbackInputStream(Files.newInputStream(path), 2);
        var start = in.readNBytes(2);
        in.unread(start);
        boolean zipped = start.length == 2 && ((start[0] & 0xff) << 8 | start[1] & 0xff) == GZIP;
        return zipped ? new GZIPInputStream(in, BUFFER) : in;
    }

    // How many bytes there are once unpacked.
    private static long size(Path path) throws IOException {
        try (var in = open(path)) {
            if (!(in instanceof GZIPInputStream)) return Files.size(path);
            var buffer = new byte[BUFFER];
            long size = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) size += n;
            return size;
        }
    }

    private static NdArray read(Path path, DataInputStream in, long size, boolean pixels) throws IOException {
        if (size < 4) throw wrong(path, "it has " + size + " bytes; an IDX file has 4 or more");
        int zeros = in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int axes = in.readUnsignedByte();
        int width = switch (type) {
            case 0x08, 0x09 -> 1;
            case 0x0B -> 2;
            case 0x0C, 0x0D -> 4;
            case 0x0E -> 8;
            default -> 0;
        };
        if (zeros != 0 || width == 0 || axes == 0) {
            throw wrong(path, String.format("it begins with %04x %02x %02x, not with two zeros, a type and a number of axes; "
                + "is it an IDX file?", zeros, type, axes));
        }
        if (size < 4 + 4L * axes) {
            throw wrong(path, "it has " + size + " bytes, too few for the extents of its " + axes + " axes; fetch it again");
        }
        var extents = new int[axes];
        long elements = 1;
        for (int i = 0; i < axes; i++) {
            extents[i] = in.readInt();
            // at what no file has once it is too much, so that it cannot wrap; extents of 2³¹ and more arrive as negative ones
            boolean tooMuch = extents[i] < 0 || elements > Long.MAX_VALUE / Math.max(1, extents[i]);
            elements = tooMuch ? Long.MAX_VALUE : elements * extents[i];
        }
        long data = size - 4 - 4L * axes;
        if (elements > data / width || elements * width != data) {
            throw wrong(path, "its extents " + Arrays.toString(extents) + " do not agree with its " + data
                + " bytes of elements, " + width + " each; fetch it again");
        }
        if (elements > Integer.MAX_VALUE - 8) throw wrong(path, "it has " + elements + " elements, more than an array can have");
        return elements(in, type, Shape.of(extents), (int) elements, pixels);
    }

    private static NdArray elements(DataInputStream in, int type, Shape shape, int n, boolean pixels) throws IOException {
        if (type == UNSIGNED_BYTE && pixels) {
            var v = new float[n];
            for (int i = 0; i < n; i++) v[i] = (float) (in.readUnsignedByte() / WHITE);
            return NdArray.of(shape, v);
        }
        if (type == 0x0D) {
            var v = new float[n];
            for (int i = 0; i < n; i++) v[i] = in.readFloat();
            return NdArray.of(shape, v);
        }
        if (type == 0x0E) {
            var v = new double[n];
            for (int i = 0; i < n; i++) v[i] = in.readDouble();
            return NdArray.of(shape, v);
        }
        var v = new int[n];
        for (int i = 0; i < n; i++) {
            v[i] = switch (type) {
                case UNSIGNED_BYTE -> in.readUnsignedByte();
                case 0x09 -> in.readByte();
                case 0x0B -> in.readShort();
                default -> in.readInt();
            };
        }
        return NdArray.of(shape, v);
    }

    private static FileFormatException wrong(Path path, String what) {
        return new FileFormatException("Idx: " + path + ": " + what);
    }

    private static FileFormatException wrong(Path path, String what, Throwable cause) {
        return new FileFormatException("Idx: " + path + ": " + what, cause);
    }
}
