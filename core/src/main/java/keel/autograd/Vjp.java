package keel.autograd;

import keel.array.NdArray;

/// The derivative of one operation: a vector-Jacobian product. An implementation is a record of what the operation saved, so that
/// it can be read, printed and counted.
///
/// [#pull] is written in terms of [Tensor]: run with recording off it computes gradients, with recording on its result can be
/// differentiated again.
public interface Vjp {
    /// The operands that gradients flow to, in order.
    Tensor[] inputs();

    /// Given the output `y` and `dy` = ∂loss/∂y, gives each input its ∂loss/∂input. A gradient may have the *broadcast* shape
    /// of an input: [Inputs] sums it back. The array of `dy` may be handed on, but it is [released][NdArray#release()]
    /// afterwards if it was not: whoever keeps it takes a copy.
    void pull(Tensor y, Tensor dy, Inputs in);

    /// Which values the derivative reads: those must not be modified between the operation and its derivative.
    default Saves saves() {
        return Saves.INPUTS;
    }

    /// Arrays that the derivative reads beside inputs and output, such as indices and masks: those must not be modified either.
    default NdArray[] constants() {
        return NONE;
    }

    /// Arrays that the operation made for its derivative, and that nobody else knows: they are [released][NdArray#release()] with
    /// the graph.
    default NdArray[] own() {
        return NONE;
    }

    /// No arrays.
    NdArray[] NONE = {};

    /// What a derivative reads besides `dy`.
    enum Saves {
        /// shapes only: the operation is linear
        NOTHING,
        /// the values of the inputs
        INPUTS,
        /// the value of the output
        OUTPUT,
        /// both
        BOTH;

        boolean inputs() {
            return this == INPUTS || this == BOTH;
        }

        boolean output() {
            return this == OUTPUT || this == BOTH;
        }
    }

    /// Name in messages and pictures.
    default String name() {
        return getClass().getSimpleName();
    }
}
