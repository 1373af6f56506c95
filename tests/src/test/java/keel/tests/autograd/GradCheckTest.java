package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Function;
import keel.array.DType;
import keel.array.NdArray;
import keel.autograd.GradCheck;
import keel.autograd.GradCheck.Precision;
import keel.autograd.Inputs;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.autograd.Vjp;
import org.junit.jupiter.api.Test;

/// The checker itself: it passes what is right and finds what is planted.
class GradCheckTest {
    private static final NdArray X = NdArray.of(0.5, -1.5, 2.0);
    private static final NdArray Z = NdArray.of(1.0, 0.25, -0.5);

    /// `x³` whose derivative is off by `factor` at the element `at`, and whose second derivative is right or 0.
    private record Planted(Tensor x, int at, double factor, boolean cut) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> {
                var slope = (cut ? x.detach() : x).square().mul(3);
                return dy.mul(slope).mul(Tensor.of(NdArray.of(1.0, 1.0, 1.0).set(factor, at)));
            });
        }
        static Function<Tensor[], Tensor> at(int at, double factor, boolean cut) {
            return t -> Tensor.op(t[0].value().pow(3), new Planted(t[0], at, factor, cut)).mul(t[1]);
        }
    }

    @Test
    void whatIsRightPassesInEveryMode() {
        Function<Tensor[], Tensor> f = Planted.at(1, 1, false);
        for (var precision : new Precision[] {Precision.DEFAULT, Precision.FINE}) {
            var first = GradCheck.first(precision, f, X, Z);
            assertTrue(first.ok(), first::toString);
            assertEquals(6, first.checked());
            var second = GradCheck.second(precision, f, X, Z);
            assertTrue(second.ok(), second::toString);
            assertEquals(12, second.checked(), "both orders");
            var fast = GradCheck.fast(precision, f, new SplittableRandom(1), X, Z);
            assertTrue(fast.ok(), fast::toString);
        }
    }

    @Test
    void aWrongElementIsNamedWithBothValues() {
        var report = GradCheck.first(Planted.at(1, 1.01, false), X, Z);
        assertFalse(report.ok());
        assertEquals(0, report.input());
        assertEquals(1, report.element());
        assertEquals(1.01, report.analytic() / report.numeric(), 1e-6);
        assertEquals("FAILED, 6 checked: element 1 of input 0 is " + report.analytic()
            + ", central difference " + report.numeric(), report.toString());
        assertFalse(GradCheck.fast(Planted.at(1, 1.1, false), new SplittableRandom(1), X, Z).ok());
    }

    @Test
    void anErrorInTheSixthDigitIsFoundWhenAskedFor() {
        assertTrue(GradCheck.first(Planted.at(2, 1.00001, false), X, Z).ok());
        assertFalse(GradCheck.first(Precision.FINE, Planted.at(2, 1.00001, false), X, Z).ok());
    }

    @Test
    void anErrorThatOnlyTheSecondDerivativeHasIsFoundThere() {
        var f = Planted.at(0, 1, true);
        assertTrue(GradCheck.first(Precision.FINE, f, X, Z).ok());
        assertFalse(GradCheck.second(f, X, Z).ok());
        assertFalse(GradCheck.second(Precision.FINE, f, X, Z).ok());
    }

    private record TwoForms(Tensor x) implements Vjp {
        @Override public Tensor[] inputs() { return new Tensor[] {x}; }
        @Override public void pull(Tensor y, Tensor dy, Inputs in) {
            in.give(x, () -> dy.mul(Recording.isOn() ? x.mul(3) : x.mul(2)));
        }
    }

    /// The recorded form is wrong, but its own derivative fits it: only a comparison with the function itself shows it.
    @Test
    void aRecordedDerivativeThatIsWrongInItselfIsFoundByTheSecondCheck() {
        Function<Tensor[], Tensor> f = t -> Tensor.op(t[0].value().square(), new TwoForms(t[0]));
        assertTrue(GradCheck.first(f, X).ok());
        var report = GradCheck.second(f, X);
        assertFalse(report.ok());
        assertEquals(1.5, report.analytic() / report.numeric(), 1e-6);
    }

    @Test
    void nanAndInfinityNeverPass() {
        assertFalse(GradCheck.first(t -> t[0].log(), NdArray.of(-1.0)).ok());
        assertFalse(GradCheck.first(t -> t[0].sqrt(), NdArray.of(0.0)).ok());
        assertFalse(GradCheck.first(t -> t[0].mul(1e308).mul(10), NdArray.of(1.0)).ok(), "the difference of two infinities");
        assertFalse(GradCheck.first(t -> t[0].reciprocal(), NdArray.of(1.0, 0.0)).ok(), "infinite on both sides");
    }

    @Test
    void nothingToCheckIsSaidSo() {
        var report = GradCheck.first(t -> t[0].exp(), NdArray.of(new double[0]));
        assertTrue(report.ok());
        assertEquals("ok, 0 checked, worst: nothing to check", report.toString());
    }

    @Test
    void aFunctionThatDoesNotDependOnItsInputsHasGradientZero() {
        assertTrue(GradCheck.first(t -> t[0].detach().mul(0), X).ok());
        assertFalse(GradCheck.first(t -> t[0].detach(), X).ok(), "it does, but hides it");
    }

    @Test
    void onlyF64CanBeChecked() {
        var e = assertThrows(IllegalArgumentException.class, () -> GradCheck.first(t -> t[0], NdArray.of(1f)));
        assertEquals("gradCheck: input 0 is F32; differences need F64", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> GradCheck.first(t -> t[0].cast(DType.F32), X));
        assertEquals("gradCheck: the function's result is F32 (3); differences need F64", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Precision(0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Precision(1e-3, -1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Precision(1e-3, 0, Double.NaN, 1));
    }

    @Test
    void inputsAreLeftAsTheyWere() {
        var x = X.copy();
        GradCheck.first(t -> t[0].square(), x);
        GradCheck.fast(t -> t[0].square(), new SplittableRandom(1), x);
        assertEquals(X.toString(), x.toString());
        assertEquals(0, x.version());
    }
}
