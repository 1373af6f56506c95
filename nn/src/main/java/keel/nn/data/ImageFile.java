package keel.nn.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.io.FileFormatException;

/// The only class that needs the module `java.desktop`, loaded when the first image is read.
final class ImageFile {
    private ImageFile() {}

    static NdArray read(Path path) throws IOException {
        try (var in = new MemoryCacheImageInputStream(Files.newInputStream(path))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new FileFormatException("Images: " + path + ": it is no image of a kind that the JDK reads; "
                    + "give PNG, JPEG, GIF or BMP");
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return pixels(decoded(path, reader));
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decoded(Path path, ImageReader reader) throws IOException {
        try {
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > Images.MOST_PIXELS) {
                throw new FileFormatException("Images: " + path + ": it has " + reader.getWidth(0) + " × " + reader.getHeight(0)
                    + " pixels, more than the " + Images.MOST_PIXELS + " that are read; make it smaller first");
            }
            return reader.read(0);
        } catch (FileFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // What the decoders of the JDK throw for damaged files is no one kind of exception.
            throw new FileFormatException("Images: " + path + ": it is damaged, " + e.getMessage() + "; fetch it again", e);
        }
    }

    private static NdArray pixels(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        var y = new float[3 * height * width];
        var row = new int[width];
        for (int i = 0; i < height; i++) {
            image.getRGB(0, i, width, 1, row, 0, width);
            for (int j = 0; j < width; j++) {
                for (int c = 0; c < 3; c++) y[(c * height + i) * width + j] = (row[j] >>> 16 - 8 * c & 0xff) / 255f;
            }
        }
        return NdArray.of(Shape.of(3, height, width), y);
    }
}
