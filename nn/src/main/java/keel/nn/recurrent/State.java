package keel.nn.recurrent;

import keel.autograd.Tensor;

/// What a recurrent net carries from step to step.
///
/// @param h what it shows: `(n, out)` of a cell, `(layers·directions, n, out)` of a [Recurrent]
/// @param c the memory of an LSTM, `(n, hidden)` or `(layers·directions, n, hidden)`; null where there is none
public record State(Tensor h, Tensor c) {
    /// Without a memory.
    public static State of(Tensor h) {
        return new State(h, null);
    }

    /// The same values, cut off from what they were computed from: where a long sequence is trained on in pieces, gradients end
    /// here (truncated backpropagation through time, Williams and Peng 1990).
    public State detach() {
        return new State(h.detach(), c == null ? null : c.detach());
    }
}
