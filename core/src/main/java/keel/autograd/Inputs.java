package keel.autograd;

import java.util.function.Supplier;

/// Where a derivative delivers the gradients of its inputs.
public interface Inputs {
    /// Adds to ∂loss/∂input. The supplier is asked only if somebody wants this gradient; its result is summed over the axes along
    /// which `input` was broadcast.
    void give(Tensor input, Supplier<Tensor> gradient);

    /// Whether somebody wants the gradient of `input`.
    boolean wants(Tensor input);
}
