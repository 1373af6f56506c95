package keel.tests.autograd;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import keel.autograd.GradCheck;
import keel.tests.gen.Samples;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// First and second derivatives of every entry of [Operations], each at so many random shapes and values: once in every build
/// beside [GradientProperties], 1,000 times with the system property `keel.slow`.
class GradientSweepTest {
    /// Tries of an entry in the long run.
    static final int MANY = 1_000;

    @TestFactory
    Stream<DynamicTest> derivatives() {
        int tries = Boolean.getBoolean("keel.slow") ? MANY : 1;
        return Operations.ALL.stream().map(op -> DynamicTest.dynamicTest(op.name(), () -> sweep(op, tries)));
    }

    /// Fails with the first case whose derivatives are wrong.
    static void sweep(Operation op, int tries) {
        var random = new SplittableRandom(op.name().hashCode());
        for (int i = 0; i < tries; i++) {
            var shape = Samples.shape(3, 8, random);
            while (i == 0 && shape.size() == 0) shape = Samples.shape(3, 8, random); // one try of nothing shows nothing
            long seed = random.nextLong();
            var c = op.make(shape, seed);
            int n = i;
            var at = shape;
            var first = GradCheck.first(op.precision(), c.f(), c.inputs());
            Assertions.assertTrue(first.ok(), () -> "try " + n + " of " + op + " at " + at + ", seed " + seed + ": " + first);
            var second = GradCheck.second(op.precision(), c.f(), c.inputs());
            Assertions.assertTrue(second.ok(), () -> "try " + n + " of " + op + " at " + at + ", seed " + seed
                + ", twice: " + second);
        }
    }
}
