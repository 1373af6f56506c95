package keel.autograd;

import java.util.function.Supplier;

/// Where a derivative delivers the gradients of its inputs.
public interface Inputs {
    /// Adds to ∂loss/∂input. The supplier is asked only if somebody wants this gradient; its result is summed over the axes along
    /// which `input` was broadcast.
    void give(Tensor input, Supplier<Tensor> gradient);

    /// As [#give], of a gradient that is 0 but for the elements from `from` on of an axis, which are supplied. A tensor that is
    /// read in many slices, as a sequence is step by step, then costs what the slices hold together, not that times their
    /// number.
    default void giveSlice(Tensor input, int axis, int from, Supplier<Tensor> gradient) {
        give(input, () -> gradient.get().embed(axis, from, input.extent(axis)));
    }

    /// As [#give], of a gradient in an array that was made for it and that nobody else knows, or in that of `dy` itself: more may
    /// be added to it in place, and once it has flowed on, it is [released][keel.array.NdArray#release()].
    default void giveOwn(Tensor input, Supplier<Tensor> gradient) {
        give(input, gradient);
    }

    /// Whether somebody wants the gradient of `input`.
    boolean wants(Tensor input);
}
