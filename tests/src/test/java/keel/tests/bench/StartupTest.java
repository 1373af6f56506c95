package keel.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import keel.bench.speed.StartupProbe;
import org.junit.jupiter.api.Test;

/// When a program counts as fast.
class StartupTest {
    @Test
    void fullSpeedIsTheEndOfTheFirstNineCallsWhoseMedianIsWithinATenthOfTheFastest() {
        var times = new ArrayList<Double>();
        var ends = new ArrayList<Double>();
        double now = 0;
        for (int i = 0; i < 200; i++) {
            // A lucky one among slow ones does not count, nor does a slow one among fast ones.
            double time = i == 20 || i >= 60 && i != 70 ? 1.0 : 5.0;
            times.add(time);
            ends.add(now += time);
        }
        assertEquals(ends.get(64), StartupProbe.settled(times, ends));
        assertEquals(Double.NaN, StartupProbe.settled(List.of(1.0, 2.0), List.of(1.0, 3.0)));
    }
}
