package keel.array;

import java.util.Objects;
import java.util.stream.Stream;
import keel.kernel.Binary;
import keel.kernel.Form;
import keel.kernel.Kernels;
import keel.kernel.Unary;

/// A recurrent cell along a sequence x (time, n, in), from the state h (n, out) and, of an LSTM, c (n, hidden): the products with
/// all inputs in one, then a product and the gates of each step; [#gradients] the reverse, with those of the weights in one
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
    /// @param squashed `tanh c` after each step
    /// @param raw each step's output before the projection
    public record Trace(NdArray y, NdArray last, NdArray gates, NdArray memory, NdArray squashed, NdArray raw) {
        /// What was kept for the derivative.
        public NdArray[] kept() {
            return Stream.of(gates, memory, squashed, raw).filter(Objects::nonNull)
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

    private NdArray empty(int... extents) {
        return NdArray.empty(x.dtype(), Shape.of(extents));
    }

    // ---- forward

    /// Runs all steps, and keeps what the derivative needs, or not.
    public Trace run(boolean keep) {
        boolean lstm = kind == Kind.LSTM;
        var rows = x.reshape(time * n, in);
        var z = w.biasIh == null ? rows.matmulNT(w.ih) : rows.linear(w.ih, w.biasIh); // (time·n, in)·(width, in)ᵀ
        int steps = keep ? time : 1; // of which something is kept
        var memory = lstm ? empty(keep ? time + 1 : 1, n, hidden) : kind == Kind.GRU ? empty(steps, n, hidden) : null;
        var squashed = lstm ? empty(steps, n, hidden) : null;
        var raw = w.hr == null ? null : empty(steps, n, hidden);
        var y = lstm && keep ? empty(time * state + units) : empty(time, n, out);
        if (lstm) k.copyStrided(c.data(), 0, 1, memory.data(), 0, units);
        steps(keep, z.data(), data(memory), data(squashed), data(raw), y.data());
        if (!keep) {
            z.release();
            release(squashed);
            release(raw);
            if (!lstm) release(memory);
            return new Trace(y, lstm ? memory.reshape(n, hidden) : null, null, null, null, null);
        }
        if (lstm) k.copyStrided(memory.data(), time * units, 1, y.data(), time * state, units);
        if (kind.gates > 1) return new Trace(y, null, z, memory, squashed, raw);
        z.release();
        return new Trace(y, null, null, null, null, null);
    }

    private void steps(boolean keep, Object z, Object memory, Object squashed, Object raw, Object y) {
        var recurrent = k.factor(Form.NT, n, width, out, w.hh.data(), 0); // (n, out)·(width, out)ᵀ
        var projection = w.hr == null ? null : k.factor(Form.NT, n, out, hidden, w.hr.data(), 0);
        var bias = w.biasHh == null ? nothing() : w.biasHh.data();
        var s = buffer(n * width);
        var t = buffer(n * width);
        for (int i = 0; i < time; i++) {
            int zo = place(i) * n * width;
            int yo = place(i) * state;
            int mo = keep ? i * units : 0;
            int ro = keep ? place(i) * units : 0;
            var from = i == 0 ? h.data() : y;
            int fo = i == 0 ? 0 : place(i - 1) * state;
            recurrent.multiply(from, fo, s, 0);
            switch (kind) {
                case LSTM -> {
                    lstm(s, bias, t, z, zo, memory, mo, keep ? mo + units : 0, squashed, mo, raw == null ? y : raw,
                        raw == null ? yo : ro);
                    if (raw != null) projection.multiply(raw, ro, y, yo);
                }
                case GRU -> gru(s, bias, t, z, zo, memory, mo, from, fo, y, yo);
                default -> {
                    k.gates(n, hidden, 1, 1, s, 0, bias, 0, z, zo, t, 0);
                    k.unary(kind == Kind.TANH ? Unary.TANH : Unary.RELU, 0, t, 0, y, yo, units);
                }
            }
        }
        recurrent.giveBack();
        if (projection != null) projection.giveBack();
        Buffers.giveBack(s);
        Buffers.giveBack(t);
    }

    // What changes no number that it is added to, not even −0.
    private Object nothing() {
        var y = k.allocate(width);
        k.fill(y, 0, width, -0.0);
        return y;
    }

    private void lstm(Object s, Object bias, Object t, Object z, int zo, Object c, int from, int to, Object m, int mo, Object y,
            int yo) {
        k.gates(n, hidden, 4, 4, s, 0, bias, 0, z, zo, t, 0);
        k.unary(Unary.SIGMOID, 0, t, 0, z, zo, 2 * units);
        k.unary(Unary.TANH, 0, t, 2 * units, z, zo + 2 * units, units);
        k.unary(Unary.SIGMOID, 0, t, 3 * units, z, zo + 3 * units, units);
        k.lstmMemory(units, z, zo, c, from, c, to);
        k.unary(Unary.TANH, 0, c, to, m, mo, units);
        k.binary(Binary.MUL, 0, z, zo + 3 * units, m, mo, y, yo, units);
    }

    private void gru(Object s, Object bias, Object t, Object z, int zo, Object q, int qo, Object from, int fo, Object y, int yo) {
        int two = 2 * units;
        k.gates(n, hidden, 3, 2, s, 0, bias, 0, z, zo, t, 0);
        k.gates(n, hidden, 3, 1, s, 2 * hidden, bias, 2 * hidden, null, 0, q, qo);
        k.copyLines(n, z, zo + 2 * hidden, width, 1, t, two, hidden, hidden);
        k.unary(Unary.SIGMOID, 0, t, 0, z, zo, two);
        k.binary(Binary.MUL, 0, z, zo, q, qo, s, 0, units);
        k.binary(Binary.ADD, 0, t, two, s, 0, t, two, units);
        k.unary(Unary.TANH, 0, t, two, z, zo + two, units);
        k.binary(Binary.SUB, 0, from, fo, z, zo + two, s, 0, units);
        k.binary(Binary.MUL, 0, z, zo + units, s, 0, s, 0, units);
        k.binary(Binary.ADD, 0, z, zo + two, s, 0, y, yo, units);
    }

    private static Object data(NdArray a) {
        return a == null ? null : a.data();
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
