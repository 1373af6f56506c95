package keel.tests.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Values of the elementwise operations against formulas in double over plain index arithmetic.
class ElementwiseProperties {
    /// Float kernels are a few ULP (6e-8) off, and so are the formulas here near cancellation.
    private static final double RELATIVE_F32 = 2e-6;
    private static final double RELATIVE_F64 = 1e-13;
    /// Where a result is a difference of larger numbers only its absolute error is small.
    private static final double ABSOLUTE_F32 = 3e-7;
    private static final double ABSOLUTE_F64 = 1e-15;

    /// A function of one value, its truth in double, and where it is tried.
    private record Unary(UnaryOperator<NdArray> f, DoubleUnaryOperator truth, double low, double high) {}

    /// Those whose result is one correctly rounded operation: equal to the bit, −0 included.
    private static final Map<String, Unary> EXACT = new LinkedHashMap<>();
    private static final Map<String, Unary> CLOSE = new LinkedHashMap<>();

    static {
        EXACT.put("neg", new Unary(NdArray::neg, x -> -x, -9, 9));
        EXACT.put("abs", new Unary(NdArray::abs, Math::abs, -9, 9));
        EXACT.put("sign", new Unary(NdArray::sign, x -> Double.isNaN(x) ? 0 : Math.signum(x), -9, 9));
        EXACT.put("square", new Unary(NdArray::square, x -> x * x, -9, 9));
        EXACT.put("sqrt", new Unary(NdArray::sqrt, Math::sqrt, 0, 9));
        EXACT.put("reciprocal", new Unary(NdArray::reciprocal, x -> 1 / x, -9, 9));
        EXACT.put("relu", new Unary(NdArray::relu, x -> x > 0 || Double.isNaN(x) ? x : 0, -9, 9));
        EXACT.put("leakyRelu(1/4)", new Unary(x -> x.leakyRelu(0.25), x -> x > 0 ? x : x / 4, -9, 9));
        EXACT.put("clamp(-1, 2)", new Unary(x -> x.clamp(-1, 2), x -> Math.min(Math.max(x, -1), 2), -9, 9));
        EXACT.put("add(3/4)", new Unary(x -> x.add(0.75), x -> x + 0.75, -9, 9));
        EXACT.put("sub(3/4)", new Unary(x -> x.sub(0.75), x -> x - 0.75, -9, 9));
        EXACT.put("mul(-5/4)", new Unary(x -> x.mul(-1.25), x -> x * -1.25, -9, 9));
        EXACT.put("div(3)", new Unary(x -> x.div(3), x -> x / 3, -9, 9));
        EXACT.put("rsub(1/2)", new Unary(x -> x.rsub(0.5), x -> 0.5 - x, -9, 9));
        EXACT.put("rdiv(2)", new Unary(x -> x.rdiv(2), x -> 2 / x, -9, 9));
        EXACT.put("minimum(1/2)", new Unary(x -> x.minimum(0.5), x -> Math.min(x, 0.5), -9, 9));
        EXACT.put("maximum(1/2)", new Unary(x -> x.maximum(0.5), x -> Math.max(x, 0.5), -9, 9));
        CLOSE.put("rsqrt", new Unary(NdArray::rsqrt, x -> 1 / Math.sqrt(x), 0.01, 9));
        CLOSE.put("exp", new Unary(NdArray::exp, StrictMath::exp, -80, 80));
        CLOSE.put("expm1", new Unary(NdArray::expm1, StrictMath::expm1, -4, 4));
        CLOSE.put("log", new Unary(NdArray::log, StrictMath::log, 1e-3, 9));
        CLOSE.put("log1p", new Unary(NdArray::log1p, StrictMath::log1p, -0.9, 9));
        CLOSE.put("sin", new Unary(NdArray::sin, StrictMath::sin, -9, 9));
        CLOSE.put("cos", new Unary(NdArray::cos, StrictMath::cos, -9, 9));
        CLOSE.put("tanh", new Unary(NdArray::tanh, StrictMath::tanh, -9, 9));
        CLOSE.put("sigmoid", new Unary(NdArray::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -30, 30));
        CLOSE.put("erf", new Unary(NdArray::erf, ElementwiseProperties::erf, -9, 9));
        CLOSE.put("gelu", new Unary(NdArray::gelu, x -> 0.5 * x * erfc(-x / Math.sqrt(2)), -9, 9));
        CLOSE.put("geluTanh", new Unary(NdArray::geluTanh, x ->
            0.5 * x * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))), -4, 9));
        CLOSE.put("silu", new Unary(NdArray::silu, x -> x / (1 + StrictMath.exp(-x)), -30, 30));
        CLOSE.put("softplus", new Unary(NdArray::softplus, x -> StrictMath.log(1 + StrictMath.exp(x)), -9, 30));
        CLOSE.put("pow(2.5)", new Unary(x -> x.pow(2.5), x -> StrictMath.pow(x, 2.5), 0, 9));
        CLOSE.put("pow(3)", new Unary(x -> x.pow(3), x -> x * x * x, -9, 9));
    }

    private static double erf(double x) {
        if (Math.abs(x) > 2) {
            return Math.signum(x) * (1 - erfc(Math.abs(x)));
        }
        double term = x; // 2/√π · Σ (−1)ᵏ x²ᵏ⁺¹/(k!(2k + 1))
        double sum = x;
        for (int k = 1; k < 60; k++) {
            term *= -x * x / k;
            sum += term / (2 * k + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double erfc(double x) {
        if (x < 1) {
            return 1 - erf(x);
        }
        double f = 0; // e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …))))
        for (int k = 400; k > 0; k--) {
            f = k / 2.0 / (x + f);
        }
        return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / (x + f);
    }

    /// A function of two values and its truth in double.
    private record Pair(BiFunction<NdArray, NdArray, NdArray> f, DoubleBinaryOperator truth) {}

    private static final Map<String, Pair> PAIRS = new LinkedHashMap<>();
    private static final Map<String, Pair> MASKS = new LinkedHashMap<>();

    static {
        PAIRS.put("add", new Pair(NdArray::add, Double::sum));
        PAIRS.put("sub", new Pair(NdArray::sub, (a, b) -> a - b));
        PAIRS.put("mul", new Pair(NdArray::mul, (a, b) -> a * b));
        PAIRS.put("div", new Pair(NdArray::div, (a, b) -> a / b));
        PAIRS.put("minimum", new Pair(NdArray::minimum, Math::min));
        PAIRS.put("maximum", new Pair(NdArray::maximum, Math::max));
        MASKS.put("eq", new Pair(NdArray::eq, (a, b) -> a == b ? 1 : 0));
        MASKS.put("ne", new Pair(NdArray::ne, (a, b) -> a != b ? 1 : 0));
        MASKS.put("lt", new Pair(NdArray::lt, (a, b) -> a < b ? 1 : 0));
        MASKS.put("le", new Pair(NdArray::le, (a, b) -> a <= b ? 1 : 0));
        MASKS.put("gt", new Pair(NdArray::gt, (a, b) -> a > b ? 1 : 0));
        MASKS.put("ge", new Pair(NdArray::ge, (a, b) -> a >= b ? 1 : 0));
    }

    @Provide
    Arbitrary<Shape> awkward() {
        return Samples.awkward();
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Samples.shapes(0, 5, 200);
    }

    @Property
    void functionsOfOneValueMatchTheirFormula(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        CLOSE.forEach((name, op) -> {
            var x = Samples.between(dtype, shape, op.low, op.high, new SplittableRandom(seed));
            boolean f32 = dtype == DType.F32;
            Naive.of(x).map(op.truth).assertMatches(name, op.f.apply(x), f32 ? RELATIVE_F32 : RELATIVE_F64,
                f32 ? ABSOLUTE_F32 : ABSOLUTE_F64);
        });
    }

    @Property
    void singleOperationsAreCorrectlyRounded(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        EXACT.forEach((name, op) -> {
            var x = Samples.between(dtype, shape, op.low, op.high, new SplittableRandom(seed));
            Naive.of(x).map(op.truth).assertIs(name, op.f.apply(x));
            var s = Samples.special(dtype, shape, new SplittableRandom(seed));
            Naive.of(s).map(op.truth).assertIs(name + " of special values", op.f.apply(s));
        });
    }

    @Property
    void functionsOfTwoValuesBroadcast(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        PAIRS.forEach((name, op) -> checkPair(name, op, shape, dtype, seed));
        var random = new SplittableRandom(seed);
        var s = Samples.broadcastable(shape, 2, random);
        var a = Samples.between(dtype, s[0], 0.1, 3, random);
        var b = Samples.between(dtype, s[1], -3, 3, random);
        Naive.of(a).zip(Naive.of(b), StrictMath::pow).assertMatches("pow", a.pow(b),
            dtype == DType.F32 ? RELATIVE_F32 : RELATIVE_F64, 0);
    }

    @Property
    void comparisonsBroadcastAndAreFalseForNaNExceptNe(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype,
        @ForAll long seed) {
        MASKS.forEach((name, op) -> {
            checkPair(name, op, shape, dtype, seed);
            assertEquals(DType.BOOL, op.f.apply(NdArray.zeros(dtype, 1), NdArray.zeros(dtype, 1)).dtype());
        });
    }

    private static void checkPair(String name, Pair op, Shape shape, DType dtype, long seed) {
        var random = new SplittableRandom(seed);
        var s = Samples.broadcastable(shape, 2, random);
        var a = Samples.dyadic(dtype, s[0], random);
        var b = Samples.dyadic(dtype, s[1], random);
        Naive.of(a).zip(Naive.of(b), op.truth).assertIs(name + " of " + s[0] + " and " + s[1], op.f.apply(a, b));
        var p = Samples.special(dtype, s[0], random);
        var q = Samples.special(dtype, s[1], random);
        Naive.of(p).zip(Naive.of(q), op.truth).assertIs(name + " of special values " + s[0] + " and " + s[1], op.f.apply(p, q));
    }

    /// Broadcast rows longer than the tile over which a repeated value is spread.
    @Test
    void quotientsByPowersOfTwoAreThoseOfTheProcessor() {
        float[] x = {0, -0f, 1, -3, 1e-45f, -7e-45f, 1.1754942e-38f, 3.4028235e38f, Float.POSITIVE_INFINITY, Float.NaN, 5e-39f};
        for (int exponent = -149; exponent < 128; exponent++) {
            for (float b : new float[] {Math.scalb(1f, exponent), -Math.scalb(1f, exponent)}) {
                var y = NdArray.of(x).div(b).toFloats();
                for (int i = 0; i < x.length; i++) assertEquals(Float.floatToIntBits(x[i] / b), Float.floatToIntBits(y[i]),
                    x[i] + " / " + b);
            }
        }
        assertArrayEquals(new double[] {1 / 0.75, 5e-324 / 0x1p-1000, 3 / 0x1p1000},
            new double[] {NdArray.of(1.0).div(0.75).item(), NdArray.of(5e-324).div(0x1p-1000).item(),
                NdArray.of(3.0).div(0x1p1000).item()});
    }

    @Property
    void longRowsBroadcastToo(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        PAIRS.forEach((name, op) -> checkPair(name, op, shape, dtype, seed));
    }

    @Property
    void comparisonsWithANumberAreComparisonsWithThatConstant(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype,
        @ForAll long seed) {
        var x = Samples.dyadic(dtype, shape, new SplittableRandom(seed));
        double c = 0.5;
        var a = Naive.of(x);
        a.map(v -> v == c ? 1 : 0).assertIs("eq", x.eq(c));
        a.map(v -> v != c ? 1 : 0).assertIs("ne", x.ne(c));
        a.map(v -> v < c ? 1 : 0).assertIs("lt", x.lt(c));
        a.map(v -> v <= c ? 1 : 0).assertIs("le", x.le(c));
        a.map(v -> v > c ? 1 : 0).assertIs("gt", x.gt(c));
        a.map(v -> v >= c ? 1 : 0).assertIs("ge", x.ge(c));
    }

    @Property
    void whereTakesOneOfBothAndNothingElse(@ForAll("shapes") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var s = Samples.broadcastable(shape, 3, random);
        var c = Samples.mask(s[0], random);
        var a = Samples.special(dtype, s[1], random);
        var b = Samples.special(dtype, s[2], random);
        var mask = Naive.of(c);
        var x = Naive.of(a);
        var z = Naive.of(b);
        Naive.build(shape.extents(), i -> mask.at(i) != 0 ? x.at(i) : z.at(i)).assertIs("where", NdArray.where(c, a, b));
    }

    /// Lines shorter and longer than tiles, many and few of them, columns and rows, planes that repeat: what is spread over a
    /// tile for some lines must not be taken for what others need.
    @Test
    void everyPatternOfRepetitionAtLength() {
        int[][] shapes = {{37, 100}, {3, 400}, {5, 513}, {3, 1000}, {2, 2500}, {700, 3}, {1025, 1}, {1, 1025}, {4, 5, 60},
            {16, 64, 10}, {3, 2, 5, 70}, {2, 3, 1, 300}};
        var random = new SplittableRandom(12);
        for (var extents : shapes) {
            for (int code = 0; code < 1 << 2 * extents.length; code++) {
                int[][] e = {extents.clone(), extents.clone()};
                for (int i = 0; i < extents.length; i++) {
                    e[0][i] = (code >> i & 1) != 0 ? 1 : extents[i];
                    e[1][i] = (code >> i + extents.length & 1) != 0 ? 1 : extents[i];
                }
                var dtype = random.nextBoolean() ? DType.F32 : DType.F64;
                var a = Samples.dyadic(dtype, Shape.of(e[0]), random);
                var b = Samples.dyadic(dtype, Shape.of(e[1]), random);
                var x = Naive.of(a);
                var z = Naive.of(b);
                var expected = x.zip(z, (p, q) -> p - q);
                expected.assertIs(a.shape() + " − " + b.shape(), a.sub(b));
                var full = NdArray.zeros(dtype, extents);
                x.zip(Naive.of(full), (p, q) -> p).assertIs("expand " + a.shape(), a.expand(full.shape()));
                if (code % 3 == 0) {
                    x.zip(z, Double::sum).assertIs(a.shape() + " + " + b.shape(), a.add(b));
                    x.zip(z, (p, q) -> p * q).assertIs(a.shape() + " · " + b.shape(), a.mul(b));
                }
                if (code % 5 == 0) {
                    x.zip(z, (p, q) -> p < q ? p : q).assertIs("where " + a.shape() + b.shape(), NdArray.where(a.lt(b), a, b));
                }
            }
        }
    }

    @Test
    void specialValuesGoWhereTheLimitsAre() {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        double[][] table = {
            // x, then exp, expm1, log, log1p, tanh, sigmoid, erf, gelu, silu, softplus
            {inf, inf, inf, inf, inf, 1, 1, 1, inf, inf, inf},
            {-inf, 0, -1, nan, nan, -1, 0, -1, -0.0, -0.0, 0},
            {nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan},
            {1e30, inf, inf, StrictMath.log(1e30), StrictMath.log(1e30), 1, 1, 1, 1e30, 1e30, 1e30},
            {-1e30, 0, -1, nan, nan, -1, 0, -1, -0.0, -0.0, 0},
        };
        for (var row : table) {
            for (var dtype : new DType[] {DType.F32, DType.F64}) {
                var x = NdArray.full(dtype, Shape.of(17), row[0]); // a vector and a rest
                NdArray[] y = {x.exp(), x.expm1(), x.log(), x.log1p(), x.tanh(), x.sigmoid(), x.erf(), x.gelu(), x.silu(),
                    x.softplus()};
                for (int i = 0; i < y.length; i++) {
                    double e = row[i + 1];
                    double tolerance = dtype == DType.F32 ? 1e-6 : 1e-15;
                    Naive.build(new int[] {17}, _ -> e).assertMatches("column " + (i + 1) + " of x = " + row[0], y[i], tolerance,
                        0);
                }
            }
        }
    }

    @Test
    void zerosKeepTheirSignThroughOddFunctions() {
        var zeros = NdArray.of(-0.0, 0.0);
        var odd = Map.<String, UnaryOperator<NdArray>>of("expm1", NdArray::expm1, "log1p", NdArray::log1p, "sin", NdArray::sin,
            "tanh", NdArray::tanh, "erf", NdArray::erf, "sqrt", NdArray::sqrt, "gelu", NdArray::gelu, "silu", NdArray::silu,
            "geluTanh", NdArray::geluTanh);
        odd.forEach((name, f) -> {
            assertArrayEquals(new double[] {-0.0, 0.0}, f.apply(zeros).toDoubles(), name);
            assertArrayEquals(new float[] {-0f, 0f}, f.apply(zeros.cast(DType.F32)).toFloats(), name);
        });
    }

    @Test
    void powersFollowTheStandard() { // IEEE 754-2019, 9.2.1
        double inf = Double.POSITIVE_INFINITY;
        double[][] table = {{0, 0, 1}, {Double.NaN, 0, 1}, {2, 10, 1024}, {-2, 3, -8}, {-2, 0.5, Double.NaN}, {0, -1, inf},
            {-0.0, -1, -inf}, {-0.0, 3, -0.0}, {4, 0.5, 2},
            {inf, -1, 0}, {0.5, inf, 0}, {2, -inf, 0}, {2, -2, 0.25}};
        for (var row : table) {
            for (var dtype : new DType[] {DType.F32, DType.F64}) {
                var x = NdArray.full(dtype, Shape.of(), row[0]);
                String what = row[0] + "^" + row[1];
                assertEquals(row[2], x.pow(row[1]).item(), what);
                assertEquals(row[2], x.pow(NdArray.full(dtype, Shape.of(), row[1])).item(), what);
            }
        }
    }
}
