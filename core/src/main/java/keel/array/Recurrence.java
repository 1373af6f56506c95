package keel.array;

import java.util.Locale;
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

        /// The name of the function.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
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
    /// @throws IllegalArgumentException if shapes or types do not fit
    public Recurrence(Kind kind, boolean reverse, NdArray x, Weights w, NdArray h, NdArray c) {
        check(kind, x, w, h, c);
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

    // ---- backward

    /// Goes back through all steps of a run that was kept.
    ///
    /// @param dy of [Trace#y]
    /// @param wantsStart whether the gradient of `h` is wanted
    /// @throws IllegalArgumentException if the run was not kept, or `dy` does not fit it
    public RecurrenceGradient gradients(Trace run, NdArray dy, boolean wantsStart) {
        if (kind.gates > 1 && run.gates == null) {
            throw new IllegalArgumentException(kind + ": this run kept nothing for its gradients; give one of run(true)");
        }
        if (dy.dtype() != run.y.dtype() || !dy.shape().equals(run.y.shape())) {
            throw new IllegalArgumentException(kind + ": the gradient " + told(dy) + " is not one of " + told(run.y)
                + "; type and shape must agree");
        }
        return new RecurrenceGradient(this, run, dy, wantsStart);
    }

    static void release(NdArray a) {
        if (a != null) a.release();
    }

    // ---- checks

    private static void check(Kind kind, NdArray x, Weights w, NdArray h, NdArray c) {
        boolean lstm = kind == Kind.LSTM;
        int in = x.rank() == 3 ? x.extent(2) : -1;
        int hidden = w.ih.rank() == 2 ? w.ih.extent(0) / kind.gates : -1;
        int out = lstm && w.hr != null && w.hr.rank() == 2 ? w.hr.extent(0) : hidden;
        int n = x.rank() == 3 ? x.extent(1) : -1;
        int width = kind.gates * hidden;
        boolean fits = x.dtype().isFloat() && in >= 0 && x.extent(0) > 0 && hidden > 0 && fits(x, w.ih, width, in)
            && fits(x, w.hh, width, out) && fits(x, w.biasIh, width) && fits(x, w.biasHh, width)
            && (w.hr == null || lstm && fits(x, w.hr, out, hidden)) && h != null && fits(x, h, n, out)
            && (!lstm || c != null && fits(x, c, n, hidden));
        if (fits) return;
        throw new IllegalArgumentException(kind + ": x " + told(x) + ", weights " + told(w.ih) + " and " + told(w.hh)
            + ", biases " + told(w.biasIh) + " and " + told(w.biasHh)
            + (lstm || w.hr != null ? ", projection " + told(w.hr) : "") + ", h " + told(h) + (lstm ? ", c " + told(c) : "")
            + " do not fit; give F32 or F64 (time ≥ 1, n, in), (" + kind.gates + "·hidden, in), (" + kind.gates
            + "·hidden, out), (" + kind.gates + "·hidden) or null"
            + (lstm ? ", (out, hidden) or null, (n, out), (n, hidden)"
            : (w.hr == null ? "" : ", no projection") + ", (n, out), out = hidden"));
    }

    private static boolean fits(NdArray x, NdArray a, int... extents) {
        return a == null ? extents.length == 1 : a.dtype() == x.dtype() && a.shape().equals(Shape.of(extents));
    }

    private static String told(NdArray a) { return a == null ? "none" : a.dtype() + " " + a.shape(); }
}
