package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.normal;
import static keel.tests.nn.Samples.ramp;
import static keel.tests.nn.Samples.training;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.autograd.Backward;
import keel.autograd.Tensor;
import keel.nn.layer.AlphaDropout;
import keel.nn.layer.ChannelDropout;
import keel.nn.layer.DropBlock;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import org.junit.jupiter.api.Test;

class DropoutTest {
    @Test
    void inferenceAndProbabilityZeroChangeNothing() {
        var x = Tensor.of(ramp(1, 2, 3, 5, 5));
        for (Layer layer : List.of(ChannelDropout.of(0.5), AlphaDropout.of(0.5), DropBlock.of(0.5, 3))) {
            assertSame(x, layer.forward(x, Pass.inference()));
        }
        for (Layer layer : List.of(ChannelDropout.of(0), AlphaDropout.of(0), DropBlock.of(0, 3))) {
            assertSame(x, layer.forward(x, training()));
        }
    }

    @Test
    void channelsAreDroppedWhole() {
        var ones = Tensor.of(NdArray.ones(DType.F64, 200, 10, 3));
        var y = ChannelDropout.of(0.25).forward(ones, training()).value();
        int dropped = 0;
        for (int c = 0; c < 2000; c++) {
            double first = y.doubles()[3 * c];
            assertTrue(first == 0 || Math.abs(first - 4.0 / 3) < 1e-15);
            for (int i = 1; i < 3; i++) assertEquals(first, y.doubles()[3 * c + i]);
            if (first == 0) dropped++;
        }
        assertEquals(0.25, dropped / 2000.0, 6 * Math.sqrt(0.25 * 0.75 / 2000));
        assertEquals(0, ChannelDropout.of(1).forward(ones, training()).value().norm());
    }

    /// The mask is nobody else's, so the next step may have its array; not while the graph, or what was recorded of it, is
    /// needed.
    @Test
    void theMaskIsReleasedWithTheGraphAndNotBefore() {
        var x = Tensor.parameter(normal(new SplittableRandom(3), 40, 50));
        var y = Dropout.of(0.25).forward(x, training());
        var mask = y.derivative().own()[0];
        var m = mask.copy();
        var loss = y.square().sum();
        var gradient = Backward.from(loss).createGraph().run().tensorOf(x); // 2m²x
        var second = Backward.from(gradient.square().sum()).retainGraph().run().of(x);
        assertArrayEquals(x.value().mul(m.pow(4)).mul(8).doubles(), second.doubles(), 1e-13);
        assertArrayEquals(m.doubles(), mask.doubles());
        assertArrayEquals(gradient.value().doubles(), loss.backward().of(x).doubles(), 1e-15);
        assertThrows(IllegalStateException.class, mask::doubles);
        assertEquals(0.25, 1 - m.ne(0).countNonZero(false).ints()[0] / 2000.0, 0.06);
    }

    // What dropout is for selu: N(0, 1) stays of mean 0 and variance 1, where plain dropout would double the variance at ½.
    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        for (double p : new double[] {0.05, 0.5, 0.9}) {
            var x = Tensor.of(normal(new SplittableRandom(1), 200_000));
            var y = AlphaDropout.of(p).forward(x, training()).value();
            assertEquals(0, y.mean().item(), 6 / Math.sqrt(200_000));
            assertEquals(1, y.square().mean().item(), 0.03);
        }
        // PyTorch: a = ((α'²p + 1)(1 − p))^−½, b = −aα'p with α' = −1.7580993408473766; at p = ½ a dropped element is a·α' + b.
        double a = 1 / Math.sqrt((1.7580993408473766 * 1.7580993408473766 * 0.5 + 1) * 0.5);
        var zeros = AlphaDropout.of(0.5).forward(Tensor.of(NdArray.zeros(DType.F64, 100)), training()).value();
        assertEquals(-a * 1.7580993408473766 * 0.5, zeros.min().item(), 1e-14);
        assertEquals(a * 1.7580993408473766 * 0.5, zeros.max().item(), 1e-14);
    }

    @Test
    void dropBlockDropsSquaresAndKeepsTheSum() {
        var ones = Tensor.of(NdArray.ones(DType.F64, 60, 4, 12, 9));
        var y = DropBlock.of(0.1, 3).forward(ones, training()).value();
        double share = 0;
        for (double v : y.doubles()) share += v == 0 ? 1 : 0;
        share /= y.size();
        assertEquals(0.1, share, 0.01); // a little less than p, where blocks overlap
        assertEquals(y.size(), y.sum().item(), 1e-6);
        // Every dropped element lies in a dropped 3×3 square.
        for (int map = 0; map < 240; map++) {
            for (int i = 0; i < 12; i++) for (int j = 0; j < 9; j++) {
                boolean dropped = y.doubles()[map * 108 + i * 9 + j] == 0;
                assertTrue(!dropped || inSquare(y.doubles(), map * 108, i, j), map + " " + i + " " + j);
            }
        }
    }

    private static boolean inSquare(double[] y, int map, int i, int j) {
        for (int top = Math.max(0, i - 2); top <= Math.min(i, 9); top++) {
            for (int left = Math.max(0, j - 2); left <= Math.min(j, 6); left++) {
                boolean all = true;
                for (int k = 0; k < 9; k++) all &= y[map + (top + k / 3) * 9 + left + k % 3] == 0;
                if (all) return true;
            }
        }
        return false;
    }

    @Test
    void gradientsGoWhereTheSignalWent() {
        for (Layer layer : List.of(ChannelDropout.of(0.4), AlphaDropout.of(0.4), DropBlock.of(0.4, 2))) {
            assertDifferentiable(t -> layer.forward(t[0], training()).square(), normal(new SplittableRandom(1), 2, 3, 4, 3));
        }
    }

    @Test
    void badArgumentsAreRefusedInOneLine() {
        assertRefused(() -> ChannelDropout.of(1.5), "1.5", "0 … 1");
        assertRefused(() -> AlphaDropout.of(Double.NaN), "NaN", "0 … 1");
        assertRefused(() -> DropBlock.of(0.1, 0), "0.1", "block 0");
        var x = Tensor.of(NdArray.zeros(DType.F32, Shape.of(2)));
        assertRefused(() -> ChannelDropout.of(0.1).forward(x), "(2)", "(n, c, …)");
        var map = Tensor.of(NdArray.zeros(DType.F32, 1, 1, 6, 9));
        assertRefused(() -> DropBlock.of(0.1, 7).forward(map), "(1, 1, 6, 9)", "7 or more");
    }
}
