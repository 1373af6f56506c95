package keel.nn.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import keel.array.NdArray;

/// Named arrays in NumPy's NPZ format, a zip file of [Npy] files: what `numpy.savez` and `savez_compressed` write and
/// `numpy.load` reads.
public final class Npz {
    private static final long BEYOND_FILE = 12 << 20;
    private static final int MOST_ARRAYS = 32_768;
    private static final String SUFFIX = ".npy";
    // A fixed time, so that the same arrays give the same bytes. In the first year that zip files know, 1980, Java adds one that
    // depends on the time zone.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1981, 1, 1, 0, 0);

    private Npz() {}

    /// Reads a file whose arrays take at most 12 MiB of memory more than the file: a small file that would unfold to gigabytes
    /// is refused. Give the other method a limit for compressed files of your own that are larger.
    ///
    /// @throws FileFormatException          if it is not a whole and valid zip file of valid arrays, or takes too much memory
    /// @throws IllegalArgumentException     if an integer does not fit `I32`, or a shape one array
    /// @throws java.io.UncheckedIOException if it cannot be read
    public static SequencedMap<String, NdArray> read(Path path) {
        try {
            return read(path, Files.size(path) + BEYOND_FILE);
        } catch (IOException e) {
            throw Source.unreadable("Npz.read", path, e);
        }
    }

    /// Reads a file whose arrays take at most `memory` bytes.
    ///
    /// @throws FileFormatException          if it is not a whole and valid zip file of valid arrays, or takes more memory
    /// @throws IllegalArgumentException     if an integer does not fit `I32`, or a shape one array
    /// @throws java.io.UncheckedIOException if it cannot be read
    public static SequencedMap<String, NdArray> read(Path path, long memory) {
        if (!Files.isReadable(path)) throw Source.unreadable("Npz.read", path, new IOException("no such file"));
        try (var zip = new ZipFile(path.toFile())) {
            var y = new LinkedHashMap<String, NdArray>();
            if (zip.size() > MOST_ARRAYS) throw new FileFormatException("Npz.read: " + path + ": holds more than "
                + MOST_ARRAYS + " files");
            long left = memory;
            for (var entry : Collections.list(zip.entries())) {
                var name = entry.getName();
                var where = "Npz.read: " + path + ": " + JsonReader.shortened(name);
                if (!name.endsWith(SUFFIX)) throw new FileFormatException(where + " is no " + SUFFIX
                    + " file; leave it out of the archive");
                var x = read(where, zip, entry, left);
                left -= (long) x.size() * Math.max(1, StoredType.of(x.dtype()).bits() / Byte.SIZE);
                if (y.putIfAbsent(name.substring(0, name.length() - SUFFIX.length()), x) != null) {
                    throw new FileFormatException(where + " comes twice; the archive is damaged");
                }
            }
            return y;
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException("Npz.read: " + path + " is not in the default file system; copy it there", e);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            boolean isOurs = e.getMessage() != null && e.getMessage().startsWith("Npz.read");
            if (isOurs && e instanceof IllegalArgumentException known) throw known;
            throw new FileFormatException("Npz.read: " + path + ": is no whole zip file, " + e.getMessage()
                + "; fetch it again", e);
        }
    }

    private static NdArray read(String where, ZipFile zip, ZipEntry entry, long memory) throws IOException {
        try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            var source = Source.of(where, in, Math.max(0, entry.getSize()));
            if (source.size() > memory) {
                throw source.wrong("takes " + source.size() + " bytes of memory, where " + memory
                    + " are allowed; give a larger limit");
            }
            var y = Npy.read(source, memory);
            if (in.read() >= 0 || in.getChecksum().getValue() != entry.getCrc()) {
                throw source.wrong("does not have the checksum that the archive gives; fetch it again");
            }
            return y;
        }
    }

    /// Writes a file, whole or not at all, not compressed, arrays by name; the same bytes for the same content.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be written; then the old file is as it was
    public static void write(Path path, Map<String, NdArray> arrays) {
        var ordered = new TreeMap<>(arrays);
        WholeFile.write("Npz.write", path, out -> {
            try (var zip = new ZipOutputStream(out.stream())) {
                for (var e : ordered.entrySet()) add(zip, e.getKey() + SUFFIX, e.getValue());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void add(ZipOutputStream zip, String name, NdArray x) throws IOException {
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(EPOCH);
        var sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        entry.setSize(copy(x, sum));
        entry.setCrc(sum.getChecksum().getValue());
        zip.putNextEntry(entry);
        copy(x, zip);
        zip.closeEntry();
    }

    private static long copy(NdArray x, OutputStream to) {
        var out = new Sink(Channels.newChannel(to));
        Npy.write(out, x);
        out.flush();
        return out.written();
    }
}
