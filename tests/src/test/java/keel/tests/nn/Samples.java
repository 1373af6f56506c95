package keel.tests.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.GradCheck;
import keel.autograd.Tensor;
import keel.nn.layer.Pass;
import org.junit.jupiter.api.function.Executable;

/// Inputs, comparisons and checks that the tests of layers share.
final class Samples {
    /// F64 against PyTorch's F64: both round a few dozen times on values of size 1 to 10.
    static final double NEAR = 1e-12;

    private Samples() {}

    /// Element `i` is `((7i² + 37i + 11k) mod 101 − 50)/32`: without a pattern, and exact in binary, so that PyTorch can be
    /// given the very same numbers.
    static NdArray ramp(int k, int... extents) {
        var y = NdArray.zeros(DType.F64, extents);
        for (int i = 0; i < y.size(); i++) y.doubles()[i] = ((7 * i * i + 37 * i + 11 * k) % 101 - 50) / 32.0;
        return y;
    }

    static Tensor parameter(int k, int... extents) {
        return Tensor.parameter(ramp(k, extents));
    }

    /// Standard normal in F64.
    static NdArray normal(RandomGenerator random, int... extents) {
        return NdArray.normal(DType.F64, Shape.of(extents), 0, 1, random);
    }

    /// Values between 0.1 and 2 of either sign: away from the kink at 0 by more than any step of a difference.
    static NdArray awayFromZero(RandomGenerator random, int... extents) {
        var y = NdArray.uniform(DType.F64, Shape.of(extents), 0.1, 2, random);
        for (int i = 0; i < y.size(); i++) if (random.nextBoolean()) y.doubles()[i] *= -1;
        return y;
    }

    static Pass training() {
        return Pass.training(new SplittableRandom(1));
    }

    static void assertNear(NdArray actual, double... expected) {
        assertEquals(DType.F64, actual.dtype());
        assertArrayEquals(expected, actual.doubles(), NEAR);
    }

    static void assertSameBits(NdArray expected, NdArray actual) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toDoubles(), actual.toDoubles(), 0);
    }

    /// First and second derivatives of `f` against central differences.
    static void assertDifferentiable(Function<Tensor[], Tensor> f, NdArray... inputs) {
        var first = GradCheck.first(f, inputs);
        assertTrue(first.ok(), () -> "first derivative " + first);
        var second = GradCheck.second(f, inputs);
        assertTrue(second.ok(), () -> "second derivative " + second);
    }

    /// The message of the `IllegalArgumentException` that `body` ends in: one line that holds all of `parts`.
    static void assertRefused(Executable body, String... parts) {
        var message = assertThrows(IllegalArgumentException.class, body).getMessage();
        assertFalse(message.contains("\n"), message);
        for (var part : parts) assertTrue(message.contains(part), () -> '"' + part + "\" is not in: " + message);
    }
}
