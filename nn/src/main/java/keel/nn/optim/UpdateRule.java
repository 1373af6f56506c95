package keel.nn.optim;

import keel.array.NdArray;
import keel.nn.layer.Parameters;

/// How one parameter moves: all there is to write for an optimizer of one's own. Which parameters have a gradient, state that is
/// saved and loaded, groups, and threads are taken care of.
///
/// ```java
/// UpdateRule heavyBall = (p, g, memory, rate, step) -> {
///     memory[0].mulInPlace(0.9).addInPlace(g);
///     p.axpyInPlace(-rate, memory[0]);
/// };
/// var optimizer = heavyBall.over("HeavyBall", 0.01, model.parameters(), "momentum_buffer");
/// ```
@FunctionalInterface
public interface UpdateRule {
    /// Moves `p`, in place, by its gradient `g`, which stays as it is. `memory` has an array for each name that is remembered, to
    /// be modified in place too; `step` counts from 1, for each parameter by itself.
    void apply(NdArray p, NdArray g, NdArray[] memory, double rate, int step);

    /// The optimizer of these parameters that follows this rule. Of each parameter it remembers arrays of its type and shape
    /// under these names, zeros at first.
    ///
    /// Throws [IllegalArgumentException] if the rate is negative or not finite, or if there are no parameters.
    default Optimizer over(String name, double rate, Parameters parameters, String... remembered) {
        Check.notNegative(name, "rate", rate);
        return new Stepper(name, rate, parameters, false, Slot.zeros(remembered), this);
    }
}
