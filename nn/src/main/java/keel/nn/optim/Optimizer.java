package keel.nn.optim;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import keel.array.NdArray;
import keel.autograd.Gradients;
import keel.autograd.Tensor;
import keel.nn.layer.Parameters;

/// Moves parameters, in place, along what their gradients say. Made from its options:
/// `AdamW.defaults().weightDecay(0.1).over(model.parameters())`.
///
/// A parameter without a gradient (it took no part in the loss, or the step was skipped by clipping) stays as it is, and so does
/// its state. A step belongs to one thread at a time; two at once are an [IllegalStateException], not a corrupted model.
///
/// Groups of parameters with options of their own are several optimizers that act as one:
///
/// ```java
/// var all = model.parameters();
/// var optimizer = Optimizer.groups(all,
///     AdamW.defaults().weightDecay(0.1).over(all.only(p -> p.tensor().rank() > 1)),
///     AdamW.defaults().weightDecay(0).over(all.only(p -> p.tensor().rank() <= 1)).rateFactor(0.5));
/// ```
public interface Optimizer {
    /// One step at this learning rate, which is ≥ 0.
    ///
    /// Throws [IllegalArgumentException] if the rate is negative or not finite, or if `gradients` has some, but none for these
    /// parameters, and [UnsupportedOperationException] from those that have to compute the loss themselves: [LBFGS], [Sam].
    void step(Gradients gradients, double rate);

    /// One step at the rate of the options.
    default void step(Gradients gradients) {
        step(gradients, rate());
    }

    /// One step along the gradients of what `loss` computes, which is called once, or as often as the optimizer needs. Returns
    /// the loss before the step.
    default Tensor step(Supplier<Tensor> loss, double rate) {
        var before = loss.get();
        step(before.backward(), rate);
        return before;
    }

    /// One step at the rate of the options along the gradients of what `loss` computes.
    default Tensor step(Supplier<Tensor> loss) {
        var before = loss.get();
        step(before.backward());
        return before;
    }

    /// The rate of the options, for runs without a schedule.
    double rate();

    /// What it moves.
    Parameters parameters();

    /// What the optimizer remembers, under the parameters' paths and PyTorch's names, such as `0.weight.exp_avg` and
    /// `0.weight.step`: the live arrays, in the order of the parameters; nothing for a parameter that was never stepped. What
    /// belongs to all parameters together stands under the path of the first.
    Map<String, NdArray> state();

    /// Takes over copies of what [#state] once gave, so that a run goes on with the same bits.
    ///
    /// Throws [IllegalArgumentException] that lists every missing, unexpected or wrongly shaped entry; then nothing was changed.
    void load(Map<String, NdArray> state);

    /// The same optimizer, not a copy, at `factor` times each rate: a group that learns slower or faster than the others.
    ///
    /// Throws [IllegalArgumentException] unless `factor` ≥ 0.
    default Optimizer rateFactor(double factor) {
        return new Scaled(Base.joinable("Optimizer.rateFactor", this), factor);
    }

    /// Optimizers of different parameters as one: each steps at the rate that is given, or at its own where none is. The rate of
    /// the whole is that of the first.
    ///
    /// Throws [IllegalArgumentException] if there are none, if two have a parameter in common, or if one has to compute the loss
    /// itself.
    static Optimizer groups(Optimizer... parts) {
        return new Groups(null, List.of(parts));
    }

    /// As [#groups(Optimizer...)], and every parameter of `whole`, and no other, must be in one of them: none is forgotten.
    ///
    /// Throws [IllegalArgumentException] that lists the parameters that are left out or do not belong there.
    static Optimizer groups(Parameters whole, Optimizer... parts) {
        return new Groups(whole, List.of(parts));
    }
}
