package keel.tests.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import keel.bench.jmh.ConvolutionBench;
import keel.bench.jmh.ElementwiseBench;
import keel.bench.jmh.LayoutBench;
import keel.bench.jmh.ReductionBench;
import keel.bench.jmh.RowsBench;
import keel.bench.jmh.StepBench;
import keel.bench.work.Family;
import keel.bench.work.Traffic;
import keel.bench.work.Work;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/// What is measured, and that the JMH studies measure the same.
class WorksTest {
    private static final Map<Family, Class<?>> STUDIES = Map.of(Family.ELEMENTWISE, ElementwiseBench.class, Family.REDUCTIONS,
        ReductionBench.class, Family.ROWS, RowsBench.class, Family.STEPS, StepBench.class, Family.CONVOLUTION,
        ConvolutionBench.class, Family.LAYOUT, LayoutBench.class);

    @Test
    void everyStudyNamesTheWorksOfItsFamily() throws NoSuchFieldException {
        for (var family : Family.values()) {
            if (family == Family.PRODUCTS) continue; // MatmulBench takes forms and extents
            assertEquals(family.names(), List.of(STUDIES.get(family).getField("kernel").getAnnotation(Param.class).value()));
        }
    }

    @Test
    void everyWorkRunsAndSaysWhatItCosts() {
        for (var family : Family.values()) {
            for (var name : family.names()) {
                // long where plain
                if (name.contains("1e7") || family == Family.PRODUCTS || family == Family.CONVOLUTION) continue;
                var work = family.work(name);
                work.call().run();
                assertTrue(work.bytes() > 0 && work.footprint() > 0 && work.flops() >= 0, name);
                assertEquals(family, work.family());
            }
        }
    }

    @Test
    void aProductOfSixtyFourMakesTwoOperationsForEachOfItsMultiplyAdds() {
        var work = Family.PRODUCTS.work("NN 64");
        assertEquals(2.0 * 64 * 64 * 64, work.flops());
        assertEquals(3.0 * 64 * 64 * 4, work.bytes());
        assertEquals(64 / 6.0, work.intensity());
    }

    @Test
    void theLeastTimeIsThatOfWhateverTakesLonger() {
        var work = new Work(Family.STEPS, "step", 100, 50, 50, Traffic.READ, 0, () -> {});
        assertEquals(10, work.leastNanos(10, 1000));
        assertEquals(25, work.leastNanos(1000, 2));
        assertTrue(work.isArithmetic(10, 1000));
        assertTrue(!work.isArithmetic(1000, 2));
    }

    @Test
    void aWorkThatIsNoneIsNamedWithThoseThatAre() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> Family.STEPS.work("adamx"));
        assertEquals("there is no work 'adamx' among steps; there are adamw 1e3, adamw 1e5, adamw 1e7, sgd momentum 1e5, "
            + "rmsprop 1e5, axpy 1e5", thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Work(Family.STEPS, "none", 1, 0, 1, Traffic.READ, 0,
            () -> {}));
    }
}
