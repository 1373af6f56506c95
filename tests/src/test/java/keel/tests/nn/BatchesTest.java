package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.data.Augment;
import keel.nn.data.Batch;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.data.Mix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Batches by a seed: the same bits ahead, resumed, and on any thread.
class BatchesTest {
    private static final Dataset IMAGES = new Dataset(
        NdArray.uniform(DType.F32, Shape.of(23, 1, 6, 6), 0, 1, new SplittableRandom(1)), labels(23));

    private static NdArray labels(int n) {
        var y = new int[n];
        for (int i = 0; i < n; i++) y[i] = i % 10;
        return NdArray.of(y);
    }

    private static final Augment CHANGE = Augment.shift(1).then(Augment.flip(0.5)).then(Augment.noise(0.1));

    /// Batches in every way that can be saved.
    private static List<Supplier<Batches>> kinds() {
        return List.of(
            () -> Batches.seeded(IMAGES, 5, 42),
            () -> Batches.seeded(IMAGES, 5, 42).dropLast().prefetch(3),
            () -> Batches.seeded(IMAGES, 4, -7).augmented(CHANGE).prefetch(9),
            () -> Batches.seeded(IMAGES, 5, 42).augmented(CHANGE).mixed(Mix.mixup(0.3, 10)),
            () -> Batches.seeded(IMAGES, 5, 42).mixed(Mix.cutmix(1, 10)).prefetch(1),
            () -> Batches.inOrder(IMAGES, 5).prefetch(2),
            () -> Batches.inOrder(IMAGES, 23));
    }

    private static List<float[]> take(Batches batches, int n) {
        var y = new ArrayList<float[]>();
        for (int i = 0; i < n; i++) y.add(bits(batches.next()));
        return y;
    }

    private static float[] bits(Batch batch) {
        return NdArray.concat(0, batch.x().value().reshape(batch.x().size()), batch.labels().cast(DType.F32)
            .reshape(batch.labels().size())).floats();
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) assertArrayEquals(expected.get(i), actual.get(i), "batch " + i);
    }

    @Test
    void aSeedGivesOneOrderPerRoundThatTakesEverySampleOnce() {
        var batches = Batches.seeded(IMAGES, 5, 42);
        var rounds = new ArrayList<List<Float>>();
        for (int round = 0; round < 3; round++) {
            var first = new ArrayList<Float>();
            for (var batch : batches.epoch()) {
                for (int i = 0; i < batch.size(); i++) first.add((float) batch.x().value().get(i, 0, 0, 0));
            }
            assertEquals(23, first.stream().distinct().count());
            rounds.add(first);
        }
        assertFalse(rounds.get(0).equals(rounds.get(1)) || rounds.get(1).equals(rounds.get(2)));
        assertSame(take(Batches.seeded(IMAGES, 5, 42), 15), take(Batches.seeded(IMAGES, 5, 42), 15));
        assertFalse(Arrays.equals(take(Batches.seeded(IMAGES, 23, 1), 1).get(0), take(Batches.seeded(IMAGES, 23, 2), 1).get(0)));
    }

    @Test
    void batchesPreparedAheadAreTheSame() {
        for (var change : List.of(Augment.shift(0), CHANGE)) {
            var plain = take(Batches.seeded(IMAGES, 4, 3).augmented(change), 20);
            for (int ahead : new int[] {0, 1, 2, 7, 50}) {
                assertSame(plain, take(Batches.seeded(IMAGES, 4, 3).augmented(change).prefetch(ahead), 20));
            }
        }
    }

    @Test
    void savedBatchesGoOnWithTheSameBits() {
        for (var kind : kinds()) {
            var whole = take(kind.get(), 14);
            for (int at : new int[] {0, 1, 3, 4, 5, 9, 13}) {
                var first = kind.get();
                take(first, at);
                var second = kind.get();
                take(second, 2);
                second.load(first.state());
                assertSame(whole.subList(at, 14), take(second, 14 - at));
            }
        }
    }

    @Test
    void aResumedRunEndsTheRoundThatItWasIn() {
        var first = Batches.seeded(IMAGES, 5, 42);
        take(first, 7);
        var second = Batches.seeded(IMAGES, 5, 0);
        second.load(first.state());
        // by the saved seed, not by its own
        var rest = new ArrayList<float[]>();
        for (var batch : second.epoch()) rest.add(bits(batch));
        assertSame(take(first, 3), rest);
        int left = 0;
        for (var _ : second.epoch()) left++;
        assertEquals(5, left);
    }

    @Test
    void anErrorWhilePreparingReachesTheCaller() {
        for (int ahead : new int[] {0, 2}) {
            var broken = new AtomicBoolean(true);
            Augment once = (images, _) -> {
                if (broken.get()) throw new IllegalStateException("no such file");
                return images;
            };
            var batches = Batches.seeded(IMAGES, 5, 1).augmented(once).prefetch(ahead);
            for (int i = 0; i < 2; i++) assertEquals("no such file", assertThrows(IllegalStateException.class,
                batches::next).getMessage());
            broken.set(false);
            // nothing was left out
            assertSame(take(Batches.seeded(IMAGES, 5, 1), 7), take(batches, 7));
        }
    }

    @Test
    void wrongStatesAndUnseededBatchesAreRefused() {
        var batches = Batches.seeded(IMAGES, 5, 42);
        take(batches, 3);
        var before = batches.state();
        var wrong = new HashMap<>(before);
        wrong.put("position", NdArray.of(Shape.of(), new double[] {5}));
        wrong.put("samples", NdArray.of(Shape.of(), new double[] {24}));
        wrong.remove("round");
        assertRefused("Batches.load: samples is 24.0, wanted a whole number from 23 to 23; round is missing; position is 5.0, "
            + "wanted a "
            + "whole number from 0 to 4; give what state() of the same kind returned", () -> batches.load(wrong));
        assertEquals(before.toString(), batches.state().toString());
        assertRefused("Batches.load: seed is unexpected; give what state() of the same kind returned",
            () -> Batches.inOrder(IMAGES, 5).load(before));
        assertRefused("Batches.prefetch: -1 batches ahead; give 0 or more", () -> batches.prefetch(-1));
        var drawn = Batches.of(IMAGES, 5, new SplittableRandom(1));
        var uses = Map.<String, Executable>of("augmented", () -> drawn.augmented(CHANGE), "mixed",
            () -> drawn.mixed(Mix.mixup(1, 10)),
            "prefetch", () -> drawn.prefetch(2), "state", drawn::state, "load", () -> drawn.load(before));
        uses.forEach((what, use) -> assertEquals("Batches." + what + ": the order is not drawn by a seed, so a batch is no "
            + "function "
            + "of its place; use Batches.seeded", assertThrows(IllegalStateException.class, use).getMessage()));
        assertThrows(IllegalStateException.class, () -> Batches.inOrder(IMAGES, 5).augmented(CHANGE));
    }

    // ---- augmentation

    private static NdArray image(float... pixels) {
        return NdArray.of(Shape.of(1, 1, 3, 3), pixels);
    }

    private static final NdArray NINE = image(1, 2, 3, 4, 5, 6, 7, 8, 9);

    @Test
    void shiftedImagesAreAllThatFitInTheFrame() {
        var random = new SplittableRandom(5);
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < 900; i++) seen.merge(Arrays.toString(Augment.shift(1).apply(NINE, random).floats()), 1, Integer::sum);
        assertEquals(9, seen.size());
        assertTrue(seen.values().stream().allMatch(n -> n > 60 && n < 140), seen::toString);
        assertTrue(seen.containsKey("[0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 4.0, 5.0]"));
        assertTrue(seen.containsKey("[5.0, 6.0, 0.0, 8.0, 9.0, 0.0, 0.0, 0.0, 0.0]"));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, NINE.floats());
    }

    @Test
    void flippedImagesAreMirrored() {
        var random = new SplittableRandom(5);
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7}, Augment.flip(1).apply(NINE, random).floats());
        assertArrayEquals(NINE.floats(), Augment.flip(0).apply(NINE, random).floats());
        var wide = NdArray.of(Shape.of(2, 1, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertArrayEquals(new float[] {4, 3, 2, 1, 8, 7, 6, 5}, Augment.flip(1).apply(wide, random).floats());
    }

    @Test
    void cutoutBlanksASquareInAllChannels() {
        var ones = NdArray.ones(DType.F32, 50, 2, 8, 8);
        var y = Augment.cutout(4).apply(ones, new SplittableRandom(2));
        int smallest = 99;
        int largest = 0;
        for (int i = 0; i < 50; i++) {
            int blank = 0;
            for (int k = 0; k < 64; k++) {
                assertEquals(y.floats()[i * 128 + k], y.floats()[i * 128 + 64 + k]);
                if (y.floats()[i * 128 + k] == 0) blank++;
            }
            smallest = Math.min(smallest, blank);
            largest = Math.max(largest, blank);
        }
        assertEquals(16, largest);
        assertTrue(smallest >= 4 && smallest < 16);
    }

    @Test
    void erasedPixelsAreNoiseOnTheShareOfThePaper() {
        var zeros = NdArray.zeros(DType.F32, 400, 1, 32, 32);
        var y = Augment.erase(1).apply(zeros, new SplittableRandom(3)).floats();
        int changed = 0;
        double squares = 0;
        for (float v : y) {
            if (v == 0) continue;
            changed++;
            squares += v * v;
        }
        // the mean of 2 % … 33 %, a little less because the largest oblong ones do not fit
        assertEquals(0.17, changed / (double) y.length, 0.015);
        assertEquals(1, squares / changed, 0.02);
        assertArrayEquals(zeros.floats(), Augment.erase(0).apply(zeros, new SplittableRandom(3)).floats());
    }

    @Test
    void mixupBlendsSamplesAndLabelsAlike() {
        // x is the one-hot label itself, so the mixed x must be the mixed label
        var data = new Dataset(NdArray.oneHot(DType.F32, labels(40), 10), labels(40));
        var random = new SplittableRandom(4);
        double extremes = 0;
        for (int i = 0; i < 300; i++) {
            var mixed = Mix.mixup(0.2, 10).apply(data.batch(), random);
            assertEquals(Shape.of(40, 10), mixed.labels().shape());
            assertArrayEquals(mixed.x().value().floats(), mixed.labels().floats());
            double largest = mixed.labels().max().item();
            double lambda = mixed.labels().floats()[0];
            if (lambda < 0.05 || lambda > 0.95) extremes++;
            assertTrue(largest <= 1 && mixed.labels().min().item() >= 0);
            for (float sum : mixed.labels().sum(false, 1).floats()) assertEquals(1, sum, 1e-6);
        }
        // Beta(0.2, 0.2) has 0.582 of its mass within 0.05 of 0 or 1 (4 million draws of numpy); λ = 1 too where the partner has
        // the label
        assertTrue(extremes / 300 > 0.5 && extremes / 300 < 0.75, "" + extremes / 300);
        assertTrue(IMAGES.batch().labels().dtype() == DType.I32);
    }

    @Test
    void cutmixSharesLabelsByArea() {
        // each image is filled with its label, so the labels' mean must be the image's mean
        var x = NdArray.of(Shape.of(10, 1, 1), new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}).expand(Shape.of(10, 7, 9));
        var data = new Dataset(x, labels(10));
        var random = new SplittableRandom(6);
        var classes = NdArray.arange(DType.F32, 10);
        double mean = 0;
        for (int i = 0; i < 200; i++) {
            var mixed = Mix.cutmix(1, 10).apply(data.batch(), random);
            var byLabel = mixed.labels().mul(classes).sum(false, 1).floats();
            var byPixel = mixed.x().value().mean(false, 1, 2).floats();
            assertArrayEquals(byLabel, byPixel, 1e-5f);
            mean += mixed.labels().max().item() / 200;
        }
        assertTrue(mean > 0.6 && mean < 0.95, "" + mean);
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        var random = new SplittableRandom(1);
        assertRefused("Augment.shift: -1 pixels; give 0 or more", () -> Augment.shift(-1));
        assertRefused("Augment.flip: p is 1.5; give a probability from 0 to 1", () -> Augment.flip(1.5));
        assertRefused("Augment.cutout: a square of -2 pixels; give 0 or more", () -> Augment.cutout(-2));
        assertRefused("Augment.erase: p is NaN; give a probability from 0 to 1", () -> Augment.erase(Double.NaN));
        assertRefused("Augment.noise: std is -1.0; give a finite number of 0 or more", () -> Augment.noise(-1));
        assertRefused("Augment.flip: the input is F64 (2, 3); give images in F32, (n, c, height, width) or (n, height, width)",
            () -> Augment.flip(1).apply(NdArray.zeros(DType.F64, 2, 3), random));
        assertRefused("Mix.mixup: alpha is 0.0; give a finite number above 0", () -> Mix.mixup(0, 10));
        assertRefused("Mix.cutmix: 0 classes; give 1 or more", () -> Mix.cutmix(1, 0));
        assertRefused("Mix.mixup: a label is 9; 9 classes are 0 … 8", () -> Mix.mixup(1, 9).apply(IMAGES.batch(), random));
        assertRefused("Mix.mixup: labels are F32 (2, 3); give classes (n) in I32, or shares (n, 4) in F32", () -> Mix.mixup(1, 4)
            .apply(new Dataset(NdArray.zeros(DType.F32, 2, 5), NdArray.zeros(DType.F32, 2, 3)).batch(), random));
        assertRefused("Mix.cutmix: x is I32 (2, 5); only samples in F32 can be mixed", () -> Mix.cutmix(1, 4)
            .apply(new Dataset(NdArray.zeros(DType.I32, 2, 5), labels(2)).batch(), random));
        for (var empty : List.of(NdArray.zeros(DType.F32, 0, 1, 3, 3), NdArray.zeros(DType.F32, 2, 0, 3))) {
            for (var augment : List.of(CHANGE, Augment.cutout(2), Augment.erase(1))) {
                assertEquals(empty.shape(), augment.apply(empty, random).shape());
            }
        }
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
