package keel.nn.io;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.zip.CRC32C;

/// Checksums of a safetensors file among its metadata: those of the tensors, in their order, and one for names, types, shapes
/// and metadata.
final class Checksums {
    private static final String TENSORS = "crc32c.tensors";
    private static final String HEADER = "crc32c.header";

    private Checksums() {}

    /// With the sums of everything else.
    static Safetensors add(Safetensors file) {
        var sums = new StringJoiner(" ");
        for (var p : file.places()) sums.add(sum(file, p.name()));
        var y = file.metadata(TENSORS, sums.toString());
        return y.metadata(HEADER, sum(y));
    }

    /// What does not have its sum, or null.
    static String wrong(Safetensors file) {
        if (!sum(file).equals(file.metadata().get(HEADER))) return "the header does not have its checksum";
        var sums = file.metadata().getOrDefault(TENSORS, "").split(" ");
        int i = 0;
        for (var p : file.places()) {
            if (i >= sums.length || !sum(file, p.name()).equals(sums[i++])) {
                return "tensor \"" + JsonReader.shortened(p.name()) + "\" does not have its checksum";
            }
        }
        return null;
    }

    private static String sum(Safetensors file) {
        var sum = new CRC32C();
        for (var p : file.places()) {
            sum.update((p.name() + "\0" + p.type() + Arrays.toString(p.extents()) + "\0").getBytes(StandardCharsets.UTF_8));
        }
        file.metadata().forEach((k, v) -> {
            if (!k.equals(HEADER)) sum.update((k + "\0" + v + "\0").getBytes(StandardCharsets.UTF_8));
        });
        return hex(sum);
    }

    private static String sum(Safetensors file, String name) {
        var sum = new CRC32C();
        var out = new Sink(new Channel(sum));
        file.write(name, out);
        out.flush();
        return hex(sum);
    }

    private static String hex(CRC32C sum) {
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    /// Counts bytes into a sum.
    private record Channel(CRC32C sum) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer b) {
            int n = b.remaining();
            sum.update(b);
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
