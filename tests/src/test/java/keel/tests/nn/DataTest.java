package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.data.Batch;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.data.Digits;
import org.junit.jupiter.api.Test;

class DataTest {
    // Sample i is the row (i, −i), its label i.
    private static Dataset numbered(int n) {
        var x = new float[2 * n];
        for (int i = 0; i < n; i++) {
            x[2 * i] = i;
            x[2 * i + 1] = -i;
        }
        return new Dataset(NdArray.of(Shape.of(n, 2), x), NdArray.of(Shape.of(n), IntStream.range(0, n).toArray()));
    }

    private static List<Integer> labels(Iterable<Batch> batches) {
        var labels = new ArrayList<Integer>();
        for (var batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                int label = batch.labels().ints()[i];
                assertEquals(label, batch.x().value().get(i, 0), "x and label stay together");
                assertEquals(-label, batch.x().value().get(i, 1));
                labels.add(label);
            }
        }
        return labels;
    }

    @Test
    void aRoundTakesEverySampleOnceInAnOrderOfItsOwn() {
        var batches = Batches.of(numbered(103), 10, new SplittableRandom(1));
        var first = labels(batches.epoch());
        var second = labels(batches.epoch());
        assertEquals(103, first.size());
        assertEquals(103, new HashSet<>(first).size());
        assertEquals(new HashSet<>(first), new HashSet<>(second));
        assertFalse(first.equals(second));
        assertFalse(first.equals(IntStream.range(0, 103).boxed().toList()));
    }

    @Test
    void sameSeedSameBatches() {
        var one = Batches.of(numbered(50), 8, new SplittableRandom(7));
        var two = Batches.of(numbered(50), 8, new SplittableRandom(7));
        var other = Batches.of(numbered(50), 8, new SplittableRandom(8));
        assertEquals(labels(one.epoch()), labels(two.epoch()));
        assertFalse(labels(one.epoch()).equals(labels(other.epoch())));
    }

    @Test
    void everyOrderIsAboutAsLikely() {
        // 3! orders, 6,000 shuffles: 1,000 each with a standard deviation of 29; 6 of those.
        var counts = new TreeMap<String, Integer>();
        var batches = Batches.of(numbered(3), 3, new SplittableRandom(3));
        for (int i = 0; i < 6000; i++) counts.merge(labels(batches.epoch()).toString(), 1, Integer::sum);
        assertEquals(6, counts.size());
        counts.values().forEach(count -> assertEquals(1000, count, 174));
    }

    @Test
    void nextGoesRoundAndRound() {
        var batches = Batches.of(numbered(10), 4, new SplittableRandom(1));
        assertEquals(3, batches.perEpoch());
        for (int round = 0; round < 3; round++) {
            var seen = new HashSet<Integer>();
            for (int size : new int[] {4, 4, 2}) {
                var batch = batches.next();
                assertEquals(size, batch.size());
                seen.addAll(labels(List.of(batch)));
            }
            assertEquals(10, seen.size());
        }
    }

    @Test
    void dropLastLeavesTheShortBatchOut() {
        var batches = Batches.of(numbered(10), 4, new SplittableRandom(1)).dropLast();
        assertEquals(2, batches.perEpoch());
        for (int i = 0; i < 20; i++) assertEquals(4, batches.next().size());
        assertEquals(8, labels(batches.epoch()).size());
        var error = assertThrows(IllegalArgumentException.class, () -> Batches.inOrder(numbered(3), 4).dropLast());
        assertEquals("Batches: 3 samples make no whole batch of 4, and dropLast drops the rest; give smaller batches",
            error.getMessage());
    }

    @Test
    void inOrderKeepsTheOrder() {
        assertEquals(IntStream.range(0, 10).boxed().toList(), labels(Batches.inOrder(numbered(10), 3).epoch()));
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Batches: the data set is empty, (0, 2); give 1 sample or more", () -> Batches.inOrder(numbered(0), 3));
        assertRefused("Batches: batches of 0; give 1 or more", () -> Batches.inOrder(numbered(3), 0));
        assertRefused("Batches: no random generator to shuffle by; give one such as new SplittableRandom(42), or use inOrder",
            () -> Batches.of(numbered(3), 3, null));
        assertRefused("Dataset: x is (3, 2) and labels are (2); give one label for each sample, along the first axis of both",
            () -> new Dataset(NdArray.zeros(DType.F32, 3, 2), NdArray.of(1, 2)));
        assertRefused("Dataset.select: there is no sample 3 among 3; they count from 0", () -> numbered(3).select(0, 3));
        assertRefused("Dataset.countByClass: a label is 2; 2 classes are 0 … 1", () -> numbered(3).countByClass(2));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void digitsAreTheFilesNumbersScaledToOne() {
        var all = Digits.all();
        assertEquals(Shape.of(1797, 64), all.x().shape());
        assertEquals(DType.F32, all.x().dtype());
        assertEquals(DType.I32, all.labels().dtype());
        // The first line of the file is 0,0,5,13,9,1,0,0, …, label 0.
        var first = Arrays.copyOf(all.x().floats(), 8);
        assertArrayEquals(new float[] {0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0}, first);
        assertEquals(0, all.labels().ints()[0]);
        assertEquals(0, all.x().min().item());
        assertEquals(1, all.x().max().item());
        // Sums over the whole file: gunzip, drop the header, add up.
        assertEquals(561718 / 16.0, Arrays.stream(all.x().toDoubles()).sum());
        assertArrayEquals(new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, all.countByClass(10));
    }

    @Test
    void theSplitIsStratifiedDisjointAndFixedBySeed() {
        var split = Digits.split(42);
        assertEquals(1442, split.train().size());
        assertEquals(355, split.test().size());
        assertArrayEquals(new int[] {35, 36, 35, 36, 36, 36, 36, 35, 34, 36}, split.test().countByClass(10));
        var again = Digits.split(42);
        assertArrayEquals(split.train().x().floats(), again.train().x().floats());
        assertArrayEquals(split.test().labels().ints(), again.test().labels().ints());
        assertFalse(Arrays.equals(split.test().x().floats(), Digits.split(43).test().x().floats()));
        var rows = new ArrayList<String>();
        for (var part : List.of(split.train(), split.test(), Digits.all())) {
            for (int i = 0; i < part.size(); i++) {
                var pixels = Arrays.copyOfRange(part.x().floats(), i * 64, i * 64 + 64);
                rows.add(Arrays.toString(pixels) + part.labels().ints()[i]);
            }
        }
        var parts = new ArrayList<>(rows.subList(0, 1797));
        var all = new ArrayList<>(rows.subList(1797, 3594));
        parts.sort(null);
        all.sort(null);
        assertEquals(all, parts, "together they are all samples, each once");
        assertTrue(new HashSet<>(rows.subList(0, 1442)).stream().noneMatch(new HashSet<>(rows.subList(1442, 1797))::contains));
    }
}
