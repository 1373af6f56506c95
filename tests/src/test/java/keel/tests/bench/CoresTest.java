package keel.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import keel.bench.speed.Cores;
import org.junit.jupiter.api.Test;

/// How rounds are chosen by what else runs on the cores; what that is on the machine of a test, nobody knows.
class CoresTest {
    @Test
    void asManyRoundsCountAsWereAskedForAndNoMoreThanTwiceAsManyRun() {
        for (int wanted : new int[] {1, 2, 7}) {
            var runs = new AtomicInteger();
            var calmest = Cores.calmest(wanted, 1, runs::incrementAndGet);
            assertEquals(wanted, new HashSet<>(calmest).size(), "different rounds");
            assertTrue(runs.get() >= wanted && runs.get() <= 2 * wanted, runs + " rounds for " + wanted);
            assertTrue(calmest.stream().allMatch(run -> run >= 1 && run <= runs.get()));
        }
        assertTrue(Cores.words().matches("cores of its own in (100|\\d{1,2}) % of the rounds"), Cores.words());
    }
}
