package keel.tests.autograd;

import java.util.Arrays;
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
    private static final int PATIENCE = 100;

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
            long seed = random.nextLong();
            var c = op.make(shape, seed);
            for (int again = 0; i == 0 && isEmpty(c) && again < PATIENCE; again++) {
                shape = Samples.shape(3, 8, random);
                seed = random.nextLong();
                c = op.make(shape, seed);
            }
            var at = "try " + i + " of " + op + " at " + shape + ", seed " + seed;
            var first = GradCheck.first(op.precision(), c.f(), c.inputs());
            Assertions.assertTrue(first.ok(), () -> at + ": " + first);
            var second = GradCheck.second(op.precision(), c.f(), c.inputs());
            Assertions.assertTrue(second.ok(), () -> at + ", twice: " + second);
        }
    }

    /// A derivative of nothing shows nothing: the first try is of something.
    private static boolean isEmpty(Operation.Case c) {
        return Arrays.stream(c.inputs()).anyMatch(x -> x.size() == 0);
    }
}
