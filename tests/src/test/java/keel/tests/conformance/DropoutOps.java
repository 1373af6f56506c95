package keel.tests.conformance;

import java.util.SplittableRandom;
import keel.autograd.Tensor;
import keel.nn.layer.Activation;
import keel.nn.layer.AlphaDropout;
import keel.nn.layer.ChannelDropout;
import keel.nn.layer.Dropout;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;
import keel.nn.residual.DropPath;
import keel.nn.residual.Residual;
import keel.nn.residual.Scale;

/// Dropout where nothing is drawn, or where the mask is given; scales of residual branches.
final class DropoutOps {
    private DropoutOps() {}

    private static final double DEFAULT_P = 0.5; // PyTorch's

    static void in(Table t) {
        t.op("nn.functional.dropout", a -> run(a, Dropout.of(a.number("p", DEFAULT_P)), true));
        t.op("nn.functional.alpha_dropout", a -> run(a, AlphaDropout.of(a.number("p", DEFAULT_P)), false));
        for (int axes = 1; axes <= 3; axes++) {
            t.op("nn.functional.dropout" + axes + "d", a -> run(a, ChannelDropout.of(a.number("p", DEFAULT_P)), true));
        }
        ModuleOps.layer(t, "Dropout", (o, state) -> Dropout.of(o.number("p", DEFAULT_P)));
        t.op("dropout_mask", a -> Dropout.masked(a.input(), a.array("mask"), a.number("p")));
        t.op("drop_path_mask", DropoutOps::dropPath);
        t.op("layer_scale", a -> new Scale(a.tensor("gamma"), -1).forward(a.input(), Pass.inference()));
        t.op("residual_add", a -> {
            var branch = a.tensor("branch");
            Layer body = Activation.of("branch", x -> branch);
            var block = a.isTensor("alpha") ? Residual.plain(Sequential.of(body, new Scale(a.tensor("alpha"), -1)))
                : Residual.scaled(a.number("alpha"), body);
            return block.forward(a.input(), Pass.inference());
        });
    }

    // A random mask cannot be compared: only a probability of 0 or 1 is taken in training.
    private static Tensor run(Args a, Layer layer, boolean trainsByDefault) {
        boolean training = a.flag("training", trainsByDefault);
        double p = a.number("p", DEFAULT_P);
        if (training && p != 0 && p != 1) throw new Unsupported("dropout with another generator's mask");
        var pass = training ? Pass.training(new SplittableRandom(1)) : Pass.inference();
        return layer.forward(a.input(), pass);
    }

    private static Tensor dropPath(Args a) {
        double keep = a.number("keep_prob");
        if (!a.flag("scale_by_keep", true)) return DropPath.masked(a.input(), a.array("mask"), 0);
        return DropPath.masked(a.input(), a.array("mask"), 1 - keep);
    }
}
