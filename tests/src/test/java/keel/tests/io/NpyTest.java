package keel.tests.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.io.FileFormatException;
import keel.nn.io.Npy;
import keel.nn.io.Npz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
    @TempDir
    Path folder;

    private static final NdArray SEVENTHS = NdArray.arange(DType.F32, 6).div(7).reshape(2, 3);

    @Test
    void everyTypeThatNumPyWroteIsRead() {
        var x = Npz.read(Foreign.path("types.npz"));
        assertEquals(List.of("f2", "f4", "f8", "i1", "u1", "i2", "u2", "i4", "i8", "b1", "fortran", "scalar", "empty"),
            List.copyOf(x.keySet()));
        assertArrayEquals(new float[] {0.0999755859375f, -1.5f, Float.POSITIVE_INFINITY}, x.get("f2").floats());
        assertEquals(SEVENTHS.toString(), x.get("f4").toString());
        assertArrayEquals(NdArray.arange(DType.F64, 6).div(7).doubles(), x.get("f8").doubles()); // big endian
        assertArrayEquals(new int[] {-128, 127}, x.get("i1").ints());
        assertArrayEquals(new int[] {0, 255}, x.get("u1").ints());
        assertArrayEquals(new int[] {-300, 300}, x.get("i2").ints());
        assertArrayEquals(new int[] {0, 65535}, x.get("u2").ints());
        assertArrayEquals(new int[] {-1, 1 << 30}, x.get("i4").ints());
        assertArrayEquals(new int[] {-5, 7}, x.get("i8").ints());
        assertArrayEquals(new boolean[] {true, false}, x.get("b1").booleans());
        assertEquals(NdArray.arange(DType.F32, 24).reshape(2, 3, 4).toString(), x.get("fortran").toString());
        assertArrayEquals(NdArray.arange(DType.F32, 24).floats(), x.get("fortran").floats());
        assertEquals(2.5, x.get("scalar").item());
        assertEquals(Shape.of(0, 4), x.get("empty").shape());
        assertEquals(Shape.of(50, 40), Npz.read(Foreign.path("small.npz")).get("x").shape()); // compressed
    }

    @Test
    void allVersionsAreRead() {
        for (var name : List.of("f4.npy", "version2.npy", "version3.npy")) {
            assertEquals(SEVENTHS.toString(), Npy.read(Foreign.path(name)).toString(), name);
        }
        assertArrayEquals(NdArray.arange(DType.F32, 24).floats(), Npy.read(Foreign.path("fortran.npy")).floats());
    }

    @Test
    void writesTheBytesThatNumPyWrites() {
        assertArrayEquals(Foreign.bytes("f4.npy"), Npy.bytes(SEVENTHS));
        var path = folder.resolve("x.npy");
        Npy.write(path, SEVENTHS);
        assertArrayEquals(Foreign.bytes("f4.npy"), Foreign.bytes(path));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var arrays = new LinkedHashMap<String, NdArray>();
        arrays.put("d", NdArray.arange(DType.F64, 20_000).div(3));
        arrays.put("i", NdArray.of(-1, 5).reshape(2, 1));
        arrays.put("b", NdArray.of(true, false, true));
        arrays.put("zero", NdArray.zeros(DType.F32, 0, 3));
        arrays.put("é", NdArray.of(2f).reshape());
        var path = folder.resolve("x.npz");
        Npz.write(path, arrays);
        var first = Foreign.bytes(path);
        var read = Npz.read(path);
        assertEquals(List.of("b", "d", "i", "zero", "é"), List.copyOf(read.keySet()));
        read.forEach((name, x) -> assertEquals(arrays.get(name).toString(), x.toString()));
        assertArrayEquals(arrays.get("d").doubles(), read.get("d").doubles());
        Npz.write(path, read);
        assertArrayEquals(first, Foreign.bytes(path));
    }

    private static byte[] npy(String header, int data) {
        var text = new String(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0},
            StandardCharsets.ISO_8859_1);
        return (text + header + "\0".repeat(data)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String refused(byte[] bytes) {
        return assertThrows(FileFormatException.class, () -> Npy.parse(bytes)).getMessage()
            .replace("Npy.parse: the given bytes: ", "");
    }

    @Test
    void whatIsNoArrayIsRefused() {
        assertEquals("holds Python objects (a pickle), which Keel never runs; save plain numbers",
            refused(Foreign.bytes("pickle.npy")));
        assertEquals("holds records of several fields; save each field as an array of its own",
            refused(Foreign.bytes("record.npy")));
        assertEquals("does not begin as an NPY file; give one that numpy.save wrote",
            refused("no array, really".getBytes(StandardCharsets.UTF_8)));
        assertEquals("has the shape [3] of 4 bytes each, but 8 bytes follow its header; fetch it again",
            refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8)));
        assertEquals("holds elements of type '<c16'; save them as b1, i1 … i8, u1 … u8, f2, f4 or f8",
            refused(npy("{'descr': '<c16', 'fortran_order': False, 'shape': (3,), }", 8)));
        assertEquals(2, Npy.parse(npy("{\"shape\":(2,),'fortran_order':True,'descr':'=f4'}", 8)).size());
        for (var header : List.of("", "{}", "{'descr': '<f4', 'fortran_order': False}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2)}", "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': 2}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}",
            "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x",
            "{'descr': '<f4, 'fortran_order': False, 'shape': (2,)}", "{'descr': '', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,4294967296,0)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}")) {
            refused(npy(header, 8));
        }
        assertThrows(IllegalArgumentException.class,
            () -> Npy.parse(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4294967296)}", 0)));
        var e = assertThrows(UncheckedIOException.class, () -> Npy.read(folder.resolve("none")));
        assertTrue(e.getMessage().startsWith("Npy.read: "), e.getMessage());
    }

    // ---- hostile archives

    private Path zip(String name, byte[] content) throws IOException {
        var path = folder.resolve("bomb.npz");
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return path;
    }

    @Test
    void aZipBombIsRefusedAndALimitOfYourOwnLetsALargeArrayIn() throws IOException {
        int n = 20 << 20;
        var bomb = zip("x.npy", npy("{'descr': '|b1', 'fortran_order': False, 'shape': (" + n + ",)}", n));
        assertTrue(Files.size(bomb) < 40_000);
        var e = assertThrows(FileFormatException.class, () -> Npz.read(bomb));
        assertTrue(e.getMessage().matches("Npz.read: .*: x.npy: takes [0-9]+ bytes of memory, where [0-9]+ are allowed; "
            + "give a larger limit"),
            e.getMessage());
        assertEquals(n, Npz.read(bomb, 30 << 20).get("x").size());
        int bytes = 5 << 20; // as integers of four bytes they are too many
        var wide = zip("x.npy", npy("{'descr': '|u1', 'fortran_order': False, 'shape': (" + bytes + ",)}", bytes));
        assertThrows(FileFormatException.class, () -> Npz.read(wide));
    }

    @Test
    void aDamagedArchiveIsRefused() throws IOException {
        assertTrue(assertThrows(FileFormatException.class, () -> Npz.read(Foreign.path("f4.npy"))).getMessage()
            .contains("is no whole zip file"));
        var other = zip("readme.txt", new byte[3]);
        assertTrue(assertThrows(FileFormatException.class, () -> Npz.read(other)).getMessage()
            .contains("readme.txt is no .npy file"));
        var path = folder.resolve("x.npz");
        Npz.write(path, Map.of("x", SEVENTHS));
        var bytes = Foreign.bytes(path);
        bytes[170] ^= 1; // in the second element
        Foreign.write(path, bytes);
        assertTrue(assertThrows(FileFormatException.class, () -> Npz.read(path)).getMessage()
            .contains("does not have the checksum"));
        assertThrows(UncheckedIOException.class, () -> Npz.read(folder.resolve("none")));
    }
}
