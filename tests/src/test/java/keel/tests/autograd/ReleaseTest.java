package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Inputs;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import org.junit.jupiter.api.Test;

/// Arrays that are given up: the next results are written into them, nothing else changes, and whoever still asks is told.
class ReleaseTest {
    private static final String RELEASED = "elements: those of F32 (37, 41) were released; copy() what is used later, before "
        + "release()";

    @Test
    void nextResultTakesTheArrayThatWasReleasedLast() {
        var x = NdArray.full(DType.F32, Shape.of(37, 41), 3);
        var y = x.mul(x);
        var first = x.floats();
        var last = y.floats();
        x.release();
        y.release();
        assertSame(last, NdArray.full(DType.F32, Shape.of(41, 37), 2).floats());
        var zeros = NdArray.zeros(DType.F32, 37 * 41);
        assertSame(first, zeros.floats());
        assertEquals(0, zeros.abs().max().item());
        assertNotSame(first, NdArray.empty(DType.F32, Shape.of(37, 41)).floats());
    }

    @Test
    void everyTypeIsUsedAgain() {
        for (var type : DType.values()) {
            var x = NdArray.full(type, Shape.of(1931), 1);
            var copy = x.copy();
            x.release();
            var again = copy.copy();
            assertEquals(1931, again.cast(DType.F64).sum().item(), type.toString());
            copy.release();
            assertEquals(0, NdArray.zeros(type, 1931).cast(DType.F64).sum().item(), type.toString());
        }
    }

    @Test
    void whatWasReleasedHoldsNothingAndSaysSo() {
        var x = NdArray.ones(DType.F32, 37, 41);
        var flat = x.reshape(-1).reshape(37, 41);
        var tensor = Tensor.of(x);
        flat.release();
        x.release(); // once more: nothing happens
        for (var use : Map.<String, Function<NdArray, Object>>of("add", a -> a.add(a), "get", a -> a.get(0, 0), "floats",
            NdArray::floats, "copy", NdArray::copy, "fill", a -> a.fillInPlace(1), "sum", NdArray::sum).entrySet()) {
            assertEquals(RELEASED, assertThrows(IllegalStateException.class, () -> use.getValue().apply(x), use.getKey())
                .getMessage());
        }
        assertEquals(RELEASED, assertThrows(IllegalStateException.class, () -> tensor.mul(2)).getMessage());
        assertTrue(x.toString().contains("released"), x.toString());
        assertEquals(Shape.of(37, 41), x.shape());
    }

    @Test
    void arraysOfOthersStayTheirs() {
        var theirs = new float[1733];
        theirs[5] = 7;
        NdArray.of(Shape.of(1733), theirs).release();
        assertNotSame(theirs, NdArray.zeros(DType.F32, 1733).floats());
        assertEquals(7, theirs[5]);
    }

    @Test
    void noArrayIsHandedOutTwice() throws InterruptedException {
        var wrong = new AtomicBoolean();
        var threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            int id = i + 1;
            threads[i] = Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 2000; round++) {
                    var x = NdArray.full(DType.F32, Shape.of(1500), id);
                    Thread.yield();
                    if (x.min().item() != id || x.max().item() != id) wrong.set(true);
                    x.release();
                }
            });
        }
        for (var t : threads) t.join();
        assertFalse(wrong.get());
    }

    private static final int BATCH = 40;

    private final SplittableRandom random = new SplittableRandom(6);
    private final Tensor x = Tensor.of(NdArray.normal(DType.F32, Shape.of(BATCH, 30), 0, 1, random));
    private final Tensor w = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(64 * 30), 0, 0.2, random));
    private final Tensor v = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(50, 64), 0, 0.2, random));
    private final Tensor b = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(64), 0, 0.2, random));

    // with the storage of a parameter in a result, and that of a result in a constant
    private Tensor[] results() {
        var hidden = x.linear(w.reshape(64, 30), b).relu();
        var kept = hidden.detach();
        var y = hidden.add(kept.mul(hidden)).reshape(-1).reshape(BATCH, 64).tanh().reshape(BATCH, 8, 8).reshape(BATCH, 64);
        var out = y.matmulNT(v);
        return new Tensor[] {out.square().mean(), hidden, y, out};
    }

    @Test
    void releasedGraphGivesTheSameGradients() {
        var expected = results()[0].backward();
        var before = w.value().toFloats();
        for (int round = 0; round < 3; round++) {
            var r = results();
            double loss = r[0].item();
            var g = Backward.from(r[0]).watch(r[3]).releaseGraph().run();
            for (var t : new Tensor[] {w, v, b}) assertArrayEquals(expected.of(t).toFloats(), g.of(t).toFloats());
            assertEquals(loss, r[0].item());
            assertEquals(BATCH * 50, r[3].value().toFloats().length); // watched
            assertEquals(BATCH * 64, r[1].value().toFloats().length); // a constant has the same storage
            assertThrows(IllegalStateException.class, () -> r[2].mul(2));
            assertThrows(IllegalStateException.class, () -> r[2].value().toFloats());
            g.release();
            assertFalse(g.has(w));
            assertEquals(0, g.tensors().size());
        }
        assertArrayEquals(before, w.value().toFloats());
        assertEquals(BATCH * 30, x.value().toFloats().length);
    }

    @Test
    void gradientsThatAreReleasedAreUsedAgain() {
        var r = results();
        var g = r[0].backward();
        var expected = g.of(w).toFloats();
        var array = g.of(w).floats();
        g.release();
        boolean used = false;
        var again = Backward.from(results()[0]).run();
        for (var t : again.tensors()) used |= again.of(t).floats() == array;
        assertTrue(used);
        assertArrayEquals(expected, again.of(w).toFloats());
    }

    @Test
    void gradientsOfOthersAreLeftToThem() {
        var theirs = NdArray.ones(DType.F32, 64 * 30);
        var g = Gradients.of(Map.of(w, theirs));
        g.release();
        assertEquals(64 * 30, theirs.sum().item());
        var history = Backward.from(results()[0]).createGraph().run();
        var mine = history.of(w);
        history.release();
        assertEquals(64 * 30, mine.size());
        assertTrue(Double.isFinite(mine.sum().item()));
    }

    @Test
    void aResultThatIsReleasedTooEarlyIsNamedByBackward() {
        var y = x.linear(w.reshape(64, 30), b);
        var loss = y.tanh().mul(y).mean();
        y.release();
        assertEquals("elements: those of F32 (40, 64) were released; copy() what is used later, before release()",
            assertThrows(IllegalStateException.class, loss::backward).getMessage());
    }

    @Test
    void noGraphIsRetainedAndReleased() {
        var loss = results()[0];
        var thrown = assertThrows(IllegalStateException.class, () -> Backward.from(loss).retainGraph().releaseGraph().run());
        assertEquals("backward: the graph behind DivScalar F32 () cannot be both retained and released; leave out releaseGraph() "
            + "until its last run", thrown.getMessage());
        Backward.from(loss).retainGraph().run();
        Backward.from(loss).releaseGraph().run();
    }

    /// Doubles, and keeps an array that nobody else knows.
    private record Keeping(Tensor x, NdArray kept) implements Vjp {
        @Override
        public Tensor[] inputs() {
            return new Tensor[] {x};
        }

        @Override
        public NdArray[] own() {
            return new NdArray[] {kept};
        }

        @Override
        public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> dy.mul(kept.sum().item()));
        }
    }

    @Test
    void whatAnOperationKeepsForItselfGoesWithTheGraph() {
        var x = Tensor.parameter(NdArray.full(DType.F32, Shape.of(3), 1));
        var kept = NdArray.full(DType.F32, Shape.of(37, 41), 2.0 / (37 * 41));
        var y = Tensor.op(x.value().mul(2), new Keeping(x, kept)).sum();
        Backward.from(y).retainGraph().run();
        assertEquals(37 * 41, kept.floats().length);
        assertEquals(2, Backward.from(y).run().of(x).floats()[0], 1e-5);
        assertEquals(RELEASED, assertThrows(IllegalStateException.class, kept::floats).getMessage());
    }
}
