package keel.nn.io;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.function.Function;

/// Bytes that are read once, from first to last, through a small buffer. Knows how many there are before anything is allocated,
/// and how to complain about them.
final class Source {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final long size;
    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;
    private long taken;

    private Source(String name, ReadableByteChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
        buffer = ByteBuffer.allocate(Math.clamp(size, 8, BUFFER)).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    }

    /// What `read` makes of a file, which is closed afterwards. An `UncheckedIOException` if it cannot be read.
    static <R> R file(String reader, Path path, Function<Source, R> read) {
        try (var channel = FileChannel.open(path)) {
            return read.apply(new Source(reader + ": " + path, channel, channel.size()));
        } catch (IOException e) {
            throw unreadable(reader, path, e);
        }
    }

    /// An exception in one line for a file that the system does not let us read.
    static UncheckedIOException unreadable(String reader, Path path, IOException e) {
        return new UncheckedIOException(reader + ": " + path + ": cannot be read, " + e
            + "; check the path and its permissions", e);
    }

    /// Bytes in memory.
    static Source of(String reader, byte[] bytes) {
        return of(reader + ": the given bytes", new ByteArrayInputStream(bytes), bytes.length);
    }

    /// The next `size` bytes of a stream.
    static Source of(String name, InputStream in, long size) {
        return new Source(name, Channels.newChannel(in), size);
    }

    String name() { return name; }

    long size() { return size; }

    long left() { return size - taken; }

    /// The exception for content that is wrong.
    FileFormatException wrong(String what) {
        return new FileFormatException(name + ": " + what);
    }

    FileFormatException wrong(String what, Throwable cause) {
        return new FileFormatException(name + ": " + what, cause);
    }

    /// The buffer, with `bytes` ≤ 64 Ki of them to be taken next.
    ByteBuffer next(int bytes) {
        if (bytes > left()) throw wrong("ends after " + size + " bytes, where " + bytes + " more should follow; fetch it again");
        try {
            if (buffer.remaining() < bytes) fill(bytes);
        } catch (EOFException e) {
            throw wrong("ends early; it is being written to, or was cut: fetch it again", e);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read, " + e + "; check the disk", e);
        }
        taken += bytes;
        return buffer;
    }

    private void fill(int bytes) throws IOException {
        buffer.compact();
        while (buffer.position() < bytes) {
            if (channel.read(buffer) < 0) throw new EOFException();
        }
        buffer.flip();
    }

    /// A natural number of 2 or 4 bytes that come next.
    int natural(int bytes) {
        var next = next(bytes);
        int y = bytes == Short.BYTES ? Short.toUnsignedInt(next.getShort()) : next.getInt();
        if (y < 0) throw wrong("says that its header is " + Integer.toUnsignedString(y) + " bytes long; the file is damaged");
        return y;
    }

    /// The next `n` bytes.
    byte[] bytes(int n) {
        if (n > left()) next(n);
        var y = new byte[n];
        for (int at = 0; at < n;) {
            int part = Math.min(n - at, buffer.capacity());
            next(part).get(y, at, part);
            at += part;
        }
        return y;
    }
}
