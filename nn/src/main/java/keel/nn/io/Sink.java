package keel.nn.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/// Bytes on their way out, little endian, through a small buffer.
final class Sink {
    private static final int BUFFER = 1 << 16;

    private final WritableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

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

    /// The same as a stream, which closes nothing.
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                room(1).put((byte) b);
            }

            @Override
            public void write(byte[] x, int from, int n) {
                Sink.this.bytes(Arrays.copyOfRange(x, from, from + n));
            }
        };
    }

    /// How many bytes went to the channel.
    long written() {
        return written;
    }

    /// Hands everything to the channel.
    void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) written += channel.write(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        buffer.clear();
    }
}
