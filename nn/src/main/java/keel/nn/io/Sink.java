package keel.nn.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/// Bytes on their way out, little endian, through a small buffer.
final class Sink {
    private static final int BUFFER = 1 << 16;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

    Sink(WritableByteChannel channel) {
        this.channel = channel;
    }

    /// The buffer, with room for `bytes` ≤ 64 Ki more.
    ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) flush();
        return buffer;
    }

    void bytes(byte[] x) {
        for (int at = 0; at < x.length;) {
            int part = Math.min(x.length - at, BUFFER);
            room(part).put(x, at, part);
            at += part;
        }
    }

    /// Hands everything to the channel.
    void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) channel.write(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }
}
