package keel.tests.nn;

import static keel.tests.nn.Samples.assertDifferentiable;
import static keel.tests.nn.Samples.assertNear;
import static keel.tests.nn.Samples.assertRefused;
import static keel.tests.nn.Samples.assertSameBits;
import static keel.tests.nn.Samples.parameter;
import static keel.tests.nn.Samples.ramp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import keel.array.ConvOptions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.PadMode;
import keel.array.PoolOptions;
import keel.array.Resize;
import keel.array.Shape;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.conv.AdaptiveAvgPool2d;
import keel.nn.conv.AvgPool2d;
import keel.nn.conv.Conv1d;
import keel.nn.conv.Conv2d;
import keel.nn.conv.Conv3d;
import keel.nn.conv.ConvTranspose1d;
import keel.nn.conv.ConvTranspose2d;
import keel.nn.conv.ConvTranspose3d;
import keel.nn.conv.Convolving;
import keel.nn.conv.Fold;
import keel.nn.conv.LPPool2d;
import keel.nn.conv.MaxPool1d;
import keel.nn.conv.MaxPool2d;
import keel.nn.conv.Pad;
import keel.nn.conv.PixelShuffle;
import keel.nn.conv.Unfold;
import keel.nn.conv.Upsample;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Flatten;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.optim.AdamW;
import org.junit.jupiter.api.Test;

/// Layers for images. Numbers are PyTorch's (2.13, float64) for weight ramp(1), bias ramp(2), input ramp(3), gradient ramp(4).
class ConvLayerTest {
    private static final ConvOptions DEFAULTS = ConvOptions.defaults();

    private static Gradients backward(Tensor y) {
        return y.mul(Tensor.of(ramp(4, y.shape().extents()))).sum().backward();
    }

    @Test
    void theShortFormsAreTheLongOnes() {
        var init = Init.heNormal();
        assertSameBits(Conv1d.of(2, 3, 3, DEFAULTS, init, new SplittableRandom(1)).weight().value(),
            Conv1d.of(2, 3, 3, init, new SplittableRandom(1)).weight().value());
        assertSameBits(Conv3d.of(2, 3, 3, DEFAULTS, init, new SplittableRandom(1)).weight().value(),
            Conv3d.of(2, 3, 3, init, new SplittableRandom(1)).weight().value());
        assertEquals(List.of("weight"), Conv2d.withoutBias(2, 3, 3, DEFAULTS, init,
            new SplittableRandom(1)).parameters().names());
        assertEquals(List.of("weight"), Conv3d.withoutBias(2, 3, 3, DEFAULTS, init,
            new SplittableRandom(1)).parameters().names());
    }

    @Test
    void foldingAddsUpHowOftenUnfoldingTookAPixel() {
        var options = PoolOptions.of(2).stride(1);
        var ones = Tensor.of(NdArray.ones(DType.F64, 1, 1, 3, 3));
        var times = new Fold(3, 3, options).forward(new Unfold(options).forward(ones));
        assertNear(times.value(), 1, 2, 1, 2, 4, 2, 1, 2, 1);
    }

    @Test
    void upsamplingToASizeIsUpsamplingByItsRatio() {
        var x = Tensor.of(ramp(1, 1, 2, 2, 3));
        assertSameBits(Upsample.by(2, 2).forward(x).value(), Upsample.to(4, 6).forward(x).value());
    }

    @Test
    void conv1dWithStrideAndCircularPaddingIsThatOfPyTorch() {
        var layer = new Conv1d(parameter(1, 2, 2, 3), parameter(2, 2), DEFAULTS.stride(2).padding(1), PadMode.CIRCULAR);
        var x = parameter(3, 1, 2, 5);
        var y = layer.forward(x, Pass.inference());
        assertEquals(Shape.of(1, 2, 3), y.shape());
        assertNear(y.value(), -4.486328125, -1.943359375, 2.5546875, 4.30078125, 3.955078125, -3.904296875);
        var g = backward(y);
        assertNear(g.of(x), 1.681640625, -2.6416015625, 2.2431640625, -2.6376953125, 1.2744140625, -1.04296875, 3.353515625,
            -0.2998046875, 2.7021484375, 0.2763671875);
        assertNear(g.of(layer.weight()), 0.9814453125, -0.6943359375, -1.7451171875, -1.7265625, -0.88671875, 0.828125,
            -0.4560546875, -0.671875, 2.0869140625, 2.18359375, 0.9462890625, -1.31640625);
        assertNear(g.of(layer.bias()), 0.84375, -4.15625);
    }

    @Test
    void conv2dWithGroupsAndHolesOfTheSameSizeIsThatOfPyTorch() {
        var layer = new Conv2d(parameter(1, 2, 1, 2, 3), parameter(2, 2), DEFAULTS.paddingSame().groups(2).dilation(1, 2),
            PadMode.ZEROS);
        var x = parameter(3, 1, 2, 3, 4);
        var y = layer.forward(x, Pass.inference());
        assertNear(y.value(), -0.447265625, 1.2998046875, 0.1650390625, -1.1845703125, 2.2333984375, 0.056640625, -1.208984375,
            -2.900390625, -2.373046875, -1.9296875, -1.4267578125, 0.2373046875, 0.5751953125, -0.6572265625, 0.7587890625,
            0.962890625, -1.44140625, 0.3203125, 3.80078125, 0.984375, 0.91796875, 0.1376953125, -1.7109375, 1.1083984375);
        var g = backward(y);
        assertNear(g.of(x), 0.1611328125, 1.48046875, 0.1982421875, -1.576171875, 0.892578125, -0.287109375, 1.439453125,
            1.84375, -0.1962890625, -2.7041015625, -2.927734375, -0.33203125, -2.4033203125, -1.6728515625, 1.4072265625,
            -0.2080078125, 4.1982421875, -0.361328125, -0.4921875, 0.4814453125, -2.2470703125, 0.0361328125, 1.7783203125,
            -0.2705078125);
        assertNear(g.of(layer.weight()), -4.517578125, 0.58984375, 2.681640625, -1.9970703125, 0.6904296875, -3.7763671875,
            -0.1748046875, 0.0234375, -1.796875, -1.5361328125, 2.8330078125, -3.287109375);
        assertNear(g.of(layer.bias()), -4.625, -0.53125);
    }

    @Test
    void anEvenKernelOfTheSameSizePadsMoreAtTheEnd() {
        var layer = new Conv2d(parameter(1, 1, 1, 2, 4), parameter(2, 1), DEFAULTS.paddingSame(), PadMode.REFLECT);
        var x = parameter(3, 1, 1, 3, 4);
        var y = layer.forward(x, Pass.inference());
        assertNear(y.value(), 1.169921875, -0.103515625, 0.435546875, -3.3876953125, -8.0, -0.9912109375, -4.22265625,
            7.5908203125, 7.294921875, -1.63671875, 2.103515625, -9.2421875);
        assertNear(backward(y).of(x), -1.4765625, -0.3017578125, 0.7568359375, 1.28125, 2.53125, 5.09375, 0.5849609375,
            -2.8408203125, -1.06640625, -2.95703125, -1.9521484375, 2.2255859375);
    }

    @Test
    void conv3dWithReplicatedEdgesIsThatOfPyTorch() {
        var layer = new Conv3d(parameter(1, 2, 1, 2, 2, 2), null, DEFAULTS.stride(1, 2, 2).padding(0, 1, 1), PadMode.REPLICATE);
        var x = parameter(3, 1, 1, 2, 3, 3);
        var y = layer.forward(x, Pass.inference());
        assertEquals(Shape.of(1, 2, 1, 2, 2), y.shape());
        assertNear(y.value(), -0.00390625, -1.150390625, 2.5341796875, 0.7978515625, 0.15234375, 2.03515625, 1.212890625,
            -1.607421875);
        assertNear(backward(y).of(layer.weight()), -0.0400390625, -1.6025390625, 2.033203125, -0.923828125, 0.6162109375,
            2.5048828125, 0.326171875, 0.8203125, 0.720703125, 2.830078125, 1.4345703125, 3.1337890625, -1.9169921875,
            -0.2861328125, -0.99609375, 0.224609375);
        assertEquals(1, layer.parameters().count() / 16);
    }

    @Test
    void transposedConvolutionsAreThoseOfPyTorch() {
        var one = new ConvTranspose1d(parameter(1, 2, 2, 3), parameter(2, 2), DEFAULTS.stride(2).padding(1).outputPadding(1));
        var x = parameter(3, 1, 2, 3);
        var y = one.forward(x, Pass.inference());
        assertNear(y.value(), 0.931640625, 0.056640625, -2.46484375, -0.13671875, -2.6328125, -0.359375, -0.73828125,
            -0.9560546875, 1.841796875, -1.3115234375, 1.0234375, 0.3359375);
        var g = backward(y);
        assertNear(g.of(x), -2.3017578125, -0.23046875, 2.173828125, -0.6103515625, 2.4873046875, 0.970703125);
        assertNear(g.of(one.weight()), 1.533203125, 0.7333984375, -0.74609375, -0.029296875, 2.166015625, -0.7919921875,
            0.193359375, -1.8505859375, -4.984375, -0.986328125, 1.03125, 1.2451171875);
        assertNear(g.of(one.bias()), -3.3125, -1.3125);
        var two = new ConvTranspose2d(parameter(1, 2, 1, 2, 2), parameter(2, 2), DEFAULTS.stride(2).groups(2));
        assertNear(backward(two.forward(parameter(3, 1, 2, 2, 2), Pass.inference())).of(two.weight()), 1.548828125, -2.875,
            0.8759765625, -0.2216796875, -0.896484375, -2.21875, -0.26953125, 1.826171875);
    }

    @Test
    void poolsAreThoseOfPyTorch() {
        var x = Tensor.of(ramp(3, 1, 2, 4, 6));
        var max = new MaxPool2d(PoolOptions.of(2, 3).stride(2).padding(1, 1).ceilMode(true));
        assertNear(max.forward(x).value(), 0.84375, 0.84375, 1.28125, 1.25, 0.96875, 0.96875, 1.375, 0.78125, -0.375, 0.28125,
            1.375, -0.25, 0.96875, 0.96875, 1.34375, -0.8125, 0.84375, 1.25, 1.28125, 1.125, 1.5, 0.40625, 1.0625, 0.46875);
        var mean = new AvgPool2d(PoolOptions.of(3).stride(2).padding(1).countPadding(false));
        assertNear(mean.forward(x).value(), -0.4609375, -0.3177083333333333, 0.40625, -0.25, -0.25, 0.4583333333333333, -0.125,
            0.25, 0.40625, 0.16145833333333334, -0.3958333333333333, 0.2708333333333333);
        assertNear(new AvgPool2d(PoolOptions.of(2).divisor(3)).forward(x).value(), -0.6145833333333334, -0.6979166666666666,
            1.5520833333333333, 0.21875, -0.59375, 0.9270833333333334, -0.16666666666666666, 0.3958333333333333,
            0.13541666666666666, 0.3333333333333333, -0.8854166666666666, 1.28125);
        assertNear(new AdaptiveAvgPool2d(3, 4).forward(x).value().slice(1, 0, 1), -0.4609375, 0.078125, 0.1015625, 1.1640625,
            -0.1328125, -0.125, 0.4140625, 0.9453125, 0.1640625, -0.359375, 0.6953125, 0.6953125);
        assertNear(LPPool2d.of(2, 2).forward(x).value(), 1.9169780091331252, 1.8106132421088719, 2.370678634378772,
            1.364662847556128, 1.5325249794049036, 1.9806189846863531, 1.9560602943161032, 2.203069591501821,
            2.4667713589832356, 1.9808654989675598, 1.9322004133888389, 2.0060942307130043);
    }

    @Test
    void resamplingIsThatOfPyTorch() {
        var x = Tensor.of(ramp(3, 1, 2, 4, 6));
        assertNear(new Upsample(Resize.to(3, 4).linear()).forward(x).value().slice(1, 0, 1), -0.37109374999999994,
            -0.08593750000000001, -0.6575520833333333, 1.2018229166666665, -0.27734375, -0.265625, -0.05859375, 0.73828125,
            -0.23567708333333298, -0.4973958333333335, 0.4882812499999999, 0.2226562500000001);
        assertNear(new Upsample(Resize.to(3, 4).cubic().alignCorners(true)).forward(x).value().slice(1, 0, 1), -0.53125,
            0.10011574074074066, -0.6591435185185184, 1.25, -0.416015625, -0.17730034722222232, 0.10192418981481505,
            0.537109375, -0.375, -0.5289351851851853, 0.7887731481481485, -0.25);
        assertNear(Upsample.by(1.5).forward(x).value().slice(1, 0, 1).slice(2, 0, 1), -0.53125, -0.53125, 0.84375, -0.5, -0.5,
            -1.40625, 1.28125, 1.28125, 1.25);
    }

    @Test
    void oneImageIsABatchOfOne() {
        var random = new SplittableRandom(1);
        for (var layer : List.<Layer>of(Conv2d.of(2, 3, 3, Init.heNormal(), random), MaxPool2d.of(2), new AdaptiveAvgPool2d(2, 2),
                ConvTranspose2d.of(2, 3, 2, Init.heNormal(), random), new Unfold(PoolOptions.of(2)), Pad.circular(1, 2, 0, 1))) {
            var x = Tensor.of(ramp(3, 2, 5, 4).cast(DType.F32));
            assertSameBits(layer.forward(x.unsqueeze(0)).squeeze(0).value(), layer.forward(x).value());
        }
    }

    /// A row of a batch has the same bits whatever the batch.
    @Test
    void batchMatesChangeNothing() {
        var layer = Conv2d.of(3, 5, 3, DEFAULTS.stride(2).padding(1), Init.heNormal(), new SplittableRandom(1));
        var x = Tensor.of(ramp(3, 9, 3, 7, 6).cast(DType.F32));
        assertSameBits(layer.forward(x).value().slice(0, 4, 5), layer.forward(x.slice(0, 4, 5)).value());
    }

    @Test
    void layersAreDifferentiableTwice() {
        var random = new SplittableRandom(3);
        var x = NdArray.normal(DType.F64, Shape.of(2, 2, 4, 3), 0, 1, random);
        var w = NdArray.normal(DType.F64, Shape.of(2, 1, 2, 2), 0, 1, random);
        for (var mode : PadMode.values()) {
            assertDifferentiable(t -> new Conv2d(t[1], null, DEFAULTS.groups(2).paddingSame(), mode).forward(t[0],
                Pass.inference()).tanh(), x, w);
        }
        assertDifferentiable(t -> new AdaptiveAvgPool2d(3, 2).forward(t[0], Pass.inference()).tanh(), x);
        assertDifferentiable(t -> new Upsample(Resize.by(1.5).linear()).forward(t[0], Pass.inference()).tanh(), x);
    }

    @Test
    void parametersHaveTheNamesAndShapesOfPyTorch() {
        var random = new SplittableRandom(1);
        var names = new StringBuilder();
        var model = Sequential.of(Conv2d.of(4, 6, 3, DEFAULTS.groups(2), Init.heNormal(), random),
            ConvTranspose3d.of(4, 6, 3, DEFAULTS.groups(2), Init.heNormal(), random),
            Conv1d.withoutBias(4, 6, 3, DEFAULTS, Init.heNormal(), random));
        for (var p : model.parameters()) names.append(p.name()).append(p.tensor().shape()).append(' ');
        assertEquals("0.weight(6, 2, 3, 3) 0.bias(6) 1.weight(4, 3, 3, 3, 3) 1.bias(6) 2.weight(6, 4, 3) ", names.toString());
        Convolving transposed = (Convolving) model.layers().get(1);
        assertEquals(4, transposed.in());
        assertEquals(6, transposed.out());
    }

    @Test
    void whatDoesNotFitIsRefusedInOneLine() {
        var random = new SplittableRandom(1);
        var layer = Conv2d.of(4, 6, 3, DEFAULTS.groups(2), Init.heNormal(), random);
        var tail = Sequential.of(layer);
        assertRefused(() -> tail.forward(zeros(1, 3, 5, 5)), "Conv2d(4 → 6, kernel 3×3, 2 groups) at 0: ", "(1, 3, 5, 5)",
            "3 channels", "takes 4");
        assertRefused(() -> layer.forward(zeros(1, 4, 2, 5)), "spans 3", "(1, 4, 2, 5)", "pad more");
        assertRefused(() -> layer.forward(zeros(4, 5)), "(4, 5)", "(n, channels, extent, extent)");
        assertRefused(() -> layer.forward(Tensor.of(NdArray.zeros(DType.F64, 1, 4, 5, 5))), "F64", "F32");
        assertRefused(() -> Conv2d.of(4, 5, 3, DEFAULTS.groups(2), Init.heNormal(), random), "4 → 5", "2 group");
        assertRefused(() -> Conv2d.of(4, 6, 0, Init.heNormal(), random), "kernel [0, 0]");
        assertRefused(() -> Conv2d.of(4, 6, 3, DEFAULTS.stride(1, 1, 1), Init.heNormal(), random), "3 numbers for 2 axes");
        assertRefused(() -> new Conv2d(parameter(1, 2, 2, 3), null, DEFAULTS, PadMode.ZEROS), "(2, 2, 3)", "kernel, kernel");
        assertRefused(() -> new Conv2d(parameter(1, 2, 2, 3, 3), parameter(1, 3), DEFAULTS, PadMode.ZEROS), "bias F64 (3)");
        assertRefused(() -> DEFAULTS.stride(2).paddingSame(), "same", "stride [2]");
        assertRefused(() -> DEFAULTS.padding(-1), "padding [-1]");
        assertRefused(() -> new ConvTranspose1d(parameter(1, 2, 2, 3), null, DEFAULTS.outputPadding(1))
            .forward(parameter(1, 1, 2, 3)),
            "outputPadding 1", "stride 1");
        assertRefused(() -> MaxPool1d.of(3).forward(zeros(1, 2, 2)), "MaxPool1d", "spans 3", "(1, 2, 2)");
        assertRefused(() -> new MaxPool2d(PoolOptions.of(2).padding(2)).forward(zeros(1, 1, 4, 4)), "half the kernel");
        assertRefused(() -> new AvgPool2d(PoolOptions.of(2).dilation(2)).forward(zeros(1, 1, 4, 4)), "dilation [2]");
        assertRefused(() -> Pad.reflect(0, 3).forward(zeros(1, 1, 3)), "extent 3", "at most 2");
        assertRefused(() -> Pad.zeros(1, 2, 3), "3 amounts");
        assertRefused(() -> new PixelShuffle(2).forward(zeros(1, 6, 2, 2)), "6 channels", "(1, 6, 2, 2)");
        assertRefused(() -> Upsample.by(0.1).forward(zeros(1, 1, 4)), "factor 0.1");
    }

    private static Tensor zeros(int... extents) {
        return Tensor.of(NdArray.zeros(DType.F32, extents));
    }

    /// A small network learns to tell a cross from a square wherever they are; twice with one seed gives the same bits.
    @Test
    void aSmallNetworkLearnsShapesWhereverTheyAre() {
        var losses = train();
        assertArrayEquals(losses, train());
        assertTrue(losses[1] < 0.1 && losses[0] > 0.5, () -> "loss from " + losses[0] + " to " + losses[1]);
    }

    private static double[] train() {
        var random = new SplittableRandom(7);
        var model = Sequential.of(Conv2d.of(1, 8, 3, DEFAULTS.padding(1), Init.heNormal(), random), Activation.relu(),
            MaxPool2d.of(2), Conv2d.of(8, 8, 3, Init.heNormal(), random), Activation.relu(), new AdaptiveAvgPool2d(1, 1),
            Flatten.of(), Linear.of(8, 2, Init.xavierNormal(), random));
        var optimizer = AdamW.defaults().over(model.parameters());
        var losses = new double[2];
        for (int step = 0; step < 60; step++) {
            var labels = new int[16];
            var x = NdArray.zeros(DType.F32, 16, 1, 10, 10);
            for (int n = 0; n < labels.length; n++) {
                labels[n] = random.nextInt(2);
                int top = random.nextInt(8);
                int left = random.nextInt(8);
                for (int i = 0; i < 9; i++) {
                    boolean on = labels[n] == 0 ? i % 2 == 0 : i != 4; // a cross, a square with a hole
                    x.set(on ? 1 : 0, n, 0, top + i / 3, left + i % 3);
                }
            }
            var loss = Loss.crossEntropy(model.forward(Tensor.of(x), Pass.training(random)), NdArray.of(labels));
            optimizer.step(loss.backward(), 0.02);
            losses[step == 0 ? 0 : 1] = loss.item();
        }
        return losses;
    }
}
