package keel.tests.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Convolution;
import keel.autograd.GradCheck;
import keel.autograd.Tensor;
import keel.kernel.Parallel;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Convolutions against their definition, bit for bit, and against central differences.
class ConvolutionProperties {
    /// A random convolution over two axes, small enough for an oracle, with everything that can be odd: strides beyond the
    /// kernel, padding beyond the kernel, holes, groups.
    record Sample(ConvOptions options, NdArray x, NdArray w, NdArray b) {
        static Sample of(DType dtype, long seed, int scale) {
            var random = new SplittableRandom(seed);
            int groups = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 1;
            int ins = random.nextInt(1, 4);
            int outs = random.nextInt(1, 4);
            int[] kernel = {random.nextInt(1, 4), random.nextInt(1, 5)};
            int[] dilation = {random.nextInt(1, 3), random.nextInt(1, 4)};
            int[] padding = {random.nextInt(0, 5), random.nextInt(0, 3)};
            int[] extent = new int[2];
            for (int i = 0; i < 2; i++) {
                int least = Math.max(1, dilation[i] * (kernel[i] - 1) + 1 - 2 * padding[i]);
                extent[i] = least + random.nextInt(scale);
            }
            var options = ConvOptions.defaults().groups(groups).stride(random.nextInt(1, 4), random.nextInt(1, 5))
                .dilation(dilation).padding(padding);
            int n = random.nextInt(1, 11);
            return new Sample(options, NdArray.uniform(dtype, Shape.of(n, groups * ins, extent[0], extent[1]), -1, 1, random),
                NdArray.uniform(dtype, Shape.of(groups * outs, ins, kernel[0], kernel[1]), -1, 1, random),
                random.nextBoolean() ? null : NdArray.uniform(dtype, Shape.of(groups * outs), -1, 1, random));
        }

        Tensor apply(Tensor x, Tensor w, Tensor b) {
            return Convolution.conv2d(x, w, b, options);
        }
    }

    @Property
    void everyElementIsOneChainInOrder(@ForAll DTypeOf dtype, @ForAll long seed) {
        var s = Sample.of(dtype.dtype, seed, 12);
        var naive = new NaiveConvolution(s.options);
        var x = Tensor.parameter(s.x);
        var w = Tensor.parameter(s.w);
        var b = s.b == null ? null : Tensor.parameter(s.b);
        var y = s.apply(x, w, b);
        assertSame(naive.forward(s.x, s.w, s.b), y.value(), s);
        var dy = NdArray.uniform(dtype.dtype, y.shape(), -1, 1, new SplittableRandom(seed + 1));
        var g = Backward.from(y).seed(Tensor.of(dy)).run();
        assertSame(naive.inputGradient(dy, s.w, s.x.shape()), g.of(x), s);
        assertSame(naive.weightGradient(s.x, dy, s.w.shape()), g.of(w), s);
        if (b != null) {
            assertSame(dy.sum(false, 0, 2, 3), g.of(b), s);
        }
    }

    /// Two types to draw from.
    enum DTypeOf {
        FLOAT(DType.F32), DOUBLE(DType.F64);

        private final DType dtype;

        DTypeOf(DType dtype) { this.dtype = dtype; }
    }

    @Property(tries = 20)
    void manyOutputsCrossBlocksInTheSameOrder(@ForAll long seed) {
        var s = Sample.of(DType.F32, seed, 90);
        var naive = new NaiveConvolution(s.options);
        var x = Tensor.parameter(s.x);
        var w = Tensor.parameter(s.w);
        var y = s.apply(x, w, null);
        assertSame(naive.forward(s.x, s.w, null), y.value(), s);
        var dy = NdArray.uniform(DType.F32, y.shape(), -1, 1, new SplittableRandom(seed + 1));
        var g = Backward.from(y).seed(Tensor.of(dy)).run();
        assertSame(naive.inputGradient(dy, s.w, s.x.shape()), g.of(x), s);
        assertSame(naive.weightGradient(s.x, dy, s.w.shape()), g.of(w), s);
    }

    @Property(tries = 10)
    void sameBitsOnOneAndThreeThreads(@ForAll long seed) {
        var s = Sample.of(DType.F32, seed, 60);
        int threads = Parallel.threads();
        var results = new NdArray[2][];
        try {
            for (int i = 0; i < 2; i++) {
                Parallel.setThreads(1 + 2 * i);
                var x = Tensor.parameter(s.x);
                var w = Tensor.parameter(s.w);
                var y = s.apply(x, w, null);
                var g = Backward.from(y).seed(Tensor.of(y.value())).run();
                results[i] = new NdArray[] {y.value(), g.of(x), g.of(w)};
            }
        } finally {
            Parallel.setThreads(threads);
        }
        for (int i = 0; i < 3; i++) {
            assertSame(results[0][i], results[1][i], s);
        }
    }

    @Property(tries = 40)
    void firstAndSecondDerivatives(@ForAll long seed) {
        var s = Sample.of(DType.F64, seed, 3);
        var inputs = s.b == null ? new NdArray[] {s.x, s.w} : new NdArray[] {s.x, s.w, s.b};
        if (s.x.size() + s.w.size() > 300) {
            return;
        }
        var first = GradCheck.first(t -> s.apply(t[0], t[1], s.b == null ? null : t[2]), inputs);
        assertTrue(first.ok(), () -> s + ": " + first);
        var second = GradCheck.second(t -> s.apply(t[0], t[1], s.b == null ? null : t[2]).square(), inputs);
        assertTrue(second.ok(), () -> s + ": " + second);
    }

    @Property(tries = 40)
    void transposedConvolutionIsTheInputGradientPlusBias(@ForAll long seed) {
        var s = Sample.of(DType.F64, seed, 4);
        var x = Tensor.parameter(s.x);
        var y = s.apply(x, Tensor.of(s.w), null);
        var u = NdArray.uniform(DType.F64, y.shape(), -1, 1, new SplittableRandom(seed + 1));
        var dx = Backward.from(y).seed(Tensor.of(u)).run().of(x);
        var extra = new int[2]; // inputs that no window reached because of the stride
        boolean possible = true;
        for (int i = 0; i < 2; i++) {
            int stride = s.options.stride().get(i);
            int dilation = s.options.dilation().get(i);
            int span = dilation * (s.w.extent(i + 2) - 1) + 1;
            int covered = (u.extent(i + 2) - 1) * stride - 2 * s.options.padding().get(i) + span;
            extra[i] = s.x.extent(i + 2) - covered;
            possible &= extra[i] < Math.max(stride, dilation);
        }
        assertTrue(possible);
        assertSame(dx, Convolution.convTranspose2d(Tensor.of(u), Tensor.of(s.w), null, s.options.outputPadding(extra)).value(),
            s);
    }

    private static void assertSame(NdArray expected, NdArray actual, Object what) {
        assertEquals(expected.shape(), actual.shape(), what::toString);
        if (expected.dtype() == DType.F32) {
            assertArrayEquals(expected.floats(), actual.floats(), 0, what::toString);
        } else {
            assertArrayEquals(expected.doubles(), actual.doubles(), 0, what::toString);
        }
    }
}
