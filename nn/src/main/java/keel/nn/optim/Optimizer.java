package keel.nn.optim;

import java.util.Map;
import keel.array.NdArray;
import keel.autograd.Gradients;

/// Moves parameters, in place, along what their gradients say. Made from its options:
/// `AdamW.defaults().weightDecay(0.1).over(model.parameters())`.
///
/// A parameter without a gradient (it took no part in the loss, or the step was skipped by clipping) stays as it is, and so does
/// its state. A step belongs to one thread at a time; two at once are an [IllegalStateException], not a corrupted model.
public interface Optimizer {
    /// One step at this learning rate, which is ≥ 0.
    ///
    /// Throws [IllegalArgumentException] if the rate is negative or not finite, or if `gradients` has some, but none for these
    /// parameters.
    void step(Gradients gradients, double rate);

    /// One step at the rate of the options.
    default void step(Gradients gradients) {
        step(gradients, rate());
    }

    /// The rate of the options, for runs without a schedule.
    double rate();

    /// What the optimizer remembers, under the parameters' paths and PyTorch's names, such as `0.weight.exp_avg` and
    /// `0.weight.step`: the live arrays, in the order of the parameters; nothing for a parameter that was never stepped.
    Map<String, NdArray> state();

    /// Takes over copies of what [#state] once gave, so that a run goes on with the same bits.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrongly shaped entry; then nothing was changed.
    void load(Map<String, NdArray> state);
}
