package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Gradients that flow through graphs of any form, in which one array is handed on, shared, added to and released, are those of
/// a walk that keeps every array as it is.
class FlowProperties {
    private static final int ROWS = 32;
    private static final int COLUMNS = 48; // long enough to be used again
    private static final int LEAVES = 3;
    private static final int NODES = 14;

    @Property(tries = 60)
    void arraysThatAreUsedAgainChangeNoGradient(@ForAll long seed) {
        var leaves = leaves(new SplittableRandom(seed));
        var kept = new ArrayList<Tensor>();
        var calm = watched(Backward.from(loss(leaves, new SplittableRandom(seed), kept)).createGraph(), kept);
        var inner = new ArrayList<Tensor>();
        var watched = watched(Backward.from(loss(leaves, new SplittableRandom(seed), inner)), inner);
        var plain = Backward.from(loss(leaves, new SplittableRandom(seed), new ArrayList<>())).run();
        var released = Backward.from(loss(leaves, new SplittableRandom(seed), new ArrayList<>())).releaseGraph().run();
        for (var leaf : leaves) {
            var expected = gradient(calm, leaf);
            assertArrayEquals(expected, gradient(plain, leaf));
            assertArrayEquals(expected, gradient(released, leaf));
            assertArrayEquals(expected, gradient(watched, leaf));
        }
        for (int i = 0; i < NODES; i += 4) {
            assertArrayEquals(gradient(calm, kept.get(i)), gradient(watched, inner.get(i)));
        }
    }

    private static Gradients watched(Backward walk, List<Tensor> inner) {
        for (int i = 0; i < NODES; i += 4) walk.watch(inner.get(i));
        return walk.run();
    }

    // Slices add nothing outside of themselves where others add zeros: −0 and 0 are the same here.
    private static float[] gradient(Gradients of, Tensor x) { return of.has(x) ? of.of(x).add(0).floats() : null; }

    private static List<Tensor> leaves(SplittableRandom random) {
        var leaves = new ArrayList<Tensor>();
        for (int i = 0; i < LEAVES; i++) {
            leaves.add(Tensor.parameter(NdArray.uniform(DType.F32, Shape.of(ROWS, COLUMNS), -1, 1, random)));
        }
        return leaves;
    }

    // Each node is a function of any nodes before it, so that many have several users.
    private static Tensor loss(List<Tensor> leaves, SplittableRandom random, List<Tensor> inner) {
        var all = new ArrayList<>(leaves);
        for (int i = 0; i < NODES; i++) {
            var a = all.get(random.nextInt(all.size()));
            var b = all.get(random.nextInt(all.size()));
            var y = switch (random.nextInt(13)) {
                case 0 -> a.add(b);
                case 1 -> a.sub(b);
                case 2 -> a.mul(b);
                case 3 -> a.reshape(COLUMNS, ROWS).reshape(ROWS, COLUMNS);
                case 4 -> a.transpose().reshape(ROWS, COLUMNS);
                case 5 -> a.add(b.sum(true, 0));
                case 6 -> a.mul(b.mean(true, 1));
                case 7 -> Tensor.concat(0, a.slice(0, 0, ROWS / 2), b.slice(0, ROWS / 2, ROWS));
                case 8 -> a.square().mul(0.5);
                case 9 -> a.add(1);
                case 10 -> a.slice(1, 0, 1).expand(Shape.of(ROWS, COLUMNS));
                case 11 -> a.sin().add(a);
                default -> a.neg();
            };
            all.add(y);
            inner.add(y);
        }
        return all.getLast().add(all.get(LEAVES + NODES / 2)).sum();
    }
}
