package keel.nn.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import keel.array.NdArray;
import keel.array.Resize;
import keel.array.Shape;
import keel.autograd.Resampling;
import keel.autograd.Tensor;
import keel.nn.io.FileFormatException;

/// PNG, JPEG, GIF and BMP files, read by the JDK's `javax.imageio` (module `java.desktop`, which nothing else here needs).
///
/// Pixels are sRGB in F32 from 0 to 1, as they are stored; an alpha channel is left out. An image of more than [#MOST_PIXELS]
/// is refused before it is unpacked.
public final class Images {
    /// The most pixels an image may have: 2²⁴, for example 4096 × 4096.
    public static final int MOST_PIXELS = 1 << 24;

    private Images() {}

    /// Images and the names of their classes 0, 1 …
    ///
    /// @param data    `x (n, 3, height, width)` in F32, `labels (n)` in I32
    /// @param classes names of the folders
    public record Folder(Dataset data, List<String> classes) {
        /// Keeps a copy of the list.
        public Folder {
            classes = List.copyOf(classes);
        }
    }

    /// One image in colour: `(3, height, width)`, red, green, blue.
    ///
    /// Throws [FileFormatException] if it is none or too large, [UncheckedIOException] if it cannot be read,
    /// [IllegalStateException] if the program runs without the module `java.desktop`.
    public static NdArray read(Path path) {
        try {
            return ImageFile.read(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Images: " + path + ": cannot be read, " + e
                + "; check the path and its permissions", e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("Images: the module java.desktop is not there to read " + path
                + "; start with --add-modules java.desktop", e);
        }
    }

    /// One image in shades of grey, `0.299·red + 0.587·green + 0.114·blue`: `(1, height, width)`. Throws as [#read] does.
    public static NdArray readGrey(Path path) {
        var image = read(path);
        var weights = NdArray.of(Shape.of(3, 1, 1), new float[] {0.299f, 0.587f, 0.114f});
        return image.mul(weights).sum(true, 0);
    }

    /// A folder with a folder of images for each class, all brought to one size, bilinear; photos that shrink to less than half
    /// are better made smaller before. Classes
    /// and files come in the order of their names; names that begin with a dot are left out.
    ///
    /// Throws [IllegalArgumentException] if there is no image; otherwise as [#read] does.
    public static Folder folder(Path root, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("Images.folder: a size of " + height + " × " + width + "; give 1 or more of both");
        }
        var classes = new ArrayList<String>();
        var images = new ArrayList<NdArray>();
        var labels = new ArrayList<Integer>();
        for (var folder : list(root)) {
            if (!Files.isDirectory(folder)) continue;
            for (var file : list(folder)) {
                if (!Files.isRegularFile(file)) continue;
                images.add(sized(read(file), height, width));
                labels.add(classes.size());
            }
            classes.add(folder.getFileName().toString());
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException("Images.folder: there are no images in folders of " + root
                + "; put those of each class into a folder of its own");
        }
        var x = NdArray.stack(0, images.toArray(NdArray[]::new));
        return new Folder(new Dataset(x, NdArray.of(labels.stream().mapToInt(i -> i).toArray())), classes);
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Images.folder: " + folder + ": cannot be listed, " + e + "; check the path", e);
        }
    }

    private static NdArray sized(NdArray image, int height, int width) {
        if (image.extent(1) == height && image.extent(2) == width) return image;
        var one = Tensor.of(image.reshape(1, 3, image.extent(1), image.extent(2)));
        return Resampling.interpolate(one, Resize.to(height, width).linear()).value().reshape(3, height, width);
    }
}
