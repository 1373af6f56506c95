package keel.autograd;

import java.util.function.Supplier;
import keel.array.DType;
import keel.array.NdArray;
import keel.array.Shape;

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

    /// As [#give], of a gradient without history in an array that nobody else knows, as [#room] gives one: more may be added to
    /// it in place, and once it has flowed on, it may be used again.
    default void giveOwn(Tensor input, Supplier<NdArray> gradient) {
        give(input, () -> Tensor.of(gradient.get()));
    }

    /// An array for a gradient, with any numbers in it, to be given by [#giveOwn] or [given back][#giveBack]. A walk uses those
    /// of gradients again that have flowed on: they lie in the caches, where new ones come from memory and are cleared first.
    default NdArray room(DType dtype, Shape shape) {
        return NdArray.zeros(dtype, shape);
    }

    /// Takes back an array of [#room] that nobody else was given.
    default void giveBack(NdArray room) {}

    /// Whether somebody wants the gradient of `input`.
    boolean wants(Tensor input);
}
