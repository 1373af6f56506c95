package keel.nn.train;

import keel.autograd.Tensor;
import keel.nn.data.Batch;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.loss.Loss;

/// What training makes smaller: the mean loss of a batch, one number. Any lambda is one.
@FunctionalInterface
public interface Objective {
    /// The mean loss of the model over the samples of the batch, in this pass; of rank 0 or with one element.
    Tensor of(Layer model, Batch batch, Pass pass);

    /// Cross-entropy of logits `(n, classes)` and labels `(n)`.
    static Objective crossEntropy() {
        return (model, batch, pass) -> Loss.crossEntropy(model.forward(batch.x(), pass), batch.labels());
    }

    /// Mean squared error of outputs and targets of one shape.
    static Objective meanSquaredError() {
        return (model, batch, pass) -> Loss.meanSquaredError(model.forward(batch.x(), pass), Tensor.of(batch.labels()));
    }
}
