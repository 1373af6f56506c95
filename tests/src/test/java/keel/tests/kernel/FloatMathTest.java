package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import keel.kernel.DoubleMath;
import keel.kernel.FloatMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The stated maximum errors of [FloatMath], on every 4099th float, or on all 2³² with the system property `keel.slow`.
class FloatMathTest {
    private static final int STEP = Boolean.getBoolean("keel.slow") ? 1 : 4099;

    interface Function {
        float of(float x);
    }

    /// Function, truth, stated largest error in ULP of the true value.
    static Stream<Arguments> bounds() {
        return Stream.of(
                bound("exp", FloatMath::exp, DoubleMath::exp, 0.91),
                bound("expm1", FloatMath::expm1, DoubleMath::expm1, 1.26),
                bound("log", FloatMath::log, DoubleMath::log, 0.995),
                bound("log1p", FloatMath::log1p, DoubleMath::log1p, 1.49),
                bound("exp2", FloatMath::exp2, DoubleMath::exp2, 0.91),
                bound("log2", FloatMath::log2, DoubleMath::log2, 1.01),
                bound("log10", FloatMath::log10, DoubleMath::log10, 1.01),
                bound("sin", FloatMath::sin, DoubleMath::sin, 1.6),
                bound("cos", FloatMath::cos, DoubleMath::cos, 1.6),
                bound("tan", FloatMath::tan, DoubleMath::tan, 2.12),
                bound("asin", FloatMath::asin, DoubleMath::asin, 1.29),
                bound("acos", FloatMath::acos, DoubleMath::acos, 1.05),
                bound("atan", FloatMath::atan, DoubleMath::atan, 1.46),
                bound("tanh", FloatMath::tanh, DoubleMath::tanh, 0.998),
                bound("sigmoid", FloatMath::sigmoid, DoubleMath::sigmoid, 1.9),
                bound("silu", FloatMath::silu, DoubleMath::silu, 1.9),
                bound("softplus", FloatMath::softplus, DoubleMath::softplus, 1.87),
                bound("erf", FloatMath::erf, DoubleMath::erf, 0.98),
                bound("gelu", FloatMath::gelu, DoubleMath::gelu, 1.97),
                bound("geluTanh", FloatMath::geluTanh, DoubleMath::geluTanh, 1.85),
                bound("sinh", FloatMath::sinh, DoubleMath::sinh, 0.501),
                bound("cosh", FloatMath::cosh, DoubleMath::cosh, 0.501),
                bound("asinh", FloatMath::asinh, DoubleMath::asinh, 0.501),
                bound("acosh", FloatMath::acosh, DoubleMath::acosh, 0.501),
                bound("atanh", FloatMath::atanh, DoubleMath::atanh, 0.501),
                bound("erfc", FloatMath::erfc, DoubleMath::erfc, 1.55),
                bound("x^2.5", x -> FloatMath.pow(x, 2.5f), x -> DoubleMath.pow(x, 2.5), 0.501),
                bound("x^-0.3", x -> FloatMath.pow(x, -0.3f), x -> DoubleMath.pow(x, -0.3f), 0.501),
                bound("x^3", x -> FloatMath.pow(x, 3), x -> DoubleMath.pow(x, 3), 0.501),
                bound("1.7^x", x -> FloatMath.pow(1.7f, x), x -> DoubleMath.pow(1.7f, x), 0.501),
                bound("0.999^x", x -> FloatMath.pow(0.999f, x), x -> DoubleMath.pow(0.999f, x), 0.501));
    }

    private static Arguments bound(String name, Function f, DoubleUnaryOperator truth, double ulps) {
        return arguments(name, f, truth, ulps);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void errorStaysBelowTheStatedBound(String name, Function f, DoubleUnaryOperator truth, double ulps) {
        double worst = 0;
        float at = 0;
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            double error = error(f.of(x), truth.applyAsDouble(x));
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertTrue(worst <= ulps, name + ": " + worst + " ULP at " + at);
    }

    @Test
    void theTableInTheDocsStatesTheSameBounds() throws IOException {
        var stated = bounds().map(Arguments::get).map(a -> "| " + a[0] + " | " + a[3] + " |").toList();
        var table = Files.readAllLines(Path.of("..", "docs", "kernels.md"));
        int head = table.indexOf("| function | ULP |");
        assertEquals(stated, table.subList(head + 2, head + 2 + stated.size()));
        assertEquals("", table.get(head + 2 + stated.size()));
    }

    /// Error in units of the last place of `expected`; infinite where one is NaN and the other is not. A result that overflows
    /// may round either way at the very end of the range.
    private static double error(float actual, double expected) {
        if (Double.isNaN(expected) || Float.isNaN(actual)) return Double.isNaN(expected) && Float.isNaN(actual) ? 0
                : Double.POSITIVE_INFINITY;
        double largest = Float.MAX_VALUE;
        if (Math.abs(expected) > largest + 0x1p103 || Float.isInfinite(actual)) {
            return Math.abs(expected) >= largest && (actual == (float) expected || Math.abs(actual) == largest) ? 0
                    : Double.POSITIVE_INFINITY;
        }
        double ulp = Math.scalb(1.0, Math.max(Math.getExponent(expected), -126) - 23);
        return Math.abs(actual - expected) / ulp;
    }

    /// Derivatives that cross zero are held to the size of their terms: 4 ULP of `1` here is 4·2⁻²³.
    @Test
    void derivativesAreAccurateRelativeToTheirTerms() {
        for (long bits = 0; bits < 1L << 32; bits += STEP) {
            float x = Float.intBitsToFloat((int) bits);
            if (Float.isNaN(x)) continue;
            double size = x < 0 ? StrictMath.exp(x) * (1 - Math.max(x, -Float.MAX_VALUE)) : 1; // 0 at −∞
            near(DoubleMath.siluGrad(x), FloatMath.siluGrad(x), size, "siluGrad", x);
            if (x > -13) {
                size = x < 0 ? StrictMath.exp(-x * (double) x / 2) * (1 + Math.abs(x)) : 1;
                near(DoubleMath.geluGrad(x), FloatMath.geluGrad(x), size, "geluGrad", x);
            }
            if (x > -9.5) {
                double v = 1.5957691216057308 * x * (1 + 0.044715 * x * x);
                size = x < 0 ? StrictMath.exp(v) * (1 + x * x * 5) : x > 10 ? 1 : 1 + StrictMath.exp(-v) * x * x * 5;
                near(DoubleMath.geluTanhGrad(x), FloatMath.geluTanhGrad(x), size, "geluTanhGrad", x);
            }
        }
    }

    private static void near(double expected, float actual, double size, String name, float x) {
        assertTrue(Math.abs(actual - expected) <= 0x1p-21 * size + 0x1p-149, () ->
                name + "(" + x + ") = " + actual + ", not " + expected);
    }

    @Test
    void specialValuesAreExact() {
        float inf = Float.POSITIVE_INFINITY;
        float nan = Float.NaN;
        // -∞, -0, +0, +∞
        special(FloatMath::exp, 0, 1, 1, inf);
        special(FloatMath::expm1, -1, -0f, 0, inf);
        special(FloatMath::log, nan, -inf, -inf, inf);
        special(FloatMath::log1p, nan, -0f, 0, inf);
        special(FloatMath::exp2, 0, 1, 1, inf);
        special(FloatMath::log2, nan, -inf, -inf, inf);
        special(FloatMath::log10, nan, -inf, -inf, inf);
        special(FloatMath::tan, nan, -0f, 0, nan);
        special(FloatMath::asin, nan, -0f, 0, nan);
        special(FloatMath::acos, nan, (float) (Math.PI / 2), (float) (Math.PI / 2), nan);
        special(FloatMath::atan, (float) (-Math.PI / 2), -0f, 0, (float) (Math.PI / 2));
        special(FloatMath::erfc, 2, 1, 1, 0);
        special(FloatMath::sinh, -inf, -0f, 0, inf);
        special(FloatMath::cosh, inf, 1, 1, inf);
        special(FloatMath::asinh, -inf, -0f, 0, inf);
        special(FloatMath::acosh, nan, nan, nan, inf);
        special(FloatMath::atanh, nan, -0f, 0, nan);
        special(FloatMath::sin, nan, -0f, 0, nan);
        special(FloatMath::cos, nan, 1, 1, nan);
        special(FloatMath::tanh, -1, -0f, 0, 1);
        special(FloatMath::sigmoid, 0, .5f, .5f, 1);
        special(FloatMath::silu, -0f, -0f, 0, inf);
        special(FloatMath::siluGrad, -0f, .5f, .5f, 1);
        special(FloatMath::softplus, 0, (float) StrictMath.log(2), (float) StrictMath.log(2), inf);
        special(FloatMath::erf, -1, -0f, 0, 1);
        special(FloatMath::gelu, -0f, -0f, 0, inf);
        special(FloatMath::geluGrad, -0f, .5f, .5f, 1);
        special(FloatMath::geluTanh, -0f, -0f, 0, inf);
        special(FloatMath::geluTanhGrad, -0f, .5f, .5f, 1);
        assertEquals(-inf, FloatMath.log1p(-1));
        assertEquals(Float.MIN_VALUE, FloatMath.exp(-103.5f));
        assertEquals((float) StrictMath.log(Float.MIN_VALUE), FloatMath.log(Float.MIN_VALUE));
    }

    @Test
    void wholePowersAndTheirLogarithmsAreExact() {
        for (int k = -149; k < 128; k++) {
            float p = (float) Math.scalb(1.0, k);
            assertEquals(p, FloatMath.exp2(k));
            assertEquals(k, FloatMath.log2(p));
        }
        for (int k = 0; k <= 10; k++) assertEquals(k, FloatMath.log10((float) StrictMath.pow(10, k)));
        assertEquals(Float.MIN_VALUE, FloatMath.exp2(-149.9f));
        assertEquals(0, FloatMath.exp2(-150));
        assertEquals(Float.POSITIVE_INFINITY, FloatMath.exp2(128));
        assertEquals(0, FloatMath.acosh(1));
        assertEquals(Float.POSITIVE_INFINITY, FloatMath.atanh(1));
        assertEquals(Float.NEGATIVE_INFINITY, FloatMath.atanh(-1));
    }

    @Test
    void anglesAreWithinTheStatedErrorAndThoseOfTheAxesExact() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 200_000; i++) {
            float x = Float.intBitsToFloat(random.nextInt());
            float z = i % 4 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) (x * random.nextGaussian());
            double error = error(FloatMath.atan2(x, z), StrictMath.atan2(x, z));
            assertTrue(error <= 2, x + ", " + z + ": " + error + " ULP");
        }
        float[] ends = {0, -0f, 1, -1, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        for (float x : ends) {
            for (float z : ends) assertEquals((float) StrictMath.atan2(x, z), FloatMath.atan2(x, z), x + ", " + z);
        }
        assertEquals(0, FloatMath.acos(1));
        assertEquals((float) Math.PI, FloatMath.acos(-1));
        assertEquals((float) (-Math.PI / 2), FloatMath.asin(-1));
        assertTrue(Float.isNaN(FloatMath.asin(1.0000001f)) && Float.isNaN(FloatMath.acos(-2)));
    }

    /// `ln(eˣ + eᶻ)`, where the larger of both does not cancel, and where one is infinite.
    @Test
    void sumsOfExponentialsAreRoundedOnce() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            float x = (float) (random.nextGaussian() * 20);
            float z = (float) (x + random.nextGaussian() * Math.scalb(1.0, i % 16 - 8));
            double truth = DoubleMath.logAddExp(x, z);
            assertEquals(truth, FloatMath.logAddExp(x, z), 0.5 * Math.ulp((float) truth) + 0x1p-33, x + ", " + z);
        }
        float inf = Float.POSITIVE_INFINITY;
        float[][] cases = {{inf, inf, inf}, {-inf, -inf, -inf}, {inf, -inf, inf}, {-inf, 3, 3}, {inf, 3, inf}, {0, -104, 0},
            {0, 0, (float) StrictMath.log(2)}, {3e38f, -3e38f, 3e38f}, {Float.NaN, 1, Float.NaN}, {inf, Float.NaN, Float.NaN}};
        for (float[] c : cases) {
            assertEquals(c[2], FloatMath.logAddExp(c[0], c[1]), c[0] + ", " + c[1]);
            assertEquals(c[2], FloatMath.logAddExp(c[1], c[0]), c[0] + ", " + c[1]);
        }
    }

    private static void special(Function f, float minusInfinity, float minusZero, float zero, float infinity) {
        assertEquals(minusInfinity, f.of(Float.NEGATIVE_INFINITY));
        assertEquals(minusZero, f.of(-0f));
        assertEquals(zero, f.of(0));
        assertEquals(infinity, f.of(Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(f.of(Float.NaN)));
    }

    /// Values of C99, F.10.4.4, for float and double alike.
    @Test
    void powersFollowC99() {
        double inf = Double.POSITIVE_INFINITY;
        double nan = Double.NaN;
        double[][] cases = {{nan, 0, 1}, {1, nan, 1}, {1, inf, 1}, {-1, inf, 1}, {-1, -inf, 1}, {nan, 1, nan}, {2, nan, nan},
                {0, 3, 0}, {-0.0, 3, -0.0},
            {-0.0, 2, 0}, {0, -3, inf}, {-0.0, -3, -inf}, {-0.0, -2, inf}, {-2, 3, -8}, {-2, 2, 4}, {-2, .5, nan},
                    {.5, inf, 0}, {.5, -inf, inf},
            {2, inf, inf}, {2, -inf, 0}, {inf, 2, inf}, {inf, -2, 0}, {-inf, 3, -inf}, {-inf, 2, inf}, {-inf, -3, -0.0},
                    {-inf, -2, 0},
            {-inf, .5, inf}, {0x1p-149, .5, 0x1p-74 * Math.sqrt(.5)}, {2, -149, 0x1p-149}, {-3, 1e20, inf}, {2, 1024.5, inf}};
        for (double[] c : cases) {
            String what = c[0] + "^" + c[1];
            assertEquals((float) c[2], FloatMath.pow((float) c[0], (float) c[1]), what);
            double y = DoubleMath.pow(c[0], c[1]);
            assertTrue(Double.compare(y, c[2]) == 0 || Math.abs(y - c[2]) <= 1e-15 * Math.abs(c[2]), what);
        }
    }
}
