package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.tests.gen.Samples;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Operations computed in one go give what the same formula gives in several operations, forward and backward, in both types and
/// at awkward lengths.
class FusedProperties {
    /// Rows of up to about a thousand, gradients of size 1.
    private static final double F32 = 2e-4;
    private static final double F64 = 1e-11;

    @Provide
    Arbitrary<Shape> awkward() {
        return Samples.awkward();
    }

    @Provide
    Arbitrary<DType> floats() {
        return Arbitraries.of(DType.F32, DType.F64);
    }

    static void assertAgree(String what, Function<Tensor[], Tensor> fused, Function<Tensor[], Tensor> composed,
        NdArray... inputs) {
        var random = new SplittableRandom(5);
        var values = new NdArray[2][];
        for (int i = 0; i < 2; i++) {
            var x = Arrays.stream(inputs).map(Tensor::parameter).toArray(Tensor[]::new);
            var y = (i == 0 ? fused : composed).apply(x);
            var dy = Samples.between(y.dtype(), y.shape(), -1, 1, i == 0 ? random : new SplittableRandom(5));
            var g = Backward.from(y).seed(Tensor.of(dy)).run();
            values[i] = new NdArray[x.length + 1];
            values[i][0] = y.value();
            for (int j = 0; j < x.length; j++) {
                values[i][j + 1] = g.of(x[j]);
            }
        }
        for (int j = 0; j < values[0].length; j++) {
            var a = values[0][j];
            var b = values[1][j];
            assertEquals(b.shape(), a.shape());
            assertEquals(b.dtype(), a.dtype());
            double tolerance = a.dtype() == DType.F32 ? F32 : F64;
            var p = a.toDoubles();
            var q = b.toDoubles();
            for (int e = 0; e < p.length; e++) {
                int at = e;
                int which = j;
                assertEquals(q[e], p[e], tolerance * (1 + Math.abs(q[e])), () -> what
                    + (which == 0 ? ", value" : ", gradient " + (which - 1)) + ", element " + at);
            }
        }
    }

    @Property
    void softmaxAndItsLogarithmAreTheirFormulas(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype,
        @ForAll long seed) {
        var x = Samples.between(dtype, shape, -5, 5, new SplittableRandom(seed));
        assertAgree("softmax", t -> t[0].softmax(-1), t -> t[0].exp().div(t[0].exp().sum(true, -1)), x);
        assertAgree("logSoftmax", t -> t[0].logSoftmax(-1), t -> t[0].sub(t[0].exp().sum(true, -1).log()), x);
    }

    @Property
    void softmaxDownAnyAxisAndTheLogarithmOfSumsAreTheirFormulas(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype,
        @ForAll long seed) {
        var random = new SplittableRandom(seed);
        var x = Samples.between(dtype, shape, -5, 5, random);
        int axis = Samples.axis(shape, random);
        assertAgree("softmax", t -> t[0].softmax(axis), t -> t[0].exp().div(t[0].exp().sum(true, axis)), x);
        assertAgree("logSoftmax", t -> t[0].logSoftmax(axis), t -> t[0].sub(t[0].exp().sum(true, axis).log()), x);
        var axes = Samples.axes(shape, random);
        boolean keep = random.nextBoolean();
        assertAgree("logSumExp", t -> t[0].logSumExp(keep, axes), t -> t[0].exp().sum(keep, axes).log(), x);
    }

    @Property
    void crossEntropyIsTheMeanOfMinusTargetTimesLogSoftmax(@ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        int n = 1 + random.nextInt(40);
        int classes = 1 + random.nextInt(40);
        double s = random.nextInt(3) * 0.3;
        var labels = Samples.indices(Shape.of(n), classes, random);
        var x = Samples.between(dtype, Shape.of(n, classes), -5, 5, random);
        var target = NdArray.zeros(dtype, n, classes);
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < classes; c++) {
                target.set((labels.ints()[i] == c ? 1 - s : 0) + s / classes, i, c);
            }
        }
        assertAgree("crossEntropy", t -> t[0].crossEntropy(labels, s),
            t -> t[0].logSoftmax(1).mul(Tensor.of(target)).sum(false, 1).mean().neg(), x);
    }

    @Property
    void varianceIsTheMeanSquaredDistanceFromTheMean(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype,
        @ForAll boolean keep, @ForAll long seed) {
        var x = Samples.between(dtype, shape, -2, 3, new SplittableRandom(seed));
        var y = Tensor.of(x).variance(keep, 1, -1);
        int n = shape.extent(-1);
        var v = x.toDoubles();
        var got = y.value().toDoubles();
        assertEquals(keep ? shape.with(-1, 1) : shape.removed(-1), y.shape());
        for (int row = 0; row < got.length; row++) {
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += v[row * n + i] / n;
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += (v[row * n + i] - mean) * (v[row * n + i] - mean);
            }
            assertEquals(n < 2 ? Double.NaN : sum / (n - 1), got[row], dtype == DType.F32 ? 1e-5 : 1e-13);
        }
    }

    @Property
    void linearIsAProductAndASum(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var random = new SplittableRandom(seed);
        int out = random.nextInt(20);
        var x = Samples.between(dtype, shape, -1, 1, random);
        var w = Samples.between(dtype, Shape.of(out, shape.extent(-1)), -1, 1, random);
        var b = Samples.between(dtype, Shape.of(out), -1, 1, random);
        assertAgree("linear", t -> t[0].linear(t[1], t[2]),
            t -> (t[0].rank() == 1 ? t[0].unsqueeze(0).matmulNT(t[1]).squeeze(0) : t[0].matmulNT(t[1])).add(t[2]), x, w, b);
    }

    @Property
    void activationsAreTheirFormulas(@ForAll("awkward") Shape shape, @ForAll("floats") DType dtype, @ForAll long seed) {
        var x = Samples.between(dtype, shape, -4, 4, new SplittableRandom(seed));
        assertAgree("silu", t -> t[0].silu(), t -> t[0].mul(t[0].sigmoid()), x);
        assertAgree("gelu", t -> t[0].gelu(), t -> t[0].mul(t[0].mul(Math.sqrt(0.5)).erf().add(1)).mul(0.5), x);
        assertAgree("geluTanh", t -> t[0].geluTanh(),
            t -> t[0].mul(t[0].add(t[0].pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI)).tanh().add(1)).mul(0.5), x);
        assertAgree("softplus", t -> t[0].softplus(), t -> t[0].exp().add(1).log(), x);
        assertAgree("sigmoid", t -> t[0].sigmoid(), t -> t[0].neg().exp().add(1).reciprocal(), x);
        assertAgree("tanh", t -> t[0].tanh(), t -> t[0].mul(2).sigmoid().mul(2).sub(1), x);
    }

    @Test
    void aConfidentRightAnswerCostsNothingAndAWrongOneItsDistance() {
        var x = Tensor.parameter(NdArray.of(Shape.of(2, 2), new double[] {1000, 0, 1000, 0}));
        assertEquals(500, x.crossEntropy(NdArray.of(0, 1), 0).item(), 1e-12);
        assertEquals("[0.0, 0.0, 0.5, -0.5]", Arrays.toString(x.crossEntropy(NdArray.of(0, 1), 0).backward().of(x).toDoubles()));
        assertEquals(Math.log(2), Tensor.of(NdArray.zeros(DType.F32, 3, 2)).crossEntropy(NdArray.of(1, 0, 1), 0.2).item(), 1e-7);
    }

    // Between 16384 and the next float the mean is no float: half a step of error, squared, is as large as the variance. The row
    // is longer than a block of a sum.
    @Test
    void layerNormSurvivesAMeanThatNoFloatHolds() {
        var x = NdArray.full(DType.F32, Shape.of(1, 4100), 16384);
        for (int i = 0; i < 4100; i += 2) x.set(16384 + 0x1p-9, 0, i);
        var y = Tensor.of(x).layerNorm(1, null, null, 0).value();
        assertEquals(2, y.max().item() - y.min().item(), 1e-3);
    }

    @Test
    void layerNormTakesAWeightOrABiasAlone() {
        var x = NdArray.of(3f, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8).reshape(1, 19);
        var w = NdArray.arange(DType.F32, 19).add(1);
        var plain = Tensor.of(x).layerNorm(1, null, null, 1e-5).value();
        var weighted = Tensor.of(x).layerNorm(1, Tensor.of(w), null, 1e-5).value();
        var shifted = Tensor.of(x).layerNorm(1, null, Tensor.of(w), 1e-5).value();
        for (int i = 0; i < 19; i++) {
            assertEquals(plain.get(0, i) * (i + 1), weighted.get(0, i), 1e-5);
            assertEquals(plain.get(0, i) + (i + 1), shifted.get(0, i), 1e-5);
        }
    }
}
