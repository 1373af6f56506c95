package keel.nn.train;

import keel.autograd.Recording;
import keel.nn.data.Batches;
import keel.nn.data.Dataset;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;

/// How good a model is on data that it does not learn from; larger is better. Any lambda is one.
@FunctionalInterface
public interface Metric {
    /// The score of the model, in inference.
    double of(Layer model, Dataset data);

    /// Share of samples `(n, …)` whose largest logit of `(n, classes)` is that of their label `(n)`: 0 … 1. Looks at 256 samples
    /// at a time.
    static Metric accuracy() {
        return (model, data) -> {
            long right = 0;
            for (var batch : Batches.inOrder(data, Batched.SIZE).epoch()) {
                var guesses = model.forward(batch.x()).value().argmax(1).ints();
                var labels = batch.labels().ints();
                for (int i = 0; i < guesses.length; i++) if (guesses[i] == labels[i]) right++;
            }
            return (double) right / data.size();
        };
    }

    /// The mean of an objective over the samples, with a minus in front. Looks at 256 samples at a time.
    static Metric negative(Objective objective) {
        return (model, data) -> {
            double sum = 0;
            for (var batch : Batches.inOrder(data, Batched.SIZE).epoch()) {
                sum += batch.size() * Recording.off(() -> objective.of(model, batch, Pass.inference())).item();
            }
            return -sum / data.size();
        };
    }
}
