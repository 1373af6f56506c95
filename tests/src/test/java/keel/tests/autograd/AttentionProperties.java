package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import keel.array.AttentionOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Attention;
import keel.autograd.Backward;
import keel.autograd.Recording;
import keel.autograd.Tensor;
import keel.kernel.Parallel;
import keel.tests.gen.Samples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Fused attention against the composed one, its masks, and its promise about bits.
class AttentionProperties {
    private static final AttentionOptions PLAIN = AttentionOptions.defaults();

    // Rows in several blocks, every kind of mask, groups and dropout: values and gradients of the fused operation are those of
    // softmax and two products.
    @Property(tries = 60)
    void fusedIsComposed(@ForAll long seed, @ForAll boolean single, @ForAll @IntRange(min = 1, max = 150) int l,
        @ForAll @IntRange(min = 1, max = 150) int s) {
        var random = new SplittableRandom(seed);
        var dtype = single ? DType.F32 : DType.F64;
        int group = 1 + random.nextInt(2);
        var options = random.nextBoolean() ? PLAIN : PLAIN.causal(random.nextInt(-3, 4));
        if (group == 2) options = options.grouped();
        if (random.nextBoolean()) options = options.scale(0.3);
        if (random.nextBoolean()) options = options.dropout(Samples.mask(Shape.of(2, 2 * group, l, s), random), 0.5);
        var mask = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> Tensor.of(Samples.mask(Shape.of(2, 1, 1, s), random));
            case 2 -> Tensor.of(Samples.mask(Shape.of(l, 1), random));
            default -> Tensor.of(Samples.between(dtype, Shape.of(2 * group, l, s), -1, 1, random));
        };
        var x = new NdArray[] {Samples.between(dtype, Shape.of(2, 2 * group, l, 5), -1, 1, random),
            Samples.between(dtype, Shape.of(2, 2, s, 5), -1, 1, random),
            Samples.between(dtype, Shape.of(2, 2, s, 3), -1, 1, random)};
        var dy = Samples.between(dtype, Shape.of(2, 2 * group, l, 3), -1, 1, random);
        var fused = results(x, mask, options, dy, false);
        var composed = results(x, mask, options, dy, true);
        for (int i = 0; i < fused.length; i++) {
            assertArrayEquals(composed[i].toDoubles(), fused[i].toDoubles(), single ? 2e-5 : 1e-13, "result " + i);
        }
    }

    private static NdArray[] results(NdArray[] x, Tensor mask, AttentionOptions options, NdArray dy, boolean composed) {
        var t = Arrays.stream(x).map(Tensor::parameter).toArray(Tensor[]::new);
        var y = composed ? Attention.apply(Attention.weights(t[0], t[1], mask, options), t[2], options)
            : Attention.scaledDotProduct(t[0], t[1], t[2], mask, options);
        var g = Backward.from(y).seed(Tensor.of(dy)).run();
        return new NdArray[] {y.value(), g.of(t[0]), g.of(t[1]), g.of(t[2])};
    }

    // What makes a cache of keys exact: one query at a time, over the keys up to its own, is a causal block of queries.
    @Property(tries = 20)
    void aQueryHasTheSameBitsAloneAndInABatch(@ForAll long seed, @ForAll boolean single,
        @ForAll @IntRange(min = 1, max = 200) int l) {
        var random = new SplittableRandom(seed);
        var dtype = single ? DType.F32 : DType.F64;
        var q = Tensor.of(Samples.between(dtype, Shape.of(3, l, 7), -3, 3, random));
        var k = Tensor.of(Samples.between(dtype, Shape.of(3, l, 7), -3, 3, random));
        var v = Tensor.of(Samples.between(dtype, Shape.of(3, l, 5), -3, 3, random));
        var all = Attention.scaledDotProduct(q, k, v, null, PLAIN.causal());
        for (int i = 0; i < l; i += 1 + l / 20) {
            var one = Attention.scaledDotProduct(q.slice(1, i, i + 1), k.slice(1, 0, i + 1), v.slice(1, 0, i + 1), null, PLAIN);
            assertBits(all.slice(1, i, i + 1).value(), one.value());
            int from = i / 2;
            var some = Attention.scaledDotProduct(q.slice(1, from, i + 1), k.slice(1, 0, i + 1), v.slice(1, 0, i + 1), null,
                PLAIN.causal(from));
            assertBits(all.slice(1, from, i + 1).value(), some.value());
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        var random = new SplittableRandom(1);
        var x = new NdArray[] {Samples.between(DType.F32, Shape.of(4, 2, 190, 16), -1, 1, random),
            Samples.between(DType.F32, Shape.of(4, 2, 190, 16), -1, 1, random),
            Samples.between(DType.F32, Shape.of(4, 2, 190, 16), -1, 1, random)};
        var dy = Samples.between(DType.F32, x[0].shape(), -1, 1, random);
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            var one = results(x, null, PLAIN.causal(), dy, false);
            Parallel.setThreads(4);
            var four = results(x, null, PLAIN.causal(), dy, false);
            for (int i = 0; i < one.length; i++) assertBits(one[i], four[i]);
        } finally {
            Parallel.setThreads(threads);
        }
    }

    private static void assertBits(NdArray expected, NdArray actual) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(expected.toDoubles(), actual.toDoubles(), 0);
    }

    // ---- edges: as PyTorch's nn.functional.scaled_dot_product_attention, 2.13

    @Test
    void aQueryThatSeesNothingGivesZerosAndHasNoGradient() {
        var blocked = NdArray.of(Shape.of(2, 3), new boolean[] {false, false, false, true, false, true});
        var infinite = NdArray.where(blocked, NdArray.of(0.0), NdArray.of(Double.NEGATIVE_INFINITY));
        for (var mask : new NdArray[] {blocked, infinite}) {
            for (var composed : new boolean[] {false, true}) {
                var y = results(values(2, 3, 2), Tensor.of(mask), PLAIN, NdArray.ones(DType.F64, 2, 2), composed);
                assertArrayEquals(new double[] {0, 0}, y[0].slice(0, 0, 1).doubles());
                assertArrayEquals(new double[] {0, 0}, y[1].slice(0, 0, 1).doubles());
                for (var array : y) assertTrue(array.isFinite());
                assertTrue(y[0].slice(0, 1, 2).norm() > 0);
            }
        }
        assertEquals(0, results(values(4, 3, 2), null, PLAIN.causal(-9), NdArray.ones(DType.F64, 4, 2), false)[3].norm());
    }

    private static NdArray[] values(int l, int s, int e) {
        var random = new SplittableRandom(7);
        return new NdArray[] {Samples.between(DType.F64, Shape.of(l, e), -1, 1, random),
            Samples.between(DType.F64, Shape.of(s, e), -1, 1, random), Samples.between(DType.F64, Shape.of(s, e), -1, 1, random)};
    }

    @Test
    void emptyExtents() {
        assertArrayEquals(new double[4],
            results(values(2, 0, 2), null, PLAIN, NdArray.ones(DType.F64, 2, 2), false)[0].doubles());
        var x = values(2, 3, 2);
        var y = Attention.scaledDotProduct(zeros(2, 0), zeros(3, 0), Tensor.of(x[2]), null, PLAIN).value();
        for (int j = 0; j < 2; j++) assertEquals(x[2].mean(false, 0).get(j), y.get(1, j), 1e-15); // all keys are alike
        assertEquals(Shape.of(0, 2, 4), of(zeros(0, 2, 3), zeros(0, 5, 3), zeros(0, 5, 4), null, PLAIN).shape());
        assertEquals(Shape.of(2, 0, 4), of(zeros(2, 0, 3), zeros(1, 5, 3), zeros(5, 4), null, PLAIN).shape());
    }

    @Test
    void hugeLogitsChooseTheLargest() {
        var q = Tensor.of(NdArray.of(Shape.of(1, 1), new double[] {1e200}));
        var k = Tensor.of(NdArray.of(Shape.of(3, 1), new double[] {1e100, 2e100, -1e100}));
        var v = Tensor.of(NdArray.of(Shape.of(3, 1), new double[] {5, 6, 7}));
        assertEquals(6, Attention.scaledDotProduct(q, k, v, null, PLAIN).item());
    }

    // Softmax rows keep what they say: the graph holds no weights. The operation beside it would hold 2 MiB of them.
    @Test
    void backwardComputesTheWeightsAgain() {
        var t = Tensor.parameter(NdArray.normal(DType.F64, Shape.of(512, 2), 0, 1, new SplittableRandom(1)));
        var y = Attention.scaledDotProduct(t, t, t, null, PLAIN);
        int held = 0;
        for (var input : y.derivative().inputs()) held = Math.max(held, input.size());
        for (var array : y.derivative().constants()) held = Math.max(held, array.size());
        assertEquals(t.size(), held);
        assertEquals(3, y.derivative().inputs().length);
    }

    @Test
    void aBiasThatLearnsNeedsNoCareWhereNothingIsRecorded() {
        var x = values(2, 3, 2);
        var bias = Tensor.parameter(NdArray.ones(DType.F64, 2, 3));
        var recorded = Attention.scaledDotProduct(Tensor.of(x[0]), Tensor.of(x[1]), Tensor.of(x[2]), bias, PLAIN);
        var fused = Recording.off(() -> of(Tensor.of(x[0]), Tensor.of(x[1]), Tensor.of(x[2]), bias, PLAIN));
        assertArrayEquals(recorded.value().doubles(), fused.value().doubles(), 1e-15);
    }

    // ---- messages

    @Test
    void whatDoesNotFitIsRefused() {
        refused("attention: queries (2, 3), keys (4, 2) and values (4, 5) do not fit; give (…, l, e), (…, s, e) and (…, s, d)",
            () -> of(zeros(2, 3), zeros(4, 2), zeros(4, 5), null, PLAIN));
        refused("attention: (3) has 1 axes; give 2 or more, (…, length, width)",
            () -> of(zeros(3), zeros(4, 3), zeros(4, 3), null, PLAIN));
        refused("attention: (2, 3) has 2 axes; give 3 or more, (…, heads, length, width)",
            () -> of(zeros(2, 3), zeros(4, 3), zeros(4, 5), null, PLAIN.grouped()));
        refused("attention: the leading axes of queries (3, 2, 3), keys (2, 4, 3) and values (2, 4, 3) differ; grouped keys need "
            + "a divisor of the queries' heads, axis −3",
            () -> of(zeros(3, 2, 3), zeros(2, 4, 3), zeros(2, 4, 3), null, PLAIN.grouped()));
        refused("attention: the mask F32 (2, 4) does not fit; give BOOL (true where a key is seen) or F64 (added) that "
            + "broadcasts to (2, 4)",
            () -> of(zeros(2, 3), zeros(4, 3), zeros(4, 5), Tensor.of(NdArray.zeros(DType.F32, 2, 4)), PLAIN));
        refused("attention: the mask F64 (3, 4) does not fit; give BOOL (true where a key is seen) or F64 (added) that "
            + "broadcasts to (2, 4)", () -> of(zeros(2, 3), zeros(4, 3), zeros(4, 5), zeros(3, 4), PLAIN));
        refused("attention: the weights that dropout keeps are (3, 4); give (2, 4)",
            () -> of(zeros(2, 3), zeros(4, 3), zeros(4, 5), null, PLAIN.dropout(NdArray.zeros(DType.BOOL, 3, 4), 0.1)));
        refused("attention: dropout is 1.5; give a share in 0 … 1", () -> PLAIN.dropout(NdArray.zeros(DType.BOOL, 3, 4), 1.5));
        refused("attention (kept): F64 (3, 4) is no mask; use a comparison, or cast(DType.BOOL)",
            () -> PLAIN.dropout(NdArray.zeros(DType.F64, 3, 4), 0.5));
    }

    private static Tensor of(Tensor q, Tensor k, Tensor v, Tensor mask, AttentionOptions options) {
        return Attention.scaledDotProduct(q, k, v, mask, options);
    }

    private static Tensor zeros(int... extents) {
        return Tensor.of(NdArray.zeros(DType.F64, extents));
    }

    private static void refused(String message, Executable body) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, body).getMessage());
    }
}
