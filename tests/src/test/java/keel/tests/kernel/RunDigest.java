package keel.tests.kernel;

import java.util.SplittableRandom;
import java.util.zip.CRC32;
import keel.array.ConvGeometry;
import keel.array.ConvOptions;
import keel.array.Convolutions;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;
import keel.nn.clip.Clip;
import keel.nn.conv.Conv2d;
import keel.nn.conv.MaxPool2d;
import keel.nn.data.Batches;
import keel.nn.data.Digits;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Dropout;
import keel.nn.layer.Flatten;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.loss.Loss;
import keel.nn.norm.BatchNorm;
import keel.nn.norm.LayerNorm;
import keel.nn.optim.AdamW;
import keel.nn.residual.Residual;
import keel.nn.schedule.Schedule;

/// Checksums of what is split over threads, and of a short training run: images through convolution, pool, batch and layer
/// normalization, dropout, a shortcut, cross-entropy, clipping, warmup and AdamW.
final class RunDigest {
    private RunDigest() {}

    private static final int STEPS = 50;

    static void print(boolean small) {
        if (!small) arrays();
        training(small ? 2 : STEPS, small ? 4 : 32, small ? 4 : 32);
    }

    /// Large enough to be split.
    private static void arrays() {
        for (var dtype : new DType[] {DType.F32, DType.F64}) {
            var x = normal(dtype, 1, 700, 200);
            print(dtype + " gelu", x.gelu());
            print(dtype + " softmax", x.softmax(1));
            print(dtype + " product", x.matmulTN(normal(dtype, 2, 700, 90)));
            print(dtype + " sums", x.sum(false, 0));
            print(dtype + " sum", x.sum());
            print(dtype + " columns' largest", x.max(false, 0));
            print(dtype + " transpose", x.transpose());
            var images = normal(dtype, 3, 8, 6, 20, 20);
            var weight = normal(dtype, 4, 10, 6, 3, 3);
            var g = ConvGeometry.of("conv2d", ConvOptions.defaults().padding(1), images.shape(), weight.shape());
            var y = Convolutions.forward(g, images, weight, normal(dtype, 5, 10));
            print(dtype + " convolution", y);
            print(dtype + " convolution dx", Convolutions.inputGradient(g, y, weight));
            print(dtype + " convolution dw", Convolutions.weightGradient(g, images, y));
        }
    }

    private static void training(int steps, int batch, int width) {
        var random = new SplittableRandom(5);
        Layer model = Sequential.of(
            Conv2d.of(1, 4, 3, Init.heNormal(), random), BatchNorm.of(4), Activation.relu(), MaxPool2d.of(2), Flatten.of(),
            Linear.of(4 * 9, width, Init.heNormal(), random),
            Residual.preNorm(LayerNorm.of(width), Linear.of(width, width, Init.heNormal(), random), Activation.gelu(),
                Dropout.of(0.1)),
            Activation.tanh(), Linear.of(width, 10, Init.xavierNormal(), random));
        var optimizer = AdamW.defaults().weightDecay(0.01).over(model.parameters());
        var rate = Schedule.warmup(5, 1e-2).then(Schedule.cosine(1e-2, 1e-4, STEPS));
        var clip = Clip.globalNorm(1.0);
        var batches = Batches.of(Digits.split(7).train(), batch, random);
        for (int step = 0; step < steps; step++) {
            var b = batches.next();
            var x = b.x().reshape(b.x().extent(0), 1, 8, 8);
            var loss = Loss.crossEntropy(model.forward(x, Pass.training(random)), b.labels());
            optimizer.step(clip.apply(loss.backward()), rate.at(step));
            if (step % 10 == 0 || step == steps - 1) {
                var crc = new CRC32();
                update(crc, loss.value());
                for (var p : model.parameters()) update(crc, p.tensor().value());
                model.state().values().forEach(state -> update(crc, state));
                System.out.println("training, step " + step + ": " + Long.toHexString(crc.getValue()));
            }
        }
    }

    private static NdArray normal(DType dtype, long seed, int... extents) {
        return NdArray.normal(dtype, Shape.of(extents), 0, 1, new SplittableRandom(seed));
    }

    private static void print(String what, NdArray y) {
        var crc = new CRC32();
        update(crc, y);
        System.out.println(what + ": " + Long.toHexString(crc.getValue()));
    }

    private static void update(CRC32 crc, NdArray y) {
        for (double value : y.toDoubles()) {
            long bits = Double.doubleToLongBits(value);
            for (int s = 0; s < 64; s += 8) crc.update((int) (bits >>> s));
        }
    }
}
