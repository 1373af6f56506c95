package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.data.CharText;
import keel.nn.data.Dataset;
import keel.nn.data.Standardize;
import keel.nn.data.Synthetic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Sets by formula, text, and standardized features.
class SyntheticTest {
    private static SplittableRandom random() {
        return new SplittableRandom(7);
    }

    @Test
    void moonsAreScikitLearns() {
        // the formula of scikit-learn's make_moons in numpy, 3 samples of one and 4 of the other
        double[] numpy = {
            1, 0, 6.123233995736766e-17, 1, -1, 1.2246467991473532e-16,
            0, 0.5, 0.4999999999999999, -0.3660254037844386, 1.5, -0.36602540378443876, 2, 0.4999999999999999
        };
        var moons = Synthetic.moons(7, 0, random());
        for (int i = 0; i < 14; i++) assertEquals(numpy[i], moons.x().floats()[i], 1e-7);
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 1}, moons.labels().ints());
        var noisy = Synthetic.moons(2000, 0.1, random()).x().sub(Synthetic.moons(2000, 0, random()).x());
        assertEquals(0.1, noisy.std(false, 1).item(), 0.004);
        assertArrayEquals(Synthetic.moons(50, 0.1, random()).x().floats(), Synthetic.moons(50, 0.1, random()).x().floats());
    }

    @Test
    void spiralsWindFromTheMiddleToTheCircle() {
        var spirals = Synthetic.spirals(300, 3, 1.5, 0, random());
        assertArrayEquals(new int[] {100, 100, 100}, spirals.countByClass(3));
        for (int label = 0; label < 3; label++) {
            for (int i = 0; i < 100; i++) {
                double x = spirals.x().get(label * 100 + i, 0);
                double y = spirals.x().get(label * 100 + i, 1);
                assertEquals(i / 99.0, Math.hypot(x, y), 1e-6);
            }
        }
        // class 1 ends after 1.5 turns and a third: at 2π·11/6
        assertEquals(Math.cos(2 * Math.PI * 11 / 6), spirals.x().get(199, 0), 1e-6);
        assertArrayEquals(new int[] {4, 3, 3}, Synthetic.spirals(10, 3, 1, 0.1, random()).countByClass(3));
    }

    @Test
    void theCopyingTaskAsksForItsSymbolsAtTheEnd() {
        var task = Synthetic.copying(40, 5, 12, random());
        assertEquals(Shape.of(40, 22), task.x().shape());
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 22; j++) {
                int x = (int) task.x().get(i, j);
                int label = (int) task.labels().get(i, j);
                if (j < 5) assertTrue(x >= 0 && x < 8);
                else assertEquals(j == 16 ? 9 : 8, x);
                assertEquals(j < 17 ? 8 : (int) task.x().get(i, j - 17), label);
            }
        }
    }

    @Test
    void theAddingTaskMarksTwoNumbers() {
        var task = Synthetic.adding(200, 11, random());
        assertEquals(Shape.of(200, 11, 2), task.x().shape());
        double error = 0;
        for (int i = 0; i < 200; i++) {
            double sum = 0;
            int first = 0;
            int second = 0;
            for (int j = 0; j < 11; j++) {
                if (task.x().get(i, j, 1) == 0) continue;
                sum += task.x().get(i, j, 0);
                if (j < 5) first++;
                else second++;
            }
            assertEquals(1, first);
            assertEquals(1, second);
            assertEquals(sum, task.labels().get(i, 0), 1e-6);
            error += (sum - 1) * (sum - 1) / 200;
        }
        assertEquals(1 / 6.0, error, 0.03);
    }

    @Test
    void textIsReadByCharacters() {
        var text = CharText.of("abcab😀c");
        assertEquals("abc😀", text.alphabet());
        assertEquals(4, text.characters());
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 3, 2}, text.tokens().ints());
        assertEquals("abcab😀c", text.decode(text.tokens()));
        assertArrayEquals(new int[] {3, 0}, text.encode("😀a").ints());
        var windows = text.windows(3, 2);
        assertEquals(Shape.of(2, 3), windows.x().shape());
        assertArrayEquals(new int[] {0, 1, 2, 2, 0, 1}, windows.x().ints());
        assertArrayEquals(new int[] {1, 2, 0, 0, 1, 3}, windows.labels().ints());
        assertEquals(1, text.windows(6, 1).size());
    }

    @Test
    void standardizedFeaturesHaveMeanZeroAndDeviationOne() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var x = NdArray.of(Shape.of(4, 3), new double[] {1, 5, 1e6, 2, 5, 1e6 + 1, 3, 5, 1e6 + 2, 4, 5, 1e6 + 3}).cast(dtype);
            var standardize = Standardize.fit(x);
            var y = standardize.apply(x);
            // numpy: (x - x.mean(0)) / x.std(0)
            double[] column = {-1.3416407864998738, -0.4472135954999579, 0.4472135954999579, 1.3416407864998738};
            for (int i = 0; i < 4; i++) {
                assertEquals(column[i], y.get(i, 0), 1e-6);
                assertEquals(0, y.get(i, 1));
                assertEquals(column[i], y.get(i, 2), 1e-6);
            }
            assertEquals(dtype, y.dtype());
            assertArrayEquals(x.toDoubles(), standardize.invert(y).toDoubles(), 0.1);
            // the test set by the training set's numbers
            assertEquals((10 - 2.5) / Math.sqrt(1.25), standardize.apply(NdArray.of(10.0, 5, 0).reshape(1,
                3).cast(dtype)).get(0, 0), 1e-6);
        }
        var images = NdArray.uniform(DType.F32, Shape.of(8, 2, 5, 3), 3, 9, random());
        var y = Standardize.fitChannels(images).apply(new Dataset(images, NdArray.zeros(DType.I32, 8))).x();
        for (double mean : y.mean(false, 0, 2, 3).toDoubles()) assertEquals(0, mean, 1e-6);
        for (double std : y.std(false, 0, 0, 2, 3).toDoubles()) assertEquals(1, std, 1e-6);
    }

    @Test
    void whatCannotBeIsRefusedInOneLine() {
        assertRefused("Synthetic.moons: 1 samples; give 2 or more", () -> Synthetic.moons(1, 0, random()));
        assertRefused("Synthetic.moons: noise is -1.0; give a finite number of 0 or more",
            () -> Synthetic.moons(9, -1, random()));
        assertRefused("Synthetic.spirals: 2 samples; give 3 or more", () -> Synthetic.spirals(2, 3, 1, 0, random()));
        assertRefused("Synthetic.spirals: 0 classes; give 1 or more", () -> Synthetic.spirals(2, 0, 1, 0, random()));
        assertRefused("Synthetic.copying: 5 samples of 0 symbols over 3 steps; give 1 or more of each",
            () -> Synthetic.copying(5, 0, 3, random()));
        assertRefused("Synthetic.adding: 5 samples of 1 steps; give 1 sample or more, of 2 steps or more",
            () -> Synthetic.adding(5, 1, random()));
        assertRefused("CharText: the text is empty; give 1 character or more", () -> CharText.of(""));
        assertRefused("CharText.encode: \"z\" is not in the alphabet of 2 characters; make the text of everything that is to "
            + "be read",
            () -> CharText.of("ab").encode("az"));
        assertRefused("CharText.decode: there is no character 2; 2 characters are 0 … 1",
            () -> CharText.of("ab").decode(NdArray.of(2)));
        assertRefused("CharText.windows: pieces of 2 every 1 of a text of 2 characters; give 1 or more of both, and fewer "
            + "than the text "
            + "has", () -> CharText.of("ab").windows(2, 1));
        assertRefused("Standardize.fit: x is F32 (0, 3); give 1 sample or more of floats, along the first axis",
            () -> Standardize.fit(NdArray.zeros(DType.F32, 0, 3)));
        assertRefused("Standardize.fitChannels: x is (2, 3); give (n, c, …), or use fit for features without places",
            () -> Standardize.fitChannels(NdArray.zeros(DType.F32, 2, 3)));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
