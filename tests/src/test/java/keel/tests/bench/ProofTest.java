package keel.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import keel.bench.speed.Proof;
import keel.bench.speed.ProofFork;
import keel.bench.speed.ProofFork.Found;
import keel.bench.speed.Stated;
import org.junit.jupiter.api.Test;

/// What `keel bench --proof` makes of the numbers of its forks.
class ProofTest {
    private static final String KERNEL = "elementwise: exp 1e5";

    private static List<Proof.Verdict> judged(Map<String, Double> stated, double allocated, double... fractions) {
        return judged(1e4, stated, allocated, fractions);
    }

    private static List<Proof.Verdict> judged(double nanos, Map<String, Double> stated, double allocated, double... fractions) {
        var forks = new ArrayList<Proof.Fork>();
        for (int i = 0; i < fractions.length; i++) {
            forks.add(new Proof.Fork("Serial", i + 1, List.of(new Found(KERNEL, fractions[i], nanos, allocated, 0))));
        }
        return new Proof(fractions.length, "exp 1e5", stated).judge(forks);
    }

    @Test
    void oneForkBelowTheFloorOfTheMedianFails() {
        var good = judged(Map.of(), 0, 0.60, 0.52, 0.61).getFirst();
        assertEquals(List.of(), good.faults());
        assertEquals(0.60, good.median());
        assertEquals("Serial 2", good.worst());
        var bad = judged(Map.of(), 0, 0.60, 0.50, 0.61).getFirst();
        assertEquals(List.of("Serial 2 reaches 0.50 of 0.60"), bad.faults());
    }

    @Test
    void aKernelThatGotSlowerEverywhereFailsAgainstWhatIsStated() {
        assertEquals(List.of(), judged(Map.of(), 0, 0.3, 0.3, 0.3).getFirst().faults());
        assertEquals(3, judged(Map.of(KERNEL, 0.6), 0, 0.3, 0.3, 0.3).getFirst().faults().size());
        assertEquals(List.of(), judged(Map.of(KERNEL, 0.35), 0, 0.3, 0.3, 0.3).getFirst().faults());
    }

    @Test
    void nobodyIsHeldToMoreThanTheLimit() {
        assertEquals(List.of(), judged(Map.of(), 0, 1.2, 0.9, 1.2).getFirst().faults());
        assertEquals(List.of("Serial 2 reaches 0.80 of 1.00"), judged(Map.of(KERNEL, 1.3), 0, 1.2, 0.8, 1.2).getFirst().faults());
    }

    @Test
    void whatIsOverInLessThanAMicrosecondIsJudgedByItsAllocationAlone() {
        var quick = judged(900, Map.of(), 0, 0.60, 0.30, 0.61).getFirst();
        assertEquals(List.of(), quick.faults());
        assertTrue(quick.isShort());
        assertEquals(List.of("Serial 1 allocates 24 bytes a call"), judged(900, Map.of(), 24, 0.6).getFirst().faults());
        assertFalse(judged(1000, Map.of(), 0, 0.60).getFirst().isShort());
    }

    @Test
    void whatEveryForkReachedIsStatedButNotAFailure() {
        assertEquals(0.52, judged(Map.of(), 0, 0.60, 0.52, 0.61).getFirst().promise());
        assertEquals(0.51, judged(Map.of(), 0, 0.60, 0.20, 0.61).getFirst().promise(), 1e-12);
    }

    @Test
    void aKernelThatAllocatesOrWasNotMeasuredFails() {
        assertEquals(List.of("Serial 1 allocates 24 bytes a call"), judged(Map.of(), 24, 0.6).getFirst().faults());
        var none = new Proof(1, "exp 1e5", Map.of()).judge(List.of(new Proof.Fork("G1", 1, List.of()))).getFirst();
        assertEquals(List.of("G1 1 did not measure it"), none.faults());
        assertEquals(1, judged(Map.of(), 0, 0.6, 0.6, Double.NaN).getFirst().faults().size());
    }

    @Test
    void whatMakesItsResultMayAllocateThatAndNoMore() {
        for (double bytes : new double[] {14_000, 14_001}) {
            var fork = new Proof.Fork("G1", 1, List.of(new Found(KERNEL, 0.6, 1e4, bytes, 14_000)));
            var faults = new Proof(1, "exp 1e5", Map.of()).judge(List.of(fork)).getFirst().faults();
            assertEquals(bytes > 14_000 ? List.of("G1 1 allocates 14001 bytes a call") : List.of(), faults);
        }
    }

    @Test
    void theSecondBestPassAndTheLeastBytesCount() {
        var passes = new ArrayList<Found>();
        var fractions = new double[] {0.2, 0.7, 0.5, 0.6};
        for (int i = 0; i < 4; i++) passes.add(new Found(KERNEL, fractions[i], 1000 / fractions[i], 1000 * (3 - i), 0));
        passes.add(new Found("elementwise: log 1e5", 0.3, 9, 0, 0));
        assertEquals(List.of(new Found(KERNEL, 0.6, 1000 / 0.6, 0, 0), new Found("elementwise: log 1e5", 0.3, 9, 0, 0)),
            Found.best(passes));
    }

    @Test
    void whatAForkPrintsIsReadBackAndWhatTheJvmSaysIsNot() {
        assertEquals(List.of(new Found(KERNEL, 0.5, 900, 0, 14_000)),
            ProofFork.Found.read(List.of("WARNING: Using incubator modules", KERNEL + "|0.5|900|0.0|14000.0", "1 kernels")));
    }

    @Test
    void largeWorksAreLeftOutAndEveryFamilyIsThere() {
        var hot = ProofFork.hot("");
        assertEquals(7, hot.stream().map(ProofFork.Hot::family).distinct().count());
        assertFalse(hot.stream().anyMatch(kernel -> kernel.name().contains("1e7") || kernel.name().endsWith(" 1024")));
        assertTrue(hot.stream().anyMatch(kernel -> kernel.name().equals("NN 256")));
    }

    @Test
    void statedFractionsAreThoseOfOneKindOfMachine() {
        var text = Stated.with(Stated.HEADER + "\namd64 256 Other;a;0.70\namd64 512 This;a;0.10\n", "amd64 512 This",
            Map.of(KERNEL, 0.625));
        assertEquals(Stated.HEADER + "\namd64 256 Other;a;0.70\namd64 512 This;" + KERNEL + ";0.625\n", text);
        assertEquals(Map.of(KERNEL, 0.625), Stated.read(text, "amd64 512 This"));
        assertEquals(Map.of(), Stated.read(text, "aarch64 128 This"));
        assertTrue(Stated.file().startsWith(Stated.HEADER + "\n"));
    }

    @Test
    void aJvmMeasuresAgainWhatItIsBehindAtAndNothingElse() {
        assertEquals(List.of(KERNEL), again(0.50, 1e4));
        assertEquals(List.of(), again(0.52, 1e4));
        assertEquals(List.of(), again(0.30, 900));
    }

    private static List<String> again(double fraction, double nanos) {
        var forks = new ArrayList<Proof.Fork>();
        for (double f : new double[] {0.60, fraction, 0.61}) {
            forks.add(new Proof.Fork("Serial", 1, List.of(new Found(KERNEL, f, nanos, 0, 0))));
        }
        var verdicts = new Proof(3, "exp 1e5", Map.of()).judge(forks);
        assertEquals(List.of(), Proof.behind(forks.getFirst(), verdicts));
        return Proof.behind(forks.get(1), verdicts);
    }
}
