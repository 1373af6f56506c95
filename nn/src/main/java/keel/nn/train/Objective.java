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

    /// Whether nobody looks at what this computed once the step is over, but for the loss: then a trainer gives up the other
    /// results as soon as it has the gradients, and the next step writes into their arrays
    /// ([releaseGraph][keel.autograd.Backward#releaseGraph()]). True of the objectives made here; a lambda may have kept
    /// something for later, such as a hidden state for the next batch, so it must say so, by [#forgetting()].
    default boolean forgets() {
        return false;
    }

    /// This objective, of which nothing but the loss is looked at later, neither by itself nor by a layer of its model; who does
    /// all the same is told that it was released.
    default Objective forgetting() {
        var computes = this;
        return new Objective() {
            @Override
            public Tensor of(Layer model, Batch batch, Pass pass) {
                return computes.of(model, batch, pass);
            }

            @Override
            public boolean forgets() {
                return true;
            }
        };
    }

    /// Cross-entropy of logits `(n, classes)` and labels `(n)`.
    static Objective crossEntropy() {
        Objective y = (model, batch, pass) -> Loss.crossEntropy(model.forward(batch.x(), pass), batch.labels());
        return y.forgetting();
    }

    /// Mean squared error of outputs and targets of one shape.
    static Objective meanSquaredError() {
        Objective y = (model, batch, pass) -> Loss.meanSquaredError(model.forward(batch.x(), pass), Tensor.of(batch.labels()));
        return y.forgetting();
    }
}
