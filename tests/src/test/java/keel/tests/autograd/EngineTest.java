package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Gradients;
import keel.autograd.Inputs;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import org.junit.jupiter.api.Test;

/// The engine: which gradients come out of a graph, when it refuses, and that nothing but the graph matters.
class EngineTest {
    private static Tensor parameter(double... values) {
        return Tensor.parameter(NdArray.of(values));
    }

    private static void assertGradient(Gradients g, Tensor t, double... expected) {
        assertArrayEquals(expected, g.of(t).toDoubles(), 1e-12);
    }

    // ---- shapes of graphs

    @Test
    void aDiamondAddsUpBothPaths() {
        var x = parameter(3);
        var a = x.square();
        var y = a.mul(x).add(a.mul(5)).sum(); // x³ + 5x²
        assertGradient(y.backward(), x, 3 * 9 + 10 * 3);
    }

    @Test
    void aLadderOfDiamondsIsWalkedOnceAnOperationNotOnceAPath() {
        var x = parameter(1);
        var y = x;
        for (int i = 0; i < 60; i++) { // 2⁶⁰ paths
            y = y.add(y);
        }
        var z = y.sum();
        assertGradient(assertTimeout(Duration.ofSeconds(10), () -> z.backward()), x, 0x1p60);
    }

    @Test
    void anInputUsedManyTimesCollectsEveryShare() {
        var x = parameter(2, -1);
        var c = new Tensor[7];
        var y = Tensor.scalar(DType.F64, 0);
        for (int i = 0; i < c.length; i++) {
            c[i] = parameter(i, 10 * i);
            y = y.add(x.mul(c[i]).sum());
        }
        var g = y.backward();
        assertGradient(g, x, 21, 210);
        for (var t : c) {
            assertGradient(g, t, 2, -1); // sums in place have not written into what others were given
        }
    }

    @Test
    void aGradientThatPassesThroughIsNotAddedInto() {
        var a = parameter(1);
        var b = parameter(1);
        var s = a.add(b); // gives the same array to both
        var y = s.add(a).add(a).add(a).sum();
        var g = Backward.from(y).watch(s).run();
        assertGradient(g, a, 4);
        assertGradient(g, b, 1);
        assertGradient(g, s, 1);
    }

    // What overlaps, what is used whole beside its slices, what is read through another view, and a slice that got its gradient
    // twice: the same as where every slice's gradient is laid into zeros, as it is where the derivative is recorded.
    @Test
    void slicesAreAddedUpInPlaceWithoutTouchingWhatOthersWereGiven() {
        var x = Tensor.parameter(NdArray.uniform(DType.F64, Shape.of(4, 5), 0.5, 2, new SplittableRandom(1)));
        var h = x.square();
        var parts = h.unbind(0);
        var y = h.sum().add(parts.get(1).mul(parts.get(1)).sum()).add(h.slice(1, 1, 4).square().sum())
            .add(h.slice(0, 0, 2).mul(h.slice(0, 1, 3)).sum()).add(h.reshape(20).slice(0, 3, 9).sum());
        var plain = Backward.from(y).watch(h, parts.get(1)).retainGraph().run();
        var recorded = Backward.from(y).watch(h, parts.get(1)).createGraph().run();
        for (var t : List.of(x, h, parts.get(1))) {
            assertArrayEquals(recorded.of(t).doubles(), plain.of(t).doubles(), 1e-12);
        }
    }

    @Test
    void aSequenceReadStepByStepCostsWhatItHolds() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        var x = Tensor.parameter(NdArray.ones(DType.F32, 1000, 100));
        var y = Tensor.stack(0, x.unbind(0).toArray(Tensor[]::new)).sum();
        long before = threads.getCurrentThreadAllocatedBytes();
        y.backward();
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 20L * 4 * x.size(), () -> bytes + " bytes for " + x.size() + " elements"); // 1000 times that before
    }

    @Test
    void aChainOf200000OperationsTakesSecondsAndNoStack() {
        var x = parameter(0.5);
        var g = assertTimeout(Duration.ofSeconds(20), () -> {
            var y = x;
            for (int i = 0; i < 100_000; i++) {
                y = y.mul(1.00001).add(0.0);
            }
            return y.sum().backward();
        });
        assertEquals(Math.pow(1.00001, 100_000), g.of(x).item(), 1e-9);
    }

    @Test
    void aParameterThatTookNoPartHasNoGradient() {
        var x = parameter(1);
        var unused = parameter(1, 2);
        var g = x.sum().backward();
        assertFalse(g.has(unused));
        assertEquals(List.of(x), g.tensors());
        var e = assertThrows(IllegalArgumentException.class, () -> g.of(unused));
        assertEquals("gradients: none for parameter F64 (2); it took no part in the loss, or is no parameter: ask has(t) first",
            e.getMessage());
    }

    @Test
    void constantsAndDetachedTensorsStopTheWalk() {
        var x = parameter(3);
        var y = x.mul(x.detach()).add(Tensor.of(NdArray.of(1.0))).sum();
        assertGradient(y.backward(), x, 3);
        assertFalse(x.detach().wantsGradient());
        assertSame(x.value(), x.detach().value());
    }

    @Test
    void aLossThatIsAParameterHasGradientOne() {
        var x = Tensor.parameter(NdArray.full(DType.F32, Shape.of(), 7));
        var g = x.backward();
        assertEquals(1, g.of(x).item());
        assertEquals(DType.F32, g.of(x).dtype());
    }

    @Test
    void broadcastOperandsGetGradientsOfTheirOwnShape() {
        var row = parameter(1, 2, 3);
        var column = Tensor.parameter(NdArray.of(Shape.of(2, 1), new double[] {10, 20}));
        var scalar = Tensor.parameter(NdArray.full(DType.F64, Shape.of(), 2));
        var g = row.mul(column).mul(scalar).sum().backward();
        assertGradient(g, row, 60, 60, 60);
        assertGradient(g, column, 12, 12);
        assertGradient(g, scalar, 180);
        assertEquals(Shape.of(2, 1), g.of(column).shape());
        assertEquals(Shape.of(), g.of(scalar).shape());
    }

    // ---- options

    @Test
    void theSeedWeighsTheElements() {
        var x = parameter(1, 2);
        var y = x.square();
        assertGradient(Backward.from(y).seed(Tensor.of(NdArray.of(10.0, 100.0))).run(), x, 20, 400);
    }

    @Test
    void aRetainedGraphGivesTheSameBitsAgainAndAConsumedOneIsRefused() {
        var x = parameter(0.3, 0.7);
        var loss = x.sin().mul(x.exp()).sum();
        var first = Backward.from(loss).retainGraph().run();
        var again = loss.backward();
        assertArrayEquals(first.of(x).toDoubles(), again.of(x).toDoubles());
        var e = assertThrows(IllegalStateException.class, loss::backward);
        assertEquals("backward: the graph behind F64 () was consumed by an earlier backward; compute the loss again, or "
            + "retain it: "
            + "Backward.from(loss).retainGraph().run()", e.getMessage());
    }

    @Test
    void twoLossesThatShareAGraphNeedItRetained() {
        var x = parameter(2);
        var shared = x.square();
        shared.sum().backward();
        assertThrows(IllegalStateException.class, () -> shared.mul(3).sum().backward());
    }

    @Test
    void watchKeepsGradientsOfIntermediates() {
        var x = parameter(2);
        var h = x.square();
        var g = Backward.from(h.mul(h).sum()).watch(h).run();
        assertGradient(g, h, 8);
        assertGradient(g, x, 32);
        assertEquals(List.of(x, h), g.tensors(), "oldest first");
        var unwatched = x.mul(3);
        var e = assertThrows(IllegalArgumentException.class, () -> unwatched.sum().backward().of(unwatched));
        assertTrue(e.getMessage().contains("name it in Backward.from(loss).watch(t)"), e.getMessage());
        var c = assertThrows(IllegalArgumentException.class, () -> Backward.from(x).watch(x.detach()));
        assertEquals("backward: cannot watch constant F64 (1); make it with Tensor.parameter, or from one", c.getMessage());
    }

    @Test
    void createGraphMakesGradientsDifferentiable() {
        var x = parameter(2);
        var g1 = Backward.from(x.pow(4).sum()).createGraph().run().tensorOf(x);
        var g2 = Backward.from(g1.sum()).createGraph().run().tensorOf(x);
        var g3 = g2.sum().backward();
        assertEquals(4 * 8, g1.item());
        assertEquals(12 * 4, g2.item());
        assertGradient(g3, x, 24 * 2);
        var flat = Backward.from(x.pow(4).sum()).retainGraph().run();
        assertFalse(flat.tensorOf(x).wantsGradient(), "without createGraph a gradient is a constant");
    }

    @Test
    void everyShareOfARecordedGradientKeepsItsHistory() {
        var x = parameter(2);
        var g = Backward.from(x.mul(x).mul(x).mul(x).sum()).createGraph().run().tensorOf(x); // four shares
        assertGradient(g.sum().backward(), x, 12 * 4);
    }

    /// (∇f(x + εv) − ∇f(x − εv))/2ε against the derivative of ⟨∇f, v⟩.
    @Test
    void hessianVectorProductsMatchDifferencesOfGradients() {
        var random = new SplittableRandom(3);
        var w = NdArray.normal(DType.F64, Shape.of(4, 3), 0, 1, random);
        var v = NdArray.normal(DType.F64, Shape.of(4, 3), 0, 1, random);
        var input = Tensor.of(NdArray.normal(DType.F64, Shape.of(5, 3), 0, 1, random));
        var labels = NdArray.of(0, 3, 1, 1, 2);
        var x = Tensor.parameter(w);
        var g = Backward.from(input.linear(x, null).gelu().crossEntropy(labels, 0.1)).createGraph().run().tensorOf(x);
        var hv = g.mul(Tensor.of(v)).sum().backward().of(x).toDoubles();
        double eps = 1e-5;
        var ends = new double[2][];
        for (int side = 0; side < 2; side++) {
            var p = Tensor.parameter(w.add(v.mul(side == 0 ? eps : -eps)));
            ends[side] = input.linear(p, null).gelu().crossEntropy(labels, 0.1).backward().of(p).toDoubles();
        }
        for (int i = 0; i < hv.length; i++) {
            assertEquals((ends[0][i] - ends[1][i]) / (2 * eps), hv[i], 1e-9);
        }
    }

    // ---- recording

    @Test
    void nothingIsRecordedInsideRecordingOff() {
        var x = parameter(1);
        var y = Recording.off(() -> x.mul(2));
        assertFalse(y.wantsGradient());
        assertTrue(y.isLeaf());
        assertTrue(Recording.isOn());
        var inside = Recording.off(() -> {
            assertFalse(Recording.isOn());
            var on = Recording.on(() -> Recording.on(() -> x.mul(2)));
            assertFalse(Recording.off(Recording::isOn));
            assertFalse(Recording.isOn());
            return on;
        });
        assertTrue(inside.wantsGradient());
        var e = assertThrows(IllegalStateException.class, () -> y.sum().backward());
        assertEquals("backward: constant F64 () depends on nothing that wants a gradient; make parameters with "
            + "Tensor.parameter, and compute outside "
            + "Recording.off", e.getMessage());
    }

    @Test
    void recordingIsSwitchedForOneThreadAndBackOnAfterAnException() throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            assertTrue(Recording.<Boolean>off(() -> {
                try {
                    return other.submit(Recording::isOn).get();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        assertThrows(UnsupportedOperationException.class, () -> Recording.off(() -> {
            throw new UnsupportedOperationException();
        }));
        assertTrue(Recording.isOn());
    }

    // ---- modified after use

    @Test
    void modifyingWhatADerivativeReadsIsRefusedWithOperationAndTensor() {
        var x = parameter(1, 2);
        var y = parameter(3, 4);
        var product = x.mul(y).sum();
        y.value().set(9, 0).mulInPlace(2);
        var e = assertThrows(IllegalStateException.class, product::backward);
        assertEquals("backward: Mul saved its input 1, parameter F64 (2), which was modified 2 time(s) since; modify a copy, "
            + "or run backward first", e.getMessage());
        var exp = x.exp();
        var loss = exp.sum();
        exp.value().fillInPlace(0);
        e = assertThrows(IllegalStateException.class, loss::backward);
        assertEquals("backward: Exp saved its result F64 (2) which was modified 1 time(s) since; modify a copy, or run "
            + "backward first", e.getMessage());
        var index = NdArray.of(1, 0);
        var picked = x.indexSelect(0, index).sum();
        index.copyInPlace(NdArray.of(0, 0));
        e = assertThrows(IllegalStateException.class, picked::backward);
        assertEquals("backward: IndexSelect saved its array I32 (2) which was modified 1 time(s) since; modify a copy, or run "
            + "backward first", e.getMessage());
        var mask = NdArray.of(true, false);
        var chosen = Tensor.where(mask, x, y).sum();
        mask.fillInPlace(1);
        assertThrows(IllegalStateException.class, chosen::backward);
    }

    @Test
    void modifyingThroughAReshapedFormIsNoticedToo() {
        var x = Tensor.parameter(NdArray.ones(DType.F64, 2, 3));
        var loss = x.square().sum();
        x.value().reshape(6).addInPlace(NdArray.ones(DType.F64, 6));
        assertThrows(IllegalStateException.class, loss::backward);
    }

    @Test
    void modifyingWhatNoDerivativeReadsIsAllowed() {
        var x = parameter(1, 2);
        var sum = x.add(1).mul(3);
        var loss = sum.sum();
        x.value().fillInPlace(100);
        sum.value().fillInPlace(100);
        assertGradient(loss.backward(), x, 3, 3);
    }

    // ---- operations of one's own

    record Cube(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.give(x, () -> dy.mul(x.square().mul(3))); }
        static Tensor of(Tensor x) { return Tensor.op(x.value().mul(x.value()).mul(x.value()), new Cube(x)); }
    }

    @Test
    void anOperationOfTheUsersOwnIsDifferentiatedTwiceLikeAnyOther() {
        var x = parameter(2, -1);
        var g = Backward.from(Cube.of(x).sum()).createGraph().run().tensorOf(x);
        assertArrayEquals(new double[] {12, 3}, g.value().toDoubles());
        assertGradient(g.sum().backward(), x, 12, -6);
        assertFalse(Recording.off(() -> Cube.of(x)).wantsGradient());
        assertFalse(Cube.of(x.detach()).wantsGradient());
        var loss = Cube.of(x).sum();
        x.value().set(0, 0);
        assertTrue(assertThrows(IllegalStateException.class,
            loss::backward).getMessage().contains("Cube saved its input 0, parameter F64 (2),"));
    }

    record Wrong(Tensor x, NdArray gradient) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) { in.give(x, () -> Tensor.of(gradient)); }
    }

    @Test
    void aGradientThatDoesNotFitNamesTheOperationThatGaveIt() {
        var x = parameter(1, 2);
        for (var gradient : List.of(NdArray.of(1.0, 2.0, 3.0), NdArray.of(1f, 2f), NdArray.full(DType.F64, Shape.of(), 1))) {
            var loss = Tensor.op(NdArray.full(DType.F64, Shape.of(), 0), new Wrong(x, gradient));
            var e = assertThrows(IllegalArgumentException.class, loss::backward);
            assertEquals("backward: Wrong gave the gradient " + gradient.dtype() + " " + gradient.shape()
                + " to parameter F64 (2); a derivative gives each input its type, and its shape or one that the shape "
                + "broadcasts to", e.getMessage());
        }
        var broad = Tensor.op(NdArray.full(DType.F64, Shape.of(), 0), new Wrong(x, NdArray.ones(DType.F64, 3, 2)));
        assertGradient(broad.backward(), x, 3, 3);
    }

    // ---- gradients as a value

    @Test
    void gradientsAreMappedAddedAndMadeFromArrays() {
        var x = parameter(1, 2);
        var y = parameter(5);
        var a = x.mul(3).sum().backward();
        var b = x.mul(y).sum().backward();
        assertGradient(a.plus(b), x, 8, 8);
        assertGradient(a.plus(b), y, 3);
        assertGradient(a, x, 3, 3);
        var doubled = a.map((t, g) -> {
            assertSame(x, t);
            return g.mul(2);
        });
        assertGradient(doubled, x, 6, 6);
        assertGradient(Gradients.of(Map.of(x, NdArray.of(7.0, 8.0))), x, 7, 8);
        var e = assertThrows(IllegalArgumentException.class, () -> a.map((_, g) -> g.slice(0, 0, 1)));
        assertEquals("gradients: F64 (1) is no gradient for parameter F64 (2); type and shape must agree", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(Map.of(x, NdArray.of(7f, 8f))));
    }

    @Test
    void gradientsShareNoStorageWithEachOtherOrTheSeed() {
        var a = parameter(1, 2);
        var b = Tensor.parameter(NdArray.ones(DType.F64, 2, 1));
        var seed = NdArray.of(3.0, 4.0);
        var y = a.add(b.reshape(2));
        var g = Backward.from(y).seed(Tensor.of(seed)).watch(y).run();
        g.of(a).mulInPlace(100);
        g.of(y).mulInPlace(1000);
        assertGradient(g, b, 3, 4);
        assertArrayEquals(new double[] {3, 4}, seed.toDoubles());
    }

    @Test
    void sumsOfGradientsKeepTheirHistory() {
        var x = parameter(2);
        var a = Backward.from(x.pow(2).sum()).createGraph().run();
        var b = Backward.from(x.pow(3).sum()).createGraph().run();
        assertGradient(a.plus(b).tensorOf(x).sum().backward(), x, 2 + 6 * 2);
    }

    // ---- threads

    @Test
    void threadsDifferentiateOneModelAtOnceWithEqualBits() throws Exception {
        var random = new SplittableRandom(11);
        var weights = new ArrayList<Tensor>();
        for (int i = 0; i < 6; i++) {
            weights.add(Tensor.parameter(NdArray.normal(DType.F32, Shape.of(16, 16), 0, 0.25, random)));
        }
        var input = Tensor.of(NdArray.normal(DType.F32, Shape.of(8, 16), 0, 1, random));
        Callable<List<float[]>> work = () -> {
            var h = input;
            for (var w : weights) {
                h = h.linear(w, null).gelu().add(h);
            }
            var g = h.square().mean().backward();
            return weights.stream().map(w -> g.of(w).toFloats()).toList();
        };
        var expected = work.call();
        try (var pool = Executors.newFixedThreadPool(4)) {
            var jobs = new ArrayList<Callable<List<float[]>>>();
            for (int i = 0; i < 40; i++) {
                jobs.add(work);
            }
            for (var result : pool.invokeAll(jobs)) {
                for (int i = 0; i < expected.size(); i++) {
                    assertTrue(Arrays.equals(expected.get(i), result.get().get(i)));
                }
            }
        }
    }
}
