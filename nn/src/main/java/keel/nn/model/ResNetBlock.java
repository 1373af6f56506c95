package keel.nn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import keel.array.ConvOptions;
import keel.autograd.Tensor;
import keel.nn.conv.Conv2d;
import keel.nn.init.Fan;
import keel.nn.init.Init;
import keel.nn.layer.Activation;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.layer.Visitor;

/// Two or three convolutions with a shortcut around them, `(n, c, h, w) → (n, out, h/stride, w/stride)`:
///
/// - post-activation (He et al. 2015, arXiv:1512.03385): `y = f(x′ + …norm₂(conv₂(f(norm₁(conv₁(x))))))`
/// - pre-activation (He et al. 2016, arXiv:1603.05027): `y = x′ + …conv₂(f(norm₂(conv₁(f(norm₁(x))))))`
///
/// where `x′` is `x`, or its projection where the shape changes; that of a pre-activation block projects `f(norm₁(x))`. Children
/// have torchvision's names: `conv1`, `bn1`, …, `downsample.0`, `downsample.1`, and `end`.
///
/// @param convs one after the other
/// @param norms one for each, behind it or in front of it
/// @param downsample the projection, or null
/// @param end what stands at the end of the branch, or null
/// @param activation f
/// @param preActivation whether norm and activation come first
public record ResNetBlock(List<Layer> convs, List<Layer> norms, Layer downsample, Layer end, Activation activation,
        boolean preActivation) implements Layer {
    /// Channels that go out of a bottleneck, for one inside.
    static final int EXPANSION = 4;

    /// `in` channels to `width`, four times that out of a bottleneck; stride in the first 3×3 convolution.
    static ResNetBlock of(int in, int width, int stride, ResNetOptions o, RandomGenerator random) {
        int out = o.bottleneck() ? EXPANSION * width : width;
        int[] channels = o.bottleneck() ? new int[] {in, width, width, out} : new int[] {in, width, width};
        var convs = new ArrayList<Layer>();
        var norms = new ArrayList<Layer>();
        for (int i = 0; i + 1 < channels.length; i++) {
            int kernel = o.bottleneck() && i != 1 ? 1 : 3;
            boolean strided = i == (o.bottleneck() ? 1 : 0);
            convs.add(o.conv().apply(conv(o, channels[i], channels[i + 1], kernel, strided ? stride : 1, random)));
            norms.add(o.normOf(channels[o.preActivation() ? i : i + 1]));
        }
        Layer down = null;
        if (stride != 1 || in != out) {
            var one = o.conv().apply(conv(o, in, out, 1, stride, random));
            down = o.preActivation() ? Sequential.of(one) : Sequential.of(one, o.normOf(out));
        }
        return new ResNetBlock(convs, norms, down, o.end() == null ? null : o.end().get(), o.activation(), o.preActivation());
    }

    /// A convolution without a bias that keeps the size but for its stride; He's normal for the way back, as torchvision's.
    static Conv2d conv(ResNetOptions o, int in, int out, int kernel, int stride, RandomGenerator random) {
        var options = ConvOptions.defaults().stride(stride).padding(kernel / 2);
        var init = Init.heNormal(Fan.OUT, Math.sqrt(2));
        return Conv2d.of(o.dtype(), in, out, new int[] {kernel, kernel}, options, init, null, random);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var f = activation.function();
        var h = x;
        var shortcut = x;
        for (int i = 0; i < convs.size(); i++) {
            var norm = "bn" + (i + 1);
            if (preActivation) h = f.apply(pass.run(norm, norms.get(i), h));
            if (i == 0 && downsample != null) shortcut = pass.run("downsample", downsample, h);
            h = pass.run("conv" + (i + 1), convs.get(i), h);
            if (!preActivation) {
                h = pass.run(norm, norms.get(i), h);
                if (i + 1 < convs.size()) h = f.apply(h);
            }
        }
        if (end != null) h = pass.run("end", end, h);
        return preActivation ? shortcut.add(h) : f.apply(shortcut.add(h));
    }

    @Override
    public void visit(Visitor visitor) {
        for (int i = 0; i < convs.size(); i++) {
            visitor.child("conv" + (i + 1), convs.get(i));
            visitor.child("bn" + (i + 1), norms.get(i));
        }
        if (downsample != null) visitor.child("downsample", downsample);
        if (end != null) visitor.child("end", end);
    }

    @Override
    public String toString() {
        return "ResNetBlock(" + convs + (downsample == null ? "" : ", projected") + (preActivation ? ", pre-activation)" : ")");
    }
}
