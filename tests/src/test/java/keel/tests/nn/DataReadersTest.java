package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import keel.array.DType;
import keel.array.Shape;
import keel.nn.data.Csv;
import keel.nn.data.Idx;
import keel.nn.data.Images;
import keel.nn.io.FileFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Tables, IDX files and images: what they hold, and one clear line for what they should not.
class DataReadersTest {
    @TempDir
    Path dir;

    // ---- CSV

    private static Csv.Table csv(Csv csv, String text) {
        return csv.read(new StringReader(text));
    }

    @Test
    void aTableBecomesNumbersAndClasses() throws IOException {
        var text = "\uFEFFwidth, height ,species\n1.5,2,setosa\n\n-3e2, 0.25 ,\"versi, color\"\n7,8,setosa\n";
        var file = Files.writeString(dir.resolve("t.csv"), text);
        for (var table : List.of(csv(Csv.defaults(), text), Csv.defaults().read(file))) {
            assertEquals(List.of("width", "height"), table.columns());
            assertEquals(List.of("setosa", "versi, color"), table.classes());
            assertArrayEquals(new float[] {1.5f, 2, -300, 0.25f, 7, 8}, table.data().x().floats());
            assertEquals(Shape.of(3, 2), table.data().x().shape());
            assertArrayEquals(new int[] {0, 1, 0}, table.data().labels().ints());
        }
    }

    @Test
    void labelsMayStandAnywhereAndWholeNumbersKeepTheirOrder() {
        var table = csv(Csv.defaults().labels("y"), "y,a\n10,1\n2,2\n-1,3\n10,4\n");
        assertEquals(List.of("-1", "2", "10"), table.classes());
        assertArrayEquals(new int[] {2, 1, 0, 2}, table.data().labels().ints());
        var bare = csv(Csv.defaults().withoutHeader().separator(';').targets("1"), "5;1;2\n6;3;\"4\"\n");
        assertEquals(List.of("2", "3"), bare.columns());
        assertArrayEquals(new float[] {5, 6}, bare.data().labels().floats());
        assertEquals(Shape.of(2, 1), bare.data().labels().shape());
        assertTrue(bare.classes().isEmpty());
        assertTrue(Float.isNaN(csv(Csv.defaults().emptyAsNan(), "a,b\n,x\n").data().x().floats()[0]));
    }

    @Test
    void quotesHoldLineEndsAndQuotes() {
        var table = csv(Csv.defaults(), "a,b\n1,\"say \"\"no\"\"\ntwice\"\n2,x\n");
        assertEquals(List.of("say \"no\"\ntwice", "x"), table.classes());
    }

    @Test
    void manyRowsAreReadToTheLast() {
        var text = new StringBuilder("a,b,c\n");
        for (int i = 0; i < 5000; i++) text.append(i).append(',').append(-i).append(',').append(i % 7).append('\n');
        var data = csv(Csv.defaults(), text.toString()).data();
        assertEquals(5000, data.size());
        assertEquals(-4999, data.x().get(4999, 1));
        assertEquals(4999 % 7, data.labels().ints()[4999]);
    }

    @Test
    void aWrongTableIsRefusedByLineAndColumn() throws IOException {
        assertFormat("Csv, line 3: column 2 (b) is \"four\", which is no number; name the column of labels, or turn it into "
            + "numbers",
            () -> csv(Csv.defaults(), "a,b,c\n1,2,x\n3,four,y\n"));
        assertFormat("Csv, line 5: column 1 (a) is empty; fill it, or read with emptyAsNan()",
            () -> csv(Csv.defaults(), "a,b\n1,\"x\ny\"\n\n ,z\n"));
        assertFormat("Csv, line 2: column 2 is empty; every row needs a label",
            () -> csv(Csv.defaults().withoutHeader(), "1,2\n3,\n"));
        assertFormat("Csv, line 2: it has 1 fields, the table has 2 columns; is \",\" the separator?",
            () -> csv(Csv.defaults(), "a,b\n1;2\n"));
        assertFormat("Csv, line 1: there is no column \"z\"; there are a, b",
            () -> csv(Csv.defaults().labels("z"), "a,b\n1,2\n"));
        assertFormat("Csv, line 1: two columns have one name, of a, a; give each its own",
            () -> csv(Csv.defaults(), "a,a\n1,2\n"));
        assertFormat("Csv, line 2: a quote opens in it and never closes", () -> csv(Csv.defaults(), "a,b\n1,\"x\n\n"));
        assertFormat("Csv: it has no rows", () -> csv(Csv.defaults(), "\n\n"));
        assertFormat("Csv: it has no rows after its header", () -> csv(Csv.defaults(), "a,b\n"));
        var binary = Files.write(dir.resolve("b.csv"), new byte[] {'a', ',', 'b', '\n', (byte) 0xff, (byte) 0xfe});
        assertFormat("Csv: " + binary + ": it is no text in UTF-8; convert it first", () -> Csv.defaults().read(binary));
        var none = dir.resolve("none.csv");
        assertThrows(UncheckedIOException.class, () -> Csv.defaults().read(none));
        var separator = assertThrows(IllegalArgumentException.class, () -> Csv.defaults().separator('"'));
        assertEquals("Csv: the separator cannot be a quote or a line end; give one such as ',' or ';'", separator.getMessage());
    }

    // ---- IDX

    private static byte[] idx(int type, int[] extents, byte... elements) {
        var buffer = ByteBuffer.allocate(4 + 4 * extents.length + elements.length);
        buffer.put((byte) 0).put((byte) 0).put((byte) type).put((byte) extents.length);
        for (int extent : extents) buffer.putInt(extent);
        return buffer.put(elements).array();
    }

    private Path file(String name, byte... bytes) throws IOException {
        return Files.write(dir.resolve(name), bytes);
    }

    private Path zipped(String name, byte... bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return file(name, out.toByteArray());
    }

    @Test
    void imagesAndLabelsAreThoseOfMnistsFormat() throws IOException {
        var pixels = new byte[2 * 3 * 2];
        for (int i = 0; i < pixels.length; i++) pixels[i] = (byte) (i * 23);
        var images = idx(8, new int[] {2, 3, 2}, pixels);
        var labels = idx(8, new int[] {2}, (byte) 7, (byte) 200);
        var plain = Idx.images(file("i", images), file("l", labels));
        var packed = Idx.images(zipped("i.gz", images), zipped("l.gz", labels));
        for (var data : List.of(plain, packed)) {
            assertEquals(Shape.of(2, 1, 3, 2), data.x().shape());
            for (int i = 0; i < 12; i++) assertEquals((i * 23 & 0xff) / 255f, data.x().floats()[i]);
            assertArrayEquals(new int[] {7, 200}, data.labels().ints());
        }
    }

    @Test
    void everyTypeIsRead() throws IOException {
        var out = new ByteArrayOutputStream();
        var data = new DataOutputStream(out);
        data.writeShort(-3);
        assertArrayEquals(new int[] {-3}, Idx.read(file("s", idx(0x0B, new int[] {1}, out.toByteArray()))).ints());
        assertArrayEquals(new int[] {-1}, Idx.read(file("b", idx(0x09, new int[] {1}, (byte) -1))).ints());
        out.reset();
        data.writeInt(-123456789);
        assertArrayEquals(new int[] {-123456789}, Idx.read(file("i", idx(0x0C, new int[] {1}, out.toByteArray()))).ints());
        out.reset();
        data.writeFloat(1.5f);
        assertArrayEquals(new float[] {1.5f}, Idx.read(file("f", idx(0x0D, new int[] {1, 1}, out.toByteArray()))).floats());
        out.reset();
        data.writeDouble(Math.PI);
        assertArrayEquals(new double[] {Math.PI}, Idx.read(file("d", idx(0x0E, new int[] {1}, out.toByteArray()))).doubles());
        assertEquals(Shape.of(0, 5), Idx.read(file("e", idx(8, new int[] {0, 5}))).shape());
    }

    @Test
    void hostileHeadersAreRefusedBeforeAnythingIsAllocated() throws IOException {
        int most = Integer.MAX_VALUE;
        var huge = file("huge", idx(8, new int[] {most}, (byte) 1));
        var negative = file("negative", idx(8, new int[] {-1, 4}, (byte) 1));
        var wrapping = file("wrapping", idx(0x0E, new int[] {1 << 30, 1 << 30, 1 << 30}, new byte[8]));
        var zero = file("zero", idx(8, new int[] {most, most, 0}, (byte) 1));
        var packed = zipped("packed.gz", idx(8, new int[] {most, most}, new byte[100]));
        for (var path : List.of(huge, negative, wrapping, zero, packed)) {
            var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = bean.getCurrentThreadAllocatedBytes();
            var e = assertThrows(FileFormatException.class, () -> Idx.read(path));
            assertTrue(bean.getCurrentThreadAllocatedBytes() - before < 1 << 20, "allocated for " + path);
            assertTrue(e.getMessage().startsWith("Idx: " + path + ": its extents ["), e.getMessage());
        }
        assertFormat("Idx: " + huge + ": its extents [2147483647] do not agree with its 1 bytes of elements, 1 each; fetch it "
            + "again",
            () -> Idx.read(huge));
        var many = new byte[300];
        many[2] = 8;
        many[3] = (byte) 255;
        assertFormat("Idx: " + dir.resolve("many") + ": it has 300 bytes, too few for the extents of its 255 axes; fetch it "
            + "again",
            () -> Idx.read(file("many", many)));
        assertFormat("Idx: " + dir.resolve("png") + ": it begins with 8950 4e 47, not with two zeros, a type and a number of "
            + "axes; "
            + "is it an IDX file?", () -> Idx.read(file("png", (byte) 0x89, (byte) 'P', (byte) 'N', (byte) 'G')));
        assertFormat("Idx: " + dir.resolve("x") + ": it has 1 bytes; an IDX file has 4 or more",
            () -> Idx.read(file("x", (byte) 0)));
        assertThrows(UncheckedIOException.class, () -> Idx.read(dir.resolve("none")));
    }

    @Test
    void damagedAndUnlikeFilesAreRefused() throws IOException {
        var whole = Files.readAllBytes(zipped("w.gz", idx(8, new int[] {1000}, new byte[1000])));
        for (int n : new int[] {3, 12, whole.length - 1}) {
            var cut = file("cut.gz", Arrays.copyOf(whole, n));
            assertThrows(FileFormatException.class, () -> Idx.read(cut), "cut at " + n);
        }
        var flipped = whole.clone();
        flipped[whole.length - 6] ^= 1; // its checksum
        var damaged = file("flipped.gz", flipped);
        assertThrows(FileFormatException.class, () -> Idx.read(damaged));
        var images = file("images", idx(8, new int[] {2, 1, 1}, (byte) 1, (byte) 2));
        var three = file("three", idx(8, new int[] {3}, (byte) 1, (byte) 2, (byte) 3));
        assertFormat("Idx: " + three + ": it holds I32 (3), not one label for each of the 2 images of images",
            () -> Idx.images(images, three));
        assertFormat("Idx: " + three + ": it holds F32 (3), not images (n, height, width) of unsigned bytes",
            () -> Idx.images(three, three));
    }

    // ---- images

    private Path image(String name, String format, int height, int width) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height; i++) for (int j = 0; j < width; j++) image.setRGB(j, i, 0x010203 * (i * width + j));
        var path = dir.resolve(name);
        Files.createDirectories(path.getParent());
        assertTrue(ImageIO.write(image, format, path.toFile()));
        return path;
    }

    @Test
    void pixelsAreRedGreenAndBluePlanes() throws IOException {
        for (var format : List.of("png", "bmp")) {
            var x = Images.read(image("a." + format, format, 2, 3));
            assertEquals(Shape.of(3, 2, 3), x.shape());
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < 6; i++) assertEquals((c + 1) * i / 255f, x.floats()[c * 6 + i], format);
            }
            var grey = Images.readGrey(dir.resolve("a." + format));
            assertEquals(Shape.of(1, 2, 3), grey.shape());
            assertEquals((0.299 + 2 * 0.587 + 3 * 0.114) * 5 / 255, grey.get(0, 1, 2), 1e-7);
        }
    }

    @Test
    void aFolderOfFoldersIsADataSetOfOneSize() throws IOException {
        image("set/cat/1.png", "png", 4, 4);
        image("set/cat/2.png", "png", 8, 8);
        image("set/ape/1.png", "png", 4, 4);
        Files.writeString(dir.resolve("set/readme.txt"), "not an image");
        Files.writeString(dir.resolve("set/cat/.hidden"), "not an image");
        var set = Images.folder(dir.resolve("set"), 4, 4);
        assertEquals(List.of("ape", "cat"), set.classes());
        assertEquals(Shape.of(3, 3, 4, 4), set.data().x().shape());
        assertArrayEquals(new int[] {0, 1, 1}, set.data().labels().ints());
        assertEquals(DType.F32, set.data().x().dtype());
        // half the size, bilinear: the mean of the four pixels in the middle of each place
        assertEquals((0 + 1 + 8 + 9) / 4.0 / 255, set.data().x().get(2, 0, 0, 0), 1e-7);
    }

    @Test
    void whatIsNoImageIsRefusedInOneLine() throws IOException {
        var text = file("text.png", "hello".getBytes());
        assertFormat("Images: " + text + ": it is no image of a kind that the JDK reads; give PNG, JPEG, GIF or BMP",
            () -> Images.read(text));
        var bytes = Files.readAllBytes(image("cut.png", "png", 64, 64));
        var cut = file("cut.png", Arrays.copyOf(bytes, 60));
        assertTrue(assertThrows(FileFormatException.class, () -> Images.read(cut)).getMessage()
            .startsWith("Images: " + cut + ": it is damaged, "));
        ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000); // the extents in a PNG's header
        var bomb = file("bomb.png", bytes);
        assertTrue(assertThrows(FileFormatException.class, () -> Images.read(bomb)).getMessage().contains("60000"));
        assertThrows(UncheckedIOException.class, () -> Images.read(dir.resolve("none.png")));
        Files.createDirectory(dir.resolve("empty"));
        var empty = assertThrows(IllegalArgumentException.class, () -> Images.folder(dir.resolve("empty"), 4, 4));
        assertEquals("Images.folder: there are no images in folders of " + dir.resolve("empty") + "; put those of each class "
            + "into a "
            + "folder of its own", empty.getMessage());
        var size = assertThrows(IllegalArgumentException.class, () -> Images.folder(dir, 0, 4));
        assertEquals("Images.folder: a size of 0 × 4; give 1 or more of both", size.getMessage());
    }

    private static void assertFormat(String message, Executable call) {
        assertEquals(message, assertThrows(FileFormatException.class, call).getMessage());
    }
}
