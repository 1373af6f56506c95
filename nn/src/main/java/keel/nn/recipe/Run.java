package keel.nn.recipe;

import java.util.random.RandomGenerator;
import keel.nn.clip.Clip;
import keel.nn.data.Batch;
import keel.nn.layer.Layer;
import keel.nn.layer.Pass;
import keel.nn.loss.Loss;
import keel.nn.optim.Optimizer;
import keel.nn.schedule.Schedule;

/// What a [Recipe] made: a model and what trains it. Take the parts for a loop of your own, or call [#step].
///
/// @param model     the net
/// @param optimizer over its parameters
/// @param clip      bounds gradients before each step
/// @param rate      of each step
public record Run(Layer model, Optimizer optimizer, Clip clip, Schedule rate) {
    /// Trains one step of a classifier: forward, cross entropy, backward, clip, step; the loss before it.
    ///
    /// Throws [IllegalArgumentException] that names the parameter where a gradient is not finite, unless the clip answers
    /// otherwise.
    public double step(int step, Batch batch, RandomGenerator random) {
        var loss = Loss.crossEntropy(model.forward(batch.x(), Pass.training(random)), batch.labels());
        optimizer.step(clip.apply(loss.backward()), rate.at(step));
        return loss.item();
    }
}
