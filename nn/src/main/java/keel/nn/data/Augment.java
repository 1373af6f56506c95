package keel.nn.data;

import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;

/// Small images changed at random, so that a net sees none of them twice: `(n, c, height, width)` or `(n, height, width)` in
/// F32, the same shape comes back, the images given stay as they are. Any lambda is one.
///
/// Each sample draws by itself, one after the other, from the generator given, so the same seed gives the same bits.
///
/// ```java
/// var batches = Batches.seeded(train, 64, 42).augmented(Augment.shift(2).then(Augment.flip(0.5)).then(Augment.cutout(4)));
/// ```
@FunctionalInterface
public interface Augment {
    /// The images changed. Those made here throw [IllegalArgumentException] for what is no stack of images in F32.
    NdArray apply(NdArray images, RandomGenerator random);

    /// This change, then `next`.
    default Augment then(Augment next) {
        return (images, random) -> next.apply(apply(images, random), random);
    }

    /// Moves each image by up to `pixels` ≥ 0 along both axes, with zeros behind it: the crop of an image padded by as many, as
    /// ResNets are trained on CIFAR (He et al. 2015, arXiv:1512.03385, section 4.2).
    static Augment shift(int pixels) {
        if (pixels < 0) throw new IllegalArgumentException("Augment.shift: " + pixels + " pixels; give 0 or more");
        return Pixels.each("shift", (image, random) -> {
            int down = random.nextInt(2 * pixels + 1) - pixels;
            int right = random.nextInt(2 * pixels + 1) - pixels;
            image.move(down, right);
        });
    }

    /// Turns each image left to right with probability `p`. Not for digits and letters.
    static Augment flip(double p) {
        Pixels.probability("flip", p);
        return Pixels.each("flip", (image, random) -> {
            if (random.nextDouble() < p) image.mirror();
        });
    }

    /// Blanks a square of `size` ≥ 0 pixels around a place anywhere in each image, so that some of it may lie outside (DeVries
    /// and Taylor 2017, arXiv:1708.04552).
    static Augment cutout(int size) {
        if (size < 0) throw new IllegalArgumentException("Augment.cutout: a square of " + size + " pixels; give 0 or more");
        return Pixels.each("cutout", (image, random) -> {
            int top = random.nextInt(image.height()) - size / 2;
            int left = random.nextInt(image.width()) - size / 2;
            image.fill(top, left, size, size, () -> 0);
        });
    }

    /// Fills, with probability `p`, a rectangle of 2 % to 33 % of each image, its sides 0.3 … 1/0.3 to one, by normal noise
    /// (Zhong et al. 2017, arXiv:1708.04896, algorithm 1); one that does not fit is drawn again, up to 10 times.
    static Augment erase(double p) {
        Pixels.probability("erase", p);
        return Pixels.each("erase", (image, random) -> {
            if (random.nextDouble() < p) image.erase(random);
        });
    }

    /// Adds independent normal noise of this standard deviation ≥ 0 to every pixel.
    static Augment noise(double std) {
        if (!(std >= 0 && std < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Augment.noise: std is " + std + "; give a finite number of 0 or more");
        }
        return (images, random) -> {
            Pixels.require("noise", images);
            return images.add(NdArray.normal(DType.F32, images.shape(), 0, std, random));
        };
    }
}
