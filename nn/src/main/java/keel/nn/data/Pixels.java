package keel.nn.data;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

/// One image inside a stack: `channels` planes of `height × width` pixels from `from` on.
record Pixels(float[] v, int from, int channels, int height, int width) {
    // Zhong et al. 2017: shares of the area and the most oblong shape
    private static final double SMALLEST = 0.02;
    private static final double LARGEST = 0.33;
    private static final double OBLONG = 0.3;
    private static final int TRIES = 10;

    /// A change of one image in place.
    @FunctionalInterface
    interface Change {
        void apply(Pixels image, RandomGenerator random);
    }

    static Augment each(String name, Change change) {
        return (images, random) -> {
            require(name, images);
            var y = images.copy();
            int channels = y.rank() == 4 ? y.extent(1) : 1;
            int height = y.extent(y.rank() - 2);
            int width = y.extent(y.rank() - 1);
            int size = channels * height * width;
            for (int i = 0; i < y.extent(0) && size > 0; i++) {
                change.apply(new Pixels(y.floats(), i * size, channels, height, width), random);
            }
            return y;
        };
    }

    static void require(String name, NdArray images) {
        if (images.dtype() == DType.F32 && (images.rank() == 3 || images.rank() == 4)) return;
        throw new IllegalArgumentException("Augment." + name + ": the input is " + images.dtype() + " " + images.shape()
            + "; give images in F32, (n, c, height, width) or (n, height, width)");
    }

    static void probability(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("Augment." + name + ": p is " + p + "; give a probability from 0 to 1");
        }
    }

    void move(int down, int right) {
        var old = Arrays.copyOfRange(v, from, from + channels * height * width);
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                    boolean inside = i >= down && i - down < height && j >= right && j - right < width;
                    v[from + (c * height + i) * width + j] = inside ? old[(c * height + i - down) * width + j - right] : 0;
                }
            }
        }
    }

    void mirror() {
        for (int row = from; row < from + channels * height * width; row += width) {
            for (int i = row, j = row + width - 1; i < j; i++, j--) {
                float swapped = v[i];
                v[i] = v[j];
                v[j] = swapped;
            }
        }
    }

    /// Every pixel of a rectangle, as far as it lies inside, in all channels.
    void fill(int top, int left, int rows, int columns, DoubleSupplier value) {
        for (int c = 0; c < channels; c++) {
            for (int i = Math.max(top, 0); i < Math.min((long) top + rows, height); i++) {
                for (int j = Math.max(left, 0); j < Math.min((long) left + columns, width); j++) {
                    v[from + (c * height + i) * width + j] = (float) value.getAsDouble();
                }
            }
        }
    }

    void erase(RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            double area = height * (double) width * (SMALLEST + (LARGEST - SMALLEST) * random.nextDouble());
            // as often oblong one way as the other
            double ratio = StrictMath.exp(StrictMath.log(OBLONG) * (1 - 2 * random.nextDouble()));
            int rows = (int) Math.rint(Math.sqrt(area * ratio));
            int columns = (int) Math.rint(Math.sqrt(area / ratio));
            if (rows >= height || columns >= width) continue;
            int top = random.nextInt(height - rows + 1);
            int left = random.nextInt(width - columns + 1);
            var noise = NdArray.normal(DType.F32, Shape.of(channels * rows * columns), 0, 1, random).floats();
            int[] next = {0};
            fill(top, left, rows, columns, () -> noise[next[0]++]);
            return;
        }
    }
}
