package keel.tests.array;

import static keel.kernel.Compare.LE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import keel.array.DType;
import keel.array.Formula;
import keel.array.NdArray;
import keel.array.Shape;
import keel.array.Term;
import keel.autograd.Pointwise;
import keel.kernel.Parallel;
import org.junit.jupiter.api.Test;

/// A formula has the bits of its steps over whole arrays, and its sum those of their sum.
class FormulaTest {
    private static final Term X = Term.operand(0);
    private static final Term Z = Term.operand(1);
    /// Around a vector, a block of a sum, a tile, and what is split among threads.
    private static final int[] LENGTHS = {0, 1, 2, 15, 16, 17, 1023, 1024, 1025, 2047, 2048, 2049, 5000, 70_001};

    private static NdArray normal(DType dtype, int n, long seed) {
        return NdArray.normal(dtype, Shape.of(n), 0, 2, new SplittableRandom(seed));
    }

    private static void assertSameBits(String what, NdArray expected, NdArray actual) {
        assertEquals(expected.shape(), actual.shape(), what);
        var a = expected.toDoubles();
        var b = actual.toDoubles();
        for (int i = 0; i < a.length; i++) {
            assertEquals(Double.doubleToLongBits(a[i]), Double.doubleToLongBits(b[i]), what + ", element " + i);
        }
    }

    // What is used late, early and twice, so that no tile may be given to another too soon.
    private static Formula tangled() {
        var a = X.tanh();
        var b = a.mul(Z);
        var c = b.add(X).square();
        var d = c.clamp(0.25, 2).sub(a);
        var e = d.choose(LE, 0.5, d.exp().div(Term.constant(3)), b.neg().add(c)).mul(a).add(Z.mul(0.5));
        return Formula.of(e.square().sub(e)); // in two steps, one behind the other
    }

    private static NdArray tangled(NdArray x, NdArray z) {
        var a = x.tanh();
        var b = a.mul(z);
        var c = b.add(x).square();
        var d = c.clamp(0.25, 2).sub(a);
        var e = NdArray.where(d.le(0.5), d.exp().div(3), b.neg().add(c)).mul(a).add(z.mul(0.5));
        return e.square().sub(e);
    }

    @Test
    void bitsAreThoseOfTheSteps() {
        var f = tangled();
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            for (int n : LENGTHS) {
                var x = normal(dtype, n, n);
                var z = normal(dtype, n, n + 1);
                var y = tangled(x, z);
                assertSameBits(dtype + " " + n, y, f.of(x, z));
                assertSameBits(dtype + " sum of " + n, y.sum(), f.sum(x, z));
                var one = NdArray.full(dtype, Shape.of(), 0.7);
                assertSameBits(dtype + " with a number " + n, tangled(x, one.expand(x.shape())), f.of(x, one));
                assertSameBits(dtype + " sum with a number " + n, tangled(x, one.expand(x.shape())).sum(), f.sum(x, one));
            }
        }
    }

    @Test
    void shapesAndSpecialNumbersPass() {
        var x = NdArray.of(Shape.of(2, 1, 4), new float[] {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
            1e30f, -1e30f, Float.MIN_VALUE});
        assertSameBits("", tangled(x, x), tangled().of(x, x));
        assertEquals(Shape.of(1, 1), Formula.of(X.neg()).of(NdArray.zeros(DType.F32, 1, 1)).shape());
        assertEquals(Shape.of(3, 0), Formula.of(X.neg()).of(NdArray.zeros(DType.F32, 3, 0)).shape());
        assertEquals(-0.0, Formula.of(X.mul(1e-300)).sum(NdArray.of(-1.0)).item() * 1e-300);
    }

    @Test
    void threadsDoNotCount() {
        int threads = Parallel.threads();
        var x = normal(DType.F32, 300_001, 1);
        var z = normal(DType.F32, 300_001, 2);
        try {
            Parallel.setThreads(1);
            var y = tangled().of(x, z);
            var sum = tangled().sum(x, z);
            Parallel.setThreads(4);
            assertSameBits("", y, tangled().of(x, z));
            assertSameBits("", sum, tangled().sum(x, z));
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void wrongOperandsAreRefused() {
        var f = Formula.of(X.add(Z));
        var x = NdArray.zeros(DType.F32, 2, 3);
        assertMessage("formula: 1 operands for 2; give all", () -> f.of(x));
        assertMessage("formula: shapes differ, (2, 3) and (3, 2); reshape or expand one",
            () -> f.of(x, NdArray.zeros(DType.F32, 3, 2)));
        assertMessage("formula: types differ, F32 (2, 3) and F64 (2, 3); cast one", () -> f.of(x, x.cast(DType.F64)));
        assertMessage("Formula: Operand[number=0] computes nothing; give a function of it", () -> Formula.of(X));
        assertMessage("double: a formula names operand 2 of 2; give a gradient for each operand of the value, and dy the number "
            + "behind them", () -> Pointwise.of("double", X.mul(2), Term.operand(2).mul(2)));
        assertMessage("sum: a formula names operand 1 of 1; give a gradient for each operand of the value, and dy the number "
            + "behind them", () -> Pointwise.of("sum", X.add(Z), Z.mul(2)));
        assertMessage("Term: operand -1; operands count from 0", () -> Term.operand(-1));
    }

    private static void assertMessage(String message, Runnable run) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, run::run).getMessage());
    }
}
