package keel.tests.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.io.FileFormatException;
import keel.nn.io.Safetensors;
import keel.nn.io.StoredType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    // ---- against the reference writer

    @Test
    void everyTypeOfTheReferenceIsRead() {
        var file = Safetensors.read(Foreign.path("types.safetensors"));
        for (var name : List.of("u8", "i8", "i16", "u16", "i32", "u32", "i64", "u64")) {
            assertEquals(NdArray.of(0, 1, 100, 2, 3, 127).reshape(2, 3).toString(), file.tensor(name).toString(), name);
        }
        assertEquals(NdArray.of(true, false, true).toString(), file.tensor("bool").toString());
        assertArrayEquals(new float[] {0.1f, -1.5f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-40f, 3e-8f, 65504,
            1.00390625f},
            file.tensor("f32").floats());
        assertArrayEquals(new double[] {0.1, -1.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-40, 3e-8, 65504,
            1.00390625},
            file.tensor("f64").doubles());
        // torch.tensor([0.1, …]).half() and .bfloat16(), printed as float32
        assertArrayEquals(new float[] {0.0999755859375f, -1.5f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, 0x1p-24f,
            65504, 1.00390625f},
            file.tensor("f16").floats());
        assertArrayEquals(new float[] {0.10009765625f, -1.5f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 9.18355e-41f,
            3.0035153e-8f, 65536, 1}, file.tensor("bf16").floats());
        assertEquals(Shape.of(0, 3), file.shape("empty"));
        assertEquals("-0.0", Double.toString(file.tensor("scalar").item()));
        assertEquals(Map.of("note", "a \"quoted\" \\ \t\u0001\u007f < é"), file.metadata());
        assertArrayEquals(new float[] {0, 1, 2}, file.tensor("quo\"te\\ \n中😀").floats());
    }

    @Test
    void writesTheBytesOfTheReferenceWriter() {
        for (var name : List.of("types.safetensors", "model.safetensors", "expected.safetensors")) {
            var bytes = Foreign.bytes(name);
            assertArrayEquals(bytes, Safetensors.parse(bytes).bytes(), name);
            // also from arrays in memory, in any order, narrowed again
            var read = Safetensors.parse(bytes);
            var again = Safetensors.of(Map.of());
            for (var tensor : read.names().reversed()) again = again.with(tensor, read.tensor(tensor), read.type(tensor));
            for (var note : read.metadata().entrySet()) again = again.metadata(note.getKey(), note.getValue());
            assertArrayEquals(bytes, again.bytes(), name);
        }
    }

    @Test
    void halvesAreRoundedToTheNearestEven() {
        var x = NdArray.of(1 + 0x1p-8f, 1 + 0x3p-8f, 3.39e38f, Float.NaN, 0x1.004p0f, -0x1p-40f);
        var y = Safetensors.of(Map.of()).with("b", x, StoredType.BF16).with("h", x, StoredType.F16);
        assertArrayEquals(new float[] {1, 1 + 0x4p-8f, 3.3895314e38f, Float.NaN, 1, -0x1p-40f}, y.tensor("b").floats());
        assertArrayEquals(new float[] {1 + 0x1p-8f, 1 + 0x3p-8f, Float.POSITIVE_INFINITY, Float.NaN, 1.0009766f, -0f},
            y.tensor("h").floats());
    }

    @Test
    void aFileIsReadAsItWasWrittenWhateverItsLength() {
        for (int n : new int[] {0, 1, 7, 8192, 8193, 50_000}) {
            var path = folder.resolve("a.safetensors");
            Map<String, NdArray> want = Map.of("i", NdArray.arange(DType.I32, n), "d", NdArray.arange(DType.F64, n).div(7), "f",
                NdArray.arange(DType.F32, n).div(7), "b", NdArray.arange(DType.I32, n).ge(n / 2));
            Safetensors.of(want).with("h", NdArray.arange(DType.F32, n), StoredType.F16)
                .with("l", NdArray.arange(DType.I32, n), StoredType.I64).write(path);
            var got = Safetensors.read(path);
            want.forEach((name, x) -> assertEquals(x.toString(), got.tensor(name).toString()));
            want.forEach((name, x) -> assertArrayEquals(x.toDoubles(), got.tensor(name).toDoubles()));
            assertArrayEquals(want.get("i").ints(), got.tensor("l").ints());
            assertFalse(Files.exists(folder.resolve("a.safetensors.part")));
        }
    }

    // ---- hostile files

    private static byte[] file(String header, int data) {
        var text = header.getBytes(StandardCharsets.UTF_8);
        var y = ByteBuffer.allocate(Long.BYTES + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        return y.putLong(text.length).put(text).array();
    }

    private static String refused(byte[] bytes) {
        var e = assertThrows(FileFormatException.class, () -> Safetensors.parse(bytes), new String(bytes,
            StandardCharsets.UTF_8));
        assertFalse(e.getMessage().contains("\n"));
        return e.getMessage().replace("Safetensors.parse: the given bytes: ", "");
    }

    private static String a(String fields) { return "{\"a\":{" + fields + "}}"; }

    @Test
    void whatTheReferenceAcceptsIsAccepted() {
        var type = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]";
        for (var header : List.of(a(type), " \n\t{ \"a\" : { " + type + " } } \r ", a(type
            + ",\"more\":[{\"x\":null},1e3,true,\"\\ud83d\\ude00\"]"),
            "{\"__metadata__\":null,\"a\":{" + type + "}}", "{\"a\":{" + type + "},\"__metadata__\":{\"k\":\"v\"}}",
            "{\"z\":{\"dtype\":\"I64\",\"shape\":[5,0,9000000000],\"data_offsets\":[0,0]},\"a\":{" + type + "}}",
            "{\"b\":{\"dtype\":\"F4\",\"shape\":[2,2],\"data_offsets\":[0,2]},\"a\":{\"dtype\":\"C64\",\"shape\":[0],"
                + "\"data_offsets\":[2,2]},"
                + "\"c\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[2,4]}}")) {
            assertTrue(Safetensors.parse(file(header, 4)).has("a"), header);
        }
    }

    @Test
    void whatTheReferenceRefusesIsRefused() {
        var f = "\"dtype\":\"F32\",\"shape\":[1]";
        for (var header : List.of("", "null", "[]", "{", "{}x", "{\"a\":1}", "{\"a\":null}", "\ufeff{}", a(""), a(f), a(f
            + ",\"data_offsets\":[0]"),
            a(f + ",\"data_offsets\":[0,4,8]"), a(f + ",\"data_offsets\":[0,4],"), a(f + ",\"data_offsets\":[0,5]"), a(f
                + ",\"data_offsets\":[4,0]"),
            a(f + ",\"data_offsets\":[1,5]"), a(f + ",\"data_offsets\":[-0,4]"), a(f + ",\"data_offsets\":[0,4.0]"), a(f
                + ",\"data_offsets\":[0,4e0]"),
            a(f + ",\"data_offsets\":[00,4]"), a(f + ",\"data_offsets\":[0,18446744073709551620]"), a(f
                + ",\"data_offsets\":\"0,4\""),
            a("\"dtype\":\"f32\",\"shape\":[1],\"data_offsets\":[0,4]"),
                a("\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]"),
            a("\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]"), a("\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,4]"),
            a("\"dtype\":\"F32\",\"shape\":[9223372036854775807,9223372036854775807,0],\"data_offsets\":[0,0]"),
            a("\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]"), a(f
                + ",\"shape\":[1],\"data_offsets\":[0,4]"),
            a(f + ",\"data_offsets\":[0,4],\"x\":1e999"), a(f + ",\"data_offsets\":[0,4],\"x\":\"\\ud800\""), a(f
                + ",\"data_offsets\":[0,4],\"x\":01"),
            a(f + ",\"data_offsets\":[0,4],\"x\":\"\\x\""), a(f + ",\"data_offsets\":[0,4],\"x\":" + "[".repeat(50_000)),
            "{\"a\":{" + f + ",\"data_offsets\":[0,4]},\"b\":{" + f + ",\"data_offsets\":[0,4]}}",
            "{\"__metadata__\":{\"k\":1},\"a\":{" + f + ",\"data_offsets\":[0,4]}}", "{\"__metadata__\":[],\"a\":{" + f
                + ",\"data_offsets\":[0,4]}}")) {
            refused(file(header, 4));
        }
    }

    @Test
    void theMessageSaysWhatIsWrong() {
        var f = "\"dtype\":\"F32\",\"shape\":[1]";
        assertEquals("is 7 bytes long, too short for a safetensors file; fetch it again", refused(new byte[7]));
        assertEquals("says that its header is 8319119944567202848 bytes long, more than the 100000000 there can be; it is "
            + "no safetensors file",
            refused("  is no safetensors".getBytes(StandardCharsets.UTF_8)).replaceAll("[0-9]{19}", "8319119944567202848"));
        assertEquals("says that its header is 9 bytes long, but only 2 follow; it was cut, or is no safetensors file",
            refused(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'}));
        assertEquals("tensor \"b\" begins at byte 0, where 4 is the next; tensors may neither overlap nor leave gaps",
            refused(file("{\"a\":{" + f + ",\"data_offsets\":[0,4]},\"b\":{" + f + ",\"data_offsets\":[0,4]}}", 8)));
        assertEquals("tensor \"a\" of F32 [1] takes 4 bytes, but has those from 0 to 8; the file is damaged",
            refused(file(a(f + ",\"data_offsets\":[0,8]"), 8)));
        assertEquals("its tensors take 4 bytes, but 5 follow the header; fetch it again", refused(file(a(f
            + ",\"data_offsets\":[0,4]"), 5)));
        assertEquals("the JSON header has the name \"a\" comes twice, at byte 60; the file is damaged or of another format",
            refused(file("{\"a\":{" + f + ",\"data_offsets\":[0,4]},\"a\":{}}", 4)).replaceAll("byte [0-9]+", "byte 60"));
        var e = assertThrows(UncheckedIOException.class, () -> Safetensors.read(folder.resolve("none")));
        assertTrue(e.getMessage().startsWith("Safetensors.read: " + folder.resolve("none") + ": cannot be read, "),
            e.getMessage());
        var y = Safetensors.parse(file("{\"z\":{\"dtype\":\"I64\",\"shape\":[0,9000000000],\"data_offsets\":[0,0]},"
            + "\"l\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]},\"c\":{\"dtype\":\"C64\",\"shape\":[0],"
            + "\"data_offsets\":[8,8]}}", 8));
        assertEquals("Safetensors: tensor \"z\": the shape [0, 9000000000] has an extent beyond the 2147483639 elements of "
            + "one array; split it",
            assertThrows(IllegalArgumentException.class, () -> y.tensor("z")).getMessage());
        assertEquals("Safetensors: tensor \"c\": elements of type C64 have no type in memory; store them as F32, F16 or BF16",
            assertThrows(IllegalArgumentException.class, () -> y.tensor("c")).getMessage());
        assertEquals("Safetensors: there is no tensor \"q\"; there are z, l, c",
            assertThrows(IllegalArgumentException.class, () -> y.tensor("q")).getMessage());
    }

    @Test
    void integersThatDoNotFitAreRefusedWhenTheyAreAskedFor() {
        var bytes = file("{\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);
        bytes[bytes.length - 4] = 1;
        assertEquals("Safetensors: tensor \"l\": the I64 value 4294967296 does not fit I32, Keel's type for integers; store "
            + "it as F64 if it is no index",
            assertThrows(IllegalArgumentException.class, () -> Safetensors.parse(bytes).tensor("l")).getMessage());
        var one = Safetensors.of(Map.of());
        assertEquals("Safetensors: tensor \"x\": the value 128 does not fit I8; store it as I64",
            assertThrows(IllegalArgumentException.class, () -> one.with("x", NdArray.of(128), StoredType.I8)).getMessage());
        assertEquals("Safetensors: tensor \"x\": F32 cannot be stored as I32; floating point as F16, BF16, F32 or F64, I32 "
            + "as an integer, BOOL as BOOL",
            assertThrows(IllegalArgumentException.class, () -> one.with("x", NdArray.of(1f), StoredType.I32)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> Safetensors.of(Map.of("\ud800", NdArray.of(1f))));
        assertThrows(IllegalArgumentException.class, () -> Safetensors.of(Map.of("__metadata__", NdArray.of(1f))));
    }

    @Test
    void memoryIsTakenForWhatIsThereOnly() {
        var tiny = IntStream.range(0, 32_768).mapToObj(i -> "\"" + i + "\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":["
            + 4 * i + "," + (4 * i + 4) + "]}")
            .collect(Collectors.joining(",", "{", "}"));
        var files = new LinkedHashMap<String, byte[]>();
        files.put("as many tensors as there may be", file(tiny, 4 * 32_768));
        files.put("more", file(tiny.replaceFirst("\\{", "{\"more\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"),
            4 * 32_768));
        files.put("a long note", file("{\"__metadata__\":{\"k\":\"" + "中".repeat(5 << 20) + "\"}}", 0));
        files.put("a length of 100 MB", new byte[] {0, (byte) 0xe1, (byte) 0xf5, 5, 0, 0, 0, 0, '{'});
        files.put("a shape of a terabyte",
            file(a("\"dtype\":\"F32\",\"shape\":[274877906944],\"data_offsets\":[0,1099511627776]"), 16));
        files.put("blanks", file("{" + " ".repeat(1 << 20) + "}", 0));
        var accepted = new ArrayList<String>();
        files.forEach((what, bytes) -> {
            System.gc();
            long before = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            Safetensors kept = null;
            try {
                kept = Safetensors.parse(bytes);
                accepted.add(what);
            } catch (FileFormatException e) {
                assertTrue(e.getMessage().length() < 300, e.getMessage());
            }
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() - before;
            assertTrue(used < bytes.length + 16_000_000, what + " keeps " + used + " for " + bytes.length);
            if (kept != null) kept.names();
        });
        assertEquals(List.of("as many tensors as there may be", "blanks"), accepted);
    }
}
