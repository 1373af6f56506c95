package keel.nn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import keel.array.NdArray;
import keel.array.Shape;

/// 1,797 handwritten digits of 8 × 8 pixels, in two parts that share no sample: `x (n, 64)` in F32 with every pixel in [0, 1],
/// `labels (n)` 0 … 9 in I32.
///
/// The pixels are the file's 0 … 16 divided by 16; nothing else is done to them, no mean is taken away. They lie row by row from
/// the top left.
///
/// Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits" (its test part), UCI Machine Learning
/// Repository 1998, doi 10.24432/C50P49, CC BY 4.0.
///
/// @param train the samples to learn from
/// @param test  the samples to be judged by
public record Digits(Dataset train, Dataset test) {
    /// How many classes there are.
    public static final int CLASSES = 10;
    /// How many pixels a digit has.
    public static final int PIXELS = 64;

    private static final int SAMPLES = 1797;
    private static final int DARKEST = 16;
    private static final int TEST_SHARE = 5;
    private static final String RESOURCE = "digits.csv.gz";

    /// Splits by class: of each digit's samples, shuffled by `seed`, a fifth (rounded down) is for the test, the others are for
    /// training. Both parts keep the order of the file. 1,442 to train, 355 to test, whatever the seed.
    public static Digits split(long seed) {
        var all = all();
        var labels = all.labels().ints();
        var random = new SplittableRandom(seed);
        var isTest = new boolean[labels.length];
        for (int c = 0; c < CLASSES; c++) {
            int label = c;
            var places = places(labels.length, i -> labels[i] == label);
            Order.shuffle(places, random);
            for (int i = 0; i < places.length / TEST_SHARE; i++) isTest[places[i]] = true;
        }
        return new Digits(all.select(places(labels.length, i -> !isTest[i])), all.select(places(labels.length, i -> isTest[i])));
    }

    private static int[] places(int n, IntPredicate wanted) {
        return IntStream.range(0, n).filter(wanted).toArray();
    }

    /// All of them, in the order of the file.
    ///
    /// Throws [IllegalStateException] if the copy of Keel is damaged.
    public static Dataset all() {
        var pixels = new float[SAMPLES * PIXELS];
        var labels = new int[SAMPLES];
        int sample = 0;
        try (var in = Digits.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw damaged("is missing", null);
            var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII));
            lines.readLine(); // the names of the columns
            for (var line = lines.readLine(); line != null; line = lines.readLine(), sample++) {
                if (sample == SAMPLES) throw damaged("has more than " + SAMPLES + " samples", null);
                parse(line, sample, pixels, labels);
            }
        } catch (IOException | NumberFormatException e) {
            throw damaged("cannot be read at sample " + sample, e);
        }
        if (sample < SAMPLES) throw damaged("ends after " + sample + " of " + SAMPLES + " samples", null);
        return new Dataset(NdArray.of(Shape.of(SAMPLES, PIXELS), pixels), NdArray.of(Shape.of(SAMPLES), labels));
    }

    private static void parse(String line, int sample, float[] pixels, int[] labels) {
        var values = Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray();
        if (values.length != PIXELS + 1) throw damaged("has " + values.length + " values in sample " + sample, null);
        for (int i = 0; i < PIXELS; i++) {
            if (values[i] < 0 || values[i] > DARKEST) throw damaged("has a pixel of " + values[i] + " in sample " + sample, null);
            pixels[sample * PIXELS + i] = (float) values[i] / DARKEST;
        }
        int label = values[PIXELS];
        if (label < 0 || label >= CLASSES) throw damaged("has the label " + label + " in sample " + sample, null);
        labels[sample] = label;
    }

    private static IllegalStateException damaged(String how, Exception cause) {
        return new IllegalStateException("Digits: the resource " + RESOURCE + " " + how
            + "; this copy of Keel is damaged, build or fetch it anew", cause);
    }
}
