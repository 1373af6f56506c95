package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import keel.array.NdArray;
import keel.nn.Rng;
import org.junit.jupiter.api.Test;

class RngTest {
    private static void assertSame(RandomGenerator want, RandomGenerator got) {
        for (int i = 0; i < 50; i++) {
            assertEquals(want.nextLong(), got.nextLong());
            assertEquals(want.nextInt(), got.nextInt());
            assertEquals(want.nextInt(7 + i), got.nextInt(7 + i));
            assertEquals(want.nextDouble(), got.nextDouble());
            assertEquals(want.nextGaussian(), got.nextGaussian());
            assertEquals(want.nextBoolean(), got.nextBoolean());
        }
    }

    @Test
    void givesTheNumbersOfSplittableRandom() {
        for (long seed : new long[] {0, 1, 42, -1, Long.MIN_VALUE}) assertSame(new SplittableRandom(seed), Rng.of(seed));
    }

    @Test
    void aStepHasTheNumbersOfItsSplit() {
        var parent = new SplittableRandom(42);
        for (int step = 0; step < 200; step++) assertSame(parent.split(), Rng.at(42, step));
        assertNotEquals(Rng.at(42, 0).nextLong(), Rng.at(43, 0).nextLong());
        assertThrows(IllegalArgumentException.class, () -> Rng.at(1, -1));
    }

    @Test
    void aSavedStateGoesOnWithTheNextNumber() {
        for (var rng : new Rng[] {Rng.of(-7), Rng.at(5, 3)}) {
            for (int i = 0; i < 13; i++) rng.nextLong();
            var copy = Rng.of(0);
            copy.load(rng.state());
            assertSame(rng, copy);
        }
    }

    @Test
    void whatIsNoStateIsRefused() {
        var rng = Rng.of(1);
        var next = Rng.of(1).nextLong();
        assertEquals("Rng.load: state is no state of an Rng; give what state() of the same kind returned",
            assertThrows(IllegalArgumentException.class, () -> rng.load(Map.of("state", NdArray.of(1, 2, 3, 4)))).getMessage());
        assertEquals("Rng.load: state is missing; x is unexpected; give what state() of the same kind returned",
            assertThrows(IllegalArgumentException.class, () -> rng.load(Map.of("x", NdArray.of(1)))).getMessage());
        assertEquals(next, rng.nextLong());
    }
}
