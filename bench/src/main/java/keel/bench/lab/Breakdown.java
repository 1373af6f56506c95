package keel.bench.lab;

import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Recording;
import keel.nn.data.Batch;
import keel.nn.layer.Layer;
import keel.nn.layer.Linear;
import keel.nn.layer.Pass;
import keel.nn.layer.Sequential;

/// Where numbers stopped being numbers.
///
/// @param step  of the training, counted from 0
/// @param stage the first whose output is not finite; for gradients the first that the backward pass comes to
/// @param how   what was found there, in words
public record Breakdown(int step, String stage, String how) {
    /// Runs the batch again and looks for the first layer whose output is not finite.
    static Breakdown ofLoss(int step, Sequential model, Batch batch, Pass pass, boolean blocks) {
        var found = new Breakdown[1];
        var watched = pass.watching((path, layer, input, output) -> {
            if (found[0] != null || output.value().isFinite()) return;
            int dot = path.indexOf('.');
            int stage = Integer.parseInt(dot < 0 ? path : path.substring(0, dot));
            found[0] = new Breakdown(step, Instruments.name(stage, model.layers().size(), blocks), how(layer, output.value()));
        });
        Recording.off(() -> model.forward(batch.x(), watched));
        return found[0] != null ? found[0]
            : new Breakdown(step, "the loss", "every output is finite, the loss of them is not");
    }

    /// The first gradient that is not finite, in the order of the backward pass; null if there is none.
    static Breakdown ofGradients(int step, Sequential model, Gradients gradients, boolean blocks) {
        for (int i = model.layers().size() - 1; i >= 0; i--) {
            for (var p : model.layers().get(i).parameters().list().reversed()) {
                if (gradients.has(p.tensor()) && !gradients.of(p.tensor()).isFinite()) {
                    return new Breakdown(step, Instruments.name(i, model.layers().size(), blocks),
                        "the gradient of its " + p.name() + " holds " + worst(gradients.of(p.tensor())));
                }
            }
        }
        return null;
    }

    private static String how(Layer layer, NdArray output) {
        var words = "its output holds " + worst(output);
        if (!(layer instanceof Linear linear)) return words;
        var weight = linear.weight().value();
        return words + (weight.isFinite() ? ", its largest weight is " + Words.number(largest(weight))
            : ", its weights already hold " + worst(weight));
    }

    private static String worst(NdArray x) {
        return x.hasNaN() ? "NaN" : "∞";
    }

    private static double largest(NdArray x) {
        return Math.max(x.max().item(), -x.min().item());
    }
}
