package keel.nn.data;

import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;

/// What mixup and cutmix share.
final class Mixing {
    private Mixing() {}

    static void check(String name, double alpha, int classes) {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Mix." + name + ": alpha is " + alpha + "; give a finite number above 0");
        }
        if (classes < 1) throw new IllegalArgumentException("Mix." + name + ": " + classes + " classes; give 1 or more");
    }

    /// Labels as shares `(n, classes)`: classes become ones, shares stay.
    static NdArray shares(String name, Batch batch, int classes) {
        var labels = batch.labels();
        if (batch.x().dtype() != DType.F32) {
            throw new IllegalArgumentException("Mix." + name + ": x is " + batch.x().dtype() + " " + batch.x().shape()
                + "; only samples in F32 can be mixed");
        }
        if (labels.dtype() == DType.F32 && labels.rank() == 2 && labels.extent(1) == classes) return labels;
        if (labels.dtype() != DType.I32 || labels.rank() != 1) {
            throw new IllegalArgumentException("Mix." + name + ": labels are " + labels.dtype() + " " + labels.shape()
                + "; give classes (n) in I32, or shares (n, " + classes + ") in F32");
        }
        for (int label : labels.ints()) {
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("Mix." + name + ": a label is " + label + "; " + classes + " classes are 0 … "
                    + (classes - 1));
            }
        }
        return NdArray.oneHot(DType.F32, labels, classes);
    }

    static int[] partners(int n, RandomGenerator random) {
        var y = Order.given(n);
        Order.shuffle(y, random);
        return y;
    }

    static NdArray blend(NdArray a, NdArray b, double lambda) {
        return a.mul(lambda).add(b.mul(1 - lambda));
    }

    /// Copies the same rectangle of `from`'s partners into each image of `y`; its share of the area.
    static double paste(NdArray y, NdArray from, int[] partners, double side, RandomGenerator random) {
        int height = y.extent(y.rank() - 2);
        int width = y.extent(y.rank() - 1);
        if (height == 0 || width == 0) return 0;
        int rows = (int) (height * side);
        int columns = (int) (width * side);
        int middle = random.nextInt(height);
        int center = random.nextInt(width);
        int top = Math.clamp(middle - rows / 2, 0, height);
        int bottom = Math.clamp(middle - rows / 2 + rows, 0, height);
        int left = Math.clamp(center - columns / 2, 0, width);
        int right = Math.clamp(center - columns / 2 + columns, 0, width);
        int size = y.size() / Math.max(1, y.extent(0));
        for (int i = 0; i < partners.length; i++) {
            for (int plane = 0; plane < size; plane += height * width) {
                for (int row = top; row < bottom; row++) {
                    int at = plane + row * width + left;
                    System.arraycopy(from.floats(), partners[i] * size + at, y.floats(), i * size + at, right - left);
                }
            }
        }
        return (bottom - top) * (double) (right - left) / (height * (double) width);
    }

    /// A draw from Beta(a, a), as the share of one of two gamma draws.
    static double beta(double a, RandomGenerator random) {
        double x = logGamma(a, random);
        double y = logGamma(a, random);
        return 1 / (1 + StrictMath.exp(y - x));
    }

    // The logarithm of a draw from Gamma(a, 1): Marsaglia and Tsang 2000, and for a < 1 times u^(1/a); the logarithm, because for
    // a small a the draw itself is often no double above 0.
    private static double logGamma(double a, RandomGenerator random) {
        if (a < 1) return logGamma(a + 1, random) + StrictMath.log(1 - random.nextDouble()) / a;
        double d = a - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = normal(random);
            double v = 1 + c * z;
            if (v <= 0) continue;
            v = v * v * v;
            if (StrictMath.log(1 - random.nextDouble()) < z * z / 2 + d - d * v + d * StrictMath.log(v)) {
                return StrictMath.log(d * v);
            }
        }
    }

    private static double normal(RandomGenerator random) {
        return Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble())) * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
