package keel.array;

import java.util.Objects;
import java.util.stream.Stream;
import keel.kernel.Kernels;

/// A recurrent cell along a sequence x (time, n, in), from the state h (n, out) and, of an LSTM, c (n, hidden): the products with
/// many inputs in one, then a product and the gates of each step; [#gradients] the reverse, with those of the weights in one
/// product at the end.
///
/// Each number comes from the operations that a step by itself is made of, in their order, so it has the same bits.
public final class Recurrence {
    /// What a step does.
    public enum Kind {
        /// Gates i, f, g, o.
        LSTM(4),
        /// Gates r, z, n.
        GRU(3),
        /// The hyperbolic tangent of the sum.
        TANH(1),
        /// The sum where it is positive.
        RELU(1);

        final int gates;

        Kind(int gates) {
            this.gates = gates;
        }
    }

    /// The parameters of a cell, named as in PyTorch.
    ///
    /// @param ih (gates·hidden, in)
    /// @param hh (gates·hidden, out)
    /// @param biasIh (gates·hidden), or null
    /// @param biasHh (gates·hidden), or null
    /// @param hr (out, hidden) of an LSTM with a projection, or null
    public record Weights(NdArray ih, NdArray hh, NdArray biasIh, NdArray biasHh, NdArray hr) {}

    /// What a run leaves. An array that does not apply is null, and so are all but the first two where nothing is kept.
    ///
    /// @param y every step's output (time, n, out); of an LSTM whose run is kept, these and the last memory in one line
    /// @param last the last memory (n, hidden) of an LSTM whose run is not kept
    /// @param gates of each step, one behind the other, each (n, hidden)
    /// @param memory `c` before each step, and after the last; of a GRU what its reset gate multiplies in each step
    /// @param raw each step's output before the projection
    public record Trace(NdArray y, NdArray last, NdArray gates, NdArray memory, NdArray raw) {
        /// What was kept for the derivative.
        public NdArray[] kept() {
            return Stream.of(gates, memory, raw).filter(Objects::nonNull)
                .toArray(NdArray[]::new);
        }
    }

    final Kernels<Object> k;
    final Kind kind;
    final boolean reverse;
    final NdArray x;
    final NdArray h;
    final NdArray c;
    final Weights w;
    final int time;
    final int n;
    final int in;
    final int hidden;
    final int out;
    final int width; // of all gates
    final int units; // of one gate, one step
    final int state; // numbers in h

    /// @param c null unless the cell is an LSTM
    /// @param reverse whether the last step comes first
    public Recurrence(Kind kind, boolean reverse, NdArray x, Weights w, NdArray h, NdArray c) {
        this.kind = kind;
        this.reverse = reverse;
        this.x = x;
        this.w = w;
        this.h = h;
        this.c = c;
        k = x.kernels();
        time = x.extent(0);
        n = x.extent(1);
        in = x.extent(2);
        width = w.ih.extent(0);
        hidden = width / kind.gates;
        out = w.hh.extent(1);
        units = n * hidden;
        state = n * out;
    }

    /// The place in x and y of step `i`.
    int place(int i) {
        return reverse ? time - 1 - i : i;
    }

    Object buffer(int size) {
        return Buffers.take(k, x.data(), size);
    }

    // ---- forward

    /// Runs all steps, and keeps what the derivative needs, or not.
    public Trace run(boolean keep) {
        return new RecurrenceSteps(this, keep).run();
    }

    static void release(NdArray a) {
        if (a != null) a.release();
    }

    // ---- backward

    /// Goes back through all steps of a run that was kept.
    ///
    /// @param dy of [Trace#y]
    /// @param wantsStart whether the gradient of `h` is wanted
    public RecurrenceGradient gradients(Trace run, NdArray dy, boolean wantsStart) {
        return new RecurrenceGradient(this, run, dy, wantsStart);
    }
}
