package keel.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import keel.kernel.Binary;
import keel.kernel.Compare;
import keel.kernel.DoubleMath;
import keel.kernel.Unary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Elementwise kernels: the used ones give the bits of the plain ones, the plain ones the formula.
class ElementwiseKernelsTest {
    private static final double P = 0.3;

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void unaryIsBitEqualToPlainAtEveryLengthAndOffset(KernelType<A> type) {
        for (var f : Unary.values()) {
            for (int n : KernelType.LENGTHS) {
                for (int offset : new int[] {0, 1, 7}) {
                    A x = type.awkward(n + 7, 31L * n + offset);
                    A expected = type.normal(n + 16, 5);
                    A actual = type.normal(n + 16, 5);
                    type.plain().unary(f, P, x, offset, expected, 3, n);
                    type.used().unary(f, P, x, offset, actual, 3, n);
                    type.assertSameBits(expected, actual, n + 16, f + " n=" + n + " offset=" + offset);
                    type.used().unary(f, P, x, offset, x, offset, n);
                    type.used().copyStrided(actual, 3, 1, actual, 0, n);
                    type.used().copyStrided(x, offset, 1, x, 0, n);
                    type.assertSameBits(actual, x, n, f + " in place n=" + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void binaryIsBitEqualToPlainAtEveryLengthAndOffset(KernelType<A> type) {
        for (var f : Binary.values()) {
            for (int n : KernelType.LENGTHS) {
                for (int offset : new int[] {0, 1, 7}) {
                    A x = type.awkward(n + 7, 31L * n + offset);
                    A z = type.awkward(n + 8, 37L * n + offset);
                    A expected = type.normal(n + 16, 5);
                    A actual = type.normal(n + 16, 5);
                    type.plain().binary(f, P, x, offset, z, 2, expected, 3, n - Math.min(n, 1));
                    type.used().binary(f, P, x, offset, z, 2, actual, 3, n - Math.min(n, 1));
                    type.assertSameBits(expected, actual, n + 16, f + " n=" + n + " offset=" + offset);
                }
            }
        }
    }

    /// Beyond the first cache, the second and all of them, other loops may do it.
    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void longArraysAreBitEqualToPlain(KernelType<A> type) {
        for (int n : new int[] {8191, 8193, 140_001, 800_003}) {
            A x = type.awkward(n + 5, n);
            A z = type.awkward(n + 5, n + 1L);
            A expected = type.normal(n + 5, 5);
            A actual = type.normal(n + 5, 5);
            for (var f : new Binary[] {Binary.ADD, Binary.SUB, Binary.MUL, Binary.DIV}) {
                type.plain().binary(f, P, x, 3, z, 3, expected, 3, n);
                type.used().binary(f, P, x, 3, z, 3, actual, 3, n);
                type.assertSameBits(expected, actual, n + 5, f + " n=" + n);
                type.plain().binary(f, P, expected, 3, z, 3, expected, 3, n);
                type.used().binary(f, P, actual, 3, z, 3, actual, 3, n);
                type.assertSameBits(expected, actual, n + 5, f + " in place n=" + n);
            }
            for (var f : new Unary[] {Unary.ADD_SCALAR, Unary.MUL_SCALAR, Unary.NEG, Unary.ABS, Unary.SQUARE}) {
                type.plain().unary(f, P, x, 3, expected, 3, n);
                type.used().unary(f, P, x, 3, actual, 3, n);
                type.assertSameBits(expected, actual, n + 5, f + " n=" + n);
                type.used().unary(f, P, actual, 3, actual, 3, n);
                type.plain().unary(f, P, expected, 3, expected, 3, n);
                type.assertSameBits(expected, actual, n + 5, f + " in place n=" + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void comparisonAndChoiceEqualPlainAndFollowJava(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) {
            A x = type.awkward(n + 1, n);
            A z = type.awkward(n + 1, n + 1);
            for (int i = 0; i <= n; i += 4) type.plain().set(z, i, type.plain().get(x, i));
            for (var f : Compare.values()) {
                boolean[] expected = new boolean[n + 2];
                boolean[] actual = new boolean[n + 2];
                for (int i = 0; i < n; i++) expected[i + 2] = holds(f, type.plain().get(x, i + 1), type.plain().get(z, i + 1));
                type.used().compare(f, x, 1, z, 1, actual, 2, n);
                assertArrayEquals(expected, actual, f + " n=" + n);
                type.plain().compare(f, x, 1, z, 1, actual, 2, n);
                assertArrayEquals(expected, actual, f + " n=" + n);
            }
            var random = new SplittableRandom(n);
            boolean[] c = new boolean[n + 1];
            for (int i = 0; i <= n; i++) c[i] = random.nextBoolean();
            A y = type.plain().allocate(n);
            type.used().where(c, 1, x, 0, z, 1, y, 0, n);
            for (int i = 0; i < n; i++) {
                assertEquals(c[i + 1] ? type.plain().get(x, i) : type.plain().get(z, i + 1), type.plain().get(y, i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void choiceByANumberEqualsPlainAndFollowsJava(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) {
            A c = type.awkward(n + 1, n);
            A x = type.awkward(n + 2, n + 1);
            A z = type.normal(n + 3, n + 2);
            for (var f : Compare.values()) {
                for (double bound : new double[] {0, -0.5, Double.POSITIVE_INFINITY, Double.NaN}) {
                    A expected = type.plain().allocate(n + 1);
                    A actual = type.plain().allocate(n + 1);
                    for (int i = 0; i < n; i++) {
                        type.plain().set(expected, i + 1, holds(f, type.plain().get(c, i + 1), bound) ? type.plain().get(x, i + 2)
                                : type.plain().get(z, i + 3));
                    }
                    type.plain().choose(f, bound, c, 1, x, 2, z, 3, actual, 1, n);
                    type.assertSameBits(expected, actual, n + 1, f + " plain, n=" + n + ", " + bound);
                    type.used().choose(f, bound, c, 1, x, 2, z, 3, actual, 1, n);
                    type.assertSameBits(expected, actual, n + 1, f + " n=" + n + ", " + bound);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void derivativesOfClampEqualPlainAndTakeTheirSideAtTheEnds(KernelType<A> type) {
        for (int n : KernelType.LENGTHS) {
            A x = type.awkward(n + 1, n);
            A z = type.awkward(n + 2, n + 1);
            for (boolean open : new boolean[] {false, true}) {
                A expected = type.plain().allocate(n + 1);
                A actual = type.plain().allocate(n + 1);
                type.plain().clampGrad(open, -1, 1, x, 1, z, 2, expected, 1, n);
                type.used().clampGrad(open, -1, 1, x, 1, z, 2, actual, 1, n);
                type.assertSameBits(expected, actual, n + 1, "open " + open + ", n=" + n);
            }
        }
        A x = type.of(-2, -1, -0.5, 1, 2, Double.NaN);
        A dy = type.of(3, 4, 5, 6, Double.POSITIVE_INFINITY, 8);
        A y = type.plain().allocate(6);
        for (var k : java.util.List.of(type.plain(), type.used())) {
            k.clampGrad(false, -1, 1, x, 0, dy, 0, y, 0, 6);
            assertArrayEquals(new double[] {0, 4, 5, 6, 0, 0}, type.doubles(y, 0, 6));
            k.clampGrad(true, -1, 1, x, 0, dy, 0, y, 0, 6);
            assertArrayEquals(new double[] {0, 0, 5, 0, 0, 8}, type.doubles(y, 0, 6));
        }
    }

    private static boolean holds(Compare f, double x, double z) {
        return switch (f) {
            case EQ -> x == z;
            case NE -> x != z;
            case LT -> x < z;
            case LE -> x <= z;
            case GT -> x > z;
            case GE -> x >= z;
        };
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void unaryFollowsItsFormula(KernelType<A> type) {
        for (var f : Unary.values()) {
            boolean positive = switch (f) {
                case SQRT, RSQRT, LOG, LOG1P, LOG2, LOG10, POW_SCALAR -> true;
                default -> false;
            };
            A x = type.normal(200, 7);
            if (positive) type.plain().unary(Unary.ABS, 0, x, 0, x, 0, 200);
            A y = type.plain().allocate(200);
            type.plain().unary(f, P, x, 0, y, 0, 200);
            for (int i = 0; i < 200; i++) {
                double v = type.plain().get(x, i);
                type.assertClose(truth(f, v, type == KernelType.F32 ? (float) P : P), type.plain().get(y, i),
                        8 * type.epsilon(), 0, f + "(" + v + ")");
            }
        }
    }

    private static double truth(Unary f, double x, double p) {
        return switch (f) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case SQUARE -> x * x;
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TANH -> StrictMath.tanh(x);
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
            case ERF -> DoubleMath.erf(x);
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> x > 0 ? x : p * x;
            case GELU -> DoubleMath.gelu(x);
            case GELU_TANH -> DoubleMath.geluTanh(x);
            case SILU -> x / (1 + StrictMath.exp(-x));
            case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(x));
            case HARD_SIGMOID -> Math.clamp(x + 3, 0, 6) / 6;
            case HARD_SWISH -> x * Math.clamp(x + 3, 0, 6) / 6;
            case EXP2 -> StrictMath.exp(x * StrictMath.log(2));
            case LOG2 -> StrictMath.log(x) / StrictMath.log(2);
            case LOG10 -> StrictMath.log(x) / StrictMath.log(10);
            case TAN -> StrictMath.tan(x);
            case ASIN -> StrictMath.atan2(x, Math.sqrt((1 - x) * (1 + x)));
            case ACOS -> StrictMath.atan2(Math.sqrt((1 - x) * (1 + x)), x);
            case ATAN -> StrictMath.atan2(x, 1);
            case SINH -> StrictMath.expm1(2 * x) / (2 * StrictMath.exp(x));
            case COSH -> (StrictMath.exp(x) + StrictMath.exp(-x)) / 2;
            // a first guess and a step of Newton's, which mends the digits that the guess lost
            case ASINH -> newton(StrictMath.log(x + Math.sqrt(x * x + 1)), y -> (StrictMath.sinh(y) - x) / StrictMath.cosh(y));
            case ACOSH -> newton(StrictMath.log(x + Math.sqrt(x * x - 1)), y -> (StrictMath.cosh(y) - x) / StrictMath.sinh(y));
            case ATANH -> newton(StrictMath.log((1 + x) / (1 - x)) / 2,
                    y -> (StrictMath.tanh(y) - x) * StrictMath.cosh(y) * StrictMath.cosh(y));
            case ERFC -> DoubleMath.erfc(x);
            case FLOOR -> x < 0 && x != (long) x ? (long) x - 1 : (long) x;
            case CEIL -> x > 0 && x != (long) x ? (long) x + 1 : (long) x;
            case ROUND -> Math.floor(x + 0.5);
            case TRUNC -> (long) x;
            case ADD_SCALAR -> x + p;
            case MUL_SCALAR -> x * p;
            case RSUB_SCALAR -> p - x;
            case RDIV_SCALAR -> p / x;
            case POW_SCALAR -> StrictMath.pow(x, p);
            case MAX_SCALAR -> Math.max(x, p);
            case MIN_SCALAR -> Math.min(x, p);
        };
    }

    private static double newton(double guess, DoubleUnaryOperator step) {
        return guess - step.applyAsDouble(guess);
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void binaryFollowsItsFormula(KernelType<A> type) {
        for (var f : Binary.values()) {
            A x = type.normal(200, 8);
            A z = type.normal(200, 9);
            if (f == Binary.POW) type.plain().unary(Unary.ABS, 0, x, 0, x, 0, 200);
            A y = type.plain().allocate(200);
            type.plain().binary(f, P, x, 0, z, 0, y, 0, 200);
            for (int i = 0; i < 200; i++) {
                double v = type.plain().get(x, i);
                double w = type.plain().get(z, i);
                double p = type == KernelType.F32 ? (float) P : P;
                // sums of terms that cancel are held to the size of the terms
                type.assertClose(truth(f, v, w, p), type.plain().get(y, i), 8 * type.epsilon(), Math.abs(w) + Math.abs(v), f
                        + "(" + v + ", " + w + ")");
            }
        }
    }

    private static double truth(Binary f, double x, double z, double p) {
        double s = 1 / (1 + StrictMath.exp(-x));
        double c = Math.sqrt(2 / Math.PI);
        double t = StrictMath.tanh(c * (x + 0.044715 * x * x * x));
        return switch (f) {
            case ADD -> x + z;
            case SUB -> x - z;
            case MUL -> x * z;
            case DIV -> x / z;
            case MIN -> Math.min(x, z);
            case MAX -> Math.max(x, z);
            case POW -> StrictMath.pow(x, z);
            case ATAN2 -> StrictMath.atan(x / z) + (z < 0 ? Math.copySign(Math.PI, x) : 0);
            case HYPOT -> Math.sqrt(x * x + z * z);
            case FMOD -> x - z * (long) (x / z);
            case REMAINDER -> x - z * Math.floor(x / z);
            case FLOOR_DIVIDE -> Math.floor(x / z);
            case COPY_SIGN -> Math.abs(x) * Math.signum(z);
            case LOG_ADD_EXP -> StrictMath.log(StrictMath.exp(x) + StrictMath.exp(z));
            case RELU_GRAD -> x > 0 ? z : 0;
            case LEAKY_RELU_GRAD -> x > 0 ? z : p * z;
            case TANH_GRAD -> z * (1 - x * x);
            case SIGMOID_GRAD -> z * x * (1 - x);
            case GELU_GRAD -> z * (0.5 * (1 + DoubleMath.erf(x / Math.sqrt(2)))
                    + x * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
            case GELU_TANH_GRAD -> z * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * c * (1 + 3 * 0.044715 * x * x));
            case SILU_GRAD -> z * s * (1 + x * (1 - s));
            case HARD_SIGMOID_GRAD -> Math.abs(x) < 3 ? z / 6 : 0;
            case HARD_SWISH_GRAD -> x <= -3 ? 0 : x < 3 ? z * (x / 3 + 0.5) : z;
        };
    }

    @ParameterizedTest
    @MethodSource("keel.tests.kernel.KernelType#all")
    <A> void largestAndSmallestLetNanWinAndOrderZeros(KernelType<A> type) {
        double nan = Double.NaN;
        A x = type.of(0.0, -0.0, nan, 1, 2, -0.0, 3, nan, 0, -0.0, nan, 1, 2, -0.0, 3, nan, 5);
        A z = type.of(-0.0, 0.0, 1, nan, 1, -0.0, 4, nan, -0.0, 0, 1, nan, 1, -0.0, 4, nan, 6);
        A y = type.plain().allocate(17);
        for (var k : java.util.List.of(type.plain(), type.used())) {
            k.binary(Binary.MAX, 0, x, 0, z, 0, y, 0, 17);
            assertArrayEquals(new double[] {0, 0, nan, nan, 2, -0.0, 4, nan, 0, 0, nan, nan, 2, -0.0, 4, nan, 6},
                    type.doubles(y, 0, 17));
            k.binary(Binary.MIN, 0, x, 0, z, 0, y, 0, 17);
            assertArrayEquals(new double[] {-0.0, -0.0, nan, nan, 1, -0.0, 3, nan, -0.0, -0.0, nan, nan, 1, -0.0, 3, nan, 5},
                    type.doubles(y, 0, 17));
            k.unary(Unary.RELU, 0, x, 0, y, 0, 17);
            assertArrayEquals(new double[] {0, 0, nan, 1, 2, 0, 3, nan, 0, 0, nan, 1, 2, 0, 3, nan, 5}, type.doubles(y, 0, 17));
        }
    }
}
