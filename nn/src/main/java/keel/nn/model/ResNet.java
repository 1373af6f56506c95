package keel.nn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import keel.array.PoolOptions;
import keel.autograd.Tensor;
import keel.nn.conv.Conv2d;
import keel.nn.conv.MaxPool2d;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;
import keel.nn.norm.Reparametrized;
import keel.nn.norm.WeightStandardized;

/// A residual net for images, `(n, channels, height, width) → (n, classes)` (He et al. 2015, arXiv:1512.03385): a convolution,
/// stages of [ResNetBlock]s that halve the resolution and double the channels, the mean over all places, and a linear map.
///
/// With [pre-activation][ResNetOptions#withPreActivation] the shortcuts are clean from end to end, and a thousand layers train
/// (He et al. 2016, arXiv:1603.05027). Children have torchvision's names, `conv1`, `bn1`, `layer1.0.conv1`, …, `fc`; a
/// pre-activation net has its first norm at the end instead, `norm`.
///
/// @param conv1 the first convolution
/// @param bn1 behind it, or null
/// @param pool behind that, or null
/// @param stages blocks of one resolution each
/// @param norm behind the last stage, or null
/// @param fc features to classes
/// @param activation f
public record ResNet(Layer conv1, Layer bn1, Layer pool, List<Sequential> stages, Layer norm, Linear fc, Activation activation)
        implements Layer {
    private static final int LARGE_KERNEL = 7;

    /// A net of these options, drawn in order of the names.
    public static ResNet of(ResNetOptions o, RandomGenerator random) {
        var conv = ResNetBlock.conv(o, o.channels(), o.width(), o.largeImages() ? LARGE_KERNEL : 3, o.largeImages() ? 2 : 1,
            random);
        var stages = new ArrayList<Sequential>();
        int in = o.width();
        for (int s = 0; s < o.depths().size(); s++) {
            int width = o.width() << s;
            var blocks = new Layer[o.depths().get(s)];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = ResNetBlock.of(in, width, s > 0 && i == 0 ? 2 : 1, o, random);
                in = o.bottleneck() ? ResNetBlock.EXPANSION * width : width;
            }
            stages.add(Sequential.of(blocks));
        }
        var pool = o.largeImages() ? new MaxPool2d(PoolOptions.of(3).stride(2).padding(1)) : null;
        var fc = Linear.of(o.dtype(), in, o.classes(), Init.pytorchDefault(), Init.pytorchDefault(), random);
        return new ResNet(o.conv().apply(conv), o.preActivation() ? null : o.normOf(o.width()), pool, stages,
            o.preActivation() ? o.normOf(in) : null, fc, o.activation());
    }

    /// Makes convolutions with scaled weight standardization, `conv(ResNet.standardized(1.7139))` for relu: what nets without
    /// normalization are made of (Brock et al. 2021, arXiv:2101.08692); see [WeightStandardized#scaled].
    public static Function<Conv2d, Layer> standardized(double gamma) {
        return c -> Reparametrized.of(c, WeightStandardized.scaled(c.weight(), gamma), w -> new Conv2d(w, c.bias(), c.options(),
            c.mode()));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = activation.function();
        var y = pass.run("conv1", conv1, x);
        if (bn1 != null) y = f.apply(pass.run("bn1", bn1, y));
        if (pool != null) y = pass.run("maxpool", pool, y);
        for (int s = 0; s < stages.size(); s++) y = pass.run("layer" + (s + 1), stages.get(s), y);
        if (norm != null) y = f.apply(pass.run("norm", norm, y));
        return pass.run("fc", fc, y.mean(false, 2, 3));
    }

    @Override
    public void visit(Visitor visitor) {
        visitor.child("conv1", conv1);
        if (bn1 != null) visitor.child("bn1", bn1);
        for (int s = 0; s < stages.size(); s++) visitor.child("layer" + (s + 1), stages.get(s));
        if (norm != null) visitor.child("norm", norm);
        visitor.child("fc", fc);
    }

    @Override
    public String toString() {
        return "ResNet(" + stages.stream().map(s -> s.layers().size() + "").collect(Collectors.joining(" + ")) + " blocks, " + fc
            + ")";
    }
}
