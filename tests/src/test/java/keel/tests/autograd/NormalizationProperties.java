package keel.tests.autograd;

import static keel.tests.autograd.FusedProperties.assertAgree;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.GradCheck;
import keel.autograd.Normalization;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Fused normalization is what several operations make of the same formula, forward and backward, once and twice, whatever is
/// trained, and where numbers are extreme.
class NormalizationProperties {
    private static final double EPS = 0.01;

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    /// The formula, one operation at a time, over some axes.
    private static Tensor composed(Tensor x, boolean centered, int[] axes, Tensor w, Tensor b) {
        var d = centered ? x.sub(x.mean(true, axes)) : x;
        var hat = d.mul(d.square().mean(true, axes).add(EPS).rsqrt());
        return affine(hat, w, b);
    }

    private static Tensor affine(Tensor hat, Tensor w, Tensor b) {
        var y = w == null ? hat : hat.mul(w);
        return b == null ? y : y.add(b);
    }

    private static Tensor perChannel(Tensor p, Tensor x) {
        return p == null ? null : p.reshape(IntStream.range(0, x.rank()).map(a -> a == 1 ? p.size() : 1).toArray());
    }

    private static Tensor groups(Tensor x, int groups, Tensor w, Tensor b) {
        var hat = composed(x.reshape(x.extent(0) * groups, x.size() / x.extent(0) / groups), true, new int[] {1}, null, null);
        return affine(hat.reshape(x.shape()), perChannel(w, x), perChannel(b, x));
    }

    private static Tensor batch(Tensor x, Tensor w, Tensor b) {
        return composed(x, true, IntStream.range(0, x.rank()).filter(a -> a != 1).toArray(), perChannel(w, x), perChannel(b, x));
    }

    private static Tensor batchBy(NdArray mean, NdArray variance, Tensor x, Tensor w, Tensor b) {
        var hat = x.sub(perChannel(Tensor.of(mean), x)).mul(perChannel(Tensor.of(variance), x).add(EPS).rsqrt());
        return affine(hat, perChannel(w, x), perChannel(b, x));
    }

    /// One normalization, in one operation and in several.
    private record Pair(String name, Shape shape, Shape parameter, Form fused, Form composed) {}

    private interface Form {
        Tensor apply(Tensor x, Tensor w, Tensor b);
    }

    private static Pair pair(int kind, int[] extents, int groups, DType dtype, SplittableRandom random) {
        var shape = Shape.of(extents);
        var c = Shape.of(extents[1]);
        int[] rows = IntStream.range(1, extents.length).toArray();
        var row = Shape.of(Arrays.copyOfRange(extents, 1, extents.length));
        var mean = Samples.between(dtype, c, -1, 1, random);
        var variance = Samples.between(dtype, c, 0.5, 2, random);
        return switch (kind) {
            case 0 -> new Pair("layerNorm", shape, row, (x, w, b) -> x.layerNorm(rows.length, w, b, EPS),
                (x, w, b) -> composed(x, true, rows, w, b));
            case 1 -> new Pair("rmsNorm", shape, row, (x, w, b) -> affine(x.rmsNorm(rows.length, w, EPS), null, b),
                (x, w, b) -> composed(x, false, rows, w, b));
            case 2 -> new Pair("groupNorm", shape, c, (x, w, b) -> x.groupNorm(groups, w, b, EPS),
                (x, w, b) -> groups(x, groups, w, b));
            case 3 -> new Pair("instanceNorm", shape, c, (x, w, b) -> x.instanceNorm(w, b, EPS),
                (x, w, b) -> groups(x, c.size(), w, b));
            case 4 -> new Pair("batchNorm", shape, c, (x, w, b) -> x.batchNorm(w, b, EPS), NormalizationProperties::batch);
            default -> new Pair("batchNorm by what was tracked", shape, c, (x, w, b) -> x.batchNorm(mean, variance, w, b, EPS),
                (x, w, b) -> batchBy(mean, variance, x, w, b));
        };
    }

    private static Function<Tensor[], Tensor> call(Form f, boolean weight, boolean bias) {
        return t -> f.apply(t[0], weight ? t[1] : null, bias ? t[weight ? 2 : 1] : null);
    }

    @Property(tries = 300)
    void itIsItsFormula(@ForAll @IntRange(max = 5) int kind, @ForAll("floats") DType dtype, @ForAll boolean weight,
            @ForAll boolean bias, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll @IntRange(min = 1, max = 9) int half,
            @ForAll @IntRange(max = 2) int spatial, @ForAll @IntRange(min = 1, max = 17) int side, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        int c = 2 * half;
        var extents = spatial == 0 ? new int[] {n, c} : spatial == 1 ? new int[] {n, c, side} : new int[] {n, c, side, 3};
        var p = pair(kind, extents, 1 + half % 2, dtype, random);
        var x = Samples.between(dtype, p.shape, -2, 3, random);
        var w = Samples.between(dtype, p.parameter, 0.5, 1.5, random);
        var b = Samples.between(dtype, p.parameter, -1, 1, random);
        var inputs = weight && bias ? new NdArray[] {x, w, b} : weight ? new NdArray[] {x, w}
            : bias ? new NdArray[] {x, b} : new NdArray[] {x};
        assertAgree(p.name, call(p.fused, weight, bias), call(p.composed, weight, bias), inputs);
    }

    // More lines a row than are summed at once, more rows than are taken together.
    @Test
    void manyChannelsAndManyRowsAreTheFormulaToo() {
        var random = new SplittableRandom(7);
        for (var extents : new int[][] {{2, 70, 3}, {2, 67, 1}, {130, 6}, {40, 70}}) {
            for (int kind = 0; kind < 12; kind++) {
                var dtype = kind < 6 ? DType.F32 : DType.F64;
                var p = pair(kind % 6, extents, extents[1] % 2 == 0 ? 2 : 1, dtype, random);
                assertAgree(p.name, call(p.fused, true, true), call(p.composed, true, true),
                    Samples.between(dtype, p.shape, -2, 3, random), Samples.between(dtype, p.parameter, 0.5, 1.5, random),
                    Samples.between(dtype, p.parameter, -1, 1, random));
            }
        }
    }

    /// The gradient that is recorded is the one that is not, and its own gradient is that of the formula.
    @Property(tries = 100)
    void itsGradientIsThatOfTheFormulaAlsoASecondTime(@ForAll @IntRange(max = 5) int kind,
            @ForAll @IntRange(min = 1, max = 3) int n, @ForAll @IntRange(min = 1, max = 2) int half,
            @ForAll @IntRange(max = 3) int side, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var p = pair(kind, side == 0 ? new int[] {n, 2 * half} : new int[] {n, 2 * half, side}, 2, DType.F64, random);
        var x = Samples.between(DType.F64, p.shape, -2, 3, random);
        var w = Samples.between(DType.F64, p.parameter, 0.5, 1.5, random);
        var b = Samples.between(DType.F64, p.parameter, -1, 1, random);
        var direction = Tensor.of(Samples.between(DType.F64, p.shape, -1, 1, random));
        var twice = new NdArray[2][];
        for (int i = 0; i < 2; i++) {
            var t = new Tensor[] {Tensor.parameter(x), Tensor.parameter(w), Tensor.parameter(b)};
            var y = (i == 0 ? p.fused : p.composed).apply(t[0], t[1], t[2]).sin().sum();
            var once = y.backward(); // not recorded
            y = (i == 0 ? p.fused : p.composed).apply(t[0], t[1], t[2]).sin().sum();
            var g = Backward.from(y).createGraph().run();
            for (var each : t) assertArrayEquals(once.of(each).toDoubles(), g.of(each).toDoubles(), 1e-9);
            var s = g.tensorOf(t[0]).mul(direction).sum().add(g.tensorOf(t[1]).sin().sum()).backward();
            twice[i] = new NdArray[] {s.of(t[0]), s.of(t[1])};
        }
        for (int j = 0; j < 2; j++) assertArrayEquals(twice[1][j].toDoubles(), twice[0][j].toDoubles(), 1e-8);
        assertTrue(GradCheck.second(Operations.ALL.getFirst().precision(), t -> p.fused.apply(t[0], t[1], t[2]), x, w, b).ok());
    }

    /// Which gradients are wanted changes none of them.
    @Property(tries = 100)
    void frozenParametersChangeNothing(@ForAll @IntRange(max = 5) int kind, @ForAll @IntRange(max = 2) int side,
            @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var p = pair(kind, side == 0 ? new int[] {7, 6} : new int[] {3, 6, 4 * side}, 2, DType.F32, random);
        var values = new NdArray[] {Samples.between(DType.F32, p.shape, -2, 3, random),
            Samples.between(DType.F32, p.parameter, 0.5, 1.5, random), Samples.between(DType.F32, p.parameter, -1, 1, random)};
        var all = new NdArray[3];
        for (int trained = 7; trained > 0; trained--) {
            var t = new Tensor[3];
            for (int i = 0; i < 3; i++) t[i] = (trained >> i & 1) == 0 ? Tensor.of(values[i]) : Tensor.parameter(values[i]);
            var g = p.fused.apply(t[0], t[1], t[2]).sin().sum().backward();
            for (int i = 0; i < 3; i++) {
                if ((trained >> i & 1) == 0) continue;
                if (trained == 7) all[i] = g.of(t[i]);
                assertArrayEquals(all[i].floats(), g.of(t[i]).floats(), p.name + " " + i + " of " + trained);
            }
        }
    }

    /// NaN, an infinity and numbers whose squares overflow spoil what they spoil in the formula, and nothing else.
    @Property(tries = 200)
    void extremeNumbersSpoilWhatTheySpoilInTheFormula(@ForAll @IntRange(max = 5) int kind, @ForAll("floats") DType dtype,
            @ForAll @IntRange(max = 2) int side, @ForAll @IntRange(max = 3) int which, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var p = pair(kind, side == 0 ? new int[] {5, 4} : new int[] {3, 4, 9 * side}, 2, dtype, random);
        var x = Samples.between(dtype, p.shape, -2, 3, random);
        double extreme = new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            dtype == DType.F32 ? 1e30 : 1e200}[which];
        var flat = x.reshape(x.size());
        flat.set(extreme, random.nextInt(x.size()));
        var w = Samples.between(dtype, p.parameter, 0.5, 1.5, random);
        var b = Samples.between(dtype, p.parameter, -1, 1, random);
        var t = new Tensor[] {Tensor.of(flat.reshape(p.shape)), Tensor.of(w), Tensor.of(b)};
        var got = p.fused.apply(t[0], t[1], t[2]).value().toDoubles();
        var expected = p.composed.apply(t[0], t[1], t[2]).value().toDoubles();
        for (int i = 0; i < got.length; i++) {
            assertEquals(Double.isFinite(expected[i]), Double.isFinite(got[i]), p.name + ": " + expected[i] + ", " + got[i]);
            if (Double.isFinite(got[i])) assertEquals(expected[i], got[i], 1e-4 * Math.max(1, Math.abs(expected[i])));
        }
    }

    /// One element has no deviation: what is left is the bias.
    @Test
    void oneElementIsItsBias() {
        var x = Tensor.parameter(NdArray.normal(DType.F32, Shape.of(2, 3), 5, 2, new SplittableRandom(1)));
        var w = Tensor.of(NdArray.of(2f, 3f, 4f));
        var b = Tensor.of(NdArray.of(1f, -1f, 0.5f));
        for (var y : new Tensor[] {x.instanceNorm(w, b, 1e-5), x.slice(0, 0, 1).batchNorm(w, b, 1e-5),
                x.groupNorm(3, w, b, 1e-5)}) {
            for (int i = 0; i < y.size(); i++) assertEquals(b.value().floats()[i % 3], y.value().floats()[i]);
            assertArrayEquals(new float[6], y.mul(y).sum().backward().of(x).floats());
        }
    }

    @Test
    void nothingIsNormalizedToNothing() {
        for (int[] extents : new int[][] {{0, 4}, {0, 4, 3}, {2, 4, 0}}) {
            for (int kind = 0; kind < 6; kind++) {
                var p = pair(kind, extents, 2, DType.F64, new SplittableRandom(1));
                var ones = NdArray.full(DType.F64, p.parameter, 1);
                var t = new Tensor[] {Tensor.parameter(NdArray.zeros(DType.F64, p.shape)), Tensor.parameter(ones),
                    Tensor.parameter(ones)};
                for (boolean twice : new boolean[] {false, true}) {
                    var y = p.fused.apply(t[0], t[1], t[2]);
                    assertEquals(p.shape, y.shape(), p.name);
                    var g = twice ? Backward.from(y.sum()).createGraph().run() : y.sum().backward();
                    assertEquals(p.shape, g.of(t[0]).shape());
                    assertArrayEquals(new double[p.parameter.size()], g.of(t[1]).toDoubles(), p.name);
                    assertArrayEquals(new double[p.parameter.size()], g.of(t[2]).toDoubles(), p.name);
                }
            }
        }
    }

    @Test
    void theStatisticsAreMeanAndBiasedVariance() {
        var x = NdArray.normal(DType.F64, Shape.of(3, 4, 5), 2, 3, new SplittableRandom(3));
        var batch = Normalization.batch(Tensor.of(x), null, null, EPS);
        assertEquals(Shape.of(4), batch.mean().shape());
        assertArrayEquals(x.mean(false, 0, 2).toDoubles(), batch.mean().toDoubles(), 1e-13);
        assertArrayEquals(x.sub(x.mean(true, 0, 2)).square().mean(false, 0, 2).toDoubles(), batch.variance().toDoubles(), 1e-12);
        var groups = Normalization.groups(Tensor.of(x), 2, null, null, EPS);
        var rows = x.reshape(6, 10);
        assertEquals(Shape.of(3, 2), groups.mean().shape());
        assertArrayEquals(rows.mean(false, 1).toDoubles(), groups.mean().toDoubles(), 1e-13);
        assertArrayEquals(rows.sub(rows.mean(true, 1)).square().mean(false, 1).toDoubles(), groups.variance().toDoubles(), 1e-12);
    }

    /// The derivative of layer normalization leaves nothing along a row of ones, nor along the normalized row itself.
    @Property(tries = 30)
    void theGradientIsOrthogonalToShiftAndScale(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = Tensor.parameter(NdArray.normal(DType.F64, Shape.of(4, 33), 5, 2, random));
        for (var y : new Tensor[] {x.layerNorm(1, null, null, 0), x.transpose().batchNorm(null, null, 0).transpose()}) {
            var g = Backward.from(y).seed(Tensor.of(NdArray.normal(DType.F64, y.shape(), 0, 1, random))).run().of(x);
            for (var v : new NdArray[] {g.sum(false, 1), g.mul(y.value()).sum(false, 1)}) {
                for (double e : v.toDoubles()) assertEquals(0, e, 1e-12);
            }
        }
    }
}
