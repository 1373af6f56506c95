package keel.tests.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import keel.array.NdArray;
import keel.array.Shape;
import keel.tests.nn.JsonReader;

/// The tensors of one safetensors file, for tests: eight bytes with the length of a JSON header, the header, the elements
/// (little endian).
final class SafetensorsFile {
    private final ByteBuffer elements;
    private final Map<?, ?> header;

    SafetensorsFile(byte[] bytes) {
        var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(file.getLong());
        header = (Map<?, ?>) JsonReader.read(new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8));
        elements = file.slice(Long.BYTES + length, bytes.length - Long.BYTES - length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// A copy of one tensor; 64-bit integers come as `I32`, Keel's type for indices.
    NdArray tensor(String name) {
        var entry = (Map<?, ?>) header.get(name);
        if (entry == null) throw new IllegalStateException("no tensor " + name);
        var shape = Shape.of(((List<?>) entry.get("shape")).stream().mapToInt(e -> ((Double) e).intValue()).toArray());
        int from = ((Double) ((List<?>) entry.get("data_offsets")).getFirst()).intValue();
        var at = elements.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(from);
        int n = shape.size();
        return switch ((String) entry.get("dtype")) {
            case "F32" -> {
                var y = new float[n];
                at.asFloatBuffer().get(y);
                yield NdArray.of(shape, y);
            }
            case "F64" -> {
                var y = new double[n];
                at.asDoubleBuffer().get(y);
                yield NdArray.of(shape, y);
            }
            case "I32" -> {
                var y = new int[n];
                at.asIntBuffer().get(y);
                yield NdArray.of(shape, y);
            }
            case "I64" -> {
                var y = new int[n];
                for (int i = 0; i < n; i++) y[i] = Math.toIntExact(at.getLong());
                yield NdArray.of(shape, y);
            }
            case "BOOL" -> {
                var y = new boolean[n];
                for (int i = 0; i < n; i++) y[i] = at.get() != 0;
                yield NdArray.of(shape, y);
            }
            default -> throw new Unsupported("elements of type " + entry.get("dtype"));
        };
    }
}
