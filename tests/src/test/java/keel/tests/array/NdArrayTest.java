package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import org.junit.jupiter.api.Test;

/// Making, looking and modifying, by example.
class NdArrayTest {
    @Test
    void arraysAreMadeFromNumbers() {
        assertEquals("F32 (3) [1.0, 2.5, -3.0]", NdArray.of(1f, 2.5f, -3f).toString());
        assertEquals("F64 (2) [0.1, 1.0E30]", NdArray.of(0.1, 1e30).toString());
        assertEquals("I32 (2, 2) [[1, 2], [3, 4]]", NdArray.of(1, 2, 3, 4).reshape(2, 2).toString());
        assertEquals("BOOL (2) [true, false]", NdArray.of(true, false).toString());
        assertEquals("F32 () 7.0", NdArray.full(DType.F32, Shape.of(), 7).toString());
        assertEquals("F32 (2, 0) [[], []]", NdArray.zeros(DType.F32, 2, 0).toString());
        assertEquals("I32 (9) [0, 1, 2, … 6, 7, 8]", NdArray.arange(DType.I32, 9).toString());
        assertEquals("F64 (2, 2) [[1.0, 0.0], [0.0, 1.0]]", NdArray.eye(DType.F64, 2).toString());
        assertEquals("I32 (2) [7, 7]", NdArray.full(DType.I32, Shape.of(2), 7.9).toString());
        assertEquals("BOOL (2) [true, true]", NdArray.ones(DType.BOOL, 2).toString());
        assertEquals("F32 (2, 3) [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]", NdArray.oneHot(DType.F32, NdArray.of(2, 0), 3).toString());
    }

    @Test
    void aListOfNumbersIsCopiedAndAnArrayWithItsShapeIsNot() {
        float[] v = {1, 2};
        var copied = NdArray.of(v);
        var wrapped = NdArray.of(Shape.of(2), v);
        v[0] = 9;
        assertEquals(1, copied.get(0));
        assertEquals(9, wrapped.get(0));
        assertSame(v, wrapped.floats());
        assertNotSame(v, wrapped.toFloats());
    }

    @Test
    void elementsAreReadAndConverted() {
        var x = NdArray.of(1.9, -1.9, 0, Double.NaN);
        assertEquals(-1.9, x.get(1));
        assertArrayEquals(new int[] {1, -1, 0, 0}, x.toInts());
        assertArrayEquals(new boolean[] {true, true, false, true}, x.toBooleans());
        assertArrayEquals(new float[] {1.9f, -1.9f, 0, Float.NaN}, x.toFloats());
        assertEquals(1, NdArray.of(true).item());
        assertSame(x, x.cast(DType.F64));
        x.toDoubles()[0] = 5;
        assertEquals(1.9, x.get(0));
    }

    @Test
    void finitenessIsTold() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var x = NdArray.of(1, -1e30, 1e-45).cast(dtype);
            assertTrue(x.isFinite());
            assertFalse(x.hasNaN());
            x.set(Double.NEGATIVE_INFINITY, 1);
            assertFalse(x.isFinite());
            assertFalse(x.hasNaN());
            x.set(Double.NaN, 2);
            assertFalse(x.isFinite());
            assertTrue(x.hasNaN());
        }
        assertTrue(NdArray.of(1, 2).isFinite());
        assertTrue(NdArray.zeros(DType.F32, 0).isFinite());
    }

    @Test
    void modifyingCountsVersionsThatReshapedFormsShare() {
        var x = NdArray.zeros(DType.F32, 2, 3);
        var flat = x.reshape(6);
        assertEquals(0, x.version());
        x.set(1, 0, 0).fillInPlace(2).addInPlace(x).mulInPlace(0.5).axpyInPlace(2, x).clampInPlace(-1, 5);
        x.subInPlace(x).addInPlace(4).mulInPlace(x).divInPlace(x).maximumInPlace(x).sqrtInPlace().blendInPlace(1, 1, x);
        x.addMulInPlace(1, x, x).addDivInPlace(1, x, x).copyInPlace(NdArray.ones(DType.F32, 2, 3));
        assertTrue(flat.version() >= 16, () -> "version " + flat.version());
        assertEquals(x.version(), flat.version());
        assertEquals("F32 (6) [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]", flat.toString());
        assertEquals(0, x.copy().version());
    }

    @Test
    void modificationsComputeWhatTheySay() {
        var x = NdArray.of(1.0, -2.0, 3.0);
        assertEquals("F64 (3) [3.0, -1.0, 5.0]", x.copy().addInPlace(NdArray.of(2.0, 1.0, 2.0)).toString());
        assertEquals("F64 (3) [1.0, 8.0, 3.0]", x.copy().addSliceInPlace(-1, 1, NdArray.of(10.0)).toString());
        assertEquals("F64 (2, 2) [[0.0, 5.0], [0.0, 6.0]]",
            NdArray.zeros(DType.F64, 2, 2).addSliceInPlace(1, 1, NdArray.of(5.0, 6.0).reshape(2, 1)).toString());
        assertEquals("F64 (3) [2.0, -4.0, 6.0]", x.copy().addInPlace(x).toString());
        var y = x.copy();
        assertEquals("F64 (3) [2.0, -4.0, 6.0]", y.addInPlace(y).toString());
        assertEquals("F64 (3) [-0.5, 1.0, -1.5]", x.copy().mulInPlace(-0.5).toString());
        assertEquals("F64 (3) [21.0, 8.0, 33.0]", x.copy().axpyInPlace(10, NdArray.of(2.0, 1.0, 3.0)).toString());
        assertEquals("F64 (3) [1.0, 0.0, 2.0]", x.copy().clampInPlace(0, 2).toString());
        var b = NdArray.of(2.0, 4.0, -1.0);
        assertEquals("F64 (3) [1.5, -1.5, 3.5]", x.copy().addInPlace(0.5).toString());
        assertEquals("F64 (3) [-1.0, -6.0, 4.0]", x.copy().subInPlace(b).toString());
        assertEquals("F64 (3) [2.0, -8.0, -3.0]", x.copy().mulInPlace(b).toString());
        assertEquals("F64 (3) [0.5, -0.5, -3.0]", x.copy().divInPlace(b).toString());
        assertEquals("F64 (3) [2.0, 4.0, 3.0]", x.copy().maximumInPlace(b).toString());
        assertEquals("F64 (2) [2.0, 3.0]", NdArray.of(4.0, 9.0).sqrtInPlace().toString());
        assertEquals("F64 (3) [1.5, 1.0, 1.0]", x.copy().blendInPlace(0.5, 0.5, b).toString());
        assertEquals("F64 (3) [7.0, -26.0, -6.0]", x.copy().addMulInPlace(3, x, b).toString());
        assertEquals("F64 (3) [2.0, -3.0, -3.0]", x.copy().addDivInPlace(2, x, b).toString());
        assertEquals("I32 (3) [0, 5, 2]", NdArray.arange(DType.I32, 3).set(5.5, 1).toString());
        assertTrue(Double.isNaN(NdArray.of(Double.NaN).clampInPlace(0, 1).item()));
    }

    @Test
    void optimizerStepsFollowTheirFormulas() {
        var g = NdArray.of(0.5, -1.0);
        var p = NdArray.of(1.0, 2.0);
        p.sgdStepInPlace(g, null, 0.1, 0, 0, 0, false, true);
        assertArrayEquals(new double[] {0.95, 2.1}, p.toDoubles(), 1e-15);
        var v = NdArray.zeros(DType.F64, 2);
        p.sgdStepInPlace(g, v, 0.1, 0.9, 0, 0, false, true);
        p.sgdStepInPlace(g, v, 0.1, 0.9, 0, 0, false, false); // v = 0.9·g + g
        assertArrayEquals(new double[] {0.95 - 0.05 - 0.095, 2.1 + 0.1 + 0.19}, p.toDoubles(), 1e-15);
        var q = NdArray.of(1.0, 2.0);
        q.adamStepInPlace(g, NdArray.zeros(DType.F64, 2), NdArray.zeros(DType.F64, 2), 0.1, 0.9, 0.999, 1e-8, 0, 0, 1);
        assertArrayEquals(new double[] {0.9, 2.1}, q.toDoubles(), 1e-8); // the first step is rate·sign
        assertTrue(q.version() > 0);
        var m = NdArray.of(-8.0, 0.0);
        var w = NdArray.of(1.0, 2.0);
        w.lionStepInPlace(g, m, 0.1, 0.9, 0.5, 0.5); // signs of −7.15 and −0.1
        assertArrayEquals(new double[] {0.95 + 0.1, 1.9 + 0.1}, w.toDoubles(), 1e-15);
        assertArrayEquals(new double[] {-3.75, -0.5}, m.toDoubles(), 1e-15);
    }

    @Test
    void drawsRepeatWithTheirSeedAndHaveTheirMoments() {
        var shape = Shape.of(100, 100);
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var u = NdArray.uniform(dtype, shape, -1, 3, new SplittableRandom(7));
            assertTrue(Arrays.equals(u.toDoubles(), NdArray.uniform(dtype, shape, -1, 3, new SplittableRandom(7)).toDoubles()));
            assertTrue(u.min().item() >= -1 && u.max().item() <= 3);
            assertEquals(1, u.mean().item(), 6 * 4 / Math.sqrt(12) / 100);
            var n = NdArray.normal(dtype, shape, 2, 0.5, new SplittableRandom(7));
            assertEquals(2, n.mean().item(), 6 * 0.5 / 100);
            assertEquals(0.25, n.sub(2).square().mean().item(), 6 * 0.25 * Math.sqrt(2) / 100);
        }
        var b = NdArray.bernoulli(shape, 0.3, new SplittableRandom(7)).cast(DType.F64);
        assertEquals(0.3, b.mean().item(), 6 * Math.sqrt(0.3 * 0.7) / 100);
        assertEquals(0, NdArray.bernoulli(shape, 0, new SplittableRandom(7)).cast(DType.F64).sum().item());
        assertEquals(10_000, NdArray.bernoulli(shape, 1, new SplittableRandom(7)).cast(DType.F64).sum().item());
    }

    @Test
    void indicesCompareExactly() {
        var i = NdArray.of(Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 0);
        assertArrayEquals(new boolean[] {false, true, true},
            i.eq(NdArray.of(Integer.MAX_VALUE - 1, Integer.MAX_VALUE - 1, 0)).toBooleans());
        assertArrayEquals(new boolean[] {true, true, false}, i.gt(0).toBooleans());
        assertEquals("BOOL (3, 3) [[false, true, true], [true, false, true], [true, true, false]]",
            i.ne(i.reshape(3, 1)).toString());
    }

    @Test
    void bernoulliIsTrueWhereTheNextNumberIsBelowTheProbability() {
        for (double p : new double[] {0, 1e-300, 0.25, 0.9, 1}) {
            var expected = new SplittableRandom(7);
            for (boolean b : NdArray.bernoulli(Shape.of(1000), p, new SplittableRandom(7)).booleans()) {
                assertEquals(expected.nextDouble() < p, b);
            }
        }
        // equal is not below
        var quarters = new RandomGenerator() {
            private int next;

            @Override public long nextLong() { return 0; }
            @Override public double nextDouble() { return next++ % 4 / 4.0; }
        };
        assertEquals("[true, true, false, false]", Arrays.toString(NdArray.bernoulli(Shape.of(4), 0.5, quarters)
            .booleans()));
    }
}
